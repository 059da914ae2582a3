"""An issue in a layout: the views that templates see, and the HTML they make."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    PrefixLoader,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from cstprint.diagnostics import Result, msg
from cstprint.html.contents import contents_of
from cstprint.html.drawings import NO_FACTS, PictureFacts
from cstprint.html.failures import NamedUndefined, Templates
from cstprint.html.layout_pictures import with_layout_pictures
from cstprint.html.loader import TemplateLoader, TemplateRefused
from cstprint.html.printed import UnprintableError, refusing, unprintable
from cstprint.html.section_tokens import pages_css
from cstprint.html.views import Views
from cstprint.issue.model import Issue
from cstprint.issue.names import pictures_of
from cstprint.issue.passages import like_english
from cstprint.languages.dates import date_in_words, issue_line
from cstprint.layout.resolve import Layout
from cstprint.source import Span
from cstprint.version import __version__

#: The cascade layer of the tokens, below those of all layouts.
TOKENS_LAYER = "tokens"
#: The template that a page is made by.
ROOT = "issue.html.j2"


@dataclass(frozen=True, slots=True)
class HtmlDocument:
    """The composed page: ``html`` refers to its parts by relative addresses only.

    ``issue/…`` are files of the issue's folder, ``layout/NAME/…`` files of a layout of the chain, so the same
    text serves the engine, a browser and a folder on disk. ``spans`` says where each block id comes from,
    ``boxed`` are the characters in whose place there are boxes with their codes, ``note_marks`` is the form of the
    numbers of notes (:data:`cstprint.html.marks.FORMS`), ``like_english`` are the tags of the languages for which the
    layouts' rules for English hold.
    """

    html: str
    spans: Mapping[str, Span]
    boxed: frozenset[str] = frozenset()
    note_marks: str = "digits"
    like_english: tuple[str, ...] = ()


def compose(
    issue: Issue,
    layout: Layout,
    missing: Set[str] = frozenset(),
    pictures: PictureFacts = NO_FACTS,
) -> Result[HtmlDocument]:
    """Return the issue as HTML in the layout's templates, or why a template failed.

    The pictures of the figures whose ids are ``missing`` are drawn as marked gaps (a draft).
    """
    views = Views(issue, layout, missing, pictures)
    context = {
        "issue": views.issue_view(),
        "language": issue.language,
        "words": views.words,
        "issue_line": issue_line(issue.date, issue.number, views.language),
        "issue_date": "" if issue.date is None else date_in_words(issue.date, views.language),
        "issue_number": issue_line(None, issue.number, views.language),
        "document_title": views.titles.document(issue),
        "contents": contents_of(issue, layout, views.titles),
        "cover": views.cover(),
        "sections": views.sections(),
        "colophon": tuple((label, str(text)) for label, text in issue.colophon.items()),
        "style_sheets": [f"layout/{path.parent.name}/{path.name}" for path in layout.style_sheets()],
        "tokens_css": Markup(_layered(tokens_css(layout), pages_css(issue, layout))),
        "tokens": dict(layout.values),
        "generator": f"cstprint {__version__}",
    }
    templates = environment(layout)
    try:
        html = templates.get_template(ROOT).render(context)
        if reason := unprintable(html, issue.file.text):
            attentive = environment(layout)  # another one: this one keeps the templates that it has compiled
            attentive.finalize = refusing(issue.file.text)
            attentive.get_template(ROOT).render(context)
            raise UnprintableError(reason)
    except Exception as exception:  # noqa: BLE001 - a template is a program: whatever it does wrong is reported
        return Result(None, (Templates(layout, templates, context).failure(exception),))
    html = with_layout_pictures(html, layout)
    made = HtmlDocument(
        html, dict(_spans(issue)), note_marks=views.language.note_marks, like_english=like_english(issue)
    )
    return Result(made)


def _layered(*rules: str) -> str:
    """Return rules in the layer of the tokens, as markup: their values are of checked forms (layout.manifest)."""
    return f"@layer {TOKENS_LAYER} {{\n" + "\n".join(filter(None, rules)) + "\n}"


def tokens_css(layout: Layout) -> str:
    """Return the layout's tokens as custom properties of the root."""
    values = {**layout.values, **_measure(layout.values)}
    lines = (f"  --cst-{name}: {value};" for name, value in values.items())
    return ":root {\n" + "\n".join(lines) + "\n}"


def _measure(values: Mapping[str, str]) -> Mapping[str, str]:
    """Return the measure without its em, which is that of running text wherever the measure is used."""
    characters = re.fullmatch(r"(.+)em", values.get("measure", ""))
    size = re.fullmatch(r"([\d.]+)([a-z]+)", values.get("size", ""))
    if characters is None or size is None or size[2] == "em":
        return {}
    return {"measure": f"{Decimal(characters[1]) * Decimal(size[1]):f}{size[2]}"}


def environment(layout: Layout) -> ImmutableSandboxedEnvironment:
    """Return the templates of a layout: the child's first; ``PARENT/NAME`` is what the parent itself would take."""
    chain: list[BaseLoader] = []
    seen_by: dict[str, BaseLoader] = {}
    for part in layout.parts:
        chain.insert(0, TemplateLoader(part.folder))
        seen_by[part.name] = ChoiceLoader(list(chain))
    made = _Environment(
        loader=ChoiceLoader([*chain, PrefixLoader(seen_by)]),
        autoescape=True,  # select_autoescape() would not cover *.html.j2
        undefined=NamedUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # What they give is another in each render.
    del made.filters["random"], made.globals["lipsum"]
    return made


class _Environment(ImmutableSandboxedEnvironment):
    """Says of which template it is that Python cannot read what Jinja2 has made: its own errors name none."""

    def compile(self, source: Any, name: Any = None, filename: Any = None, *rest: Any, **options: Any) -> Any:
        key = (str(source), name, filename, self.finalize is not None)
        if key in _compiled and not rest and not options:
            return _compiled[key]
        try:
            code = super().compile(source, name, filename, *rest, **options)
        except (SyntaxError, RecursionError, MemoryError, ValueError):
            reason = msg("something in it is nested too deeply, or too large")
            raise TemplateRefused(str(filename or name), reason) from None
        if not rest and not options:
            if len(_compiled) >= MAX_COMPILED:
                _compiled.clear()
            _compiled[key] = code
        return code


#: More templates than any chain of layouts has.
MAX_COMPILED = 500
#: Compiled templates by text, name, file and whether all that is printed is looked at: what a process has compiled,
#: those forked from it need not.
_compiled: dict[tuple[str, Any, Any, bool], Any] = {}


def _spans(issue: Issue) -> Iterator[tuple[str, Span]]:
    for section in issue.sections:
        if section.span is not None:
            yield section.id, section.span
    for article in issue.articles:
        yield article.id, article.span
    for block in issue.blocks():
        yield block.id, block.span
    for figure in pictures_of(issue):
        yield figure.id, figure.span
