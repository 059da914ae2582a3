"""Where in the style sheets it stands that an element looks as it does: WeasyPrint keeps values, not their places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from cstprint.css.facts import Declared, FontRule


def declared_at(root: Any, element: Any, rules: Sequence[FontRule], names: Iterable[str]) -> Declared | None:
    """Return which of the rules gives an element, or the nearest element around it, one of the properties ``names``.

    As CSS decides it, by specificity, then by order (CSS Cascading 5, 6.1); without ``!important``.
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
            found += [(s.specificity, order, s) for s in selectors if s.pseudo_element is None]
    found.sort(key=lambda one: one[:2], reverse=True)
    wrapper = next(
        (w for w in ElementWrapper.from_html_root(root).iter_subtree() if w.etree_element is element), None
    )
    depth = 0
    while wrapper is not None:
        for _specificity, order, selector in found:
            if selector.test(wrapper):
                return Declared(order, wrapper.local_name, depth)
        wrapper, depth = wrapper.parent, depth + 1
    return None
