"""The font library: what is there, what it covers, what is remembered, what is refused."""

from __future__ import annotations

import gc
import json
import os
from pathlib import Path

import fontTools.ttLib
import pytest

from cstprint.diagnostics import Result
from cstprint.fonts import FontLibrary, fontconfig_file, load_library
from cstprint.project import builtin_folder
from tests.support.square_font import write_square_font

BUILT_IN = builtin_folder("fonts")


@pytest.fixture
def fonts(tmp_path: Path) -> Path:
    """An empty folder for a project's own fonts."""
    (tmp_path / "fonts").mkdir()
    return tmp_path / "fonts"


def load(*folders: Path) -> Result[FontLibrary]:
    return load_library(folders, folders[0].parent / "cache")


def library_of(*folders: Path) -> FontLibrary:
    result = load(*folders)
    assert result.diagnostics == ()
    assert result.value is not None
    return result.value


def fail(*_: object, **__: object) -> None:
    raise AssertionError("a font was opened")


def test_the_built_in_fonts_are_known_without_opening_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(fontTools.ttLib, "TTFont", fail)
    library = load_library([BUILT_IN], tmp_path).value
    assert library is not None
    assert len(library.faces) == len(list(BUILT_IN.glob("*.ttf")))
    assert {"CST Song", "CST Hei", "CST Kai", "CST Latin Serif"} <= set(library.families)


def test_the_built_in_fonts_are_whole() -> None:
    assert all(face.is_intact for face in library_of(BUILT_IN).faces)


