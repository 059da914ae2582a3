"""The plain form of a run of text: what bookmarks, contents, running heads and the PDF's title say of it.

It has no marks, no calls of notes and no forced breaks. Sub- and superscripts are Unicode's, where there are such:
CO₂, 10⁻³.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from markdown_it.token import Token

#: Characters between which a line end in the source is no space: Han, kana, CJK marks, full-width forms
#: (CSS Text 4, § 4.1.3, segment break transformation).
_WIDE = re.compile(
    "[\u2e80-\u303f\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff—…‘’“”·]"
)
#: Marks next to which no space ever stands in Chinese text.
_WIDE_MARK = re.compile("[\u3001-\u3003\u3008-\u3011\u3014-\u301f\uff01-\uff0f\uff1a-\uff1f—…‘’“”]")

_FORMS: tuple[str, ...] = "0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"
_RAISED = str.maketrans(_FORMS[0] + "−ni", _FORMS[1] + "⁻ⁿⁱ")
_LOWERED = str.maketrans(_FORMS[0] + "−", _FORMS[2] + "₋")
_FORMS_OF: dict[str, dict[int, int]] = {"sup_open": _RAISED, "sub_open": _LOWERED}
#: The letters that Unicode's sub- and superscripts stand for.
LETTERS = {ord(form): letter for forms in _FORMS[1:] for letter, form in zip(_FORMS[0], forms, strict=True)}


def plain_form(tokens: Sequence[Token], label: Callable[[str], str] = lambda _name: "") -> str:
    """Return the plain form of a run of text; ``label`` says what a reference to a name is called."""
    text = ""
    breaks = False
    forms: dict[int, int] | None = None
    for token in tokens:
        forms = _FORMS_OF.get(token.type, forms)
        if token.type in ("sup_close", "sub_close"):
            forms = None
        elif token.type in ("hardbreak", "softbreak"):
            breaks = True
        if not (piece := _piece(token, label)):
            continue
        if breaks and text:
            text, piece = text.rstrip(), piece.lstrip()
            text += " " if needs_space(text, piece) else ""
        breaks = False
        raised = piece.translate(forms) if forms else piece
        # Half of a word in Unicode's forms would read as two words: all of it, or none.
        text += (
            raised if forms and all(one != other for one, other in zip(raised, piece, strict=True)) else piece
        )
    return text.strip()


def _piece(token: Token, label: Callable[[str], str]) -> str:
    if token.type in ("text", "code_inline", "formula"):
        return token.content
    if token.type == "picture":
        return str(token.meta["figure"].alt or "")
    return label(token.meta["name"]) if token.type == "reference" and not token.meta["page"] else ""


def needs_space(before: str, after: str) -> bool:
    """Return whether a line end between two texts is a space: between Chinese ones it is none."""
    last, first = before[-1:], after[:1]
    if _WIDE_MARK.match(last) or _WIDE_MARK.match(first):
        return False
    return not (_WIDE.match(last) and _WIDE.match(first))
