"""``cstprint schema``: the JSON Schema of issue.yaml, which lets editors complete and check while typing."""

from __future__ import annotations

from pathlib import Path

import click

from cstprint.cli.command import shared_options
from cstprint.cli.language import _
from cstprint.cli.report import Reporter


@click.command("schema", options_metavar=_("[OPTIONS]"), help=_("Print the JSON Schema of issue.yaml."))
@shared_options
def command(project_folder: Path | None, reporter: Reporter) -> int:  # noqa: ARG001 - the same for every project
    """Print it."""
    from cstprint.issue.schema import json_schema

    reporter.data(json_schema())
    return 0
