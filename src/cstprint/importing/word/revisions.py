"""The text as it stands once tracked changes are accepted, without the elements that only stand around others."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from xml.etree.ElementTree import Element

from cstprint.importing.word.xml import at, descendants, value_at

#: Elements whose children stand in their place.
_AROUND = frozenset(("w:ins", "w:moveTo", "w:smartTag", "w:customXml", "w:sdtContent", "w:dir", "w:bdo"))
_TAKEN_OUT = frozenset(("w:del", "w:moveFrom"))
#: What this reader understands of what a program may ask for with ``mc:Choice``.
_UNDERSTOOD = frozenset(("wps", "wpg", "wpc", "wp14", "w14", "w15", "a14"))
#: What stands in the place of a table of contents that Word made.
CONTENTS = "contents"


@dataclass(slots=True)
class Revisions:
    """The tracked changes of a text: the paragraphs in which something was inserted, deleted, formatted."""

    inserted: list[Element] = field(default_factory=list)
    deleted: list[Element] = field(default_factory=list)
    formatted: list[Element] = field(default_factory=list)

    def accept(self, node: Element, paragraph: Element | None = None) -> None:
        """Accept what was changed in ``node``, and take away what only stands around its elements."""
        if node.tag == "w:p":
            paragraph = node
        children: list[Element] = []
        for child in node:
            children += self._kept(child, node if paragraph is None else paragraph)
        node[:] = children
        for child in node:
            if not str(child.tag).endswith("Pr"):
                self.accept(child, paragraph)
        self._join(node)

    def _kept(self, child: Element, paragraph: Element) -> list[Element]:
        """Return what stands in the place of a child."""
        tag = str(child.tag)
        if tag in _TAKEN_OUT or (tag == "w:tr" and at(child, "w:trPr", "w:del") is not None):
            self.deleted.append(paragraph)
            return []
        if tag == "w:sdt":
            content = at(child, "w:sdtContent")
            if _is_contents(child):
                return [Element(CONTENTS)]
            return [] if content is None else self._all_kept(content, paragraph)
        if tag == "mc:AlternateContent":
            return self._all_kept(_branch(child), paragraph)
        if tag in _AROUND:
            if tag in ("w:ins", "w:moveTo"):
                self.inserted.append(paragraph)
            return self._all_kept(child, paragraph)
        if tag.endswith("Pr"):
            self._unchange(child, paragraph)
        return [child]

    def _all_kept(self, node: Element, paragraph: Element) -> list[Element]:
        return [one for child in node for one in self._kept(child, paragraph)]

    def _unchange(self, properties: Element, paragraph: Element) -> None:
        for inner in list(properties):
            if str(inner.tag).endswith("Change"):
                properties.remove(inner)
                self.formatted.append(paragraph)
            elif str(inner.tag).endswith("Pr"):
                self._unchange(inner, paragraph)

    def _join(self, node: Element) -> None:
        """Join each paragraph whose end was deleted with the one after it."""
        children = list(node)
        for child, after in pairwise(children):
            mark = at(child, "w:pPr", "w:rPr") if child.tag == "w:p" else None
            if mark is None or (at(mark, "w:del") is None and at(mark, "w:moveFrom") is None):
                continue
            if after.tag != "w:p":
                continue
            self.deleted.append(after)
            moved = [one for one in child if one.tag != "w:pPr"]
            place = 1 if len(after) and after[0].tag == "w:pPr" else 0
            after[place:place] = moved
            node.remove(child)


def _is_contents(sdt: Element) -> bool:
    gallery = value_at(sdt, "w:sdtPr", "w:docPartObj", "w:docPartGallery")
    return gallery in ("Table of Contents", "Table of Figures")


def _branch(alternatives: Element) -> Element:
    """Return the branch that this reader understands: one only, for all say the same."""
    for choice in alternatives:
        if choice.tag == "mc:Choice" and set(choice.get("Requires", "").split()) <= _UNDERSTOOD:
            return choice
    fallback = at(alternatives, "mc:Fallback")
    if fallback is not None and len(fallback):
        return fallback
    return next(descendants(alternatives, "mc:Choice"), Element("mc:Fallback"))
