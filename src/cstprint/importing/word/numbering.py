"""The numbers that Word makes: of lists and of headings, as its reader sees them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from cstprint.importing.word.numerals import numeral
from cstprint.importing.word.styles import Styles
from cstprint.importing.word.xml import at, is_on, number_of, value_at

_PLACE = re.compile(r"%([1-9])")
#: A label after which a list of numbers of ours has the same one, or nearly: 1. 1、 1) 1
_PLAIN = re.compile(r"%[1-9][.．、)）]?")
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before a paragraph: its text, its level from 0, and its number where it is a plain one.

    ``kind`` is ``bullet``, ``number`` for what a list of numbers says, ``text`` for any other label.
    """

    kind: str
    level: int
    text: str
    number: int
    list_id: str


@dataclass(slots=True)
class Numbering:
    """Counts, paragraph by paragraph."""

    root: Element | None
    styles: Styles
    _counts: dict[str, list[int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)
    _levels: dict[tuple[str, int], Element | None] = field(default_factory=dict)

    def label(self, paragraph: Element) -> Label | None:
        """Return the label of a paragraph, and count it; ``None`` without one. Called once for each, in order."""
        found = self._numbered(paragraph)
        if found is None:
            return None
        list_id, level = found
        abstract = self._abstract(list_id)
        definition = self._level(list_id, level)
        if abstract is None or definition is None:
            return None
        counts = self._count(list_id, abstract.get("w:abstractNumId", ""), level)
        form = value_at(definition, "w:numFmt") or "decimal"
        pattern = value_at(definition, "w:lvlText") or ""
        if form == "bullet":
            return Label("bullet", level, pattern, 0, list_id)
        if form == "none" and not _PLACE.sub("", pattern).strip():
            return None
        legal = bool(is_on(definition, "w:isLgl"))
        text = _PLACE.sub(
            lambda match: self._number(list_id, int(match[1]) - 1, counts, legal=legal), pattern
        )
        plain = form == "decimal" and _PLAIN.fullmatch(pattern.strip()) and counts[level] >= 0
        kind = "number" if plain else "text"
        return Label(kind, level, text.strip(), counts[level], list_id) if text.strip() else None

    def _numbered(self, paragraph: Element) -> tuple[str, int] | None:
        """Return the list and the level of a paragraph: its own, or those of its style."""
        own = at(paragraph, "w:pPr", "w:numPr")
        list_id, level = value_at(own, "w:numId"), value_at(own, "w:ilvl")
        if list_id is None:
            inherited = self.styles.property(paragraph, "w:numPr", "w:numId")
            list_id = None if inherited is None else inherited.get("w:val")
            found = self.styles.property(paragraph, "w:numPr", "w:ilvl")
            level = level or (None if found is None else found.get("w:val"))
            if list_id and level is None:
                level = self._level_of_style(list_id, self.styles.identity_of(paragraph))
        if not list_id or list_id == "0":
            return None
        return list_id, min(max(number_of(level), 0), _LEVELS - 1)

    def _level_of_style(self, list_id: str, style: str) -> str:
        abstract = self._abstract(list_id)
        for node in abstract if abstract is not None else ():
            if node.tag == "w:lvl" and value_at(node, "w:pStyle") == style:
                return node.get("w:ilvl", "0")
        return "0"

    def _list(self, list_id: str) -> Element | None:
        nodes = self.root if self.root is not None else ()
        return next((one for one in nodes if one.tag == "w:num" and one.get("w:numId") == list_id), None)

    def _abstract(self, list_id: str, deep: int = 0) -> Element | None:
        wanted = value_at(self._list(list_id), "w:abstractNumId")
        nodes = self.root if self.root is not None else ()
        found = next(
            (one for one in nodes if one.tag == "w:abstractNum" and one.get("w:abstractNumId") == wanted),
            None,
        )
        link = value_at(found, "w:numStyleLink")
        if link and not deep:  # a list style: what it says stands in its own list
            for style in self.styles.chain(link):
                if other := value_at(style.paragraph, "w:numPr", "w:numId"):
                    return self._abstract(other, 1)
        return found

    def _level(self, list_id: str, level: int) -> Element | None:
        key = (list_id, level)
        if key not in self._levels:
            override = self._override(list_id, level)
            own = at(override, "w:lvl")
            abstract = self._abstract(list_id)
            nodes = abstract if abstract is not None else ()
            shared = next(
                (one for one in nodes if one.tag == "w:lvl" and number_of(one.get("w:ilvl")) == level), None
            )
            self._levels[key] = own if own is not None else shared
        return self._levels[key]

    def _override(self, list_id: str, level: int) -> Element | None:
        node = self._list(list_id)
        return next(
            (
                one
                for one in (node if node is not None else ())
                if one.tag == "w:lvlOverride" and number_of(one.get("w:ilvl")) == level
            ),
            None,
        )

    def _start(self, list_id: str, level: int) -> int:
        return number_of(value_at(self._level(list_id, level), "w:start"), 1)

    def _count(self, list_id: str, abstract: str, level: int) -> list[int]:
        """Return the counts of all levels of a list after one more of ``level``. Lists may share them."""
        counts = self._counts.setdefault(abstract, [-1] * _LEVELS)
        if (list_id, level) not in self._begun:
            self._begun.add((list_id, level))
            again = value_at(self._override(list_id, level), "w:startOverride")
            if again is not None:
                counts[level] = number_of(again, 1) - 1
        counts[level] = self._start(list_id, level) if counts[level] < 0 else counts[level] + 1
        for deeper in range(level + 1, _LEVELS):
            if value_at(self._level(list_id, deeper), "w:lvlRestart") != "0":
                counts[deeper] = -1
        return list(counts)

    def _number(self, list_id: str, level: int, counts: list[int], *, legal: bool) -> str:
        """Return the number of a level as text; with ``legal`` in figures, whatever the level says."""
        definition = self._level(list_id, level)
        number = counts[level] if counts[level] >= 0 else self._start(list_id, level)
        return numeral(number, "decimal" if legal else value_at(definition, "w:numFmt") or "decimal")


def with_label(label: Label) -> str:
    """Return a label as it stands before a text: with a blank after letters and figures, without after Han."""
    return label.text + (" " if label.text[-1:].isascii() else "")
