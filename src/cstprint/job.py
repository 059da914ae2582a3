"""What may be asked of a render, and what it gives: the types that cross from one process to another.

Nothing heavy is imported here: the command line makes a job of its arguments and leaves the work to a worker.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from cstprint.diagnostics import Result
from cstprint.project import Project
from cstprint.reading.files import Marks

#: More pages than any periodical has: a layout that never ends is stopped here.
MAX_PAGES = 2_000


class Stage(StrEnum):
    """What a render is doing; given to the ``progress`` function as it begins."""

    READ = "reading"
    COMPOSE = "composing"
    PAGINATE = "paginating"
    WRITE = "writing"


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """What may be asked of a render: another layout, tokens set, gaps instead of missing pictures, a standard.

    With ``embed_source`` the issue's files and a manifest are inside the PDF. ``standard`` is by default PDF/A-2a and
    PDF/UA-1, or PDF/A-3a and PDF/UA-1 with files inside. With ``picture_dpi`` the pages are drawn as pictures of so
    many pixels to the inch.
    """

    layout: str | None = None
    settings: Mapping[str, str] = field(default_factory=dict)
    draft: bool = False
    standard: str | None = None
    embed_source: bool = False
    max_pages: int = MAX_PAGES
    picture_dpi: int | None = None


@dataclass(frozen=True, slots=True)
class Sources:
    """What a PDF was made of, as it was read: the layout's name, and the SHA-256 of each picture, by its path.

    ``issue_layout`` is the layout that the issue names, where the PDF is in another one.
    """

    layout: str = ""
    pictures: Mapping[str, str | None] = field(default_factory=dict)
    issue_layout: str | None = None


@dataclass(frozen=True, slots=True)
class Reads:
    """What a render read: the SHA-256 of the issue's file, and of each file of layouts and fonts by its name.

    A file that was looked for and not found has no hash (``""``). ``fonts`` are the marks of all font files, by their
    names, at which the render and the process that it was forked from found them; none where they changed meanwhile.
    """

    issue_sha256: str
    files: Mapping[str, str]
    fonts: Mapping[str, Marks] | None


@dataclass(frozen=True, slots=True)
class Rendering:
    """A finished PDF, and a PNG of each page where pictures were asked for."""

    pdf: bytes = field(repr=False)
    pages: int
    pictures: tuple[bytes, ...] = field(default=(), repr=False)
    sources: Sources = Sources()


@dataclass(frozen=True, slots=True)
class Limits:
    """What one render may take: resident memory in MB, wall-clock time in s.

    Measured: five pages with six photographs take 300 MB and 2 s, 240 pages 900 MB and 40 s.
    """

    memory_mb: int = 1_400
    seconds: float = 600


@dataclass(frozen=True, slots=True)
class Job:
    """One issue to render: its file, its project, what is asked, what it may take."""

    path: Path
    project: Project
    options: RenderOptions = RenderOptions()
    limits: Limits = Limits()


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a job, how much memory (MB) its process had at most (0 where that is not known), what it read."""

    result: Result[Rendering]
    peak_memory_mb: float = 0.0
    reads: Reads | None = None
