"""What cstprint takes of WeasyPrint's text, of Pango and HarfBuzz. To be imported once fonts are named.

The protocols name what is read of Pango's C objects.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, ffi, harfbuzz, harfbuzz_subset, pango
from weasyprint.text.fonts import get_hb_object_data
from weasyprint.text.line_break import Layout, create_layout, get_log_attrs, line_size, pyphen, strut

__all__ = [
    "FROM_UNITS",
    "TO_UNITS",
    "GlyphRuns",
    "GlyphString",
    "Layout",
    "PangoLine",
    "create_layout",
    "ffi",
    "get_hb_object_data",
    "get_log_attrs",
    "harfbuzz",
    "harfbuzz_subset",
    "line_size",
    "pango",
    "pyphen",
    "strut",
]


class PangoAnalysis(Protocol):
    """How a part of a text is set."""

    font: object
    #: The level of the bidirectional algorithm: odd from right to left.
    level: int


class PangoItem(Protocol):
    """A part of a text in one font; ``offset`` and ``length`` are in bytes."""

    offset: int
    length: int
    num_chars: int
    analysis: PangoAnalysis


class GlyphString(Protocol):
    """The glyphs of a part of a text, and the byte of the part that the cluster of each begins with."""

    num_glyphs: int
    #: C arrays.
    glyphs: object
    log_clusters: object


class PangoRun(Protocol):
    """A part of a text with its glyphs."""

    item: PangoItem
    glyphs: GlyphString


class GlyphRuns(Protocol):
    """A linked list of runs; a null pointer ends it."""

    data: PangoRun
    next: GlyphRuns


class PangoLine(Protocol):
    """A line that Pango has laid out: ``runs[0]`` is the list of its runs."""

    runs: Sequence[GlyphRuns]
