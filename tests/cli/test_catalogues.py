"""What cstprint says exists in Chinese, whole and with the same values in it."""

from __future__ import annotations

import ast
import gettext
import io
from collections.abc import Iterator

import pytest
from babel.messages import pofile

from cstprint.cli import language
from tests.support import catalogues
from tests.support.catalogues import Template

TEMPLATES = catalogues.templates()
CHINESE = catalogues.translations()


def sentence(template: Template) -> str:
    """The name of a test case."""
    return template.singular[:40]


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put the language back after a test that changes it."""
    before = language.current()
    monkeypatch.setenv("LANGUAGE", "C")
    yield
    language.use(before)


@pytest.mark.parametrize("template", TEMPLATES, ids=sentence)
def test_every_sentence_has_a_chinese_translation(template: Template) -> None:
    assert CHINESE.get(template.singular), "run `make messages` and translate it"


@pytest.mark.parametrize("template", TEMPLATES, ids=sentence)
def test_a_translation_has_the_places_of_its_sentence(template: Template) -> None:
    found = catalogues.places(CHINESE[template.singular])
    if template.plural is None:
        assert found == template.places
    else:  # click fills in the values of the singular and of the plural alike
        assert found
        assert found <= template.places


@pytest.mark.parametrize("template", TEMPLATES, ids=sentence)
def test_a_translation_keeps_the_spaces_at_its_ends(template: Template) -> None:
    english, chinese = template.singular, CHINESE[template.singular]
    assert len(chinese) - len(chinese.lstrip()) == len(english) - len(english.lstrip())
    assert chinese == chinese.rstrip()


@pytest.mark.parametrize("template", TEMPLATES, ids=sentence)
def test_a_translation_uses_full_width_marks(template: Template) -> None:
    chinese = CHINESE[template.singular]
    assert not any(mark in chinese for mark in ("，  ", "..", "?", ";", "("))
    assert not chinese.endswith((".", ",", ":"))


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


@pytest.mark.parametrize("entry", catalogues.CLICK, ids=str)
def test_click_still_says_the_sentences_that_are_translated_for_it(entry: str | tuple[str, str]) -> None:
    said = catalogues.click_literals()
    for text in (entry,) if isinstance(entry, str) else entry:
        assert text in said, "click says it in other words now: see `CLICK` in tests/support/catalogues.py"


@pytest.mark.parametrize("source", ['msg(f"{a} is wrong")', "_(text)", "msg(text)"])
def test_a_sentence_that_is_no_literal_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match="wants a literal"):
        list(catalogues.texts(ast.parse(source), "some.py"))


def test_the_rows_of_the_table_of_sayings_are_collected() -> None:
    table = ast.parse(
        '_SAYINGS: dict[str, object] = {"kind": ("CST-Y000", "Wrong.", None), "k": ("C", "A", "B")}'
    )
    assert list(catalogues.texts(table, "some.py")) == ["Wrong.", "A", "B"]
