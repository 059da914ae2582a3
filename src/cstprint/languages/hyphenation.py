"""Which dictionary divides the words of a language, if there is one."""

from __future__ import annotations

from functools import cache

from cstprint.languages.record import Language
from cstprint.languages.scripts import LIKE_LATIN


def dictionary_of(language: Language) -> str | None:
    """Return the name of the dictionary, as pyphen has it, that divides words in texts of a language.

    ``None`` where there is none. In Chinese, Latin words are divided by that of another language.
    """
    divides = language.lines.is_chinese or language.script.code in LIKE_LATIN
    return _dictionary(language.dictionary) if divides else None


@cache
def _dictionary(tag: str) -> str | None:
    from pyphen import language_fallback

    found: str | None = language_fallback(tag)
    return found
