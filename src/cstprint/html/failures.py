"""Why a template failed, at its file, line and column, and what may have been meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.utils import missing

from cstprint.diagnostics import Diagnostic, Message, error, msg, nearest, suggest
from cstprint.html.loader import TemplateRefused
from cstprint.html.printed import UnprintableError
from cstprint.layout.files import templates_of
from cstprint.layout.resolve import Layout
from cstprint.reading.files import Refused, read_below, shown_path
from cstprint.source import SourceFile, Span

#: Names that templates give to the things they go through.
_LOCAL = ("block", "article", "section", "figure", "loop")
_TAGS = (
    *(
        "block",
        "endblock",
        "call",
        "endcall",
        "elif",
        "else",
        "extends",
        "filter",
        "endfilter",
        "for",
        "endfor",
    ),
    *("from", "if", "endif", "import", "include", "macro", "endmacro", "raw", "endraw", "set", "endset"),
    *("with", "endwith"),
)
#: Tags that are closed by one of their own.
_PAIRS = ("if", "for", "block", "macro", "call", "filter", "with", "raw")
_WIDE = dict(zip("“”‘’（），：｛｝％", "\"\"''(),:{}%", strict=True))


class UnknownNameError(UndefinedError):
    """A template names something that is not there: ``name``, in ``owner`` if that is not the template itself."""

    def __init__(self, owner: object, name: object, message: str):
        super().__init__(message)
        self.owner = owner
        self.name = name


class NamedUndefined(StrictUndefined):
    """Fails with what was asked for, and of what."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: Callable[[str], Exception] = UndefinedError,
    ):
        def unknown(message: str = "") -> Exception:
            return UnknownNameError(obj, name, message)

        super().__init__(hint, obj, name, unknown if exc is UndefinedError else exc)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Templates:
    """What is needed to say why one of them failed."""

    layout: Layout
    environment: Environment
    context: Mapping[str, object]

    def failure(self, exception: Exception) -> Diagnostic:
        """Return a template's error at its place, as far as Jinja2 tells."""
        if isinstance(exception, TemplateRefused):
            problem = msg("The template cannot be read: {reason}.", reason=exception.reason)
            return error("CST-L005", problem, subject=exception.path)
        where, line = _where(exception)
        file = self._source(where) if where else None
        if file is None or line is None:
            subject = f"{where}:{line}" if where else None
            return error("CST-L005", msg("The template failed: {reason}", reason=exception), subject=subject)
        if isinstance(exception, UnprintableError):
            problem = msg(
                "The text that this template prints is not valid: {reason}.", reason=exception.reason
            )
            return _located(problem, _line(file, line), _COMPARE)
        return self._reported(exception, file, line)

    def _reported(self, exception: Exception, file: SourceFile, line: int) -> Diagnostic:
        missing_part = re.search(r"No (?:filter|test) named '([^']*)'", str(exception))
        if missing_part:
            known = [*self.environment.filters, *self.environment.tests]
            message = msg("There is no filter or test “{name}”.", name=missing_part[1])
            return _located(message, _place(file, line, missing_part[1]), suggest(missing_part[1], known))
        if isinstance(exception, TemplateSyntaxError):
            return _syntax(exception, file, line)
        if isinstance(exception, UnknownNameError) and exception.name is not None:
            return self._unknown(exception, file, line)
        if isinstance(exception, TemplateNotFound):
            return self._not_found(str(exception.name), file, line)
        if isinstance(exception, RecursionError):
            return self._circle(file, line)
        return _located(msg("The template failed: {reason}", reason=exception), _line(file, line), _COMPARE)

    def _unknown(self, exception: UnknownNameError, file: SourceFile, line: int) -> Diagnostic:
        name, owner = str(exception.name), exception.owner
        known = [*self.context, *_LOCAL, *self.environment.globals] if owner is missing else _names_in(owner)
        message = msg("There is no variable “{name}” here.", name=name)
        if is_dataclass(owner):
            message = msg("“{owner}” has no attribute “{name}”.", owner=_kind(owner), name=name)
        return _located(message, _place(file, line, name), suggest(name, known) or _COMPARE)

    def _not_found(self, name: str, file: SourceFile, line: int) -> Diagnostic:
        known = list(templates_of(self.layout))
        prefix, _stroke, inner = name.partition("/")
        chain = [part.name for part in self.layout.parts]
        if prefix not in chain and inner in known:
            meant = nearest(prefix, chain) or chain[0]
            hint: Message | None = msg("Did you mean “{meant}”?", meant=f"{meant}/{inner}")
        else:
            hint = suggest(name, known)
        message = msg("There is no template “{name}”.", name=name)
        return _located(message, _place(file, line, name), hint)

    def _circle(self, file: SourceFile, line: int) -> Diagnostic:
        message = msg("The templates extend or include each other in a circle.")
        hint = msg("Change one of them, so that it extends or includes another template.")
        for part, parent in zip(self.layout.parts[1:], self.layout.parts, strict=False):
            shown = shown_path(part.folder)
            inner = file.path.relative_to(shown).as_posix() if file.path.is_relative_to(shown) else ""
            if len(templates_of(self.layout).get(inner, ())) > 1:
                hint = msg(
                    "To extend the template of the parent layout, name it: “{name}”.",
                    name=f"{parent.name}/{inner}",
                )
        return _located(message, _line(file, line), hint)

    def _source(self, where: str) -> SourceFile | None:
        """Return the text of a template by its path."""
        for part in self.layout.parts:
            if Path(where).is_relative_to(part.folder):
                try:
                    data = read_below(part.folder, Path(where).relative_to(part.folder).parts)
                    return SourceFile(shown_path(Path(where)), data.decode("utf-8", errors="replace"))
                except (OSError, Refused):
                    return None
        return None