def test_a_font_of_a_projects_own_is_read_and_remembered(
    fonts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_square_font(fonts / "square.ttf", "AB한", "Square", 700, italic=True)
    (face,) = library_of(fonts).faces
    assert (face.family, face.style, face.weight) == ("Square", "italic", 700)
    assert [face.covers(character) for character in "AB한C"] == [True, True, True, False]
    assert face.character_count == 3

    monkeypatch.setattr(fontTools.ttLib, "TTFont", fail)
    assert library_of(fonts).faces == (face,)


def test_a_font_that_was_exchanged_is_read_anew(fonts: Path) -> None:
    write_square_font(fonts / "square.ttf", "AB")
    assert library_of(fonts).faces[0].covers("A")
    write_square_font(fonts / "square.ttf", "XYZ")
    assert [library_of(fonts).faces[0].covers(character) for character in "AX"] == [False, True]


def test_a_built_in_font_that_was_exchanged_is_read_anew_and_is_not_whole(fonts: Path) -> None:
    square = write_square_font(fonts / "square.ttf", "AB")
    entry = {"family": "Old", "style": "normal", "weight": 400, "ranges": "5a", "sha256": "0", "size": 1}
    (fonts / "coverage.json").write_text(json.dumps({"faces": [{"file": "square.ttf", **entry}]}))
    assert library_of(fonts).faces[0].family == "Square"

    entry["size"] = square.stat().st_size
    (fonts / "coverage.json").write_text(json.dumps({"faces": [{"file": "square.ttf", **entry}]}))
    (face,) = library_of(fonts).faces
    assert (face.family, face.is_intact) == ("Old", False)


@pytest.mark.parametrize("rubbish", ["", "[]", "{}", '{"family": 1}', "\0"])
def test_a_damaged_memory_is_not_believed(rubbish: str, fonts: Path) -> None:
    write_square_font(fonts / "square.ttf", "AB")
    faces = library_of(fonts).faces
    for memory in (fonts.parent / "cache").rglob("*.json"):
        memory.write_text(rubbish, encoding="utf-8")
    assert library_of(fonts).faces == faces


def test_a_memory_that_cannot_be_written_costs_nothing_else(fonts: Path) -> None:
    write_square_font(fonts / "square.ttf", "AB")
    (fonts.parent / "cache").write_text("a file where a folder should be")
    assert len(library_of(fonts).faces) == 1


def test_a_family_of_the_project_stands_over_the_built_in_one(fonts: Path) -> None:
    write_square_font(fonts / "song.ttf", "AB", "CST Song")
    library = library_of(fonts, BUILT_IN)
    assert [face.path.parent for face in library.families["CST Song"]] == [fonts]
    assert len(library.families["CST Hei"]) == 3


def test_two_files_of_the_same_face_are_an_error(fonts: Path) -> None:
    for name, weight in (("a.ttf", 400), ("b.ttf", 400), ("c.ttf", 700)):
        write_square_font(fonts / name, "AB", weight=weight)
    (found,) = load(fonts).diagnostics
    assert (found.code, found.is_error) == ("CST-F002", True)
    assert "a.ttf and b.ttf have the same" in str(found.message)


@pytest.mark.parametrize("data", [b"", b"no font", b"\0\1\0\0" + b"\xff" * 40, b"OTTO" + b"\0" * 8])
def test_a_file_that_is_no_font_is_an_error(data: bytes, fonts: Path) -> None:
    (fonts / "broken.ttf").write_bytes(data)
    found = load(fonts).diagnostics
    gc.collect()  # a file left open is told here
    assert [d.code for d in found if d.is_error][:1] == ["CST-F001"]
    assert "broken.ttf" in str(found[0])


def test_half_a_font_is_an_error(fonts: Path) -> None:
    path = write_square_font(fonts / "half.ttf", "ABCDEFG")
    path.write_bytes(path.read_bytes()[:400])
    found = load(fonts).diagnostics
    assert [d.code for d in found if d.is_error][:1] == ["CST-F001"]
    assert "half.ttf" in str(found[0])


@pytest.mark.parametrize("table", ["", "{}", "[]", '{"faces": [{}]}', '{"faces": [{"file": "square.ttf"}]}'])
def test_a_damaged_coverage_file_is_an_error(table: str, fonts: Path) -> None:
    write_square_font(fonts / "square.ttf", "AB")
    (fonts / "coverage.json").write_text(table)
    found = load(fonts).diagnostics
    assert [d.code for d in found if d.is_error][:1] == ["CST-F001"]


def test_no_fonts_at_all_are_an_error(fonts: Path) -> None:
    assert [d.code for d in load(fonts).diagnostics] == ["CST-F001"]


def test_other_files_of_the_folder_are_left_alone(fonts: Path) -> None:
    write_square_font(fonts / "square.TTF", "AB")
    (fonts / "OFL.txt").write_text("licence")
    (fonts / "folder").mkdir()
    assert len(library_of(fonts).faces) == 1


def test_a_folder_named_like_a_font_is_an_error_or_left_alone(fonts: Path) -> None:
    write_square_font(fonts / "square.ttf", "AB")
    (fonts / "folder.ttf").mkdir()
    result = load(fonts)
    assert result.value is not None
    assert [d.code for d in result.diagnostics] in ([], ["CST-F001"])


@pytest.mark.parametrize(
    ("text", "families", "missing"),
    [
        ("AB", ["One"], []),
        ("ABX", ["One", "Two"], []),
        ("AZX", ["One"], ["Z", "X"]),
        ("ZAZ", ["One", "Two"], ["Z"]),
        ("A\u200b\ufeff \n\t\u3000\u00ad\ufe0f", ["One"], []),
        ("A", [], ["A"]),
        ("A", ["None"], ["A"]),
        ("", ["One"], []),
    ],
)
def test_missing_characters_are_those_that_no_family_has(
    text: str, families: list[str], missing: list[str], fonts: Path
) -> None:
    write_square_font(fonts / "one.ttf", "AB", "One")
    write_square_font(fonts / "two.ttf", "XY", "Two")
    assert library_of(fonts).missing(text, families) == missing


def test_the_fontconfig_file_names_the_folders_and_nothing_of_the_machine(tmp_path: Path) -> None:
    library = FontLibrary((tmp_path / "a & b", tmp_path / "<c>"), ())
    text = fontconfig_file(library, tmp_path / "cache")
    assert f"<dir>{tmp_path}/a &amp; b</dir><dir>{tmp_path}/&lt;c&gt;</dir>" in text
    assert text.count("<dir>") == 2
    assert "include" not in text


@pytest.mark.parametrize("name", ["x.otf", "coverage.json", "x.pfb", "inner/x.txt"])
def test_a_link_among_the_fonts_is_an_error(name: str, fonts: Path) -> None:
    write_square_font(fonts.parent / "outside.ttf", "AB")
    (fonts / name).parent.mkdir(exist_ok=True)
    (fonts / name).symlink_to(fonts.parent / "outside.ttf")
    (found,) = [d for d in load(fonts).diagnostics if d.code == "CST-F001"][:1]
    assert "it is a symbolic link" in str(found.message)


def test_a_pipe_among_the_fonts_is_an_error_and_does_not_hang(fonts: Path) -> None:
    os.mkfifo(fonts / "x.otf")
    assert [d.code for d in load(fonts).diagnostics][:1] == ["CST-F001"]


def test_what_is_remembered_of_a_font_is_not_written_through_a_link(fonts: Path) -> None:
    write_square_font(fonts / "square.ttf", "AB")
    library_of(fonts)
    (memory,) = (fonts.parent / "cache" / "fonts").iterdir()
    precious = fonts.parent / "precious.txt"
    precious.write_text("precious")
    memory.unlink()
    memory.symlink_to(precious)
    library_of(fonts)
    assert precious.read_text() == "precious"
    assert not memory.is_symlink()


@pytest.mark.parametrize(
    ("fs_type", "refuses"),
    [
        (0x0000, ""),
        (0x0002, "restricted"),
        (0x0004, ""),
        (0x0006, ""),  # the least restrictive counts
        (0x0008, ""),
        (0x0100, "no-subsetting"),
        (0x0200, "bitmap-only"),
        (0x0302, "restricted"),
    ],
)
def test_what_a_fonts_licence_bits_refuse_is_read(tmp_path: Path, fs_type: int, refuses: str) -> None:
    from fontTools.ttLib import TTFont

    path = write_square_font(tmp_path / "fonts" / "square.ttf", "正")
    with TTFont(path) as font:
        font["OS/2"].fsType = fs_type
        font.save(path)
    for _time in range(2):  # the second time it is remembered
        library = load_library([tmp_path / "fonts"], tmp_path / "cache").value
        assert library is not None
        assert [face.refuses for face in library.faces] == [refuses]
