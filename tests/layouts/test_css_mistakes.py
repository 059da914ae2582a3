"""A designer's mistakes in CSS: each is told at its file, line and column, once, with a way out, and never a traceback."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from cstprint.diagnostics import Diagnostic
from cstprint.job import RenderOptions
from cstprint.project import open_project
from cstprint.rendering import render
from tests.conftest import Run
from tests.support.projects import ISSUE, SmallProject, picture_bytes

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]

MINE = ISSUE.replace("layout: base", "layout: mine")

#: What is written in blocks.css, where it is told (line:column), the code, and what the way out says.
SLIPS = {
    "missing brace": (
        "p { color: red;\n.box { margin: 0 }\n",
        "1:3 CST-L010",
        "Close it with } before line 2",
    ),
    "missing brace and semicolon": ("p { color: red\n.box { margin: 0 }", "1:3 CST-L010", "before line 2"),
    "missing brace at the end": ("p { color: red", "1:3 CST-L010", "Close it with }"),
    "brace too many": ("p { color: red }\n}\nh2 { color: red }", "2:1 CST-L010", "Delete it"),
    "unclosed string": (
        'p::before { content: "甲; }\nh2 { color: red }',
        "1:22 CST-L010",
        'Close it with " on the same line',
    ),
    "unclosed note": ("p { color: red }\n/* note\nh2 { color: red }", "2:1 CST-L010", "Close it with */"),
    "unclosed bracket": ("p { width: calc(1pt + 2pt; color: red }", "1:16 CST-L010", "Close it with )"),
    "missing semicolon": (
        "p {\n  color: red\n  margin: 0;\n}",
        "2:3 CST-E002",
        "a semicolon after “color: red”",
    ),
    "missing colon": ("p {\n  color red;\n}", "2:3 CST-L010", "a property, a colon, a value"),
    "semicolon behind a rule": ("p { color: red };\nh2 { color: red }", "1:17 CST-L010", "Delete it"),
    "// for a note": ("// red\np { color: red }", "1:1 CST-L010", "/* … */"),
    "full-width colon and semicolon": ("p {\n  color：red；\n}\n", "2:8 CST-L010", "half-width character: :"),
    "full-width semicolon": ("p { color: red；margin: 0 }", "1:15 CST-L010", "half-width character: ;"),
    "full-width quotes": ("p::before { content: “甲” }", "1:22 CST-L010", 'half-width character: "'),
    "full-width comma": ("h1，h2 { color: red }", "1:3 CST-L010", "half-width character: ,"),
    "full-width space": ("p　{ color: red }", "1:2 CST-L010", "half-width character: a space"),
    "half a calculation": ("p { width: calc(1pt + ) }", "1:5 CST-E002", "its unit"),
    "full-width braces": ("p ｛ color: red ｝", "1:3 CST-L010", "half-width character: {"),
}
NAMES = {
    "unknown property": ("p { colr: red }", "1:5 CST-E002", "Did you mean “color: red”?"),
    "property of browsers": (
        "p {\n  text-shadow: 1pt 1pt red;\n}",
        "2:3 CST-E002",
        "WeasyPrint does not support this property",
    ),
    "property for screens": (
        "p { transition: all 1s }",
        "1:5 CST-E002",
        "WeasyPrint does not support this property",
    ),
    "prefix of browsers": ("p { -webkit-hyphens: auto }", "1:5 CST-E002", "Did you mean “hyphens: auto”?"),
    "unknown value": ("p { text-align: middel }", "1:5 CST-E002", "left, right, center"),
    "misspelt value": ("p { text-align: centre }", "1:5 CST-E002", "Did you mean “text-align: center”?"),
    "misspelt value of a grid": ("p { display: grdi }", "1:5 CST-E002", "Did you mean “display: grid”?"),
    "tracks that are not set": (
        "p { grid-template-columns: subgrid }",
        "1:28 CST-E002",
        "Write the grid tracks explicitly",
    ),
    "wrong value of flex": ("p { justify-content: centr }", "1:5 CST-E002", "“justify-content: center”"),
    "wrong unit": ("p { font-size: 12ptt }", "1:5 CST-E002", "Did you mean “font-size: 12pt”?"),
    "space before a unit": ("p { font-size: 12 pt }", "1:5 CST-E002", "Did you mean “font-size: 12pt”?"),
    "no unit": ("p { font-size: 12 }", "1:5 CST-E002", "Did you mean “font-size: 12pt”?"),
    "no spaces in calc": ("p { width: calc(1pt+2pt) }", "1:5 CST-E002", "“width: calc(1pt + 2pt)”"),
    "five digits of a colour": ("p { color: #12345 }", "1:5 CST-E002", "a colour such as #17406d"),
    "misspelt colour": ("p { color: balck }", "1:5 CST-E002", "Did you mean “color: black”?"),
    "misspelt !important": ("p { color: red !importnt }", "1:5 CST-E002", "“color: red !important”"),
    "misspelt function": (
        "@page { @bottom-center { content: couter(page) } }",
        "1:26 CST-E002",
        "“content: counter(page)”",
    ),
    "unknown token": ("p { color: var(--cst-acent) }", "1:16 CST-L003", "Did you mean “--cst-accent”?"),
    "unknown token with a fallback": (
        "p {\n  color: var(--cst-acent, red) }",
        "2:14 CST-L003",
        "Did you mean “--cst-accent”?",
    ),
    "unknown token on the page": (
        "@page { @top-left { color: var(--cst-quite) } }",
        "1:32 CST-L003",
        "Did you mean “--cst-quiet”?",
    ),
    "token set under a wrong name": (":root { --cst-tnt: #a00 }", "1:9 CST-L003", "“--cst-tint”"),
    "unknown property of one's own": ("p { margin: var(--gap) }", "1:17 CST-L003", "--"),
    "unknown pseudo-class": (
        "\np:frist-child { color: red }",
        "2:1 CST-E002",
        "Did you mean “:first-child”?",
    ),
    "unknown pseudo-element": ("p::befor { content: '甲' }", "1:1 CST-E002", "Did you mean “::before”?"),
    "broken selector": ("p > > a { color: red }", "1:1 CST-E002", "Correct it"),
    "state of a screen": ("a:hover { color: red }", "1:3 CST-L011", "Remove the rule"),
    "medium of a screen": ("@media screen { p { color: red } }", "1:8 CST-L011", "@media print"),
    "misspelt medium": ("@media prnt { p { color: red } }", "1:8 CST-L011", "@media print"),
    "width of a window": ("@media (max-width: 9in) { p { color: red } }", "1:1 CST-E002", "@media print"),
    "@supports": ("@supports (display: grid) { p { color: red } }", "1:1 CST-E002", "remove it"),
    "unknown margin box": (
        "@page { @top-middle { content: '甲' } }",
        "1:9 CST-E002",
        "Did you mean “@top-left”?",
    ),
    "misspelt margin box": ("@page { @bottom-centre { content: '甲' } }", "1:9 CST-E002", "“@bottom-center”"),
    "misspelt page": ("@page :frist { margin: 0 }", "1:1 CST-E002", "Did you mean “:first”?"),
    "misspelt size": ("@page { size: A4 landscap }", "1:9 CST-E002", "Did you mean “size: A4 landscape”?"),
    "unknown name of a page": (
        "@page cover { margin: 0 }\n.cover { page: covr }",
        "2:16 CST-L012",
        "Did you mean “cover”?",
    ),
    "no page of that name": (".cover { page: wide }", "1:16 CST-L012", "Add it: @page wide { … }"),
    "unknown family": ("p { font-family: 'CST Sung' }", "1:18 CST-F012", "Did you mean “CST Song”?"),
    "unknown family without quotes": ("p { font-family: CST Sung }", "1:18 CST-F012", "“CST Song”"),
    "family of the machine": ("p { font-family: 楷体 }", "1:18 CST-F012", "Did you mean “CST Kai”?"),
    "class misspelt": (".figre { color: red }", "1:2 CST-L016", "Did you mean “figure”?"),
    "class with letters exchanged": ("p, .article-tilte { color: red }", "1:5 CST-L016", "“article-title”"),
    "class of a note": (":not(.note-cal) { color: #000 }", "1:7 CST-L016", "Did you mean “note-call”?"),
    "import behind a rule": (
        "p { color: red }\n@import 'more.css';",
        "2:1 CST-E002",
        "to the top of the file",
    ),
}
FILES = {
    "missing style sheet": ("@import 'mor.css';", "1:9 CST-E003", "Did you mean “more.css”?"),
    "missing picture": ("p { background: url(images/log.png) }", "1:17 CST-E003", "“images/logo.png”"),
    "picture of another layout": (
        "h2 { background: url('../base/a.png') }",
        "1:22 CST-E003",
        "Put the file there",
    ),
    "picture of the machine": ("body { background: url(/etc/a.png) }", "1:20 CST-E003", "own folders only"),
    "@font-face": ("@font-face { font-family: A; src: url('a.ttf') }", "1:39 CST-E003", "fonts folder"),
}


RIGHT = (
    "p { --gap: 3pt; margin: var(--gap) }",
    "p { margin: var(--other, 3pt) }",
    "p { --cst-emphasis-mark: dots; --cst-whole-lines: yes; --cst-han-latin-gap: 0 }",
    "p::before { content: '：；“”' } /* ：；“” // */",
    "p::before { content: 'it\\'s {' }",
    "a[href^='http://'] { color: red }",
    "@media print, screen { p { color: red } }",
    "@page wide { margin: 0 } .cover { page: wide }",
    "p { font-family: inherit } h2 { font: 12pt 'CST Hei' }",
    ".box { p { color: red } &.wide { color: red } }",
    "@page { @bottom-center { color: red } }",
    "@layer a { p { color: red } }",
    ".wide, .mine, .level-4, .columns-5, .boxed, .note2 { color: red }",
)


def found_in(project: SmallProject, css: str, **files: str) -> list[Diagnostic]:
    """All messages about an issue in a layout with this blocks.css, those of contrast left out: many rules use red."""
    project.layout("mine", blocks_css=css, **files)
    path = project.issue(MINE)
    found = render(path, open_project(project.root), RenderOptions()).diagnostics
    return [one for one in found if one.code != "CST-E042"]


def place_of(found: Diagnostic, first_line: int = 1) -> str:
    """Where something is told in blocks.css, counted from a line of it, and its code."""
    assert found.span is not None
    assert found.span.file.path.name == "blocks.css"
    return f"{found.span.line - first_line + 1}:{found.span.column} {found.code}"


@pytest.mark.parametrize("mistake", SLIPS)
def test_a_slip_of_the_pen_is_told_once_at_its_place(mistake: str, project: SmallProject) -> None:
    css, place_and_code, way_out = SLIPS[mistake]
    (found,) = found_in(project, css)
    assert place_of(found) == place_and_code
    assert way_out in str(found.hint)


@dataclass(frozen=True)
class Together:
    """Mistakes in one style sheet: what is told of each, and the line on which it begins."""

    found: dict[str, list[Diagnostic]]
    first_line: dict[str, int]


def together(project: SmallProject, mistakes: dict[str, tuple[str, str, str]], **files: str) -> Together:
    """Write mistakes, which do not touch each other, below each other, and render once."""
    first_line, rows = {}, 0
    for mistake, (css, _place, _way_out) in mistakes.items():
        first_line[mistake] = rows + 1
        rows += css.count("\n") + 1
    told: dict[str, list[Diagnostic]] = {mistake: [] for mistake in mistakes}
    for one in found_in(project, "\n".join(css for css, _place, _way_out in mistakes.values()), **files):
        assert one.span is not None, str(one)
        told[max((m for m in mistakes if first_line[m] <= one.span.line), key=first_line.__getitem__)].append(
            one
        )
    return Together(told, first_line)


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory, _built_in_fonts: None) -> Together:
    """What is told of the names that are not known."""
    return together(SmallProject(tmp_path_factory.mktemp("names")), NAMES)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, _built_in_fonts: None) -> Together:
    """What is told of the files that cannot be read."""
    project = SmallProject(tmp_path_factory.mktemp("files"))
    project.write("layouts/mine/images/logo.png", picture_bytes())
    return together(project, FILES, page_css="@import 'more.css';", **{"more.css": ""})


@pytest.mark.parametrize("mistake", NAMES)
def test_a_name_that_is_not_known_is_told_with_what_was_meant(mistake: str, names: Together) -> None:
    _css, place_and_code, way_out = NAMES[mistake]
    (found,) = names.found[mistake]
    assert place_of(found, names.first_line[mistake]) == place_and_code
    assert way_out in str(found.hint)


@pytest.mark.parametrize("mistake", FILES)
def test_a_file_that_cannot_be_read_is_told_where_it_is_named(mistake: str, files: Together) -> None:
    _css, place_and_code, way_out = FILES[mistake]
    (found,) = files.found[mistake]
    assert found.is_error
    assert "cst://" not in str(found.message)
    assert place_of(found, files.first_line[mistake]) == place_and_code
    assert way_out in str(found.hint)


@pytest.mark.parametrize(
    ("name", "way_out"),
    [
        ("style.css", "@import 'style.css'"),
        ("css/page.css", "Rename it to page.css, beside layout.yaml"),
        ("pages.css", "Rename it to page.css, beside layout.yaml"),
        ("css/colours.css", "@import 'css/colours.css'"),
    ],
)
def test_a_style_sheet_that_nothing_reads_is_told(name: str, way_out: str, project: SmallProject) -> None:
    (found,) = found_in(project, "p { color: red }", **{name: "p { color: red }"})
    assert (found.code, str(found.span), found.is_error) == (
        "CST-L013",
        f"{project.root}/layouts/mine/{name}:1:1",
        False,
    )
    assert way_out in str(found.hint)


def test_a_style_sheet_that_is_imported_is_read_and_its_mistakes_are_told(project: SmallProject) -> None:
    found = found_in(
        project,
        "@import 'a/more.css';",
        **{"a/more.css": "@import 'b.css';\np { color：red }", "a/b.css": "\n//"},
    )
    places = [(one.span.file.path.name, one.span.line) for one in found if one.span]
    assert places == [("b.css", 2), ("more.css", 2)]


def test_a_mistake_is_a_warning_and_the_pdf_is_made_but_not_when_it_is_strict(
    project: SmallProject, run: Run
) -> None:
    project.layout("mine", blocks_css="p { color: var(--cst-acent) }\n.box { colr: red }\n")
    project.issue(MINE)
    assert (run("render", "one").status, project.outputs()) == (0, ["dist/one.pdf"])
    strict = run("render", "one", "--strict", "-o", "strict.pdf")
    assert strict.status == 1
    assert re.findall(r"layouts/mine/blocks\.css:(\S+): error (CST-\w+)", strict.err) == [
        ("1:16", "CST-L003"),
        ("2:8", "CST-E002"),
    ]
    assert project.outputs() == ["dist/one.pdf"]


def test_what_is_right_is_passed_without_a_word(project: SmallProject) -> None:
    found = found_in(project, "\n".join(RIGHT))
    assert {one.code for one in found} <= {"CST-L024"}, "notes about classes of issues to come"


@pytest.mark.parametrize("name", ["figurs", "sides"])
def test_a_class_that_the_text_has_is_no_slip(name: str, project: SmallProject) -> None:
    """A writer's own, however like it is to one of the layout's; nor are those of the layout that texts may take."""
    project.layout("mine", blocks_css=f".{name} {{ color: navy }}")
    path = project.issue(MINE.replace("正文。", f"'[正文]{{.{name}}}。'"))
    assert render(path, open_project(project.root), RenderOptions()).diagnostics == ()


@pytest.mark.parametrize("name", ["春季", "spring-issue"])
def test_places_are_known_whatever_the_layout_is_called(name: str, project: SmallProject, run: Run) -> None:
    assert run("layouts", "new", name, "--extends", "base").status == 0
    css = "p { colr: red }\nh2 { background: url(图.png) }\n"
    project.write(f"layouts/{name}/blocks.css", css)
    project.issue(ISSUE.replace("layout: base", f"layout: {name}"))
    outcome = run("render", "one")
    assert re.findall(rf"layouts/{name}/blocks\.css:(\S+): \w+ (CST-\w+)", outcome.err) == [
        ("2:18", "CST-E003"),
        ("1:5", "CST-E002"),
    ]
