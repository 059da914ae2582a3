"""The next line of a paragraph: its measure, beside floats that stand in it, and its boxes."""

from __future__ import annotations

from collections.abc import Iterator

from cstprint.cjk.heads import hung
from cstprint.cjk.lines import Line
from cstprint.engine.lines.build import Space, build_line, out_of_flow
from cstprint.engine.lines.collect import Collected, collect
from cstprint.engine.lines.tree import InlineNode, MarkerNode, Node, place_of, skip_stack
from cstprint.engine.weasy.calls import LineCall, LineResult
from cstprint.engine.weasy.layout import shrink_to_fit
from cstprint.engine.weasy.types import Style

#: Less than this (px) over the edge is rounding.
_TOLERANCE = 0.01


def last_alignment(style: Style) -> str:
    """Return how a paragraph's last line is aligned."""
    last = style["text_align_last"]
    return str(style["text_align_all"] if last == "auto" else last)


def make_line(call: LineCall) -> LineResult | None:
    """Return what WeasyPrint's ``split_inline_box`` returns for a line, ``None`` where this line is WeasyPrint's.

    A line is WeasyPrint's where its paragraph holds what we cannot place, and where we cannot make it as narrow as
    it must be: what runs over must not run over further than it would without us.
    """
    linebox, stack = call.box, call.skip_stack
    collected = collect(linebox, call.context, call.containing_block)
    if collected is None:
        return None
    start = place_of(collected.nodes, stack)
    if start is None or start >= len(collected.paragraph.text):
        return None
    if stack and start in collected.marked and stack != skip_stack(collected.nodes, start):
        return None  # WeasyPrint has made the line before, and what takes no place here may stand on that one
    space = Space(call.position_x + (_hung(call, collected) if start else 0.0), call.max_x)
    line = _line(call, collected, start, space.width)
    if line.width > space.width + _TOLERANCE:
        return None
    if collected.has_floats:
        line = _place_floats(call, collected, line, space)
    new_line, resume = build_line(call, collected, line, space)
    text = collected.paragraph.text
    ended = text[line.next - 1] == "\n"
    return new_line, resume, ended, text[line.start], text[line.next - 1], {"left": 0, "right": 0}


def _hung(call: LineCall, collected: Collected) -> float:
    """Return how far the lines of a head after its first hang in, below what follows its number."""
    centred = call.box.style["text_align_all"] in ("center", "right", "end")
    if centred or not collected.is_head:
        return 0.0
    return hung(collected.paragraph, call.max_x - call.position_x)


def _line(call: LineCall, collected: Collected, start: int, width: float) -> Line:
    style = call.box.style
    rest = width + (call.box.text_indent - _hung(call, collected) if start == 0 else 0)
    justified = style["text_align_all"] == "justify"
    last_justified = last_alignment(style) == "justify"
    return collected.line(start, width, rest, justified=justified, last_justified=last_justified)


def _place_floats(call: LineCall, collected: Collected, line: Line, space: Space) -> Line:
    """Place the floats of a line and narrow its space by those beside it; return the line that is left.

    A float stands beside the line if its place in the text stays on the line when that becomes narrower; else below.
    """
    linebox = call.box
    for node in list(_floats(collected.nodes, line, last=line.next == len(collected.paragraph.text))):
        if node.first > line.next:
            break
        width = shrink_to_fit(call.context, node.box, call.containing_block.width)
        narrower = _line(call, collected, line.start, space.width - width)
        fits = narrower.width <= space.width - width + _TOLERANCE
        if not fits or not line.start <= node.first < max(narrower.next, line.start + 1):
            # Told that there is no room at all, WeasyPrint lets it wait for the line's end.
            out_of_flow(call, linebox, node, space.position_x, space.position_x - 1)
            continue
        placed = out_of_flow(call, linebox, node, space.position_x, space.max_x)
        if placed is None:
            continue
        space.floats[id(node.box)] = placed
        if placed.style["float"] in ("left", "inline-start"):
            space.position_x += max(placed.margin_width(), 0)
        else:
            space.max_x -= max(placed.margin_width(), 0)
        line = _line(call, collected, line.start, space.width)
    return line


def _floats(nodes: list[Node], line: Line, *, last: bool) -> Iterator[MarkerNode]:
    """Yield the floats whose place is on a line."""
    for node in nodes:
        if isinstance(node, InlineNode):
            yield from _floats(node.children, line, last=last)
            continue
        here = line.start <= node.first and (node.first < line.next or last)
        if here and isinstance(node, MarkerNode) and node.box.is_floated():
            yield node
