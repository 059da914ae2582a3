"""cstprint layouts: which there are, what one is made of, a new one that renders at once."""

from __future__ import annotations

import os
import re

import pytest

from cstprint.cli import language
from cstprint.layout.resolve import Layout, resolve_layout
from cstprint.project import builtin_folder
from tests.conftest import Run
from tests.support.pages import read_pages, text_colours
from tests.support.projects import ISSUE, SEED, SmallProject

BUILT_IN = builtin_folder("layouts")


def codes(err: str) -> list[str]:
    return re.findall(r"error (CST-\w+)", err)


def layout_of(project: SmallProject, name: str = "mine") -> Layout:
    result = resolve_layout(name, [project.root / "layouts", BUILT_IN], {})
    assert result.diagnostics == ()
    assert result.value is not None
    return result.value


# ── list ──


def test_the_list_has_name_title_pages_and_where_a_layout_comes_from(project: SmallProject, run: Run) -> None:
    project.layout("mine", "title: 我的 · My own\nextends: newsletter\n")
    outcome = run("layouts", "list")
    assert (outcome.status, outcome.err) == (0, "")
    lines = {line.split()[0]: line for line in outcome.out.splitlines()}
    assert re.fullmatch(
        r"mine +My own  A4, one column, 35 characters by 34 lines  \(project\)", lines["mine"]
    )
    assert re.fullmatch(r"newsletter +Newsletter  A4, .*  \(package\)", lines["newsletter"])


def test_the_list_is_in_the_language_that_is_spoken(project: SmallProject, run: Run) -> None:
    project.layout("mine", "title: 我的 · My own\nextends: newsletter\n")
    language.use("zh")
    lines = run("layouts", "list").out.splitlines()
    assert "mine        我的  A4，单栏，35 字 × 34 行  （项目）" in lines


def test_a_broken_layout_is_told_and_hides_no_other(project: SmallProject, run: Run) -> None:
    project.layout("mine", "extends: newsletter\n")
    outcome = run("layouts", "list")
    assert (outcome.status, codes(outcome.err)) == (1, ["CST-Y021"])
    assert "newsletter" in outcome.out
    assert "mine" not in outcome.out


def test_the_list_for_programs(project: SmallProject, run: Run) -> None:
    project.layout("mine", "title: T\nextends: newsletter\n")
    data = run("layouts", "list", "--json").data
    (mine,) = [entry for entry in data["layouts"] if entry["name"] == "mine"]
    assert mine == {
        "name": "mine",
        "title": "T",
        "pages": "A4，单栏，35 字 × 34 行 · A4, one column, 35 characters by 34 lines",
        "from": "project",
        "folder": "layouts/mine",
    }
    assert data["diagnostics"] == []


# ── show ──

MINE = "title: Mine\nextends: newsletter\ntokens:\n  accent: '#aa0000'\n"


def test_a_layout_is_shown_with_its_tokens_and_where_each_is_set(project: SmallProject, run: Run) -> None:
    project.layout("mine", MINE)
    shown = run("layouts", "show", "mine").out
    assert re.search(
        r"^  accent: #aa0000\n +the accent colour\n +color  layouts/mine/layout\.yaml:4$", shown, re.M
    )
    assert re.search(r"^  figure-gap: 9pt\n.*\n +length  \S*layouts/base/layout\.yaml:\d+$", shown, re.M)
    assert "keyword (clreq | stock)" in shown


def test_the_help_of_tokens_is_in_the_language_that_is_spoken(project: SmallProject, run: Run) -> None:
    project.layout("mine", MINE)
    language.use("zh")
    shown = run("layouts", "show", "mine").out
    assert "      主色\n" in shown
    assert "the accent colour" not in shown


def test_a_layout_is_shown_with_its_files_and_whose_template_is_used(project: SmallProject, run: Run) -> None:
    project.layout("mine", MINE, blocks_css="", **{"blocks/quote.html.j2": "{{ block.by }}"})
    data = run("layouts", "show", "mine", "--json").data
    assert [part["name"] for part in data["chain"]] == ["base", "newsletter", "mine"]
    assert data["style_sheets"][-1] == "layouts/mine/blocks.css"
    templates = {entry["name"]: entry for entry in data["templates"]}
    assert templates["blocks/quote.html.j2"]["file"] == "layouts/mine/blocks/quote.html.j2"
    assert templates["blocks/quote.html.j2"]["over"] == ["base"]
    assert templates["issue.html.j2"]["file"].endswith("layouts/base/issue.html.j2")
    assert "CST Song" in data["families"]
    assert re.search(
        r"blocks/quote\.html\.j2 +layouts/mine/blocks/quote\.html\.j2 +overrides base",
        run("layouts", "show", "mine").out,
    )


