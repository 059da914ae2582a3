"""Texts of drawings that we place letter by letter: underlined, raised, along paths, from top to bottom."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from math import hypot, pi
from xml.etree import ElementTree

import pypdf
import pytest

from cstprint.check.drawings import families_of, finder
from cstprint.fonts import load_library
from cstprint.pdf.inspect import PdfFacts
from cstprint.pictures.prepared import PreparedPicture, UnprintableError
from cstprint.pictures.svg import prepare_svg
from cstprint.pictures.svg_checks import MAX_OUTLINED
from cstprint.pictures.svg_track import Track, TrackError, flattened, track_of
from cstprint.pictures.svg_writing import set_texts
from cstprint.project import builtin_folder
from tests.conftest import Run
from tests.support.projects import ISSUE, SmallProject

SVG = "{http://www.w3.org/2000/svg}"
LINE = '<path id="p" d="M0 50H280"/>'
Set = Callable[[str], ElementTree.Element]


def drawing(inner: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="100">{inner}</svg>'.encode()


def prepared(inner: str) -> PreparedPicture:
    return prepare_svg(drawing(inner))[0]


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Set:
    """Sets the texts of a drawing in our fonts, and gives the drawing."""
    library = load_library([builtin_folder("fonts")], tmp_path_factory.mktemp("cache")).value
    assert library is not None
    find = finder(library, families_of(VALUES, library))
    return lambda inner: ElementTree.fromstring(set_texts(prepared(inner).data, find))


VALUES = {
    "song": '"CST Latin Serif", "CST Song"',
    "hei": '"CST Latin Sans", "CST Hei"',
    "kai": '"CST Latin Serif", "CST Kai"',
    "code": '"CST Code", "CST Hei"',
}


def numbers(element: ElementTree.Element, name: str) -> list[float]:
    return [float(number) for number in element.get(name, "").split()]


def texts(root: ElementTree.Element) -> list[ElementTree.Element]:
    return list(root.iter(f"{SVG}text"))


def boxes(root: ElementTree.Element) -> list[tuple[float, float, float, float]]:
    """Left, top, right, foot of each path that was made, by its corners."""
    found = []
    for path in root.iter(f"{SVG}path"):
        if "id" not in path.attrib:
            points = [point for line in flattened(path.get("d", "")) for point in line]
            across, down = [x for x, _ in points], [y for _, y in points]
            found.append((min(across), min(down), max(across), max(down)))
    return found


# ── lines along letters ──


def test_an_underline_is_as_long_as_its_text_and_below_its_baseline(settled: Set) -> None:
    root = settled('<text x="10" y="50" font-size="20" text-decoration="underline">国家</text>')
    (text,), ((left, top, right, foot),) = texts(root), boxes(root)
    assert (text.text, numbers(text, "x"), numbers(text, "y")) == ("国家", [10, 30], [50, 50])
    assert (left, right) == (10, 50)
    assert (top, foot) == pytest.approx((52.5, 53.5))  # post: −125, 50


def test_han_and_latin_have_one_underline(settled: Set) -> None:
    root = settled('<text x="10" y="50" font-size="20" text-decoration="underline">国 Ag 家</text>')
    ((_, top, _, _),) = boxes(root)
    (path,) = root.iter(f"{SVG}path")
    assert path.get("d", "").count("M") == 1
    assert top == pytest.approx(52.5)


@pytest.mark.parametrize(
    ("kind", "above", "below"), [("line-through", 40, 50), ("overline", 30, 34), ("underline", 50, 55)]
)
def test_each_line_has_its_height(settled: Set, kind: str, above: float, below: float) -> None:
    root = settled(f'<text y="50" font-size="20" text-decoration="{kind}">国</text>')
    ((_, top, _, foot),) = boxes(root)
    assert above < top < foot < below


def test_a_line_has_the_paint_of_who_asks_for_it(settled: Set) -> None:
    inner = '<text y="50" fill="red" text-decoration="underline">甲<tspan fill="blue" text-decoration="none">乙</tspan></text>'
    root = settled(inner)
    (path,) = root.iter(f"{SVG}path")
    around = next(group for group in root.iter(f"{SVG}g") if path in list(group))
    assert "fill:red" in around.get("style", "")
    assert [("fill:blue" in text.get("style", "")) for text in texts(root)] == [False, True]
    assert boxes(root)[0][2] == 32  # below both: a line is not taken back within


def test_style_sheets_decide_about_lines_too(settled: Set) -> None:
    root = settled(
        '<style>.a{text-decoration:underline}</style><text y="50" class="a">甲</text><text y="80">乙</text>'
    )
    assert len(boxes(root)) == 1


@pytest.mark.parametrize(("anchor", "first"), [("start", 100), ("middle", 80), ("end", 60)])
def test_the_anchor_moves_text_and_line(settled: Set, anchor: str, first: float) -> None:
    root = settled(
        f'<text x="100" y="50" font-size="20" text-anchor="{anchor}" text-decoration="underline">国家</text>'
    )
    assert numbers(texts(root)[0], "x") == [first, first + 20]
    assert (boxes(root)[0][0], boxes(root)[0][2]) == (first, first + 40)
    assert "text-anchor:start!important" in texts(root)[0].get("style", "")


def test_a_line_follows_what_is_moved(settled: Set) -> None:
    root = settled(
        '<text x="0" y="50" font-size="20" text-decoration="underline">甲<tspan dx="5" dy="10">乙</tspan></text>'
    )
    (path,) = root.iter(f"{SVG}path")
    assert path.get("d") == "M0 52.5L20 52.5L20 53.5L0 53.5Z M25 62.5L45 62.5L45 63.5L25 63.5Z"


def test_blanks_are_read_as_svg_reads_them(settled: Set) -> None:
    root = settled('<text text-decoration="underline">\n  甲 \n <tspan> 乙 </tspan>\n</text>')
    assert "".join(text.text or "" for text in texts(root)) == "甲 乙"


# ── raised and lowered ──


@pytest.mark.parametrize(
    ("said", "height"),
    [("sub", 54), ("super", 42), ("3", 47), ("-3", 53), ("50%", 45), ("0.5em", 45), ("4px", 46)],
)
def test_a_shift_moves_the_baseline_and_no_more(settled: Set, said: str, height: float) -> None:
    inner = f'<text y="50" font-size="20">m<tspan baseline-shift="{said}" font-size="10">2</tspan>后</text>'
    before, shifted, after = texts(settled(inner))
    assert [numbers(one, "y")[0] for one in (before, shifted, after)] == [50, pytest.approx(height), 50]
    assert "font-size:10px" in shifted.get("style", "")
    assert (before.text, shifted.text, after.text) == ("m", "2", "后")


def test_shifts_add_up(settled: Set) -> None:
    inner = '<text y="50" font-size="20">a<tspan baseline-shift="super">b<tspan baseline-shift="super">c</tspan></tspan></text>'
    assert [numbers(one, "y")[0] for one in texts(settled(inner))] == [50, 42, 34]


def test_a_line_below_all_stays_where_it_is_below_what_is_raised(settled: Set) -> None:
    inner = '<text y="50" font-size="20" text-decoration="underline">国<tspan baseline-shift="8">家</tspan></text>'
    assert boxes(settled(inner)) == [(0, 52.5, 40, 53.5)]


def test_text_that_nothing_is_asked_of_is_left_to_weasyprint(settled: Set) -> None:
    picture = prepared('<text y="50">甲</text>')
    assert (picture.by_letter, picture.outlined) == (False, ())
    root = settled('<text y="50">甲</text><text y="80" text-decoration="underline">乙</text>')
    assert [text.get("x") is None for text in texts(root)] == [True, False]


# ── along a path ──


def test_letters_stand_on_their_path_as_outlines(settled: Set) -> None:
    root = settled(f'{LINE}<text font-size="20"><textPath href="#p">国家</textPath></text>')
    first, second = boxes(root)
    assert not texts(root)
    assert 0 < first[0] < first[2] < 20 < second[0] < second[2] < 40
    assert all(30 < box[1] < 40 and 48 < box[3] < 54 for box in (first, second))


@pytest.mark.parametrize(
    ("attributes", "first"),
    [
        ('startOffset="100"', 100),
        ('startOffset="50%"', 140),
        ('startOffset="50%" text-anchor="middle"', 120),
        ('startOffset="100%" text-anchor="end"', 240),
    ],
)
def test_offset_and_anchor_say_where_text_begins_on_its_path(
    settled: Set, attributes: str, first: float
) -> None:
    root = settled(f'{LINE}<text font-size="20"><textPath href="#p" {attributes}>国家</textPath></text>')
    (left, _, right, _), _ = boxes(root)
    assert first < left < right < first + 20


def test_a_path_length_scales_the_offset(settled: Set) -> None:
    path = '<path id="p" d="M0 50H280" pathLength="10"/>'
    root = settled(f'{path}<text font-size="20"><textPath href="#p" startOffset="5">国</textPath></text>')
    assert 140 < boxes(root)[0][0] < 160


def test_letters_turn_with_their_path(settled: Set) -> None:
    root = settled('<path id="p" d="M50 0V90"/><text font-size="20"><textPath href="#p">国</textPath></text>')
    ((left, top, right, foot),) = boxes(root)
    assert 46 < left < right < 70  # to the right of a path that runs down
    assert 0 < top < foot < 20


def test_from_the_other_side_text_runs_back(settled: Set) -> None:
    root = settled(f'{LINE}<text font-size="20"><textPath href="#p" side="right">国</textPath></text>')
    ((left, top, right, _),) = boxes(root)
    assert 260 < left < right < 280
    assert top > 46


def test_the_middle_of_each_letter_stands_on_a_circle(settled: Set) -> None:
    root = settled(
        '<circle id="p" cx="150" cy="50" r="40"/><text font-size="10"><textPath href="#p">国国国国国国国国</textPath></text>'
    )
    distances = [
        hypot((left + right) / 2 - 150, (top + foot) / 2 - 50) for left, top, right, foot in boxes(root)
    ]
    assert len(distances) == 8
    assert distances == pytest.approx([43.8] * 8, abs=1)


def test_a_gradient_runs_through_all_letters(settled: Set) -> None:
    inner = f'{LINE}<linearGradient id="g"/><text fill="url(#g)"><textPath href="#p">国家</textPath></text>'
    assert len(boxes(settled(inner))) == 1


def test_rules_for_other_paths_do_not_paint_letters(settled: Set) -> None:
    inner = f'<style>path{{fill:none}}</style>{LINE}<text fill="red"><textPath href="#p">国</textPath></text>'
    made = [path for path in settled(inner).iter(f"{SVG}path") if "id" not in path.attrib]
    assert all("fill:red!important" in path.get("style", "") for path in made)


def test_the_same_drawing_gives_the_same_bytes(settled: Set) -> None:
    inner = f'{LINE}<text><textPath href="#p">国家 Ab</textPath></text>'
    assert ElementTree.tostring(settled(inner)) == ElementTree.tostring(settled(inner))


@pytest.mark.parametrize(
    ("shape", "length"),
    [
        ('<path d="M0 0a10 10 0 0110 10"/>', 5 * pi),
        ('<path d="M0 0C0 0 10 0 10 0S20 0 20 0Q30 0 30 0T40 0H50V10l-5,0m9 9h1z"/>', 67),
        ('<path d="M0,0 10,0 10 10z" transform="scale(2) rotate(30 1 1)"/>', 2 * (20 + hypot(10, 10))),
        ('<circle r="10"/>', 20 * pi),
        ('<ellipse rx="10" ry="10"/>', 20 * pi),
        ('<rect width="10" height="20"/>', 60),
        ('<rect width="10" height="20" rx="2"/>', 44 + 4 * pi),
        ('<line x2="3" y2="4"/>', 5),
        ('<polyline points="0,0 3,4 3,5"/>', 6),
        ('<polygon points="0 0 3 0 3 4"/>', 12),
        ('<circle r="0"/>', 0),
        ("<path/>", 0),
    ],
)
def test_shapes_are_as_long_as_they_are(shape: str, length: float) -> None:
    element = ElementTree.fromstring(shape.replace("/>", ' xmlns="http://www.w3.org/2000/svg"/>'))
    assert track_of(element, (100, 100)).length == pytest.approx(length, abs=0.01)


def test_there_is_nothing_beyond_the_ends_of_a_line() -> None:
    track = Track([[(0, 0), (10, 0)], [(20, 0), (20, 10)]])
    assert [track.at(place) for place in (-1, 0, 5, 15, 20, 21)] == [
        None,
        (0, 0, 0),
        (5, 0, 0),
        pytest.approx((20, 5, pi / 2)),
        pytest.approx((20, 10, pi / 2)),
        None,
    ]


@pytest.mark.parametrize("data", ["L9 9", "M0", "M0 0 L nan 3", "M0 0 X", "M0 0z 5", "M0 0A1 1 0 2 0 5 5"])
def test_paths_that_cannot_be_read_are_not_guessed(data: str) -> None:
    with pytest.raises(TrackError):
        flattened(data)


# ── from top to bottom ──


@pytest.mark.parametrize(
    "mode", ['writing-mode="tb"', 'writing-mode="vertical-lr"', 'style="writing-mode: vertical-rl"']
)
def test_han_stand_upright_below_each_other_in_the_middle_of_their_line(settled: Set, mode: str) -> None:
    first, second = boxes(settled(f'<text x="100" y="10" font-size="20" {mode}>国国</text>'))
    assert (first[0] + first[2]) / 2 == pytest.approx(100, abs=0.5)
    assert 10 < first[1] < first[3] < 30 < second[1] < second[3] < 50
    assert (second[0], second[1] - first[1]) == pytest.approx((first[0], 20))


def test_latin_is_turned_unless_it_is_to_stand_upright(settled: Set) -> None:
    def ratio(attributes: str) -> float:
        inner = f'<text x="100" y="10" font-size="20" writing-mode="tb" {attributes}>l</text>'
        ((left, top, right, foot),) = boxes(settled(inner))
        assert 85 < left < right < 115
        return (right - left) / (foot - top)

    assert ratio("") > 2
    assert ratio('text-orientation="upright"') < 0.5
    assert ratio('glyph-orientation-vertical="0"') < 0.5
    assert ratio('style="text-orientation: sideways"') > 2


@pytest.mark.parametrize("mark", "，。、")
def test_marks_at_the_foot_stand_above_on_the_right(settled: Set, mark: str) -> None:
    ((left, top, right, foot),) = boxes(
        settled(f'<text x="100" y="10" font-size="20" writing-mode="tb">{mark}</text>')
    )
    assert 100 < left < right < 110
    assert 10 < top < foot < 20


@pytest.mark.parametrize("bracket", "「」（）《》【】")
def test_brackets_lie_across_the_line(settled: Set, bracket: str) -> None:
    ((left, top, right, foot),) = boxes(
        settled(f'<text x="100" y="10" font-size="20" writing-mode="tb">{bracket}</text>')
    )
    assert right - left > foot - top


def test_the_anchor_moves_vertical_text_along_its_line(settled: Set) -> None:
    inner = '<text x="100" y="50" font-size="20" writing-mode="tb" text-anchor="middle">国国</text>'
    assert [round(top) // 10 for _, top, _, _ in boxes(settled(inner))] == [3, 5]


# ── what is not placed surely ──


@pytest.mark.parametrize(
    ("what", "inner"),
    [
        ("without a length", '<path id="p" d="M5 5"/><text><textPath href="#p">字</textPath></text>'),
        ("without a length", '<path id="p"/><text><textPath href="#p">字</textPath></text>'),
        ("not in the drawing", '<text><textPath href="#q">字</textPath></text>'),
        ("not in the drawing", "<text><textPath>字</textPath></text>"),
        ("not in the drawing", '<g id="p"/><text><textPath href="#p">字</textPath></text>'),
        ("within text along", f'{LINE}<text><textPath href="#p"><textPath href="#p">字</textPath></textPath></text>'),
        ("cannot be read", '<path id="p" d="M0 0Lnan 5"/><text><textPath href="#p">字</textPath></text>'),
        ("cannot be read", '<path id="p" d="M0 0H1e300"/><text><textPath href="#p">字</textPath></text>'),
        ("cannot be read", '<path id="p" d="M0 0H9" transform="turn(3)"/><text><textPath href="#p">字</textPath></text>'),
        ("partly", f'{LINE}<text>前<textPath href="#p">字</textPath></text>'),
        ("stretched", f'{LINE}<text><textPath href="#p" method="stretch">字</textPath></text>'),
        ("not a number", f'{LINE}<text><textPath href="#p" startOffset="half">字</textPath></text>'),
        ("elsewhere", '<text><textPath href="file:///etc/a.svg#p">字</textPath></text>'),
        ("characters along", f'{LINE}<text><textPath href="#p">{"字" * (MAX_OUTLINED + 1)}</textPath></text>'),
        ("along a path", f'{LINE}<text writing-mode="tb"><textPath href="#p">字</textPath></text>'),
        ("with a line", '<text writing-mode="tb" text-decoration="underline">字</text>'),
        ("wavy", '<text text-decoration="underline wavy">字</text>'),
        ("text-decoration-color", '<text style="text-decoration-color: red">字</text>'),
        ("baseline-shift", '<text><tspan baseline-shift="calc(1px + 1px)">字</tspan></text>'),
        ("neighbours", '<text text-decoration="underline">\u0633\u0644</text>'),
        ("neighbours", '<text writing-mode="tb">\u0e01\u0e33</text>'),
        ("textLength", '<text text-decoration="underline">甲<tspan textLength="90">乙</tspan></text>'),
        ("clipPath", '<clipPath id="c"><text writing-mode="tb">字</text></clipPath>'),
        ("another style", '<defs><text id="t" writing-mode="tb">字</text></defs><use href="#t" font-size="40"/>'),
    ],
)  # fmt: skip
def test_what_cannot_be_placed_surely_is_refused(what: str, inner: str) -> None:
    with pytest.raises(UnprintableError, match=what):
        prepared(inner)


@pytest.mark.parametrize("offset", ["270", "300", "-30", "1e9", "101%"])
def test_letters_beyond_their_path_are_an_error(settled: Set, offset: str) -> None:
    with pytest.raises(UnprintableError, match="too short") as caught:
        settled(
            f'{LINE}<text font-size="20"><textPath href="#p" startOffset="{offset}">国家</textPath></text>'
        )
    assert caught.value.code == "CST-P071"


@pytest.mark.slow
def test_four_thousand_letters_along_a_path_are_set(settled: Set) -> None:
    path = '<path id="p" d="M0 50H9000000"/>'
    root = settled(f'{path}<text><textPath href="#p">{"字" * 4000}</textPath></text>')
    assert len(boxes(root)) == 4000


def test_letters_of_no_size_draw_nothing(settled: Set) -> None:
    assert boxes(settled(f'{LINE}<text font-size="0"><textPath href="#p">字</textPath></text>')) == []


# ── on the pages ──

CHART = (
    '<text x="10" y="20" text-decoration="underline">Underlined 下划线</text>'
    '<text x="10" y="45">CO<tspan baseline-shift="sub">2</tspan></text>'
    f'{LINE}<text><textPath href="#p" startOffset="10%">沿路径 bent</textPath></text>'
    '<text x="280" y="10" writing-mode="tb">竖排</text>'
)


def alternatives(data: bytes) -> list[str]:
    return [element.alt for element in PdfFacts(data).structure.walk() if element.kind == "Figure"]


def charted(project: SmallProject, alt: str, chart: str = CHART) -> None:
    project.write("issues/one/a.svg", drawing(chart))
    project.issue(ISSUE.replace(" 正文。", f"\n      - {{figure: a.svg, alt: {alt}}}"))


@pytest.mark.render
def test_text_stays_text_and_outlines_are_read_in_the_alternative_text(
    project: SmallProject, run: Run
) -> None:
    charted(project, "图表")
    outcome = run("render", "one", "-v")
    assert outcome.status == 0
    assert "note CST-P070" in outcome.err
    data = (project.root / "dist/one.pdf").read_bytes()
    text = pypdf.PdfReader(io.BytesIO(data)).pages[-1].extract_text()
    assert "Underlined" in text
    assert "下划线" in text
    assert "CO2" in text
    assert "竖排" not in text
    assert alternatives(data) == ["图表（图中文字：沿路径 bent；竖排）"]


@pytest.mark.render
def test_an_alternative_text_that_has_the_words_is_left_as_it_is(project: SmallProject, run: Run) -> None:
    charted(project, "竖排和沿 路径bent 的字")
    assert run("render", "one").status == 0
    assert alternatives((project.root / "dist/one.pdf").read_bytes()) == ["竖排和沿 路径bent 的字"]


@pytest.mark.render
def test_a_layout_that_keeps_the_words_from_readers_is_an_error(project: SmallProject, run: Run) -> None:
    charted(project, "图表")
    source = (builtin_folder("layouts") / "base/blocks/figures.html.j2").read_text(encoding="utf-8")
    changed, count = re.subn(r'alt="\{\{[^}]*\}\}"', 'alt="图"', source)
    assert count
    project.layout()
    project.write("layouts/mine/blocks/figures.html.j2", changed)
    outcome = run("render", "one", "--layout", "mine")
    assert outcome.status == 1
    assert "CST-P072: The words of “a.svg”" in outcome.err


@pytest.mark.render
@pytest.mark.parametrize(
    "inner",
    [
        f'{LINE}<text><textPath href="#p">字\ua000</textPath></text>',
        '<text writing-mode="tb">字\ua000</text>',
        '<text text-decoration="underline">字\ua000</text>',
    ],
)
def test_a_character_that_no_font_has_is_an_error_there_too(
    project: SmallProject, run: Run, inner: str
) -> None:
    charted(project, "图表", inner)
    outcome = run("render", "one")
    assert outcome.status == 1
    assert "CST-P011: The drawing contains characters that no font has: \ua000" in outcome.err
    assert run("render", "one", "--draft").status == 0


@pytest.mark.render
def test_a_path_that_is_too_short_is_reported_where_the_picture_is_named(
    project: SmallProject, run: Run
) -> None:
    charted(
        project, "图表", '<path id="p" d="M0 50H30"/><text><textPath href="#p">很长的一行字</textPath></text>'
    )
    outcome = run("render", "one")
    assert outcome.status == 1
    assert "issue.yaml:10:18: error CST-P071" in outcome.err
    assert run("render", "one", "--draft").status == 0
