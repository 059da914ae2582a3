"""YAML to a tree with places: strings only, nothing guessed, every error located.

The tree is built from PyYAML's events instead of its composer: that gives depth and size limits before any
recursion, and one place for all that is refused. Refused are aliases and anchors (an alias bomb needs them),
tags, merge keys, duplicate keys, several documents; numbers, dates and booleans are never guessed (YAML 1.1
reads ``no`` as false, ``010`` as 8 and ``12:30`` as 750).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from cstprint.diagnostics import Diagnostic, Message, Result, error, msg
from cstprint.reading.controls import NOT_TEXT, Controls
from cstprint.source import SourceFile, SourceText, Span

MAX_DEPTH = 40
MAX_NODES = 100_000


_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlMap(dict[str, Any]):
    """A mapping that knows where it and its keys stand."""

    span: Span
    key_spans: dict[str, Span]


class YamlList(list[Any]):
    """A list that knows where it stands."""

    span: Span


YamlValue: TypeAlias = YamlMap | YamlList | SourceText


def span_of(value: YamlValue) -> Span:
    """Return where a value of the tree stands."""
    return value.span


def texts_of(value: YamlValue) -> Iterator[SourceText]:
    """Yield every text of the tree in the file's order, keys left out."""
    if isinstance(value, SourceText):
        yield value
    else:
        for inner in value.values() if isinstance(value, YamlMap) else value:
            yield from texts_of(inner)


def load_yaml(file: SourceFile) -> Result[YamlValue]:
    """Return the tree of ``file``, or every error found in it; what became of control characters is reported, too."""
    if match := NOT_TEXT.search(file.text):
        return Result(None, (_not_text(file.place_of(match.start()), match[0]),))
    controls = Controls(file)
    builder = _Builder(file, controls)
    try:
        for event in yaml.parse(controls.yaml, Loader=_Loader):
            builder.take(event)
    except yaml.MarkedYAMLError as exception:
        builder.errors.append(_syntax_error(file, exception))
    except (yaml.YAMLError, ValueError, RecursionError, _GivenUp) as exception:
        if not isinstance(exception, _GivenUp):
            builder.errors.append(
                error(
                    "CST-Y010",
                    msg("The structure ends unexpectedly here (YAML reports: {reason}).", reason=exception),
                    subject=str(file.path),
                )
            )
    if builder.errors:
        return Result(None, (*controls.findings(), *builder.errors))
    if builder.root is None:
        empty = error(
            "CST-Y011",
            msg("The file is empty."),
            subject=str(file.path),
            hint=msg("`cstprint new` writes an example file."),
        )
        return Result(None, (empty,))
    return Result(builder.root, tuple(controls.findings()))


class _GivenUp(Exception):  # noqa: N818 - a signal to stop, not an error of its own
    """The file is beyond a limit; the error is in the builder's list already."""


@dataclass
class _Frame:
    """A mapping or list that is still open, and the key that waits for its value."""

    value: YamlMap | YamlList
    key: str | None = None
    skip_value: bool = False


