"""The languages of an issue: reported where fonts, lines, marks or words are made for another one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import reduce

from cstprint.check.scripts import script_name
from cstprint.diagnostics import Diagnostic, Message, msg, warning
from cstprint.fonts import FontLibrary
from cstprint.issue.gathered import gathered
from cstprint.issue.model import Issue
from cstprint.issue.passages import passages_of
from cstprint.languages.hyphenation import dictionary_of
from cstprint.languages.known import known_tags, language_of
from cstprint.languages.record import Language
from cstprint.languages.scripts import LIKE_LATIN, Lines
from cstprint.layout.resolve import Layout

#: Our own face of running text, which has the forms of mainland China.
_MAINLAND = '"CST Song"'
#: Regions (ISO 3166) whose forms of Han other scripts have.
_REGIONS = {"TW": msg("Taiwan and Hong Kong"), "JP": msg("Japan"), "KR": msg("Korea")}


def check_languages(issue: Issue, layout: Layout, library: FontLibrary) -> Iterator[Diagnostic]:
    """Yield a warning for each language of the issue and its passages that is set by what is made for another one.

    It is at the issue's ``language``, or at the ``lang`` of a passage.
    """
    own = language_of(issue.language)
    lacking = (*lacking_fonts(own, layout.values, library), *lacking_lines(own), *lacking_words(own))
    if lacking:
        hint = _hint_of_fonts(own, layout.values, library) or msg(
            "The words of these languages are printed: {languages}. A passage may be in another: [texte]{{lang=fr}}",
            languages=known_tags(),
        )
        yield warning("CST-F025", _in_part(issue.language, lacking), span=issue.language_span, hint=hint)
    yield from gathered(_check_passages(issue, layout, library))


def _check_passages(issue: Issue, layout: Layout, library: FontLibrary) -> Iterator[Diagnostic]:
    own = language_of(issue.language)
    passages = tuple(passages_of(issue))
    # The lines of a passage within a line are those of the text around it.
    with_lines = {passage.tag for passage in passages if not passage.in_line}
    for passage in passages:
        language = language_of(passage.tag)
        lacking = lacking_fonts(language, layout.values, library)
        if passage.tag in with_lines:
            lacking += lacking_lines(language)
        if lacking and language.tag != own.tag:
            hint = _hint_of_fonts(language, layout.values, library)
            yield warning("CST-F025", _in_part(passage.tag, lacking), span=passage.span, hint=hint)


def _in_part(tag: str, lacking: tuple[Message, ...]) -> Message:
    together = reduce(lambda first, second: msg("{first}; {second}", first=first, second=second), lacking)
    return msg("“{language}” is supported in part: {lacking}.", language=tag, lacking=together)


def lacking_fonts(language: Language, values: Mapping[str, str], library: FontLibrary) -> tuple[Message, ...]:
    """Return what is wrong with letters, forms of Han and marks of a language, by a layout's values of tokens."""
    script, found = language.script, list[Message]()
    if _has_no_letters(language, values, library):
        found.append(msg("no font of the layout has {script}", script=script_name(script.code)))
    if _has_other_forms(language, values):
        found.append(
            msg(
                "Han have the forms of mainland China (骨, 角, 直), not those of {region}",
                region=_REGIONS[script.forms or ""],
            )
        )
    if script.has_han and not script.wide_marks:
        found.append(msg("quotes and dashes are as wide as Han"))
    return tuple(found)


def lacking_lines(language: Language) -> tuple[Message, ...]:
    """Return what is wrong with the lines of a language."""
    found = []
    if language.lines is Lines.PLAIN:
        found.append(msg("lines do not follow its rules"))
    if language.script.right_to_left:
        found.append(msg("paragraphs begin at the left"))
    return tuple(found)


def lacking_words(language: Language) -> tuple[Message, ...]:
    """Return what is wrong with the words that layouts print in an issue in a language, and with its hyphenation."""
    found = []
    if language.printed is not None:
        found.append(msg("contents, dates and labels are in English"))
    if language.script.code in LIKE_LATIN and dictionary_of(language) is None:
        found.append(msg("no word is divided at the end of a line"))
    return tuple(found)


def _has_no_letters(language: Language, values: Mapping[str, str], library: FontLibrary) -> bool:
    tokens = ("song",) if language.script.has_han else ("english", "song")
    named = (name for token in tokens for name in re.findall(r'"([^"]+)"', values.get(token, "")))
    families = [
        name for name in named if name in library.families
    ]  # one that is not there is reported itself
    return bool(families and library.missing(language.script.letters, families))


def _has_other_forms(language: Language, values: Mapping[str, str]) -> bool:
    return language.script.forms in _REGIONS and _MAINLAND in values.get("song", "")


def _hint_of_fonts(language: Language, values: Mapping[str, str], library: FontLibrary) -> Message | None:
    if _has_no_letters(language, values, library) or _has_other_forms(language, values):
        return msg(
            "Put fonts for it into the project's “fonts” folder, "
            "and name them in the layout's tokens song, hei and kai."
        )
    return None
