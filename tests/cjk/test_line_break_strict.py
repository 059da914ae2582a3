"""``line-break: strict`` in Chinese, as the web platform tests have it: 92 characters, each on a line's edge."""

from __future__ import annotations

import itertools

import pytest

from tests.cjk.wpt_strict import NO_LINE_START, PREFIXES
from tests.support.line_breaks import our_breaks

pytestmark = pytest.mark.usefixtures("_built_in_fonts")

FORBIDDEN = [
    pytest.param(character, id=f"{file}-U+{ord(character):04X}")
    for file, characters in NO_LINE_START.items()
    for character in characters
]
PREFIX = [pytest.param(character, id=f"U+{ord(character):04X}") for character in PREFIXES]


def test_the_table_has_the_92_cases_of_the_web_platform_tests() -> None:
    assert {file: len(characters) for file, characters in NO_LINE_START.items()} == {
        "cj": 51,
        "cpm": 10,
        "hyphens": 2,
        "in": 5,
        "iteration": 6,
        "po": 10,
    }
    assert len("".join(NO_LINE_START.values())) + len(PREFIXES) == 92


@pytest.mark.parametrize("character", FORBIDDEN)
def test_a_line_never_begins_with(character: str) -> None:
    found = our_breaks("文文文文文文" + character + "字字")
    assert 6 not in found
    assert 5 in found  # the Han before it goes to the next line with it


@pytest.mark.parametrize("before", "）。》％5a", ids=lambda before: f"U+{ord(before):04X}")
@pytest.mark.parametrize("character", FORBIDDEN)
def test_a_line_never_begins_with_whatever_stands_before(character: str, before: str) -> None:
    assert 2 not in our_breaks("文" + before + character + "字")


@pytest.mark.parametrize("prefix", PREFIX)
def test_a_line_may_begin_with_a_prefix_and_never_ends_with(prefix: str) -> None:
    found = our_breaks("文文文文文文" + prefix + "字字")
    assert 6 in found
    assert 7 not in found


@pytest.mark.parametrize("number", ["5", "５", "五", "(5)", " 5"])
@pytest.mark.parametrize("prefix", PREFIX)
def test_a_number_keeps_its_prefix(prefix: str, number: str) -> None:
    found = our_breaks("文文" + prefix + number + "字")
    assert 2 in found
    assert not set(found) & set(range(3, 2 + len(prefix + number)))


@pytest.mark.render
def test_on_the_page_no_line_begins_or_ends_with_what_it_must_not() -> None:
    """Every case as its file sets it, in one document: a box of six em, and of a little more as there."""
    import weasyprint
    from weasyprint.formatting_structure import boxes
    from weasyprint.text.fonts import FontConfiguration

    from cstprint.engine.weasy.catalogue import LINES
    from cstprint.engine.weasy.patch import applied

    no_start = "".join(NO_LINE_START.values())
    # A prefix would end the first line, anything else begin the second.
    texts = ["文文文文文文" + c + "字字字字字字字" for c in no_start]
    texts += ["文文文文文" + c + "5字字字字字字字" for c in PREFIXES]
    styles = [f"width:{width}em;text-align:{align}" for width in (6, 6.16) for align in ("left", "justify")]
    cases = list(itertools.product(styles, texts))
    html = "".join(f'<p style="{style}">{text}</p>' for style, text in cases)
    head = '<html lang="zh-Hans"><style>p { font: 20pt "CST Song"; margin: 0 }</style>'
    with applied(LINES):
        rendered = weasyprint.HTML(string=head + html).render(font_config=FontConfiguration())

    paragraphs: dict[int, list[str]] = {}
    for page in rendered.pages:
        for box in page._page_box.descendants():
            if isinstance(box, boxes.LineBox):
                line = "".join(part.text for part in box.descendants() if isinstance(part, boxes.TextBox))
                paragraphs.setdefault(id(box.element), []).append(line)
    assert ["".join(lines) for lines in paragraphs.values()] == [text for _, text in cases]
    for lines in paragraphs.values():
        assert len(lines) > 1
        for before, after in itertools.pairwise(lines):
            assert after[0] not in no_start, lines
            assert before[-1] not in PREFIXES, lines
