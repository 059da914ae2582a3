"""Issues of a random table between texts: 1 to 16 columns, 1 to 200 rows, numbers, short and long cells, merged heads.

The same number gives the same issue. Each number and short cell stands in it once, so that each can be looked for.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

import yaml

from tests.support import corpus

#: Most cells of a table: pages of more take too long to lay out.
MOST_CELLS = 600


@dataclass
class TableIssue:
    """The text of an issue, what of its table has to stand on one line, and all cells."""

    text: str
    whole: list[str]
    cells: list[str]
    columns: int
    rows: int


@dataclass
class _Maker:
    chance: random.Random
    han: str
    whole: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def once(self, make: Callable[[], str]) -> str:
        """Return a text that has not been there before, nor stands in another."""
        text = make()
        while any(text in other or other in text for other in self.used):
            text = make()
        self.used.add(text)
        self.whole.append(text)
        return text

    def number(self) -> str:
        """A number with a sign, decimals, or thousands."""
        form = self.chance.choice(("{:.3f}", "-{:.3f}", "{:,.0f}", "{:.2f}%"))
        return self.once(lambda: form.format(self.chance.uniform(100, 99999)))

    def short(self) -> str:
        """A few Han."""
        return self.once(lambda: "".join(self.chance.choices(self.han, k=self.chance.randint(3, 5))))

    def long(self) -> str:
        """A text of some lines."""
        return "".join(self.chance.choices(self.han, k=self.chance.randint(12, 60)))

    def tall(self) -> str:
        """A text of some lines, and now and then of a third of a page."""
        return self.long() * self.chance.choice((1, 1, 1, 1, 1, 1, 1, 8))

    def merged(self, columns: int) -> list[str]:
        """A row above the heads of columns, whose cells stand over one or two of them."""
        row = [self.short()]
        while len(row) < columns:
            row += [self.short(), *(["<<"] if self.chance.random() < 0.5 else [])]
        return row[:columns]

    def noted(self) -> str:
        """A short cell with a note."""
        return self.short() + f"^[{self.long()}]"

    def linked(self) -> str:
        """A short cell that is a link."""
        name = "".join(self.chance.choices("abcdefgh", k=12))
        return f"[{self.short()}](https://example.org/{name})"


def table_issue(seed: int) -> TableIssue:
    """Return the issue of a seed."""
    chance = random.Random(seed)
    text = "".join(dict.fromkeys(c for c in "".join(corpus.paragraphs()) if "\u4e00" <= c <= "\u9fff"))
    maker = _Maker(chance, text.translate(str.maketrans("", "", "年月日时分秒个名多余万千百亿十")))
    columns = chance.choice((1, 2, 2, 3, 3, 4, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16))
    rows = min(chance.choice((1, 2, 3, 5, 8, 13, 25, 60, 200)), MOST_CELLS // columns)
    kinds = [maker.number, maker.short, *([maker.long, maker.tall] if columns <= 8 else [])]
    of_column = [chance.choice(kinds) for _ in range(columns)]
    if chance.random() < 0.3 and rows <= 25:
        of_column[0] = chance.choice((maker.noted, maker.linked))
    head, merged = [maker.short() for _ in range(columns)], columns > 3 and chance.random() < 0.5
    body = [[make() for make in of_column] for _ in range(rows)]
    lines = [head, *body]
    if merged:
        lines.insert(0, maker.merged(columns))
    maker.cells = [cell for row in lines for cell in row if cell not in ("<<", "^^")]
    table = "\n".join("| " + " | ".join(row) + " |" for row in lines)
    first, rest = table.split("\n", 1)
    block: dict[str, object] = {"table": f"{first}\n|{'---|' * columns}\n{rest}"}
    block |= {"head_rows": "2"} if merged else {}
    block |= {"caption": "表题"} if chance.random() < 0.5 else {}
    before = "\n\n".join(["观" * 30] * chance.choice((0, 0, 1, 5, 20)))
    body_blocks: list[object] = [*([before] if before else []), block, "观" * 90]
    issue = {
        "layout": "newsletter",
        "language": "zh-Hans",
        "title": "样张",
        "publisher": "编辑部",
        "date": "2026-11",
        "number": "1",
        "articles": [{"title": "题目", "body": body_blocks}],
    }
    text = yaml.safe_dump(issue, allow_unicode=True, sort_keys=False, width=10_000)
    return TableIssue(text, maker.whole, maker.cells, columns, rows)
