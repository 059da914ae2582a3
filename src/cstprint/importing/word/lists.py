"""Lists: paragraphs with a bullet or a number, by their levels, as lists of HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from cstprint.importing.word.numbering import Label
from cstprint.source import Span


@dataclass(frozen=True, slots=True)
class ListItem:
    """A paragraph of a list."""

    label: Label
    content: list[Element]
    span: Span

    @property
    def tag(self) -> str:
        """The element of its list."""
        return "ol" if self.label.kind == "number" else "ul"


def list_of(items: Sequence[ListItem]) -> Element:
    """Return a list with the lists in it; the first item is of its outermost level."""
    root = _list(items[0])
    opened = [(items[0].label.level, root)]
    for item in items:
        while len(opened) > 1 and item.label.level < opened[-1][0]:
            opened.pop()
        level, node = opened[-1]
        if item.label.level > level and len(node):
            inner = _list(item)
            node[-1].append(inner)
            opened.append((item.label.level, inner))
        elif item.tag != node.tag and len(opened) > 1:  # another kind of list in the same item
            opened.pop()
            inner = _list(item)
            opened[-1][1][-1].append(inner)
            opened.append((item.label.level, inner))
        entry = Element("li")
        entry.extend(item.content)
        opened[-1][1].append(entry)
    return root


def runs_of(items: Sequence[ListItem]) -> list[list[ListItem]]:
    """Return items that follow each other as lists: another list begins where the outermost level says so."""
    runs: list[list[ListItem]] = []
    for item in items:
        last = runs[-1] if runs else None
        outer = last[0].label.level if last else 0
        if (
            last is None
            or item.label.level < outer
            or (item.label.level == outer and not _goes_on(last, item))
        ):
            runs.append([item])
        else:
            last.append(item)
    return runs


def _goes_on(run: Sequence[ListItem], item: ListItem) -> bool:
    before = next(one for one in reversed(run) if one.label.level == item.label.level)
    if before.tag != item.tag:
        return False
    return item.tag == "ul" or item.label.number == before.label.number + 1


def _list(item: ListItem) -> Element:
    return Element(item.tag, {"start": str(item.label.number)} if item.tag == "ol" else {})
