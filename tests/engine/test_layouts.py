"""What the layout engine says about a layout comes back as findings at their places."""

from __future__ import annotations

import logging
import os
import re
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.support.projects import ISSUE, SmallProject, picture_bytes

pytestmark = pytest.mark.render

MINE = ISSUE.replace("layout: base", "layout: mine")


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:9/a.png",
        "https://127.0.0.1:9/a.png",
        "../outside.png",
        "../../../outside.png",
        "%2e%2e/outside.png",
        "/etc/a.png",
        "missing.png",
        "link.png",
        "pipe.png",
        "folder.png",
        "a.svg",
        "data:image/png;base64,AAAA",
    ],
)
def test_an_address_that_may_not_be_read_fails_the_issue(
    address: str, project: SmallProject, run: Run
) -> None:
    folder = project.layout("mine", blocks_css=f"body {{ background: url('{address}') }}")
    project.write("layouts/outside.png", picture_bytes())
    project.write("layouts/mine/a.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    (folder / "link.png").symlink_to("../outside.png")
    (folder / "folder.png").mkdir()
    os.mkfifo(folder / "pipe.png")
    project.issue(MINE)

    outcome = run("render", "one")

    assert outcome.status == 1
    assert re.findall(r"error (CST-\w+)", outcome.err) == ["CST-E003"], outcome.err
    assert project.outputs() == []


def test_a_picture_of_the_layout_is_read(project: SmallProject, run: Run) -> None:
    project.layout("mine", blocks_css="body { background: url('images/logo.png') }")
    project.write("layouts/mine/images/logo.png", picture_bytes())
    project.issue(MINE)
    outcome = run("render", "one")
    assert (outcome.status, outcome.err) == (0, "")
    assert project.outputs() == ["dist/one.pdf"]


def test_a_style_sheet_that_another_imports_is_read(project: SmallProject, run: Run) -> None:
    project.layout("mine", blocks_css="@import 'more.css';", more_css="p { colour: red }")
    project.issue(MINE)
    outcome = run("render", "one")
    assert outcome.status == 0
    assert re.findall(r"layouts/mine/(\w+\.css):(\d+):(\d+): warning (CST-\w+)", outcome.err) == [
        ("more.css", "1", "5", "CST-E002")
    ]


def test_a_style_sheet_from_outside_fails_the_issue_and_is_told_once(project: SmallProject, run: Run) -> None:
    project.layout("mine", blocks_css="@import 'https://example.org/a.css';")
    project.issue(MINE)
    outcome = run("render", "one")
    assert outcome.status == 1
    assert re.findall(r"error (CST-\w+)", outcome.err) == ["CST-E003"]


def test_a_font_file_named_in_css_fails_the_issue_and_is_told_once(project: SmallProject, run: Run) -> None:
    project.layout("mine", blocks_css="@font-face { font-family: A; src: url('a.ttf') } p { font-family: A }")
    project.issue(MINE)
    outcome = run("render", "one")
    assert outcome.status == 1
    assert re.findall(r"error (CST-E\w+)", outcome.err) == ["CST-E003"], outcome.err


@pytest.mark.parametrize(
    ("css", "line", "column"),
    [
        ("p {\n  colour: red;\n}\n", 2, 3),
        ("p { color: rouge }\n", 1, 5),
        ("\n\np { margin: 1pt 2zz }\n", 3, 5),
        ("@page { sise: A4 }\n", 1, 9),
        ("/* 中文 */ p { 颜色: red }\n", 1, 14),
    ],
)
def test_css_that_is_ignored_is_a_warning_at_its_place(
    css: str, line: int, column: int, project: SmallProject, run: Run
) -> None:
    project.layout("mine", blocks_css=css)
    project.issue(MINE)
    outcome = run("render", "one")
    assert outcome.status == 0
    assert re.findall(r"^(\S+): warning (CST-\w+)", outcome.err, re.M) == [
        (f"layouts/mine/blocks.css:{line}:{column}", "CST-E002")
    ], outcome.err
    assert re.search(rf"^  {line} \| .*\n {{2,}}\| +\^+$", outcome.err, re.M)


def test_a_selector_that_is_ignored_is_a_warning_at_its_place(project: SmallProject, run: Run) -> None:
    project.layout("mine", blocks_css="\np:hovr { color: red }\n")
    project.issue(MINE)
    outcome = run("render", "one")
    assert outcome.status == 0
    assert re.findall(r"^(\S+): warning (CST-\w+)", outcome.err, re.M) == [
        ("layouts/mine/blocks.css:2:1", "CST-E002")
    ], outcome.err


def test_a_rule_that_is_broken_off_is_told(project: SmallProject, run: Run) -> None:
    project.layout("mine", blocks_css="p { margin: 0; } }\n")
    project.issue(MINE)
    outcome = run("render", "one")
    assert re.findall(r"blocks\.css:(\S+) warning (CST-\w+)", outcome.err) == [("1:18:", "CST-L010")]


def test_css_that_is_ignored_in_two_style_sheets_is_told_in_each(project: SmallProject, run: Run) -> None:
    project.layout("mine", page_css="p { aaa: 1 }", blocks_css="\np { bbb: 1 }")
    project.issue(MINE)
    outcome = run("render", "one", "--strict")
    assert outcome.status == 1
    assert re.findall(r"layouts/mine/(\w+\.css):(\d+):(\d+): error", outcome.err) == [
        ("page.css", "1", "5"),
        ("blocks.css", "2", "5"),
    ]


def test_css_that_is_ignored_in_a_style_attribute_is_told(project: SmallProject, run: Run) -> None:
    template = (
        '{% extends "base/issue.html.j2" %}{% block contents %}<p style="colour: red">甲</p>{% endblock %}'
    )
    project.layout("mine", **{"issue.html.j2": template})
    project.issue(MINE)
    outcome = run("render", "one")
    assert "CST-E002" in outcome.err
    assert "colour: red" in outcome.err


def test_a_link_of_a_template_that_leads_nowhere_fails_the_issue(project: SmallProject, run: Run) -> None:
    inner = "{% block articles %}{{ super() }}<p><a href='#nothing'>下文</a></p>{% endblock %}"
    project.layout("mine", **{"issue.html.j2": f'{{% extends "base/issue.html.j2" %}}{inner}'})
    project.issue(MINE)
    outcome = run("render", "one")
    assert outcome.status == 1
    assert "error CST-E004" in outcome.err
    assert "“nothing”" in outcome.err
    assert project.outputs() == []


def test_a_character_that_the_layouts_families_lack_is_told_with_its_block(
    project: SmallProject, run: Run
) -> None:
    project.layout("mine", blocks_css="p { font-family: 'CST Latin Serif' }")
    project.issue(MINE)
    outcome = run("render", "one")
    assert re.search(r"issues/one/issue\.yaml:9:11: warning CST-F011: “正”", outcome.err), outcome.err
    assert "on page " in outcome.err


def test_a_family_that_is_not_there_is_told(project: SmallProject, run: Run) -> None:
    project.layout("mine", blocks_css="p { font-family: 'SimSun' }")
    project.issue(MINE)
    outcome = run("render", "one")
    assert "CST-F012" in outcome.err
    assert "SimSun" in outcome.err


# ── the messages themselves ──


def messages(*records: tuple[str, object]) -> list[tuple[str, str]]:
    from cstprint.engine.messages.logs import MessageLog, listening

    log = MessageLog({"mine": Path("layouts/mine")})
    with listening(log):
        for text, argument in records:
            logging.getLogger("weasyprint").warning(text, argument)
    return [(d.code, str(d.severity)) for d in log.diagnostics]


@pytest.mark.parametrize(
    ("text", "argument", "code", "severity"),
    [
        ("Something that nobody has seen: %s", "x", "CST-E001", "error"),
        ("Anonymous element met at noon%s", "", "CST-E001", "error"),
        ("Ignored `%s` at 3:5, unknown property.", "colour: red", "CST-E002", "warning"),
        ("Failed to load image at 'http://a/b.png': %s", "timeout", "CST-E001", "error"),
        ("No anchor #%s for internal URI reference", "b1", "CST-E004", "error"),
        (
            ".notdef glyph rendered for Unicode string unsupported by fonts: %s",
            '"𠮷" (U+20BB7)',
            "CST-F010",
            "error",
        ),
        ("Anchor defined twice: %r", "a1", "CST-E007", "error"),
        ('Image "%s" has no required alt description', "layout/mine/a.png", "CST-E008", "error"),
        ("Failed to render SVG image %s", "cst://render/", "CST-E010", "error"),
        ("Failed to load inline SVG: %s", "x", "CST-E010", "error"),
    ],
)
def test_a_message_of_the_engine_is_a_finding(text: str, argument: object, code: str, severity: str) -> None:
    assert messages((text, argument)) == [(code, severity)]


def test_a_message_that_comes_again_and_again_is_told_once() -> None:
    assert messages(*[("Anchor defined twice: %r", "a1")] * 100, ("Anchor defined twice: %r", "a2")) == [
        ("CST-E007", "error"),
        ("CST-E007", "error"),
    ]


def test_a_refusal_is_not_told_twice() -> None:
    assert messages(("Failed to load image at 'x': %s", "ValueError: refused: it is too large")) == []


def test_nothing_is_printed_and_the_loggers_are_as_they_were(capfd: pytest.CaptureFixture[str]) -> None:
    logger = logging.getLogger("weasyprint")
    before = (logger.level, logger.propagate, list(logger.handlers))
    messages(("x %s", "y"))
    assert (logger.level, logger.propagate, list(logger.handlers)) == before
    assert capfd.readouterr() == ("", "")


def test_what_is_written_into_the_pdf_has_no_notdef(project: SmallProject, run: Run) -> None:
    """A character that every check before layout let pass is still told when it is drawn."""
    template = '{% extends "base/issue.html.j2" %}{% block contents %}<p>한</p>{% endblock %}'
    project.layout("mine", **{"issue.html.j2": template})
    project.issue(MINE)
    outcome = run("render", "one")
    assert outcome.status == 1
    assert re.search(r"error CST-F010: .*한", outcome.err), outcome.err
    assert project.outputs() == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "html", ["<div>" * 3000 + "</div>" * 3000, '<p style="width: ' + "calc(1px + " * 500 + '1px">']
)
def test_what_is_nested_too_deeply_is_told(html: str, project: SmallProject, run: Run) -> None:
    project.layout("mine", **{"issue.html.j2": f"<html lang='zh-Hans'><body>{html}</body></html>"})
    project.issue(MINE)
    outcome = run("render", "one")
    assert outcome.status == 1
    assert "CST-E010" in outcome.err


