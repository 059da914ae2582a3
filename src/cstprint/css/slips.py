"""Mistakes of typing in a style sheet: what is not closed, marks of a Chinese keyboard, notes that are none.

CSS never fails (CSS Syntax 3, 2.2): it closes what is open at the end, and passes over what it cannot read, mostly
more than the slip itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from cstprint.diagnostics import Diagnostic, Message, msg, warning
from cstprint.source import SourceFile

#: Marks of a Chinese keyboard and what they were meant to be.
WIDE = dict(zip("：；，｛｝（）“”‘’。！＃％＠＊　", ":;,{}()\"\"''.!#%@* ", strict=True))
_PIECES = re.compile(
    r"""(?P<comment>/\*.*?(?P<ended>\*/|\Z))
    |(?P<string>"(?:\\.|[^"\\\n])*(?P<quoted>"|\Z)?|'(?:\\.|[^'\\\n])*(?P<single>'|\Z)?)
    |(?P<url>url\(\s*[^"'\s()]+\s*\))
    |(?P<slashes>//[^\n]*)
    |(?P<mark>[{}()\[\];:])
    |(?P<wide>["""
    + "".join(WIDE)
    + r"""])
    |(?P<space>\s+)
    |(?P<rest>\\.|[\w\-.,\#*>+~=!%&|^$@<]+|.)""",
    re.DOTALL | re.VERBOSE | re.IGNORECASE,
)
#: More would not be read; and each looks for its end.
MAX_SLIPS = 100
_CLOSERS = {"(": ")", "[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class Slip:
    """A finding, and the lines (from 1, both included) that CSS cannot make sense of because of it."""

    diagnostic: Diagnostic
    first_line: int
    last_line: int


@dataclass
class _Open:
    """A bracket that is open, and the rule that stands inside though only declarations should, if any does."""

    mark: str
    offset: int
    holds_declarations: bool = False
    rule_inside: int | None = None


@lru_cache(maxsize=64)  # the sheets of the package are read for every issue
def find_slips(file: SourceFile) -> tuple[Slip, ...]:
    """Return the slips of a style sheet, in its order."""
    return tuple(sorted(islice(_Scan(file).run(), MAX_SLIPS), key=lambda slip: slip.first_line))


@dataclass
class _Scan:
    """Goes through a style sheet once; ``start`` is where the current declaration or selector begins."""

    file: SourceFile
    open: list[_Open] = field(default_factory=list)
    start: int | None = None
    colon: bool = False
    wide_line: int = 0
    #: A text in quotes was left open, and may have swallowed a brace.
    swallowed: bool = False

    def run(self) -> Iterator[Slip]:
        for match in _PIECES.finditer(self.file.text):
            kind, text, offset = match.lastgroup, match[0], match.start()
            if match["comment"] and not match["ended"]:
                yield self._slip(offset, msg("This comment is not closed."), msg("Close it with */."))
            if match["comment"] or match["space"]:
                continue
            if match["mark"]:
                yield from self._mark(text, offset)
                continue
            if self.start is None:
                self.start = offset
            if match["slashes"] and self.start == offset:
                hint = msg("Write comments as /* … */.")
                yield self._slip(offset, msg("CSS has no comments that begin with //."), hint)
                self.start = None
            elif match["string"] and not (match["quoted"] or match["single"]):
                self.swallowed = True
                hint = msg("Close it with {quote} on the same line.", quote=text[0])
                yield self._slip(offset, msg("This text in quotes is not closed."), hint, length=len(text))
            elif kind == "wide":
                yield from self._wide(text, offset)
        yield from self._left_open()

    def _mark(self, mark: str, offset: int) -> Iterator[Slip]:
        if mark == ":":
            self.colon = True
            self.start = offset if self.start is None else self.start
        elif mark in "([":
            self.open.append(_Open(mark, offset))
        elif mark in ")]":
            if self.open and self.open[-1].mark != "{":
                self.open.pop()
            else:
                yield self._slip(offset, msg("This {mark} closes nothing.", mark=mark), msg("Delete it."))
        else:
            yield from self._close_brackets()
            if mark == "{":
                self._open_block(offset)
            else:
                yield from self._end_statement(mark, offset)
                if mark == "}":
                    yield from self._close_block(offset)
            self.start, self.colon = None, False

    def _close_brackets(self) -> Iterator[Slip]:
        while self.open and self.open[-1].mark != "{":
            left = self.open.pop()
            hint = msg("Close it with {mark}.", mark=_CLOSERS[left.mark])
            yield self._slip(left.offset, msg("This {mark} is not closed.", mark=left.mark), hint)

    def _open_block(self, offset: int) -> None:
        head = self.file.text[self.start if self.start is not None else offset : offset]
        is_rule = not head.startswith("@")
        if is_rule and self.open and self.open[-1].holds_declarations and self.open[-1].rule_inside is None:
            self.open[-1].rule_inside = offset
        holds = is_rule or re.match(r"@(page|font-face|counter-style|top|bottom|left|right|footnote)\b", head)
        self.open.append(_Open("{", offset, bool(holds)))

    def _end_statement(self, mark: str, offset: int) -> Iterator[Slip]:
        """Tell what stands where a declaration should, and is none."""
        start = offset if self.start is None else self.start
        text = self.file.text[start:offset].strip()
        if text.startswith("@") or any(wide in text for wide in WIDE):
            return
        inside = self.open and self.open[-1].holds_declarations
        if inside and text and (not self.colon or text.startswith(":")):
            message = msg("“{text}” is not a declaration.", text=text.partition("\n")[0])
            yield self._slip(start, message, msg("Write a property, a colon, a value and a semicolon."))
        elif mark == ";" and not self.open:
            message = msg("This {mark} is outside any rule.", mark=mark)
            yield self._slip(offset, message, msg("Delete it, or look above for an extra }}."))

    def _close_block(self, offset: int) -> Iterator[Slip]:
        if self.open:
            self.open.pop()
        else:
            hint = msg("Delete it, or look above for a {{ that is missing.")
            yield self._slip(offset, msg("This {mark} closes nothing.", mark="}"), hint)

    def _wide(self, mark: str, offset: int) -> Iterator[Slip]:
        if WIDE[mark] == ":":
            self.colon = True
        line = self.file.place_of(offset).line
        if line != self.wide_line:  # one a line: whoever types one so types all so
            self.wide_line = line
            shown = "U+3000" if mark == "\u3000" else mark
            message = msg("{mark} is a full-width character, which CSS does not recognise.", mark=shown)
            hint = msg("Type the half-width character: {mark}", mark=WIDE[mark].strip() or msg("a space"))
            yield self._slip(offset, message, hint, since=self.start)

    def _left_open(self) -> Iterator[Slip]:
        yield from self._close_brackets()
        if not self.open or self.swallowed:
            return
        left = next((one for one in reversed(self.open) if one.rule_inside is not None), self.open[0])
        inside = self.file.place_of(left.rule_inside).line if left.rule_inside is not None else None
        hint = msg("Close it with {mark}.", mark="}")
        if inside is not None:
            hint = msg("Close it with }} before line {line}, where another rule begins.", line=inside)
        span = self.file.place_of(left.offset)
        message = msg("This {mark} is not closed.", mark="{")
        yield Slip(warning("CST-L010", message, span=span, hint=hint), span.line, inside or span.line)

    def _slip(
        self, offset: int, message: Message, hint: Message, since: int | None = None, length: int = 1
    ) -> Slip:
        """Return a slip that reaches from the beginning of what it is in to the closing brace after it."""
        span = self.file.place_of(offset)
        first = self.file.place_of(since).line if since is not None else span.line
        end = self.file.text.find("}", offset + length)
        last = self.file.place_of(end).line if end >= 0 else len(self.file.lines)
        return Slip(warning("CST-L010", message, span=span, hint=hint), first, last)
