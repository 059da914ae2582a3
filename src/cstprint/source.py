"""Source files and places in them: what every located message points at."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path


class Rows:
    """Where the lines of a text begin: made once, so that each of many places costs next to nothing."""

    __slots__ = ("starts",)

    def __init__(self, lines: Sequence[str]):
        self.starts = [0, *accumulate(len(line) + 1 for line in lines)]

    def place_of(self, offset: int) -> tuple[int, int]:
        """Return line and column, both from 0, of the character at ``offset`` (from 0)."""
        row = bisect_right(self.starts, offset, hi=len(self.starts) - 1) - 1
        return row, offset - self.starts[row]


@dataclass(frozen=True, slots=True)
class SourceFile:
    r"""A text file as it was read.

    ``path`` is how a person knows the file (relative to where they stand), ``text`` its whole content with
    ``\n`` line ends and no byte order mark.
    """

    path: Path
    text: str = field(repr=False)
    lines: tuple[str, ...] = field(init=False, repr=False, compare=False)
    rows: Rows = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Only \n ends a line for YAML, Markdown and CSS here: str.splitlines() also splits at U+2028 and \f.
        object.__setattr__(self, "lines", tuple(self.text.split("\n")))
        object.__setattr__(self, "rows", Rows(self.lines))

    def place_of(self, offset: int) -> Span:
        """Return the span of the character at ``offset`` (from 0) of the text."""
        row, column = self.rows.place_of(offset)
        return Span.point(self, row + 1, column + 1)

    def line(self, number: int) -> str:
        """Return line ``number`` (from 1), or an empty string beyond the file."""
        return self.lines[number - 1] if 1 <= number <= len(self.lines) else ""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a source file: line and column in characters, both from 1; the end is exclusive."""

    file: SourceFile
    line: int
    column: int
    end_line: int
    end_column: int

    @classmethod
    def point(cls, file: SourceFile, line: int, column: int) -> Span:
        """Return a span one character long."""
        return cls(file, line, column, line, column + 1)

    @property
    def width(self) -> int:
        """How many characters of its first line the span covers, at least 1."""
        if self.end_line == self.line:
            return max(1, self.end_column - self.column)
        return max(1, len(self.file.line(self.line)) - self.column + 1)

    def __str__(self) -> str:
        return f"{self.file.path}:{self.line}:{self.column}"


class SourceText(str):
    """A string that knows where it stands in its file.

    ``first_line`` and ``column`` (from 1) are where its first character stands; when ``block`` is true, each
    further line of the string is one further line of the file and starts at the same column (a YAML block
    scalar), otherwise the whole string is taken to stand on its first line.
    """

    __slots__ = ("_rows", "block", "column", "file", "first_line", "span")

    file: SourceFile
    span: Span
    first_line: int
    column: int
    block: bool
    _rows: Rows | None

    @classmethod
    def at(cls, value: str, span: Span, first_line: int, column: int, *, block: bool) -> SourceText:
        """Return ``value`` with its place."""
        text = cls(value)
        text.file, text.span = span.file, span
        text.first_line, text.column, text.block = first_line, column, block
        text._rows = None
        return text

    def line_at(self, number: int) -> SourceText:
        """Return line ``number`` (from 0) of this string without the spaces around it, with its own place."""
        line = self.split("\n")[number]
        lead = len(line) - len(line.lstrip())
        place = self.place(number, lead, max(1, len(line.strip())))
        return SourceText.at(line.strip(), place, place.line, place.column, block=False)

    @property
    def rows(self) -> Rows:
        """Where the lines of the string begin."""
        if self._rows is None:
            self._rows = Rows(self.split("\n"))
        return self._rows

    def place(self, line: int, column: int = 0, length: int = 1) -> Span:
        """Return the span of ``length`` characters at ``line``, ``column`` (both from 0) of this string."""
        if not self.block:
            start = self.column + column if line == 0 else self.column
            return Span(self.file, self.first_line, start, self.first_line, start + length)
        row, start = self.first_line + line, self.column + column
        return Span(self.file, row, start, row, start + length)

    def place_of(self, offset: int, length: int = 1) -> Span:
        """Return the span of ``length`` characters from ``offset`` (from 0) of this string."""
        return self.place(*self.rows.place_of(offset), length)
