"""What the processes say to each other, as pickles over a socket that nobody else holds an end of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from cstprint.diagnostics import Diagnostic, Result
from cstprint.job import Job, Reads, Rendering, Stage
from cstprint.project import Project


@dataclass(frozen=True, slots=True)
class WarmUp:
    """Client to server: load all that a render of this project needs."""

    project: Project


@dataclass(frozen=True, slots=True)
class Cancel:
    """Client to server: end the render that is going on; one that is over already is not meant."""


@dataclass(frozen=True, slots=True)
class Done:
    """Child to client: the render came to its end; ``peak_mb`` is the memory that the child had at most."""

    result: Result[Rendering]
    peak_mb: float = 0.0
    reads: Reads | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Child to client: the command or its surroundings are wrong (a ``UsageError``), or a fault was reported."""

    exit_status: int
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """Child to client: an exception that nobody expected."""

    reason: str
    traceback: str


class Limit(Enum):
    """Which limit a child reached; ``IDLE`` is for one that did nothing any more."""

    MEMORY = "memory"
    TIME = "time"
    IDLE = "idle"


@dataclass(frozen=True, slots=True)
class Death:
    """Server to client: the child ended before its render did.

    ``limit`` is what it was killed for; without one it died of ``signal``. ``said`` is what native libraries wrote.
    """

    limit: Limit | None
    signal: int
    said: str
    peak_mb: float = 0.0


@dataclass(frozen=True, slots=True)
class Cancelled:
    """Server to client: the child was ended as was asked."""


#: What the server is told, and what the client hears.
Order = WarmUp | Job | Cancel
Answer = Stage | Done | Refusal | Fault | Death | Cancelled
