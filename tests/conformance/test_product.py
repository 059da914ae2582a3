"""What cstprint makes is what it claims to be, by somebody else's verdict."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cstprint.pdf.inspect import PdfFacts
from cstprint.pdf.standard import STANDARDS
from tests.conformance.outloud import findings
from tests.conformance.verapdf import FLAVOURS, Verdict, judge
from tests.support.projects import ISSUE, REPOSITORY, picture_bytes

pytestmark = pytest.mark.conformance

ISSUES = sorted(path.parent.name for path in REPOSITORY.glob("issues/*/issue.yaml"))
_EVERYTHING = REPOSITORY / "tests/data/everything.yaml"
#: An article as it is pasted: formulas, pictures in lines, code, HTML.
_PASTED = REPOSITORY / "tests/data/pasted.yaml"
#: A drawing with text that is underlined, raised, along a path and from top to bottom.
_DRAWING = REPOSITORY / "tests/data/drawing.svg"

#: A layout that prints a table and a passage in English after the articles.
_TABLE = """\
{% extends "base/issue.html.j2" %}
{% block articles %}
{{ super() }}
<p lang="en">A passage in <span lang="fr">another</span> language.</p>
<table>
<caption>经费</caption>
<thead><tr><th scope="col">年份</th><th colspan="2">项目</th></tr></thead>
<tbody><tr><th scope="row">2019</th><td>12</td><td>3</td></tr></tbody>
</table>
{% endblock %}
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a PDF of each kind that the command makes."""
    root = tmp_path_factory.mktemp("project")
    (root / "cstprint.yaml").touch()
    for language in ("zh-Hans", "zh-Hant", "en"):
        folder = root / "issues" / language
        (folder / "images").mkdir(parents=True)
        (folder / "images/one.png").write_bytes(picture_bytes())
        (folder / "images/二 two.jpg").write_bytes(picture_bytes("JPEG"))
        text = _EVERYTHING.read_text("utf-8").replace("LANGUAGE", language)
        (folder / "issue.yaml").write_text(text, "utf-8")
        run("render", language, "-o", f"{root}/everything-{language}.pdf", cwd=root)
        pasted = root / "issues" / f"pasted-{language}"
        (pasted / "images").mkdir(parents=True)
        (pasted / "images/one.png").write_bytes(picture_bytes())
        (pasted / "issue.yaml").write_text(_PASTED.read_text("utf-8").replace("LANGUAGE", language), "utf-8")
        run("render", f"pasted-{language}", "-o", f"{root}/pasted-{language}.pdf", cwd=root)
    drawing = root / "issues/drawing"
    (drawing / "images").mkdir(parents=True)
    shutil.copy(_DRAWING, drawing / "images")
    figure = "body:\n      - 正文。\n      - {figure: images/drawing.svg, alt: 图, caption: 图注}"
    (drawing / "issue.yaml").write_text(ISSUE.replace("body: 正文。", figure), "utf-8")
    run("render", "drawing", "-o", f"{root}/drawing.pdf", cwd=root)
    run("render", "zh-Hans", "--set", "emphasis=dots", "-o", f"{root}/dots.pdf", cwd=root)
    run("render", "zh-Hans", "--set", "line-setting=stock", "-o", f"{root}/stock.pdf", cwd=root)
    run("render", "issue-2020-02", "-o", f"{root}/issue-2020-02.pdf", cwd=REPOSITORY)
    for issue in ISSUES:
        for layout in ("brief", "bulletin"):
            name = f"{root}/{issue} in {layout}.pdf"
            run("render", issue, "--layout", layout, "-o", name, cwd=REPOSITORY)
    # The specimen has all that a layout may print: it speaks for jianbao.
    name = f"{root}/issue-specimen in jianbao.pdf"
    run("render", "issue-specimen", "--layout", "jianbao", "-o", name, cwd=REPOSITORY)
    table = root / "layouts/table"
    table.mkdir(parents=True)
    (table / "layout.yaml").write_text("title: 表\nextends: base\n", "utf-8")
    (table / "issue.html.j2").write_text(_TABLE, "utf-8")
    run("render", "zh-Hans", "--layout", "table", "-o", f"{root}/table.pdf", cwd=root)
    run("render", "zh-Hans", "--embed-source", "-o", f"{root}/with files.pdf", cwd=root)
    run(
        "render",
        "issue-2020-02",
        "--embed-source",
        "-o",
        f"{root}/issue-2020-02 with files.pdf",
        cwd=REPOSITORY,
    )
    for name in STANDARDS:
        run("render", "zh-Hans", "--standard", name, "-o", f"{root}/as {name}.pdf", cwd=root)
        run("batch", "--all", "--standard", name, "-o", f"{root}/batch", cwd=REPOSITORY)
        for issue in ISSUES:
            (root / f"batch/{issue}.pdf").rename(root / f"{issue} as {name}.pdf")
        shutil.rmtree(root / "batch")
    return root


def run(*arguments: str, cwd: Path) -> None:
    """Run the command; it must make a PDF."""
    done = subprocess.run(
        [sys.executable, "-m", "cstprint", *arguments], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def verdicts(made: Path) -> dict[tuple[str, str], Verdict]:
    return {(v.path.stem, v.flavour): v for v in judge(sorted(made.glob("*.pdf")), (*FLAVOURS, "2u", "3a"))}


@pytest.mark.parametrize("flavour", FLAVOURS)
@pytest.mark.parametrize(
    "name",
    [
        "issue-2020-02",
        *(f"{issue} in {layout}" for issue in ISSUES for layout in ("brief", "bulletin")),
        "issue-specimen in jianbao",
        "everything-zh-Hans",
        "everything-zh-Hant",
        "everything-en",
        "pasted-zh-Hans",
        "pasted-zh-Hant",
        "pasted-en",
        "drawing",
        "dots",
        "stock",
        "table",
    ],
)
def test_what_is_made_by_default_passes(
    verdicts: dict[tuple[str, str], Verdict], name: str, flavour: str
) -> None:
    assert verdicts[name, flavour].passed, str(verdicts[name, flavour])


@pytest.mark.parametrize("name", [name for name in STANDARDS if name != "none"])
@pytest.mark.parametrize("before", ["", *(f"{issue} " for issue in ISSUES)])
def test_what_is_claimed_is_kept(verdicts: dict[tuple[str, str], Verdict], before: str, name: str) -> None:
    standard = STANDARDS[name]
    wanted = [standard.archive] if standard.archive else []
    wanted += ["ua1"] if standard.accessible else []
    for flavour in wanted:
        verdict = verdicts[f"{before}as {name}", flavour]
        assert verdict.passed, str(verdict)


def test_who_listens_meets_nothing_wrong(made: Path) -> None:
    claimed = [name for name, standard in STANDARDS.items() if standard.accessible]
    accessible = [
        path for path in made.glob("*.pdf") if " as " not in path.stem and not path.stem.startswith("as ")
    ]
    accessible += [path for path in made.glob("*.pdf") if path.stem.rpartition("as ")[2] in claimed]
    assert len(accessible) > 20
    # WeasyPrint's own lines leave a glyph without a text where a sequence of emoji is drawn by several (TXT-003); they
    # are a way out where ours do not fit its version, and veraPDF passes them.
    known = {("stock.pdf", "TXT-003")}
    found = [one for one in findings(accessible) if (one.path.name, one.rule) not in known]
    assert list(map(str, found)) == []


@pytest.mark.parametrize("flavour", ["3a", "ua1"])
@pytest.mark.parametrize("name", ["with files", "issue-2020-02 with files"])
def test_what_holds_its_source_passes(
    verdicts: dict[tuple[str, str], Verdict], name: str, flavour: str
) -> None:
    assert verdicts[name, flavour].passed, str(verdicts[name, flavour])


@pytest.mark.parametrize("name", list(STANDARDS))
def test_nothing_is_claimed_that_was_not_asked_for(made: Path, name: str) -> None:
    packet = PdfFacts((made / f"as {name}.pdf").read_bytes()).xmp
    assert ("pdfaid:part" in packet, "pdfuaid:part" in packet) == (name.startswith("a-"), "ua-1" in name)
