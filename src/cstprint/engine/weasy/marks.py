"""What cstprint notes on WeasyPrint's objects: a record for each kind of object.

A record is an attribute ``cst_…``, one for each kind. Copies of a box share it, so that records of boxes are not
changed: a box gets a new one. Those of contexts, styles, fonts and streams are changed in place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING, Any

from cstprint.cjk.cells import WHOLE, CellText, Limits

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from cstprint.cjk.lines import Line
    from cstprint.engine.weasy.types import Box, Context, SkipStack


#: The attribute of the element of a footnote that is not printed, as another with the same address is.
SHARED = "data-shared"
#: The ``data-tag`` of a picture that says nothing.
DECORATION = "decoration"


@dataclass(eq=False)
class PageFloat:
    """A figure that may leave its place: its box and its article's, and where and how wide it stood in the flow."""

    box: Box
    article: Box
    #: Its place in the text.
    order: int
    block: Box | None = None
    offset_x: float = 0.0
    #: How many pages it takes at most: more than one where it is torn between its rows.
    pages: int = 1


@dataclass(frozen=True)
class Barrier:
    """A constraint that delays a block: deferred figures before the place ``order`` take at most ``spare`` pages.

    ``figure`` is the id of the figure that stands there and has to be near, if one does; ``links`` are its addresses,
    if the block refers to it: only the line that does so waits.
    """

    order: int
    spare: int = 0
    figure: str = ""
    links: frozenset[str] = frozenset()


#: A figure, and where what is left of it goes on.
Rest = tuple[PageFloat, "SkipStack | None"]


@dataclass(frozen=True, slots=True)
class Fit:
    """How a table fits into ``available`` px: its type is ``scale`` times as large, ``most`` px are all it needs."""

    available: float
    scale: float
    limits: Limits
    most: float


class Kind(Enum):
    """What a block on a page of its own is."""

    #: A table that is turned by 90°.
    TABLE = "table"
    #: A picture that fills a page, or two facing ones.
    PLATE = "page"
    SPREAD = "spread"


class Part(Enum):
    """The part of a picture that stands on a page, where it fills that."""

    WHOLE = "whole"
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, eq=False)
class Apart:
    """A block of an article that may have a page of its own; ``around`` it are boxes, the root's first."""

    box: Box
    around: tuple[Box, ...]
    kind: Kind


@dataclass(frozen=True, slots=True)
class BlockMarks:
    """What is noted on a block."""

    #: The place of a child of an article in its text.
    order: int = 0
    barriers: tuple[Barrier, ...] = ()
    #: The figure that may leave its place.
    page_float: PageFloat | None = None
    #: The open figures of the article, where nobody has decided yet whether this one leaves its place.
    open_figures: Any = None
    #: A figure in columns that keeps its place.
    stays: bool = False
    #: A figure that stands after the block that refers to it, not where it was written.
    moved: bool = False
    #: An empty box in the place of a figure, or at the end of an article.
    is_stand_in: bool = False
    #: The figure that an empty box stands for.
    stands_for: PageFloat | None = None
    #: What is left of a figure that was torn, for the next page.
    rest: Rest | None = None
    #: A figure that has left its place for the head or the foot of this page.
    put_in: bool = False
    #: How high (px) a figure is at most.
    most_height: float | None = None
    #: The first rows of a figure that goes on on the next page, as no text could fill this one.
    is_parted: bool = False
    #: A block at the head of a column.
    at_head: bool = False
    #: A footnote.
    is_note: bool = False
    #: A footnote that is longer than a page.
    is_long_note: bool = False
    #: Of a footnote that is measured, and of its copies: the footnote itself.
    measured: Box | None = None
    #: Of a footnote that is not printed, as another with the same address is: the element of that one.
    meant: Element | None = None
    #: Of a table.
    fit: Fit | None = None
    #: What stands below a table and begins at its left edge.
    below: tuple[Box, ...] = ()
    #: How wide (px) the tables in a block are at least, with their type as small as it may be.
    least_table: float | None = None
    #: A figure that is all that a heading has: it stays below it.
    is_bound: bool = False
    #: How many times as large as its style says the type of a line box has become.
    type_scale: float = 1.0
    #: The height of the page and the widths of the columns for which it is settled where the rows of a table break.
    rows_settled: tuple[float, ...] = ()
    #: A table that may be turned by 90°.
    wide_table: Apart | None = None
    #: The block on a page of its own that an empty box stands for.
    apart: Apart | None = None
    #: What stands in the outer margin beside an empty box.
    beside: Box | None = None
    #: Of a picture that fills pages, which part of it stands here.
    plate: Part | None = None
    #: A page that has no text that flows.
    is_apart: bool = False
    #: A page after which a break is forced.
    is_cut: bool = False
    #: A page that is turned by 90°.
    is_turned: bool = False
    #: Of a cell: its row, if a page may part that between its lines.
    tall_row: Box | None = None


