"""Attributes that people give to a block, a run of text or a heading: classes, a language, a heading's name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from markdown_it.token import Token

from cstprint.blocks.common.parts import Attributes
from cstprint.diagnostics import Diagnostic, Message, error, msg
from cstprint.languages.tags import FORM
from cstprint.reading.models import CLASS
from cstprint.source import SourceText, Span

#: A name that a reference can call: letters of any script, digits, - and _.
NAME = r"[\w-]+"
#: What begins like attributes; ``{甲}`` is text.
ATTRIBUTES = re.compile(r"\{[ \t]*(?:[.#][^{}\n]*|[A-Za-z][\w-]*[ \t]*=[^{}\n]*)\}")
_CLASS = re.compile(rf"\.({CLASS.pattern})")
_NAME = re.compile(f"#({NAME})")
_LANGUAGE = re.compile(rf"""lang=(?P<quote>["']?)(?P<tag>{FORM})(?P=quote)""")

#: Gives the place of a number of characters from an offset of what is being read.
Place = Callable[[int, int], Span]


@dataclass(frozen=True, slots=True)
class Given:
    """What a pair of braces gives."""

    attributes: Attributes
    name: SourceText | None = None


def read_attributes(raw: str, place: Place, diagnostics: list[Diagnostic], *, named: bool = False) -> Given:
    """Return what ``raw``, braces included, gives; a name only where ``named``. All else is an error."""
    classes: list[SourceText] = []
    language: str | None = None
    name: SourceText | None = None
    for item in re.finditer(r"\S+", raw[1:-1]):
        typed = item[0]
        span = place(item.start() + 1, len(typed))
        if match := _CLASS.fullmatch(typed):
            at = place(item.start() + 2, len(match[1]))
            classes.append(SourceText.at(match[1], at, at.line, at.column, block=False))
        elif match := _LANGUAGE.fullmatch(typed):
            at = place(item.start() + 1 + match.start("tag"), len(match["tag"]))
            language = SourceText.at(match["tag"], at, at.line, at.column, block=False)
        elif named and (match := _NAME.fullmatch(typed)):
            at = place(item.start() + 2, len(match[1]))
            name = SourceText.at(match[1], at, at.line, at.column, block=False)
        else:
            problem = msg("“{typed}” cannot be applied to text.", typed=typed)
            diagnostics.append(error("CST-M020", problem, span=span, hint=_hint(typed, named=named)))
    return Given(Attributes(tuple(classes), language), name)


def _hint(typed: str, *, named: bool) -> Message:
    if typed.startswith("#"):
        if named:
            return msg("A name has only letters, digits, - and _.")
        return msg("Only headings can have a name here: # 标题 {{#name}}")
    if typed.startswith("."):
        return msg("A class has only lower-case letters a–z, digits and -, and begins with a letter.")
    if typed.startswith("lang="):
        return msg("A language is a tag such as en, zh-Hant or ja.")
    return msg("Give a class (.name) or a language (lang=en).")


def set_attributes(token: Token, attributes: Attributes) -> None:
    """Write attributes into a token, where the renderer finds them; classes are added to those it has."""
    if attributes.classes:
        token.meta["classes"] = (*token.meta.get("classes", ()), *attributes.classes)
        token.attrJoin("class", " ".join(attributes.classes))
    if attributes.language:
        token.attrSet("lang", attributes.language)


def attributes_of(token: Token) -> Attributes:
    """Return the attributes that a token was given."""
    language = token.attrGet("lang")
    return Attributes(tuple(token.meta.get("classes", ())), language if isinstance(language, str) else None)


def give_blocks_their_attributes(
    tokens: list[Token], text: SourceText, diagnostics: list[Diagnostic]
) -> Iterator[Token]:
    """Yield the tokens without those of attributes, which go to the block after them."""
    waiting: list[Token] = []
    item: Token | None = None  # the entry of a list that has just begun
    for token in tokens:
        if token.type == "attributes":
            waiting.append(token)
            continue
        nowhere = token.nesting < 0 or token.type == "footnote_reference_open"
        # A paragraph of a tight list prints no element of its own: what it was given goes to its entry.
        taker = item if token.hidden and item else token
        for given in waiting:
            _give(given, None if nowhere else taker, text, diagnostics)
        waiting.clear()
        item = token if token.type in ("list_item_open", "dd_open") else None
        yield token
    for given in waiting:
        _give(given, None, text, diagnostics)


def _give(given: Token, taker: Token | None, text: SourceText, diagnostics: list[Diagnostic]) -> None:
    row = given.map[0] if given.map else 0
    begin = text.rows.starts[row]
    column = text.find(given.content, begin) - begin
    found = read_attributes(
        given.content, lambda offset, length: text.place(row, column + offset, length), diagnostics
    )
    if taker is not None:
        set_attributes(taker, found.attributes)
        return
    problem = msg("There is no block after these attributes that could take them.")
    span = text.place(row, column, len(given.content))
    hint = msg("Write them on a line of their own, right before a paragraph, a list, a table …")
    diagnostics.append(error("CST-M020", problem, span=span, hint=hint))
