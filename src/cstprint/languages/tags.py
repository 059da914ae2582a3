"""Language tags (BCP 47, RFC 5646): the one place where they are read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

#: The form of a tag, without asking whether its subtags are registered.
FORM = r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*"
#: What ISO 32000-1 (14.9.2.2) and PDF/A accept (RFC 3066, 2.1).
_RFC_3066 = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-(?P<extended>[a-z]{3}))?(?:-(?P<script>[a-z]{4}))?"
    r"(?:-(?P<region>[a-z]{2}|[0-9]{3}))?(?:-.*)?"
)
#: Languages that are written by the tag of another (CLDR, languageAlias).
_ALIASES = {"cmn": "zh"}


@dataclass(frozen=True, slots=True)
class Tag:
    """The subtags that decide how a text is set: lower case, ``None`` where the tag does not have them.

    An extended language stands for itself: ``zh-yue`` is ``yue`` (RFC 5646, 4.5).
    """

    language: str
    script: str | None = None
    region: str | None = None

    def ranges(self) -> Iterator[str]:
        """Yield the tag and what remains of it without region and script, longest first (RFC 4647, 3.4: lookup)."""
        for subtags in ((self.script, self.region), (self.script,), (self.region,), ()):
            if None not in subtags:
                yield "-".join(filter(None, (self.language, *subtags)))


def is_tag(text: str) -> bool:
    """Return whether a text has the form of a language tag."""
    return re.fullmatch(FORM, text) is not None


def is_tag_of_pdf(text: str) -> bool:
    """Return whether a text has the form that the standards of PDF want of a language tag (RFC 3066)."""
    return _RFC_3066.fullmatch(text) is not None


@cache
def read_tag(text: str) -> Tag:
    """Return the subtags of a language tag, or of the name of a locale (``zh_TW.UTF-8``); of other texts ``und``."""
    plain = re.split("[.@]", text.strip().lower().replace("_", "-"))[0]
    match = _TAG.fullmatch(plain)
    if match is None:
        return Tag("und")
    language = match["extended"] or match["language"]
    return Tag(_ALIASES.get(language, language), match["script"], match["region"])
