"""The styles of a Word file: what a paragraph is by its style, and how its type looks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from cstprint.importing.word.xml import at, is_on, number_of, value_at

#: What paragraphs are by the names of their styles. Word stores English names for its own styles in every language;
#: other programs, and people, do not.
_LEVEL_WORDS = (
    "heading|标题|標題|見出し|제목|überschrift|titre|título|titolo|rubrik|overskrift|kop|nagłówek|заголовок"
)
_HEAD = re.compile(rf"(?:{_LEVEL_WORDS})[ _-]*([1-9一二三四五六七八九])")
_HEAD_OF_DEGREE = re.compile(r"([1-9一二三四五六七八九])[级級](?:标题|標題|题)")
_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "contents",
        re.compile(r"(?:toc|目录|目錄|index|索引)[ _]*[1-9]|table of (?:figures|authorities)|图表目录"),
    ),
    ("title", re.compile(r"title|标题|標題|主标题|大标题|文档标题|文章标题")),
    ("subtitle", re.compile(r"subtitle|副标题|副標題")),
    ("caption", re.compile(r"caption|题注|題注|图注|图片说明|图题|圖說")),
    ("standfirst", re.compile(r"导语|導語|导读|導讀|摘要|提要|abstract|standfirst|lead|intro(?:duction)?")),
    ("quote", re.compile(r"(?:intense )?quote|quotations?|(?:明显)?引用|引文|block text")),
)
_HAN_DIGITS = "一二三四五六七八九"
#: Properties that a style switches on, and another style over it off again (ECMA-376, part 1, 17.7.3).
_TOGGLES = ("w:b", "w:i", "w:strike", "w:dstrike", "w:vanish", "w:caps")
_BODY_LEVEL = 9


@dataclass(frozen=True, slots=True)
class Style:
    """A style: its name in lower case, the style that it is based on, its properties."""

    name: str
    base: str
    paragraph: Element | None
    run: Element | None


class Styles:
    """The styles by their ids, and the properties that everything has."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self._usual = at(root, "w:docDefaults", "w:rPrDefault", "w:rPr")
        self._default = ""
        for node in root if root is not None else ():
            if node.tag != "w:style":
                continue
            identity = node.get("w:styleId", "")
            name = (value_at(node, "w:name") or identity).strip().lower()
            style = Style(name, value_at(node, "w:basedOn") or "", at(node, "w:pPr"), at(node, "w:rPr"))
            self._styles[identity] = style
            if node.get("w:type") == "paragraph" and node.get("w:default") in ("1", "true", "on"):
                self._default = identity

    def chain(self, identity: str | None) -> Iterator[Style]:
        """Yield a style, the one it is based on, and so on."""
        seen = set[str]()
        while identity and identity in self._styles and identity not in seen:
            seen.add(identity)
            yield self._styles[identity]
            identity = self._styles[identity].base

    def of_paragraph(self, paragraph: Element) -> tuple[Style, ...]:
        """Return the styles of a paragraph, its own first."""
        return tuple(self.chain(value_at(paragraph, "w:pPr", "w:pStyle") or self._default))

    def identity_of(self, paragraph: Element) -> str:
        """Return the id of a paragraph's style."""
        return value_at(paragraph, "w:pPr", "w:pStyle") or self._default

    def property(self, paragraph: Element, *names: str) -> Element | None:
        """Return a property of a paragraph: its own, or the nearest of its styles."""
        own = at(paragraph, "w:pPr", *names)
        if own is not None:
            return own
        inherited = (at(style.paragraph, *names) for style in self.of_paragraph(paragraph))
        return next((one for one in inherited if one is not None), None)

    def role(self, paragraph: Element) -> str:
        """Return what a paragraph is by its style: ``title``, ``caption`` …; empty for one that is nothing of it."""
        for style in self.of_paragraph(paragraph):
            if role := next((role for role, names in _ROLES if names.fullmatch(style.name)), ""):
                return role
            if _level_by_name(style.name):
                return ""
        return ""

    def level(self, paragraph: Element) -> int:
        """Return the level of a head, from 1; 0 for a paragraph that is none by its style or its outline level."""
        own = value_at(paragraph, "w:pPr", "w:outlineLvl")
        if own is not None:
            return _outline(own)
        for style in self.of_paragraph(paragraph):
            said = value_at(style.paragraph, "w:outlineLvl")
            if said is not None:
                return _outline(said)
            if level := _level_by_name(style.name):
                return level
        return 0

    def run_value(
        self, paragraph: Element, run: Element | None, name: str, attribute: str = "w:val"
    ) -> str | None:
        """Return what a property of a run says: its own, its style's, its paragraph's style's, or the usual one."""
        for properties in (run, *self._run_styles(run), *(one.run for one in self.of_paragraph(paragraph))):
            found = at(properties, name)
            if found is not None and found.get(attribute) is not None:
                return found.get(attribute)
        found = at(self._usual, name)
        return None if found is None else found.get(attribute)

    def run_is(self, paragraph: Element, run: Element | None, name: str) -> bool:
        """Return whether a property of a run is on."""
        own = is_on(run, name)
        if own is not None:
            return own
        by_style = next((on for one in self._run_styles(run) if (on := is_on(one, name)) is not None), False)
        ours = (is_on(one.run, name) for one in self.of_paragraph(paragraph))
        by_paragraph = next((on for on in ours if on is not None), None)
        if by_paragraph is None:
            by_paragraph = bool(is_on(self._usual, name))
        return by_style != by_paragraph if name in _TOGGLES else by_style or by_paragraph

    def size(self, paragraph: Element, run: Element | None) -> float:
        """Return the size of a run's type, pt; 10 where nothing says it (ECMA-376, part 1, 17.3.2.38)."""
        return number_of(self.run_value(paragraph, run, "w:sz"), 20) / 2

    def is_centred(self, paragraph: Element) -> bool:
        """Return whether a paragraph is centred."""
        found = self.property(paragraph, "w:jc")
        return found is not None and found.get("w:val") == "center"

    def _run_styles(self, run: Element | None) -> list[Element | None]:
        return [one.run for one in self.chain(value_at(run, "w:rStyle"))]


def _level_by_name(name: str) -> int:
    match = _HEAD.fullmatch(name) or _HEAD_OF_DEGREE.fullmatch(name)
    if not match:
        return 0
    return int(match[1]) if match[1].isdigit() else _HAN_DIGITS.index(match[1]) + 1


def _outline(text: str) -> int:
    level = number_of(text, _BODY_LEVEL)
    return level + 1 if 0 <= level < _BODY_LEVEL else 0
