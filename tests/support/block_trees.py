"""Issues of random trees of blocks: lists in lists, tables with heads and spans, boxes, quotations, notes, figures, verse.

The same number gives the same issue. The words come from the sample text of :mod:`tests.support.corpus`.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from tests.support import corpus
from tests.support.projects import picture_bytes

#: The pictures that the issues show, by their paths in the issue's folder.
PICTURES = {"images/一.png": ("PNG", (60, 40)), "images/two.jpg": ("JPEG", (40, 60))}

Block = str | dict[str, Any]

_ADDRESS = re.compile(r"https?://[\w./?=&#-]+|[\w.]+@[\w.]+")


class BlockTree:
    """Makes one issue."""

    def __init__(self, seed: int, layout: str):
        self.layout = layout
        self.chance = random.Random(seed)
        text = _ADDRESS.sub("", "".join(corpus.paragraphs()))  # in code they are no links
        self.sentences = [f"{part}。" for part in text.split("。") if part]
        self.names = 0

    def yaml(self) -> str:
        """The issue's file."""
        issue: dict[str, Any] = {
            "layout": self.layout,
            "language": self.chance.choice(["zh-Hans", "zh-Hans", "zh-Hant", "en"]),
            "title": "样张",
            "publisher": "编辑部",
            "date": "2020-02",
            "number": str(self.chance.randint(1, 99)),
        }
        if self.chance.random() < 0.5:
            issue["cover"] = self.blocks(2, 1)
        if self.chance.random() < 0.3:
            issue["sections"] = [
                {"section": self.phrase(), "articles": self.articles(1, 1)}
                for _ in range(self.chance.randint(1, 2))
            ]
        else:
            issue["articles"] = self.articles(1, 1)
        return yaml.safe_dump(issue, allow_unicode=True, sort_keys=False, width=10_000)

    def articles(self, least: int, most: int) -> list[dict[str, Any]]:
        """Articles with bodies."""
        return [
            {"title": self.phrase(), "body": self.blocks(5, 2)}
            for _ in range(self.chance.randint(least, most))
        ]

    def blocks(self, most: int, depth: int) -> list[Block]:
        """A body; ``depth`` says how often a block may still hold others."""
        return [self.block(depth) for _ in range(self.chance.randint(1, most))]

    def block(self, depth: int) -> Block:
        """A block of any kind."""
        makers: list[Callable[[int], Block]] = [self.text] * 7
        makers += [self.figure, self.figures, self.table, self.quote, self.pull, self.verse, self.events]
        makers += [self.credits, *([self.box, self.box, self.notice, self.interview] if depth else [])]
        return self.chance.choice(makers)(depth)

    # ── words ──

    def phrase(self) -> str:
        """A few words without marks of Markdown."""
        words = re.sub(r"[^\w]", "", self.chance.choice(self.sentences))
        return words[: self.chance.randint(2, 12)]

    def sentence(self) -> str:
        """A sentence, now and then with emphasis, code, a link, a note."""
        plain = re.sub(r"[*_`\[\]<>|\\^{}#~]", "", self.chance.choice(self.sentences))
        inlines = [
            "*{}*",
            "**{}**",
            "`{}`",
            f"[{{}}](https://example.org/{self.name()})",
            "[{}]{{lang=en}}",
            "{}^[注：{}。]",
        ]
        if self.chance.random() < 0.3:
            form = self.chance.choice(inlines)
            return form.format(self.phrase(), self.phrase()) + plain
        return plain

    def name(self) -> str:
        """A name that no other thing has, of letters only."""
        self.names += 1
        return "n" + str(self.names).translate(str.maketrans("0123456789", "abcdefghij"))

    # ── Markdown ──

    def text(self, _: int = 0) -> str:
        """A few parts of Markdown below each other."""
        return self.parts(self.chance.randint(1, 3), 3)

    def parts(self, count: int, depth: int, *, heads: bool = True) -> str:
        """Parts of Markdown with an empty line between them."""
        return "\n\n".join(self.part(depth, heads=heads) for _ in range(count))

    def part(self, depth: int, *, heads: bool) -> str:
        """A paragraph, a list, a quotation, a table …"""
        makers: list[Callable[[int], str]] = [self.paragraph] * 4
        makers += [self.pipes, self.code, self.rule, *([self.heading] if heads else [])]
        if depth:
            makers += [self.items, self.items, self.items, self.quotation, self.terms]
        return self.chance.choice(makers)(depth)

    def paragraph(self, _: int) -> str:
        """One to three sentences."""
        return "".join(self.sentence() for _ in range(self.chance.randint(1, 3)))

    def heading(self, _: int) -> str:
        """A heading of any level."""
        return "#" * self.chance.randint(1, 3) + " " + self.phrase()

    def code(self, _: int) -> str:
        """A block of code."""
        return "```python\nx = 1\nprint(x)\n```"

    def rule(self, _: int) -> str:
        """A rule."""
        return "---"

    def quotation(self, depth: int) -> str:
        """A quotation of several parts."""
        inner = self.parts(self.chance.randint(1, 2), depth - 1, heads=False)
        return "\n".join(f"> {line}".rstrip() for line in inner.split("\n"))

    def terms(self, _: int) -> str:
        """Terms with one or two definitions."""
        entries = []
        for _entry in range(self.chance.randint(1, 3)):
            definitions = [f": {self.sentence()}" for _ in range(self.chance.randint(1, 2))]
            entries.append("\n".join([self.phrase(), *definitions]))
        return "\n\n".join(entries)

    def items(self, depth: int) -> str:
        """A list; its entries hold a line or parts of any kind, with or without empty lines between them."""
        ordered, loose = self.chance.random() < 0.4, self.chance.random() < 0.4
        entries = []
        for number in range(1, self.chance.randint(1, 4) + 1):
            mark = f"{number}. " if ordered else "- "
            inner = self.sentence()
            if self.chance.random() < 0.5:
                gap = "\n\n" if self.chance.random() < 0.6 else "\n"
                inner += gap + self.parts(self.chance.randint(1, 2), depth - 1, heads=False)
            elif self.chance.random() < 0.2:
                inner = self.part(depth - 1, heads=False)
            lines = inner.split("\n")
            entries.append(
                "\n".join([mark + lines[0], *(" " * len(mark) + line if line else "" for line in lines[1:])])
            )
        classes = "{.han}\n" if ordered and self.chance.random() < 0.2 else ""
        return classes + ("\n\n" if loose else "\n").join(entries)

    def pipes(self, _: int) -> str:
        """A table as Markdown has it; it may be nothing but a head."""
        columns = self.chance.randint(1, 4)
        return self.grid(columns, self.chance.choice([0, 1, 2, 3, 5]), head_rows=1, spans=False)

    def grid(self, columns: int, body_rows: int, *, head_rows: int, spans: bool) -> str:
        """Rows of cells; with ``spans`` some are merged with the one above or to the left."""
        rows = head_rows + body_rows
        cells = [[self.cell(first=not x) for x in range(columns)] for _ in range(rows)]
        if spans:
            self._merge(cells, head_rows)
        lines = ["| " + " | ".join(row) + " |" for row in cells]
        lines.insert(1, "|" + "--|" * columns)
        return "\n".join(lines)

    def cell(self, *, first: bool) -> str:
        """A few words, a number or, where it is not the first of its row, at times nothing."""
        if not first and self.chance.random() < 0.1:
            return ""
        return self.phrase() if self.chance.random() < 0.6 else str(self.chance.randint(1, 99))

    def _merge(self, cells: list[list[str]], head_rows: int) -> None:
        """Merge a rectangle of the head or of the body; at times whole rows of it disappear."""
        for first, last in ((0, head_rows), (head_rows, len(cells))):
            if last - first < 1 or self.chance.random() < 0.3:
                continue
            top, left = self.chance.randrange(first, last), self.chance.randrange(len(cells[0]))
            bottom = self.chance.randint(top, last - 1)
            right = self.chance.randint(left, len(cells[0]) - 1)
            if self.chance.random() < 0.3:  # each column for itself: a row that holds nothing of its own
                for y in range(top + 1, bottom + 1):
                    cells[y] = ["^^"] * len(cells[0])
                continue
            for y in range(top, bottom + 1):
                for x in range(left, right + 1):
                    if (y, x) != (top, left):
                        cells[y][x] = "<<" if x > left else "^^"

    # ── blocks ──

    def figure(self, _: int) -> Block:
        """A picture, at times beside the text, without a caption, or mere decoration."""
        file = self.chance.choice(list(PICTURES))
        if self.chance.random() < 0.1:
            return {"figure": file, "decorative": "true"}
        block: dict[str, Any] = {"figure": file, "alt": self.phrase()}
        if self.chance.random() < 0.6:
            block["caption"] = self.sentence()
        block["place"] = self.chance.choice(["column", "column", "left", "right", "full"])
        return block

    def figures(self, _: int) -> Block:
        """A group of pictures."""
        entries = [
            {
                "image": self.chance.choice(list(PICTURES)),
                "alt": self.phrase(),
                "caption": self.phrase(),
            }
            for _ in range(self.chance.randint(2, 5))
        ]
        return {"figures": entries, "captions": self.chance.choice(["each", "keyed"])}

    def table(self, _: int) -> Block:
        """A table with heads of rows or columns, with merged cells."""
        columns, head_rows = self.chance.randint(1, 5), self.chance.randint(1, 3)
        body_rows = self.chance.choice([0, 1, 1, 3, 3, 6, 30])
        block: dict[str, Any] = {
            "table": self.grid(columns, body_rows, head_rows=head_rows, spans=True),
            "head_rows": str(head_rows),
            "head_columns": str(self.chance.randint(0, 1)),
        }
        if self.chance.random() < 0.5:
            block["caption"] = self.phrase()
        if self.chance.random() < 0.3:
            block["source"] = self.sentence()
        return block

    def quote(self, _: int) -> Block:
        """A quotation with its source."""
        return {"quote": self.parts(self.chance.randint(1, 2), 1, heads=False), "by": self.phrase()}

    def pull(self, _: int) -> Block:
        """A sentence set large."""
        return {"pull": self.phrase(), "by": self.phrase()}

    def verse(self, _: int) -> Block:
        """Verse of one or two stanzas."""
        stanza = "\n".join(self.phrase() for _ in range(self.chance.randint(2, 4)))
        return {"verse": stanza + self.chance.choice(["", "\n\n" + stanza]), "title": self.phrase()}

    def events(self, _: int) -> Block:
        """A calendar."""
        entries = [{"date": "5 月 12 日", "title": self.phrase(), "text": self.sentence()}]
        return {"events": entries * 1, "title": self.phrase()}

    def credits(self, _: int) -> Block:
        """Who did what."""
        return {"credits": [{"role": self.phrase(), "names": [self.phrase(), self.phrase()]}]}

    def box(self, depth: int) -> Block:
        """A box with blocks of its own."""
        return {
            "box": self.phrase(),
            "body": self.blocks(3, depth - 1),
            "place": self.chance.choice(["column", "column", "left", "right", "full"]),
        }

    def notice(self, depth: int) -> Block:
        """A notice."""
        return {"notice": self.phrase(), "body": self.blocks(2, depth - 1), "signed": self.phrase()}

    def interview(self, depth: int) -> Block:
        """Questions and answers."""
        turns = [
            {"question": self.sentence(), "answer": self.blocks(2, depth - 1)}
            for _ in range(self.chance.randint(1, 2))
        ]
        return {"interview": turns}


def write_block_tree(folder: Path, seed: int, layout: str) -> Path:
    """Write the issue of a seed with its pictures into a folder, and return its file."""
    for path, (kind, size) in PICTURES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(picture_bytes(kind, size))
    file = folder / "issue.yaml"
    file.write_text(BlockTree(seed, layout).yaml(), "utf-8")
    return file
