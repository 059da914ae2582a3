"""Languages of other letters are set as English is: faces, quotes, divided words."""

from __future__ import annotations

import pytest

from cstprint.css.languages import with_rules_of_english
from cstprint.issue.passages import like_english
from cstprint.job import RenderOptions
from cstprint.pdf.inspect import PdfFacts
from cstprint.project import open_project
from cstprint.rendering import render
from tests.html.test_compose import body, issue_of
from tests.support.glyphs import lines_of, read_glyphs
from tests.support.projects import ISSUE, SmallProject

FRENCH = (
    "“Bonjour” — dit-il. Les bibliothèques municipales conservent extraordinairement bien la documentation. "
)
RUSSIAN = "Библиотеки сохраняют документацию международной организации удивительно хорошо. "


def rendered(project: SmallProject, text: str, layout: str) -> bytes:
    path = project.issue(text)
    result = render(path, open_project(project.root), RenderOptions(layout=layout))
    assert result.value is not None, result.diagnostics
    return result.value.pdf


def fonts(pdf: bytes) -> set[str]:
    return {font.name for font in PdfFacts(pdf).fonts}


@pytest.mark.render
@pytest.mark.parametrize(
    ("layout", "faces"),
    [
        ("newsletter", {"CST-Serif", "CST-Serif-Bold"}),
        ("brief", {"CST-Serif-Bold", "CST-Sans", "CST-Sans-Bold"}),
    ],
)
def test_an_issue_in_french_has_the_faces_of_english_on_all_its_pages(
    project: SmallProject, layout: str, faces: set[str]
) -> None:
    text = (
        ISSUE.replace("zh-Hans", "fr")
        .replace("刊名", "Revue")
        .replace("单位", "Mairie")
        .replace("标题", "“Un” — deux")
    )
    assert fonts(rendered(project, text.replace("正文。", FRENCH * 40), layout)) == faces


@pytest.mark.render
def test_quotes_of_a_passage_in_french_are_as_narrow_as_those_of_english(project: SmallProject) -> None:
    text = body("法文[“a”]{lang=fr}英文[“a”]{lang=en}中文“甲”。\n\n{lang=fr}\n“b”\n\n{lang=en}\n“b”")
    quotes = [glyph for glyph in read_glyphs(rendered(project, text, "newsletter")) if glyph.text == "“"]
    widths = [round(quote.advance / quote.size, 3) for quote in quotes]
    in_french, in_english, in_chinese, french, english = widths
    assert in_french == in_english < 0.6
    assert french == english < 0.6
    assert in_chinese > in_french


@pytest.mark.render
def test_russian_words_are_divided(project: SmallProject) -> None:
    text = ISSUE.replace("zh-Hans", "ru").replace("正文。", RUSSIAN * 8)
    lines = lines_of(read_glyphs(rendered(project, text, "newsletter")))
    assert any(line[-1].text == "-" for line in lines)


@pytest.mark.render
def test_emphasis_in_french_is_in_italics(project: SmallProject) -> None:
    text = ISSUE.replace("zh-Hans", "fr").replace("正文。", "'Un *mot* **fort**.'")
    assert {"CST-Serif-Italic", "CST-Serif-Bold"} <= fonts(rendered(project, text, "newsletter"))


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en", "en-GB", "ja", "ko", "ar", "th"])
def test_the_rules_for_english_are_not_for_these(project: SmallProject, language: str) -> None:
    assert like_english(issue_of(project, ISSUE.replace("zh-Hans", language))) == ()


def test_the_rules_for_english_are_for_the_issue_and_its_passages(project: SmallProject) -> None:
    text = body("甲[a]{lang=fr-CA}[b]{lang=en}\n\n{lang=ru}\nб").replace("zh-Hans", "vi")
    assert like_english(issue_of(project, text)) == ("fr-CA", "ru", "vi")


@pytest.mark.parametrize(
    ("rule", "widened"),
    [
        ("p:lang(en) { }", "p:is(:lang(en), :lang(fr), :lang(el-GR)) { }"),
        ("em:not( :lang( en ) ) { }", "em:not( :is(:lang( en ), :lang( fr ), :lang( el-GR )) ) { }"),
        (
            '[lang|="en"]:where(:not(span))',
            ':is([lang|="en"], [lang|="fr"], [lang|="el-GR"]):where(:not(span))',
        ),
        ("[lang=en]", ":is([lang=en], [lang=fr], [lang=el-GR])"),
        (":lang(eng) :lang(zh) [lang='zh']", ":lang(eng) :lang(zh) [lang='zh']"),
    ],
)
def test_a_rule_for_english_selects_other_languages_too(rule: str, widened: str) -> None:
    assert with_rules_of_english(rule.encode(), ("fr", "el-GR")).decode() == widened
    assert with_rules_of_english(rule.encode(), ()).decode() == rule
