"""From glyphs back to lines: each glyph is found again in the text that was set, so that a line knows its characters.

Nothing here shares a thought with the code that sets lines: where a line begins is seen from the glyphs' places alone.
All lengths are in em of the text's size, from the left edge of the paragraphs.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass

from tests.support import corpus
from tests.support.glyphs import Glyph, read_glyphs


@dataclass(frozen=True)
class Placed:
    """A glyph on a line: its characters, the place of the first in the paragraph, where it begins and ends (em)."""

    text: str
    at: int
    x: float
    end: float


@dataclass(frozen=True)
class SetLine:
    """A line: its paragraph (by number and as a text), whether it is the first or last there, its glyphs but spaces.

    ``edge`` is where its text should begin, in em: the indent on a first line, otherwise 0.
    """

    paragraph: int
    source: str
    first: bool
    last: bool
    edge: float
    glyphs: tuple[Placed, ...]

    @property
    def start(self) -> int:
        """The place of the line's first character in the paragraph."""
        return self.glyphs[0].at

    @property
    def stop(self) -> int:
        """The place behind the line's last character."""
        return self.glyphs[-1].at + len(self.glyphs[-1].text)

    @property
    def text(self) -> str:
        """What stands on the line, as it was typed."""
        return self.source[self.start : self.stop]


def to_pdf(page: str, *, stock: bool = False) -> bytes:
    """Set a page by our lines, or by WeasyPrint's own, with the options that a render has."""
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    from cstprint.engine.document import PDF_OPTIONS
    from cstprint.engine.weasy.catalogue import LINES
    from cstprint.engine.weasy.patch import applied

    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    target = io.BytesIO()
    with applied(() if stock else LINES):
        HTML(string=page).write_pdf(target, font_config=FontConfiguration(), **PDF_OPTIONS)
    return target.getvalue()


def set_plain(
    texts: list[str], measure: float, *, stock: bool = False, indent: float = corpus.INDENT
) -> list[SetLine]:
    """Set plain paragraphs ``measure`` em wide and read their lines."""
    return read_lines(to_pdf(corpus.plain(texts, measure, indent=indent), stock=stock), texts, indent=indent)


def read_lines(
    pdf: bytes,
    texts: list[str],
    *,
    left: float = corpus.MARGIN,
    size: float = corpus.SIZE,
    indent: float = corpus.INDENT,
) -> list[SetLine]:
    """Return the lines of a PDF that holds ``texts`` and nothing else; ``left`` and ``size`` are in pt.

    Raises :class:`ValueError` where the glyphs are not those of the texts, in their order.
    """
    glyphs = iter(read_glyphs(pdf))
    lines: list[SetLine] = []
    for number, text in enumerate(texts):
        rows = list(_rows(_matched(glyphs, text)))
        for index, row in enumerate(rows):
            placed = tuple(
                Placed(g.text, at, (g.x - left) / size, (g.end - left) / size)
                for g, at in row
                if not g.text.isspace()
            )
            first, last = index == 0, index == len(rows) - 1
            lines.append(SetLine(number, text, first, last, indent if first else 0.0, placed))
    if (rest := next(glyphs, None)) is not None:
        raise ValueError(f"more glyphs than text: {rest}")
    return lines


def _matched(glyphs: Iterator[Glyph], text: str) -> Iterator[tuple[Glyph, int]]:
    """Yield the next glyphs with their places in ``text`` until it is used up; a typed space may have no glyph."""
    at = 0
    while at < len(text):
        glyph = next(glyphs, None)
        if glyph is None:
            raise ValueError(f"no glyph for {text[at:]!r}")
        if text[at].isspace() and not glyph.text.isspace():
            at += 1
        if not glyph.text or not text.startswith(glyph.text, at):
            raise ValueError(f"{glyph} where {text[at : at + 10]!r} is expected")
        yield glyph, at
        at += len(glyph.text)


def _rows(placed: Iterator[tuple[Glyph, int]]) -> Iterator[list[tuple[Glyph, int]]]:
    """Yield the glyphs line by line: a new one begins on another page or baseline."""
    row: list[tuple[Glyph, int]] = []
    for glyph, at in placed:
        if row:
            before = row[-1][0]
            if glyph.page != before.page or abs(glyph.y - before.y) > 0.3 * glyph.size:
                yield row
                row = []
        row.append((glyph, at))
    if row:
        yield row
