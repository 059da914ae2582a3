"""What a heading looks like where no element or style says that it is one."""

from __future__ import annotations

import re

#: By how much type of headings is larger than that of the text.
LARGER = 1.12
#: In letters.
_LONGEST = 40
_SENTENCE = re.compile(r"[。！？；，,.;!?：:]$")


def may_be_head(text: str) -> bool:
    """Return whether a paragraph is a short line that ends no sentence."""
    return 0 < len(text) <= _LONGEST and "\n" not in text and not _SENTENCE.search(text)
