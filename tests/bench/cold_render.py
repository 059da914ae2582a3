"""How long a cold `cstprint render` takes beside the bare `weasyprint` command on the HTML that it composed.

Run by `make bench`. Both are whole processes, run in turn (A B A B …) on the same machine, with the same
fontconfig file and PDF options; the ratio is taken pair by pair, because a shared machine's speed drifts.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.paired import paired

from cstprint.engine.document import pdf_options
from cstprint.engine.weasy.environment import use_fonts
from cstprint.job import RenderOptions
from cstprint.pdf.standard import DEFAULT, STANDARDS
from cstprint.project import open_project
from cstprint.rendering import Preparation, prepare

ROOT = Path(__file__).resolve().parents[2]
GOAL = 1.4


def main() -> None:
    """Measure, and print each pair and the median."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--issue", default="issue-2020-02")
    parser.add_argument("--pairs", type=int, default=9)
    options = parser.parse_args()
    project = open_project(ROOT)
    prepared = prepare(project.issue_file(options.issue), project, RenderOptions()).value
    assert prepared is not None, "the issue has errors: cstprint render tells them"
    fontconfig = use_fonts(prepared.library)
    with tempfile.TemporaryDirectory() as folder:
        page = write_html(prepared, Path(folder))
        ours = [bin_path("cstprint"), "render", options.issue, "-q", "-o", f"{folder}/ours.pdf"]
        bare = [bin_path("weasyprint"), *weasyprint_options(), str(page), f"{folder}/bare.pdf"]
        environment = {**os.environ, "FONTCONFIG_FILE": str(fontconfig)}
        paired(
            "cold render, beside weasyprint",
            lambda: run(ours, environment),
            lambda: run(bare, environment),
            GOAL,
            pairs=options.pairs,
        )


def write_html(prepared: Preparation, folder: Path) -> Path:
    """Write the composed HTML with the files it names, as a folder that any browser opens; return its page."""
    for name, layout in prepared.layout_folders().items():
        shutil.copytree(layout, folder / "layout" / name)
    shutil.copytree(prepared.issue.folder, folder / "issue")
    page = folder / "index.html"
    page.write_text(prepared.html.html, "utf-8")
    return page


def weasyprint_options() -> list[str]:
    """Return the engine's PDF options as the command spells them."""
    spelled = []
    for name, value in pdf_options(STANDARDS[DEFAULT].variant).items():
        option = "--" + name.replace("_", "-")
        spelled += [option] if value is True else [option, str(value)]
    return spelled


def bin_path(command: str) -> str:
    """Return the command of this environment."""
    return str(Path(sys.executable).with_name(command))


def run(command: list[str], environment: dict[str, str]) -> None:
    """Run one whole process."""
    subprocess.run(command, check=True, capture_output=True, env=environment, cwd=ROOT)


if __name__ == "__main__":
    main()
