"""What stands in a paragraph, as a tree of nodes over its characters, and places in it as WeasyPrint writes them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from cstprint.engine.lines.shape import Shaped
from cstprint.engine.weasy.types import Box, SkipStack


@dataclass(slots=True)
class Node:
    """A box of the paragraph, the ``index``-th of its parent; its characters are ``first`` to ``last``."""

    box: Box
    index: int
    first: int
    last: int


@dataclass(slots=True)
class TextNode(Node):
    """A text box, or a part of one between two line feeds."""

    shaped: Shaped | None  #: ``None`` where there is but a line feed
    offsets: list[int]  #: the byte of the box's text where each character begins, and the end


@dataclass(slots=True)
class InlineNode(Node):
    """An inline box with the spaces of its edges (margin, border, padding; px)."""

    children: list[Node]
    left: float
    right: float


@dataclass(slots=True)
class AtomNode(Node):
    """A picture or an inline block: one character wide as its box, which was laid out at 0 to know its width."""

    laid_out: Box | None


@dataclass(slots=True)
class MarkerNode(Node):
    """A box without a place of its own on the line: floated, positioned, running, or empty."""


def from_place(nodes: list[Node], place: int) -> Iterator[Node]:
    """Return the nodes from about the first on that ends at ``place`` or after it; none that stands there is missed.

    Found by halving: a paragraph of a thousand lines would otherwise be walked through for each of them. The ends
    rise, but for what takes no place at the end of an inline box and was put one character before it.
    """
    first = bisect_left(nodes, place, key=lambda node: node.last)
    return (nodes[at] for at in range(first, len(nodes)))


def text_at(nodes: list[Node], place: int) -> TextNode:
    """Return the text that holds character ``place``."""
    node = next(node for node in from_place(nodes, place) if node.first <= place < node.last)
    if isinstance(node, InlineNode):
        return text_at(node.children, place)
    assert isinstance(node, TextNode)
    return node


def skip_stack(nodes: list[Node], place: int) -> SkipStack | None:
    """Return how WeasyPrint writes that a paragraph goes on at character ``place``, ``None`` for its beginning."""
    for node in from_place(nodes, place):
        if node.last > place or node.first == node.last == place:
            if node.first == place:
                inner = {node.offsets[0]: None} if isinstance(node, TextNode) and node.offsets[0] else None
            elif isinstance(node, InlineNode):
                inner = skip_stack(node.children, place)
            else:
                assert isinstance(node, TextNode)
                inner = {node.offsets[place - node.first]: None}
            return {node.index: inner} if node.index or inner else None
    return None


def place_of(nodes: list[Node], stack: SkipStack | None) -> int | None:
    """Return the character at which a paragraph goes on, ``None`` where that is none of ours."""
    if not stack:
        return nodes[0].first if nodes else None
    ((index, inner),) = stack.items()
    at = bisect_left(nodes, index, key=lambda node: node.index)
    if at == len(nodes):
        return nodes[-1].last if nodes else None
    node = nodes[at]
    if node.index != index or not inner:
        return node.first
    if isinstance(node, InlineNode):
        return place_of(node.children, inner)
    return _place_in_text([part for part in nodes[at:] if part.index == index], next(iter(inner)))


def _place_in_text(parts: list[Node], offset: int) -> int | None:
    """Return the character that begins at byte ``offset`` of the text box that ``parts`` are of."""
    for part in parts:
        if isinstance(part, TextNode) and offset <= part.offsets[-1]:
            at = bisect_left(part.offsets, offset)
            return part.first + at if part.offsets[at] == offset else None
    return None


def generated_boxes(nodes: list[Node]) -> Iterator[tuple[Box, list[Box]]]:
    """Yield the boxes of generated content, each with what stands in it."""
    for node in nodes:
        if isinstance(node, InlineNode):
            if "::" in (node.box.element_tag or ""):
                yield node.box, node.box.children
            yield from generated_boxes(node.children)
