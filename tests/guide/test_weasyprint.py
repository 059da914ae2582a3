"""What the designer's guide says that WeasyPrint can and cannot do, tried: another WeasyPrint may do otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.conftest import Run
from tests.guide.page import GUIDES, Guide
from tests.support.ink import read_letters
from tests.support.projects import ISSUE, SmallProject

pytestmark = pytest.mark.render

Render = Callable[..., bytes]

BOTH = pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.language)
MINE = ISSUE.replace("layout: base", "layout: mine")

#: What the guide names → CSS that uses it.
IGNORED = {
    "writing-mode": "p { writing-mode: vertical-rl }",
    "display: ruby": "p { display: ruby }",
    "text-emphasis": "p { text-emphasis: dot }",
    "text-combine-upright": "p { text-combine-upright: all }",
    "text-spacing-trim": "p { text-spacing-trim: trim-start }",
    "hanging-punctuation": "p { hanging-punctuation: last }",
    "line-break": "p { line-break: strict }",
    "text-justify": "p { text-justify: inter-character }",
    "initial-letter": "p::first-letter { initial-letter: 3 }",
    "line-grid": "p { line-grid: create }",
    "block-step-size": "p { block-step-size: 20pt }",
    "float: top": "p { float: top }",
    "shape-outside": "p { shape-outside: circle() }",
    "text-wrap": "p { text-wrap: balance }",
    "min-content": "p { width: min-content }",
    "max-content": "p { width: max-content }",
    "fit-content": "p { width: fit-content }",
    "aspect-ratio": "p { aspect-ratio: 1 }",
    "filter": "p { filter: blur(1px) }",
    "mix-blend-mode": "p { mix-blend-mode: multiply }",
    "clip-path": "p { clip-path: circle() }",
    "text-shadow": "p { text-shadow: 0 0 1px #000 }",
    "position: sticky": "p { position: sticky }",
    "display: contents": "p { display: contents }",
    "color-mix()": "p { color: color-mix(in srgb, red, blue) }",
    "@supports": "@supports (display: grid) { p { color: red } }",
    "@container": "@container (width > 1em) { p { color: red } }",
    "@scope": "@scope (p) { a { color: red } }",
    "@property": '@property --x { syntax: "<length>"; inherits: false; initial-value: 0pt }',
}


@pytest.fixture
def rendered(project: SmallProject, run: Run) -> Render:
    """Render an issue whose only article is ``html``, in base with ``css``; without a message unless ``told``."""

    def rendered(css: str = "", html: str = "<p>正文。</p>", page: str = "") -> bytes:
        omits = "title: mine\nextends: base\nomits: [title, prose]\n"  # the issue's: others are printed
        project.layout(manifest=omits, blocks_css=css, page_css=page)
        article = f"<article><h2 class='article-title'>标题</h2>{html}</article>"
        inner = f'{{% extends "base/issue.html.j2" %}}{{% block articles %}}{article}{{% endblock %}}'
        project.write("layouts/mine/issue.html.j2", inner)
        project.issue(MINE)
        outcome = run("render", "one", "--strict", "--set", "contents-depth=0")
        assert (outcome.status, outcome.err) == (0, "")
        return (project.root / "dist/one.pdf").read_bytes()

    return rendered


#: How the paragraphs begin that list what works and what is ignored, by the language of the page.
WORKING = {"en": "Works", "zh": "能用"}
WARNED = {"en": "A warning", "zh": "有警告"}


def listed(guide: Guide, beginnings: dict[str, str]) -> set[str]:
    """What a page of the guide lists in code in the paragraph that begins so."""
    paragraph = re.search(rf"^\*\*{beginnings[guide.language]}.*?\n\n", guide.text, re.M | re.S)
    assert paragraph is not None
    return set(re.findall(r"`([^`]+)`", paragraph[0]))


@BOTH
def test_the_guide_lists_all_that_is_tried(guide: Guide) -> None:
    assert listed(guide, WARNED) - {"--cst-whole-lines"} == set(IGNORED)
    assert set(WORKS) <= listed(guide, WORKING)


def test_both_pages_say_the_same_works() -> None:
    english, chinese = (listed(guide, WORKING) for guide in GUIDES)
    assert english == chinese


def test_what_the_guide_says_is_ignored_is_ignored_with_a_warning(project: SmallProject, run: Run) -> None:
    project.layout(blocks_css="\n".join(IGNORED.values()))
    project.issue(MINE)
    outcome = run("render", "one", "--json")
    found = outcome.data["issues"][0]["diagnostics"]
    assert {problem["code"] for problem in found} == {"CST-E002"}
    lines = {problem["location"]["line"] for problem in found}
    assert lines == set(range(1, len(IGNORED) + 1))


#: What the guide says works → CSS that makes red what has the class ``x``, or prints 好 before it.
WORKS = {
    ":has()": "p:has(b) { color: #c00 }",
    ":is()": "p:is(.x) { color: #c00 }",
    ":where()": ":where(.x) { color: #c00 }",
    "::first-letter": ".x::first-letter { color: #c00 }",
    "::first-line": ".x::first-line { color: #c00 }",
    "&": "p { &.x { color: #c00 } }",
    "@layer": "@layer a { .x { color: #c00 } }",
    "@counter-style": "@counter-style q { system: fixed; symbols: '好' } .x { counter-reset: c 1 } .x::before { content: counter(c, q) }",
}


@pytest.mark.parametrize("feature", WORKS)
def test_what_the_guide_says_works_works(feature: str, rendered: Render) -> None:
    data = rendered(WORKS[feature], "<p class='x'>字<b>。</b></p>")
    letters = read_letters(data)
    red = [one.text for one in letters if one.colour == "#cc0000"]
    assert "字" in red or "好" in [one.text for one in letters]


PARAGRAPHS = "".join(f"<p>段{number}。</p>" for number in range(120))


@pytest.mark.parametrize(
    "css",
    [
        ".x { display: grid }",
        ".x { display: grid; grid-template-columns: 1fr 1fr }",
        ".x { display: flex; flex-direction: column }",
        ".x { columns: 2; column-rule: 1pt solid #000 }",
        ".x { display: table }",
    ],
)
def test_what_the_guide_says_is_split_at_the_end_of_a_page_is(css: str, rendered: Render) -> None:
    letters = read_letters(rendered(css, f"<div class='x'>{PARAGRAPHS}</div>"))
    begins = [one for one in letters if one.text == "段"]
    assert len(begins) == 120
    assert {one.page for one in begins} >= {1, 2}


@pytest.mark.parametrize("css", ["display: inline-block", "position: absolute"])
def test_what_is_never_torn_and_longer_than_a_page_is_an_error(
    css: str, project: SmallProject, run: Run
) -> None:
    project.layout(blocks_css=f".answer {{ {css} }}")
    body = "\n".join(["    body:", "      - interview:", "          - question: 问", "            answer: |"])
    project.issue(
        MINE.replace("    body: 正文。\n", body + "\n" + "\n\n".join(["              答。"] * 80) + "\n")
    )
    outcome = run("render", "one")
    assert outcome.status == 1
    assert "error CST-E016" in outcome.err


def test_a_counter_style_that_is_not_known_is_a_number_without_a_warning(rendered: Render) -> None:
    css = ".x { counter-reset: c 3 } .x::before { content: counter(c, simp-chinese-informal) }"
    data = rendered(css, "<p class='x'>字。</p>")
    assert "3字" in "".join(one.text for one in read_letters(data))


def test_floats_and_clipped_boxes_are_drawn_in_their_place_and_positioned_boxes_last(
    rendered: Render,
) -> None:
    css = ".f { float: right } .p { position: relative } .c { overflow: hidden }"
    long = "".join(f"<p>{letter}</p>" for letter in "戊己庚辛壬癸")  # enough in its order for no warning
    data = rendered(css, f"<p class='p'>甲</p><p class='c'>乙</p><p>丙</p><p class='f'>丁</p>{long}")
    order = [one.text for one in read_letters(data) if one.text in "甲乙丙丁"]
    assert order == ["乙", "丙", "丁", "甲"]


def test_a_float_inside_a_paragraph_is_drawn_before_its_lines(rendered: Render) -> None:
    data = rendered(".f { float: left }", "<p><span class='f'>丙</span>甲乙</p>")
    assert [one.text for one in read_letters(data) if one.text in "甲乙丙"] == ["丙", "甲", "乙"]


def test_a_link_is_one_annotation_whatever_stands_in_it(rendered: Render) -> None:
    data = rendered("", "<p><a href='#z'><b>甲</b><span>乙</span></a></p><p id='z'>丙</p>")
    assert sum(len(page.get("/Annots", [])) for page in PdfReader(BytesIO(data)).pages) == 1


def test_bleed_and_crop_marks_are_made(rendered: Render) -> None:
    data = rendered(page="@page { marks: crop; bleed: 3mm }")
    first = PdfReader(BytesIO(data)).pages[0]
    assert float(first.trimbox.left) - float(first.bleedbox.left) == pytest.approx(3 * 72 / 25.4, abs=0.01)
