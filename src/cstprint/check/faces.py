"""Weights and slants that a family does not have: another is printed, since no font is made bold or slanted here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from cstprint.css.facts import Declared, StyleRule
from cstprint.diagnostics import Diagnostic, Message, PagePlace, msg, warning
from cstprint.engine.pages.text import TextFact
from cstprint.fonts import FontFace, FontLibrary
from cstprint.languages.known import language_of
from cstprint.source import Span

#: Weights that differ by less look alike: 500 may stand for 600, and does not for 700.
FAR_WEIGHTS = 200
#: A character that every Chinese face has, and one that every Latin one has.
_HAN, _LATIN = "的", "a"
#: Rules, element, properties → which of the rules gives the element one of these.
FindRule = Callable[[Sequence[StyleRule], Element | None, Sequence[str]], Declared | None]
#: What editors write: the marks of emphasis, and what is bold already.
_EMPHASES = frozenset({"em", "strong"})
_STRONG = _EMPHASES | {"h1", "h2", "h3", "h4", "h5", "h6", "th"}


@dataclass(frozen=True)
class Faces:
    """What is known of the faces that texts ask for: those there are, who asks for them, where blocks come from."""

    library: FontLibrary
    rules: Sequence[StyleRule]
    find_rule: FindRule
    spans: Mapping[str, Span]

    def check(self, texts: Iterable[TextFact]) -> Iterator[Diagnostic]:
        """Yield a warning for each weight or slant that a family is asked for and has not, where it is asked for."""
        seen: set[object] = set()
        for fact in texts:
            han = any("\u4e00" <= character <= "\u9fff" for character in fact.text)
            key = (fact.families, fact.weight, fact.italic, fact.language, han)
            family = _main_family(fact, self.library, han=han) if key not in seen else None
            seen.add(key)
            for name, value, hint in _lacking(fact, self.library.families[family]) if family else ():
                if (family, name, value) not in seen:
                    seen.add((family, name, value))
                    yield self._lacks(fact, str(family), name, value, hint)

    def _lacks(self, fact: TextFact, family: str, name: str, value: str, hint: Message) -> Diagnostic:
        message = msg(
            "The family “{family}” has no {name}: {value}. Another font is used.",
            family=family,
            name=name,
            value=value,
        )
        face, of_family = (
            self.find_rule(self.rules, fact.element, names) for names in ((name, "font"), ("font-family",))
        )
        where = _rule_span(self.rules, (face, of_family))
        in_text = self.spans.get(fact.block or "")
        if in_text is not None and _are_nested_emphases(face, of_family):
            where, hint = _text_span(fact.text, in_text), msg("Remove one of the two emphases.")
        place = PagePlace(fact.page, fact.x_pt, fact.y_pt, fact.width_pt, fact.height_pt)
        subject = None if where else "CSS"
        return warning("CST-F013", message, span=where, place=place, hint=hint, subject=subject)


def _are_nested_emphases(face: Declared | None, family: Declared | None) -> bool:
    """Whether a face is asked for only because one emphasis of the text stands in another, or in a heading."""
    if family is None or family.tag not in _STRONG or (face is not None and face.tag not in _STRONG):
        return False
    inner_tags = {one.tag for one in (face, family) if one is not None}
    return (face is None or face.depth != family.depth) and bool(inner_tags & _EMPHASES)


def _text_span(text: str, block: Span) -> Span:
    """Return where a text with marks of emphasis before it stands in a block, or the block's place."""
    file = block.file
    start = file.rows.starts[block.line - 1]
    match = re.compile(r"[*_]" + re.escape(text.strip())).search(file.text, start)
    if match is None:
        return block
    first = file.place_of(match.start() + 1)
    return replace(first, end_column=first.column + len(text.strip()))


def _lacking(fact: TextFact, faces: Sequence[FontFace]) -> Iterator[tuple[str, str, Message]]:
    """Yield property, value and what to do for all that a text asks for and its family has not."""
    weights = sorted({face.weight for face in faces})
    if min(abs(weight - fact.weight) for weight in weights) >= FAR_WEIGHTS:
        has = tuple(map(str, weights))
        yield (
            "font-weight",
            str(fact.weight),
            msg("Its weights are {weights}. Use one of these, or another family.", weights=has),
        )
    if fact.italic and all(face.style == "normal" for face in faces):
        hint = msg("Chinese fonts have no italic: use another family, such as CST Kai, or emphasis dots.")
        yield "font-style", "italic", hint


def _rule_span(rules: Sequence[StyleRule], declared: Sequence[Declared | None]) -> Span | None:
    """Return where the last of the rules stands: a layout's own come after those of its ancestors."""
    known = [one.rule for one in declared if one is not None]
    return rules[max(known)].span if known else None


def _main_family(fact: TextFact, library: FontLibrary, *, han: bool) -> str | None:
    """Return the family that sets most of a text: its Chinese one where it is Chinese, otherwise its Latin one.

    A name in Chinese characters within English has no italic, and nobody expects one.
    """
    if han and fact.language and not language_of(fact.language).script.has_han:
        return None
    if not han and not any(character.isalpha() for character in fact.text):
        return None
    known = (family for family in fact.families if family in library.families)
    return next((family for family in known if not library.missing(_HAN if han else _LATIN, [family])), None)
