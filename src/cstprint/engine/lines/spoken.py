"""What is copied of a line: the text itself around wide gaps.

A reader of PDFs guesses a space where a gap is wide. Around such gaps the PDF has the text itself (``/ActualText``,
ISO 32000-1, 14.9.4). A span hides where each glyph is, so it is as short as may be: but pdfium measures the gap after
a span from the end of the first text object in it, and adds a blank where that seems wide. A span of several text
objects, which are those of several fonts, therefore goes on to the end of its box. Where another box follows on the
line, its first object ends with a blank that takes no room: after a blank none is added.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial

from cstprint.engine.lines.shape import Slice, glyph_integers, runs_of
from cstprint.engine.weasy.marks import kept_with, text_marks
from cstprint.engine.weasy.pdf import Dictionary, String
from cstprint.engine.weasy.text import FROM_UNITS, TO_UNITS, create_layout, pango
from cstprint.engine.weasy.types import Box, PdfFont, Stream

#: From this width on (em) readers of PDFs guess a space: poppler at a tenth of an em.
GUESSED_SPACE = 0.09
#: From this width on (em), added to a space, poppler takes what follows for another column.
GUESSED_COLUMN = 0.4
#: pdfium (Chromium's reader) drops characters beyond this from ``/ActualText``: a guessed space is less bad.
SAYABLE = "\ufffc"
_GLYPHS = re.compile("<([0-9a-f]*)>")


@contextmanager
def actual_text(stream: Stream, textbox: Box, characters: list[int]) -> Iterator[None]:
    """Write the text of a box around its wide gaps (``/ActualText``) while the box is drawn.

    ``characters`` has the character of each glyph.
    """
    marks, layout, size = text_marks(textbox), textbox.pango_layout, textbox.style["font_size"]
    assert isinstance(layout, Slice)
    gaps, after, text = layout.visible_gaps(marks.gaps or []), marks.after, layout.text
    seam = after >= GUESSED_SPACE * size and not text.endswith(" ")
    wide = [] if max(gaps, default=0.0) < GUESSED_SPACE * size else list(_wide_gaps(gaps, text, size))
    last = len(text) - 1
    seam = seam and text[last] <= SAYABLE
    if seam and not (wide and wide[-1][1] == last):
        wide.append((last, last))
    said = list(text)
    if marks.carried:
        said[0] = marks.carried + said[0]
        wide.insert(0, (0, 0))
    if marks.carries:
        stem = len(text[: -marks.carries].rstrip(" "))
        said[stem:] = [""] * (len(text) - stem)
        wide.append((max(0, stem - 1), last))
    if not wide:
        yield
        return
    runs = _starts(stream, layout)
    wide = _to_the_end(wide, text, list(runs))
    spans = _whole_clusters(wide, layout.clusters, len(text))
    fonts = {font.hash: font for font in runs.values()} if marks.is_followed else {}
    speaker = _Speaker(stream, said, characters, spans, partial(_blank_of, stream, textbox, fonts))
    speaker.is_filled = seam
    vars(stream).update(show_text=speaker.show_text, set_font_size=speaker.set_font_size)
    try:
        yield
        if seam and speaker.is_open:
            _fill(stream, speaker, textbox, after)
    finally:
        del vars(stream)["show_text"], vars(stream)["set_font_size"]
        speaker.close()


def _starts(stream: Stream, layout: Slice) -> dict[int, PdfFont]:
    """Return the fonts of a text by the characters with which what is set in them begins."""
    starts: dict[int, PdfFont] = {}
    shown: PdfFont | None = None
    for run in layout.runs():
        font, _ = stream.add_font(run.font)
        if font is not shown and run.characters:
            shown = font
            starts[min(run.characters[0], run.characters[-1]) - layout.first] = font
    return starts


def _blank_of(stream: Stream, textbox: Box, fonts: dict[str, PdfFont], name: str, beside: str) -> str:
    """Return what draws the blank of the font ``name``, that of the character ``beside``, and takes no room.

    Empty where the font has none.
    """
    font = fonts.get(name)
    if font is None:
        return ""
    found: list[int | None] = kept_with(font, "blank", list)
    if not found:
        found.append(_find_blank(stream, textbox, font, beside))
    glyph = found[0]
    return "" if glyph is None else f"<{glyph:04x}>{font.widths[glyph]}"


def _find_blank(stream: Stream, textbox: Box, font: PdfFont, beside: str) -> int | None:
    """Return the glyph of a blank in a font: Pango sets a blank in the font of what stands before it."""
    text = beside + " "
    layout = create_layout(text, textbox.style, None, None, 0)
    line, _ = layout.get_first_line()
    run = runs_of(line, text)[-1]
    used, size = stream.add_font(run.font)
    glyph = run.integers(0)[-1]
    if used is not font or glyph >= pango.PANGO_GLYPH_EMPTY or run.last != len(text):
        return None
    font.to_unicode.setdefault(glyph, " ")
    font.widths.setdefault(glyph, round(run.integers(1)[-1] * FROM_UNITS * 1000 / size))
    return glyph


def _fill(stream: Stream, speaker: _Speaker, textbox: Box, width: float) -> None:
    """Fill the gap after a box with spaces that are not in the text of its last span.

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
    # One more where what is left would be guessed to be a space.
    left = GUESSED_SPACE / 2 * textbox.style["font_size"]
    speaker.show(f"<{glyph:04x}>" * max(1, math.ceil((width - left) / space)))


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
        wide = wide and max(text[index : index + 2]) <= SAYABLE
        if wide and first is None:
            first = index
        elif not wide and first is not None:
            yield first, index
            first = None
    if first is not None:
        yield first, len(gaps)


