"""Pictures are decoded to their last row before anything is laid out, whatever else runs in the process."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageFile

import cstprint.pictures
from cstprint.diagnostics import Result
from cstprint.pictures import Picture, inspect_picture
from cstprint.source import SourceFile, SourceText, Span
from tests.support.projects import picture_bytes


def name_of(path: str) -> SourceText:
    file = SourceFile(Path("issue.yaml"), f"image: {path}\n")
    return SourceText.at(path, Span(file, 1, 8, 1, 8 + len(path)), 1, 8, block=False)


def inspected(folder: Path, data: bytes, path: str = "a.png") -> Result[Picture]:
    (folder / path).write_bytes(data)
    return inspect_picture(name_of(path), folder, folder / "cache")


def test_a_whole_picture_is_measured(tmp_path: Path) -> None:
    picture = inspected(tmp_path, picture_bytes(size=(60, 40))).value
    assert picture is not None
    assert (picture.format, picture.width_px, picture.height_px) == ("PNG", 60, 40)


@pytest.mark.parametrize("ending", ["a.jpg", "a.jpeg", "a.JPG"])
def test_a_jpeg_may_end_in_any_of_these(ending: str, tmp_path: Path) -> None:
    assert inspected(tmp_path, picture_bytes("JPEG"), ending).diagnostics == ()


def test_a_truncated_picture_is_told_though_weasyprint_switches_pillows_check_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # weasyprint.images sets this when it is imported, so from the second issue of a run on.
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    (found,) = inspected(tmp_path, picture_bytes()[:-1500]).diagnostics
    assert found.code == "CST-P003"


def test_what_was_decoded_once_is_not_decoded_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = picture_bytes()
    first = inspected(tmp_path, data)
    monkeypatch.setattr(Image, "open", None)
    assert inspected(tmp_path, data, "b.png") == first


def test_a_picture_that_was_damaged_since_is_decoded_again(tmp_path: Path) -> None:
    data = picture_bytes()
    assert inspected(tmp_path, data).diagnostics == ()
    assert [found.code for found in inspected(tmp_path, data[:-1500]).diagnostics] == ["CST-P003"]


@pytest.mark.parametrize("rubbish", ["", "[]", '{"a": 1}', "\0"])
def test_a_damaged_memory_is_not_believed(rubbish: str, tmp_path: Path) -> None:
    data = picture_bytes()
    first = inspected(tmp_path, data)
    for memory in (tmp_path / "cache").rglob("*.json"):
        memory.write_text(rubbish, encoding="utf-8")
    assert inspected(tmp_path, data) == first


def test_a_picture_of_too_many_pixels_is_told_before_it_is_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cstprint.pictures, "MAX_PIXELS", 2399)
    (found,) = inspected(tmp_path, picture_bytes(size=(60, 40))).diagnostics
    assert found.code == "CST-P004"


def test_pillows_own_limit_is_told_in_our_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
    (found,) = inspected(tmp_path, picture_bytes(size=(60, 40))).diagnostics
    assert found.code == "CST-P004"


def test_a_file_that_is_too_large_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cstprint.pictures, "MAX_BYTES", 1000)
    (found,) = inspected(tmp_path, picture_bytes()).diagnostics
    assert found.code == "CST-P004"


def test_the_error_marks_the_path_in_the_file(tmp_path: Path) -> None:
    (found,) = inspect_picture(name_of("images/a.png"), tmp_path, tmp_path / "cache").diagnostics
    assert found.span is not None
    assert (str(found.span), found.span.width) == ("issue.yaml:1:8", len("images/a.png"))
