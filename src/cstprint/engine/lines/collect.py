"""A paragraph's boxes to characters: every text shaped once, every character with its box and place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.percent import resolve_percentages
from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.line_break import Layout, create_layout, get_log_attrs, line_size

from cstprint.cjk.lines import Line, Paragraph

#: Texts with any of these take WeasyPrint's own way: line ends and tabs that are kept, soft hyphens, controls of
#: direction, scripts written from right to left, characters that Pango shapes across our gaps.
_STOCK_TEXT = re.compile(
    "[\n\t\xad\u0590-\u08ff\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufb1d-\ufdff\ufe70-\ufeff]"
)
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff，。、；：？！“”（）《》]")


@dataclass(frozen=True, slots=True)
class Piece:
    """One text box of a paragraph: its characters are ``first`` to ``last`` (exclusive) of the paragraph's."""

    box: Any
    path: tuple[int, ...]
    first: int
    last: int
    offsets: tuple[int, ...]  #: byte offset of each character, and of the end
    layout: Any
    height: float
    baseline: float


@dataclass(eq=False)
class Collected:
    """A paragraph ready for line breaking. ``children`` are the boxes that it was made from, to know it again."""

    children: Any
    paragraph: Paragraph
    pieces: list[Piece]
    _plan: dict[int, int] = field(default_factory=dict)
    _planned: tuple[float, float] | None = None

    def line(self, start: int, width: float, indent: float, *, justified: bool) -> Line:
        """Return the line that begins at ``start``, ``width`` px wide; the others are ``width + indent`` wide."""
        rest = width + indent
        known = self._plan.get(start)
        if known is None or self._planned is None or abs(self._planned[start != self._begin] - width) > 1e-3:
            starts = self.paragraph.plan(start, width, rest, justified=justified)
            self._plan = dict(pairwise(starts))
            self._planned, self._begin = (width, rest), start
            known = self._plan[start]
        last = known == len(self.paragraph.text)
        line = self.paragraph.fit(start, known, width if justified and not last else None)
        if line.width > width + 1e-6:  # the last line may have to close its gaps, and no line may run over
            line = self.paragraph.fit(start, known, width)
        return line

    _begin: int = 0

    def fits(self, width: float, indent: float, *, justified: bool) -> bool:
        """Return whether every line can be made as narrow as it must be, when the paragraph begins ``width`` wide.

        A run wider than the measure must be broken inside or run over, and that is WeasyPrint's to decide, for the
        paragraph as a whole: a line of its making in the midst of ours would resume at another place.
        """
        line = self.line(0, width, indent, justified=justified)
        measure = width
        while line.width <= measure + 0.01:
            if line.next == len(self.paragraph.text):
                return True
            measure = width + indent
            line = self.line(line.next, measure, 0.0, justified=justified)
        return False


def collect(linebox: Any, context: Any, containing_block: Any) -> Collected | None:
    """Return the paragraph in ``linebox``, or ``None`` where it takes WeasyPrint's own way."""
    known = linebox.__dict__.get("cst_collected")
    if known is not None and known[0] is linebox.children:
        collected: Collected | None = known[1]
        return collected
    collected = _collect(linebox, context, containing_block)
    linebox.cst_collected = (linebox.children, collected)
    return collected


def _collect(linebox: Any, context: Any, containing_block: Any) -> Collected | None:
    found: list[tuple[Any, tuple[int, ...]]] = []
    if not is_ours(linebox.style) or not _texts(linebox, (), found, containing_block):
        return None
    text = "".join(box.text for box, _ in found)
    if not _HAN.search(text):
        return None
    pieces: list[Piece] = []
    advances: list[float] = []
    sizes: list[float] = []
    joined: list[bool] = []
    for box, path in found:
        first = len(advances)
        layout = create_layout(box.text, box.style, context, None, 0)
        line, _ = layout.get_first_line()
        offsets = tuple(accumulate((len(c.encode()) for c in box.text), initial=0))
        shaped = _advances(line, offsets)
        advances += [units * FROM_UNITS for units in shaped[0]]
        joined += shaped[1]
        sizes += [box.style["font_size"]] * len(box.text)
        _, height = line_size(line, box.style)
        baseline = pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS
        layout.deactivate()
        pieces.append(Piece(box, path, first, len(advances), offsets, layout, height, baseline))
    attributes = get_log_attrs(text, linebox.style["lang"])
    western = [bool(attributes[i].is_line_break) for i in range(len(text))]
    return Collected(linebox.children, Paragraph(text, advances, sizes, western, joined), pieces)


