"""The only place that prints. Results go to stdout, everything else to stderr."""

from __future__ import annotations

import json
import os
import sys
import time
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from cstprint.cli.language import _
from cstprint.diagnostics import Diagnostic, Message, Severity, msg
from cstprint.source import Span

_COLOURS = {"error": "31;1", "warning": "33;1", "note": "36", "path": "1", "caret": "32;1", "quiet": "2"}
_WORDS = {Severity.ERROR: msg("error"), Severity.WARNING: msg("warning"), Severity.NOTE: msg("note")}
_TAB_WIDTH = 4


@dataclass
class Reporter:
    """Says what happens: ``verbosity`` −1 results and errors only, 0 usual, 1 notes too."""

    verbosity: int = 0
    as_json: bool = False
    #: Progress lines drawn on a terminal and not yet wiped.
    _drawn: bool = field(default=False, init=False)

    def result(self, text: str) -> None:
        """Print a line of result."""
        self._wipe()
        print(text, flush=True)

    def raw(self, data: bytes) -> None:
        """Write bytes to stdout."""
        sys.stdout.buffer.write(data)
        sys.stdout.flush()

    def data(self, value: object) -> None:
        """Print a value as JSON."""
        self._print_json(json.dumps(value, ensure_ascii=False, indent=2))

    def data_line(self, value: object) -> None:
        """Print one of many values as JSON, on a line of its own (jsonlines.org)."""
        self._print_json(json.dumps(value, ensure_ascii=False))

    def _print_json(self, text: str) -> None:
        # A name of bytes that are no UTF-8 has lone surrogates: \udcff, which is JSON's own way to write them.
        print(text.encode("utf-8", "backslashreplace").decode("utf-8"), flush=True)

    def say(self, message: Message) -> None:
        """Tell something on stderr, unless quiet."""
        if self.verbosity >= 0:
            self.tell(message.render(_))

    def tell(self, line: str) -> None:
        """Print a line on stderr."""
        self._wipe()
        print(line, file=sys.stderr, flush=True)

    def progress(self, message: Message) -> None:
        """Show what is being done now, on one line that the next replaces; nothing where no terminal is."""
        if self.verbosity >= 0 and not self.as_json and sys.stderr.isatty():
            self._wipe()
            print(_paint(message.render(_) + " …", "quiet"), end="", file=sys.stderr, flush=True)
            self._drawn = True

    def diagnostics(self, found: Iterable[Diagnostic]) -> None:
        """Tell what was found: errors always, warnings unless quiet, notes only when verbose."""
        if self.as_json:
            return  # they are part of the one value that `data` prints
        limit = {-1: (Severity.ERROR,), 0: (Severity.ERROR, Severity.WARNING)}
        shown = limit.get(self.verbosity, tuple(Severity))
        for diagnostic in found:
            if diagnostic.severity in shown:
                self._wipe()
                print(format_diagnostic(diagnostic), file=sys.stderr)

    def _wipe(self) -> None:
        if self._drawn:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
            self._drawn = False


def format_diagnostic(diagnostic: Diagnostic) -> str:
    """Return a finding as compilers show it: place, message, the line with a caret, what to do."""
    where = str(diagnostic.span) if diagnostic.span else diagnostic.subject
    head = f"{_paint(where, 'path')}: " if where else ""
    severity = _paint(f"{_WORDS[diagnostic.severity].render(_)} {diagnostic.code}", diagnostic.severity)
    lines = [head + severity + _(": ") + _visible(diagnostic.message.render(_))]
    if diagnostic.span:
        lines += _excerpt(diagnostic.span)
    if diagnostic.place:
        lines.append("  = " + msg("on page {page}", page=diagnostic.place.page).render(_))
    if diagnostic.hint:
        label = _paint(_("do"), "caret")
        lines.append(f"  = {label}" + _(": ") + _visible(diagnostic.hint.render(_)))
    return "\n".join(lines)


def _excerpt(span: Span, limit: int = 90) -> list[str]:
    """Return the line of ``span`` with a caret below, cut around the caret where it is long."""
    line = span.file.line(span.line)
    start = span.column - 1
    # Everything is measured in cells: a Han character is two wide, so the caret would drift otherwise.
    first = max(0, start - limit // 3)
    piece = line[first : first + limit]
    lead, tail = ("…" if first else ""), ("…" if first + limit < len(line) else "")
    marked = piece[start - first : start - first + span.width]
    gutter = str(span.line)
    indent = _cells(lead + piece[: start - first])
    caret = "^" * max(1, min(_cells(marked) or 1, limit))
    return [
        f"  {gutter} | {lead}{_visible(piece)}{tail}",
        f"  {' ' * len(gutter)} | {' ' * indent}{_paint(caret, 'caret')}",
    ]


def _visible(text: str) -> str:
    """Return ``text`` without characters that would act on a terminal."""
    return "".join(
        " " * _TAB_WIDTH if c == "\t" else "\ufffd" if unicodedata.category(c) in ("Cc", "Cf", "Cs") else c
        for c in text
    )


def _cells(text: str) -> int:
    return sum(
        _TAB_WIDTH
        if c == "\t"
        else 2
        if unicodedata.east_asian_width(c) in "WF"
        else 0
        if unicodedata.combining(c)
        else 1
        for c in text
    )


def _paint(text: str, style: str) -> str:
    """Return ``text`` in a colour, where stderr is a terminal that wants it (no-color.org)."""
    if os.environ.get("NO_COLOR") or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        return text
    return f"\033[{_COLOURS[style]}m{text}\033[0m"


class Stopwatch:
    """Seconds since the command began."""

    def __init__(self) -> None:
        self._start = time.perf_counter()

    @property
    def seconds(self) -> float:
        """Seconds so far."""
        return time.perf_counter() - self._start
