"""``cstprint explain``: what a code means, why it matters, an example, what to do."""

from __future__ import annotations

import re
from pathlib import Path

import click

from cstprint.cli.command import shared_options
from cstprint.cli.language import _, current
from cstprint.cli.report import Reporter
from cstprint.diagnostics import UsageError, error, msg, nearest

FOLDER = Path(__file__).resolve().parents[1] / "explanations"


@click.command(
    "explain", help=_("Explain the code of a message, such as CST-Y020; without one, list them all.")
)
@click.argument("code", required=False, metavar=_("CODE"))
@shared_options
def command(code: str | None, project_folder: Path | None, reporter: Reporter) -> int:  # noqa: ARG001
    """Print the explanation, or the list."""
    entries = explanations(current())
    if code is None:
        if reporter.as_json:
            reporter.data({entry: text.partition("\n")[0] for entry, text in entries.items()})
        else:
            for entry, text in entries.items():
                reporter.result(f"{entry}  {text.partition(chr(10))[0]}")
        return 0
    wanted = code.upper()
    if wanted not in entries:
        wanted = next((entry for entry in entries if entry.endswith("-" + wanted)), wanted)
    if wanted not in entries:
        meant = nearest(wanted, [entry.lower() for entry in entries])
        hint = msg("Did you mean “{meant}”?", meant=meant.upper()) if meant else None
        raise UsageError(error("CST-U010", msg("There is no code “{code}”.", code=code), hint=hint))
    if reporter.as_json:
        reporter.data({"code": wanted, "text": entries[wanted]})
    else:
        reporter.result(f"{wanted}  {entries[wanted]}")
    return 0


def explanations(language: str) -> dict[str, str]:
    """Return code → title and text, in the order of the document."""
    document = (FOLDER / f"{language}.md").read_text("utf-8")
    sections = re.split(r"(?m)^## (CST-[A-Z][0-9]{3}) +", document)[1:]
    return {code: text.strip() for code, text in zip(sections[::2], sections[1::2], strict=True)}
