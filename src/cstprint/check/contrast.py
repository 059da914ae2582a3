"""Texts that have too little contrast with their ground: the token or the style that gives them their colour."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from tinycss2.color4 import parse_color

from cstprint.css.facts import Declared, StyleRule
from cstprint.diagnostics import Diagnostic, PagePlace, msg, warning
from cstprint.engine.pages.contrast import LEAST, LEAST_LARGE, Channels, channels
from cstprint.engine.pages.faint import Faint
from cstprint.issue.model import Issue
from cstprint.layout.resolve import Layout
from cstprint.layout.tokens import where_set
from cstprint.source import SourceText, Span
from cstprint.units import px_to_pt

#: Rules, element, properties → which of the rules gives the element one of these.
FindRule = Callable[[Sequence[StyleRule], Element | None, Sequence[str]], Declared | None]
_TOKEN = re.compile(r"var\(\s*--cst-([\w-]+)")
#: Values that take the colour of something else.
_OF_OTHERS = ("inherit", "unset", "currentcolor")
#: Commas between selectors, and the pseudo-element at the end of one.
_COMMA, _PSEUDO = re.compile(r",(?![^()]*\))"), re.compile(r"::?[\w-]+$")
#: So much of a text is shown.
_SHOWN = 20
_HINT = msg(
    "Choose a darker or a lighter colour. The minimum is {least} : 1, and {large} : 1 from "
    "18 pt, or from 14 pt bold.",
    least=f"{LEAST:g}",
    large=f"{LEAST_LARGE:g}",
)


@dataclass(frozen=True)
class _Origin:
    """Where a colour is given: a place, or ``--set``; the one of the higher ``rank`` was given over the other."""

    rank: tuple[int, int]
    span: Span | None = None
    subject: str | None = None


@dataclass(frozen=True)
class Contrasts:
    """What is known of the colours of a layout's texts: the issue and the layout, its rules, how to find one.

    ``own_values`` are names and values of the properties of our own that the style sheets set, in their order.
    """

    issue: Issue
    layout: Layout
    rules: Sequence[StyleRule]
    own_values: Sequence[tuple[str, SourceText]]
    find_rule: FindRule

    def check(self, texts: Iterable[Faint]) -> Iterator[Diagnostic]:
        """Yield a warning for each pair of colours at each place that gives one of them, of its faintest text."""
        worst: dict[object, Faint] = {}
        for text in texts:
            key = _kind_of(text)
            if key not in worst or text.contrast / text.least < worst[key].contrast / worst[key].least:
                worst[key] = text
        found: dict[object, tuple[Faint, _Origin]] = {}
        for text in sorted(worst.values(), key=lambda one: one.contrast / one.least):
            origin = self._origin(text)
            where = (origin.span, origin.subject) if origin else None
            found.setdefault((where, _hex(text.colour), _hex(text.ground)), (text, origin or _Origin((0, 0))))
        yield from (_diagnostic(text, origin) for text, origin in found.values())

    def _origin(self, text: Faint) -> _Origin | None:
        """Return where the one of a text's two colours is given that was given last, opacity before colours."""
        faded = self._rule(text.faded_by, ("opacity",))
        if faded is not None:
            return self._of_rule(faded)
        ground = text.grounds[-1] if text.grounds else None
        pseudo = (text.box.element_tag or "").partition("::")[2]
        of_pseudo = self._pseudo_rule(text.element, pseudo) if pseudo else None
        given = [
            self._of(of_pseudo or self._rule(text.element, ("color",)), text.colour),
            self._of(self._rule(ground, ("background", "background-color"), own=True), text.ground),
        ]
        known = [one for one in given if one is not None]
        return max(known, key=lambda one: one.rank) if known else None

    def _rule(self, element: Element | None, names: Sequence[str], *, own: bool = False) -> StyleRule | None:
        """Return the rule that gives an element, or the nearest around it unless ``own``, one of the properties."""
        rules = [rule for rule in self.rules if rule.name in names and rule.value not in _OF_OTHERS]
        found = None if element is None else self.find_rule(rules, element, names)
        return None if found is None or (own and found.depth) else rules[found.rule]

    def _pseudo_rule(self, element: Element | None, pseudo: str) -> StyleRule | None:
        """Return the rule that gives a pseudo-element, such as ``before``, its colour."""
        theirs = []
        for rule in self.rules:
            parts = (part.strip() for part in _COMMA.split(rule.selector))
            hosts = [_PSEUDO.sub("", part) or "*" for part in parts if part.endswith(f":{pseudo}")]
            if hosts:
                theirs.append(replace(rule, selector=", ".join(hosts)))
        found = None if element is None else self.find_rule(theirs, element, ("color",))
        return None if found is None or found.depth else theirs[found.rule]

    def _of(self, rule: StyleRule | None, colour: Channels) -> _Origin | None:
        """Return where a colour is given: by the tokens that its rule names, by one that has it, or by the rule."""
        named = _TOKEN.findall(rule.value) if rule is not None else []
        if rule is not None and not named:
            return self._of_rule(rule)
        others = [name for name, token in self.layout.tokens.items() if token.type == "color"]
        for name in (*named, *others):
            same = [value for value in self._values(name) if _rgb_of(value) == _hex(colour)]
            if same:
                return self._of_value(same[0])
        return None if rule is None else self._of_rule(rule)

    def _values(self, name: str) -> Iterator[str]:
        """Yield the values that a token has, in sections and style sheets first, where nothing refers on."""
        sections = [section.settings for section in self.issue.sections]
        waiting, seen = [name], set[str]()
        while waiting:
            one = waiting.pop()
            if one in seen or one not in self.layout.tokens:
                continue
            seen.add(one)
            values: list[str] = [value for given in sections for key, value in given.items() if key == one]
            values += reversed([value for key, value in self.own_values if key == f"--cst-{one}"])
            default = self.layout.tokens[one].default
            values.append(self.layout.values[one] if one in self.layout.settings else default)
            for value in values:
                referred = _TOKEN.findall(value)
                waiting += referred
                if not referred:
                    yield value

    def _of_value(self, value: str) -> _Origin:
        if not isinstance(value, SourceText):
            return _Origin((2, 0), subject="--set")
        layer = self._layer(value.span)
        where = where_set(value)["span"]
        assert isinstance(where, Span)
        return _Origin((0, layer) if layer is not None else (1, 0), where)

    def _of_rule(self, rule: StyleRule) -> _Origin:
        return _Origin((0, self._layer(rule.span) or 0), rule.span)

    def _layer(self, span: Span) -> int | None:
        """Return which layout of the chain a place is in, from 0 for the first ancestor, ``None`` for an issue's."""
        parts = enumerate(self.layout.parts)
        return next((n for n, part in parts if part.source.path.parent in span.file.path.parents), None)


