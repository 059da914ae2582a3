"""A text to glyphs: shaped once by Pango, whole, however many lines it will stand on."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from cstprint.cjk.characters import APOSTROPHE, CENTRED_IN_HANT, LETTER_APOSTROPHE
from cstprint.engine.lines.cells import has_cells
from cstprint.engine.lines.centring import from_middle
from cstprint.engine.weasy.marks import mark_text, text_marks
from cstprint.engine.weasy.text import (
    FROM_UNITS,
    TO_UNITS,
    GlyphString,
    Layout,
    PangoLine,
    create_layout,
    ffi,
    line_size,
    pango,
    strut,
)
from cstprint.engine.weasy.types import Box, Context, PangoLayout, Style
from cstprint.languages.known import language_of
from cstprint.languages.scripts import Lines

#: PangoGlyphInfo: glyph, width, x offset, y offset, attributes: five integers of four bytes each.
GLYPH_SIZE = 5
#: A narrower glyph (em) is that of a Western mark.
_FULL_WIDTH = 0.7


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs of one font, ``GLYPH_SIZE`` integers each in Pango's units, for the characters up to ``last``.

    ``characters`` has the first character of each glyph's cluster; in a run from right to left they descend.
    """

    font: object
    glyphs: memoryview[int]
    characters: Sequence[int]
    last: int

    def integers(self, which: int) -> list[int]:
        """Return one number of each glyph: 0 the glyph itself, 1 its advance, 2 and 3 its offsets."""
        return self.glyphs[which::GLYPH_SIZE].tolist()

    def move(self, index: int, right: int, down: int) -> None:
        """Move a glyph, in Pango's units; its advance stays."""
        self.glyphs[index * GLYPH_SIZE + 2] += right
        self.glyphs[index * GLYPH_SIZE + 3] += down

    def without(self, glyph: int) -> Run:
        """Return the run without a glyph of no width; its characters go to the glyph before, or to the first left."""
        kept = [index for index, one in enumerate(self.integers(0)) if one != glyph]
        if len(kept) == len(self.characters) or not kept:
            return self if kept else Run(self.font, self.glyphs[:0], [], self.last)
        numbers = array("i")
        for index in kept:
            numbers.extend(self.glyphs[index * GLYPH_SIZE : (index + 1) * GLYPH_SIZE])
        characters = [self.characters[index] for index in kept]
        first, begin = min(characters), min(self.characters)
        characters = [begin if one == first else one for one in characters]
        return Run(self.font, memoryview(numbers), characters, self.last)

    def part(self, first: int, last: int) -> Run:
        """Return the glyphs of the characters from ``first`` to ``last``, as Pango cuts them at the end of a line."""
        begin, end = bisect_left(self.characters, first), bisect_left(self.characters, last)
        glyphs = self.glyphs[begin * GLYPH_SIZE : end * GLYPH_SIZE]
        return Run(self.font, glyphs, self.characters[begin:end], min(self.last, last))


@dataclass(frozen=True, slots=True)
class Shaped:
    """A text as Pango shapes it; lengths in px."""

    text: str
    style: Style  #: the box's, without letter-spacing, which is ours to add
    layout: PangoLayout
    glyphs: object  #: the memory of the runs
    runs: list[Run]
    advances: list[float]
    joined: list[bool]  #: whether a character is one cluster with the one before
    height: float
    baseline: float
    line_height: float
    moved: dict[int, float] = field(
        default_factory=dict
    )  #: how far right a glyph stands of where its em begins


