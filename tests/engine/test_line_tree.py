"""Nodes of a paragraph are found by halving, and none is passed over."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cstprint.engine.lines.tree import Node


@pytest.fixture(scope="module")
def nodes(_built_in_fonts: None) -> list[Node]:
    """A thousand nodes one after the other, some of them without a place of their own."""
    from cstprint.engine.lines.tree import Node

    box: Any = None  # nothing is read of it
    chance, made, place = random.Random(1), [], 0
    for index in range(1000):
        last = place + chance.choice((0, 0, 1, 5))
        made.append(Node(box, index, place, last))
        place = last
    # What takes no place at the end of an inline box goes with the character before it.
    return [
        *made,
        Node(box, 1000, place, place + 3),
        *(Node(box, n, place + 2, place + 2) for n in (1001, 1002)),
    ]


@pytest.mark.render
def test_what_stands_from_a_place_on_is_what_walking_would_find(nodes: list[Node]) -> None:
    from cstprint.engine.lines.tree import from_place

    for place in range(nodes[-1].last + 3):
        there = [id(node) for node in nodes if node.last > place or node.first == node.last == place]
        found, known = list(from_place(nodes, place)), frozenset(there)
        assert [id(node) for node in found if id(node) in known] == there
        assert all(node.last >= place - 1 for node in found)
