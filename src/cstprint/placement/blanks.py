"""What stays blank on finished pages, and why: facts that the engine reads and the editor is shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class Cause(Enum):
    """What begins the next page as it had no room, or what a blank stands beside."""

    #: The head of a section or of an article.
    HEAD = auto()
    #: A heading in an article.
    HEADING = auto()
    FIGURE = auto()
    TABLE = auto()
    LINES = auto()
    #: Another block.
    BLOCK = auto()
    #: The blank does not go down to the foot of the page.
    BESIDE = auto()


@dataclass(frozen=True, slots=True)
class Blank:
    """The largest blank of a page, ``part`` (0 to 1) of its text block, ``top_pt`` below the top of the page.

    ``ids`` are those of the elements of the block that is the cause, ``needs_pt`` the height that it needs.
    """

    page: int
    part: float
    top_pt: float
    height_pt: float
    cause: Cause
    ids: tuple[str, ...]
    needs_pt: float
