"""Facts of laid-out pages: where the blocks of each article stand, and the text area of each page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto


class BlockRole(Enum):
    """What a block of an article is to figures that may leave their places."""

    TEXT = auto()
    #: A figure (group) in the column that may leave its place.
    FIGURE = auto()
    #: A figure that stays where it is: beside the text, or in a box.
    FIXED = auto()
    #: The head of a section, which no figure passes.
    SECTION = auto()


@dataclass(frozen=True, slots=True)
class PlacedBlock:
    """A block of an article on a page, or the part of it that stands there.

    ``block_id`` is the id of its element, empty if it has none; ``order`` is its place in the text, the same for all
    parts of a block. Lengths are in pt from the top of the page.
    """

    block_id: str
    role: BlockRole
    order: int
    page: int
    top_pt: float
    bottom_pt: float
    #: A figure that left its place in the text for the head or the foot of a later page.
    deferred: bool = False
    #: A figure that was written elsewhere and stands after the block that refers to it first.
    moved: bool = False
    #: How much of the height is padding at the foot that cannot be seen.
    foot_padding_pt: float = 0

    @property
    def height_pt(self) -> float:
        """How high it is."""
        return self.bottom_pt - self.top_pt


@dataclass(frozen=True, slots=True)
class Reference:
    """The first reference to a figure (group): its page, its block, and the place of that block in the text."""

    page: int
    block_id: str
    order: int


@dataclass(frozen=True, slots=True)
class ArticleFlow:
    """An article on its pages.

    ``blocks`` are in the order of the text, the parts of one block in the order of the pages; ``references`` are by
    the ids of the figures. ``line_pt`` is the height of a line of text. ``in_columns``: the article has columns, and
    their layout defers by itself what does not fit.
    """

    blocks: tuple[PlacedBlock, ...]
    references: Mapping[str, Reference]
    line_pt: float
    in_columns: bool = False


@dataclass(frozen=True, slots=True)
class TextArea:
    """The area of a page for text, without its notes, in pt from the top of the page."""

    top_pt: float
    bottom_pt: float
    #: Whether something else than articles stands there: an imprint.
    has_others: bool = False

    @property
    def height_pt(self) -> float:
        """The height of the area in pt."""
        return self.bottom_pt - self.top_pt


@dataclass(frozen=True, slots=True)
class PageFlow:
    """The articles of an issue on their pages; the text areas by page number, from 1."""

    articles: tuple[ArticleFlow, ...]
    areas: Mapping[int, TextArea]
