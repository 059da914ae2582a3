"""Characters that no font has, families that lack one, fonts of a PDF that are not ours."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from cstprint.check.glyphs import (
    check_characters,
    check_families,
    check_licences,
    check_pdf_fonts,
    missing_characters,
    place_missing,
)
from cstprint.diagnostics import Diagnostic, error, msg
from cstprint.engine.pages.text import TextFact
from cstprint.fonts import FontFace, FontLibrary, load_library
from cstprint.project import builtin_folder
from cstprint.source import SourceFile, SourceText, Span
from tests.support.work import calls_in


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> FontLibrary:
    """The built-in fonts."""
    result = load_library([builtin_folder("fonts")], tmp_path_factory.mktemp("cache"))
    assert result.diagnostics == ()
    assert result.value is not None
    return result.value


def face(family: str, ranges: str, weight: int = 400) -> FontFace:
    return FontFace(family, "normal", weight, Path(f"{family}.ttf"), "", 0, ranges)


def characters(library: FontLibrary, *lines: str, draft: bool = False) -> list[Diagnostic]:
    """What is told about texts that stand in lines 2, 3 … from the sixth column on."""
    file = SourceFile(Path("issue.yaml"), "\n".join(["", *(f"key: {line}" for line in lines)]))
    spans = [Span(file, row, 6, row, 6 + len(line)) for row, line in enumerate(lines, start=2)]
    texts = [
        SourceText.at(line, span, span.line, span.column, block=False)
        for line, span in zip(lines, spans, strict=True)
    ]
    return list(check_characters(texts, library, missing_characters(texts, library), draft=draft))


@pytest.mark.parametrize(
    ("character", "says"),
    [
        ("\U0003237a", "Insert the character as a picture"),
        ("\ue000", "private-use"),
        ("\U000f0000", "private-use"),
        ("\U0001d11e", "Use another form"),
    ],
    ids=["newest Han", "private use", "supplementary private use", "music"],
)
def test_a_character_that_no_font_has_is_an_error_at_its_place(
    character: str, says: str, library: FontLibrary
) -> None:
    (found,) = characters(library, "甲", f"一二{character}三")
    assert (found.code, found.is_error, str(found.span)) == ("CST-F010", True, "issue.yaml:3:8")
    assert f"U+{ord(character):04X}" in str(found.message)
    assert says in str(found.hint)


def test_a_character_is_told_once_with_all_its_places(library: FontLibrary) -> None:
    (found,) = characters(library, "甲\ue001", "\ue001乙\ue001")
    assert str(found.span) == "issue.yaml:2:7"
    assert "It occurs in 3 places: 2:7, 3:6, 3:8." in str(found.message)


def test_of_very_many_places_the_first_are_listed_and_the_others_counted(library: FontLibrary) -> None:
    (found,) = characters(library, "\ue001甲" * 100)
    assert "in 100 places: 2:6, 2:8," in str(found.message)
    assert str(found.message).endswith("and 60 more.")


def test_a_script_without_a_font_is_told_once_with_the_number_and_the_first_places(
    library: FontLibrary,
) -> None:
    korean, thai, *others = characters(library, "甲한국어 신문，ไทย", "한" * 1000)
    assert others == []
    assert (korean.code, korean.is_error, str(korean.span)) == ("CST-F010", True, "issue.yaml:2:7")
    assert str(korean.message) == "There is no font for Hangul: 1005 characters, in 2:7, 3:6."
    assert "the Thai script: 3 characters, in 2:14." in str(thai.message)


def test_a_mark_of_a_script_goes_with_the_script(library: FontLibrary) -> None:
    (found,) = characters(library, "سلام، كتاب؟")
    assert "the Arabic script: 10 characters" in str(found.message)


def test_in_a_draft_what_no_font_has_is_a_warning(library: FontLibrary) -> None:
    found = characters(library, "甲\ue001한", draft=True)
    assert [(d.code, str(d.severity)) for d in found] == [("CST-F010", "warning")] * 2
    assert all("In the draft each of them is a box" in str(d.hint) for d in found)


def test_a_variant_that_no_font_has_is_a_note_with_its_places(library: FontLibrary) -> None:
    (found,) = characters(library, "葛\U000e0100飾，葛\U000e0100城")
    assert (found.code, str(found.severity), str(found.span)) == ("CST-F024", "note", "issue.yaml:2:6")
    assert "葛 U+845B U+E0100. Places: 2:6, 2:10." in str(found.message)


def test_a_variant_that_a_font_of_the_project_has_is_fine() -> None:
    own = FontFace("Own", "normal", 400, Path("Own.ttf"), "", 0, "845b", variants={"e0100": "845b"})
    library = FontLibrary((), (own,))
    assert characters(library, "葛\U000e0100") == []
    assert [d.code for d in characters(library, "葛\U000e0101")] == ["CST-F024"]


def test_selectors_of_emoji_and_text_need_no_glyph(library: FontLibrary) -> None:
    assert characters(library, "❤\ufe0f❤\ufe0e☎\ufe0f1\ufe0f\u20e3") == []


@pytest.mark.parametrize(
    "text",
    [
        "中国科技ABCéПαあア①㉑Ⅳ℃‰",
        "“”—…·，。！？《》",
        "臺灣與香港",
        "䶮㛃𬭚𫖯",
        "a\t\u200b\u00ad\ufeff",
        "👍🏽👨‍👩‍👧🇨🇳1️⃣#️⃣🏴󠁧󠁢󠁥󠁮󠁧󠁿🏃🏽‍♀️",
        "✉⭐✕✩☐☑⇧⮕⌘",
        "𠮷𨭎𰻝𧮞亖㑚売",
    ],
)
def test_what_is_printed_in_china_is_there(text: str, library: FontLibrary) -> None:
    assert characters(library, text) == []


def fact(text: str, *families: str, block: str = "b1") -> TextFact:
    return TextFact(3, 10.0, 20.0, 30.0, 40.0, text, families, block)


SMALL = FontLibrary((), (face("One", "41-43"), face("Two", "44-46"), face("Two", "44-45", weight=700)))
SPANS = {"b1": Span(SourceFile(Path("issue.yaml"), "a\nb\n"), 2, 1, 2, 2)}


def test_a_character_that_the_families_have_together_is_fine() -> None:
    assert list(check_families([fact("ABDE", "One", "Two")], SMALL, SPANS)) == []


def test_a_character_that_the_families_lack_is_told_with_block_and_page() -> None:
    (found,) = check_families([fact("AD", "One")], SMALL, SPANS)
    assert (found.code, found.is_error, str(found.span)) == ("CST-F011", False, "issue.yaml:2:1")
    assert found.place is not None
    assert (found.place.page, found.place.x_pt, found.place.height_pt) == (3, 10.0, 40.0)
    assert "“D” (U+0044 LATIN CAPITAL LETTER D) is not in One" in str(found.message)


def test_a_character_that_one_weight_of_a_family_lacks_is_lacking() -> None:
    assert [d.code for d in check_families([fact("F", "Two")], SMALL, SPANS)] == ["CST-F011"]


def test_a_character_of_the_layout_that_no_font_has_is_an_error_with_block_and_page() -> None:
    (found,) = check_families([fact("AZ", "One")], FontLibrary((), (face("One", "41"),)), SPANS)
    assert (found.code, found.is_error, str(found.span)) == ("CST-F010", True, "issue.yaml:2:1")
    assert found.place is not None
    assert found.place.page == 3


def test_a_glyph_that_is_missed_only_when_the_pdf_is_written_gets_its_place() -> None:
    missed = error(
        "CST-F010",
        msg("No font has a glyph for “{character}” ({name}).", character="Z", name="U+005A"),
        subject="WeasyPrint",
    )
    (found,) = place_missing([missed], [fact("A", "One", block="b0"), fact("AZ", "One")], SPANS)
    assert str(found.span) == "issue.yaml:2:1"
    assert found.place is not None
    assert found.place.page == 3


def test_a_family_that_is_not_there_has_nothing() -> None:
    assert [d.code for d in check_families([fact("A", "Three")], SMALL, SPANS)] == ["CST-F012"]


def test_each_character_is_told_once_a_family_list() -> None:
    texts = [fact("Z", "One"), fact("ZZ", "One", block="b2"), fact("Z", "Two")]
    assert len(list(check_families(texts, SMALL, SPANS))) == 2


def pdf_fonts(*fonts: tuple[str, bool, bool]) -> Any:
    return SimpleNamespace(
        fonts=[
            SimpleNamespace(name=name, embedded=embedded, to_unicode=text) for name, embedded, text in fonts
        ]
    )


@pytest.mark.parametrize(
    "name", ["CST-Song", "CST-Song-Bold", "CST-Song-Ext", "CST-Latin-Serif-Bold-Italic", "CST-Hei-Medium"]
)
def test_our_fonts_are_ours_in_every_style(name: str, library: FontLibrary) -> None:
    assert list(check_pdf_fonts(pdf_fonts((name, True, True)), library)) == []


@pytest.mark.parametrize("name", ["DejaVu-Sans", "CST-Songti", "CST-Song-Fancy", "CST", "Noto-Serif-SC"])
def test_a_font_of_another_name_is_an_error(name: str, library: FontLibrary) -> None:
    assert [d.code for d in check_pdf_fonts(pdf_fonts((name, True, True)), library)] == ["CST-F020"]


@pytest.mark.parametrize(("embedded", "text"), [(False, True), (True, False)])
def test_a_font_that_is_not_embedded_or_has_no_text_is_an_error(
    embedded: bool, text: bool, library: FontLibrary
) -> None:
    assert [d.code for d in check_pdf_fonts(pdf_fonts(("CST-Song", embedded, text)), library)] == ["CST-F021"]


def test_characters_that_no_font_has_are_told_in_the_order_of_the_text(library: FontLibrary) -> None:
    found = characters(library, "甲\ue002乙\ue001", "\ue001]\ue000^-")
    assert [str(d.span) for d in found] == ["issue.yaml:2:7", "issue.yaml:2:9", "issue.yaml:3:8"]


def test_many_characters_that_no_font_has_cost_no_more_than_the_text_is_long(library: FontLibrary) -> None:
    def calls(length: int) -> int:
        private = "".join(map(chr, range(0xE000, 0xE000 + length)))
        text = "科技" * 50 * length + private
        found: list[Diagnostic] = []
        count = calls_in(lambda: found.extend(characters(library, text)))
        assert len(found) == length
        return count

    calls(1)  # what is imported or computed once
    assert calls(6_000) < 4.4 * calls(1_500)


def test_a_font_that_must_not_be_embedded_is_told_where_the_pdf_has_it() -> None:
    refusing = FontFace("Mine", "normal", 400, Path("mine.ttf"), "", 0, "4e00", "restricted")
    library = FontLibrary((), (refusing, face("Free", "4e00")))
    used: Any = SimpleNamespace(fonts=[SimpleNamespace(name="Mine-Bold"), SimpleNamespace(name="Free")])
    (found,) = check_licences(used, library)
    assert (found.code, found.is_error, found.subject) == ("CST-X013", False, "mine.ttf")
    unused: Any = SimpleNamespace(fonts=[SimpleNamespace(name="Free")])
    assert list(check_licences(unused, library)) == []
