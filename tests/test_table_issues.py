"""Tables of all kinds in every layout: nothing short is torn, no page or column is left empty, nothing is lost."""

from __future__ import annotations

import io
from collections import Counter, defaultdict
from pathlib import Path
from unicodedata import category

import pytest
from pypdf import PdfReader

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
HARMLESS = {"CST-E006", "CST-E018", "CST-E023", "CST-E052"}
NO_ROOM = "CST-E024"
#: Of the height of the text block: a row that is kept whole is no higher than a third of it.
EMPTY = 0.45


def rows_of(glyphs: list[Glyph]) -> list[str]:
    """The texts that stand on one height of a page, from left to right."""
    rows: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        rows[glyph.page, round(glyph.y * 2)].append(glyph)
    return ["".join(one.text for one in sorted(row, key=lambda one: one.x)) for row in rows.values()]


def empty_parts(glyphs: list[Glyph], turned: set[int], columns: int) -> list[tuple[int, int]]:
    """The pages, or their columns, that are nearly half empty above their notes: none of the first and the last.

    Pages of turned tables have nothing else.
    """
    flow = [one for one in glyphs if one.page not in turned and one.page > 1]
    left, right = min(one.x for one in flow), max(one.end for one in flow)
    head, foot = min(one.y for one in flow), max(one.y for one in flow)
    pages = set(range(2, max(one.page for one in flow))) - turned
    lowest = {(page, column): head for page in pages for column in range(columns)}
    bottom = dict.fromkeys(pages, foot - 20)  # without the line of the page's number
    for one in flow:
        if one.page in pages and category(one.text[:1] or " ") == "No" and one.x < left + 20:
            bottom[one.page] = min(bottom[one.page], one.y - 20)
    for one in flow:
        part = one.page, int(columns * (one.x - left) / (right - left + 1))
        if part in lowest and one.y <= bottom[one.page]:
            lowest[part] = max(lowest[part], one.y)
    return [part for part, y in lowest.items() if y < head + (bottom[part[0]] - head) * (1 - EMPTY)]


@pytest.mark.slow
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
    result = rendering.render(
        file, open_project(tmp_path), RenderOptions(layout=layout, settings={"first-page": "cover"})
    )
    assert result.value is not None, [str(told) for told in result.diagnostics]
    codes = {told.code for told in result.diagnostics}
    assert codes <= HARMLESS | {NO_ROOM}, [str(told) for told in result.diagnostics]
    glyphs = read_glyphs(result.value.pdf)
    text = "\n".join(rows_of(glyphs))
    torn = [one for one in made.whole if one not in text]
    if NO_ROOM in codes:
        assert made.columns > 8
    else:
        assert torn == []
    wanted = Counter(letter for cell in made.cells for letter in cell if "\u4e00" <= letter <= "\u9fff")
    assert wanted - Counter("".join(one.text for one in glyphs)) == Counter()
    turned = {
        number
        for number, page in enumerate(PdfReader(io.BytesIO(result.value.pdf)).pages, start=1)
        if page.rotation
    }
    assert empty_parts(glyphs, turned, 2 if layout == "bulletin" else 1) == []
