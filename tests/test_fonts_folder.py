"""The committed fonts are what coverage.json, the licences and the style sheets rely on."""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "fonts"
FACES: list[dict[str, Any]] = json.loads((FONTS / "coverage.json").read_text(encoding="utf-8"))["faces"]
FILES = [face["file"] for face in FACES]

# What Chinese sets from its own font, never from a Latin companion.
CHINESE_MARKS = "—―‘’“”…‥·、。，；：？！（）《》※→①★✓"
CHINESE_TEXT = (
    "、。，．；：？！“”‘’（）《》〈〉「」『』【】〔〕—…·～①②⑳㈠℃‰№→Ωαβ✓★々〇㎡"
    "あアㄓ中国臺灣镕堃喆祎䶮㛃𬭚𫖯𬘭"  # the last ones are in the table of 8105 but not in GB 2312
)
#: U+0020, no-break, en to hair, narrow no-break, mathematical, ideographic.
BLANKS = {0x20, 0xA0, *range(0x2002, 0x200B), 0x202F, 0x205F, 0x3000}
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻₀₁₂₃₄₅₆₇₈₉₊₋"


@cache
def font(file: str) -> TTFont:
    """A font of the folder."""
    return TTFont(FONTS / file, lazy=True)


def listed(face: dict[str, Any]) -> set[int]:
    """The code points coverage.json lists for a face."""
    codes: set[int] = set()
    for part in face["ranges"].split(","):
        first, _, last = part.partition("-")
        codes.update(range(int(first, 16), int(last or first, 16) + 1))
    return codes


def files_of(family: str) -> list[str]:
    """The files of a family."""
    return [face["file"] for face in FACES if face["family"] == family]


def missing(file: str, text: str) -> str:
    """The characters of a text which a font lacks."""
    return "".join(char for char in text if ord(char) not in font(file).getBestCmap())


def advance(file: str, char: str) -> float:
    """The width of a character in ems."""
    opened = font(file)
    width = opened["hmtx"][opened.getBestCmap()[ord(char)]][0]
    return float(width / opened["head"].unitsPerEm)


def test_coverage_lists_exactly_the_font_files_of_the_folder() -> None:
    assert sorted(FILES) == sorted(path.name for path in FONTS.glob("*.ttf"))


@pytest.mark.parametrize("face", FACES, ids=FILES)
def test_hash_and_size_in_coverage_are_those_of_the_file(face: dict[str, Any]) -> None:
    data = (FONTS / face["file"]).read_bytes()
    assert (len(data), hashlib.sha256(data).hexdigest()) == (face["size"], face["sha256"])


@pytest.mark.parametrize("face", FACES, ids=FILES)
def test_ranges_in_coverage_are_the_characters_of_the_font(face: dict[str, Any]) -> None:
    assert listed(face) == set(font(face["file"]).getBestCmap())


def test_no_two_faces_share_family_style_and_weight() -> None:
    keys = [(face["family"], face["style"], face["weight"]) for face in FACES]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("face", FACES, ids=FILES)
def test_name_table_gives_the_family_of_coverage(face: dict[str, Any]) -> None:
    names = font(face["file"])["name"]
    assert names.getBestFamilyName() == face["family"]
    assert names.getDebugName(1).startswith("CST ")


@pytest.mark.parametrize("face", FACES, ids=FILES)
def test_reserved_font_names_are_not_used_as_names(face: dict[str, Any]) -> None:
    names = font(face["file"])["name"]
    shown = " ".join(str(record) for record in names.names if record.nameID in (1, 2, 3, 4, 6, 16, 17))
    assert not any(word in shown for word in ("Noto", "Source", "LXGW", "Klee", "Hana", "Iosevka"))


@pytest.mark.parametrize("face", FACES, ids=FILES)
def test_copyright_and_licence_records_are_kept(face: dict[str, Any]) -> None:
    names = font(face["file"])["name"]
    assert names.getDebugName(0)
    assert re.search("SIL Open Font Licen[cs]e", names.getDebugName(13))


