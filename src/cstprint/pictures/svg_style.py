"""What the style sheets and attributes of a drawing say of its elements: the cascade of CSS, as WeasyPrint has it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import cssselect2
import tinycss2

NAMESPACE = "{http://www.w3.org/2000/svg}"
#: What a drawing begins with: 12 pt, in px.
FIRST_SIZE = 16.0
_NUMBER = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(%|[a-z]*)\s*", re.IGNORECASE)
#: Units of lengths, in px.
PX = {"": 1, "px": 1, "pt": 96 / 72, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "q": 96 / 101.6, "in": 96}
_NOT_INHERITED = frozenset(
    ("opacity", "clip-path", "transform", "transform-origin", "baseline-shift", "text-decoration", "display")
)


class Cascade:
    """The declared and the inherited values of a drawing's elements."""

    def __init__(self, root: Element):
        self.root = root
        self._parents = {child: element for element in root.iter() for child in element}
        self._declared: dict[Element, dict[str, str]] = {}
        self._rules = cssselect2.Matcher()
        self._important = cssselect2.Matcher()
        #: Whether rules may match whatever is put into the drawing.
        self.has_rules = False
        for sheet in root.iter(f"{NAMESPACE}style"):
            self._read(sheet.text or "")
        wrapped = cssselect2.ElementWrapper.from_xml_root(root)
        self._wrappers = {wrapper.etree_element: wrapper for wrapper in wrapped.iter_subtree()}

    def _read(self, text: str) -> None:
        for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
            if rule.type != "qualified-rule":
                continue
            try:
                selectors = cssselect2.compile_selector_list(rule.prelude)
            except cssselect2.SelectorError:
                continue
            self.has_rules = True
            normal, important = _declarations(rule.content)
            for selector in selectors:
                self._rules.add_selector(selector, normal)
                self._important.add_selector(selector, important)

    def declared(self, element: Element) -> dict[str, str]:
        """Return what is said of an element itself, the strongest of each property."""
        known = self._declared.get(element)
        if known is None:
            wrapper = self._wrappers[element]
            normal, important = _declarations(element.get("style", ""))
            known = {name: value.strip() for name, value in element.attrib.items()}
            for declarations in (
                *(match[-1] for match in self._rules.match(wrapper)),
                normal,
                *(match[-1] for match in self._important.match(wrapper)),
                important,
            ):
                known.update(declarations)
            self._declared[element] = known
        return known

    def line(self, element: Element) -> Iterator[Element]:
        """Yield an element and those around it, from the inside."""
        around: Element | None = element
        while around is not None:
            yield around
            around = self._parents.get(around)

    def value(self, element: Element, name: str, initial: str = "") -> str:
        """Return the value of a property, inherited where it is not said."""
        for place in self.line(element):
            value = self.declared(place).get(name, "inherit")
            if value not in ("inherit", "unset"):
                return initial if value == "initial" else value
            if name in _NOT_INHERITED and value != "inherit":
                break
        return initial

    def own(self, element: Element, name: str, initial: str = "") -> str:
        """Return what an element says itself of a property that is not inherited."""
        value = self.declared(element).get(name, initial)
        return initial if value in ("initial", "unset", "inherit") else value

    def font_size(self, element: Element) -> float:
        """Return the size of an element's font, in px."""
        size = FIRST_SIZE
        for place in reversed(list(self.line(element))):
            said = self.declared(place).get("font-size", "inherit")
            if said not in ("inherit", "unset"):
                size = length_of(said, size, size) or 0.0
        return size


def length_of(said: str, em: float, whole: float) -> float | None:
    """Return a length in px, of which ``whole`` is 100 %; ``None`` where it is none."""
    match = _NUMBER.fullmatch(said)
    if match is None:
        return None
    number, unit = float(match[1]), match[2].lower()
    if unit == "%":
        return number * whole / 100
    relative = {"em": em, "ex": em / 2, "rem": FIRST_SIZE}.get(unit)
    factor = relative if relative is not None else PX.get(unit)
    return None if factor is None else number * factor


def lengths_of(said: str, em: float, whole: float) -> list[float]:
    """Return a list of lengths in px, up to what is none."""
    found: list[float] = []
    for word in re.split(r"[\s,]+", said.strip()):
        length = length_of(word, em, whole)
        if length is None:
            break
        found.append(length)
    return found


def _declarations(content: object) -> tuple[dict[str, str], dict[str, str]]:
    normal: dict[str, str] = {}
    important: dict[str, str] = {}
    for one in tinycss2.parse_blocks_contents(content):
        if one.type == "declaration":
            value = tinycss2.serialize(one.value).strip()
            (important if one.important else normal)[one.lower_name] = value
    return normal, important