def test_a_layout_that_is_not_there_is_told_with_the_nearest(run: Run) -> None:
    outcome = run("layouts", "show", "newsleter")
    assert (outcome.status, codes(outcome.err)) == (1, ["CST-L001"])
    assert "Did you mean “newsletter”?" in outcome.err


# ── new ──


#: The designer's guide, by the language that is spoken.
GUIDES = {"zh": "README.zh-CN.md", "en": "README.md"}


@pytest.mark.render
@pytest.mark.parametrize("tongue", ["zh", "en"])
def test_a_new_layout_renders_at_once_without_a_word(tongue: str, project: SmallProject, run: Run) -> None:
    project.issue(ISSUE)
    language.use(tongue)
    made = run("layouts", "new", "mine")
    assert (made.status, made.out) == (0, "layouts/mine\n")
    assert "cstprint render" in made.err
    assert str(BUILT_IN / GUIDES[tongue]) in made.err
    language.use("en")
    outcome = run("render", "one", "--layout", "mine", "--strict")
    assert (outcome.status, outcome.err) == (0, "")
    assert project.outputs() == ["dist/one.mine.pdf"]


@pytest.mark.parametrize("tongue", ["zh", "en"])
def test_every_token_stands_in_a_new_layout_as_a_note_that_is_right(
    tongue: str, project: SmallProject, run: Run
) -> None:
    language.use(tongue)
    run("layouts", "new", "mine", "--extends", "newsletter")
    before = layout_of(project)
    path = project.root / "layouts/mine/layout.yaml"
    path.write_text(re.sub(r"(?m)^  # (?=[a-z-]+: )", "  ", path.read_text("utf-8")), "utf-8")
    after = layout_of(project)
    assert after.values == before.values == layout_of(project, "newsletter").values
    assert {str(token.default.span.file.path.parent.name) for token in after.tokens.values()} == {"mine"}


def test_what_stands_in_a_new_layout_as_an_example_is_right(project: SmallProject, run: Run) -> None:
    run("layouts", "new", "mine", "--extends", "base")
    hint = (project.root / "layouts/mine/blocks/README").read_text("utf-8")
    assert '{% extends "base/issue.html.j2" %}' in hint
    for name in ("page.css", "blocks.css", "layout.yaml"):
        text = (project.root / "layouts/mine" / name).read_text("utf-8")
        assert "base" in text
        assert not re.search("NAME|BASE|PAGES", text)


@pytest.mark.parametrize(
    ("tongue", "said"), [("zh", "# pages: A4，双栏"), ("en", "# pages: A4, two columns")]
)
def test_a_new_layout_notes_the_pages_of_its_parent(
    tongue: str, said: str, project: SmallProject, run: Run
) -> None:
    language.use(tongue)
    run("layouts", "new", "mine", "--extends", "bulletin")
    assert said in (project.root / "layouts/mine/layout.yaml").read_text("utf-8")


def test_a_new_layout_for_programs(project: SmallProject, run: Run) -> None:
    data = run("layouts", "new", "mine", "--json").data
    files = ["blocks/README", "blocks.css", "layout.yaml", "page.css"]
    assert data == {"layout": "mine", "folder": "layouts/mine", "files": files}
    assert (project.root / "layouts/mine").stat().st_mode & 0o777 == 0o777 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@pytest.mark.parametrize("name", ["mine", "newsletter", "base", "notes.txt"])
def test_what_is_there_is_left_alone(name: str, project: SmallProject, run: Run) -> None:
    project.layout("mine", "title: M\n")
    project.write("layouts/notes.txt/a", "b")
    outcome = run("layouts", "new", name)
    expected = "CST-L008" if "." in name else "CST-L009"
    assert (outcome.status, codes(outcome.err)) == (2, [expected])
    assert [path.name for path in (project.root / "layouts/mine").iterdir()] == ["layout.yaml"]
    assert sorted(path.name for path in (project.root / "layouts").iterdir()) == ["mine", "notes.txt"]


