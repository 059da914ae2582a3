"""Marks of running text: whatever stands beside whatever, Markdown is read as it was meant."""

from __future__ import annotations

import random
from xml.etree.ElementTree import Element

import pytest

from cstprint.importing.html_blocks import markdown_of
from cstprint.importing.word.inline import Bit, elements_of
from cstprint.issue.markdown.grammar import parse_inline

MARKS = ("strong", "em", "s", "mark")
LETTERS = "字词句。，“”（）ab1 "


def drawn(seed: int) -> list[Bit]:
    draw = random.Random(seed)
    return [
        Bit(
            "".join(draw.choices(LETTERS, k=draw.randint(1, 4))),
            frozenset(m for m in MARKS if draw.random() < 0.35),
        )
        for _ in range(draw.randint(1, 5))
    ]


def read(markdown: str) -> list[tuple[str, frozenset[str]]]:
    """The letters, each with the marks around it."""
    letters: list[tuple[str, frozenset[str]]] = []
    opened: list[str] = []
    for token in parse_inline(markdown).children or ():
        tag = token.content.strip("</>") if token.type == "html_inline" else token.type.rpartition("_")[0]
        if token.type == "text":
            letters += [(letter, frozenset(opened)) for letter in token.content if not letter.isspace()]
        elif tag in MARKS and (token.type.endswith("_close") or token.content.startswith("</")):
            opened.remove(tag)
        elif tag in MARKS:
            opened.append(tag)
    return letters


@pytest.mark.parametrize("first", range(0, 1000, 100))
def test_each_letter_has_the_marks_that_it_had(first: int) -> None:
    for seed in range(first, first + 100):
        bits = drawn(seed)
        meant = [(letter, bit.marks) for bit in bits for letter in str(bit.content) if not letter.isspace()]
        assert read(markdown_of(elements_of(bits), inline=True)) == meant, seed


def test_signs_are_used_wherever_they_are_read_as_meant() -> None:
    bold = Element("strong")
    bold.text = "“引文”"
    assert markdown_of(["他说", bold, "。"], inline=True) == "他说**“引文”**。"
