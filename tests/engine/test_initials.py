"""Initials: as many lines as one is high stay together, in columns and on pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.guide.page import recipes
from tests.support.glyphs import read_glyphs
from tests.support.trials import Layout, tried

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]

#: The size of running text, of an initial of three lines, in pt; where the text block of a page ends, from its top.
SIZES = {"bulletin": (10.5, 44.5, 78 + 41 * 17), "newsletter": (12, 52, 84 + 34 * 20)}


@pytest.mark.slow
@pytest.mark.parametrize("layout", SIZES)
def test_an_initial_has_all_its_lines_beside_it_wherever_columns_and_pages_end(
    layout: str, tmp_path: Path
) -> None:
    """Every paragraph of recipe 4 has one; their lengths bring each of their lines to the foot of some column."""
    size, initial, bottom = SIZES[layout]
    css = next(one for one in recipes() if one.number == 4).files["layouts/mine/blocks.css"]
    css = css.replace(".article-head + p", ".article > p")
    lengths = [4 + number % 3 for number in range(60)]
    body = "\n\n".join("观" * (20 * count + 7) for count in lengths)
    made = tried(tmp_path, Layout(layout, blocks=css), body)
    glyphs = read_glyphs(made.pdf)
    initials = [glyph for glyph in glyphs if abs(glyph.size - initial) < 0.5]
    assert len(initials) == len(lengths)
    for one in initials:
        assert one.y < bottom
        beside = {
            round(glyph.y)
            for glyph in glyphs
            if glyph.page == one.page
            and abs(glyph.size - size) < 0.1
            and one.x < glyph.x < one.x + initial + 8 * size
            and one.y - initial < glyph.y < one.y + size / 2
        }
        assert len(beside) == 3, one
    assert not made.codes


def test_a_short_paragraph_with_an_initial_does_not_hang_over_the_foot_either(tmp_path: Path) -> None:
    _, initial, bottom = SIZES["newsletter"]
    css = next(one for one in recipes() if one.number == 4).files["layouts/mine/blocks.css"]
    css = css.replace(".article-head + p", ".article > p")
    made = tried(tmp_path, Layout("newsletter", blocks=css), "\n\n".join(["观" * 8] * 60))
    ends = [glyph.y for glyph in read_glyphs(made.pdf) if abs(glyph.size - initial) < 0.5]
    assert len(ends) == 60
    assert max(ends) < bottom