def _to_the_end(spans: list[tuple[int, int]], text: str, starts: list[int]) -> list[tuple[int, int]]:
    """Return the spans, those of several runs as long as may be; ``starts`` has where the runs begin."""
    extended: list[tuple[int, int]] = []
    for first, last in spans:
        if extended and last <= extended[-1][1]:
            continue
        if bisect_right(starts, first) == bisect_right(starts, last):
            extended.append((first, last))
        else:
            rare = (place for place in range(last + 1, len(text)) if text[place] > SAYABLE)
            extended.append((first, next(rare, len(text)) - 1))
    return extended


def _whole_clusters(
    spans: Iterable[tuple[int, int]], clusters: list[int], length: int
) -> list[tuple[int, int]]:
    """Widen spans to whole clusters: a span cannot have half a ligature, and two spans at its sides become one."""
    bounds, widened = [*clusters, length], list[tuple[int, int]]()
    for first, last in spans:
        begin = clusters[bisect_right(clusters, first) - 1]
        if widened and begin <= widened[-1][1]:
            begin, _ = widened.pop()
        widened.append((begin, bounds[bisect_right(clusters, last)] - 1))
    return widened


class _Speaker:
    """Stands in for ``stream.show_text`` and opens and closes spans between the glyphs."""

    def __init__(
        self,
        stream: Stream,
        said: list[str],
        characters: list[int],
        spans: list[tuple[int, int]],
        blank: Callable[[str, str], str],
    ):
        """``said`` has what is copied of each character, ``blank`` draws the blank of a font beside one."""
        self.show, self._stream, self._said = stream.show_text, stream, said
        self._characters, self._blank = characters, blank
        self._set_font_size = stream.set_font_size
        self._spans = spans[::-1]
        self._glyph = 0
        self._font = ""
        self._is_empty = True
        self.is_open = False
        self.is_filled = False

    def set_font_size(self, font: str, size: float) -> None:
        """Note the font and set it."""
        self._font = font
        self._set_font_size(font, size)

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
        self._flush(part, ends=self._glyph < len(self._characters))

    def _before(self, part: str) -> str:
        if self._spans and not self.is_open and self._character() >= self._spans[-1][0]:
            self._flush(part)
            first, last = self._spans[-1]
            spoken = String("".join(self._said[first : last + 1]))
            self._stream.begin_marked_content("Span", Dictionary({"ActualText": spoken}))
            self.is_open = self._is_empty = True
            return ""
        return part

    def _after(self, part: str) -> str:
        self._glyph += 1
        ended = self._glyph == len(self._characters)
        if self.is_open and (ended or self._character() > self._spans[-1][1]):
            self._flush(part, ends=ended and self.is_filled)
            # The last is closed with the text, when what fills the gap after it has been drawn.
            if not ended:
                self.close()
            return ""
        return part

    def _character(self) -> int:
        return self._characters[self._glyph]

    def _flush(self, part: str, *, ends: bool = False) -> None:
        """Draw what was gathered; ``ends``: it is a text object, and the open span, if any, goes on in another."""
        if not part:
            return
        if ends and self.is_open and self._is_empty:
            part += self._blank(self._font, self._said[self._characters[self._glyph - 1]])
        self._is_empty = False
        self.show(part.replace("><", ""))

    def close(self) -> None:
        """Close the span that is open, if any."""
        if self.is_open:
            self._stream.end_marked_content()
            self._spans.pop()
            self.is_open = False
