"""What is wrong with a layout's templates and Jinja2 passes over in silence: what nobody asks for, lost text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import get_args

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.meta import find_referenced_templates

from cstprint.check.sheets import files_below
from cstprint.diagnostics import Diagnostic, msg, nearest, warning
from cstprint.html.block_views import BlockView
from cstprint.layout.files import SUFFIX
from cstprint.layout.resolve import Layout, LayoutPart
from cstprint.reading.files import Refused, read_below, shown_path
from cstprint.source import SourceFile, Span

#: The first that is asked for, and those of the kinds of blocks, whose names are put together when a page is made.
_ASKED_FOR = ("issue" + SUFFIX, *(f"blocks/{view.kind}{SUFFIX}" for view in get_args(BlockView)))
_SUFFIXES = (".j2", ".jinja", ".jinja2", ".html", ".htm")


class _Template:
    """A template of a part: its path there, its text and what Jinja2 reads in it."""

    def __init__(self, part: LayoutPart, path: str, file: SourceFile, tree: nodes.Template):
        self.part, self.path, self.file, self.tree = part, path, file, tree
        self.extends = next(iter(tree.find_all(nodes.Extends)), None)
        self.blocks = {block.name: block.lineno for block in tree.find_all(nodes.Block)}


def check_templates(layout: Layout) -> Iterator[Diagnostic]:
    """Yield a warning for each template that nobody asks for, and each part of one that is not printed."""
    templates = [one for part in layout.parts for one in _templates_in(part)]
    asked_for = {*_ASKED_FOR}
    for one in templates:
        asked_for |= {_plain(name, layout) for name in find_referenced_templates(one.tree) if name}
    yield from _unasked(layout, asked_for)
    known_blocks = {name for one in templates if one.extends is None for name in one.blocks}
    for one in templates:
        if one.extends is not None:
            inner = {
                block.name
                for outer in one.tree.find_all(nodes.Block)
                for block in outer.find_all(nodes.Block)
            }
            inner -= {node.name for node in one.tree.body if isinstance(node, nodes.Block)}
            yield from _unknown_blocks(one, known_blocks | inner)
            yield from _outside(one)


def _templates_in(part: LayoutPart) -> Iterator[_Template]:
    for path in files_below(part.folder, ".j2"):
        try:
            text = read_below(part.folder, path.split("/")).decode("utf-8")
            tree = _parsed(text)
        except (OSError, Refused, UnicodeDecodeError, TemplateSyntaxError, RecursionError):
            continue  # told when it is used
        yield _Template(part, path, SourceFile(shown_path(part.folder / path), text), tree)


@lru_cache(maxsize=128)  # the templates of the package are read for every issue
def _parsed(text: str) -> nodes.Template:
    return Environment(autoescape=True).parse(text)


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
                msg("Call it {meant}.", meant=meant)
                if meant
                else msg("Include it in another template, or delete it.")
            )
            span = Span.point(SourceFile(shown_path(part.folder / path), ""), 1, 1)
            yield warning("CST-L014", msg("Nothing asks for this template."), span=span, hint=hint)


def _unknown_blocks(template: _Template, known: set[str]) -> Iterator[Diagnostic]:
    for name, line in template.blocks.items():
        if name not in known:
            meant = nearest(name, sorted(known))
            hint = (
                msg("Did you mean “{meant}”?", meant=meant)
                if meant
                else msg("Known here: {known}.", known=(*sorted(known),))
            )
            message = msg(
                "The template that is extended has no block “{name}”: nothing of it is printed.", name=name
            )
            yield warning("CST-L015", message, span=_found(template.file, line, name), hint=hint)


def _outside(template: _Template) -> Iterator[Diagnostic]:
    """Yield a warning for the first text outside of the blocks of a template that extends another."""
    for node in template.tree.body:
        if isinstance(node, nodes.Output) and any(not _is_blank(inner) for inner in node.nodes):
            line = next(inner.lineno for inner in node.nodes if not _is_blank(inner))
            message = msg("This stands outside of the blocks and is not printed.")
            hint = msg("Put it into a block: {{% block NAME %}} … {{% endblock %}}")
            yield warning("CST-L015", message, span=_line(template.file, line, node), hint=hint)
            return


def _is_blank(node: nodes.Node) -> bool:
    return isinstance(node, nodes.TemplateData) and not node.data.strip()


def _line(file: SourceFile, line: int, output: nodes.Output) -> Span:
    """Return the line in which text begins: Jinja2 counts its white space to it."""
    for inner in output.nodes:
        if not _is_blank(inner):
            data = inner.data if isinstance(inner, nodes.TemplateData) else ""
            line += data[: len(data) - len(data.lstrip())].count("\n")
            break
    text = file.line(line)
    return Span(file, line, len(text) - len(text.lstrip()) + 1, line, len(text) + 1)


def _found(file: SourceFile, line: int, word: str) -> Span:
    column = file.line(line).find(word) + 1
    return Span(file, line, max(1, column), line, max(1, column) + len(word))
