"""Sixty paragraphs that are hard to set, at six measures, measured from the origins of their glyphs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import pytest

from tests.support.copied import POPPLER, copied_by_pdfium, copied_by_poppler, without_line_ends
from tests.support.hard_lines import (
    MEASURES,
    HardLine,
    other_paragraphs,
    paragraphs,
    read_hard_lines,
    set_hard_lines,
)
from tests.support.line_rules import NO_END, NO_START, splits_number

pytestmark = [pytest.mark.render, pytest.mark.slow, pytest.mark.usefixtures("_built_in_fonts")]

#: From this measure (em) on the figures of flush lines and gaps hold; from the second, gaps are smaller.
WIDE, WIDER = 16.0, 35.0


@dataclass(frozen=True)
class Setting:
    """The paragraphs at a measure: the PDF, the lines, and the texts of those that a render reports."""

    measure: float
    pdf: bytes = field(repr=False)
    lines: list[HardLine] = field(repr=False)
    told: frozenset[str] = field(repr=False)


@pytest.fixture(scope="module", params=MEASURES, ids="{:g}em".format)
def setting(request: pytest.FixtureRequest, _built_in_fonts: None) -> Setting:
    pdf, told = set_hard_lines(paragraphs(), request.param)
    letters = frozenset(text.replace(" ", "") for text in told)
    return Setting(request.param, pdf, read_hard_lines(pdf, paragraphs()), letters)


def expect_none(found: Iterable[tuple[HardLine, str]]) -> None:
    """Fail with every line on a line of its own."""
    told = [f"¶{line.paragraph + 1} {what}: {line.text}" for line, what in found]
    if told:
        pytest.fail("\n".join(told), pytrace=False)


def test_the_paragraphs_are_as_hard_as_they_are_meant_to_be() -> None:
    texts = paragraphs()
    assert len(texts) == len(set(texts)) == 60
    strings = [text for text in texts if re.search("(?<![!-~])[!-~]{20,90}(?![!-~])", text)]
    words = [text for text in texts if re.search("(?<![0-9A-Za-z_])[A-Za-z][a-z]{13,}(?![0-9A-Za-z_])", text)]
    assert len(strings) >= 15
    assert len(words) >= 5
    assert not [text for text in texts if re.search("[!-~]{91}", text)]


def test_no_ink_stands_beyond_the_measure(setting: Setting) -> None:
    expect_none((line, f"{line.ink():.3f}") for line in setting.lines if line.ink() > setting.measure + 0.02)


def test_no_line_begins_with_what_it_must_not(setting: Setting) -> None:
    """A dash may where nothing else fills the line before (clreq 6.1.1 forbids it in its strictest level only)."""
    lines = [line for line in setting.lines if line.start and not line.text.startswith("——")]
    expect_none((line, "begins") for line in lines if line.text[0] in NO_START)


def test_no_line_ends_with_what_it_must_not(setting: Setting) -> None:
    expect_none((line, "ends") for line in setting.lines if not line.last and line.text[-1] in NO_END)


def test_no_number_is_parted_from_its_unit(setting: Setting) -> None:
    """Another number begins after a comma and a space, and a time after a date; 17:15 counts nothing."""
    found = [line for line in setting.lines if not line.last and splits_number(line.source, line.stop)]
    two = re.compile(r", $|\d-\d\d $|\d:\d\d[^\d ]$")
    parted = [line for line in found if not two.search(line.source[: line.stop + 1])]
    # A narrow line may end between the digits of an address, which count nothing, where nothing else fills it.
    expect_none((line, "parts") for line in parted if setting.measure >= WIDE or not line.parts_address)


def test_nearly_all_lines_end_at_the_edge(setting: Setting) -> None:
    if setting.measure < WIDE:
        pytest.skip("narrow lines may be ragged")
    full = [line for line in setting.lines if not line.last and not line.has_address]
    short = [line for line in full if line.short(setting.measure) > 0.02]
    if len(short) > 0.05 * len(full):
        expect_none((line, f"{line.short(setting.measure):.2f}") for line in short)


def test_a_line_that_an_address_could_fill_is_ragged_by_an_em_at_most(setting: Setting) -> None:
    parted = [line for line in setting.lines if line.parts_address]
    assert parted
    ragged = [line for line in parted if line.short(setting.measure) > 1.0]
    expect_none((line, f"{line.short(setting.measure):.2f}") for line in ragged)


def test_han_do_not_stand_far_apart_without_a_word(setting: Setting) -> None:
    if setting.measure < WIDE:
        pytest.skip("narrow lines may be loose")
    most = 0.10 if setting.measure >= WIDER else 0.25
    loose = [(line, line.han_gap()) for line in setting.lines if not line.last]
    found = [(line, gap) for line, gap in loose if gap > most + 0.003]
    expect_none((line, f"{gap:.3f}") for line, gap in found if line.text.replace(" ", "") not in setting.told)


def test_pdfium_copies_what_was_typed(setting: Setting) -> None:
    expect_typed(copied_by_pdfium(setting.pdf), paragraphs())


@pytest.mark.skipif(POPPLER is None, reason="poppler-utils is not installed")
def test_poppler_copies_what_was_typed(setting: Setting) -> None:
    expect_typed(copied_by_poppler(setting.pdf), paragraphs())


def expect_typed(pages: list[str], typed: list[str]) -> None:
    """Expect that each page is a paragraph; line ends do not count."""
    assert [without_line_ends(one, text) for one, text in zip(pages, typed, strict=True)] == typed


@pytest.mark.parametrize("measure", MEASURES, ids="{:g}em".format)
def test_other_paragraphs_are_kept_within_the_rules_too(measure: float) -> None:
    texts = other_paragraphs()
    pdf, told = set_hard_lines(texts, measure)
    lines = read_hard_lines(pdf, texts)
    full = [line for line in lines if not line.last]
    counted = [line for line in full if not line.has_address]
    short = [line for line in counted if line.short(measure) > 0.02]
    if measure >= WIDE and len(short) > 0.05 * len(counted):
        expect_none((line, f"{line.short(measure):.2f}") for line in short)
    ragged = [line for line in full if line.parts_address and line.short(measure) > 1.0]
    expect_none((line, f"{line.short(measure):.2f}") for line in ragged)
    expect_none((line, "is beyond the measure") for line in lines if line.ink() > measure + 0.02)
    expect_none(
        (line, "begins") for line in lines if line.start and line.text[0] in NO_START.replace("—", "")
    )
    expect_none((line, "ends") for line in full if line.text[-1] in NO_END)
    numbers = [line for line in full if splits_number(line.source, line.stop)]
    expect_none((line, "parts") for line in numbers if measure >= WIDE or not line.parts_address)
    letters = {text.replace(" ", "") for text in told}
    loose = [line for line in full if line.han_gap() > (0.253 if measure < WIDER else 0.103)]
    expect_none((line, "is loose") for line in loose if line.text.replace(" ", "") not in letters)
    expect_typed(copied_by_pdfium(pdf), texts)
    if POPPLER is not None:
        expect_typed(copied_by_poppler(pdf), texts)