@pytest.mark.parametrize("face", FACES, ids=FILES)
def test_style_bits_and_names_agree_with_weight_and_style(face: dict[str, Any]) -> None:
    opened, bold, italic = font(face["file"]), face["weight"] == 700, face["style"] == "italic"
    selection, mac = opened["OS/2"].fsSelection, opened["head"].macStyle
    assert opened["OS/2"].usWeightClass == face["weight"]
    assert (bool(selection & 1), bool(selection & 1 << 5)) == (italic, bold)
    assert (bool(mac & 2), bool(mac & 1)) == (italic, bold)
    assert bool(selection & 1 << 6) == (not bold and not italic)
    ribbi = {(0, 0): "Regular", (0, 1): "Italic", (1, 0): "Bold", (1, 1): "Bold Italic"}
    assert opened["name"].getDebugName(2) == ribbi[bold, italic]


@pytest.mark.parametrize("file", FILES)
def test_fonts_are_static_truetype_without_hinting(file: str) -> None:
    tables = set(font(file).keys())
    assert "glyf" in tables
    assert not tables & {"fvar", "CFF ", "CFF2", "fpgm", "cvt "}


@pytest.mark.parametrize("file", files_of("CST Latin Serif") + files_of("CST Latin Sans"))
def test_latin_companions_leave_chinese_marks_to_the_chinese_font(file: str) -> None:
    assert missing(file, CHINESE_MARKS) == CHINESE_MARKS


@pytest.mark.parametrize("file", files_of("CST Latin Serif") + files_of("CST Latin Sans"))
def test_latin_companions_have_pinyin_and_all_superscripts_and_subscripts(file: str) -> None:
    assert missing(file, "AZaz09āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ°±×÷−≤≥‰" + SUPERSCRIPTS) == ""


@pytest.mark.parametrize("file", files_of("CST Serif") + files_of("CST Sans"))
def test_complete_latin_fonts_have_english_punctuation_and_superscripts(file: str) -> None:
    assert missing(file, "“”‘’—–…·°×†‡•§¶©αβΩЯ" + SUPERSCRIPTS) == ""


@pytest.mark.parametrize("file", files_of("CST Song") + files_of("CST Hei"))
def test_song_and_hei_cover_chinese_text(file: str) -> None:
    assert missing(file, CHINESE_TEXT) == ""


def test_kai_covers_chinese_text_together_with_its_quotes() -> None:
    assert set(missing("CSTKai-Regular.ttf", CHINESE_TEXT)) == set("‘’“”—·")
    assert missing("CSTQuotes-Regular.ttf", "‘’“”—·") == ""


@pytest.mark.parametrize("file", files_of("CST Song") + files_of("CST Hei") + files_of("CST Kai"))
def test_chinese_fonts_cover_gb2312_big5_level_1_and_the_table_of_8105(file: str) -> None:
    codes = [(a << 8 | b).to_bytes(2, "big") for a in range(0xB0, 0xF8) for b in range(0xA1, 0xFF)]
    gb2312 = "".join(code.decode("gb2312", "ignore") for code in codes)
    level1 = [(a << 8 | b).to_bytes(2, "big") for a in range(0xA4, 0xC7) for b in range(0x40, 0xFF)]
    big5 = "".join(code.decode("big5", "ignore") for code in level1 if code <= b"\xc6\x7e")
    lines = (FONTS / "charsets/han-8105.txt").read_text(encoding="utf-8").splitlines()
    table = "".join(line for line in lines if not line.startswith("#"))
    assert (len(gb2312), len(table), len(set(table))) == (6763, 8105, 8105)
    han = "".join(char for char in gb2312 + big5 + table if char >= "㐀")
    assert missing(file, han) == ""


def test_song_and_its_extensions_share_nothing_but_blanks() -> None:
    files = ("CSTSong-Regular.ttf", "CSTSongExt-Regular.ttf", "CSTSongRare-Regular.ttf")
    for one, other in combinations(files, 2):
        assert font(one).getBestCmap().keys() & font(other).getBestCmap().keys() <= BLANKS


