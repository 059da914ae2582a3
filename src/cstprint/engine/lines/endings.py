"""The ends of lines in Latin words: letters without the kerning to what followed them, and hyphens.

Readers of PDFs (poppler, pdfium) take a hyphen-minus that ends a line for one that was put in, and drop it with the
line's end. So one that was put in is that character, whatever its glyph stands for in CSS, and one that was typed is
copied with the line after it. poppler keeps U+00AD, which ISO 32000-2 (14.8.2.2.3) has for hyphens that were put in,
and U+2010.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol

from cstprint.cjk.characters import OBJECT, WESTERN, script_of
from cstprint.cjk.lines import Paragraph
from cstprint.engine.lines.shape import Shaped, shape
from cstprint.engine.lines.spoken import SAYABLE
from cstprint.engine.lines.tree import Node, text_at
from cstprint.engine.weasy.marks import kept_with
from cstprint.engine.weasy.text import pyphen
from cstprint.engine.weasy.types import Box, Context, Style

_DROPPED = "-"
_WORD = re.compile("[A-Za-z\u00c0-\u024f]+")
#: The language of Latin words in Chinese text that are of no language: titles of journals, terms, names.
_FOREIGN = "en-US"
#: The region of a language without one, where pyphen takes another (CLDR, likely subtags: en is en-US): British rules
#: part fewer words.
_REGIONS = {"en": "en-US"}
#: What the advances of a letter and a hyphen depend on.
_FONT = (
    "font_family",
    "font_size",
    "font_style",
    "font_weight",
    "font_stretch",
    "font_kerning",
    "font_variant_caps",
    "font_feature_settings",
    "hyphenate_character",
    "lang",
)


class Dictionary(Protocol):
    """The rules of a language, as pyphen has them."""

    def positions(self, word: str) -> list[int]:
        """Return where a word may be parted."""


class Endings:
    """The advances of Latin letters that end a line, by their places."""

    def __init__(self, paragraph: Paragraph, nodes: list[Node], context: Context):
        self.paragraph, self.nodes, self.context = paragraph, nodes, context
        self.known: dict[int, float] = {}

    def __call__(self, place: int) -> float:
        """Return the advance of the character at ``place``."""
        if place not in self.known:
            node = text_at(self.nodes, place)
            assert node.shaped is not None
            begin = place
            while begin > node.first and self.paragraph.kinds[begin - 1] in WESTERN:
                begin -= 1
            word = node.shaped.text[begin - node.first : place + 1 - node.first]
            self.known[place] = shape(node.box, word, self.context).advances[-1]
        return self.known[place]


@dataclass
class HyphenatedText:
    """A text box of a paragraph whose words may be parted: its first character there, its text."""

    box: Box
    first: int
    text: str


class Hyphens:
    """The places in a paragraph where words may be parted, and what hyphens take there.

    ``texts`` are the parts of its ``text`` that may be hyphenated, from left to right.
    """

    def __init__(self, text: str, texts: list[HyphenatedText], context: Context):
        self.text, self.texts, self.context = text, texts, context

    def places(self) -> Iterator[int]:
        """Yield the places, each that before a character: by the rules of the language that the style has.

        A word goes on over the edges of elements. One that goes on in another language, or where there are no
        hyphens, is not parted.
        """
        for run in self._runs():
            for word in _WORD.finditer(run.text):
                begin, end = run.first + word.start(), run.first + word.end()
                if not _WORD.match(self.text[begin - 1 : begin]) and not _WORD.match(self.text, end):
                    yield from (begin + at for at in _positions(run.box.style, word[0]))

    def _runs(self) -> Iterator[HyphenatedText]:
        """Yield the parts, those joined that follow each other and have the same rules."""
        run: HyphenatedText | None = None
        for part in self.texts:
            if run is not None and run.first + len(run.text) == part.first and _same_rules(run, part):
                run = replace(run, text=run.text + part.text)
                continue
            if run is not None:
                yield run
            run = part
        if run is not None:
            yield run

    def advance(self, place: int) -> float:
        """Return how wide (px) the character before ``place`` is with a hyphen after it."""
        part = next(part for part in self.texts if part.first < place <= part.first + len(part.text))
        style, letter = part.box.style, part.text[place - 1 - part.first]
        known: dict[tuple[str, str], float] = kept_with(style.font_config, "hyphens", dict)
        key = str([style[name] for name in _FONT]), letter
        if key not in known:
            known[key] = sum(shape(part.box, letter + hyphen_of(style), self.context).advances)
        return known[key]


def _same_rules(one: HyphenatedText, two: HyphenatedText) -> bool:
    """Return whether the words of two parts are parted by the same rules."""
    return all(one.box.style[name] == two.box.style[name] for name in ("lang", "hyphenate_limit_chars"))


def may_hyphenate(style: Style) -> bool:
    """Return whether words of this style are parted: ``hyphens: auto`` in a language that has rules for that."""
    return style["hyphens"] == "auto" and _language(style["lang"] or "") is not None


def hyphen_of(style: Style) -> str:
    """Return what a parted word ends with on its line."""
    return str(style["hyphenate_character"])


def with_hyphen(box: Box, text: str, context: Context) -> Shaped:
    """Return ``text``, a part of a text box's, shaped with a hyphen after it, which readers drop."""
    hyphen = hyphen_of(box.style)
    shaped = shape(box, text + hyphen, context)
    return replace(shaped, text=text + _DROPPED) if len(hyphen) == 1 else shaped


def carried(text: str, place: int) -> str:
    """Return the typed hyphens, and the spaces after them, that end a line before ``place`` and are copied after it.

    They are, too, where another element begins beside them: a word without its hyphen is another word.
    """
    before, after = text[:place], text[place : place + 1]
    stem = before.rstrip(" ").rstrip("-")
    hyphens = before[len(stem) :]
    sayable = stem and after not in ("", OBJECT) and max(stem[-1], after) <= SAYABLE
    return hyphens if sayable and hyphens.strip() else ""


def _positions(style: Style, word: str) -> list[int]:
    """Return where a word may be parted: not an abbreviation, nor a name with capitals inside."""
    total, left, right = style["hyphenate_limit_chars"]
    if len(word) < total or not word[1:].islower():
        return []
    language = _language(style["lang"] or "")
    return _dictionary(language, left, right).positions(word) if language else []


@lru_cache(maxsize=64)
def _language(language: str) -> str | None:
    """Return the language whose rules hold, as pyphen names it; it knows none for Chinese."""
    fallback = _FOREIGN if script_of(language) in ("Hans", "Hant") else language
    found: str | None = pyphen.language_fallback(_REGIONS.get(fallback.lower(), fallback))
    return found


@lru_cache(maxsize=16)
def _dictionary(language: str, left: int, right: int) -> Dictionary:
    made: Dictionary = pyphen.Pyphen(lang=language, left=left, right=right)
    return made
