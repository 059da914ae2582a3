"""A text to glyphs: shaped once by Pango, whole, however many lines it will stand on."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.line_break import Layout, create_layout, line_size, strut


@dataclass(frozen=True, slots=True)
class Shaped:
    """A text as Pango shapes it; lengths in px."""

    text: str
    style: Any  #: the box's, without letter-spacing, which is ours to add
    layout: Any
    advances: list[float]
    joined: list[bool]  #: whether a character is one cluster with the one before
    height: float
    baseline: float
    line_height: float


def shape(box: Any, text: str, context: Any) -> Shaped:
    """Return ``text``, a part of a text box's without line feeds, shaped; what was shaped once is remembered."""
    known: dict[str, tuple[Any, Shaped]] = box.__dict__.setdefault("cst_shaped", {})
    if text in known and known[text][0] is box.style:
        return known[text][1]
    style = box.style
    if style["letter_spacing"] != "normal":
        style = style.copy()
        style["letter_spacing"] = "normal"
    layout = create_layout(text, style, context, None, 0)
    line, _ = layout.get_first_line()
    units, joined = _advances(line, text)
    _, height = line_size(line, style)
    baseline = pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS
    layout.deactivate()
    advances = [unit * FROM_UNITS for unit in units]
    line_height, _ = strut(style)
    shaped = Shaped(text, style, layout, advances, joined, height, baseline, line_height)
    known[text] = box.style, shaped
    return shaped


def advances_of(layout: Any, style: Any) -> list[float]:
    """Return the advances (px) of a laid-out text's characters, as they are drawn but for our gaps."""
    layout.reactivate(style)
    line, _ = layout.get_first_line()
    units, _ = _advances(line, layout.text)
    layout.deactivate()
    return [unit * FROM_UNITS for unit in units]


def _advances(line: Any, text: str) -> tuple[list[int], list[bool]]:
    """Return each character's advance in Pango units, and whether it is one cluster with the one before."""
    advances: list[int] = []
    joined: list[bool] = []
    offsets: list[int] = []
    run = line.runs[0]
    while run != ffi.NULL:
        item, glyphs = run.data.item, run.data.glyphs
        run = run.next
        widths = glyph_integers(glyphs)[1::GLYPH_SIZE]
        clusters = ffi.unpack(glyphs.log_clusters, glyphs.num_glyphs)
        first, count = len(advances), item.num_chars
        if len(widths) == count == len(set(clusters)):  # a glyph a character, as nearly always
            advances += widths
            joined += [False] * count
            continue
        offsets = offsets or list(accumulate(map(len, map(str.encode, text)), initial=0))
        place = {offsets[first + k] - offsets[first]: first + k for k in range(count)}
        advances += [0] * count
        joined += [True] * count
        for width, cluster in zip(widths, clusters, strict=True):
            advances[place[cluster]] += width
            joined[place[cluster]] = False
    return advances, joined


#: PangoGlyphInfo: glyph, width, x offset, y offset, attributes: five integers of four bytes each.
GLYPH_SIZE = 5


def glyph_integers(glyphs: Any) -> memoryview[int]:
    """Return a run's glyphs as integers, ``GLYPH_SIZE`` each, to read and to write: faster than by their names."""
    return memoryview(ffi.buffer(glyphs.glyphs, glyphs.num_glyphs * GLYPH_SIZE * 4)).cast("i")


def slice_layout(shaped: Shaped, text: str, max_width: float) -> Any:
    """Return a layout for a part of a shaped text, which is shaped when it is drawn and not before.

    ``max_width`` is where an ellipsis would cut it, if the style asks for one.
    """
    layout = Layout.__new__(Layout)
    layout.__dict__.update(shaped.layout.__dict__)
    layout.text = text
    layout.justification_spacing = 0
    layout.max_width = max_width
    return layout
