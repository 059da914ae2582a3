"""``cstprint new``: a folder for a new issue, with a file to start from that renders at once."""

from __future__ import annotations

import datetime
import json
import os
import re
from pathlib import Path

import click

from cstprint.cli.command import shared_options
from cstprint.cli.language import _, current
from cstprint.cli.report import Reporter
from cstprint.diagnostics import Diagnostic, UsageError, error, msg, reason_of
from cstprint.importing.writing import scalar
from cstprint.project import Project

STARTERS = Path(__file__).resolve().parents[1] / "starters"
SCHEMA_NAME = "issue.schema.json"


@click.command(
    "new",
    options_metavar=_("[OPTIONS]"),
    help=_("Start a new issue: a folder below issues/ with a file to fill in."),
)
@click.argument("issue", metavar=_("ID"))
@click.option(
    "--layout", metavar=_("NAME"), default="newsletter", show_default=True, help=_("The layout to use.")
)
@shared_options
def command(issue: str, layout: str, project_folder: Path | None, reporter: Reporter) -> int:
    """Make the folder, the file and, where it is not there yet, the schema that editors complete from."""
    from cstprint.issue.schema import json_schema
    from cstprint.output import write_whole
    from cstprint.project import find_project, open_project
    from cstprint.reading.files import link_below, linked_folder, shown_path

    if not re.fullmatch(r"\w[\w.-]{0,60}", issue):
        problem = msg("“{name}” cannot be the id of an issue.", name=issue)
        hint = msg("Use letters, digits and hyphens: issue-2020-03")
        raise UsageError(error("CST-U008", problem, hint=hint))
    project = open_project(project_folder) if project_folder else find_project(Path.cwd())
    check_layout(project, layout)
    path = project.issues_folder / issue / "issue.yaml"
    if os.path.lexists(path):
        problem = msg("There is already an issue “{name}”.", name=issue)
        raise UsageError(
            error("CST-U009", problem, subject=str(shown_path(path)), hint=msg("Choose another id."))
        )
    if link := link_below(project.root, path.parent):
        raise UsageError(linked_folder(link))
    schema = project.issues_folder / SCHEMA_NAME
    try:
        if not schema.exists():
            write_whole(schema, schema_text(json_schema()).encode("utf-8"))
        write_whole(path, _starter(issue, layout, project).encode("utf-8"))
        (path.parent / "images").mkdir(exist_ok=True)
    except OSError as exception:
        raise UsageError(not_made(path, exception)) from None
    if reporter.as_json:
        reporter.data({"issue": issue, "file": str(shown_path(path))})
        return 0
    reporter.result(str(shown_path(path)))
    reporter.say(msg("Fill it in, then: cstprint render {issue}", issue=issue))
    return 0


def check_layout(project: Project, name: str) -> None:
    """Raise ``UsageError`` where the project has no layout of this name."""
    from cstprint.layout.resolve import list_layouts

    known = list_layouts(project.layout_folders())
    if name not in known:
        hint = msg("Known here: {known}.", known=tuple(known))
        raise UsageError(error("CST-L001", msg("There is no layout “{name}”.", name=name), hint=hint))


def not_made(path: Path, exception: OSError) -> Diagnostic:
    """Return the error that an issue's folder, or the file in it at ``path``, cannot be written."""
    from cstprint.reading.files import shown_path

    problem = msg("The issue's folder cannot be made: {reason}.", reason=reason_of(exception))
    hint = msg("Check the folder's permissions and the free space of the disk.")
    return error("CST-U007", problem, subject=str(shown_path(path)), hint=hint)


def schema_text(schema: object) -> str:
    """Return the schema as it is written to a file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _starter(issue: str, layout: str, project: Project) -> str:
    """Return the file to start from; name and publisher are those of the project's last issue."""
    text = (STARTERS / f"issue.{current()}.yaml").read_text("utf-8")
    year, number = _year_and_number(issue)
    values = {
        "layout": layout,
        "date": year,
        "number": number,
        **{key: scalar(value) for key, value in keys_of_last_issue(project).items()},
    }
    for key, value in values.items():
        # The keys of the top level stand at the beginning of a line, some of them as a comment.
        text = re.sub(rf"(?m)^(?:# )?{key}:.*$", f"{key}: {value}".replace("\\", r"\\"), text, count=1)
    return text


def _year_and_number(issue: str) -> tuple[str, str]:
    """Return year and number as the id says them: issue-2020-03 is no. 3 of 2020."""
    if match := re.search(r"((?:19|20)\d\d)\D+0*([1-9]\d{0,2})(?!\d)", issue):
        return match[1], match[2]
    return str(datetime.datetime.now(tz=datetime.UTC).year), "1"


def keys_of_last_issue(project: Project) -> dict[str, str]:
    """Return name, publisher and language of the project's last issue: those of the next one, too."""
    from cstprint.issue.reader import read_issue

    for identity in reversed(project.issue_ids()):
        if (project.issues_folder / identity).is_symlink():
            continue
        last = read_issue(project.issues_folder / identity / "issue.yaml").value
        if last is not None:
            found = {
                "language": last.language,
                "title": last.title,
                "title_en": last.title_en,
                "publisher": last.publisher,
                "publisher_en": last.publisher_en,
            }
            return {key: str(value) for key, value in found.items() if value}
    return {}
