"""Computed styles with less computing: pages that the same rules are for share theirs, the common cases come first.

WeasyPrint computes the styles of each page and of its sixteen margin boxes anew, and looks for cascaded, logical,
pending and calculated values before it finds that most are initial or the parent's. The values are the same.
"""

from __future__ import annotations

from collections.abc import Callable

from cstprint.engine.weasy.css import (
    COMPUTER_FUNCTIONS,
    INHERITED,
    INITIAL_NOT_COMPUTED,
    INITIAL_VALUES,
    PHYSICAL_FUNCTIONS,
    ComputedStyle,
    StyleFor,
    check_math,
)
from cstprint.engine.weasy.marks import kept_with
from cstprint.engine.weasy.types import Box, Style

#: ``set_page_type_computed_styles``.
SetStyles = Callable[[object, object, StyleFor], None]

#: Properties whose values depend on others, or on those of the parent in a way of their own.
_SPECIAL = {"position", "float", "display", "page"} | {
    name for name in INITIAL_VALUES if name.startswith("text_decoration_")
}
#: Properties that have their initial value where no declaration is for them → the logical properties
#: (``margin_inline_start``) that may be for them, too.
_INITIAL = {
    name: frozenset(PHYSICAL_FUNCTIONS[name](block="ttb", inline=direction) for direction in ("ltr", "rtl"))
    if name in PHYSICAL_FUNCTIONS
    else frozenset()
    for name in INITIAL_VALUES.keys() - INHERITED - _SPECIAL
}
#: Properties that have their parent's value where no declaration is for them; custom properties have, too.
_INHERITED = INHERITED - _SPECIAL - PHYSICAL_FUNCTIONS.keys()
#: Those whose initial value is not a computed one, because it depends on others (no border, no width of it).
_COMPUTED = {
    name: COMPUTER_FUNCTIONS[name]
    for name in _INITIAL.keys() & INITIAL_NOT_COMPUTED & COMPUTER_FUNCTIONS.keys()
}
#: What an anonymous box has of itself.
_ANONYMOUS = {name: INITIAL_VALUES[name] for name in _INITIAL.keys() - INITIAL_NOT_COMPUTED}


def shared(original: SetStyles) -> SetStyles:
    """Give a page the styles of an earlier page of the same document that the same rules are for."""

    def set_styles(page_type: object, html: object, style_for: StyleFor) -> None:
        matching = tuple(
            (number, place)
            for number, (sheet, *_) in enumerate(style_for._sheets)
            for place, (_, selectors, _) in enumerate(sheet.page_rules)
            for *_, selector in selectors
            if style_for._page_type_match(selector, page_type)
        )
        # Lengths that refer to the page are others before there is one.
        key = *style_for.initial_page_sizes.values(), matching
        known: dict[object, dict[str | None, Style]] = kept_with(style_for, "page_styles", dict)
        styles = style_for.get_computed_styles()
        if key not in known:
            original(page_type, html, style_for)
            known[key] = {
                pseudo: style for (element, pseudo), style in styles.items() if element == page_type
            }
        else:
            styles.update(((page_type, pseudo), style) for pseudo, style in known[key].items())

    return set_styles


def common_first(original: Callable[[ComputedStyle, str], object]) -> Callable[[ComputedStyle, str], object]:
    """Replace ``ComputedStyle.__missing__``: return initial and inherited values at once."""

    def missing(style: ComputedStyle, key: str) -> object:
        cascaded = style.cascaded
        if key not in cascaded:
            logical = _INITIAL.get(key)
            if logical is not None:
                if not logical or cascaded.keys().isdisjoint(logical):
                    value = INITIAL_VALUES[key]
                    if key in _COMPUTED:
                        value = _COMPUTED[key](style, key, value)
                    style[key] = value
                    return value
            elif (key in _INHERITED or key[:2] == "__") and style.parent_style is not None:
                value = style.parent_style[key]
                if not check_math(value):
                    style[key] = value
                    return value
        return original(style, key)

    return missing


def begun(original: Callable[[ComputedStyle, Style], None]) -> Callable[[ComputedStyle, Style], None]:
    """Replace ``AnonymousStyle.__init__``: begin with the values that all anonymous boxes have."""

    def begin(style: ComputedStyle, parent_style: Style) -> None:
        style.update(_ANONYMOUS)
        original(style, parent_style)

    return begin


def if_printed(original: Callable[[Box, object], None]) -> Callable[[Box, object], None]:
    """Replace ``resolve_percentages`` of pages: empty margin boxes have no lengths to resolve."""

    def resolve(box: Box, containing_block: object) -> None:
        # Most of a page's margin boxes are empty: WeasyPrint sets all their lengths to 0 next.
        if getattr(box, "is_generated", True):
            original(box, containing_block)

    return resolve
