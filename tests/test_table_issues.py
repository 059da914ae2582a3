"""Tables of all kinds in every layout: nothing short is torn, no page is left empty, nothing is lost."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from cstprint import rendering
from cstprint.job import RenderOptions
from cstprint.project import open_project
from tests.support.glyphs import Glyph, read_glyphs
from tests.support.samples import crossed
from tests.support.table_issues import table_issue

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]

COUNT = 60
LAYOUTS = ("newsletter", "brief", "bulletin")
#: What may be reported: lines that do not reach the edge, and moved figures, and a table without room.
HARMLESS = {"CST-E006", "CST-E018", "CST-E023"}
NO_ROOM = "CST-E024"


def rows_of(glyphs: list[Glyph]) -> list[str]:
    """The texts that stand on one height of a page, from left to right."""
    rows: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        rows[glyph.page, round(glyph.y * 2)].append(glyph)
    return ["".join(one.text for one in sorted(row, key=lambda one: one.x)) for row in rows.values()]


def empty_pages(glyphs: list[Glyph]) -> list[int]:
    """The pages but the first and the last that end above the middle of the lowest."""
    pages: dict[int, list[float]] = defaultdict(list)
    for glyph in glyphs:
        pages[glyph.page].append(glyph.y)
    last, foot = max(pages), max(y for ys in pages.values() for y in ys)
    body = {page: [y for y in ys if y < foot - 20] for page, ys in pages.items()}
    return [page for page, ys in body.items() if 1 < page < last and max(ys, default=0) < foot * 0.45]


@pytest.mark.parametrize("drawing", list(crossed(COUNT, LAYOUTS, few=1)))
def test_nothing_short_is_torn_and_nothing_is_lost(
    drawing: tuple[int, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendering, "use_fonts", lambda _library: None)
    seed, layout = drawing
    made = table_issue(seed)
    file = tmp_path / "issues" / "one" / "issue.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(made.text, "utf-8")
    (tmp_path / "cstprint.toml").touch()
    result = rendering.render(file, open_project(tmp_path), RenderOptions(layout=layout))
    assert result.value is not None, [str(told) for told in result.diagnostics]
    codes = {told.code for told in result.diagnostics}
    assert codes <= HARMLESS | {NO_ROOM}, [str(told) for told in result.diagnostics]
    glyphs = read_glyphs(result.value.pdf)
    text = "\n".join(rows_of(glyphs))
    torn = [one for one in made.whole if one not in text]
    if NO_ROOM in codes:
        assert made.columns > 5
    else:
        assert torn == []
    if layout != "brief":  # a row is kept whole, and on a page so small one may take more than half of it
        assert empty_pages(glyphs) == []
