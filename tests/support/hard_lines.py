"""Sixty paragraphs of what is hard to set, and how bad each line of them is, whatever program has set it.

Every paragraph stands on a page of its own, so that the lines of any PDF are found without a thought of who wrote it.
Lengths are in em. Run as ``python -m tests.support.hard_lines [WIDTH ...]``: prints the figures of our lines and each
bad line.
"""

from __future__ import annotations

import io
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.support.corpus import INDENT, MARGIN, SIZE
from tests.support.fonts import ROOT
from tests.support.glyphs import Glyph, read_glyphs
from tests.support.line_rules import OPENING, TRAILING, is_han

MEASURES = (12.0, 16.0, 21.0, 28.0, 35.0, 42.0)
#: A line is bad that is ragged, or has a gap between Han or a word space, above these, or ink beyond the measure.
MOST_RAGGED, MOST_HAN, MOST_WORD, MOST_BEYOND = 1.0, 0.3, 0.8, 0.02
_ADDRESS = re.compile(r"(?:https?|ftp)://[!-~]+|[\w.+-]+@[\w.-]+", re.ASCII)
#: Characters that share a glyph, which stands for one of them in a PDF.
_SHARED = str.maketrans(
    {
        "⋯": "…",
        "〜": "～",
        "―": "—",
        "⸺": "——",
        "‧": "·",
        "・": "·",
        "∆": "Δ",
        "‐": "-",
        "\u2011": "-",
        "\u00ad": "-",
    }
)
#: Hyphens that a program has put in, whatever code it gives them.
_HYPHENS = "-\u00ad\u2010\u2011"
_DATA = Path(__file__).resolve().parents[1] / "data"


def paragraphs() -> list[str]:
    """Return the paragraphs: numbers, units, references, addresses, names, formulas, lists, English words."""
    return (_DATA / "hard-lines.txt").read_text("utf-8").splitlines()


def other_paragraphs() -> list[str]:
    """Return twenty more, which no cost of a break was chosen by: they were written when all of them were."""
    return (_DATA / "other-hard-lines.txt").read_text("utf-8").splitlines()


@dataclass(frozen=True)
class Set:
    """A glyph on a line: its text, its place in the paragraph (``None``: a hyphen put in), where it begins and ends."""

    text: str
    at: int | None
    x: float
    end: float


@dataclass(frozen=True)
class HardLine:
    """A line as it is printed: its paragraph (by number and as a text), whether it is the last, its glyphs."""

    paragraph: int
    source: str
    last: bool
    glyphs: tuple[Set, ...]

    @property
    def start(self) -> int:
        """The place of its first character."""
        return next(glyph.at for glyph in self.glyphs if glyph.at is not None)

    @property
    def stop(self) -> int:
        """The place behind its last character."""
        last = next(glyph for glyph in reversed(self.glyphs) if glyph.at is not None)
        return (last.at or 0) + len(last.text)

    @property
    def hyphenated(self) -> bool:
        """Whether it ends with a hyphen that was not typed."""
        return self.glyphs[-1].at is None

    @property
    def text(self) -> str:
        """What stands on it, as it was typed, and a hyphen that was put in."""
        return self.source[self.start : self.stop] + ("‐" if self.hyphenated else "")

    def end(self) -> float:
        """Return where it ends, with half the width of a closing mark."""
        last = self.glyphs[-1]
        return last.end - (0.5 if last.text in TRAILING and last.end - last.x > 0.7 else 0.0)

    def ink(self) -> float:
        """Return where its ink ends."""
        last = self.glyphs[-1]
        return min(last.end, last.x + _ink_of(last.text[-1]))

    def short(self, measure: float) -> float:
        """Return how far it stays from the edge; a closing mark fills it with its half or its full width."""
        return min(abs(measure - self.end()), abs(measure - self.glyphs[-1].end))

    def _gaps(self) -> Iterator[tuple[Set, Set, float]]:
        for one, two in pairwise(self.glyphs):
            yield one, two, two.x - one.end

    def han_gap(self) -> float:
        """Return the widest gap between two Han with no space typed between them."""
        pairs = [(gap, one, two) for one, two, gap in self._gaps() if not self._is_spaced(one, two)]
        return max((gap for gap, one, two in pairs if is_han(one.text) and is_han(two.text)), default=0)

    def word_space(self) -> float:
        """Return the widest white where a space was typed."""
        return max((gap for one, two, gap in self._gaps() if self._is_spaced(one, two)), default=0)

    def _is_spaced(self, one: Set, two: Set) -> bool:
        return one.at is not None and two.at is not None and two.at > one.at + len(one.text)

    @property
    def has_address(self) -> bool:
        """Whether an address, or a part of one, stands on it."""
        return any(
            found.start() < self.stop and found.end() > self.start for found in _ADDRESS.finditer(self.source)
        )

    @property
    def parts_address(self) -> bool:
        """Whether the next line begins inside an address."""
        return any(found.start() < self.stop < found.end() for found in _ADDRESS.finditer(self.source))

    def faults(self, measure: float) -> list[str]:
        """Return what makes it a bad line."""
        found = []
        if not self.last and (short := self.short(measure)) > MOST_RAGGED and self.end() < measure:
            found.append(f"ragged {short:.2f}")
        if (gap := self.han_gap()) > MOST_HAN:
            found.append(f"Han {gap:.2f}")
        if (space := self.word_space()) > MOST_WORD:
            found.append(f"space {space:.2f}")
        if (beyond := self.ink() - measure) > MOST_BEYOND:
            found.append(f"beyond {beyond:.2f}")
        return found


