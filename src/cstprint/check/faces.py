"""Weights and slants that a family does not have: another is printed, since no font is made bold or slanted here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from cstprint.css.facts import StyleRule
from cstprint.diagnostics import Diagnostic, Message, PagePlace, msg, warning
from cstprint.engine.facts import TextFact
from cstprint.fonts import FontFace, FontLibrary
from cstprint.source import Span

#: Weights that differ by less look alike: 500 may stand for 600, and does not for 700.
FAR_WEIGHTS = 200
#: A character that every Chinese face has, and one that every Latin one has.
_HAN, _LATIN = "的", "a"
#: Rules, element, properties → which of the rules gives the element one of these.
Declared = Callable[[Sequence[StyleRule], Any, Sequence[str]], int | None]


def check_faces(
    texts: Iterable[TextFact], library: FontLibrary, rules: Sequence[StyleRule], declared: Declared
) -> Iterator[Diagnostic]:
    """Yield a warning for each family that is asked for a weight or a slant that it has not, where it is asked."""
    seen: set[object] = set()
    for fact in texts:
        han = any("\u4e00" <= character <= "\u9fff" for character in fact.text)
        key = (fact.families, fact.weight, fact.italic, fact.language, han)
        family = _main_family(fact, library, han=han) if key not in seen else None
        seen.add(key)
        for name, value, hint in _lacking(fact, library.families[family]) if family else ():
            if (family, name, value) in seen:
                continue
            seen.add((family, name, value))
            asked = [declared(rules, fact.element, names) for names in ((name, "font"), ("font-family",))]
            message = msg(
                "The family “{family}” has no {name}: {value}; another face is printed.",
                family=family,
                name=name,
                value=value,
            )
            where = _span(rules, asked)
            place = PagePlace(fact.page, fact.x_pt, fact.y_pt, fact.width_pt, fact.height_pt)
            subject = None if where else "CSS"
            yield warning("CST-F013", message, span=where, place=place, hint=hint, subject=subject)


def _lacking(fact: TextFact, faces: Sequence[FontFace]) -> Iterator[tuple[str, str, Message]]:
    """Yield property, value and what to do for all that a text asks for and its family has not."""
    weights = sorted({face.weight for face in faces})
    if min(abs(weight - fact.weight) for weight in weights) >= FAR_WEIGHTS:
        has = tuple(map(str, weights))
        yield (
            "font-weight",
            str(fact.weight),
            msg("It has: {weights}. Write one of these, or another family.", weights=has),
        )
    if fact.italic and all(face.style == "normal" for face in faces):
        hint = msg("Chinese faces have no italic: take another family, such as CST Kai, or dots.")
        yield "font-style", "italic", hint


def _span(rules: Sequence[StyleRule], declared: Sequence[int | None]) -> Span | None:
    """Return where the last of the rules stands: a layout's own come behind those of its ancestors."""
    known = [order for order in declared if order is not None]
    return rules[max(known)].span if known else None


def _main_family(fact: TextFact, library: FontLibrary, *, han: bool) -> str | None:
    """Return the family that sets most of a text: its Chinese one where it is Chinese, otherwise its Latin one.

    A name in Chinese characters within English has no italic, and nobody expects one.
    """
    if han and (fact.language or "zh").startswith("en"):
        return None
    if not han and not any(character.isalpha() for character in fact.text):
        return None
    known = (family for family in fact.families if family in library.families)
    return next((family for family in known if not library.missing(_HAN if han else _LATIN, [family])), None)
