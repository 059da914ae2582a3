"""The language of an issue: reported where no face, no words or no rules of lines are made for it."""

from __future__ import annotations

from collections.abc import Iterator

from cstprint.cjk.characters import script_of
from cstprint.diagnostics import Diagnostic, Message, msg, warning
from cstprint.issue.model import Issue
from cstprint.layout.resolve import Layout

#: Our own face of running text, which has the forms of mainland China.
_MAINLAND = '"CST Song"'
_FACES = msg(
    "Put fonts of that form into the project's “fonts” folder, "
    "and name them in the layout's tokens song, hei and kai."
)


def check_language(issue: Issue, layout: Layout) -> Iterator[Diagnostic]:
    """Yield a warning where the issue's language is set by what is made for another one."""
    script, mainland = script_of(issue.language), _MAINLAND in layout.values.get("song", "")
    primary = issue.language.lower().partition("-")[0]
    if script == "Hant" and mainland:
        yield _warning(
            issue,
            msg(
                "Characters are printed in the forms of mainland China (骨, 角, 直), not of Taiwan or Hong Kong."
            ),
            _FACES,
        )
    elif primary == "ja":
        yield _warning(
            issue,
            msg(
                "Japanese is not supported: characters are in Chinese forms, lines do not follow its rules, "
                "and contents and dates are in English."
            ),
            _FACES if mainland else None,
        )
    elif primary == "ko":
        yield _warning(
            issue,
            msg(
                "Korean is not supported: no face has Hangul, lines do not follow its rules, "
                "and contents and dates are in English."
            ),
            _FACES if mainland else None,
        )
    elif primary not in ("zh", "en"):
        yield _warning(
            issue,
            msg(
                "The language “{language}” is not supported: contents and dates are in English, no word is divided.",
                language=issue.language,
            ),
            msg(
                "Languages of an issue are zh-Hans, zh-Hant and en. A passage may be in another: [texte]{{lang=fr}}"
            ),
        )


def _warning(issue: Issue, message: Message, hint: Message | None) -> Diagnostic:
    return warning("CST-F025", message, span=issue.language_span, hint=hint)