@pytest.mark.parametrize(
    "name", ["", "a/b", "../a", "..", ".a", "-a", "a b", "/a", "a\n", "a:b", "a.b", "_a"]
)
def test_a_name_that_cannot_be_a_folder_is_told(name: str, project: SmallProject, run: Run) -> None:
    outcome = run("layouts", "new", "--", name)
    assert (outcome.status, codes(outcome.err)) == (2, ["CST-L008"])
    assert not (project.root / "layouts").exists()


def test_a_base_that_is_not_there_is_told_with_the_nearest(project: SmallProject, run: Run) -> None:
    outcome = run("layouts", "new", "mine", "--extends", "newsleter")
    assert (outcome.status, codes(outcome.err)) == (2, ["CST-L001"])
    assert "Did you mean “newsletter”?" in outcome.err
    assert not (project.root / "layouts").exists()


def test_a_disk_that_is_full_leaves_nothing_behind(
    project: SmallProject, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    outcome = run("layouts", "new", "mine")
    assert (outcome.status, codes(outcome.err)) == (2, ["CST-U007"])
    assert "the disk is full" in outcome.err
    assert list((project.root / "layouts").iterdir()) == []


def test_a_layouts_folder_that_is_a_link_is_not_written_into(project: SmallProject, run: Run) -> None:
    (project.root / "elsewhere").mkdir()
    (project.root / "layouts").symlink_to("elsewhere")
    outcome = run("layouts", "new", "mine")
    assert (outcome.status, codes(outcome.err)) == (2, ["CST-U013"])
    assert list((project.root / "elsewhere").iterdir()) == []


# ── what a designer writes ──

#: The whole of it: a token in layout.yaml, and a nameplate of his own.
TOKEN = "  accent: '#aa0000'\n"
OMITS = "omits: [issue-title-en, publisher-en]\n"
NAMEPLATE = """\
<header class="nameplate">
<p class="issue-line">{{ issue_line }}</p>
<h1 class="title">{{ issue.title }}</h1>
<p class="publisher">{{ issue.publisher }}</p>
</header>
"""


@pytest.mark.render
def test_a_token_and_a_block_give_a_new_design_in_under_ten_lines(project: SmallProject, run: Run) -> None:
    assert len((TOKEN + OMITS + NAMEPLATE).splitlines()) < 10
    project.issue(SEED.read_text("utf-8"))
    for picture in (SEED.parent / "images").iterdir():
        project.write(f"issues/one/images/{picture.name}", picture.read_bytes())
    assert run("layouts", "new", "mine", "--extends", "newsletter").status == 0
    manifest = project.root / "layouts/mine/layout.yaml"
    manifest.write_text(re.sub(r"(?m)^  # accent: .*\n", TOKEN, manifest.read_text("utf-8")) + OMITS, "utf-8")
    project.write("layouts/mine/blocks/nameplate.html.j2", NAMEPLATE)

    outcomes = [
        run("render", "one", "--strict", "--layout", name, "-o", f"{name}.pdf")
        for name in ("newsletter", "mine")
    ]

    assert [(outcome.status, outcome.err) for outcome in outcomes] == [(0, ""), (0, "")]
    theirs, mine = ((project.root / f"{name}.pdf").read_bytes() for name in ("newsletter", "mine"))
    assert "#17406d" in text_colours(theirs)
    assert "#17406d" not in text_colours(mine)
    assert "#aa0000" in text_colours(mine)
    assert _order_on_cover(theirs) == ["publisher", "title", "issue line"]
    assert _order_on_cover(mine) == ["issue line", "title", "publisher"]


def _order_on_cover(pdf: bytes) -> list[str]:
    """The lines of the nameplate from top to bottom."""
    parts = {"中国科技通讯": "title", "2020": "issue line", "科学技术部": "publisher"}
    found: dict[str, float] = {}
    for line in read_pages(pdf)[0].lines:
        text = re.sub(r"\s", "", line.text)
        for words, part in parts.items():
            if words in text:
                found.setdefault(part, line.box.top)
    return sorted(found, key=lambda part: found[part])
