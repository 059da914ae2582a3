"""The group of commands, the options they share, and how a run ends."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from cstprint.cli.language import CHOICES, _
from cstprint.cli.report import Reporter
from cstprint.cli.streams import refusals
from cstprint.diagnostics import (
    CstprintError,
    Diagnostic,
    diagnostic_data,
    error,
    msg,
    system_refusal,
)
from cstprint.version import __version__

#: Command → module and the line that `--help` shows. Modules are imported when their command runs.
COMMANDS: dict[str, str] = {
    "render": _("Render issues to PDF."),
    "batch": _("Render an archive: only what has changed, with a manifest."),
    "new": _("Start a new issue."),
    "import": _("Make an issue from an existing document."),
    "schema": _("Print the JSON Schema of issue.yaml."),
    "layouts": _("List the layouts, show one, or start a new one."),
    "fonts": _("List the fonts, or check them."),
    "explain": _("Explain the code of a message."),
    "doctor": _("Show the versions and files of this installation, and whether it works."),
}


#: Commands whose modules have other names: Python keeps these words.
MODULES = {"import": "import_"}


class _Commands(click.Group):
    """Finds a command's module only when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"cstprint.cli.{MODULES.get(cmd_name, cmd_name)}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section(_("Commands")):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=_Commands,
    help=_("Typeset Chinese periodicals: an issue in YAML and Markdown becomes a PDF."),
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    options_metavar=_("[OPTIONS]"),
    subcommand_metavar=_("COMMAND …"),
)
@click.version_option(
    __version__, prog_name="cstprint", message="%(prog)s %(version)s", help=_("Show the version.")
)
@click.option(
    "--language",
    type=click.Choice(CHOICES),
    help=_("The language of messages; by default that of the locale."),
)
def group(language: str | None) -> None:
    """Take the options that stand before a command."""


def shared_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that all have; it receives ``project_folder`` and a ``reporter``."""
    from functools import wraps

    @click.option(
        "--project",
        "project_folder",
        metavar=_("FOLDER"),
        type=click.Path(path_type=Path),
        help=_("The project's folder; by default found from the current folder."),
    )
    @click.option("-q", "--quiet", is_flag=True, help=_("Print only results and errors."))
    @click.option("-v", "--verbose", is_flag=True, help=_("Print notes as well."))
    @click.option("--json", "as_json", is_flag=True, help=_("Print one JSON value, for programs."))
    @click.option("--debug", is_flag=True, help=_("Show the traceback of an internal error."))
    @click.option(
        "--language",
        type=click.Choice(CHOICES),
        help=_("The language of messages; by default that of the locale."),
    )
    @wraps(function)
    def wrapped(quiet: bool, verbose: bool, as_json: bool, **rest: Any) -> Any:
        del rest["language"], rest["debug"]  # read before click, in cli.main and in run
        reporter = Reporter(verbosity=-1 if quiet else int(verbose), as_json=as_json)
        return function(reporter=reporter, **rest)

    return wrapped


def run(arguments: Sequence[str]) -> int:
    """Run a command and return the exit status; no traceback leaves here without ``--debug``."""
    reporter = Reporter()
    try:
        status = group.main(args=list(arguments), prog_name="cstprint", standalone_mode=False)
    except click.ClickException as exception:
        exception.show()
        return exception.exit_code or 2
    except (click.Abort, KeyboardInterrupt):
        reporter.say(msg("Interrupted."))
        return 130
    except CstprintError as exception:
        _report(reporter, exception.diagnostics, arguments)
        if "--debug" in arguments:
            for note in getattr(exception, "__notes__", ()):
                reporter.tell(note)
        return exception.exit_status
    except OSError as exception:
        if "--debug" in arguments:
            traceback.print_exc()
        _report(reporter, [_folder_gone() or system_refusal(exception)], arguments)
        return 1
    except Exception as exception:  # noqa: BLE001 - the last fence before a traceback on an editor's screen
        if "--debug" in arguments:
            traceback.print_exc()
        _report(reporter, [_fault(exception)], arguments)
        return 3
    return status if isinstance(status, int) else 0


def ended(status: int) -> int:
    """Return the exit status of a command that ended with ``status``, and report output that is lost."""
    lost, problem = refusals()
    if problem is not None:
        Reporter().diagnostics([problem])
    return status or int(lost)


def _report(reporter: Reporter, found: Sequence[Diagnostic], arguments: Sequence[str]) -> None:
    reporter.diagnostics(found)
    if "--json" in arguments:
        reporter.data({"diagnostics": [diagnostic_data(one) for one in found]})


def _folder_gone() -> Diagnostic | None:
    """Return the error that somebody has deleted the folder that the command runs in, if that is so."""
    try:
        Path.cwd()
    except OSError:
        problem = msg("The current folder has been deleted.")
        hint = msg("Go to a folder that exists: cd FOLDER")
        return error("CST-X012", problem, subject=os.environ.get("PWD"), hint=hint)
    return None


def _fault(exception: Exception) -> Diagnostic:
    reason = f"{type(exception).__name__}: {exception}"
    hint = msg("Please report this, with the issue's folder and the output of `--debug`.")
    return error("CST-X002", msg("An internal error of cstprint: {reason}", reason=reason), hint=hint)
