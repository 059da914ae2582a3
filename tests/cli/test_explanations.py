"""``cstprint explain`` has something to say about every code, in Chinese and English."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
import yaml

from cstprint.cli import language
from cstprint.cli.command import run
from cstprint.cli.explain import FOLDER, explanations
from tests.support.catalogues import codes_in_source

LANGUAGES = ("zh", "en")
USED = sorted(codes_in_source())
#: The groups in the order of the work: text, pictures and fonts, layouts, batches, program.
LETTERS = "YMNPFLEIBUX"
ADVICE = {"zh": "怎么办：", "en": "What to do:"}


@pytest.fixture(params=LANGUAGES)
def spoken(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Each language in turn; the one before is put back."""
    before = language.current()
    monkeypatch.setenv("LANGUAGE", "C")
    yield language.use(str(request.param))
    language.use(before)


def title(text: str) -> str:
    """The title of an explanation."""
    return text.partition("\n")[0]


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_every_code_used_is_explained_and_every_code_explained_is_used(tongue: str) -> None:
    assert sorted(explanations(tongue)) == USED


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_no_code_is_explained_twice(tongue: str) -> None:
    document = (FOLDER / f"{tongue}.md").read_text("utf-8")
    codes = re.findall(r"(?m)^## (\S+)", re.sub(r"(?ms)^```.*?^```", "", document))
    assert len(codes) == len(set(codes)) == len(USED)


def test_both_languages_explain_the_codes_in_the_same_order() -> None:
    assert list(explanations("zh")) == list(explanations("en"))


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_the_codes_are_grouped_by_letter_and_ascend(tongue: str) -> None:
    codes = list(explanations(tongue))
    assert codes == sorted(codes, key=lambda code: (LETTERS.index(code[4]), code))


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_titles_are_unique(tongue: str) -> None:
    titles = [title(text) for text in explanations(tongue).values()]
    assert all(titles)
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_an_explanation_says_what_to_do_and_is_neither_short_nor_long(tongue: str) -> None:
    for code, text in explanations(tongue).items():
        assert ADVICE[tongue] in text, code
        if tongue == "en":
            assert 40 <= len(text.split()) <= 190, code
        else:
            assert 80 <= len(re.findall(r"[\u4e00-\u9fff]", text)) <= 330, code


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_fences_are_closed(tongue: str) -> None:
    for code, text in explanations(tongue).items():
        assert len(re.findall(r"(?m)^```", text)) % 2 == 0, code


def test_both_languages_show_the_same_number_of_examples() -> None:
    for code in USED:
        zh, en = (re.findall(r"(?m)^```(\w*)$", explanations(tongue)[code]) for tongue in LANGUAGES)
        assert zh == en, code


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_what_is_shown_as_right_yaml_is_yaml(tongue: str) -> None:
    for text in explanations(tongue).values():
        for example in re.findall(r"(?ms)^```yaml\n(.*?)^```", text):
            if not re.search(r"# (wrong|错)", example):
                yaml.compose(example, Loader=yaml.SafeLoader)


def test_explain_prints_the_explanation(spoken: str, capsys: pytest.CaptureFixture[str]) -> None:
    for code in USED:
        assert run(["explain", code]) == 0
        assert capsys.readouterr().out == f"{code}  {explanations(spoken)[code]}\n"


def test_explain_takes_a_code_without_its_head(spoken: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "y020"]) == 0
    assert capsys.readouterr().out.startswith(f"CST-Y020  {title(explanations(spoken)['CST-Y020'])}\n")


def test_explain_alone_lists_all(spoken: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert listed == [f"{code}  {title(text)}" for code, text in explanations(spoken).items()]


def test_explain_tells_programs_code_and_text(spoken: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "CST-P003", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {"code": "CST-P003", "text": explanations(spoken)["CST-P003"]}


@pytest.mark.usefixtures("spoken")
def test_explain_refuses_a_code_that_does_not_exist(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "CST-Z999"]) == 2
    assert "CST-U010" in capsys.readouterr().err
