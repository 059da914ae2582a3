"""Gaps into glyphs: the widths of a shaped line are changed just before WeasyPrint draws it.

A reader of PDFs guesses a space where a gap is wide. Around such gaps the text is said explicitly (``/ActualText``,
ISO 32000-1, 14.9.4), and only around them: a span over a whole line would hide where each glyph is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import accumulate, compress, pairwise
from typing import Any

import pydyf
from weasyprint.text.ffi import TO_UNITS, ffi, pango
from weasyprint.text.line_break import create_layout

from cstprint.engine.lines.shape import GLYPH_SIZE, glyph_integers

#: From this width on (em) readers of PDFs guess a space: poppler at a tenth of an em.
GUESSED_SPACE = 0.09
#: From this width on (em), added to a space, poppler takes what follows for another column.
GUESSED_COLUMN = 0.4
_GLYPHS = re.compile("<([0-9a-f]*)>")


@contextmanager
def gaps_written(stream: Any, textbox: Any) -> Iterator[None]:
    """Write the box's gaps into its shaped line, and say its text around the wide ones, while it is drawn."""
    gaps, after, size = textbox.cst_gaps, textbox.cst_after, textbox.style["font_size"]
    layout = textbox.pango_layout
    seam = after >= GUESSED_SPACE * size and not layout.text.endswith(" ")
    if not any(gaps) and not seam:
        yield
        return
    # Before the widths are changed: later Pango would lay the line out again and drop them.
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    line, _ = layout.get_first_line()
    characters, clusters = _write_line(line, layout.text, gaps, size)
    wide = [] if max(gaps, default=0.0) < GUESSED_SPACE * size else list(_wide_gaps(gaps, layout.text, size))
    last = len(layout.text) - 1
    if seam and not (wide and wide[-1][1] == last):
        wide.append((last, last))
    spans = list(_whole_clusters(wide, clusters, len(layout.text)))
    if not spans:
        yield
        return
    speaker = _Speaker(stream.show_text, stream, layout.text, characters, spans)
    stream.show_text = speaker.show_text
    try:
        yield
        if seam and speaker.is_open:
            _fill(stream, speaker, textbox, after)
    finally:
        del stream.show_text
        speaker.close()


def _fill(stream: Any, speaker: _Speaker, textbox: Any, width: float) -> None:
    """Fill the gap behind a box with spaces that its last span says nothing of.

    A span cannot reach into the next box. One that is as wide as the gap, too, leaves nothing to be guessed.
    """
    layout = create_layout(" ", textbox.style, None, None, 0)
    line, _ = layout.get_first_line()
    item = line.runs[0].data
    integers = glyph_integers(item.glyphs)
    font, size = stream.add_font(item.item.analysis.font)
    glyph, space = integers[0], integers[1] / TO_UNITS
    if glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG or not space:
        return
    font.to_unicode.setdefault(glyph, " ")
    font.widths.setdefault(glyph, round(space * 1000 / size))
    stream.set_font_size(font.hash, size)
    speaker.show(f"<{glyph:04x}>" * max(1, round(width / space)))


def _write_line(line: Any, text: str, gaps: list[float], size: float) -> tuple[list[int], list[int]]:
    """Write the gaps; return the character of each glyph that will be drawn, and where each cluster begins."""
    offsets = accumulate(map(len, map(str.encode, text)), initial=0)
    place = {offset: index for index, offset in enumerate(offsets)}
    runs: list[tuple[memoryview[int], list[int]]] = []
    run = line.runs[0]
    while run != ffi.NULL:
        begin, glyphs = run.data.item.offset, run.data.glyphs
        run = run.next
        owners = [place[begin + c] for c in ffi.unpack(glyphs.log_clusters, glyphs.num_glyphs)]
        runs.append((glyph_integers(glyphs), owners))
    clusters = sorted(set().union(*(owners for _, owners in runs)))
    wanted = _thousandths(gaps, size)
    if len(clusters) < len(text):
        # The gap of a cluster (——) is that of its last character, and follows its last glyph.
        ends = pairwise([*clusters, len(text)])
        wanted = {first: sum(wanted.get(i, 0) for i in range(first, last)) for first, last in ends}
    # One unit more than asked, because WeasyPrint truncates towards zero when it draws.
    unit = size * TO_UNITS / 1000
    units = {
        owner: round(value * unit + (1 if value > 0 else -1)) for owner, value in wanted.items() if value
    }
    characters: list[int] = []
    for integers, owners in runs:
        drawn = [glyph != pango.PANGO_GLYPH_EMPTY for glyph in integers[::GLYPH_SIZE]]
        characters += owners if all(drawn) else list(compress(owners, drawn))
        for index, owner in enumerate(owners):
            if owner in units and (index + 1 == len(owners) or owners[index + 1] != owner):
                integers[GLYPH_SIZE * index + 1] += units[owner]
    return characters, clusters


