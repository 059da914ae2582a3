"""What is emphasised in Chinese text: Han in another face, Latin in italics, which Han do not have."""

from __future__ import annotations

import re
from itertools import pairwise

from markupsafe import Markup

_LETTER = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u04ff\u1e00-\u1fff"
_WORD = f"[0-9{_LETTER}\u0300-\u036f]"
#: Words with what stands between them: Escherichia coli, p<0.05, O’Brien. A number alone (2020) is as in any text.
_LATIN = re.compile(rf"(?=[0-9 .,]*[{_LETTER}]){_WORD}(?:[ -/:-@\[-`{{-~’–·]*{_WORD})*\.?")


def with_latin(text: str) -> Markup:
    """Return an emphasised text as HTML, what is Latin in it in elements of class ``latin``."""
    runs = [run.span() for run in _LATIN.finditer(text)]
    if not runs:
        return Markup.escape(text)
    html = Markup()
    for (_, before), (first, last) in pairwise([(0, 0), *runs]):
        html += Markup('{}<span class="latin">{}</span>').format(text[before:first], text[first:last])
    return html + text[runs[-1][1] :]
