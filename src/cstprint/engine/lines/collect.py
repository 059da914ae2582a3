"""A paragraph's boxes to characters: a tree of what stands in it, and the paragraph that the rules see."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise

from cstprint.cjk.breaks import plan, plan_head
from cstprint.cjk.cells import CellText, cell_text
from cstprint.cjk.characters import OBJECT, WESTERN, Kind, kinds_of
from cstprint.cjk.lines import Line, Paragraph
from cstprint.engine.lines.accepted import (
    HAN,
    STOCK_TEXT,
    UNSPACED,
    is_ours,
    is_plain,
    is_western,
    is_whole,
    line_breaks,
)
from cstprint.engine.lines.cells import has_cells
from cstprint.engine.lines.endings import Endings, HyphenatedText, Hyphens, may_hyphenate
from cstprint.engine.lines.shape import shape
from cstprint.engine.lines.style import is_head, is_raised, line_setting
from cstprint.engine.lines.tree import (
    AtomNode,
    InlineNode,
    MarkerNode,
    Node,
    TextNode,
    generated_boxes,
)
from cstprint.engine.weasy.boxes import InlineBlockBox, InlineBox, ReplacedBox, TextBox
from cstprint.engine.weasy.layout import inline, preferred, resolve_one_percentage, resolve_percentages
from cstprint.engine.weasy.marks import line_marks, mark_line
from cstprint.engine.weasy.types import Box, Context, Style, is_auto

#: What the call of a note may follow directly, as it has a blank half.
_BEFORE_CALLS = (Kind.CLOSE, Kind.PAUSE, Kind.STOP, Kind.CALL)


@dataclass(eq=False)
class Collected:
    """A paragraph ready for line breaking. ``key`` is what it was made from, to know it again."""

    key: tuple[object, ...]
    nodes: list[Node]
    paragraph: Paragraph
    has_leader: bool
    has_floats: bool
    marked: frozenset[int]  #: the places of boxes that take none
    #: Boxes of generated content with what stood in them: WeasyPrint puts in the number of a page when it knows it.
    generated: tuple[tuple[Box, list[Box]], ...]
    is_head: bool  #: its lines are to be of one length
    _plan: dict[int, int] = field(default_factory=dict)
    _widths: tuple[int, float, float] = (-1, 0.0, 0.0)

    def line(self, start: int, width: float, rest: float, *, justified: bool, last_justified: bool) -> Line:
        """Return the line that begins at ``start``, ``width`` px wide; those after it are ``rest`` wide."""
        if self.is_head:
            justified = last_justified = False
        begin, first, other = self._widths
        following = self._plan.get(start)
        if following is None or abs((first if start == begin else other) - width) > 1e-3:
            if self.is_head:
                starts = plan_head(self.paragraph, start, width, rest)
            else:
                starts = plan(self.paragraph, start, width, rest, justified=justified)
            self._plan = dict(pairwise(starts))
            self._widths = start, width, rest
            following = self._plan[start]
        final = self.paragraph.is_final(following)
        stretched = last_justified if final else justified
        line = self.paragraph.fit(start, following, width if stretched else None, forced=final)
        if line.width > width + 1e-6:  # a line that is not stretched may still have to close its gaps
            line = self.paragraph.fit(start, following, width)
        return line


def collect(linebox: Box, context: Context, containing_block: Box) -> Collected | None:
    """Return the paragraph in ``linebox``, or ``None`` where it takes WeasyPrint's own way."""
    key = linebox.children, containing_block.width, containing_block.height
    marks = line_marks(linebox)
    collected: Collected | None
    if marks.collected is not None:
        known, collected = marks.collected
        is_same = known[0] is key[0] and known[1:] == key[1:]
        if is_same and (collected is None or all(box.children is old for box, old in collected.generated)):
            return collected
    collected = _collect(linebox, key, _Collector(context, containing_block))
    mark_line(linebox, replace(marks, collected=(key, collected)))
    return collected


@dataclass(frozen=True, slots=True)
class ContentWidths:
    """How wide (px) a paragraph is where every break is taken, and where only line feeds end a line.

    The first is ``None`` where it is WeasyPrint's to find out.
    """

    least: float | None
    most: float


def measure(linebox: Box, context: Context) -> ContentWidths | None:
    """Return the widths of the paragraph in ``linebox``, ``None`` for stock's."""
    marks = line_marks(linebox)
    widths: ContentWidths | None
    if marks.measured is not None:
        children, widths = marks.measured
        if children is linebox.children:
            return widths
    widths = _measure(linebox, context)
    mark_line(linebox, replace(marks, measured=(linebox.children, widths)))
    return widths


def _measure(linebox: Box, context: Context) -> ContentWidths | None:
    if is_western(linebox.style):
        return None
    collector = _Collector(context, None)
    collected = _collect(linebox, (), collector)
    if collected is None:
        return None
    # Of a width that is not known yet: percentages are nothing.
    resolve_one_percentage(linebox, "text_indent", 0)
    paragraph, indent = collected.paragraph, linebox.text_indent
    # Objects have a least width of their own; `break-word` breaks lines, but does not make the least width smaller.
    whole = collector.atoms or (paragraph.anywhere and linebox.style["overflow_wrap"] != "anywhere")
    return ContentWidths(None if whole else paragraph.min_content(indent), paragraph.max_content(indent))