@pytest.mark.parametrize("file", FILES)
def test_every_font_has_every_blank(file: str) -> None:
    assert font(file).getBestCmap().keys() >= BLANKS
    assert advance(file, "\u3000") == pytest.approx(1, abs=0.001)


@pytest.mark.parametrize(
    ("block", "first", "last", "lacking"),
    [
        ("URO", 0x4E00, 0x9FFF, 0),
        ("Extension A", 0x3400, 0x4DBF, 0),
        ("Extension B", 0x20000, 0x2A6DF, 0),
        ("Extension C", 0x2A700, 0x2B739, 0),
        ("Extension D", 0x2B740, 0x2B81D, 0),
        ("Extension E", 0x2B820, 0x2CEA1, 0),
        ("Extension F", 0x2CEB0, 0x2EBE0, 0),
        ("compatibility", 0x2F800, 0x2FA1D, 0),
        ("Extension G", 0x30000, 0x3134A, 4716),
    ],
)
def test_song_and_its_extensions_have_all_han_that_readme_says(
    block: str, first: int, last: int, lacking: int
) -> None:
    files = ("CSTSong-Regular.ttf", "CSTSongExt-Regular.ttf", "CSTSongRare-Regular.ttf")
    known = set().union(*(font(file).getBestCmap().keys() for file in files))
    assert len(set(range(first, last + 1)) - known) == lacking, block


@pytest.mark.parametrize(
    ("block", "first", "last"),
    [("Arrows", 0x2190, 0x21FF), ("Miscellaneous Symbols", 0x2600, 0x26FF), ("Dingbats", 0x2700, 0x27BF)],
)
def test_a_family_has_all_of_the_block(block: str, first: int, last: int) -> None:
    assert missing("CSTSymbols-Regular.ttf", "".join(map(chr, range(first, last + 1)))) == "", block


@pytest.mark.parametrize("character", "👍🏫🥇☀⭐✉🪐")
def test_an_emoji_is_as_wide_as_a_han_and_stands_in_its_em(character: str) -> None:
    opened = font("CSTSymbols-Regular.ttf")
    glyph = opened["glyf"][opened.getBestCmap()[ord(character)]]
    assert advance("CSTSymbols-Regular.ttf", character) == 1
    assert -0.12 * 2600 <= glyph.yMin < glyph.yMax <= 0.88 * 2600


@pytest.mark.parametrize("file", files_of("CST Code"))
def test_latin_of_code_is_half_an_em_wide_and_makes_no_ligatures(file: str) -> None:
    assert {advance(file, character) for character in "aMil0.é│ЯΩ "} == {0.5}
    records = font(file)["GSUB"].table.FeatureList.FeatureRecord
    assert not {"calt", "liga"} & {record.FeatureTag for record in records}
    assert missing(file, "‘’“”—…·") == "‘’“”—…·"


@pytest.mark.parametrize("file", FILES)
def test_every_font_has_the_em_box_of_chinese_type(file: str) -> None:
    opened = font(file)
    em = opened["head"].unitsPerEm
    box = (opened["hhea"].ascent, opened["hhea"].descent, opened["hhea"].lineGap)
    assert box == (round(0.88 * em), round(0.88 * em) - em, 0)
    assert opened["OS/2"].version >= 4  # for USE_TYPO_METRICS


@pytest.mark.parametrize("file", files_of("CST Song") + files_of("CST Hei") + files_of("CST Quotes"))
def test_chinese_quotes_and_dashes_are_full_width_and_the_middle_dot_half(file: str) -> None:
    assert {advance(file, char) for char in "‘’“”—"} == {1.0}
    assert advance(file, "·") == 0.5


def test_every_source_has_its_licence_text() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted((FONTS / "licences").glob("OFL-*.txt"))]
    assert len(texts) == 13
    licence = re.compile(
        r"SIL OPEN FONT LICENSE (Version |v)1\.1.*PREAMBLE.*TERMINATION", re.DOTALL | re.IGNORECASE
    )
    assert all("Copyright" in text and licence.search(text) for text in texts)