def _kind_of(text: Faint) -> object:
    """Return what texts share whose colours are given at the same places."""
    element = text.element
    named = None if element is None else (element.tag, element.get("class"))
    return named, _hex(text.colour), _hex(text.ground), text.least


def _diagnostic(text: Faint, origin: _Origin) -> Diagnostic:
    box = text.box
    place = PagePlace(
        text.page, *(px_to_pt(one) for one in (box.position_x, box.position_y, box.width, box.height))
    )
    message = msg(
        "“{text}” on page {page} has a contrast of {ratio} : 1, {colour} on {ground}.",
        text=box.text.strip()[:_SHOWN],
        page=text.page,
        ratio=f"{math.floor(text.contrast * 10) / 10:.1f}",
        colour=_hex(text.colour),
        ground=_hex(text.ground),
    )
    found = warning("CST-E042", message, span=origin.span, place=place, hint=_HINT)
    return replace(found, subject=origin.subject or ("CSS" if origin.span is None else None))


def _hex(colour: Channels) -> str:
    """Return a colour as CSS writes it."""
    return "#" + "".join(f"{round(255 * one):02x}" for one in colour)


def _rgb_of(value: str) -> str | None:
    """Return a colour as CSS has it as six digits, ``None`` of anything else."""
    parsed = parse_color(value)
    rgb = None if parsed is None or isinstance(parsed, str) else channels(parsed)
    return None if rgb is None else _hex(rgb)
