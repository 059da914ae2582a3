"""PNGs whose compressed rows PDF takes as they are."""

from __future__ import annotations

import io
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from cstprint.pictures.kinds import PNG
from cstprint.pictures.png import is_plain, plain_data
from cstprint.pictures.prepare import prepare
from tests.conftest import Run
from tests.support import profiles
from tests.support.odd_pictures import cornered, saved
from tests.support.projects import ISSUE, SmallProject

RGB, GREY = cornered().convert("RGB"), cornered().convert("L")


def rows_replaced(png: bytes, rows: bytes) -> bytes:
    """The PNG with other compressed rows in one IDAT chunk, its checksum right."""
    head, end = png.index(b"IDAT") - 4, png.index(b"IEND") - 4
    chunk = b"IDAT" + rows
    return (
        png[:head] + len(rows).to_bytes(4, "big") + chunk + zlib.crc32(chunk).to_bytes(4, "big") + png[end:]
    )


@pytest.mark.parametrize("picture", [RGB, GREY])
def test_the_rows_of_a_plain_png_are_its_pixels_each_row_after_a_byte_for_its_filter(
    picture: Image.Image,
) -> None:
    data = plain_data(saved(picture, "PNG"))
    assert data is not None
    bands = len(picture.getbands())
    assert len(zlib.decompress(data)) == picture.height * (1 + picture.width * bands)


@pytest.mark.parametrize(
    "data",
    [
        saved(cornered().quantize(8), "PNG"),
        saved(GREY.convert("1"), "PNG"),
        saved(GREY.convert("I;16"), "PNG"),
        saved(RGB.convert("RGBA"), "PNG"),
        saved(RGB, "PNG", transparency=(255, 0, 0)),
        saved(RGB, "JPEG"),
    ],
    ids=["palette", "1 bit", "16 bits", "alpha", "transparent colour", "JPEG"],
)
def test_pdf_does_not_take_others_as_they_are(data: bytes) -> None:
    assert plain_data(data) is None
    assert not is_plain(data)


def test_rows_that_are_too_few_too_many_or_followed_by_something_are_not_passed_on() -> None:
    png = saved(RGB, "PNG")
    rows = zlib.decompress(plain_data(png) or b"")
    assert is_plain(rows_replaced(png, zlib.compress(rows)))
    for other in (
        zlib.compress(rows[:-1]),
        zlib.compress(rows + b"\0"),
        zlib.compress(rows) + b"\0",
        zlib.compress(rows)[:-2],
    ):
        assert not is_plain(rows_replaced(png, other))


@pytest.mark.parametrize(
    "data",
    [
        saved(cornered().quantize(8), "PNG"),
        saved(GREY.convert("I;16"), "PNG"),
        saved(RGB, "PNG", icc_profile=profiles.srgb()),
        saved(RGB, "PNG", compress_level=0),
    ],
    ids=["palette", "16 bits", "with a profile", "not compressed"],
)
def test_pngs_are_prepared_so_that_pdf_takes_them(data: bytes) -> None:
    picture, _ = prepare(data, PNG, 0)
    assert is_plain(picture.data)
    assert len(picture.data) <= len(data) or Image.open(io.BytesIO(data)).mode == "P"


@pytest.mark.render
def test_the_compressed_rows_of_a_plain_png_are_in_the_pdf_unchanged(project: SmallProject, run: Run) -> None:
    data = saved(RGB, "PNG", compress_level=9)
    project.write("issues/one/a.png", data)
    project.issue(
        ISSUE.replace(
            "    body: 正文。\n", "    body:\n      - figures:\n          - {image: a.png, alt: 图}\n"
        )
    )
    assert run("render", "one").status == 0
    (pdf,) = project.outputs()
    (picture,) = PdfReader(Path(pdf)).pages[0].images
    stream: Any = picture.indirect_reference.get_object() if picture.indirect_reference else None
    assert stream._data == plain_data(data)
