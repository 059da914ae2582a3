"""How narrow the cells of a table may be: short ones, numbers and words stay whole on a line.

A column of a table is as wide as the widest thing in it that is not parted. Lengths are in em of the cell's own text,
or in the paragraph's unit of length where they are widths.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from cstprint.cjk.lines import Paragraph
from cstprint.cjk.places import STRONG

#: A number with its signs and what belongs to it: 0.031, −4.2%, 3/15, 2020年.
_NUMBER = re.compile(r"[^\W\d_]{0,2}[^\w]*\d")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Limits:
    """How long (em) a text is at most that has to stay on one line: a whole cell, a number, a word.

    A cell with a longer text is at least ``text`` wide.
    """

    short: float
    number: float
    word: float
    text: float


#: From what is best to what is just bearable: nothing is torn under any of them. Long texts give way first.
WHOLE = (Limits(6, 12, 10, 6), Limits(6, 12, 10, 4), Limits(6, 12, 10, 2))
#: Where even the last of these has no room: first words and short cells are torn, then numbers.
TORN = (Limits(2, 12, 4, 2), Limits(1, 4, 1, 1), Limits(0, 0, 0, 0))


@dataclass(frozen=True, slots=True)
class CellText:
    """The widths of a paragraph in a cell: of all of it on a line, of its widest number, word, character.

    ``longest`` are the widths of the words and of the numbers that lines are not to part; ``em`` is that of its text.
    """

    em: float
    whole: float
    numbers: tuple[float, ...]
    words: tuple[float, ...]
    least: float

    def width(self, limits: Limits) -> float:
        """Return how wide a cell with this paragraph has to be."""
        if self.whole <= limits.short * self.em:
            return self.whole
        numbers = (width for width in self.numbers if width <= limits.number * self.em)
        words = (width for width in self.words if width <= limits.word * self.em)
        text = min(self.whole, limits.text * self.em)
        return max(self.least, text, *numbers, *words)


def cell_text(paragraph: Paragraph, indent: float = 0.0) -> CellText:
    """Return the widths of a paragraph in a cell; ``indent`` is that of its first line."""
    numbers, words = set[float](), set[float]()
    # A break between a number and what it counts is taken only where there is no other: that is whole with it, too.
    cheap = [place for place in paragraph.breaks if paragraph.prices.get(place, 0.0) < STRONG]
    for first, last in (*pairwise([0, *cheap]), *pairwise([0, *paragraph.breaks])):
        part = paragraph.text[first:last]
        width = paragraph.width(first, last) + (0.0 if first else indent)
        (numbers if _is_number(part) else words).add(width)
    em = max(paragraph.sizes, default=1.0)
    return CellText(
        em,
        paragraph.max_content(indent),
        tuple(sorted(numbers)),
        tuple(sorted(words)),
        paragraph.min_content(indent),
    )


def _is_number(part: str) -> bool:
    """Whether a part of a text that no line parts is a number, rather than a word with digits in it."""
    letters = sum(character.isalpha() and not _HAN.match(character) for character in part)
    return bool(_NUMBER.match(part.strip())) and letters <= 4
