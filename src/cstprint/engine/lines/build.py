"""A fitted line to boxes: the same boxes that WeasyPrint would have made, with their places and gaps."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from cstprint.cjk.characters import Kind
from cstprint.cjk.lines import Line
from cstprint.cjk.rules import TRAILING_BLANK
from cstprint.engine.lines.collect import Collected
from cstprint.engine.lines.endings import carried, hyphen_of, with_hyphen
from cstprint.engine.lines.shape import Slice
from cstprint.engine.lines.tree import (
    AtomNode,
    InlineNode,
    MarkerNode,
    Node,
    TextNode,
    from_place,
    skip_stack,
)
from cstprint.engine.weasy.boxes import InlineBlockBox, InlineBox, TextBox
from cstprint.engine.weasy.calls import LineCall
from cstprint.engine.weasy.layout import adjust_line_height, atomic_box, out_of_flow_layout
from cstprint.engine.weasy.marks import LineMarks, TextMarks, mark_line, mark_text, text_marks
from cstprint.engine.weasy.types import Box, SkipStack


@dataclass
class Space:
    """Where a line may stand (px): from ``position_x`` to ``max_x``, beside ``floats`` (by the identity of each)."""

    position_x: float
    max_x: float
    floats: dict[int, Box] = field(default_factory=dict)

    @property
    def width(self) -> float:
        """The measure."""
        return self.max_x - self.position_x


def build_line(
    call: LineCall, collected: Collected, line: Line, space: Space
) -> tuple[Box, SkipStack | None]:
    """Return the line's box and where the next line resumes."""
    linebox = call.box
    builder = _Builder(call, collected, line, space, space.position_x + line.lead)
    children = builder.children(linebox, collected.nodes)
    if collected.has_leader and children:
        # WeasyPrint widens the leader by what the boxes of the line leave, and does not see where the first stands.
        children[0].margin_right += children[0].position_x - call.position_x
    new_line = linebox.copy_with_children(children)
    resume = skip_stack(collected.nodes, line.next) if line.next < len(collected.paragraph.text) else None
    new_line.remove_decoration(start=line.start != 0, end=resume is not None)
    new_line.width = builder.end_x - new_line.content_box_x() if children else 0
    adjust_line_height(new_line)
    mark_line(new_line, LineMarks(line))
    return new_line, resume


