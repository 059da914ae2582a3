"""Facts of laid-out pages that moving figures needs: where the blocks of each article stand, and what is free."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from cstprint.engine.blocks.line_grid import line_height
from cstprint.units import px_to_pt

if TYPE_CHECKING:
    from cstprint.engine.document import PagedDocument


class Kind(Enum):
    """What a block is to figures that may move."""

    TEXT = auto()
    #: A figure (group) in the column.
    FIGURE = auto()
    #: A figure that stays where it is: beside the text, or in a box.
    FIXED = auto()
    #: The head of a section of an article.
    SECTION = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of an article, or the part of it on one page; ``block`` is its id, ``order`` its place in the text.

    Lengths are from the page's top. ``floats`` says that a figure has left its place in the text, ``behind`` that it
    stands behind the block that mentions it, not where it was written. ``empty_pt`` of its height are padding at its
    foot that nobody sees.
    """

    block: str
    kind: Kind
    order: int
    page: int
    top_pt: float
    bottom_pt: float
    floats: bool = False
    behind: bool = False
    empty_pt: float = 0


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a figure (group) is referred to first: the page, the block, and that block's place in the text."""

    page: int
    block: str
    order: int


@dataclass(frozen=True, slots=True)
class ArticleFlow:
    """The pieces of an article in the order of its text; the first mention of each figure (group), by its id.

    ``line_pt`` is the height of a line of its text. ``in_columns``: what does not fit there is moved at once.
    """

    pieces: tuple[Piece, ...]
    mentions: Mapping[str, Mention]
    line_pt: float
    in_columns: bool = False


@dataclass(frozen=True, slots=True)
class TextArea:
    """What a page has for text, without its notes, in pt from the page's top."""

    top_pt: float
    bottom_pt: float

    @property
    def height_pt(self) -> float:
        """How high it is."""
        return self.bottom_pt - self.top_pt


@dataclass(frozen=True, slots=True)
class Flow:
    """The articles of an issue on their pages; the text areas by page."""

    articles: tuple[ArticleFlow, ...]
    areas: Mapping[int, TextArea]


def flow_of(paged: PagedDocument) -> Flow:
    """Return where the blocks of the articles stand."""
    from cstprint.engine.page_floats.boxes import articles

    found: dict[Any, _Article] = {}
    areas = {}
    for number, page in enumerate(paged.document.pages, start=1):
        areas[number] = _area(page._page_box)
        for box in articles(page._page_box):
            if box.element not in found:
                found[box.element] = _Article(box)
            found[box.element].read(box, number)
    return Flow(tuple(article.flow() for article in found.values()), areas)


def _area(page: Any) -> TextArea:
    from weasyprint.formatting_structure.boxes import FootnoteAreaBox

    top = page.content_box_y()
    bottom = top + page.height
    for child in page.children:
        if isinstance(child, FootnoteAreaBox):
            bottom = min(bottom, child.position_y)
    return TextArea(px_to_pt(top), px_to_pt(bottom))


class _Article:
    """Reads the parts of an article page by page."""

    def __init__(self, box: Any):
        from cstprint.engine.columns.children import in_grid_columns

        self.line_pt = px_to_pt(line_height(box))
        self.in_columns = in_grid_columns(box)
        self.blocks = set(box.element)
        self.groups = groups_of(box.element)
        self.pieces: list[Piece] = []
        self.mentions: dict[str, Mention] = {}

    def read(self, box: Any, page: int) -> None:
        """Take in what stands on a page."""
        for child in _children(box):
            if child.element in self.blocks and child.element_tag == child.element.tag:
                piece = self._piece(child, page)
                self.pieces.append(piece)
                for group in self._mentioned(child):
                    self.mentions.setdefault(group, Mention(page, piece.block, piece.order))

    def _mentioned(self, box: Any) -> Iterator[str]:
        """Yield the figures that a block refers to."""
        for inner in box.descendants():
            element = inner.element
            if element is not None and element.tag == "a" and element.get("href", "").startswith("#"):
                group = self.groups.get(element.get("href")[1:])
                if group is not None:
                    yield group

    def _piece(self, box: Any, page: int) -> Piece:
        return Piece(
            box.element.get("id", ""),
            kind_of(box),
            box.cst_order,
            page,
            px_to_pt(box.border_box_y()),
            px_to_pt(_bottom(box)),
            floats=hasattr(box, "cst_put_in"),
            behind=hasattr(box, "cst_behind"),
            empty_pt=px_to_pt(_empty(box)),
        )

    def flow(self) -> ArticleFlow:
        """Return all of the article."""
        pieces = sorted(self.pieces, key=lambda piece: (piece.order, piece.page))
        return ArticleFlow(tuple(pieces), self.mentions, self.line_pt, self.in_columns)


def _children(box: Any) -> Iterator[Any]:
    """Yield the children of an article, those of its columns one column after the other."""
    for child in box.children:
        if child.is_column:
            yield from child.children
        else:
            yield child


def groups_of(article: Any) -> dict[str, str]:
    """Return the ids of the groups of figures in an article's element by all ids that are in them."""
    return {
        inner.get("id"): element.get("id")
        for element in article
        if "figures" in element.get("class", "").split()
        for inner in element.iter()
        if inner.get("id")
    }


def kind_of(box: Any) -> Kind:
    """Return what a block of an article is to figures that may move."""
    from cstprint.engine.page_floats.boxes import is_movable, opens_section

    if is_movable(box):
        return Kind.FIGURE
    if next(box.element.iter("figure"), None) is not None:
        return Kind.FIXED
    return Kind.SECTION if opens_section(box) else Kind.TEXT


def _bottom(box: Any) -> float:
    """Return where a box ends (px); one that goes on on the next page ends with its last line here."""
    from weasyprint.formatting_structure import boxes

    if "bottom" not in box.remove_decoration_sides:
        return float(box.border_box_y() + box.border_height())
    ends = [
        inner.position_y + inner.height
        for inner in box.descendants()
        if isinstance(inner, (boxes.LineBox, boxes.ReplacedBox))
    ]
    return float(max(ends, default=box.border_box_y()))


def _empty(box: Any) -> float:
    """Return how much padding (px) a box without ground or border has at its foot."""
    is_seen = box.border_bottom_width or box.background is not None
    return 0.0 if is_seen or "bottom" in box.remove_decoration_sides else float(box.padding_bottom)