def page(texts: Sequence[str], measure: float, head: str = "") -> str:
    """Return HTML with a page a paragraph, ``measure`` em wide, by the rules of the newsletter's text."""
    import html

    from tests.support.corpus import body_css

    css = (
        f"@page {{ size: {measure * SIZE + 2 * MARGIN:g}pt 800pt; margin: {MARGIN:g}pt }}"
        f"html, body {{ margin: 0; {body_css()}; overflow-wrap: anywhere; hyphens: auto; hyphenate-limit-chars: 6 2 3 }}"
        f"p {{ margin: 0; width: {measure:g}em; text-indent: {INDENT:g}em; break-after: page }} {head}"
    )
    inner = "".join(f"<p>{html.escape(text, quote=False)}</p>" for text in texts)
    return f'<!DOCTYPE html><html lang="zh-Hans"><meta charset="utf-8"><title>例</title><style>{css}</style><body>{inner}'


def read_hard_lines(pdf: bytes, texts: Sequence[str]) -> list[HardLine]:
    """Return the lines of a PDF with a page a paragraph, whatever program wrote it.

    Raises :class:`ValueError` where the glyphs of a page are not those of its paragraph.
    """
    pages: dict[int, list[Glyph]] = {}
    for glyph in read_glyphs(pdf):
        if glyph.text.strip():
            pages.setdefault(glyph.page, []).append(glyph)
    found: list[HardLine] = []
    for number, text in enumerate(texts):
        rows = list(_rows(pages[number + 1]))
        placed = _matched(rows, text)
        for index, row in enumerate(placed):
            found.append(HardLine(number, text, index == len(rows) - 1, tuple(row)))
    return found


def _rows(glyphs: list[Glyph]) -> Iterator[list[Glyph]]:
    """Yield glyphs line by line, from left to right."""
    ordered = sorted(glyphs, key=lambda glyph: glyph.y)
    row: list[Glyph] = []
    for glyph in ordered:
        if row and glyph.y - row[0].y > 0.5 * SIZE:
            yield sorted(row, key=_ink)
            row = []
        row.append(glyph)
    yield sorted(row, key=_ink)


def _ink(glyph: Glyph) -> float:
    """Return about where a glyph's ink begins: the blank half of an opening mark may lie over the letter before."""
    return glyph.x + (0.5 * glyph.advance if glyph.text in OPENING else 0.0)


