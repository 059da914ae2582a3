"""The texts of the composed document: which element each belongs to, and which block of the issue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property
from xml.etree.ElementTree import Element

from cstprint.engine.weasy.marks import SHARED

#: The ``data-tag`` of contents.
_CONTENTS = "contents"
#: What is printed for notes, references and addresses of links: it stands within texts, and is none of theirs.
_NOTE, _PRINTED = "note", frozenset(("note-call", "link-call", "reference", "address"))


@dataclass(frozen=True, slots=True)
class FrameText:
    """A text outside of all blocks; ``article`` is the id of the article that it stands in, if it stands in one."""

    element: Element
    text: str
    article: str | None


@dataclass
class DocumentTexts:
    """All texts of a document in its order.

    The owner of a text is the id of the nearest element around it that has one. A table of contents only repeats
    what stands elsewhere: it is left out, as is a note that is not printed because another has its address.
    """

    root: Element
    #: Each element and the text that stands right in it, piece by piece.
    passages: list[tuple[Element, str]] = field(default_factory=list)
    owners: dict[Element, str] = field(default_factory=dict)
    parents: dict[Element, Element] = field(default_factory=dict)
    ids: dict[str, Element] = field(default_factory=dict)
    #: The elements of notes, references and addresses, and all in them.
    inserted: set[Element] = field(default_factory=set)

    def __post_init__(self) -> None:
        body = self.root.find("body")
        waiting: list[tuple[Element, str | None, str | None]] = [
            (self.root if body is None else body, None, None)
        ]
        while waiting:
            element, text, owner = waiting.pop()
            if text is not None:
                self.passages.append((element, text))
                continue
            if element.get("data-tag") == _CONTENTS or element.get(SHARED):
                continue
            own = element.get("id") or owner
            if own is not None:
                self.owners[element] = own
                self.ids.setdefault(own, element)
            if self.parents.get(element) in self.inserted or _is_inserted(element):
                self.inserted.add(element)
            if element.text and isinstance(element.tag, str):
                self.passages.append((element, element.text))
            for child in reversed(element):
                self.parents[child] = element
                if child.tail:
                    waiting.append((element, child.tail, own))
                waiting.append((child, None, own))

    @cached_property
    def blocks(self) -> dict[str, str]:
        """The text of each owner."""
        found: dict[str, list[str]] = {}
        for element, text in self.passages:
            owner = self.owners.get(element)
            if owner is not None:
                found.setdefault(owner, []).append(text)
        return {owner: "".join(texts) for owner, texts in found.items()}

    def frames(self, blocks: Set[str], articles: Set[str], others: Set[str]) -> Iterator[FrameText]:
        """Yield the texts outside of the ``blocks``, each with its article; ``others`` are ids of no article.

        What is printed for notes, references and addresses of links is left out.

        An article is the largest element that has its id in it and no other of ``articles`` and ``others``.
        """
        regions = self._regions(articles, others)
        inside: dict[Element | None, str | None] = {}
        for element, text in self.passages:
            if self.owners.get(element) not in blocks and element not in self.inserted:
                yield FrameText(element, text, self._region(element, regions, inside))

    def _regions(self, articles: Set[str], others: Set[str]) -> Mapping[Element, str]:
        counts: dict[Element, int] = {}
        chains: dict[str, list[Element]] = {}
        for name in articles | others:
            element = self.ids.get(name)
            chain = []
            while element is not None:
                counts[element] = counts.get(element, 0) + 1
                chain.append(element)
                element = self.parents.get(element)
            chains[name] = chain
        return {
            next(element for element in reversed(chain) if counts[element] == 1): name
            for name, chain in chains.items()
            if name in articles and chain and counts[chain[0]] == 1
        }

    def _region(
        self,
        element: Element | None,
        regions: Mapping[Element, str],
        inside: dict[Element | None, str | None],
    ) -> str | None:
        path = []
        while element is not None and element not in inside:
            path.append(element)
            if element in regions:
                inside[element] = regions[element]
                break
            element = self.parents.get(element)
        found = inside.get(element)
        inside.update((one, found) for one in path)
        return found


def _is_inserted(element: Element) -> bool:
    return element.get("data-tag") == _NOTE or not _PRINTED.isdisjoint(str(element.get("class", "")).split())
