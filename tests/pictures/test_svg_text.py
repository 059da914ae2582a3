"""Texts of drawings: read as browsers do, set in our faces, printed as text."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

import pypdf
import pytest

from cstprint.pdf.inspect import PdfFacts
from cstprint.pictures.prepared import UnprintableError
from cstprint.pictures.svg import prepare_svg
from cstprint.pictures.svg_text import faces_of_css, with_faces
from tests.conftest import Run
from tests.support.projects import ISSUE, SmallProject


def drawing(inner: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="100">{inner}</svg>'.encode()


def prepared(inner: str) -> str:
    return prepare_svg(drawing(inner))[0].data.decode()


def face(attributes: str) -> str:
    """The face of a text with these attributes."""
    found: list[str] = re.findall(
        r"font-family[=:]\"?cst-face-(\w+)", prepared(f"<text {attributes}>字</text>")
    )
    return found[-1]


@pytest.mark.parametrize(
    ("family", "wanted"),
    [
        ("Microsoft YaHei, sans-serif", "hei"),
        ("'Times New Roman', serif", "song"),
        ("SimSun", "song"),
        ("宋体", "song"),
        ("KaiTi", "kai"),
        ("Courier New", "code"),
        ("DejaVu Sans Mono", "code"),
        ("Something, Georgia", "song"),
        ("Something", "hei"),
    ],
)
def test_a_family_becomes_the_face_of_its_kind(family: str, wanted: str) -> None:
    assert face(f'font-family="{family}"') == wanted
    assert face(f'style="fill: red; font-family: {family}"') == wanted
    assert face(f'style="font: 12px {family}"') == wanted


def test_a_text_that_names_no_face_is_in_hei() -> None:
    assert face("") == "hei"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("font: bold 12px Arial", "font-style:normal;font-weight:700;font-size:12px;font-family:cst-face-hei"),
        ("font:italic 500 1.2em/1.5 serif", "font-style:italic;font-weight:500;font-size:1.2em;font-family:cst-face-song"),
        ("font: 10pt mono !important", "font-style:normal!important;font-weight:400!important;font-size:10pt!important;font-family:cst-face-code!important"),
        ("font-size: small", "font-size:13px"),
        ("font-weight: 600", "font-weight:700"),
        ("font-weight: lighter", "font-weight:400"),
        ("fill: red; font-stretch: normal", "fill: red; font-stretch: normal"),
        ("@font-face{font-family:X;src:url(x)} .a{fill:red}", " .a{fill:red}"),
    ],
)  # fmt: skip
def test_declarations_of_faces_are_written_anew(typed: str, written: str) -> None:
    assert faces_of_css(typed) == written


def test_tspans_in_tspans_stand_beside_each_other_and_no_word_is_lost() -> None:
    inner = (
        '<text>甲<tspan x="1" fill="red">乙<tspan class="b" dy="2">丙</tspan>丁</tspan>'
        "<a href='https://example.org'>戊<title>己</title>庚</a>辛</text>"
    )
    text = ElementTree.fromstring(prepared(inner))[0]
    assert "".join(text.itertext()) == "甲乙丙丁戊庚辛"
    assert all(not len(child) for child in text)
    assert [(child.text, child.get("fill"), child.get("x"), child.get("dy")) for child in text] == [
        ("乙", "red", "1", None),
        ("丙", "red", None, "2"),
        ("丁", "red", None, None),
        ("戊庚", None, None, None),
    ]


def test_line_ends_are_blanks_unless_they_are_kept() -> None:
    assert ">甲 乙<" in prepared("<text>甲\n    乙</text>")
    assert ">甲  乙<" in prepared('<text xml:space="preserve">甲  乙</text>')


def test_of_a_switch_the_part_is_drawn_that_is_no_web_page() -> None:
    inner = "<switch><foreignObject><p/></foreignObject><text>字</text><text>别的</text></switch>"
    assert "字" in prepared(inner)
    assert "别的" not in prepared(inner)


def test_the_families_are_those_of_the_layout() -> None:
    picture = prepare_svg(drawing("<text>字</text>"))[0]
    families = dict.fromkeys(("song", "hei", "kai", "code"), ("A & B", "C"))
    assert b'font-family="A &amp; B, C"' in with_faces(picture.data, families)
    assert picture.words == "字"


@pytest.mark.parametrize("attributes", ['x="a"', 'y="1 2 nan"', 'rotate="x"', 'textLength="wide"'])
def test_places_that_are_no_numbers_are_refused(attributes: str) -> None:
    with pytest.raises(UnprintableError, match="not a number"):
        prepared(f"<text {attributes}>字</text>")


def test_a_book_in_a_drawing_is_refused() -> None:
    with pytest.raises(UnprintableError, match="characters of text"):
        prepared(f"<text>{'字' * 20_001}</text>")


@pytest.mark.parametrize("inner", ["<tspan><textPath/></tspan>", "<a><g/></a>", "<tspan><image/></tspan>"])
def test_what_is_no_text_is_refused_however_deep(inner: str) -> None:
    with pytest.raises(UnprintableError, match="cannot be printed"):
        prepared(f"<text>{inner}</text>")


@pytest.mark.render
def test_a_character_that_no_font_has_is_an_error_and_a_gap_in_a_draft(
    project: SmallProject, run: Run
) -> None:
    project.write("issues/one/a.svg", drawing("<text>字\ua000</text>"))
    project.issue(ISSUE.replace(" 正文。", "\n      - {figure: a.svg, alt: 图表}"))
    outcome = run("render", "one")
    assert outcome.status == 1
    assert "CST-P011: The drawing contains characters that no font has: \ua000" in outcome.err
    assert run("render", "one", "--draft").status == 0


@pytest.mark.render
def test_the_text_of_a_chart_is_text_of_the_pdf_in_our_fonts(project: SmallProject, run: Run) -> None:
    chart = (
        '<text x="10" y="30" font-family="Helvetica">Helvetica 与黑体</text>'
        '<text x="10" y="60" font-family="SimSun" font-weight="bold" text-anchor="middle">宋体𠮷</text>'
        '<text transform="translate(200,50) rotate(-90)" style="font: 12px KaiTi">楷体<tspan dy="3">CO₂</tspan></text>'
    )
    project.write("issues/one/a.svg", drawing(chart))
    project.issue(ISSUE.replace(" 正文。", "\n      - {figure: a.svg, alt: 图表}"))
    outcome = run("render", "one", "--strict")
    assert (outcome.status, outcome.err) == (0, "")
    data = (project.root / "dist/one.pdf").read_bytes()
    text = pypdf.PdfReader(io.BytesIO(data)).pages[-1].extract_text()
    for words in ("Helvetica", "与黑体", "宋体𠮷", "楷体CO₂"):
        assert words in text
    names = {font.name.rpartition("+")[2] for font in PdfFacts(data).fonts}
    assert all(name.startswith("CST-") for name in names)
    assert {"CST-Kai", "CST-Song-Bold", "CST-Latin-Sans"} <= names


@pytest.mark.parametrize(
    ("inner", "size"),
    [
        ('<rect width="300" height="100"/>', (300, 150)),
        ('<circle cx="50" cy="50" r="40"/>', (300, 150)),
        ('<rect x="200" width="101" height="100"/>', None),
        ('<rect width="10" height="10" transform="translate(400)"/>', None),
        ('<path d="M0 0h400"/>', None),
        ("", None),
    ],
)
def test_a_drawing_without_a_size_has_that_of_css_if_all_of_it_is_seen(
    inner: str, size: tuple[int, int] | None
) -> None:
    data = f'<svg xmlns="http://www.w3.org/2000/svg">{inner}</svg>'.encode()
    if size is None:
        with pytest.raises(UnprintableError, match="no size"):
            prepare_svg(data)
    else:
        assert (prepare_svg(data)[0].width_px, prepare_svg(data)[0].height_px) == size
