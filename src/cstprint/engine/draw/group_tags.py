"""Tags of what is painted as a group, as ``opacity`` asks for: a form XObject with marks of its own.

A number of marked content is looked for in the page's stream; where it is in another one, the element has to say so,
and the other stream needs an entry in the parent tree (ISO 32000-1, 14.7.4.2 and 14.7.4.4).
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import AbstractContextManager
from typing import Any

import pydyf


class GroupTags:
    """What is marked in groups, while pages are drawn and tagged."""

    def __init__(self) -> None:
        #: By the page's dictionary of tags: numbers of marked content, and the groups that have it.
        self._marked: dict[int, dict[int, Any]] = defaultdict(dict)
        #: Groups in their order, and the elements of their marked content by its numbers.
        self._owners: dict[Any, dict[int, bytes]] = {}

    def marked(self, original: Any) -> Any:
        """Stand in for ``Stream.marked``, and keep what is marked in a group."""

        def marked(stream: Any, box: Any, tag: str) -> AbstractContextManager[None]:
            if stream.extra and stream._tags is not None:
                self._marked[id(stream._tags)][len(stream._tags)] = stream
            mark: AbstractContextManager[None] = original(stream, box, tag)
            return mark

        return marked

    def on_page(self, tags: Any) -> dict[int, Any]:
        """Return the groups of marked content of a page, by its numbers."""
        return self._marked.get(id(tags), {})

    def refer(self, groups: dict[int, Any], made: list[Any], owners: dict[int, bytes]) -> None:
        """Let the elements among ``made`` say where their content is; ``owners`` are they by its numbers."""
        elements = {
            made_one.reference: made_one
            for made_one in made
            if isinstance(made_one, pydyf.Dictionary) and "S" in made_one
        }
        for number, group in groups.items():
            self._owners.setdefault(group, {})[number] = owners[number]
            element = elements[owners[number]]
            place = element["K"].index(number)
            element["K"][place] = pydyf.Dictionary(
                {"Type": "/MCR", "Pg": element["Pg"], "Stm": group.reference, "MCID": number}
            )

    def add_to(self, parent_tree: Any) -> None:
        """Give each group an entry in the parent tree; its keys stand in order."""
        for key, (group, owners) in enumerate(self._owners.items(), start=len(parent_tree["Nums"]) // 2):
            group.extra["StructParents"] = key
            parent_tree["Nums"] += [
                key,
                pydyf.Array(owners.get(number, "null") for number in range(max(owners) + 1)),
            ]