def test_many_mistakes_of_a_style_sheet_are_told_each_at_its_place(project: SmallProject, run: Run) -> None:
    wrong = "".join(f"p {{ nonsense-{n}: 1 }}\np:nonsense-{n} {{ color: red }}\n" for n in range(2000))
    project.layout("mine", blocks_css=wrong)
    project.issue(MINE)
    outcome = run("render", "one")
    places = re.findall(r"blocks\.css:(\d+):(\d+): warning CST-E002", outcome.err)
    assert places == [(str(n), "5" if n % 2 else "1") for n in range(1, 4001)]


def test_style_sheets_that_import_each_other_end(project: SmallProject, run: Run) -> None:
    project.layout("mine", blocks_css="@import 'a.css';", a_css="@import 'blocks.css'; @import 'a.css';")
    project.issue(MINE)
    outcome = run("render", "one")
    assert outcome.status == 1
    assert "error CST-E003" in outcome.err
    assert "more than 100 style sheets" in outcome.err


def test_transparent_gradients_are_made_without_a_word(
    project: SmallProject, run: Run, caplog: pytest.LogCaptureFixture
) -> None:
    project.layout(blocks_css="p { background: linear-gradient(to right, #fff, transparent) }")
    project.issue(ISSUE.replace("layout: base", "layout: mine"))
    outcome = run("render", "one", "--strict")
    assert (outcome.status, outcome.err, caplog.messages) == (0, "", [])