@dataclass
class _Builder:
    """Walks the paragraph's nodes and copies what stands on the line, from left to right."""

    call: LineCall
    collected: Collected
    line: Line
    space: Space
    x: float
    #: The gap after what was placed last. It stands between boxes, not inside one: a link's underline must not grow.
    gap: float = 0.0
    end_x: float = field(init=False)
    #: The text that was placed last.
    last_text: Box | None = None

    def __post_init__(self) -> None:
        self.end_x = self.x
        self.text = self.collected.paragraph.text
        self.last_line = self.line.next == len(self.text)
        #: How many hyphens at the line's end are copied with the next line.
        self.carries = carried(self.text, self.line.next).count("-")

    def children(self, parent: Box, nodes: list[Node]) -> list[Box]:
        """Return copies of what of the nodes stands on the line."""
        made: list[Box] = []
        for node in from_place(nodes, self.line.start):
            if node.first > self.line.next:
                break
            if self._stands_here(node):
                node.box.position_y = parent.position_y
                new = self._made(parent, node)
                if new is not None:
                    made.append(new)
        return made

    def _made(self, parent: Box, node: Node) -> Box | None:
        if isinstance(node, TextNode):
            return self._text(node)
        if isinstance(node, InlineNode):
            return self._inline(node)
        if isinstance(node, AtomNode):
            return self._atom(node)
        assert isinstance(node, MarkerNode)
        return self._marker(parent, node)

    def _stands_here(self, node: Node) -> bool:
        line = self.line
        if node.first == node.last:  # takes no place: it goes with the character after it
            return line.start <= node.first and (node.first < line.next or self.last_line)
        return node.last > line.start and node.first < line.next

    def _text(self, node: TextNode) -> Box | None:
        line = self.line
        first, last = max(node.first, line.start), min(node.last, line.end)
        shaped = node.shaped
        if first >= last or shaped is None:
            return None
        begin, end, hyphen = first - node.first, last - node.first, ""
        after = line.gaps[last - 1 - line.start] if last < line.end else line.trail
        if line.hyphenated and last == line.end:
            hyphen = hyphen_of(node.box.style)
            shaped = with_hyphen(node.box, shaped.text[begin:end], self.call.context)
            begin, end, after = 0, len(shaped.text), 0.0
        text = shaped.text[begin : end - len(hyphen)] + hyphen
        new = node.box.copy_with_text(text)
        new.style = shaped.style
        gaps = list(line.gaps[first - line.start : last - line.start - 1])
        gaps += [0.0] * (end - begin - 1 - len(gaps))
        self._advance()
        self._part(shaped.moved.get(begin, 0.0))
        cut, cut_after = self._cut(first), self._cut_after(last)
        new.position_x = self.x + cut
        new.width = sum(shaped.advances[begin:end]) + sum(gaps) - cut - cut_after
        new.height = shaped.height
        half_leading = (shaped.line_height - shaped.height) / 2
        new.margin_top = new.margin_bottom = half_leading
        new.baseline = shaped.baseline + half_leading
        follows = last < line.end
        seam = after if follows else 0.0
        before = carried(self.text, line.start) if first == line.start else ""
        behind = max(0, last - max(first, line.end - self.carries))
        shaping = text_marks(node.box).shaped
        mark_text(new, TextMarks(gaps, seam, cut, cut_after, follows, before, behind, shaping))
        self.x += cut
        self._place(new, after + cut_after)
        self.last_text = new
        new.pango_layout = Slice(shaped, begin, end, max(new.width + 1, self.space.max_x - new.position_x))
        return new

    def _cut(self, first: int) -> float:
        """Return how much of the blank half of a box's first character, an opening mark, is closed.

        What is behind its text, as an underline, is to be no wider than the text.
        """
        line, kinds = self.line, self.collected.paragraph.kinds
        if kinds[first] is not Kind.OPEN or (first > line.start and kinds[first - 1] in TRAILING_BLANK):
            return 0.0
        before = line.gaps[first - 1 - line.start] if first > line.start else line.lead
        return max(0.0, -before)

    def _cut_after(self, last: int) -> float:
        """Return how much of the blank half of a box's last character, a closing mark or a stop, is closed."""
        line, kinds = self.line, self.collected.paragraph.kinds
        if kinds[last - 1] not in TRAILING_BLANK:
            return 0.0
        after = line.gaps[last - 1 - line.start] if last < line.end else line.trail
        return max(0.0, -after)

    def _part(self, edge: float) -> None:
        """Note after the last text that the edge of a box, a border or padding, follows it."""
        if edge > 0 and self.last_text is not None:
            marks = text_marks(self.last_text)
            mark_text(self.last_text, replace(marks, after=marks.after + edge))

    def _atom(self, node: AtomNode) -> Box:
        self.last_text = None
        call, line = self.call, self.line
        self._advance()
        new: Box
        if node.laid_out is None:
            lists = call.absolute_boxes, call.fixed_boxes
            new = atomic_box(call.context, node.box, self.x, None, call.containing_block, *lists)
        else:
            new = node.laid_out.deepcopy()
            new.translate(self.x - new.position_x if isinstance(new, InlineBlockBox) else 0)
        new.position_x = self.x
        self._place(new, line.gaps[node.first - line.start] if node.last < line.end else line.trail)
        return new

    def _inline(self, node: InlineNode) -> Box | None:
        line = self.line
        begins, ends = node.first >= line.start, node.last <= line.next
        self._advance()
        start_x = self.x
        if begins:
            self._part(node.left)
            self.x += node.left
        content_x = self.x
        children = self.children(node.box, node.children)
        if not children and node.first != node.last:
            self.x = start_x
            return None
        new = node.box.copy_with_children(children)
        new.remove_decoration(start=not begins, end=not ends)
        new.position_x = start_x + _cut_of(children, content_x)
        new.width = self.x - new.content_box_x()
        if ends:
            self._part(node.right)
            self.x += node.right
            self.end_x += node.right
        adjust_line_height(new)
        return new

    def _marker(self, parent: Box, node: MarkerNode) -> Box | None:
        """Return what stands for a box that is floated, positioned or running, where anything does."""
        if node.box.is_floated():
            return self.space.floats.get(id(node.box))
        return out_of_flow(self.call, parent, node, self.x + self.gap, self.space.max_x)

    def _advance(self) -> None:
        self.x += self.gap
        self.gap = 0.0

    def _place(self, new: Box, after: float) -> None:
        if self.collected.has_leader:
            # WeasyPrint widens the leader by what the boxes of the line leave, and counts no gaps between them.
            new.width += after
            self.x += new.margin_width()
            self.end_x = self.x
            return
        self.x += new.margin_width()
        self.gap = after
        self.end_x = self.x + after


def _cut_of(children: list[Box], content_x: float) -> float:
    """Return how far right of the place of its content the first text of an inline box begins."""
    first = children[0] if children else None
    is_text = isinstance(first, TextBox) or type(first) is InlineBox
    return max(0.0, first.position_x - content_x) if first is not None and is_text else 0.0


def out_of_flow(call: LineCall, parent: Box, node: MarkerNode, x: float, max_x: float) -> Box | None:
    """Lay out a box that takes no place on its line, at ``x``; return what stands for it among the line's boxes."""
    placed: list[tuple[int, Box]] = []
    node.box.position_y = call.box.position_y
    out_of_flow_layout(
        call.context,
        parent,
        call.containing_block,
        node.index,
        node.box,
        [],
        [],
        placed,
        call.waiting_floats,
        call.absolute_boxes,
        call.fixed_boxes,
        call.line_placeholders,
        {"left": 0, "right": 0},
        max_x,
        x,
        call.bottom_space,
    )
    return placed[0][1] if placed else None
