"""Another WeasyPrint: what has changed is named exactly, and what does not depend on it still works."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.projects import ISSUE, SmallProject

ROOT = Path(__file__).resolve().parents[3]
#: Renders the issue that is named first, with the settings after it, and prints what was found as JSON.
RENDER = """
import json, sys
from pathlib import Path
from cstprint import RenderOptions, open_project, render
path, settings = Path(sys.argv[1]), dict(one.split("=") for one in sys.argv[2:])
made = render(path, open_project(path.parents[2]), RenderOptions(settings=settings))
found = [{"code": one.code, "message": str(one.message)} for one in made.diagnostics]
print(json.dumps({"pdf": bool(made.value), "found": found}))
"""


@dataclass
class Fake:
    """A copy of the installed WeasyPrint that a test changes."""

    folder: Path
    project: SmallProject

    def change(self, file: str, change: Callable[[str], str]) -> None:
        """Change the text of a file of the package."""
        path = self.folder / "weasyprint" / file
        before = path.read_text("utf-8")
        after = change(before)
        assert after != before
        path.write_text(after, "utf-8")

    def render(self, *settings: str) -> tuple[bool, dict[str, str]]:
        """Whether there is a PDF, and the message of each code that is found."""
        issue = self.project.root / "issues/one/issue.yaml"
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(self.folder), str(ROOT / "src")))}
        done = subprocess.run(
            [sys.executable, "-c", RENDER, str(issue), *settings],
            capture_output=True, text=True, env=environment, check=False, timeout=300,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        said = json.loads(done.stdout)
        return said["pdf"], {one["code"]: one["message"] for one in said["found"]}


@pytest.fixture
def fake(project: SmallProject, tmp_path: Path) -> Fake:
    import weasyprint

    project.issue(ISSUE)
    folder = tmp_path / "packages"
    shutil.copytree(Path(weasyprint.__file__).parent, folder / "weasyprint")
    made = Fake(folder, project)
    made.change(
        "__init__.py",
        lambda text: re.sub(r"__version__ = '[\d.]+'", "__version__ = '71.0'", text),
    )
    return made


@pytest.mark.slow
def test_a_comment_and_a_docstring_change_nothing(fake: Fake) -> None:
    fake.change(
        "layout/float.py", lambda text: text.replace("def float_layout(", "# A comment.\n\ndef float_layout(")
    )
    fake.change("images.py", lambda text: text + "\n# A comment.\n")
    assert fake.render() == (True, {})


@pytest.mark.slow
def test_a_function_that_has_changed_is_named_with_what_depends_on_it(fake: Fake) -> None:
    fake.change(
        "anchors.py", lambda text: re.sub(r"(def gather_anchors\([^)]*\):\n)", r"\1    assert box\n", text)
    )
    pdf, found = fake.render()
    assert not pdf
    assert found["CST-E005"] == (
        "This WeasyPrint (71.0) differs where cstprint depends on it: "
        "anchors:gather_anchors (its code has changed). This concerns: single links, turned tables."
    )


@pytest.mark.slow
def test_a_parameter_that_has_another_name_is_named(fake: Fake) -> None:
    fake.change("layout/float.py", lambda text: text.replace("bottom_space", "space_below"))
    _, found = fake.render()
    assert "block:float_layout (its parameters were" in found["CST-E005"]
    assert "bottom_space" in found["CST-E005"]
    assert "space_below" in found["CST-E005"]
    assert "whole side floats" in found["CST-E005"]


@pytest.mark.slow
def test_a_function_that_is_not_there_any_more_is_named(fake: Fake) -> None:
    fake.change("draw/text.py", lambda text: text.replace("draw_first_line", "draw_line"))
    pdf, found = fake.render()
    assert not pdf
    assert "draw.text:draw_first_line (it is not there)" in found["CST-E005"]
    assert found["CST-E005"].endswith("This concerns: Chinese lines, emphasis dots, painting noted.")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "old", "new", "left_out"),
    [
        ("draw/text.py", "draw_first_line", "draw_line", "Chinese lines"),
        ("layout/column.py", '"""Lay out a multi-column ``box``."""', "assert box", "columns on the grid"),
        ("anchors.py", "parent_link", "link_around", "single links"),
        ("layout/page.py", "def make_page(", "def make_page(\n    ", "long footnotes"),
        (
            "formatting_structure/build.py",
            "def build_formatting_structure(",
            "def build_formatting_structure(\n    ",
            "page floats",
        ),
    ],
)
def test_stock_lines_render_without_what_does_not_fit(
    fake: Fake, file: str, old: str, new: str, left_out: str
) -> None:
    fake.change(file, lambda text: text.replace(old, new))
    pdf, found = fake.render("line-setting=stock")
    assert pdf
    assert "CST-E005" not in found
    assert left_out in found["CST-E022"]


@pytest.mark.slow
def test_nothing_is_rendered_without_what_the_claim_rests_on(fake: Fake) -> None:
    fake.change("pdf/tags.py", lambda text: text.replace("_build_box_tree", "_build_tree"))
    pdf, found = fake.render("line-setting=stock")
    assert not pdf
    assert "tags" in found["CST-E005"]
