"""One type for everything that is reported, and the exceptions that carry it.

::

    CstprintError            anything that ends a command; carries diagnostics; exit status 1
    ├── UsageError           wrong command line or configuration; exit status 2
    └── InternalError        a fault of ours; exit status 3
"""

from __future__ import annotations

import difflib
import errno
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Generic, TypeVar

from cstprint.source import Span

T = TypeVar("T")


class Severity(StrEnum):
    """How bad it is: an error fails the run, a warning fails it with ``--strict``, a note never does."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence with its values kept apart, so that it can be said in another language at the end.

    ``template`` is English, with ``{name}`` places; a value may be a message itself, or a tuple of words.
    """

    template: str
    values: tuple[tuple[str, object], ...] = ()

    def render(self, translate: Callable[[str], str]) -> str:
        """Return the sentence, its template passed through ``translate``."""
        values = {name: _said(value, translate) for name, value in self.values}
        return translate(self.template).format_map(values)

    def __str__(self) -> str:
        return self.render(lambda template: template)


def _said(value: object, translate: Callable[[str], str]) -> object:
    if isinstance(value, Message):
        return value.render(translate)
    if isinstance(value, tuple):
        return translate(_SEPARATOR.template).join(str(_said(item, translate)) for item in value)
    return value


def msg(template: str, /, **values: object) -> Message:
    """Return a translatable message; the template must be a literal, so that catalogues can be made."""
    return Message(template, tuple(values.items()))


#: As many places are listed; of the others there is the number.
MOST_PLACES = 40


def some(items: Sequence[object], most: int) -> tuple[object, ...]:
    """Return the first items, for a message; of those beyond ``most`` the number."""
    more = (msg("and {count} more", count=len(items) - most),) if len(items) > most else ()
    return (*items[:most], *more)


def places_of(spans: Sequence[Span], most: int = MOST_PLACES) -> tuple[object, ...]:
    """Return line and column of each place, for a message; of those beyond ``most`` the number."""
    return tuple(f"{one.line}:{one.column}" if isinstance(one, Span) else one for one in some(spans, most))


def nearest(word: str, known: Sequence[str], cutoff: float = 0.6) -> str | None:
    """Return the known word that ``word`` was most likely meant to be, if one is ``cutoff`` like it (0 to 1)."""
    small = {one.lower(): one for one in reversed(known)}
    found = difflib.get_close_matches(word.lower(), list(reversed(small)), n=1, cutoff=cutoff)
    return small[found[0]] if found else None


def suggest(word: str, known: Sequence[str]) -> Message | None:
    """Return a hint for a word that is not known: the nearest that is, else some of them."""
    meant = nearest(word, known)
    if meant:
        return msg("Did you mean “{meant}”?", meant=meant)
    return msg("Known here: {known}.", known=tuple(known[:12])) if known else None


def reason_of(exception: OSError) -> Message:
    """Return why the system refused something: in words of ours for what happens at a desk."""
    known = {
        errno.ENOENT: msg("it is not there"),
        errno.EACCES: msg("permission denied"),
        errno.EPERM: msg("permission denied"),
        errno.EROFS: msg("the disk is read-only"),
        errno.ENOSPC: msg("the disk is full"),
        errno.EISDIR: msg("it is a folder"),
        errno.ENOTDIR: msg("a part of the path is not a folder"),
        errno.EEXIST: msg("a file with that name already exists"),
        errno.ELOOP: msg("it is a symbolic link"),
        errno.ENAMETOOLONG: msg("the name is too long"),
        errno.EFBIG: msg("the file is larger than the limit for files (ulimit -f)"),
        errno.EMFILE: msg("too many files are open (ulimit -n)"),
        errno.ENFILE: msg("too many files are open on this machine"),
        errno.EAGAIN: msg("there are too many processes (ulimit -u)"),
        errno.ENOMEM: msg("there is no memory left"),
        errno.EDQUOT: msg("the quota of the disk is used up"),
        errno.EIO: msg("the disk is damaged"),
        errno.EBADF: msg("it is closed"),
    }
    said = exception.strerror or type(exception).__name__
    return known.get(exception.errno or 0, msg("{reason}", reason=said))


