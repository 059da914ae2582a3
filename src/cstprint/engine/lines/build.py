"""A fitted line to boxes: the same boxes that WeasyPrint would have made, with their places and gaps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from weasyprint.formatting_structure.boxes import InlineBlockBox
from weasyprint.layout.inline import _adjust_line_height, _out_of_flow_layout, atomic_box

from cstprint.cjk.lines import Line
from cstprint.engine.lines.collect import Collected
from cstprint.engine.lines.shape import Slice
from cstprint.engine.lines.tree import (
    AtomNode,
    InlineNode,
    MarkerNode,
    Node,
    SkipStack,
    TextNode,
    from_place,
    skip_stack,
)


@dataclass(frozen=True)
class Surroundings:
    """What WeasyPrint hands from function to function while it makes a line."""

    position_y: float
    context: Any
    containing_block: Any
    bottom_space: float
    absolute_boxes: list[Any]
    fixed_boxes: list[Any]
    line_placeholders: list[Any]
    waiting_floats: list[Any]


@dataclass
class Space:
    """Where a line may stand (px): from ``position_x`` to ``max_x``, beside ``floats`` (by the identity of each)."""

    position_x: float
    max_x: float
    floats: dict[int, Any] = field(default_factory=dict)

    @property
    def width(self) -> float:
        """The measure."""
        return self.max_x - self.position_x


def build_line(
    linebox: Any, collected: Collected, line: Line, space: Space, around: Surroundings
) -> tuple[Any, SkipStack]:
    """Return the line's box and where the next line resumes."""
    builder = _Builder(collected, line, space, around, space.position_x + line.lead)
    children = builder.children(linebox, collected.nodes)
    new_line = linebox.copy_with_children(children)
    resume = skip_stack(collected.nodes, line.next) if line.next < len(collected.paragraph.text) else None
    new_line.remove_decoration(start=line.start != 0, end=resume is not None)
    new_line.width = builder.end_x - new_line.content_box_x() if children else 0
    _adjust_line_height(new_line)
    new_line.cst_line = line
    return new_line, resume


@dataclass
class _Builder:
    """Walks the paragraph's nodes and copies what stands on the line, from left to right."""

    collected: Collected
    line: Line
    space: Space
    around: Surroundings
    x: float
    #: The gap behind what was placed last. It stands between boxes, not inside one: a link's underline must not grow.
    gap: float = 0.0
    end_x: float = field(init=False)

    def __post_init__(self) -> None:
        self.end_x = self.x
        self.last_line = self.line.next == len(self.collected.paragraph.text)

    def children(self, parent: Any, nodes: list[Node]) -> list[Any]:
        """Return copies of what of the nodes stands on the line."""
        made: list[Any] = []
        makers: dict[type[Node], Callable[[Any, Any], Any | None]] = {
            TextNode: self._text,
            InlineNode: self._inline,
            AtomNode: self._atom,
            MarkerNode: self._marker,
        }
        for node in from_place(nodes, self.line.start):
            if node.first > self.line.next:
                break
            if self._stands_here(node):
                node.box.position_y = parent.position_y
                new = makers[type(node)](parent, node)
                if new is not None:
                    made.append(new)
        return made

    def _stands_here(self, node: Node) -> bool:
        line = self.line
        if node.first == node.last:  # takes no place: it goes with the character behind it
            return line.start <= node.first and (node.first < line.next or self.last_line)
        return node.last > line.start and node.first < line.next

    def _text(self, _: Any, node: TextNode) -> Any | None:
        line = self.line
        first, last = max(node.first, line.start), min(node.last, line.end)
        shaped = node.shaped
        if first >= last or shaped is None:
            return None
        begin, end = first - node.first, last - node.first
        text = shaped.text[begin:end]
        new = node.box.copy_with_text(text)
        new.style = shaped.style
        new.cst_gaps = list(line.gaps[first - line.start : last - line.start - 1])
        self._advance()
        new.position_x = self.x
        new.width = sum(shaped.advances[begin:end]) + sum(new.cst_gaps)
        new.height = shaped.height
        half_leading = (shaped.line_height - shaped.height) / 2
        new.margin_top = new.margin_bottom = half_leading
        new.baseline = shaped.baseline + half_leading
        after = line.gaps[last - 1 - line.start] if last < line.end else line.trail
        new.cst_after = after if last < line.end else 0.0
        self._place(new, after)
        new.pango_layout = Slice(shaped, begin, end, max(new.width + 1, self.space.max_x - new.position_x))
        return new

    def _atom(self, _: Any, node: AtomNode) -> Any:
        around, line = self.around, self.line
        self._advance()
        if node.laid_out is None:
            lists = around.absolute_boxes, around.fixed_boxes
            new = atomic_box(around.context, node.box, self.x, None, around.containing_block, *lists)
        else:
            new = node.laid_out.deepcopy()
            new.translate(self.x - new.position_x if isinstance(new, InlineBlockBox) else 0)
        new.position_x = self.x
        self._place(new, line.gaps[node.first - line.start] if node.last < line.end else line.trail)
        return new

    def _inline(self, _: Any, node: InlineNode) -> Any | None:
        line = self.line
        begins, ends = node.first >= line.start, node.last <= line.next
        self._advance()
        start_x = self.x
        if begins:
            self.x += node.left
        children = self.children(node.box, node.children)
        if not children and node.first != node.last:
            self.x = start_x
            return None
        new = node.box.copy_with_children(children)
        new.remove_decoration(start=not begins, end=not ends)
        new.position_x = start_x
        new.width = self.x - new.content_box_x()
        if ends:
            self.x += node.right
            self.end_x += node.right
        _adjust_line_height(new)
        return new

    def _marker(self, parent: Any, node: MarkerNode) -> Any | None:
        """Return what stands for a box that is floated, positioned or running, where anything does."""
        around, box = self.around, node.box
        if box.is_floated():
            return self.space.floats.get(id(box))
        return out_of_flow(around, parent, node, self.x + self.gap, self.space.max_x)

    def _advance(self) -> None:
        self.x += self.gap
        self.gap = 0.0

    def _place(self, new: Any, after: float) -> None:
        if self.collected.has_leader:
            # WeasyPrint widens the leader by what the boxes of the line leave, and counts no gaps between them.
            new.width += after
            self.x += new.margin_width()
            self.end_x = self.x
            return
        self.x += new.margin_width()
        self.gap = after
        self.end_x = self.x + after


def out_of_flow(around: Surroundings, parent: Any, node: MarkerNode, x: float, max_x: float) -> Any | None:
    """Lay out a box that takes no place on its line, at ``x``; return what stands for it among the line's boxes."""
    placed: list[Any] = []
    node.box.position_y = around.position_y
    _out_of_flow_layout(
        around.context,
        parent,
        around.containing_block,
        node.index,
        node.box,
        [],
        [],
        placed,
        around.waiting_floats,
        around.absolute_boxes,
        around.fixed_boxes,
        around.line_placeholders,
        {"left": 0, "right": 0},
        max_x,
        x,
        around.bottom_space,
    )
    return placed[0][1] if placed else None
