"""The order of the stages: the only place that knows it.

::

    issue.yaml ─read→ Issue ─compose→ HtmlDocument ─paginate→ PagedDocument ─write→ bytes ─finish→ bytes

Checks stand between the stages; each stage adds its findings, and the way ends where an error makes the rest
meaningless, but never before everything that can be found so far has been reported.
"""

from __future__ import annotations

import datetime
import os
import re
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TypeVar

from cstprint.check.addresses import check_addresses
from cstprint.check.blank import check_blanks
from cstprint.check.classes import check_classes, check_classes_of_texts
from cstprint.check.drawings import check_outlined, families_of, set_drawings
from cstprint.check.faces import Faces
from cstprint.check.figures import check_figures, check_long_floats
from cstprint.check.formulas import draw_formulas
from cstprint.check.glyphs import (
    check_characters,
    check_families,
    check_licences,
    check_pdf_fonts,
    missing_characters,
    place_missing,
)
from cstprint.check.inks import check_inks
from cstprint.check.languages import check_languages
from cstprint.check.lines import check_loose_lines, check_ragged_lines
from cstprint.check.losses import Losses
from cstprint.check.names import check_names
from cstprint.check.numbers import check_numbers
from cstprint.check.page import check_text_block
from cstprint.check.pictures import check_placed, prepare_pictures, shapes_of
from cstprint.check.plates import check_plates
from cstprint.check.references import check_references
from cstprint.check.resolution import check_resolution
from cstprint.check.section_tokens import check_section_tokens
from cstprint.check.structure import check_structure
from cstprint.check.styles import StyleFindings, check_styles
from cstprint.check.tails import check_tails
from cstprint.check.template_places import TemplatePlaces
from cstprint.check.templates import check_templates
from cstprint.check.unmatched import check_unmatched
from cstprint.check.unprinted import check_omits
from cstprint.diagnostics import Diagnostic, Result, Severity, UsageError, error, msg
from cstprint.engine.document import PagedDocument
from cstprint.engine.paginate import LayoutRequest, paginate
from cstprint.engine.passes.budget import Budget, Reason
from cstprint.engine.weasy.environment import use_fonts
from cstprint.engine.write import write
from cstprint.fonts import FontLibrary, load_library
from cstprint.html.characters import with_visible_characters
from cstprint.html.compose import HtmlDocument, compose
from cstprint.html.drawings import PictureFacts
from cstprint.html.titles import Titles
from cstprint.issue.model import Issue
from cstprint.issue.reader import read_issue
from cstprint.job import Rendering, RenderOptions, Sources, Stage
from cstprint.layout.resolve import Layout, resolve_layout
from cstprint.pdf.finish import PdfMetadata, finish
from cstprint.pdf.inspect import PdfFacts, pypdf_errors
from cstprint.pdf.raster import draw_pages
from cstprint.pdf.standard import STANDARDS, Standard, choose_standard
from cstprint.pictures.prepared import PreparedPicture
from cstprint.placement.decisions import Placements
from cstprint.placement.loop import Attempt, settle
from cstprint.project import Project
from cstprint.provenance import attachments_of
from cstprint.reading.controls import LINE_END
from cstprint.stack import with_room

T = TypeVar("T")
_FIGURES = re.compile(r"""<figure\b|class=["'][^"']*\bfigures\b""")


@dataclass(frozen=True, slots=True)
class Preparation:
    """An issue, its layout and fonts: all that is known before anything is laid out."""

    issue: Issue
    layout: Layout
    library: FontLibrary
    html: HtmlDocument
    pictures: Mapping[str, PreparedPicture] = field(default_factory=dict)
    styles: StyleFindings = field(default_factory=StyleFindings)
    #: Drawings of formulas, by their paths.
    drawings: Mapping[str, PreparedPicture] = field(default_factory=dict)
    #: Files in whose place boxes are printed, with their SHA-256, if there are any.
    unprinted: Mapping[str, str | None] = field(default_factory=dict)
    #: The words of drawings that are drawn as outlines, by their figures' ids.
    outlined: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def has_figures(self) -> bool:
        """Whether there are figures on the pages, of the issue or of the layout's own."""
        return _FIGURES.search(self.html.html) is not None

    def layout_folders(self) -> dict[str, Path]:
        """Return the folders of the layout's chain by name."""
        return {part.name: part.folder for part in self.layout.parts}