def paragraph_in(linebox: Box, context: Context) -> Paragraph | None:
    """Return the paragraph in ``linebox`` to be measured, in any language; ``None`` where it is none of ours."""
    collector = _Collector(context, None)
    return collector.paragraph(linebox.style) if collector.walk(linebox, []) and collector.text else None


def measure_cell(linebox: Box, context: Context) -> CellText | None:
    """Return the widths of the paragraph in ``linebox``, in a cell of a table; ``None`` where nobody knows them.

    They are asked for in any language: a column of numbers is WeasyPrint's to set, and ours to leave room for.
    """
    marks = line_marks(linebox)
    if marks.cell is not None and marks.cell[0] is linebox.children:
        return marks.cell[1]
    collector, text = _Collector(context, None), None
    if collector.walk(linebox, []) and collector.text:
        paragraph = collector.paragraph(linebox.style)
        resolve_one_percentage(linebox, "text_indent", 0)
        text = cell_text(paragraph, linebox.text_indent)
    mark_line(linebox, replace(line_marks(linebox), cell=(linebox.children, text)))
    return text


def _collect(linebox: Box, key: tuple[object, ...], collector: _Collector) -> Collected | None:
    if not is_ours(linebox.style):
        return None
    nodes: list[Node] = []
    if not collector.walk(linebox, nodes):
        return None
    by_words, text = is_western(linebox.style), "".join(collector.text)
    is_set = not UNSPACED.search(text) if by_words else HAN.search(text) or is_head(linebox.style)
    if not text or not is_set:
        return None
    paragraph = collector.paragraph(linebox.style, by_words=by_words)
    paragraph.ending = Endings(paragraph, nodes, collector.context)
    marked = frozenset(collector.marked)
    generated = tuple(generated_boxes(nodes))
    return Collected(
        key,
        nodes,
        paragraph,
        collector.leader is not None,
        collector.has_floats,
        marked,
        generated,
        is_head(linebox.style),
    )


