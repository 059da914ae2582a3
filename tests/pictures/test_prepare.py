"""Pictures are decoded to their last row before anything is laid out, whatever else runs in the process."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from PIL import Image, ImageFile

from cstprint.diagnostics import Result
from cstprint.pictures import cache, prepare
from cstprint.pictures.prepare import prepare_picture
from cstprint.pictures.prepared import PreparedPicture
from cstprint.source import SourceFile, SourceText, Span
from tests.support import profiles
from tests.support.odd_pictures import Bad, Good, bads, cmyk, cornered, exif, frames, goods, noisy, saved
from tests.support.projects import picture_bytes

GOODS = [good for good in goods() if "CST-P005" not in good.codes]
BADS = list(bads())
#: What base asks for: 420 pt at 300 dpi.
LIMIT = 1750


def name_of(path: str) -> SourceText:
    file = SourceFile(Path("issue.yaml"), f"image: {path}\n")
    return SourceText.at(path, Span(file, 1, 8, 1, 8 + len(path)), 1, 8, block=False)


def prepared(folder: Path, data: bytes, path: str = "a.png", limit: int = LIMIT) -> Result[PreparedPicture]:
    (folder / path).write_bytes(data)
    return prepare_picture(name_of(path), folder, folder / "cache", limit)


def seen(picture: PreparedPicture) -> Image.Image:
    """The picture on white paper."""
    image = Image.open(io.BytesIO(picture.data)).convert("RGBA")
    paper = Image.new("RGBA", image.size, "white")
    paper.alpha_composite(image)
    return paper.convert("RGB")


# ── what is printed ──


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_all_orientations_and_all_colour_modes_are_among_them() -> None:
    opened = [Image.open(io.BytesIO(good.data)) for good in GOODS]
    assert {image.getexif().get(0x112) for image in opened} >= set(range(1, 9))
    modes = {"1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK", "YCbCr", "LAB"}
    assert {image.mode for image in opened} == modes


@pytest.mark.parametrize("good", GOODS, ids=lambda good: good.what.replace(" ", "_"))
def test_a_picture_is_prepared_upright_in_its_colours_and_no_larger_than_it_is_printed(
    good: Good, tmp_path: Path
) -> None:
    result = prepared(tmp_path, good.data, good.file)
    picture = result.value
    assert picture is not None, result.diagnostics
    assert tuple(found.code for found in result.diagnostics) == good.codes
    assert (picture.width_px, picture.height_px) == good.size
    image = seen(picture)
    assert image.size == good.size
    for corner, expected in enumerate(good.corners):
        x, y = ((0.1, 0.9)[corner % 2], (0.1, 0.9)[corner // 2])
        colour = image.getpixel((int(image.width * x), int(image.height * y)))
        assert isinstance(colour, tuple)
        assert max(abs(a - b) for a, b in zip(colour, expected, strict=True)) <= 12, (corner, colour)


@pytest.mark.parametrize("good", GOODS, ids=lambda good: good.what.replace(" ", "_"))
def test_what_is_prepared_is_plain_and_the_same_each_time(good: Good, tmp_path: Path) -> None:
    first = prepared(tmp_path, good.data, good.file)
    for memory in remembered(tmp_path):
        memory.unlink()
    assert prepared(tmp_path, good.data, good.file) == first
    assert first.value is not None
    with Image.open(io.BytesIO(first.value.data)) as image:
        assert image.format in ("PNG", "JPEG")
        assert image.mode in ("L", "LA", "RGB", "RGBA", "P")
        assert image.getexif().get(0x112, 1) == 1
        assert Image.MIME[image.format] == first.value.media_type
    assert b"SECRET PLACE" not in first.value.data


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("a.jpg", picture_bytes("JPEG")),
        ("a.jpeg", picture_bytes("JPEG")),
        ("a.JPG", saved(cornered(), "JPEG", progressive=True)),
        ("a.png", picture_bytes()),
    ],
)
def test_what_is_fit_for_print_is_printed_byte_by_byte_as_it_is(
    path: str, data: bytes, tmp_path: Path
) -> None:
    result = prepared(tmp_path, data, path)
    assert result.diagnostics == ()
    assert result.value is not None
    assert result.value.data == data


def test_a_jpeg_loses_its_metadata_and_nothing_of_its_picture(tmp_path: Path) -> None:
    bare = saved(cornered(), "JPEG", quality=80)
    told = saved(cornered(), "JPEG", quality=80, exif=exif(1), comment=b"SECRET", icc_profile=profiles.srgb())
    picture = prepared(tmp_path, told, "a.jpg").value
    assert picture is not None
    assert picture.data == bare


def test_the_second_picture_of_a_telephones_jpeg_is_left_out(tmp_path: Path) -> None:
    data = frames("MPO")
    picture = prepared(tmp_path, data, "a.jpg").value
    assert picture is not None
    assert picture.data.count(b"\xff\xd8") == 1 < data.count(b"\xff\xd8")


def test_without_a_limit_every_pixel_is_kept(tmp_path: Path) -> None:
    picture = prepared(tmp_path, saved(cornered((3000, 2000)), "JPEG"), "a.jpg", limit=0).value
    assert picture is not None
    assert (picture.width_px, picture.height_px) == (3000, 2000)


def test_the_number_of_pictures_in_a_file_is_told(tmp_path: Path) -> None:
    (found,) = prepared(tmp_path, frames("TIFF"), "a.tif").diagnostics
    assert "3 pictures" in str(found.message)


# ── what is refused ──


@pytest.mark.parametrize("bad", BADS, ids=lambda bad: bad.what.replace(" ", "_"))
def test_a_picture_that_cannot_be_printed_is_refused_by_name(
    bad: Bad, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    result = prepared(tmp_path, bad.data, bad.file)
    assert result.value is None
    (found,) = result.diagnostics
    assert (found.code, found.is_error) == (bad.code, True)
    assert bad.says in str(found.message)
    assert found.hint is not None
    assert found.span is not None
    assert (str(found.span), found.span.width) == ("issue.yaml:1:8", len(bad.file))
    assert capfd.readouterr().err == ""  # libtiff complains there


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "BMP", "TIFF", "JPEG2000"])
@pytest.mark.parametrize("part", [0.02, 0.3, 0.7, 0.95, 0.999])
def test_a_picture_that_breaks_off_anywhere_is_refused(kind: str, part: float, tmp_path: Path) -> None:
    data = noisy(kind)
    result = prepared(tmp_path, data[: int(len(data) * part)])
    assert [found.code for found in result.diagnostics] == ["CST-P003"]


def test_a_truncated_picture_is_told_though_weasyprint_switches_pillows_check_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # weasyprint.images sets this when it is imported, so from the second issue of a run on.
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    (found,) = prepared(tmp_path, picture_bytes()[:-1500]).diagnostics
    assert found.code == "CST-P003"
    assert ImageFile.LOAD_TRUNCATED_IMAGES


def test_pillows_own_limit_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
    assert prepared(tmp_path, picture_bytes(size=(60, 40))).diagnostics == ()
    assert Image.MAX_IMAGE_PIXELS == 100


def test_a_file_that_is_too_large_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare, "MAX_BYTES", 1000)
    (found,) = prepared(tmp_path, picture_bytes()).diagnostics
    assert found.code == "CST-P004"


def test_lack_of_memory_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise MemoryError

    data = picture_bytes("JPEG")
    monkeypatch.setattr(ImageFile.ImageFile, "load", fail)
    (found,) = prepared(tmp_path, data, "a.jpg").diagnostics
    assert found.code == "CST-P004"


def test_a_pipe_that_took_the_pictures_place_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "a.png")
    monkeypatch.setattr(Path, "is_file", lambda _: True)
    (found,) = prepare_picture(name_of("a.png"), tmp_path, tmp_path / "cache").diagnostics
    assert found.code == "CST-P002"


@pytest.mark.parametrize("link", ["images", "images/a.png"])
def test_a_link_that_took_the_place_of_a_folder_or_file_is_not_followed(
    link: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("outside", "issue/images"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "a.png").write_bytes(picture_bytes())
    (tmp_path / "issue" / link).rename(tmp_path / "was")
    (tmp_path / "issue" / link).symlink_to(tmp_path / "outside" / ("a.png" if link.endswith("png") else ""))
    monkeypatch.setattr(prepare, "link_below", lambda _root, _path: None)
    (found,) = prepare_picture(name_of("images/a.png"), tmp_path / "issue", tmp_path / "cache").diagnostics
    assert found.code in {"CST-P002", "CST-P003"}


# ── the cache ──


def remembered(folder: Path) -> list[Path]:
    return sorted((folder / "cache" / "pictures").iterdir())


def test_what_was_decoded_once_is_not_decoded_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = saved(cmyk(cornered()), "JPEG")
    first = prepared(tmp_path, data, "a.jpg")
    monkeypatch.setattr(Image, "open", None)
    assert prepared(tmp_path, data, "b.jpg").value == first.value
    assert prepared(tmp_path, data, "a.jpg") == first
    assert [found.code for found in first.diagnostics] == ["CST-P008"]


def test_another_limit_makes_another_picture(tmp_path: Path) -> None:
    data = saved(cornered((600, 400)), "PNG")
    widths = [
        picture.width_px
        for limit in (300, 200, 300)
        if (picture := prepared(tmp_path, data, limit=limit).value)
    ]
    assert widths == [300, 200, 300]
    assert len(remembered(tmp_path)) == 2


def test_a_picture_that_was_damaged_since_is_decoded_again(tmp_path: Path) -> None:
    data = picture_bytes()
    assert prepared(tmp_path, data).diagnostics == ()
    assert [found.code for found in prepared(tmp_path, data[:-1500]).diagnostics] == ["CST-P003"]


@pytest.mark.parametrize("rubbish", [b"", b"[]\n", b'{"a": 1}\n', b"\0", b"{}"])
def test_a_damaged_memory_is_not_believed(rubbish: bytes, tmp_path: Path) -> None:
    data = picture_bytes()
    first = prepared(tmp_path, data)
    for memory in remembered(tmp_path):
        memory.write_bytes(rubbish)
    assert prepared(tmp_path, data) == first


@pytest.mark.parametrize("at", [-1, -200, 300])
def test_a_memory_of_which_a_byte_has_changed_is_not_believed(at: int, tmp_path: Path) -> None:
    data = picture_bytes()
    first = prepared(tmp_path, data)
    (memory,) = remembered(tmp_path)
    changed = bytearray(memory.read_bytes())
    changed[at] ^= 0xFF
    memory.write_bytes(changed)
    assert prepared(tmp_path, data) == first


def test_what_was_used_longest_ago_makes_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pictures = [picture_bytes(size=(60, 40 + n)) for n in range(6)]
    monkeypatch.setattr(cache, "MAX_CACHE_BYTES", 4 * len(pictures[0]))
    for n, data in enumerate(pictures):
        prepared(tmp_path, data)
        for memory in remembered(tmp_path):
            if memory.stat().st_mtime > 1000:
                os.utime(memory, (n, n))
    left = remembered(tmp_path)
    assert sum(memory.stat().st_size for memory in left) <= 4 * len(pictures[0])
    assert {memory.stat().st_mtime for memory in left} <= {3, 4, 5}
    assert 5 in {memory.stat().st_mtime for memory in left}


def test_a_cache_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file in its way")
    assert prepared(tmp_path, picture_bytes()).diagnostics == ()


def test_nothing_half_written_stays_in_the_cache(tmp_path: Path) -> None:
    prepared(tmp_path, picture_bytes())
    assert [memory.suffix for memory in remembered(tmp_path)] == [".picture"]
