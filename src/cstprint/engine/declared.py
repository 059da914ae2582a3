"""Where in the style sheets it stands that an element looks as it does: WeasyPrint keeps values, not their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from cstprint.css.facts import StyleRule


def declared_at(root: Any, element: Any, rules: Sequence[StyleRule], names: Iterable[str]) -> int | None:
    """Return which of the rules gives an element, or the nearest around it, one of the properties ``names``."""
    winners = (winners for _element, winners in declarations(root, element, rules, names))
    return next((next(iter(found.values())) for found in winners), None)


def declarations(
    root: Any, element: Any, rules: Sequence[StyleRule], names: Iterable[str]
) -> Iterator[tuple[Any, dict[str, int]]]:
    """Yield an element and all around it, each with the rule that gives it each of the properties ``names``.

    As CSS decides it, by importance, specificity and order (CSS Cascading 5, 6.1), the strongest rule first. What no
    rule is for is left out.
    """
    from cssselect2 import ElementWrapper, SelectorError, compile_selector_list

    wanted = set(names)
    found = []
    for order, rule in enumerate(rules):
        if rule.name in wanted:
            try:
                selectors = compile_selector_list(rule.selector)
            except SelectorError:  # told as CSS that is ignored
                continue
            found += [
                (rule.important, s.specificity, order, s) for s in selectors if s.pseudo_element is None
            ]
    found.sort(key=lambda one: one[:3], reverse=True)
    wrapper = next(
        (w for w in ElementWrapper.from_html_root(root).iter_subtree() if w.etree_element is element), None
    )
    while wrapper is not None:
        winners: dict[str, int] = {}
        for *_, order, selector in found:
            if rules[order].name not in winners and selector.test(wrapper):
                winners[rules[order].name] = order
        if winners:
            yield wrapper.etree_element, winners
        wrapper = wrapper.parent