class Slice(Layout):  # type: ignore[misc]
    """A part of a shaped text in the place of its own layout: it is drawn from the glyphs of the whole."""

    def __init__(self, shaped: Shaped, first: int, last: int, max_width: float):
        """``max_width`` (px) is where an ellipsis would cut it, if the style asks for one."""
        self.__dict__.update(shaped.layout.__dict__)
        self.shaped, self.first, self.last = shaped, first, last
        self.text = shaped.text[first:last]
        self.justification_spacing = 0
        self.max_width = max_width

    @property
    def advances(self) -> list[float]:
        """The advances of its characters (px), without our gaps."""
        return self.shaped.advances[self.first : self.last]

    def visible_gaps(self, gaps: list[float]) -> list[float]:
        """Return the gaps after its characters as they are seen: wider before a glyph that is moved to the right."""
        moved = self.shaped.moved
        if not moved:
            return gaps
        return [gap + moved.get(self.first + place, 0.0) for place, gap in enumerate(gaps, start=1)]

    @property
    def clusters(self) -> list[int]:
        """The characters that clusters begin with."""
        joined = self.shaped.joined
        return [0, *(i for i in range(1, self.last - self.first) if not joined[self.first + i])]

    @property
    def has_whole_clusters(self) -> bool:
        """Whether it begins and ends between clusters: after a line of WeasyPrint's it may not."""
        joined = self.shaped.joined
        return not joined[self.first] and not (self.last < len(joined) and joined[self.last])

    def runs(self) -> list[Run]:
        """Return its glyphs; characters are counted in the whole text."""
        runs = self.shaped.runs
        if len(runs) > 1:
            runs = [run for run in runs if run.last > self.first and run.characters[0] < self.last]
        return [run.part(self.first, self.last) for run in runs]

    def reactivate(self, style: Style) -> None:
        """Do nothing: WeasyPrint would shape the text again to draw it."""

    def deactivate(self) -> None:
        """Do nothing, as nothing was made."""

    def shape_again(self) -> None:
        """Shape it as WeasyPrint would, to be drawn by WeasyPrint: with letter apostrophes, which it then says."""
        self.text = self.shaped.layout.text[self.first : self.last]
        super().reactivate(self.shaped.style)

    def forget(self) -> None:
        """Forget what :meth:`shape_again` made."""
        self.text = self.shaped.text[self.first : self.last]
        super().deactivate()


def shape(box: Box, text: str, context: Context | None) -> Shaped:
    """Return ``text``, a part of a text box's without line feeds, shaped; what was shaped once is remembered."""
    marks = text_marks(box)
    known: dict[str, tuple[Style, Shaped]] = marks.shaped
    if text in known and known[text][0] is box.style:
        return known[text][1]
    style = box.style
    if style["letter_spacing"] != "normal":
        style = style.copy()
        style["letter_spacing"] = "normal"
    layout = create_layout(text, style, context, None, 0)
    line, _ = layout.get_first_line()
    runs = runs_of(line, text)
    if APOSTROPHE.search(text) and not has_cells(style):
        layout, line, runs = _with_apostrophes(layout, line, runs, text, context)
    moved: dict[int, float] = {}
    if CENTRED_IN_HANT.search(text) and language_of(style["lang"] or "").lines is Lines.CHINESE_CENTRED:
        moved = _centre_marks(runs, text, style["font_size"] * TO_UNITS)
    units, joined = _advances(runs, len(text))
    _, height = line_size(line, style)
    baseline = pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS
    glyphs = layout.layout
    layout.deactivate()
    advances = [unit * FROM_UNITS for unit in units]
    line_height, _ = strut(style)
    shaped = Shaped(text, style, layout, glyphs, runs, advances, joined, height, baseline, line_height)
    shaped.moved.update((place, units * FROM_UNITS) for place, units in moved.items())
    if not known:  # a box without a record of its own
        known = {}
        mark_text(box, replace(marks, shaped=known))
    known[text] = box.style, shaped
    return shaped