_COMPARE = msg("Compare it with the same template of the layout that your layout extends.")


def _where(exception: Exception) -> tuple[str | None, int | None]:
    """Return the path of the template and the line in which it failed."""
    if isinstance(exception, TemplateSyntaxError):
        return exception.filename or exception.name, exception.lineno
    where, line, trace = None, None, exception.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.endswith(".j2"):
            where, line = trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next
    return where, line


def _syntax(exception: TemplateSyntaxError, file: SourceFile, line: int) -> Diagnostic:
    reason = exception.message or ""
    word = (re.search(r"'([^']*)'", reason) or ["", ""])[1]
    if reason.startswith(("Encountered unknown tag", "Unexpected end of template")):
        opener = _unclosed(file)
        if opener is not None:
            name, offset = opener
            hint = msg("Close it with {tag}.", tag=f"{{% end{name} %}}")
            return _located(msg("This “{name}” is not closed.", name=name), file.place_of(offset), hint)
        message = msg("The tag “{name}” does not exist, or is not allowed here.", name=word)
        stray = msg("Delete it, or open above what it closes.")
        return _located(message, _place(file, line, word), stray if word in _TAGS else suggest(word, _TAGS))
    message = msg("The template failed: {reason}", reason=reason)
    hints = (
        (next((mark for mark in _WIDE if mark in word), None), "wide"),
        ("=" if "got '='" in reason else None, "equals"),
        ("{#" if "comment tag" in reason else None, "comment"),
        (
            "{{"
            if re.search("end of print statement|unexpected '}'|unexpected end of template", reason)
            else None,
            "print",
        ),
    )
    mark, kind = next(((mark, kind) for mark, kind in hints if mark), (None, ""))
    hint = {
        "wide": msg("Type the half-width character: {mark}", mark=_WIDE.get(mark or "", "")),
        "equals": msg("Compare with two equals signs: =="),
        "comment": msg("Close it with {mark}.", mark="#}"),
        "print": msg("Close it with {mark}.", mark="}}"),
    }.get(kind, _COMPARE)
    return _located(message, _place(file, line, mark or word), hint)


def _unclosed(file: SourceFile) -> tuple[str, int] | None:
    """Return the tag that is not closed where the first that should close it stands, and its offset."""
    text = re.sub(r"\{#.*?#\}", lambda found: " " * len(found[0]), file.text, flags=re.DOTALL)
    opened: list[tuple[str, int]] = []
    for match in re.finditer(r"\{%[-+]?\s*(end)?([a-z]+)", text):
        end, name = match[1], match[2]
        if not end and name in _PAIRS:
            opened.append((name, match.start()))
        elif end and name in _PAIRS:
            if not opened or opened[-1][0] != name:
                return opened[-1] if opened and any(name == one for one, _offset in opened) else None
            opened.pop()
    return opened[-1] if opened else None


def _located(message: Message, span: Span, hint: Message | None) -> Diagnostic:
    return error("CST-L005", message, span=span, hint=hint)


def _place(file: SourceFile, line: int, word: str) -> Span:
    """Return where ``word`` stands in a line, or the whole line."""
    match = re.search(
        rf"(?<![\w]){re.escape(word)}(?![\w])" if word.isidentifier() else re.escape(word), file.line(line)
    )
    if not word or match is None:
        return _line(file, line)
    return Span(file, line, match.start() + 1, line, match.end() + 1)


def _line(file: SourceFile, line: int) -> Span:
    text = file.line(line)
    first = len(text) - len(text.lstrip()) + 1
    return Span(file, line, first, line, max(first + 1, len(text) + 1))


def _names_in(owner: object) -> list[str]:
    if is_dataclass(owner):
        return [field.name for field in fields(owner)]
    if isinstance(owner, Mapping):
        return [str(key) for key in owner]
    return [name for name in dir(owner) if not name.startswith("_")]


def _kind(owner: object) -> str:
    """Return what a template would call a thing: issue, section, block."""
    name = type(owner).__name__
    return name.removesuffix("View").lower() if name.endswith("View") else name