@dataclass(frozen=True, slots=True)
class TextMarks:
    """What is noted on a text box: the gaps after its characters and after it, in px, on a line of ours."""

    gaps: list[float] | None = None
    after: float = 0.0
    #: How much (px) of the blank half of the first glyph is cut off, which stands left of the box; of the last one.
    cut: float = 0.0
    cut_after: float = 0.0
    #: Whether something follows on its line.
    is_followed: bool = False
    #: What is copied before its text: typed hyphens, and spaces after them, that end the line before.
    carried: str = ""
    #: How many typed hyphens at its end are copied with the next line.
    carries: int = 0
    #: Text → the style that it was shaped for, and the result of ``lines.shape``.
    shaped: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class LineMarks:
    """What is noted on a line box, before or after it was laid out."""

    #: The line as it was fitted, on a line of ours.
    line: Line | None = None
    #: The paragraph as it was collected, with the key that it was collected for.
    collected: tuple[Any, Any] | None = None
    #: The widths of the paragraph, with the children that they were measured for.
    measured: tuple[Any, Any] | None = None
    #: The widths of a paragraph in a cell of a table, with the children that they were measured for.
    cell: tuple[object, CellText | None] | None = None


class Inside(Enum):
    """What a block stands in: what is to be kept whole settles that for all that is in it."""

    ANY = "any"
    KEPT = "kept"
    TORN = "torn"


@dataclass(slots=True)
class ContextMarks:
    """What is noted on the context of a layout."""

    #: The footnote that was called last on the line that is being made.
    called: Box | None = None
    #: All footnotes that were called on it.
    line_notes: list[Box] = field(default_factory=list)
    #: The footnotes of the page while WeasyPrint looks for room for a line.
    kept: list[Box] | None = None
    #: While the notes of a page are measured: those that have been (``speed.note_heights``).
    measured_notes: object = None
    #: How many blocks with lines are being laid out, one inside the other.
    lines: int = 0
    #: The identities of footnotes that the page before has left to this one.
    left_to_page: set[int] = field(default_factory=set)
    #: The identities of footnotes that need not stand on this page, as others with their addresses do.
    shared: set[int] = field(default_factory=set)
    #: The calls of footnotes on this page, as they are read.
    page_calls: list[Box] = field(default_factory=list)
    inside: Inside = Inside.ANY
    #: Element, tag and width of a block → how high it is with its footnotes.
    heights: dict[tuple[Any, str, float], float] = field(default_factory=dict)
    #: What stays whole in the cells of the table that is being measured.
    cell_limits: Limits = WHOLE[0]
    #: Whether the page that is made has no text that flows, and the numbers of those that have none.
    is_apart: bool = False
    pages_apart: set[int] = field(default_factory=set)
    #: The places in the text of the first figures that wait for a page, by its number and whether columns hold them.
    first_waiting: dict[tuple[int, bool], int] = field(default_factory=dict)
    #: Whether the page that is made is turned by 90°.
    is_turned: bool = False


def block_marks(box: Box) -> BlockMarks:
    """Return what is noted on a block."""
    found = getattr(box, "cst_block", None)
    return found if isinstance(found, BlockMarks) else _NO_BLOCK_MARKS


def mark_block(box: Box, **changes: Any) -> None:
    """Note something on a block; its copies that were made before keep what they have."""
    setattr(box, "cst_block", replace(block_marks(box), **changes))  # noqa: B010 - no protocol of WeasyPrint's has it


def text_marks(box: Box) -> TextMarks:
    """Return what is noted on a text box."""
    found = getattr(box, "cst_text", None)
    return found if isinstance(found, TextMarks) else _NO_TEXT_MARKS


def mark_text(box: Box, marks: TextMarks) -> None:
    """Note something on a text box."""
    setattr(box, "cst_text", marks)  # noqa: B010 - no protocol of WeasyPrint's has it


def line_marks(box: Box) -> LineMarks:
    """Return what is noted on a line box, to be read."""
    found = getattr(box, "cst_line", None)
    return found if isinstance(found, LineMarks) else _NO_LINE_MARKS


def mark_line(box: Box, marks: LineMarks) -> None:
    """Note something on a line box."""
    setattr(box, "cst_line", marks)  # noqa: B010 - no protocol of WeasyPrint's has it


def context_marks(context: object) -> ContextMarks:
    """Return what is noted on a context, to be read and changed."""
    found: ContextMarks = vars(context).setdefault("cst_context", _NEW_CONTEXT)
    if found is _NEW_CONTEXT:
        found = vars(context)["cst_context"] = ContextMarks()
    return found


def note_waiting(context: Context, orders: Iterable[int], *, in_columns: bool) -> None:
    """Note the places in the text of figures that wait for the page after the one that is made."""
    first, key = min(orders, default=None), (context.current_page + 1, in_columns)
    waiting = context_marks(context).first_waiting
    waiting.pop(key, None)
    if first is not None:
        waiting[key] = first


def flow_page(context: Context) -> int:
    """Return the number of the page that is made among those with text that flows."""
    number = context.current_page
    return number - sum(apart < number for apart in context_marks(context).pages_apart)


def kept_with(holder: object, name: str, make: Any) -> Any:
    """Return what is kept with an object under a name; it is made if there is none yet.

    Kept so are: ``line_height``, ``text_lines``, ``lengths`` and ``strut`` of a style, ``page_styles`` of a
    document's styles, ``heights`` and ``notes`` of a footnote area, ``codes`` and ``blob`` of a font, ``hyphens`` of
    the fonts of a document, ``data`` of a stream.
    """
    kept: dict[str, Any] = vars(holder).setdefault("cst_kept", {})
    if name not in kept:
        kept[name] = make()
    return kept[name]


_NO_BLOCK_MARKS = BlockMarks()
_NO_TEXT_MARKS = TextMarks()
_NO_LINE_MARKS = LineMarks()
_NEW_CONTEXT = ContextMarks()
