"""Pages of a PDF as pictures, drawn by PDFium, which shares nothing with what made the PDF."""

from __future__ import annotations

import io
from collections.abc import Iterator

from cstprint.version import __version__

#: On Pillow's scale of 0 to 9. Of pages of text, 1 made files no larger than 3 did, and 6 took a fifth longer.
PNG_LEVEL = 3
#: What our pictures say they were made by (PNG, third edition, §11.3.3.2: keyword ``Software``).
_MARK = b"tEXtSoftware\0cstprint "
#: The mark follows the signature and the header: 8 + 25 bytes, and the 4 of its own length.
_MARK_AT = 37


def draw_pages(pdf: bytes, dpi: int) -> Iterator[bytes]:
    """Yield each page of a PDF as a PNG of ``dpi`` pixels to the inch; the same bytes for the same page."""
    import pypdfium2
    from PIL.PngImagePlugin import PngInfo

    mark = PngInfo()
    mark.add_text("Software", f"cstprint {__version__}")
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            stream = io.BytesIO()
            image = page.render(scale=dpi / 72).to_pil()
            image.save(stream, "PNG", compress_level=PNG_LEVEL, dpi=(dpi, dpi), pnginfo=mark)
            yield stream.getvalue()
    finally:
        document.close()


def is_drawn_page(start: bytes) -> bool:
    """Whether a file that begins with ``start``, 100 bytes or more, is a picture that :func:`draw_pages` made."""
    return start[_MARK_AT:].startswith(_MARK)
