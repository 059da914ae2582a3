"""``cstprint import``: a document that exists to an issue's folder that renders."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import click

from cstprint.cli.command import shared_options
from cstprint.cli.language import _
from cstprint.cli.new import check_layout, keys_of_last_issue, not_made
from cstprint.cli.report import Reporter
from cstprint.diagnostics import (
    Diagnostic,
    Message,
    UsageError,
    diagnostic_data,
    error,
    msg,
)
from cstprint.importing.bring import MADE_OF, Brought, Wishes, bring
from cstprint.languages.known import known_tags
from cstprint.output import write_folder, write_whole
from cstprint.project import ISSUE_FILE, Project, find_project, open_project
from cstprint.reading.files import Refused, link_below, linked_folder, read_below, shown_path
from cstprint.web import Web, is_address


@click.command(
    "import",
    options_metavar=_("[OPTIONS]"),
    help=_(
        "Make an issue of a Word file, of Markdown, of a web page, or of a folder with a file for each article."
    ),
)
@click.argument("sources", metavar=_("FILE|FOLDER|ADDRESS…"), nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    metavar=_("FOLDER"),
    type=click.Path(path_type=Path),
    help=_("The issue's folder; by default issues/ID."),
)
@click.option(
    "--layout", metavar=_("NAME"), default="newsletter", show_default=True, help=_("The layout to use.")
)
@click.option(
    "--text-language",
    type=click.Choice(known_tags()),
    help=_("The language of the text; by default detected."),
)
@click.option(
    "--date", default="", metavar=_("DATE"), help=_("The issue's date: 2024, 2024-03 or 2024-03-15.")
)
@click.option("--number", default="", metavar=_("N"), help=_("The issue's number."))
@click.option(
    "--download",
    is_flag=True,
    help=_("Download the pictures that are on the web; without this option nothing is downloaded."),
)
@click.option("--keep", is_flag=True, help=_("Do not clean the texts."))
@click.option("--force", is_flag=True, help=_("Replace an existing issue."))
@click.option("--dry-run", is_flag=True, help=_("Show what would be made, and make nothing."))
@shared_options
def command(  # noqa: PLR0913 - an argument an option
    sources: tuple[str, ...],
    output: Path | None,
    project_folder: Path | None,
    reporter: Reporter,
    *,
    layout: str,
    text_language: str | None,
    date: str,
    number: str,
    download: bool,
    keep: bool,
    force: bool,
    dry_run: bool,
) -> int:
    """Import each source; the status is 1 where one of them became no issue."""
    if output is not None and len(sources) > 1:
        problem = msg("One folder cannot take {count} issues.", count=len(sources))
        raise UsageError(error("CST-I009", problem, hint=msg("Import them one by one, or omit -o.")))
    project = open_project(project_folder) if project_folder else find_project(Path.cwd())
    wishes = Wishes(layout, text_language or "", date, number, keep, download)
    check_layout(project, layout)
    shared = keys_of_last_issue(project)
    reports: list[dict[str, object]] = []
    web = Web()
    for source in sources:
        made = bring(source if is_address(source) else Path(source), wishes, shared, web)
        found = list(made.diagnostics)
        report: dict[str, object] = {"source": source, "issue": None}
        if made.value is not None:
            folder = output or project.issues_folder / made.value.identity
            problems = _problems(project, made.value, folder, force=force)
            if not problems and not dry_run:
                problems = _write(made.value, folder)
            found += problems
            if not problems:
                report |= _summary(made.value, shown_path(folder))
        report["diagnostics"] = [diagnostic_data(one) for one in found]
        reports.append(report)
        reporter.diagnostics(found)
        if report["issue"] and not reporter.as_json:
            reporter.result(f"{report['folder']}/{ISSUE_FILE}")
            reporter.say(_said(report, dry_run=dry_run))
    if reporter.as_json:
        reporter.data(reports)
    return 0 if all(report["issue"] for report in reports) else 1


def _problems(project: Project, brought: Brought, folder: Path, *, force: bool) -> list[Diagnostic]:
    """Return why an issue cannot be written."""
    if link := link_below(project.root, folder):
        return [linked_folder(link)]
    if force:
        return []
    if os.path.lexists(folder):
        problem = msg("This folder already exists.")
        hint = msg("Choose another folder with -o FOLDER, or replace the issue in it: --force")
        return [error("CST-I009", problem, subject=str(shown_path(folder)), hint=hint)]
    twin = _twin(project, brought.digest)
    if twin is not None:
        problem = msg("This document has been imported before: {issue}", issue=twin)
        return [error("CST-I008", problem, hint=msg("To import it again: --force"))]
    return []


def _twin(project: Project, digest: str) -> str | None:
    """Return the id of the issue that was made of the same document."""
    for identity in project.issue_ids():
        try:
            head = read_below(project.issues_folder, (identity, ISSUE_FILE))[:4000].decode("utf-8", "replace")
        except (OSError, Refused):
            continue
        match = MADE_OF.search(head)
        if match and match[1] == digest:
            return identity
    return None


def _write(brought: Brought, folder: Path) -> list[Diagnostic]:
    """Write the folder; one that is there keeps what is not replaced, and its ``issue.yaml`` is written last."""
    try:
        if folder.is_dir():
            for name in sorted(brought.files, key=lambda name: name == ISSUE_FILE):
                write_whole(folder / name, brought.files[name])
        else:
            write_folder(folder, brought.files)
    except OSError as exception:
        return [not_made(folder, exception)]
    return []


def _summary(brought: Brought, folder: Path) -> dict[str, object]:
    return {
        "issue": folder.name,
        "folder": str(folder),
        "files": sorted(brought.files),
        "articles": brought.articles,
        "pictures": brought.pictures,
    }


def _said(report: Mapping[str, object], *, dry_run: bool) -> Message:
    counts = {"articles": report["articles"], "pictures": report["pictures"]}
    if dry_run:
        return msg("Nothing was written. Articles: {articles}, pictures: {pictures}.", **counts)
    return msg(
        "Articles: {articles}, pictures: {pictures}. Check the result, then: cstprint render {issue}",
        issue=report["issue"],
        **counts,
    )