def is_ours(style: Any) -> bool:
    """Return whether lines of this style are set by our rules: Simplified Chinese, left to right."""
    language = (style["lang"] or "").lower()
    chinese = language.startswith("zh") and not (
        "hant" in language or language.endswith(("-tw", "-hk", "-mo"))
    )
    return bool(chinese and style["direction"] == "ltr" and setting(style, "line_setting") != "stock")


def setting(style: Any, name: str) -> str | None:
    """Return the value of the token ``name`` for a box."""
    value = style[f"__cst_{name}"]
    if not value:
        return None
    return "".join(token.serialize() for token in value).strip()


def _texts(
    parent: Any, path: tuple[int, ...], found: list[tuple[Any, tuple[int, ...]]], containing_block: Any
) -> bool:
    """Collect the text boxes below ``parent``; return whether there is nothing else that needs a place."""
    for index, child in enumerate(parent.children):
        if isinstance(child, boxes.TextBox):
            if not _is_plain(child):
                return False
            resolve_percentages(child, containing_block)
            if child.text:
                found.append((child, (*path, index)))
        elif type(child) is boxes.InlineBox and child.is_in_normal_flow() and not child.is_leader:
            resolve_percentages(child, containing_block)
            for side in ("left", "right"):
                if getattr(child, f"margin_{side}") == "auto":
                    setattr(child, f"margin_{side}", 0)
            if _has_edges(child) or not _texts(child, (*path, index), found, containing_block):
                return False
        else:
            return False
    return True


def _is_plain(box: Any) -> bool:
    style = box.style
    return bool(
        style["white_space"] == "normal"
        and style["letter_spacing"] == "normal"
        and not style["word_spacing"]
        and style["hyphens"] != "auto"
        and style["word_break"] == "normal"
        and style["vertical_align"] == "baseline"
        and style["font_size"] > 0
        and style["direction"] == "ltr"
        and not _STOCK_TEXT.search(box.text)
    )


def _has_edges(box: Any) -> bool:
    return bool(
        box.margin_left
        or box.margin_right
        or box.padding_left
        or box.padding_right
        or box.border_left_width
        or box.border_right_width
    )


def _advances(line: Any, offsets: tuple[int, ...]) -> tuple[list[int], list[bool]]:
    """Return each character's advance in Pango units, and whether it is one cluster with the one before."""
    place = {offset: index for index, offset in enumerate(offsets)}
    count = len(offsets) - 1
    advances, joined = [0] * count, [True] * count
    run = line.runs[0]
    while run != ffi.NULL:
        item, glyphs = run.data.item, run.data.glyphs
        number, begin = glyphs.num_glyphs, item.offset
        run = run.next
        # PangoGlyphInfo: glyph, width, x offset, y offset, attributes: five integers of four bytes each.
        integers = memoryview(ffi.buffer(glyphs.glyphs, number * 20)).cast("i")
        for width, cluster in zip(integers[1::5], ffi.unpack(glyphs.log_clusters, number), strict=True):
            index = place[begin + cluster]
            advances[index] += width
            joined[index] = False
    return advances, joined


def slice_layout(piece: Piece, text: str) -> Any:
    """Return a layout for a part of a piece's text, which is shaped when it is drawn and not before."""
    layout = Layout.__new__(Layout)
    layout.__dict__.update(piece.layout.__dict__)
    layout.text = text
    layout.justification_spacing = 0
    return layout
