"""The lists of languages in the READMEs: what is there for each, by their records, and what is not, by the check.

``python -m tests.guide.languages`` (``make guide``) writes them anew.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from cstprint.check.languages import lacking_fonts, lacking_lines, lacking_words
from cstprint.cli.language import DOMAIN, FOLDER
from cstprint.fonts import FontLibrary, load_library
from cstprint.languages.known import known_languages, known_tags, language_of
from cstprint.layout.resolve import resolve_layout
from cstprint.project import builtin_folder

ROOT = Path(__file__).resolve().parents[2]
#: Each README, by the language of messages that it has.
PAGES = {"en": ROOT / "README.md", "zh": ROOT / "README.zh-CN.md"}
#: Languages without a record that are listed: those that readers will look for.
OTHERS = [
    "fr",
    "de",
    "es",
    "it",
    "pt",
    "nl",
    "sv",
    "da",
    "pl",
    "cs",
    "hu",
    "ru",
    "uk",
    "bg",
    "el",
    "fi",
    "tr",
    "vi",
    "id",
    "ja",
    "ko",
    "ar",
    "he",
    "th",
]
#: Head of the table, what is said of a language that lacks nothing, and the separator of lists.
_SAID = {
    "en": (("language", "what is not as its readers expect"), "nothing", ", ", "; "),
    "zh": (("语言", "哪些地方不合读者的习惯"), "没有", "、", "；"),
}


def table(page: str) -> str:
    """Return the table for one of :data:`PAGES`: languages of which the same is wrong are one row."""
    head, nothing, comma, semicolon = _SAID[page]
    rows: dict[str, list[str]] = {}
    for tag in (*known_tags(), *(tag for tag in OTHERS if tag not in known_tags())):
        rows.setdefault(semicolon.join(_lacking(tag, page)) or nothing, []).append(_called(tag))
    lines = [head, ("---", "---"), *((comma.join(tags), lacking) for lacking, tags in rows.items())]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def written(page: str, text: str) -> str:
    """Return a page with its table as it ought to be."""
    marks = r"(<!-- languages: make guide -->\n\n).*?(\n<!-- /languages -->)"
    text, count = re.subn(marks, lambda match: match[1] + table(page) + match[2], text, flags=re.DOTALL)
    assert count == 1, f"there is no place for the table of languages in {PAGES[page]}"
    return text


def _called(tag: str) -> str:
    names = {language.tag: language.own_name for language in known_languages()}
    return f"`{tag}` ({names[tag]})" if tag in names else f"`{tag}`"


def _lacking(tag: str, page: str) -> list[str]:
    language, translate = language_of(tag), _translation(page)
    values, library = _base()
    lacking = (
        *lacking_fonts(language, values, library),
        *lacking_lines(language),
        *lacking_words(language),
    )
    return [message.render(translate) for message in lacking]


@cache
def _base() -> tuple[Mapping[str, str], FontLibrary]:
    """Return the values of base's tokens, and our fonts."""
    layout = resolve_layout("base", [builtin_folder("layouts")], {}).value
    library = load_library([builtin_folder("fonts")], ROOT / ".cstprint").value
    assert layout is not None
    assert library is not None
    return layout.values, library


@cache
def _translation(page: str) -> Callable[[str], str]:
    languages = ["zh_CN"] if page == "zh" else []
    return gettext.translation(DOMAIN, FOLDER, languages=languages, fallback=not languages).gettext


if __name__ == "__main__":
    for name, path in PAGES.items():
        path.write_text(written(name, path.read_text("utf-8")), "utf-8")