#: WeasyPrint and Pango are set up for a whole process, and parts of WeasyPrint are replaced while it works.
_ONE_AT_A_TIME = threading.RLock()


def _silent(_: Stage) -> None:
    """Tell nobody."""


def prepare(
    path: Path, project: Project, options: RenderOptions, progress: Callable[[Stage], None] = _silent
) -> Result[Preparation]:
    """Read, check and compose the issue at ``path``; imports no WeasyPrint."""
    progress(Stage.READ)
    found: list[Diagnostic] = []
    issue = _take(read_issue(path), found)
    if issue is None:
        return Result(None, tuple(found))
    layout = _take(_layout_of(issue, project, options), found)
    library = _take(load_library(project.font_folders(), project.cache_folder), found)
    found += check_numbers(issue)
    found += check_names(issue)
    found += check_section_tokens(issue, layout)
    pictures = prepare_pictures(issue, layout, project.cache_folder)
    missing = _sort_pictures(pictures.findings, found, draft=options.draft) | pictures.missing
    unprintable: frozenset[str] = frozenset()
    if library is not None:
        unprintable = missing_characters(issue.texts, library)
        found += check_characters(issue.texts, library, unprintable, draft=options.draft)
    if layout is None or library is None or _failed(found):
        return Result(None, tuple(found))
    families = families_of(layout.values, library)
    drawings = set_drawings(issue, pictures.prepared, library, families)
    missing |= _sort_pictures(drawings.findings, found, draft=options.draft)
    if _failed(found):
        return Result(None, tuple(found))
    progress(Stage.COMPOSE)
    found += (*check_languages(issue, layout, library), *check_omits(layout), *check_text_block(layout))
    found += check_plates(issue)
    templates = TemplatePlaces.of(layout)
    styles = check_styles(layout, library).with_templates(templates)
    found += (*styles.diagnostics, *check_templates(layout, templates.sources))
    formulas = draw_formulas(issue, library, layout.values)
    found += formulas.findings
    shapes = shapes_of(issue, pictures.prepared, layout.values)
    facts = PictureFacts(shapes, formulas.formulas, drawings.outlined)
    html = _take(compose(issue, layout, missing, facts), found)
    if html is None:
        return Result(None, tuple(found))
    html = replace(html, html=with_visible_characters(html.html, unprintable), boxed=unprintable)
    found += check_classes(layout, styles.sheets, templates.sources, html.html)
    found += check_classes_of_texts(issue, styles.sheets)
    found += styles.unreported(check_unmatched(styles.sheets, templates.sources, html.html), found)
    outlined = {figure: words for figure, words in drawings.outlined.items() if figure not in missing}
    drawn = drawings.without(issue, missing)
    ready = Preparation(
        issue, layout, library, html, drawn, styles, formulas.drawings, pictures.unprinted, outlined
    )
    return Result(ready, tuple(found))


def _layout_of(issue: Issue, project: Project, options: RenderOptions) -> Result[Layout]:
    """Return the layout that is asked for, or the issue's own, with the tokens of the issue and of the run."""
    span = None if options.layout else issue.layout.span
    name = options.layout or str(issue.layout)
    settings: dict[str, str] = dict(chain(issue.settings.items(), options.settings.items()))
    lenient = name != issue.layout
    return resolve_layout(name, project.layout_folders(), settings, span, lenient=lenient)


@with_room
def render(
    path: Path,
    project: Project,
    options: RenderOptions = RenderOptions(),
    progress: Callable[[Stage], None] = _silent,
) -> Result[Rendering]:
    """Return the PDF of the issue at ``path``, or all that keeps it from being made.

    Threads may call it: each waits until the render of another has ended. Raises
    :class:`~cstprint.diagnostics.UsageError` for options that do not go together.
    """
    with _ONE_AT_A_TIME:
        return _render(path, project, options, progress)