def system_refusal(exception: OSError) -> Diagnostic:
    """Return the error that the system refuses what cannot be done without: a file, a process, a descriptor."""
    nowhere = (
        exception.errno == errno.ENOENT and exception.filename is None
    )  # tempfile's, which says where it looked
    reason = exception.strerror if nowhere else reason_of(exception)
    problem = msg("The system does not allow what this command needs: {reason}.", reason=reason)
    hint = msg("Raise the limit, free resources, or grant the permission, and run the command again.")
    subject = None if exception.filename is None else str(exception.filename)
    return error("CST-X011", problem, subject=subject, hint=hint)


_SEPARATOR = msg(", ")  # Chinese sets words apart by 、


@dataclass(frozen=True, slots=True)
class PagePlace:
    """A place on a page: ``page`` from 1; the rectangle in pt from the page's top left corner."""

    page: int
    x_pt: float = 0.0
    y_pt: float = 0.0
    width_pt: float = 0.0
    height_pt: float = 0.0


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: a stable ``code`` (``cstprint explain CODE`` tells more), what is wrong, where, what to do."""

    code: str
    severity: Severity
    message: Message
    span: Span | None = None
    place: PagePlace | None = None
    hint: Message | None = None
    #: What stands in front when there is no span: a file, a package, an option.
    subject: str | None = None

    @property
    def is_error(self) -> bool:
        """Whether this finding fails the run."""
        return self.severity is Severity.ERROR

    def __str__(self) -> str:
        where = str(self.span) if self.span else self.subject
        return f"{where + ': ' if where else ''}{self.severity} {self.code}: {self.message}"


Diagnostics = tuple[Diagnostic, ...]


def diagnostic_data(diagnostic: Diagnostic) -> dict[str, object]:
    """Return a finding for machines: English, with places as numbers."""
    data: dict[str, object] = {
        "code": diagnostic.code,
        "severity": str(diagnostic.severity),
        "message": str(diagnostic.message),
        "hint": str(diagnostic.hint) if diagnostic.hint else None,
        "subject": diagnostic.subject,
        "location": None,
        "page": diagnostic.place.page if diagnostic.place else None,
    }
    if diagnostic.span:
        span = diagnostic.span
        data["location"] = {
            "path": str(span.file.path),
            "line": span.line,
            "column": span.column,
            "end_line": span.end_line,
            "end_column": span.end_column,
        }
    return data


def error(code: str, message: Message, **where: object) -> Diagnostic:
    """Return a diagnostic that fails the run."""
    return Diagnostic(code, Severity.ERROR, message, **where)  # type: ignore[arg-type]


def warning(code: str, message: Message, **where: object) -> Diagnostic:
    """Return a diagnostic that fails the run only with ``--strict``."""
    return Diagnostic(code, Severity.WARNING, message, **where)  # type: ignore[arg-type]


def note(code: str, message: Message, **where: object) -> Diagnostic:
    """Return a diagnostic that only tells."""
    return Diagnostic(code, Severity.NOTE, message, **where)  # type: ignore[arg-type]


#: Notes about layouts that are worth a warning where all is to be right.
_WARNED_OF = frozenset({"CST-L024"})


def hardened(diagnostic: Diagnostic) -> Diagnostic:
    """Return a warning as the error that ``--strict`` makes of it, and some notes as warnings."""
    if diagnostic.code in _WARNED_OF and diagnostic.severity is Severity.NOTE:
        return replace(diagnostic, severity=Severity.WARNING)
    warned = diagnostic.severity is Severity.WARNING
    return replace(diagnostic, severity=Severity.ERROR) if warned else diagnostic


@dataclass(frozen=True, slots=True)
class Result(Generic[T]):
    """What a stage returns: a value, or ``None`` where there can be none, and all that it found."""

    value: T | None
    diagnostics: Diagnostics = ()

    @property
    def failed(self) -> bool:
        """Whether there is no value, or an error among the findings."""
        return self.value is None or any(d.is_error for d in self.diagnostics)


class CstprintError(Exception):
    """Something that ends a command; ``diagnostics`` says all of it."""

    exit_status = 1

    def __init__(self, diagnostics: Diagnostic | Iterable[Diagnostic]):
        found = (diagnostics,) if isinstance(diagnostics, Diagnostic) else tuple(diagnostics)
        super().__init__("\n".join(str(d) for d in found))
        self.diagnostics: Diagnostics = found


class UsageError(CstprintError):
    """The command line or the configuration is wrong."""

    exit_status = 2


class InternalError(CstprintError):
    """A fault of cstprint's own."""

    exit_status = 3
