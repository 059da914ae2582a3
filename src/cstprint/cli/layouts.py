"""``cstprint layouts``: which layouts there are, what one is made of, a folder for a new one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cstprint.cli.command import shared_options
from cstprint.cli.language import _, current, half
from cstprint.cli.report import Reporter
from cstprint.diagnostics import CstprintError, Diagnostic, diagnostic_data, msg

if TYPE_CHECKING:
    from cstprint.layout.resolve import Layout, LayoutPart
    from cstprint.project import Project


@click.group(
    "layouts",
    options_metavar="",
    subcommand_metavar=_("COMMAND …"),
    help=_("List the layouts, show one, start a new one, or copy a template into one."),
)
def command() -> None:
    """Hold the four below."""


@command.command(
    "list",
    options_metavar=_("[OPTIONS]"),
    help=_("List the layouts of the project and of the package."),
)
@shared_options
def list_layouts(project_folder: Path | None, reporter: Reporter) -> int:
    """Print a line for each layout; one that is broken does not hide the others."""
    from cstprint.layout.resolve import list_layouts as names_in
    from cstprint.layout.resolve import resolve_layout

    project = _project(project_folder)
    folders = project.layout_folders()
    rows: list[dict[str, Any]] = []
    found: list[Diagnostic] = []
    for name in names_in(folders):
        result = resolve_layout(name, folders, {})
        found += result.diagnostics
        if result.value is not None:
            rows.append(_facts(result.value, project))
    reporter.diagnostics(found)
    if reporter.as_json:
        reporter.data({"layouts": rows, "diagnostics": [diagnostic_data(d) for d in found]})
        return int(bool(found))
    width = max((len(row["name"]) for row in rows), default=0)
    for row in rows:
        told = (spoken(row["title"]), spoken(row["pages"] or ""), _ORIGINS[row["from"]].render(_))
        reporter.result(f"{row['name']:{width}}  " + "  ".join(filter(None, told)))
    return int(bool(found))


@command.command(
    "show",
    options_metavar=_("[OPTIONS]"),
    help=_("Show the parts of a layout: the layouts it extends, tokens, fonts, style sheets, templates."),
)
@click.argument("name", metavar=_("NAME"))
@shared_options
def show_layout(name: str, project_folder: Path | None, reporter: Reporter) -> int:
    """Print all that a designer can change, and where it is set."""
    from cstprint.layout.resolve import resolve_layout

    project = _project(project_folder)
    result = resolve_layout(name, project.layout_folders(), {})
    if result.value is None:
        raise CstprintError(result.diagnostics)
    data = _whole(result.value, project)
    if reporter.as_json:
        reporter.data(data)
        return 0
    for line in _shown(data):
        reporter.result(line)
    return 0


@command.command(
    "new",
    options_metavar=_("[OPTIONS]"),
    help=_("Start a layout: a folder below layouts/ that extends another layout."),
)
@click.argument("name", metavar=_("NAME"))
@click.option(
    "--extends",
    "base",
    metavar=_("NAME"),
    default="newsletter",
    show_default=True,
    help=_("The layout to extend."),
)
@shared_options
def new_layout(name: str, base: str, project_folder: Path | None, reporter: Reporter) -> int:
    """Make the folder, whole or not at all."""
    from cstprint.cli.layout_starter import start_layout
    from cstprint.project import builtin_folder

    folder, files = start_layout(name, base, _project(project_folder), current())
    if reporter.as_json:
        reporter.data({"layout": name, "folder": str(folder), "files": list(files)})
        return 0
    reporter.result(str(folder))
    reporter.say(msg("Edit the files there, then: cstprint render ISSUE --layout {name}", name=name))
    guide = builtin_folder("layouts") / ("README.zh-CN.md" if current() == "zh" else "README.md")
    reporter.say(msg("The designer's guide: {path}", path=str(guide)))
    return 0


@command.command(
    "copy",
    options_metavar=_("[OPTIONS]"),
    help=_("Copy a template of the layouts that a layout extends into its folder, so that it can be edited."),
)
@click.argument("name", metavar=_("NAME"))
@click.argument("template", metavar=_("TEMPLATE"))
@shared_options
def copy_layout_template(name: str, template: str, project_folder: Path | None, reporter: Reporter) -> int:
    """Write the template below the layout's folder; nothing that is there is replaced."""
    from cstprint.cli.layout_copy import copy_template

    path = copy_template(name, template, _project(project_folder))
    if reporter.as_json:
        reporter.data({"layout": name, "file": str(path)})
        return 0
    reporter.result(str(path))
    return 0


