"""The advances of Latin letters that end a line: without the kerning to what followed them."""

from __future__ import annotations

from cstprint.cjk.characters import WESTERN
from cstprint.cjk.lines import Paragraph
from cstprint.engine.lines.shape import shape
from cstprint.engine.lines.tree import Node, text_at
from cstprint.engine.weasy.types import Context


class Endings:
    """The advances of Latin letters that end a line, by their places."""

    def __init__(self, paragraph: Paragraph, nodes: list[Node], context: Context):
        self.paragraph, self.nodes, self.context = paragraph, nodes, context
        self.known: dict[int, float] = {}

    def __call__(self, place: int) -> float:
        """Return the advance of the letter at a place."""
        if place not in self.known:
            node = text_at(self.nodes, place)
            assert node.shaped is not None
            begin = place
            while begin > node.first and self.paragraph.kinds[begin - 1] in WESTERN:
                begin -= 1
            word = node.shaped.text[begin - node.first : place + 1 - node.first]
            self.known[place] = shape(node.box, word, self.context).advances[-1]
        return self.known[place]
