"""What is wrong with a layout's templates and Jinja2 passes over in silence: what nobody asks for, lost text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.meta import find_referenced_templates

from cstprint.blocks.common.known import BLOCKS
from cstprint.check.sheets import files_below
from cstprint.diagnostics import Diagnostic, error, msg, nearest, suggest, warning
from cstprint.languages.tags import is_tag_of_pdf
from cstprint.layout.files import SUFFIX
from cstprint.layout.resolve import Layout, LayoutPart
from cstprint.reading.files import Refused, read_below, shown_path
from cstprint.source import SourceFile, Span

#: The first that is asked for, and those of blocks, whose names are put together when a page is made.
_ASKED_FOR = ("issue" + SUFFIX, *(f"blocks/{block.view.kind}{SUFFIX}" for block in BLOCKS if block.view))
_SUFFIXES = (".j2", ".jinja", ".jinja2", ".html", ".htm")
#: A language that is written out, not printed by Jinja2.
_LANGUAGE = re.compile(r"""\slang\s*=\s*(["'])([^"'{}<>]*)\1""")


@dataclass(frozen=True)
class _Facts:
    """What Jinja2 reads in a template: the names it asks for, its blocks with their lines, text that is lost."""

    asks_for: tuple[str, ...]
    extends: bool
    blocks: Mapping[str, int]
    #: Blocks that stand in others: a template that extends another has them besides that one's.
    inner: frozenset[str]
    #: The line of the first text outside of all blocks of a template that extends another.
    outside: int | None


def check_templates(layout: Layout, files: Iterable[SourceFile]) -> Iterator[Diagnostic]:
    """Yield a warning for each of the templates that nobody asks for, and each part of one that is not printed.

    A language that is none is an error.
    """
    templates = [(file, facts) for file in files if (facts := _facts_of(file.text)) is not None]
    asked_for = {*_ASKED_FOR}
    known_blocks: set[str] = set()
    for _file, facts in templates:
        asked_for |= {_plain(name, layout) for name in facts.asks_for}
        known_blocks |= facts.inner if facts.extends else facts.blocks.keys()
    yield from _unasked(layout, asked_for)
    for file, facts in templates:
        yield from _languages(file)
        if facts.extends:
            yield from _unknown_blocks(file, facts, sorted(known_blocks))
            if facts.outside is not None:
                message = msg("This text is outside all blocks and is not printed.")
                hint = msg("Put it into a block: {{% block NAME %}} … {{% endblock %}}")
                yield warning("CST-L015", message, span=_line(file, facts.outside), hint=hint)


def templates_in(part: LayoutPart) -> Iterator[SourceFile]:
    """Yield the templates of a layout's own folder that can be read."""
    shown = shown_path(part.folder)
    for path in files_below(part.folder, ".j2"):
        try:
            yield SourceFile(shown / path, read_below(part.folder, path.split("/")).decode("utf-8"))
        except (OSError, Refused, ValueError):
            continue


@lru_cache(maxsize=128)  # the templates of the package are read for every issue
def _facts_of(text: str) -> _Facts | None:
    """Return what Jinja2 reads in a template; nothing where it cannot, which is reported when it is used."""
    try:
        tree = Environment(autoescape=True).parse(text)
    except (TemplateSyntaxError, ValueError, RecursionError, MemoryError):
        return None
    blocks = list(tree.find_all(nodes.Block))
    inner = frozenset(found.name for block in blocks for found in block.find_all(nodes.Block))
    return _Facts(
        tuple(name for name in find_referenced_templates(tree) if name),
        tree.find(nodes.Extends) is not None,
        {block.name: block.lineno for block in blocks},
        inner,
        next(
            (line for node in tree.body if isinstance(node, nodes.Output) for line in _lines_of(node)), None
        ),
    )


def _lines_of(output: nodes.Output) -> Iterator[int]:
    """Yield the lines in which what is printed begins; Jinja2 counts white space before a text to it."""
    for node in output.nodes:
        data = node.data if isinstance(node, nodes.TemplateData) else "."
        if data.strip():
            yield node.lineno + data[: len(data) - len(data.lstrip())].count("\n")


def _languages(file: SourceFile) -> Iterator[Diagnostic]:
    for match in _LANGUAGE.finditer(file.text):
        if not is_tag_of_pdf(match[2]):
            line = file.text.count("\n", 0, match.start(2)) + 1
            column = match.start(2) - file.text.rfind("\n", 0, match.start(2))
            span = Span(file, line, column, line, column + max(1, len(match[2])))
            message = msg(
                "“{language}” is not a language tag, which PDF/A and PDF/UA require.", language=match[2]
            )
            yield error("CST-E031", message, span=span, hint=msg("Write a tag such as en, zh-Hant or ja."))


def _plain(name: str, layout: Layout) -> str:
    """Return the name of a template without that of a layout before it."""
    prefix, stroke, inner = name.partition("/")
    return inner if stroke and any(part.name == prefix for part in layout.parts) else name


def _unasked(layout: Layout, asked_for: set[str]) -> Iterator[Diagnostic]:
    for part in layout.parts:
        for path in files_below(part.folder, *_SUFFIXES):
            if path in asked_for:
                continue
            base = path.rpartition("/")[2].partition(".")[0] + SUFFIX
            inside = sorted(asked_for)
            meant = next((name for name in inside if name.rpartition("/")[2] == base), None) or nearest(
                path, inside
            )
            hint = (
                msg("Rename it to {meant}.", meant=meant)
                if meant
                else msg("Include it in another template, or delete it.")
            )
            span = Span.point(SourceFile(shown_path(part.folder / path), ""), 1, 1)
            yield warning("CST-L014", msg("Nothing uses this template."), span=span, hint=hint)


def _unknown_blocks(file: SourceFile, facts: _Facts, known: Sequence[str]) -> Iterator[Diagnostic]:
    for name, line in facts.blocks.items():
        if name not in known:
            message = msg(
                "The template that is extended has no block “{name}”. Nothing of this block is printed.",
                name=name,
            )
            yield warning("CST-L015", message, span=_found(file, line, name), hint=suggest(name, known))


def _line(file: SourceFile, line: int) -> Span:
    text = file.line(line)
    return Span(file, line, len(text) - len(text.lstrip()) + 1, line, len(text) + 1)


def _found(file: SourceFile, line: int, word: str) -> Span:
    column = file.line(line).find(word) + 1
    return Span(file, line, max(1, column), line, max(1, column) + len(word))
