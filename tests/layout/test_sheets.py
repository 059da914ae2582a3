"""What the layouts promise of their pages: whole lines of whole ems, and of brief, that nothing is small or pale."""

from __future__ import annotations

import re
from functools import cache

import pytest

from cstprint.job import RenderOptions
from cstprint.layout.resolve import Layout, resolve_layout
from tests.support.pages import Box
from tests.support.placed import Placed, lay_out
from tests.support.projects import REPOSITORY

SPECIMEN = REPOSITORY / "issues/issue-specimen"


def layout_named(name: str) -> Layout:
    layout = resolve_layout(name, [REPOSITORY / "layouts"], {}).value
    assert layout is not None
    return layout


def points(value: str, size: float = 0.0) -> float:
    """A length of pt, or of em of ``size`` pt, in pt."""
    return float(value[:-2]) * (size if value.endswith("em") else 1)


def luminance(color: str) -> float:
    """The relative luminance of #rrggbb (WCAG 2.2)."""
    shares = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@cache
def specimen_in(layout: str) -> Placed:
    """The specimen's pages in a layout, laid out once."""
    return lay_out(REPOSITORY, SPECIMEN, RenderOptions(layout=layout))


@pytest.mark.slow
@pytest.mark.render
@pytest.mark.usefixtures("_built_in_fonts")
@pytest.mark.parametrize("name", ["newsletter", "brief"])
def test_the_text_block_is_whole_lines_of_whole_ems(name: str) -> None:
    values = layout_named(name).values
    size, leading = points(values["size"]), points(values["leading"])
    block: Box = specimen_in(name).text_blocks[5]
    ems, lines = (block.right - block.left) / size, (block.bottom - block.top) / leading
    assert ems == pytest.approx(points(values["measure"], 1), abs=0.01)
    assert ems == pytest.approx(round(ems), abs=0.01)
    assert lines == pytest.approx(round(lines), abs=0.01)
    assert 1.6 <= leading / size <= 1.8


@pytest.mark.render
@pytest.mark.usefixtures("_built_in_fonts")
def test_nothing_in_brief_is_smaller_than_its_small_type_but_what_is_raised() -> None:
    runs = specimen_in("brief").runs
    raised = [run for run in runs if run.within & {"sup", "sub"} or run.generated == "footnote-call"]
    assert raised
    smallest = min(run.size for run in runs if run not in raised)
    [share] = re.findall(r"calc\(var\(--cst-size\) \* (\d+) / (\d+)\)", layout_named("brief").values["small"])
    small = points(layout_named("brief").values["size"]) * int(share[0]) / int(share[1])
    assert smallest >= small - 0.01 >= 11
    assert min(run.size for run in raised) > 9


@pytest.mark.parametrize("text", ["ink", "quiet", "accent"])
@pytest.mark.parametrize("ground", ["#ffffff", "tint"])
def test_text_of_brief_has_a_contrast_of_7_to_1(text: str, ground: str) -> None:
    """WCAG 2.2, 1.4.6."""
    values = layout_named("brief").values
    assert contrast(values[text], values.get(ground, ground)) >= 7
