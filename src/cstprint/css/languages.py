"""Rules that layouts have for English, for languages that are set as English is."""

from __future__ import annotations

import re
from collections.abc import Sequence

#: What selects English: all that is in it, or the elements to which it is given.
_ENGLISH = re.compile(rb""":lang\(\s*en\s*\)|\[\s*lang\s*\|?=\s*(?:en|"en"|'en')\s*\]""")


def with_rules_of_english(sheet: bytes, tags: Sequence[str]) -> bytes:
    """Return a style sheet whose rules for English are for the languages of ``tags``, too.

    ``:lang(en)`` becomes ``:is(:lang(en), :lang(fr))``, which is of the same specificity; ``[lang|="en"]`` likewise.
    """

    def widened(found: re.Match[bytes]) -> bytes:
        selector = found[0]
        others = (re.sub(rb"\ben\b", tag.encode(), selector) for tag in tags)
        return b":is(" + b", ".join((selector, *others)) + b")"

    return _ENGLISH.sub(widened, sheet) if tags else sheet