def spoken(text: str) -> str:
    """Return the half of “中文 · English” that is in the language spoken now."""
    return half(text, current())


def _project(folder: Path | None) -> Project:
    from cstprint.project import find_project, open_project

    return open_project(folder) if folder else find_project(Path.cwd())


_ORIGINS = {"project": msg("(project)"), "package": msg("(package)")}


def _facts(layout: Layout, project: Project) -> dict[str, object]:
    """Return what a layout is, in a few words."""
    part = layout.parts[-1]
    pages = next((p.manifest.pages for p in reversed(layout.parts) if p.manifest.pages), None)
    return {
        "name": layout.name,
        "title": str(part.manifest.title),
        "pages": str(pages) if pages else None,
        **_place(part, project),
    }


def _place(part: LayoutPart, project: Project) -> dict[str, str]:
    from cstprint.reading.files import shown_path

    own = part.folder.parent == (project.root / "layouts").resolve()
    return {"from": "project" if own else "package", "folder": str(shown_path(part.folder))}


def _whole(layout: Layout, project: Project) -> dict[str, Any]:
    """Return all of a layout: the chain, tokens, families, style sheets and templates, with their places."""
    from cstprint.layout.files import templates_of
    from cstprint.reading.files import shown_path

    return {
        **_facts(layout, project),
        "chain": [{"name": part.name, **_place(part, project)} for part in layout.parts],
        "tokens": [
            {
                "name": name,
                "type": token.type,
                "value": layout.values[name],
                "choices": [str(choice) for choice in token.choices],
                "set_at": f"{token.default.span.file.path}:{token.default.span.line}",
                "help": str(token.help),
            }
            for name, token in layout.tokens.items()
        ],
        "families": list(layout.families),
        "style_sheets": [str(shown_path(path)) for path in layout.style_sheets()],
        "templates": [
            {
                "name": name,
                "file": str(shown_path(parts[0].folder / name)),
                "over": [part.name for part in parts[1:]],
            }
            for name, parts in templates_of(layout).items()
        ],
    }


def _shown(data: dict[str, Any]) -> Iterator[str]:
    """Yield the lines that people read."""
    yield "  ".join(filter(None, (data["name"], spoken(data["title"]), spoken(data["pages"] or ""))))
    yield from ("", _("Layouts, each on top of the one before"))
    yield from _table([(p["name"], p["folder"], _ORIGINS[p["from"]].render(_)) for p in data["chain"]])
    yield from ("", _("Tokens"))
    for token in data["tokens"]:
        choices = f" ({' | '.join(token['choices'])})" if token["choices"] else ""
        yield f"  {token['name']}: {token['value']}"
        yield f"      {spoken(token['help'])}"
        yield f"      {token['type']}{choices}  {token['set_at']}"
    yield from ("", _("Font families"), "  " + ", ".join(data["families"]))
    yield from ("", _("Style sheets, in order"), *(f"  {path}" for path in data["style_sheets"]))
    yield from ("", _("Templates"))
    over = [
        msg("overrides {names}", names=tuple(t["over"])).render(_) if t["over"] else ""
        for t in data["templates"]
    ]
    yield from _table([(t["name"], t["file"], said) for t, said in zip(data["templates"], over, strict=True)])


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  " + "  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
