"""An issue in a layout: the views that templates see, and the HTML they make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateSyntaxError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from cstprint.diagnostics import Diagnostic, Result, error, msg
from cstprint.html.loader import TemplateLoader, TemplateRefused
from cstprint.html.markdown import render_inline, render_prose
from cstprint.html.words import figure_mark, issue_line, words_for
from cstprint.issue.model import (
    Article,
    Block,
    Figure,
    Heading,
    Inline,
    Issue,
    Prose,
    figure_numbers,
)
from cstprint.layout.resolve import Layout
from cstprint.source import SourceText, Span
from cstprint.version import __version__

#: Below an article's own heading (h2) the text's levels 1–3 are h3–h5; h1 is the periodical's name.
FIRST_HEADING = 3


NOTHING = Markup()


@dataclass(frozen=True, slots=True)
class HtmlDocument:
    """The composed page: ``html`` refers to its parts by relative addresses only.

    ``issue/…`` are files of the issue's folder, ``layout/NAME/…`` files of a layout of the chain, so the same
    text serves the engine, a browser and a folder on disk. ``spans`` says where each block id comes from.
    """

    html: str
    spans: Mapping[str, Span]


@dataclass(frozen=True, slots=True)
class IssueView:
    """An issue as a template sees it: plain text, no paths, so that a template reads and writes no files."""

    id: str
    title: str
    title_en: str | None
    publisher: str
    publisher_en: str | None
    author: str
    subject: str
    date: str
    number: int


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure as a template sees it; ``src`` is ``None`` where a draft has a gap instead of the picture."""

    id: str
    src: str | None
    alt: str
    caption: Markup | None
    credit: str | None
    number: int | None
    mark: str
    label: str | None


@dataclass(frozen=True, slots=True)
class BlockView:
    """A block as a template sees it; ``kind`` names its template in ``blocks/``."""

    kind: str
    id: str
    html: Markup = NOTHING
    level: int = 0
    tag: str = ""
    plain: str = ""
    bookmark: int | None = None
    figures: tuple[FigureView, ...] = ()
    captions: str = ""
    columns: int = 1


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article as a template sees it."""

    id: str
    title: str
    standfirst: Markup | None
    byline: str | None
    source: str | None
    blocks: tuple[BlockView, ...]


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the table of contents; ``level`` 1 is an article."""

    level: int
    target: str
    title: Markup


def compose(issue: Issue, layout: Layout, missing: Set[str] = frozenset()) -> Result[HtmlDocument]:
    """Return the issue as HTML in the layout's templates, or why a template failed.

    The pictures of the figures whose ids are ``missing`` are drawn as marked gaps (a draft).
    """
    views = _Views(issue, layout, missing)
    context = {
        "issue": _issue_view(issue),
        "language": issue.language,
        "words": views.words,
        "issue_line": issue_line(issue.date, issue.number, views.words),
        "contents": tuple(views.contents()),
        "cover": views.blocks(issue.cover),
        "articles": tuple(views.article(article) for article in issue.articles),
        "style_sheets": [f"layout/{path.parent.name}/{path.name}" for path in layout.style_sheets()],
        "tokens_css": Markup(tokens_css(layout)),  # values are of checked forms, see layout.manifest
        "tokens": dict(layout.values),
        "generator": f"cstprint {__version__}",
    }
    try:
        html = environment(layout).get_template("issue.html.j2").render(context)
    except Exception as exception:  # noqa: BLE001 - a template is a program: whatever it does wrong is told
        return Result(None, (_template_error(exception),))
    return Result(HtmlDocument(html, dict(_spans(issue))))


def _issue_view(issue: Issue) -> IssueView:
    return IssueView(
        id=issue.id,
        title=str(issue.title),
        title_en=_plain(issue.title_en),
        publisher=str(issue.publisher),
        publisher_en=_plain(issue.publisher_en),
        author=issue.author,
        subject=issue.subject,
        date=issue.date,
        number=issue.number,
    )


def _plain(text: SourceText | None) -> str | None:
    return None if text is None else str(text)


def tokens_css(layout: Layout) -> str:
    """Return the layout's tokens as custom properties of the root."""
    lines = (f"  --cst-{name}: {value};" for name, value in layout.values.items())
    return ":root {\n" + "\n".join(lines) + "\n}"


