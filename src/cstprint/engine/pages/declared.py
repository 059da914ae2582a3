"""Where in the style sheets it stands that an element looks as it does: WeasyPrint keeps values, not their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from cstprint.css.facts import Declared, StyleRule


@dataclass(frozen=True, slots=True)
class Winners:
    """The rules that give an element its properties, the strongest first; it is ``depth`` elements further out."""

    element: Element
    tag: str
    depth: int
    rules: dict[str, int]


def declared_at(
    root: Element, element: Element | None, rules: Sequence[StyleRule], names: Iterable[str]
) -> Declared | None:
    """Return which of the rules gives an element, or the nearest around it, one of the properties ``names``."""
    for found in declarations(root, element, rules, names):
        return Declared(next(iter(found.rules.values())), found.tag, found.depth)
    return None


def declarations(
    root: Element, element: Element | None, rules: Sequence[StyleRule], names: Iterable[str]
) -> Iterator[Winners]:
    """Yield which rules give an element, and then those around it, the properties ``names``.

    As CSS decides it, by importance, layer, specificity and order (CSS Cascading 5, 6.1). What no rule is for is left
    out.
    """
    from cssselect2 import ElementWrapper, SelectorError, compile_selector_list

    wanted = set(names)
    found = []
    for order, rule in enumerate(rules):
        if rule.name in wanted:
            try:
                selectors = compile_selector_list(rule.selector)
            except SelectorError:  # reported as CSS that is ignored
                continue
            found += [
                (rule.important, rule.layer, s.specificity, order, s)
                for s in selectors
                if s.pseudo_element is None
            ]
    found.sort(key=lambda one: one[:4], reverse=True)
    wrapper = next(
        (w for w in ElementWrapper.from_html_root(root).iter_subtree() if w.etree_element is element), None
    )
    depth = 0
    while wrapper is not None:
        winners: dict[str, int] = {}
        for *_, order, selector in found:
            if rules[order].name not in winners and selector.test(wrapper):
                winners[rules[order].name] = order
        if winners:
            yield Winners(wrapper.etree_element, wrapper.local_name, depth, winners)
        wrapper, depth = wrapper.parent, depth + 1
