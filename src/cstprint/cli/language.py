"""The language of what people read on the screen: Chinese or English, by ``--language`` or the locale.

Catalogues are gettext's, in ``locale/``. click looks its own sentences up in the process's text domain, so
naming ours there translates them too.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

DOMAIN = "cstprint"
FOLDER = Path(__file__).resolve().parents[1] / "locale"
CHOICES = ("zh", "en")
_CATALOGUES = {"zh": "zh_CN"}

_chosen: list[gettext.NullTranslations] = [gettext.NullTranslations()]
_tag: list[str] = ["en"]


def choose(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> str:
    """Choose the language from the command line or the environment, and return it: ``zh`` or ``en``."""
    asked = _asked(arguments)
    return use(asked if asked in CHOICES else _from_environment(environment))


def use(language: str) -> str:
    """Speak ``language`` from now on."""
    catalogue = _CATALOGUES.get(language)
    languages = [catalogue] if catalogue else []
    _chosen[0] = gettext.translation(DOMAIN, FOLDER, languages=languages, fallback=True)
    _tag[0] = language if catalogue else "en"
    gettext.bindtextdomain(DOMAIN, str(FOLDER))
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = catalogue or "C"
    return _tag[0]


def current() -> str:
    """Return the language spoken now."""
    return _tag[0]


def half(description: str, language: str) -> str:
    """Return the half of a description “中文 · English” that is in ``language``, the whole where it has one only."""
    chinese, _dot, english = description.partition(" · ")
    return chinese if language == "zh" else english or chinese


def _(text: str) -> str:
    """Return ``text`` in the language spoken now."""
    return _chosen[0].gettext(text) if text else ""


def _asked(arguments: Sequence[str]) -> str | None:
    for place, argument in enumerate(arguments):
        if argument == "--language" and place + 1 < len(arguments):
            return arguments[place + 1]
        if argument.startswith("--language="):
            return argument.partition("=")[2]
    return None


def _from_environment(environment: Mapping[str, str]) -> str:
    """Return the language that the locale's variables ask for, in gettext's order."""
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        for asked in environment.get(variable, "").split(":"):
            if asked.lower().startswith("zh"):
                return "zh"
            if asked:
                return "en"
    return "en"
