"""What cstprint says exists in Chinese, whole and with the same values in it."""

from __future__ import annotations

import ast
import gettext
import io
import re
from collections.abc import Iterator

import pytest
from babel.messages import pofile

from cstprint.cli import language
from tests.support import catalogues, messages

TEMPLATES = catalogues.templates()
CHINESE = catalogues.translations()


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put the language back after a test that changes it."""
    before = language.current()
    monkeypatch.setenv("LANGUAGE", "C")
    yield
    language.use(before)


def test_every_sentence_has_a_chinese_translation() -> None:
    missing = [template.singular for template in TEMPLATES if not CHINESE.get(template.singular)]
    assert missing == [], "run `make messages` and translate them"


def test_a_translation_has_the_places_of_its_sentence() -> None:
    wrong = []
    for template in TEMPLATES:
        found = catalogues.places(CHINESE[template.singular])
        # click fills in the values of the singular and of the plural alike.
        some = bool(found) and found <= template.places
        if not (found == template.places if template.plural is None else some):
            wrong.append(CHINESE[template.singular])
    assert wrong == []


def test_a_translation_keeps_the_spaces_at_its_ends() -> None:
    def indented(text: str) -> int:
        return len(text) - len(text.lstrip())

    pairs = [(template.singular, CHINESE[template.singular]) for template in TEMPLATES]
    assert [chinese for english, chinese in pairs if indented(chinese) != indented(english)] == []
    assert [chinese for _, chinese in pairs if chinese != chinese.rstrip()] == []


def test_a_translation_uses_full_width_marks() -> None:
    marks = ("，  ", "..", "?", ";", "(")
    code = re.compile(r"(calc|var)\(.*\)")
    said = [code.sub("", CHINESE[template.singular]) for template in TEMPLATES]
    assert [chinese for chinese in said if any(mark in chinese for mark in marks)] == []
    assert [chinese for chinese in said if chinese.endswith((".", ",", ":"))] == []


def test_the_catalogue_has_no_obsolete_entries() -> None:
    known = {template.singular for template in TEMPLATES}
    assert set(CHINESE) <= known, "run `make messages`"
    with catalogues.CATALOGUE.open("rb") as stream:
        assert not pofile.read_po(stream, locale=catalogues.LOCALE).obsolete


def test_the_catalogue_is_as_the_script_writes_it() -> None:
    assert catalogues.CATALOGUE.read_bytes() == catalogues.catalogue_text(CHINESE), "run `make messages`"


def test_the_compiled_catalogue_is_what_the_catalogue_compiles_to() -> None:
    expected = catalogues.compiled(catalogues.CATALOGUE.read_bytes())
    assert catalogues.COMPILED.read_bytes() == expected, "run `make messages`"


def test_the_list_of_messages_is_what_the_source_and_the_catalogue_have() -> None:
    assert messages.SNAPSHOT.read_text("utf-8") == messages.snapshot(), "run `make messages`"


def test_the_list_of_messages_has_the_codes_of_each() -> None:
    source = """
_LONG = msg("It is long.")

def check():
    yield error("CST-X001", _LONG, hint=msg("Shorten {it}.", it=1))
    yield _refused(msg("It is refused."))

def _refused(reason):
    return warning("CST-X002", reason)

def other():
    code, message = "CST-X003", msg("It is other.")

HELP = msg("Show help.")
"""
    codes = messages.codes_of_messages(ast.parse(source), "file.py")
    assert codes == {
        "It is long.": {"CST-X001"},
        "Shorten {it}.": {"CST-X001"},
        "It is refused.": {"CST-X002"},
        "It is other.": {"CST-X003"},
    }


def test_the_compiled_catalogue_holds_all_translations() -> None:
    compiled = gettext.GNUTranslations(io.BytesIO(catalogues.COMPILED.read_bytes()))
    for template in TEMPLATES:
        if template.plural is None:  # Python 3.11.2 finds plural entries by ngettext only
            assert compiled.gettext(template.singular) == CHINESE[template.singular]
        else:
            for count in (1, 2):
                said = compiled.ngettext(template.singular, template.plural, count)
                assert said == CHINESE[template.singular]


@pytest.mark.usefixtures("spoken")
def test_the_language_chosen_is_the_one_that_is_spoken() -> None:
    language.use("zh")
    assert language._("warning") == "警告"
    assert gettext.gettext("Usage:") == "用法："  # as click asks for it
    language.use("en")
    assert language._("warning") == "warning"
    assert gettext.gettext("Usage:") == "Usage:"


def test_click_still_says_the_sentences_that_are_translated_for_it() -> None:
    said = catalogues.click_literals()
    entries = [(entry,) if isinstance(entry, str) else entry for entry in catalogues.CLICK]
    unsaid = [text for entry in entries for text in entry if text not in said]
    assert unsaid == [], "click says it in other words now: see `CLICK` in tests/support/catalogues.py"


@pytest.mark.parametrize("source", ['msg(f"{a} is wrong")', "_(text)", "msg(text)"])
def test_a_sentence_that_is_no_literal_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match="wants a literal"):
        list(catalogues.texts(ast.parse(source), "some.py"))


def test_a_description_that_several_keys_share_is_collected() -> None:
    key = ast.parse("alt: str = Field(description=_ALT)")
    assert list(catalogues.texts(key, "some.py")) == [
        "says what the picture shows, for those who cannot see it"
    ]


def test_the_rows_of_the_table_of_sayings_are_collected() -> None:
    table = ast.parse(
        '_SAYINGS: dict[str, object] = {"kind": ("CST-Y000", "Wrong.", None), "k": ("C", "A", "B")}'
    )
    assert list(catalogues.texts(table, "some.py")) == ["Wrong.", "A", "B"]