class _Collector:
    """Walks a paragraph's boxes from left to right; without a containing block to find its longest line."""

    def __init__(self, context: Context, containing_block: Box | None):
        self.context, self.containing_block = context, containing_block
        self.text: list[str] = []
        self.advances: list[float] = []
        self.sizes: list[float] = []
        self.joined: list[bool] = []
        self.kinds: list[Kind] = []
        self.tracking: list[float] = []
        self.atoms: list[AtomNode] = []
        self.closed: set[int] = set()
        self.apart: set[int] = set()
        self.rigid: set[int] = set()
        self.marked: set[int] = set()
        self.hyphenated: list[HyphenatedText] = []
        self.anywhere = self.has_floats = False
        #: Where the first leader begins.
        self.leader: int | None = None

    def paragraph(self, style: Style, *, by_words: bool = False) -> Paragraph:
        """Return the paragraph of what was walked, whose style is that of its line box."""
        self.wrap(style, 0)
        if self.leader is not None:  # no line ends between a text and its leader, or what that leads to
            self.closed.update(range(self.leader, len(self.text)))
        self.lay_out_atoms()
        text = "".join(self.text)
        western = line_breaks(text, style["lang"])
        justified = style["text_align_all"] == "justify"
        return Paragraph(
            text,
            self.advances,
            self.sizes,
            western,
            self.joined,
            self.kinds,
            line_setting(style),
            frozenset(self.closed),
            frozenset(self.apart),
            frozenset(self.rigid),
            self.tracking if any(self.tracking) else None,
            self.anywhere,
            by_words,
            Hyphens(text, self.hyphenated, self.context) if justified and self.hyphenated else None,
            body=self.leader,
        )

    def walk(self, parent: Box, nodes: list[Node]) -> bool:
        """Collect the boxes below ``parent``; return whether there is nothing that we cannot place."""
        for index, child in enumerate(parent.children):
            first = len(self.text)
            if not child.is_in_normal_flow():
                if child.is_floated() and not is_whole(child):
                    return False
                self.has_floats = self.has_floats or child.is_floated()
                self.marked.add(first)
                nodes.append(MarkerNode(child, index, first, first))
            elif isinstance(child, TextBox):
                if not self._text(child, index, nodes):
                    return False
            elif type(child) is InlineBox:
                if not self._inline(child, index, nodes):
                    return False
            elif isinstance(child, (ReplacedBox, InlineBlockBox)):
                self._atom(child, index, nodes)
            else:
                return False
        return True

    def wrap(self, style: Style, first: int) -> None:
        """Close the text from ``first`` on where its style forbids it to wrap."""
        if style["white_space"] == "nowrap":
            self.closed.update(range(first + 1, len(self.text)))

    # ── the kinds of boxes ──

    def _text(self, box: Box, index: int, nodes: list[Node]) -> bool:
        if not is_plain(box) or STOCK_TEXT.search(box.text):
            return False
        if "\n" in box.text and box.style["white_space"] != "pre-line":
            return False
        resolve_percentages(box, self.containing_block or (0, 0))
        style, begin = box.style, 0
        self.anywhere = self.anywhere or style["overflow_wrap"] in ("anywhere", "break-word")
        for line in box.text.splitlines(keepends=True):
            first, text = len(self.text), line.removesuffix("\n")
            shaped = shape(box, text, self.context) if text else None
            if shaped is not None:
                kinds = kinds_of(text, style["lang"] or "", shaped.advances, style["font_size"])
                self._add(text, style, shaped.advances, kinds, shaped.joined)
                if may_hyphenate(style):
                    self.hyphenated.append(HyphenatedText(box, first, text))
            if line != text:
                self._add("\n", style, [0.0], [Kind.SPACE], [False])
            offsets = list(accumulate(map(len, map(str.encode, line)), initial=begin))
            begin = offsets[-1]
            nodes.append(TextNode(box, index, first, len(self.text), shaped, offsets))
        return True

    def _inline(self, box: Box, index: int, nodes: list[Node]) -> bool:
        first = len(self.text)
        resolve_percentages(box, self.containing_block or (0, 0))
        left, right = _edges(box)
        children: list[Node] = []
        if box.style["box_decoration_break"] == "clone" or not self.walk(box, children):
            return False
        last = len(self.text)
        if first == last:
            if left or right:
                return False
            self.marked.add(first)
        else:
            self._keep_on_line(children, last)
        if box.style["position"] == "relative" and _has_positioned(children):
            return False
        if left:
            self.advances[first] += left
            self.apart.add(first)
        if right:
            self.advances[last - 1] += right
            self.apart.add(last)
        if box.style["vertical_align"] != "baseline" or box.footnote is not None:
            self._raise(box.style, first)
        if has_cells(box.style):
            self.rigid.update(range(first + 1, last))
        if box.is_leader:
            self.leader = first if self.leader is None else self.leader
            self.kinds[first:] = [Kind.OTHER] * (last - first)
        self.wrap(box.style, first)
        nodes.append(InlineNode(box, index, first, last, children, left, right))
        return True

    def _keep_on_line(self, nodes: list[Node], end: int) -> None:
        """Let what takes no place at the end of an inline box go with the character before it.

        The next line would go on after the box and never come to it.
        """
        for node in nodes:
            if node.first == node.last == end:
                node.first = node.last = end - 1
                self.marked.add(end - 1)
                if isinstance(node, InlineNode):
                    self._keep_on_line(node.children, end)

    def _raise(self, style: Style, first: int) -> None:
        """Let what is raised or lowered belong to what it follows: no gap parts them."""
        self.closed.add(first)
        if first and is_raised(style) and self.kinds[first - 1] in _BEFORE_CALLS:
            self.kinds[first:] = [Kind.CALL] * (len(self.text) - first)
        self.kinds[first:] = [Kind.OTHER if k in (*WESTERN, Kind.HAN) else k for k in self.kinds[first:]]

    def _atom(self, box: Box, index: int, nodes: list[Node]) -> None:
        first = len(self.text)
        self._add(OBJECT, box.style, [0.0], [Kind.LATIN if _is_formula(box) else Kind.FULL], [False])
        self.atoms.append(AtomNode(box, index, first, first + 1, None))
        nodes.append(self.atoms[-1])

    def lay_out_atoms(self) -> None:
        """Find how wide the objects are. Only now: WeasyPrint does not bear that a box is laid out in vain."""
        for node in self.atoms:
            if self.containing_block is None:
                self.advances[node.first] += preferred.max_content_width(self.context, node.box)
                continue
            resolve_percentages(node.box, self.containing_block)
            outside: tuple[list[Box], list[Box]] = ([], [])
            made = inline.atomic_box(self.context, node.box, 0, None, self.containing_block, *outside)
            self.advances[node.first] += made.margin_width()
            # What it positions elsewhere belongs to the line's lists: then it is laid out again there.
            if not any(outside):
                node.laid_out = made

    def _add(
        self, text: str, style: Style, advances: list[float], kinds: list[Kind], joined: list[bool]
    ) -> None:
        spacing = style["letter_spacing"]
        self.text += text
        self.advances += advances
        self.sizes += [style["font_size"]] * len(text)
        self.kinds += kinds
        self.joined += joined
        self.tracking += [0.0 if spacing == "normal" else spacing] * len(text)


def _is_formula(box: Box) -> bool:
    """Whether an object is a formula, which stands beside Han as letters do."""
    return box.element is not None and box.element.get("data-tag") == "formula"


def _edges(box: Box) -> tuple[float, float]:
    """Return the spaces before and after an inline box's content."""
    for side in ("left", "right"):
        if is_auto(getattr(box, f"margin_{side}")):
            setattr(box, f"margin_{side}", 0)
    left = box.margin_left + box.border_left_width + box.padding_left
    return left, box.margin_right + box.border_right_width + box.padding_right


def _has_positioned(nodes: list[Node]) -> bool:
    return any(
        _has_positioned(node.children)
        if isinstance(node, InlineNode)
        else isinstance(node, MarkerNode) and node.box.is_absolutely_positioned()
        for node in nodes
    )
