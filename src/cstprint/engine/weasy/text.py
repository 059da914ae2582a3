"""What cstprint takes of WeasyPrint's text, of Pango and HarfBuzz. To be imported once fonts are named."""

from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, ffi, harfbuzz, harfbuzz_subset, pango
from weasyprint.text.line_break import Layout, create_layout, get_log_attrs, line_size, strut

__all__ = [
    "FROM_UNITS",
    "TO_UNITS",
    "Layout",
    "create_layout",
    "ffi",
    "get_log_attrs",
    "harfbuzz",
    "harfbuzz_subset",
    "line_size",
    "pango",
    "strut",
]
