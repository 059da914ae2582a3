"""Tags of what is painted as a group, as ``opacity`` asks for: a form XObject with marks of its own.

A number of marked content is looked for in the page's stream; where it is in another one, the element has to say so,
and the other stream needs an entry in the parent tree (ISO 32000-1, 14.7.4.2 and 14.7.4.4).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager

from cstprint.engine.weasy.pdf import Array, Dictionary
from cstprint.engine.weasy.reading import Marked, tags_of
from cstprint.engine.weasy.types import Box, PdfObject, Stream


class GroupTags:
    """What is marked in groups, while pages are drawn and tagged."""

    def __init__(self) -> None:
        #: By the page's dictionary of tags: numbers of marked content, and the groups that have it.
        self._marked: dict[int, dict[int, Stream]] = defaultdict(dict)
        #: Groups in their order, and the elements of their marked content by its numbers.
        self._owners: dict[Stream, dict[int, bytes]] = {}

    def marked(
        self, original: Callable[..., AbstractContextManager[None]]
    ) -> Callable[..., AbstractContextManager[None]]:
        """Replace ``Stream.marked``, and note what is marked in a group."""

        def marked(stream: Stream, box: Box, tag: str) -> AbstractContextManager[None]:
            tags = tags_of(stream)
            if stream.extra and tags is not None:
                self._marked[id(tags)][len(tags)] = stream
            return original(stream, box, tag)

        return marked

    def on_page(self, tags: Marked) -> dict[int, Stream]:
        """Return the groups of marked content of a page, by its numbers."""
        return self._marked.get(id(tags), {})

    def refer(self, groups: dict[int, Stream], made: Iterable[PdfObject], owners: dict[int, bytes]) -> None:
        """Write into the elements among ``made`` which groups their content is in.

        ``owners`` are the references of elements by the numbers of their content.
        """
        elements = {one.reference: one for one in made if isinstance(one, Dictionary) and "S" in one}
        for number, group in groups.items():
            self._owners.setdefault(group, {})[number] = owners[number]
            element = elements[owners[number]]
            place = element["K"].index(number)
            element["K"][place] = Dictionary(
                {"Type": "/MCR", "Pg": element["Pg"], "Stm": group.reference, "MCID": number}
            )

    def add_to(self, parent_tree: PdfObject) -> None:
        """Give each group an entry in the parent tree, whose keys are in ascending order."""
        for key, (group, owners) in enumerate(self._owners.items(), start=len(parent_tree["Nums"]) // 2):
            group.extra["StructParents"] = key
            parent_tree["Nums"] += [
                key,
                Array(owners.get(number, "null") for number in range(max(owners) + 1)),
            ]