def _thousandths(gaps: list[float], size: float) -> dict[int, int]:
    """Return the gaps in whole thousandths of an em, what is cut off carried to the next, by their characters."""
    whole, carried, scale = {}, 0.0, 1000 / size
    for index, gap in enumerate(gaps):
        if gap or abs(carried) > 1:
            exact = gap * scale + carried
            whole[index] = rounded = round(exact)
            carried = exact - rounded
    return whole


def _wide_gaps(gaps: list[float], text: str, size: float) -> Iterator[tuple[int, int]]:
    """Yield the first and last character around each wide gap, neighbouring ones as one."""
    first: int | None = None
    for index, gap in enumerate(gaps):
        wide = gap >= GUESSED_SPACE * size and " " not in text[index : index + 2]
        wide = wide or gap >= GUESSED_COLUMN * size
        # The whole Western word between two such gaps: a span that ends inside it would split it.
        wide = wide or (
            first is not None and text[index : index + 2].isascii() and " " not in text[index : index + 2]
        )
        if wide and first is None:
            first = index
        elif not wide and first is not None:
            yield first, index
            first = None
    if first is not None:
        yield first, len(gaps)


def _whole_clusters(
    spans: Iterable[tuple[int, int]], clusters: list[int], length: int
) -> Iterator[tuple[int, int]]:
    """Widen spans to whole clusters: a ligature cannot be said by half."""
    bounds = [*clusters, length]
    for first, last in spans:
        yield clusters[bisect_right(clusters, first) - 1], bounds[bisect_right(clusters, last)] - 1


class _Speaker:
    """Stands in for ``stream.show_text`` and opens and closes spans between the glyphs."""

    def __init__(
        self, show: Any, stream: Any, text: str, characters: list[int], spans: list[tuple[int, int]]
    ):
        self.show, self._stream, self._text = show, stream, text
        self._characters = characters
        self._spans = spans[::-1]
        self._glyph = 0
        self.is_open = False

    def show_text(self, string: str) -> None:
        """Draw ``string``, glyphs in hexadecimal between angle brackets and kerning between those."""
        part, end = "", 0
        for match in _GLYPHS.finditer(string):
            part += string[end : match.start()]
            end = match.end()
            codes = match[1]
            if not codes:
                part += " "  # what parted two numbers must still part them
            for at in range(0, len(codes), 4):
                part = self._before(part)
                part += f"<{codes[at : at + 4]}>"
                part = self._after(part)
        part += string[end:]
        self._flush(part)

    def _before(self, part: str) -> str:
        if self._spans and not self.is_open and self._character() >= self._spans[-1][0]:
            self._flush(part)
            first, last = self._spans[-1]
            spoken = pydyf.String(self._text[first : last + 1])
            self._stream.begin_marked_content("Span", pydyf.Dictionary({"ActualText": spoken}))
            self.is_open = True
            return ""
        return part

    def _after(self, part: str) -> str:
        self._glyph += 1
        ended = self._glyph == len(self._characters)
        if self.is_open and (ended or self._character() > self._spans[-1][1]):
            self._flush(part)
            # The last is closed with the text, when what fills the gap behind it has been drawn.
            if not ended:
                self.close()
            return ""
        return part

    def _character(self) -> int:
        return self._characters[self._glyph]

    def _flush(self, part: str) -> None:
        if part:
            self.show(part.replace("><", ""))

    def close(self) -> None:
        """Close the span that is open, if any."""
        if self.is_open:
            self._stream.end_marked_content()
            self._spans.pop()
            self.is_open = False