def _centre_marks(runs: list[Run], text: str, em: float) -> dict[int, float]:
    """Move pauses and stops to the middle of their em; return how far right each is moved, in Pango's units."""
    moved: dict[int, float] = {}
    for run in runs:
        glyphs, advances = run.integers(0), run.integers(1)
        for index, character in enumerate(run.characters):
            mark = text[character]
            if CENTRED_IN_HANT.match(mark) and advances[index] >= _FULL_WIDTH * em:
                right, down = from_middle(run.font, glyphs[index], mark, em)
                run.move(index, right, down)
                moved[character] = right
    return moved


def _with_apostrophes(
    layout: Layout, line: PangoLine, runs: list[Run], text: str, context: Context | None
) -> tuple[Layout, PangoLine, list[Run]]:
    """Shape a text with letter apostrophes, where that makes it narrower and the font has them.

    A companion of a Chinese font has no ’, which is the Chinese font's, but the same form as U+02BC.
    """
    style, letters = layout.style, APOSTROPHE.sub(LETTER_APOSTROPHE, text)
    other = create_layout(letters, style, context, None, 0)
    other_line, _ = other.get_first_line()
    found = runs_of(other_line, letters)
    known = all(max(run.integers(0), default=0) < pango.PANGO_GLYPH_EMPTY for run in found)
    narrower = line_size(other_line, style)[0] < line_size(line, style)[0]
    kept, dropped = (other, layout) if known and narrower else (layout, other)
    dropped.deactivate()
    return (kept, other_line, found) if kept is other else (kept, line, runs)


def advances_of(layout: PangoLayout, style: Style) -> list[float]:
    """Return the advances (px) of a laid-out text's characters, as they are drawn but for our gaps."""
    if isinstance(layout, Slice):
        return layout.advances
    layout.reactivate(style)
    line, _ = layout.get_first_line()
    units, _ = _advances(runs_of(line, layout.text), len(layout.text))
    layout.deactivate()
    return [unit * FROM_UNITS for unit in units]


def runs_of(line: PangoLine, text: str) -> list[Run]:
    """Return the glyphs of a line that Pango has laid out, as they are drawn from left to right.

    They live as long as its layout.
    """
    runs: list[Run] = []
    offsets: list[int] = []
    first = begin = 0  # a character, and its place in bytes
    run = line.runs[0]
    while run != ffi.NULL:
        item, glyphs = run.data.item, run.data.glyphs
        run = run.next
        clusters = ffi.unpack(glyphs.log_clusters, glyphs.num_glyphs)
        count = item.num_chars
        in_order = item.offset == begin and item.analysis.level % 2 == 0
        # A glyph a character from left to right, as nearly always, needs no table of the bytes.
        if in_order and glyphs.num_glyphs == count == len(set(clusters)):
            characters: Sequence[int] = range(first, first + count)
        else:
            offsets = offsets or list(accumulate(map(len, map(str.encode, text)), initial=0))
            first = bisect_left(offsets, item.offset)
            place = {offsets[k] - item.offset: k for k in range(first, first + count)}
            characters = [place[cluster] for cluster in clusters]
        first, begin = first + count, item.offset + item.length
        runs.append(Run(item.analysis.font, glyph_integers(glyphs), characters, first))
    return runs


def _advances(runs: list[Run], count: int) -> tuple[list[int], list[bool]]:
    """Return each character's advance in Pango units, and whether it is one cluster with the one before."""
    advances = [0] * count
    joined = [True] * count
    for run in runs:
        widths, characters = run.integers(1), run.characters
        if isinstance(characters, range):
            advances[characters.start : characters.stop] = widths
            joined[characters.start : characters.stop] = [False] * len(characters)
            continue
        for width, character in zip(widths, characters, strict=True):
            advances[character] += width
            joined[character] = False
    return advances, joined


def glyph_integers(glyphs: GlyphString) -> memoryview[int]:
    """Return a run's glyphs as integers, ``GLYPH_SIZE`` each, to read and to write: faster than by their names."""
    return memoryview(ffi.buffer(glyphs.glyphs, glyphs.num_glyphs * GLYPH_SIZE * 4)).cast("i")