@dataclass
class _Builder:
    """Takes events one by one and builds the tree without recursion."""

    file: SourceFile
    controls: Controls
    root: YamlValue | None = None
    errors: list[Diagnostic] = field(default_factory=list)
    stack: list[_Frame] = field(default_factory=list)
    nodes: int = 0
    documents: int = 0

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self._start_document(event)
        elif isinstance(event, yaml.AliasEvent):
            self._refuse(event, "CST-Y012", msg("Anchors and aliases (& and *) are not supported."))
            self._place(SourceText.at("", self._span(event), 1, 1, block=False))
        elif isinstance(event, yaml.ScalarEvent):
            self._check_node(event)
            self._scalar(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._check_node(event)
            self._open(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close(event)

    def _start_document(self, event: yaml.Event) -> None:
        self.documents += 1
        if self.documents > 1:
            self._refuse(
                event, "CST-Y013", msg("A second document (---) begins here. A file contains one document.")
            )
            raise _GivenUp

    def _check_node(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self._refuse(event, "CST-Y014", msg("The file has more than {limit} values.", limit=MAX_NODES))
            raise _GivenUp
        if event.anchor is not None:
            self._refuse(event, "CST-Y012", msg("Anchors and aliases (& and *) are not supported."))
        if event.tag is not None and event.tag != "!":
            self._refuse(event, "CST-Y012", msg("Tags (!…) are not supported: every value is text."))

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        if len(self.stack) >= MAX_DEPTH:
            self._refuse(event, "CST-Y014", msg("Values are nested more than {limit} deep.", limit=MAX_DEPTH))
            raise _GivenUp
        if self._wants_key():
            self._refuse(event, "CST-Y015", msg("A key must be plain text."))
            raise _GivenUp
        value: YamlMap | YamlList
        if isinstance(event, yaml.MappingStartEvent):
            value = YamlMap()
            value.key_spans = {}
        else:
            value = YamlList()
        value.span = self._span(event)
        self.stack.append(_Frame(value))

    def _close(self, event: yaml.Event) -> None:
        frame = self.stack.pop()
        start, end = frame.value.span, event.end_mark
        assert end is not None  # PyYAML marks all events
        frame.value.span = Span(self.file, start.line, start.column, end.line + 1, end.column + 1)
        self._place(frame.value)

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        text = self._located(event)
        if match := NOT_TEXT.search(text):  # written as an escape: "\\0"
            self.errors.append(_not_text(text.place_of(match.start()), match[0]))
        if self._wants_key():
            self._key(text)
            return
        if event.style is None and text:
            self.errors += _plain_text_slips(self.file, text.span)
        self._place(text)

    def _key(self, key: SourceText) -> None:
        frame = self.stack[-1]
        assert isinstance(frame.value, YamlMap)
        first = frame.value.key_spans.get(key)
        if first is not None:
            self.errors.append(
                error(
                    "CST-Y016",
                    msg(
                        "The key “{key}” is used twice. The first is in line {line}.",
                        key=key,
                        line=first.line,
                    ),
                    span=key.span,
                    hint=msg("Keep one of the two."),
                )
            )
        frame.skip_value = first is not None
        frame.key = str(key)
        frame.value.key_spans.setdefault(str(key), key.span)

    def _place(self, value: YamlValue) -> None:
        if not self.stack:
            self.root = value
            return
        frame = self.stack[-1]
        if isinstance(frame.value, YamlList):
            frame.value.append(value)
        elif frame.key is None:
            frame.key = ""  # a refused alias used as a key
        else:
            if not frame.skip_value:
                frame.value[frame.key] = value
            frame.key = None

    def _wants_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1].value, YamlMap) and self.stack[-1].key is None

    def _refuse(self, event: yaml.Event, code: str, message: Message) -> None:
        self.errors.append(error(code, message, span=self._span(event)))

    def _span(self, event: yaml.Event) -> Span:
        start, end = event.start_mark, event.end_mark
        assert start is not None  # PyYAML marks all events
        assert end is not None
        return Span(self.file, start.line + 1, start.column + 1, end.line + 1, end.column + 1)

    def _located(self, event: yaml.ScalarEvent) -> SourceText:
        """Return the scalar's value with the place of its first character."""
        span = self._span(event)
        value = self.controls.cleaned(event.value, span)
        if event.style in ("|", ">"):
            indent = self._block_indent(span, event.value)
            return SourceText.at(value, span, span.line + 1, indent + 1, block=event.style == "|")
        quote = 1 if event.style else 0
        return SourceText.at(value, span, span.line, span.column + quote, block=False)

    def _block_indent(self, span: Span, value: str) -> int:
        """Return how far a block scalar is indented: what its first line with text lacks of the file's."""
        rows = self.controls.yaml.split("\n")[span.line : span.end_line]
        for row, kept in zip(rows, value.split("\n"), strict=False):
            if row.strip():
                return len(row) - len(kept) if row.endswith(kept) else len(row) - len(row.lstrip(" "))
        return 0


def _plain_text_slips(file: SourceFile, span: Span) -> Iterator[Diagnostic]:
    """Yield what a text without “|” has lost: its headings are comments to YAML, its lines are joined."""
    above = span.line - 1
    heading = re.compile(rf"^ {{{span.column - 1},}}(#{{1,6}} .*)$")
    if not file.line(above).strip():
        above -= 1
    headings = heading.match(file.line(above))
    if span.end_line > span.line or headings:
        yield error(
            "CST-Y018",
            msg("This text of several lines has no “|”: its headings and line ends would be lost."),
            span=Span(file, span.line, span.column, span.line, len(file.line(span.line)) + 1),
            hint=msg("Write “key: |” or “- |”, and the text below, indented."),
        )
    rest = file.line(span.end_line)[span.end_column - 1 :]
    if match := re.match(r"\s+#(?=[^\s#])", rest):
        yield error(
            "CST-Y019",
            msg("In YAML “ #” begins a comment, so the text after it would not be printed."),
            span=Span.point(file, span.end_line, span.end_column + match.end() - 1),
            hint=msg(
                "Put the whole text on the next line, indented, after “key: |”. A comment has a space "
                "after its #."
            ),
        )


_INDENT = re.compile(r"\s*(?:-\s+)*")
_KEY_WITH_WIDE_COLON = re.compile(r"^\s*(?:- )?[\w-]+：")
_WIDE_COLON = msg("Type a half-width colon and a space (“: ”) after the key, not “：”.")
_COLOUR = re.compile(r":\s+(?=#(?:[0-9A-Fa-f]{3}){1,2}\b)")
_NO_SPACE = msg("Put a space after the colon.")
_KEY_WITHOUT_SPACE = re.compile(r"^\s*(?:- )?[A-Za-z_-]+:[^\s/]")


def shape_hint(text: str) -> Message | None:
    """Return what to do where text stands that should be a key with its value."""
    if _KEY_WITH_WIDE_COLON.match(text):
        return _WIDE_COLON
    return _NO_SPACE if _KEY_WITHOUT_SPACE.match(text) else None


def _syntax_error(file: SourceFile, exception: yaml.MarkedYAMLError) -> Diagnostic:
    mark = exception.problem_mark or exception.context_mark
    last = len(file.text.rstrip("\n").split("\n"))
    if mark and exception.context_mark and mark.line >= last:
        mark = exception.context_mark  # noticed at the file's end: what was left open began there
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    if line > last:
        line, column = last, len(file.line(last)) + 1
    hint: Message | None = None
    for number, suspect in _nearby(file, line, exception):
        found = _usual_slip(suspect)
        if found:
            line, column, hint = number, found[0], found[1]
            break
    reason = exception.problem or exception.context or "syntax"
    return error(
        "CST-Y010",
        msg(
            "The structure ends unexpectedly here (YAML reports: {reason}).",
            reason=_REASONS.get(reason, reason),
        ),
        span=Span.point(file, line, column),
        hint=hint or msg("Look at the indentation and the colons of this line and the one above."),
    )


#: What libyaml says most often, by its own words: catalogues translate it.
_REASONS = {
    said.template: said
    for said in (
        msg("block sequence entries are not allowed in this context"),
        msg("could not find expected ':'"),
        msg("did not find expected '-' indicator"),
        msg("did not find expected ',' or ']'"),
        msg("did not find expected comment or line break"),
        msg("did not find expected key"),
        msg("did not find expected node content"),
        msg("found a tab character that violates indentation"),
        msg("found a tab character where an indentation space is expected"),
        msg("found character that cannot start any token"),
        msg("found unexpected end of stream"),
        msg("found unknown escape character"),
        msg("mapping values are not allowed in this context"),
    )
}


def _nearby(file: SourceFile, line: int, exception: yaml.MarkedYAMLError) -> Iterator[tuple[int, str]]:
    """Yield the lines where the slip may be: YAML often notices it some lines too late."""
    first = exception.context_mark.line + 1 if exception.context_mark else line - 1
    first = max(1, min(first, line), line - 5)
    yield line, file.line(line)
    for number in range(line - 1, first - 1, -1):
        yield number, file.line(number)


def _usual_slip(line: str) -> tuple[int, Message] | None:  # noqa: PLR0911 - a list of slips, first match wins
    """Return column and advice for the slips that people make most."""
    indent = _INDENT.match(line)
    if indent and "\t" in indent[0]:
        return indent[0].index("\t") + 1, msg("Indent with spaces: YAML does not accept tabs.")
    if match := _KEY_WITH_WIDE_COLON.match(line):
        return match.end(), _WIDE_COLON
    if match := _COLOUR.search(line):
        return match.end() + 1, msg("Put the colour in quotes, '#17406d': in YAML “ #” begins a comment.")
    if match := _KEY_WITHOUT_SPACE.match(line):
        return match.end(), _NO_SPACE
    body = line.lstrip(" -")
    key, colon, value = body.partition(": ")
    if colon and key.isidentifier() and re.search(r":\s|\s#", value) and not value.startswith(("'", '"')):
        column = len(line) - len(value) + 1
        return column, msg(
            "A text with “: ” or “ #” in it: put it on the next line, indented, after “{key}: |”.", key=key
        )
    if colon and value[:1] in ('"', "'") and not re.fullmatch(r"([\"']).*\1\s*", value):
        column = len(line) - len(value) + 1
        return column, msg(
            "A text that begins with a straight quote: use “ ”, or begin it on the next line, "
            "after “{key}: |”.",
            key=key,
        )
    if colon and value[:1] in tuple("@`%&*!|>[]{}"):
        column = len(line) - len(value) + 1
        return column, msg(
            "A text that begins with “{mark}”: put it on the next line, indented, after “{key}: |”.",
            mark=value[0],
            key=key,
        )
    return None


def _not_text(span: Span, character: str) -> Diagnostic:
    return error(
        "CST-Y017",
        msg(
            "There is a control character ({character}) here, which a text cannot contain.",
            character=f"U+{ord(character):04X}",
        ),
        span=span,
        hint=msg("Delete it. If there are many of them, this is not a text file."),
    )
