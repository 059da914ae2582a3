"""Which declaration keeps something from being seen: of those that may, the one that applies last."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element

from cstprint.css.facts import StyleRule
from cstprint.engine.pages.declared import declarations

#: An element, its properties that may be to blame, and whether those of the elements around it may also be.
Blamed = tuple[Element | None, tuple[str, ...], bool]
#: Beside `display`, what can leave an element without a box, or its box beside the paper.
_LEAVING_OUT = (
    *(
        "position",
        "top",
        "right",
        "bottom",
        "left",
        "inset",
        "transform",
        "translate",
        "text-indent",
        "float",
    ),
    *("margin", "margin-top", "margin-right", "margin-bottom", "margin-left", "font-size", "font", "width"),
    *("max-lines", "line-clamp", "continue", "height", "max-height", "visibility"),
)
#: A rule, or the text of a ``style`` attribute.
Culprit = StyleRule | str


def culprit_of(root: Element, rules: Sequence[StyleRule], blamed: Iterable[Blamed]) -> Culprit | None:
    """Return what is declared last of what may be to blame, a ``style`` attribute before all rules."""
    orders: list[int] = []
    for element, names, around in blamed:
        if element is None:
            continue
        inline = _inline(element, names)
        if inline is not None:
            return inline
        for found in declarations(root, element, rules, names):
            if not around and found.depth > 0:
                break
            orders += (order for order in found.rules.values() if not _is_harmless(rules[order]))
    return rules[max(orders)] if orders else None


def left_out_by(root: Element, rules: Sequence[StyleRule], element: Element) -> Culprit | None:
    """Return what keeps an element, or one around it, from having a box with its text on a page."""
    for found in declarations(root, element, rules, ("display",)):
        inline = _inline(found.element, ("display",))
        if inline is not None and "none" in inline:
            return inline
        rule = rules[found.rules["display"]]
        if rule.value.lower().startswith("none"):
            return rule
    return culprit_of(root, rules, ((element, _LEAVING_OUT, True),))


def _inline(element: Element, names: Iterable[str]) -> str | None:
    style = str(element.get("style") or "")
    declared = {part.partition(":")[0].strip().lower() for part in style.split(";")}
    return style if not declared.isdisjoint(names) else None


#: Properties of which hardly any value is without effect.
_ALWAYS = ("color", "opacity", "font-size", "height", "max-height", "width", "max-width", "line-height")
#: Values with which a property hides nothing.
_HARMLESS = re.compile(
    r"(static|visible|auto|none|normal|inherit|0|1|transparent|left|right|\d+(\.\d+)?em)", re.I
)


def _is_harmless(rule: StyleRule) -> bool:
    if rule.name in _ALWAYS:
        return rule.value in ("auto", "none")
    return _HARMLESS.fullmatch(rule.value) is not None