def _render(
    path: Path, project: Project, options: RenderOptions, progress: Callable[[Stage], None]
) -> Result[Rendering]:
    standard = choose_standard(options.standard, with_files=options.embed_source)
    prepared = prepare(path, project, options, progress)
    found = list(prepared.diagnostics)
    ready = prepared.value
    if ready is None:
        return Result(None, tuple(found))
    use_fonts(ready.library)
    progress(Stage.PAGINATE)
    pages = lay_out(ready, standard, options.max_pages)
    found += ready.styles.explain(pages.diagnostics)
    paged = pages.value
    if paged is None:
        return Result(None, tuple(found))
    found += check_pages(ready, paged, STANDARDS[standard])
    if _failed(found):
        return Result(None, tuple(found))
    progress(Stage.WRITE)
    pdf = _take(write_checked(paged, ready, standard, with_files=options.embed_source), found)
    if pdf is None or _failed(found):
        return Result(None, tuple(found))
    pictures = tuple(draw_pages(pdf, options.picture_dpi)) if options.picture_dpi else ()
    return Result(Rendering(pdf, paged.page_count, pictures, _sources(ready)), tuple(found))


def losses_of(ready: Preparation, paged: PagedDocument) -> Losses:
    """Return what can say which texts of the issue are lost on the pages."""
    return Losses(ready.issue, ready.layout, ready.styles, paged, ready.html)


def check_pages(ready: Preparation, paged: PagedDocument, standard: Standard) -> list[Diagnostic]:
    """Return all that is wrong with laid-out pages: the only list of the checks that look at pages."""
    texts, spans, values = paged.texts, ready.html.spans, ready.layout.values
    found = ready.styles.explain(check_families(texts, ready.library, spans))
    found += Faces(ready.library, ready.styles.rules, paged.declared_at, spans).check(texts)
    losses = losses_of(ready, paged)
    found += losses.on_pages(texts)
    if ready.has_figures:
        found += check_figures(paged.flow, spans, _figure_distance(ready))
    found += check_long_floats(paged.long_floats(), spans)
    found += check_blanks(paged.blanks(), spans)
    found += check_tails(paged.flow, spans) if _fits_last_pages(ready) else ()
    may_lack = losses.printed.omissible_figures
    found += check_placed(ready.issue, ready.pictures, paged.pictures(), may_lack)
    found += check_resolution(ready.issue, ready.pictures, paged.pictures(), values)
    found += check_ragged_lines(paged.ragged_lines(), spans)
    found += check_loose_lines(paged.loose_lines(), spans)
    found += check_references(paged.references())
    found += check_addresses(paged.bare_addresses(), spans)
    if standard.archive:
        found += check_inks(ready.styles.sheets)
    return found


def _sources(ready: Preparation) -> Sources:
    """Return what the PDF shows, as it was read."""
    printed = {path: picture.source_sha256 for path, picture in ready.pictures.items()}
    named = str(ready.issue.layout)
    other = None if named == ready.layout.name else named
    return Sources(ready.layout.name, {**ready.unprinted, **printed}, other)


def lay_out(ready: Preparation, standard: str, max_pages: int) -> Result[PagedDocument]:
    """Return the pages, laid out again while figures have to be deferred for pages without gaps."""
    request = LayoutRequest(
        ready.html,
        ready.issue.folder,
        ready.layout_folders(),
        pictures={**ready.pictures, **ready.drawings},
        stock_lines=ready.layout.values.get("line-setting") == "stock",
        variant=STANDARDS[standard].variant,
        max_pages=max_pages,
    )
    budget = Budget()

    def attempt(placements: Placements, fills_gaps: bool) -> Attempt[Result[PagedDocument]]:
        made = paginate(request, placements, fills_gaps=fills_gaps, budget=budget)
        budget.reason = Reason.FIGURES
        problems = (found.code for found in made.diagnostics if found.severity is not Severity.NOTE)
        return Attempt(made, made.value, frozenset(problems))

    distance = _figure_distance(ready)
    fits = _fits_last_pages(ready)
    best = settle(attempt, distance, lambda: budget.is_spent, fits_last_pages=fits)
    notes = () if best.value is None else budget.notes()
    return Result(best.value, (*best.diagnostics, *notes))


