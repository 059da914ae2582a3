"""Crop marks stand outside the bleed, on paper that is larger for them."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from cstprint.pdf.raster import draw_pages
from tests.support.ink import grounds
from tests.support.trials import Layout, Trial, tried

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]

#: The trimmed page, and a bleed of 5 mm, in pt.
WIDTH, HEIGHT, BLEED = 595.276, 841.89, 5 * 72 / 25.4
RED = "@page { background: #ff0000 }"


def printed(root: Path, page: str) -> Trial:
    """Pages whose ground is red, with a bleed of 5 mm."""
    return tried(root, Layout("newsletter", page=f"{RED} {page}", tokens={"bleed": "5mm"}), "观观。")


def boxes(pdf: bytes) -> dict[str, list[float]]:
    page: Any = PdfReader(io.BytesIO(pdf)).pages[0]
    return {name: [float(edge) for edge in page[f"/{name}"]] for name in ("TrimBox", "BleedBox", "MediaBox")}


def grown(by: float) -> list[float]:
    return [-by, -by, WIDTH + by, HEIGHT + by]


def test_paper_ends_beyond_the_marks_and_the_boxes_say_where_it_is_trimmed(tmp_path: Path) -> None:
    found = boxes(printed(tmp_path, "@page { marks: crop cross }").pdf)
    assert found["TrimBox"] == pytest.approx(grown(0), abs=0.01)
    assert found["BleedBox"] == pytest.approx(grown(BLEED), abs=0.01)
    assert found["MediaBox"] == pytest.approx(grown(BLEED + 20), abs=0.01)


def test_without_marks_paper_ends_with_the_bleed(tmp_path: Path) -> None:
    found = boxes(printed(tmp_path, "").pdf)
    assert found["MediaBox"] == found["BleedBox"] == pytest.approx(grown(BLEED), abs=0.01)


def test_marks_are_artifacts_on_white_outside_the_bleed_and_point_to_the_edges(tmp_path: Path) -> None:
    trial = printed(tmp_path, "@page { marks: crop }")
    edge = BLEED + 20
    # The bleed is red to its corner, the paper outside is white.
    assert grounds(trial.pdf, 1, (21, 21), (10, 10), (10, HEIGHT / 2)) == ["#ff0000", "#ffffff", "#ffffff"]
    stream = PdfReader(io.BytesIO(trial.pdf)).pages[0].get_contents()
    assert stream is not None
    *_, last = re.findall(r"/Artifact\nBMC\n(.*?)EMC", stream.get_data().decode("latin-1"), re.S)
    lines = [tuple(map(float, line)) for line in re.findall(r"(\S+) (\S+) m (\S+) (\S+) l S", last)]
    assert len(lines) == 8
    for x, y, to_x, to_y in lines:
        along = sorted({round(x, 2), round(to_x, 2)} & {0.0, round(WIDTH, 2)}) if x == to_x else [y]
        assert along[0] in (0.0, pytest.approx(WIDTH, abs=0.01), pytest.approx(HEIGHT, abs=0.01))
        ends = (x, to_x, WIDTH) if y == to_y else (y, to_y, HEIGHT)
        assert all(end < -BLEED or end > ends[2] + BLEED for end in ends[:2]), "outside the bleed"
        assert all(-edge < end < ends[2] + edge for end in ends[:2]), "on the paper"


def test_pictures_of_pages_show_the_marks(tmp_path: Path) -> None:
    trial = printed(tmp_path, "@page { marks: crop }")
    with Image.open(io.BytesIO(next(draw_pages(trial.pdf, 72)))) as picture:
        assert picture.size == pytest.approx((WIDTH + 2 * (BLEED + 20), HEIGHT + 2 * (BLEED + 20)), abs=1)
        edge = round(BLEED + 20)
        darkest, _ = picture.convert("L").crop((2, edge - 1, 18, edge + 1)).getextrema()
        assert darkest < 250  # type: ignore[operator]
