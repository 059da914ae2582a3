"""Characters that HTML cannot print as they are: line ends within a text, and those that no font has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set

from cstprint.reading.controls import LINE_END

#: Tags with their attributes, and elements and comments whose content is no text of the page.
_NO_TEXT = re.compile(
    r"<!--.*?-->|<(?P<element>style|script|title)\b.*?</(?P=element)\s*>"
    r"|</?[A-Za-z](?:[^>\"']|\"[^\"]*\"|'[^']*')*>",
    re.DOTALL | re.IGNORECASE,
)


def with_visible_characters(html: str, missing: Iterable[str]) -> str:
    """Return the HTML with a line break for each line end within a text, and a box for each missing character.

    The box, ``span.missing-glyph``, holds the character's code point: a draft can be proofread.
    """
    wanted = "".join(map(re.escape, sorted({LINE_END, *missing})))
    pattern = re.compile(f"[{wanted}]")
    if not pattern.search(html):
        return html
    return "".join(_parts(html, pattern))


def text_in_boxes(text: str, missing: Set[str]) -> str:
    """Return a text as it reads with a box for each missing character."""
    return "".join(_code(one) if one in missing else one for one in text) if missing else text


def _parts(html: str, pattern: re.Pattern[str]) -> Iterator[str]:
    end = 0
    for match in _NO_TEXT.finditer(html):
        yield pattern.sub(_shown, html[end : match.start()])
        yield match[0].replace(LINE_END, " ")
        end = match.end()
    yield pattern.sub(_shown, html[end:])


def _shown(match: re.Match[str]) -> str:
    if match[0] == LINE_END:
        return "<br>"
    return f'<span class="missing-glyph">{_code(match[0])}</span>'


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"