def _fits_last_pages(ready: Preparation) -> bool:
    """Return whether no article is to end on a page of a few lines."""
    return ready.layout.values.get("last-page") != "allow"


def _figure_distance(ready: Preparation) -> int:
    """Return how many pages the layout lets a figure stand after its first reference."""
    return int(ready.layout.values.get("figure-distance", 0))


def write_checked(
    paged: PagedDocument, ready: Preparation, standard: str, *, with_files: bool = False
) -> Result[bytes]:
    """Return the finished PDF, and all that is wrong with it when its bytes are read again."""
    given = ready.issue, ready.pictures, ready.layout, ready.library, standard
    files = attachments_of(*given) if with_files else Result(())
    attachments = files.value
    if attachments is None:
        return Result(None, files.diagnostics)
    metadata = metadata_of(ready.issue)
    written = write(paged, lambda pdf: finish(pdf, metadata, STANDARDS[standard], attachments))
    found = place_missing(ready.styles.explain(written.diagnostics), paged.texts, ready.html.spans)
    if written.value is None:
        return Result(None, tuple(found))
    losses = losses_of(ready, paged)
    found += losses.in_paint()
    archive = STANDARDS[standard].archive is not None
    try:
        facts = PdfFacts(written.value)
        found += (
            *check_pdf_fonts(facts, ready.library),
            *check_licences(facts, ready.library),
            *check_structure(facts, archive=archive),
            *check_outlined(ready.issue, ready.outlined, facts, losses.printed.omissible_figures),
        )
    except pypdf_errors() as exception:
        if not _failed(found):  # what is painted nowhere has numbers that no reader takes
            problem = msg("The PDF cannot be read back: {reason}.", reason=exception)
            found += (error("CST-E013", problem, subject="pypdf"),)
    return Result(written.value, tuple(found))


def metadata_of(issue: Issue) -> PdfMetadata:
    """Return what the PDF says about itself: all of it from the issue, nothing from the clock."""
    return PdfMetadata(
        title=Titles.of(issue).document(issue).replace(LINE_END, " "),
        author=issue.author,
        publisher=str(issue.publisher),
        subject=issue.subject,
        identifier=issue.identifier,
        language=issue.language,
        date=issue.date,
        modified=_source_date(),
    )


def _source_date() -> datetime.datetime | None:
    """Return ``SOURCE_DATE_EPOCH`` as a time, if it is set (reproducible-builds.org)."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not given:
        return None
    try:
        return datetime.datetime.fromtimestamp(int(given), tz=datetime.UTC)
    except (ValueError, OverflowError, OSError):
        problem = msg("“{value}” is not a number of seconds.", value=given[:40])
        raise UsageError(error("CST-U004", problem, subject="SOURCE_DATE_EPOCH")) from None


def _take(result: Result[T], found: list[Diagnostic]) -> T | None:
    """Return a stage's value and keep what it found."""
    found += result.diagnostics
    return result.value


def _sort_pictures(
    checked: Iterable[tuple[str, Diagnostic]], found: list[Diagnostic], *, draft: bool
) -> frozenset[str]:
    """Return the ids of the figures whose pictures cannot be printed; in a draft that is only a warning."""
    missing = set()
    for figure_id, problem in checked:
        if problem.is_error:
            missing.add(figure_id)
        softened = draft and problem.is_error
        found.append(replace(problem, severity=Severity.WARNING) if softened else problem)
    return frozenset(missing)


def _failed(found: list[Diagnostic]) -> bool:
    return any(problem.is_error for problem in found)