def environment(layout: Layout) -> ImmutableSandboxedEnvironment:
    """Return the templates of a layout: the child's first, a parent's also as ``PARENT/NAME``."""
    loaders: dict[str, BaseLoader] = {part.name: TemplateLoader(part.folder) for part in layout.parts}
    chain = [loaders[part.name] for part in reversed(layout.parts)]
    return ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([*chain, PrefixLoader(loaders)]),
        autoescape=True,  # select_autoescape() would not cover *.html.j2
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class _Views:
    """Makes the views of one issue in one layout."""

    def __init__(self, issue: Issue, layout: Layout, missing: Set[str]):
        self.issue = issue
        self.missing = missing
        self.words = words_for(issue.language)
        self.numbers = figure_numbers(issue)
        self.depth = layout.integer("contents-depth")

    def contents(self) -> Iterator[ContentsEntry]:
        for article in self.issue.articles:
            if self.depth >= 1:
                yield ContentsEntry(1, article.id, Markup.escape(article.title))
            for block in article.blocks:
                if isinstance(block, Heading) and block.level < self.depth:
                    yield ContentsEntry(block.level + 1, block.id, _inline(block.content))

    def article(self, article: Article) -> ArticleView:
        return ArticleView(
            id=article.id,
            title=str(article.title),
            standfirst=_inline(article.standfirst) if article.standfirst else None,
            byline=_plain(article.byline),
            source=self.words["source"].format(source=article.source) if article.source else None,
            blocks=self.blocks(article.blocks),
        )

    def blocks(self, blocks: tuple[Block, ...]) -> tuple[BlockView, ...]:
        return tuple(self._block(block) for block in blocks)

    def _block(self, block: Block) -> BlockView:
        if isinstance(block, Heading):
            return BlockView(
                "heading",
                block.id,
                html=_inline(block.content),
                level=block.level,
                tag=f"h{FIRST_HEADING + block.level - 1}",
                plain=block.content.plain,
                bookmark=block.level + 1 if block.level < self.depth else None,
            )
        if isinstance(block, Prose):
            return BlockView("prose", block.id, html=render_prose(block.tokens, block.id))
        figures = tuple(self._figure(figure, place) for place, figure in enumerate(block.figures, start=1))
        return BlockView("figures", block.id, figures=figures, captions=block.captions, columns=block.columns)

    def _figure(self, figure: Figure, place: int) -> FigureView:
        number = self.numbers.get(figure.id)
        return FigureView(
            id=figure.id,
            src=None if figure.id in self.missing else issue_address(figure.image),
            alt=str(figure.alt.strip()),
            caption=_inline(figure.caption) if figure.caption else None,
            credit=self.words["credit"].format(credit=figure.credit) if figure.credit else None,
            number=number,
            mark=figure_mark(place),
            label=self.words["figure_label"].format(number=number) if number else None,
        )


def issue_address(path: SourceText) -> str:
    """Return the address of a file of the issue's folder."""
    return "issue/" + quote(str(PurePosixPath(path)))


def _inline(content: Inline) -> Markup:
    return render_inline(content.tokens)


def _spans(issue: Issue) -> Iterator[tuple[str, Span]]:
    for article in issue.articles:
        yield article.id, article.span
    for block in issue.blocks():
        yield block.id, block.span
    for figure in issue.figures():
        yield figure.id, figure.span


def _template_error(exception: Exception) -> Diagnostic:
    """Return a template's error at its file and line, as far as Jinja2 tells."""
    where: Any = None
    line: int | None = None
    if isinstance(exception, TemplateRefused):
        problem = msg("The template cannot be read: {reason}.", reason=exception.reason)
        return error("CST-L005", problem, subject=exception.path)
    if isinstance(exception, TemplateSyntaxError):
        where, line = exception.filename or exception.name, exception.lineno
    else:
        trace = exception.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code.co_filename.endswith(".j2"):
                where, line = trace.tb_frame.f_code.co_filename, trace.tb_lineno
            trace = trace.tb_next
    subject = f"{where}:{line}" if where else None
    return error("CST-L005", msg("The template failed: {reason}", reason=exception), subject=subject)
