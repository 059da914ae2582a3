"""Characters that HTML cannot print as they are: line ends within a text, and those that no font has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

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
    return f'<span class="missing-glyph">U+{ord(match[0]):04X}</span>'