@cache
def _ink_of(character: str) -> float:
    """Return how far (em) from its origin the ink of a character reaches."""
    for font in _fonts():
        if name := font.getBestCmap().get(ord(character)):
            return float(max(getattr(font["glyf"][name], "xMax", 0), 0) / font["head"].unitsPerEm)
    return 1.0


@cache
def _fonts() -> list[Any]:
    from fontTools.ttLib import TTFont

    return [TTFont(ROOT / "fonts" / name) for name in ("CSTLatinSerif-Regular.ttf", "CSTSong-Regular.ttf")]


def _matched(rows: list[list[Glyph]], text: str) -> list[list[Set]]:
    """Return the rows with each glyph's place in ``text``."""
    at, found = 0, []
    for row in rows:
        placed = []
        for glyph in row:
            while at < len(text) and text[at].isspace():
                at += 1
            x, end = (glyph.x - MARGIN) / SIZE, (glyph.end - MARGIN) / SIZE
            size = _length(glyph.text, text, at)
            if not size:
                if glyph is row[-1] and glyph.text in _HYPHENS:
                    placed.append(Set("-", None, x, end))
                    continue
                raise ValueError(f"{glyph} where {text[at : at + 10]!r} is expected")
            placed.append(Set(text[at : at + size], at, x, end))
            at += size
        found.append(placed)
    if text[at:].strip():
        raise ValueError(f"no glyphs for {text[at:]!r}")
    return found


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text.translate(_SHARED))


def _length(glyph: str, text: str, at: int) -> int:
    """Return how many characters of ``text`` from ``at`` on a glyph stands for: Kangxi radicals stand for Han."""
    for length in (len(glyph), 1, 2, 3):
        typed = text[at : at + length]
        if typed and _folded(typed) == _folded(glyph):
            return length
    return 0


def set_hard_lines(texts: Sequence[str], measure: float) -> tuple[bytes, list[str]]:
    """Return a PDF of paragraphs in our lines, and the lines that a render would report (CST-E006)."""
    import logging

    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    from cstprint.engine.document import PDF_OPTIONS
    from cstprint.engine.pages.text import ragged_lines
    from cstprint.engine.weasy.catalogue import LINES
    from cstprint.engine.weasy.patch import applied

    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    target = io.BytesIO()
    with applied(LINES):
        document = HTML(string=page(texts, measure)).render(font_config=FontConfiguration(), **PDF_OPTIONS)
        both = (ragged_lines(document.pages, {}, loose=loose) for loose in (False, True))
        told = [fact.text for facts in both for fact in facts]
        document.write_pdf(target, **PDF_OPTIONS)
    return target.getvalue(), told


def main(measures: Iterable[float]) -> None:
    """Print a row of figures for each measure, then every bad line."""
    from tests.support.fonts import use_built_in_fonts

    use_built_in_fonts()
    texts, told = paragraphs(), list[str]()
    for measure in measures:
        lines = read_hard_lines(set_hard_lines(texts, measure)[0], texts)
        full = [line for line in lines if not line.last and not line.has_address]
        flush = sum(line.short(measure) <= 0.02 for line in full)
        gaps = sorted((line.han_gap() for line in lines), reverse=True)
        bad = [(line, line.faults(measure)) for line in lines]
        found = [(line, faults) for line, faults in bad if faults]
        sys.stdout.write(
            f"{measure:g} em: {len(lines)} lines, {len(found)} bad, flush {flush / len(full):.1%} of {len(full)}, "
            f"Han gaps {' '.join(f'{gap:.2f}' for gap in gaps[:6])}, above .25: {sum(g > 0.25 for g in gaps)}, "
            f"above .1: {sum(g > 0.1 for g in gaps)}, hyphens {sum(line.hyphenated for line in lines)}\n"
        )
        told += [f"{measure:g} em ¶{line.paragraph + 1} {', '.join(f)}: {line.text}" for line, f in found]
    sys.stdout.write("\n".join(["", *told]) + "\n")


if __name__ == "__main__":
    main([float(argument) for argument in sys.argv[1:]] or MEASURES)
