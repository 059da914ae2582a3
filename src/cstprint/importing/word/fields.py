"""Fields: what Word computes in a text. Their results are text; what they are is said here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from cstprint.importing.word.xml import at, descendants, is_on, number_of, value_at

_ADDRESS = re.compile(r"HYPERLINK\s+(?:\"([^\"]*)\"|(?!\\)(\S+))", re.IGNORECASE)
#: Word's older form of ruby: EQ \o\ad(\s\up 9(かんじ),漢字).
_RUBY = re.compile(
    r"\\o(?:\\a[a-z])?\s*\(\s*\\s\\up\s*\d+\s*\((?P<reading>[^()]*)\)\s*[,;]\s*(?P<base>[^()]*)\)"
)
#: Two characters over each other: EQ \o\ac(○,一).
_OVER = re.compile(r"\\o(?:\\a[a-z])?\s*\((?P<one>[^(),;]*)[,;](?P<other>[^(),;]*)\)")
#: Fields that print nothing.
_SILENT = frozenset(
    """
    XE TC RD TA SET ASK PRIVATE ADVANCE PAGE NUMPAGES SECTION SECTIONPAGES HYPERLINK TOC INDEX MERGEFORMAT NEXT
    FORMTEXT REVNUM LINK EMBED
    """.split()  # noqa: SIM905 - words, to be read as such
)
_PAGES = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES"))
_LISTS = frozenset(("TOC", "INDEX", "TOA"))


@dataclass(slots=True)
class Field:
    """A field that is open: its instruction, whether its result has begun, whether that has text."""

    begin: Element
    instruction: str = ""
    in_result: bool = False
    has_text: bool = False

    @property
    def kind(self) -> str:
        """The field's name, as ``PAGE`` or ``TOC``."""
        words = self.instruction.split(maxsplit=1)
        return words[0].upper() if words else ""

    @property
    def is_list(self) -> bool:
        """Whether it makes a table of contents or an index."""
        return self.kind in _LISTS

    @property
    def is_page(self) -> bool:
        """Whether it prints the number of the page that it stands on, or how many there are."""
        return self.kind in _PAGES

    @property
    def address(self) -> str:
        """Where it leads to; empty for a field that leads nowhere, or within the document."""
        match = _ADDRESS.search(self.instruction)
        return (match[1] or match[2] or "") if match else ""

    @property
    def is_silent(self) -> bool:
        """Whether it prints nothing."""
        return not self.kind or self.kind in _SILENT


@dataclass(slots=True)
class Fields:
    """The fields that are open at a place of a text; they may end in a later paragraph than they begin in."""

    stack: list[Field] = field(default_factory=list)

    @property
    def are_shown(self) -> bool:
        """Whether what stands here is shown: it is in the result of all fields, and these are not left out."""
        return all(one.in_result and not one.is_page and not one.is_list for one in self.stack)

    @property
    def in_list(self) -> Field | None:
        """The table of contents or index that this stands in."""
        return next((one for one in self.stack if one.is_list), None)

    @property
    def address(self) -> str:
        """Where what stands here leads to."""
        return next((one.address for one in reversed(self.stack) if one.address), "")

    def mark(self, character: Element) -> Field | None:
        """Take the begin, the middle or the end of a field; return the field that has ended."""
        kind = character.get("w:fldCharType")
        if kind == "begin":
            self.stack.append(Field(character))
        elif kind == "separate" and self.stack:
            self.stack[-1].in_result = True
        elif kind == "end" and self.stack:
            return self.stack.pop()
        return None

    def instruct(self, text: str) -> None:
        """Take a part of an instruction."""
        if self.stack and not self.stack[-1].in_result:
            self.stack[-1].instruction += text

    def has_text(self) -> None:
        """Take note that the results of the open fields have text."""
        for one in self.stack:
            one.has_text = True


def forget_open_fields(root: Element) -> None:
    """Take away the marks of fields that never end: what follows would be taken for their result, and is text."""
    stack: list[list[Element]] = []
    for character in descendants(root, "w:fldChar"):
        kind = character.get("w:fldCharType")
        if kind == "begin":
            stack.append([character])
        elif kind == "separate" and stack:
            stack[-1].append(character)
        elif kind == "end" and stack:
            stack.pop()
    for character in (one for field_ in stack for one in field_):
        character.set("w:fldCharType", "")


def made_by(ended: Field) -> Element | str:
    """Return what a field prints that has no result: ruby, a character over another, a box that is ticked or not."""
    if ended.kind == "EQ":
        if match := _RUBY.search(ended.instruction):
            return ruby(match["base"].strip(), match["reading"].strip())
        if match := _OVER.search(ended.instruction):
            return _enclosed(match["one"].strip(), match["other"].strip())
    box = at(ended.begin, "w:ffData", "w:checkBox")
    if box is not None:
        checked = is_on(box, "w:checked")
        return "☑" if (is_on(box, "w:default") if checked is None else checked) else "□"
    choices = at(ended.begin, "w:ffData", "w:ddList")
    if choices is not None:
        entries = [one.get("w:val", "") for one in descendants(choices, "w:listEntry")]
        chosen = number_of(value_at(choices, "w:result") or value_at(choices, "w:default"))
        return entries[chosen] if 0 <= chosen < len(entries) else ""
    return ""


def ruby(base: str, reading: str) -> Element:
    """Return characters with their reading."""
    node = Element("ruby")
    node.text = base
    mark = Element("rt")
    mark.text = reading
    node.append(mark)
    return node


def _enclosed(one: str, other: str) -> str:
    """Return a character in a circle where there is such a character; otherwise the inner one in brackets."""
    inner, frame = (other, one) if one in ("○", "〇", "□", "△") else (one, other)
    if frame in ("○", "〇") and inner.isdigit() and 0 < int(inner) <= 20:
        return chr(0x2460 + int(inner) - 1)
    return f"（{inner}）" if frame in ("○", "〇", "□", "△") else inner + other
