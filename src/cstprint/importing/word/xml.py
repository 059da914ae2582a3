"""The XML of a Word file as elements with short names: ``w:p``, whichever namespace the file was written with."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from cstprint.diagnostics import Message, msg

#: How deep elements may stand in each other: ten tables in each other need 60.
MAX_DEPTH = 120
#: How many elements a part may have: a book of 500 pages has half a million; each takes some 200 bytes of memory.
MAX_ELEMENTS = 1_500_000
_OPEN, _STRICT = "http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/"
_SHARED = {
    "w": "wordprocessingml/{}main",
    "r": "officeDocument/{}relationships",
    "a": "drawingml/{}main",
    "wp": "drawingml/{}wordprocessingDrawing",
    "pic": "drawingml/{}picture",
    "c": "drawingml/{}chart",
    "dgm": "drawingml/{}diagram",
    "m": "officeDocument/{}math",
}
#: Prefixes by namespaces: those of ECMA-376, transitional and strict, and those of Word's that are read.
_PREFIXES = {
    **{_OPEN + path.format("2006/"): prefix for prefix, path in _SHARED.items()},
    **{_STRICT + path.format(""): prefix for prefix, path in _SHARED.items()},
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "http://schemas.openxmlformats.org/package/2006/content-types": "ct",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    "http://www.w3.org/XML/1998/namespace": "xml",
}


class BrokenXmlError(Exception):
    """A part that is not read; ``reason`` says why, ``unsafe`` whether it may be meant to do harm."""

    def __init__(self, reason: Message, *, unsafe: bool = False):
        super().__init__(str(reason))
        self.reason = reason
        self.unsafe = unsafe


class _Builder(TreeBuilder):
    """Builds elements with short names; refuses document types, and what stands too deep."""

    def __init__(self) -> None:
        super().__init__()
        self._names: dict[str, str] = {}
        self._depth = self._count = 0

    def _short(self, name: str) -> str:
        short = self._names.get(name)
        if short is None:
            space, _, local = name.removeprefix("{").rpartition("}")
            prefix = _PREFIXES.get(space)
            short = self._names[name] = f"{prefix}:{local}" if prefix else local if not space else name
        return short

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        self._depth += 1
        self._count += 1
        if self._count > MAX_ELEMENTS:
            raise BrokenXmlError(msg("it has more than {limit} elements", limit=MAX_ELEMENTS), unsafe=True)
        if self._depth > MAX_DEPTH:
            raise BrokenXmlError(
                msg("its elements are nested more than {limit} deep", limit=MAX_DEPTH), unsafe=True
            )
        return super().start(self._short(tag), {self._short(name): value for name, value in attrs.items()})

    def end(self, tag: str) -> Element:
        self._depth -= 1
        return super().end(self._short(tag))

    def doctype(self, *_: object) -> None:
        raise BrokenXmlError(msg("it declares a document type, which may hold entities"), unsafe=True)


def parse_xml(data: bytes) -> Element:
    """Return the root of a part. Raises ``BrokenXmlError``."""
    parser = XMLParser(target=_Builder())
    try:
        parser.feed(data)
        root: Element = parser.close()
    except ParseError as exception:
        row, column = exception.position
        raise BrokenXmlError(
            msg("it is not well-formed, line {row}, column {column}", row=row, column=column + 1)
        ) from exception
    except (
        LookupError,
        ValueError,
        AssertionError,
    ) as exception:  # an encoding that nobody knows; no element
        raise BrokenXmlError(msg("it is not XML")) from exception
    return root


def at(node: Element | None, *names: str) -> Element | None:
    """Return the first child of the first name, its first child of the second, and so on; ``None`` without one."""
    for name in names:
        if node is None:
            return None
        node = next((child for child in node if child.tag == name), None)
    return node


def value_at(node: Element | None, *names: str) -> str | None:
    """Return ``w:val`` of the element that ``at`` finds."""
    found = at(node, *names)
    return None if found is None else found.get("w:val")


def is_on(node: Element | None, *names: str) -> bool | None:
    """Return whether a property is switched on; ``None`` where it is not mentioned."""
    found = at(node, *names)
    return None if found is None else found.get("w:val", "1") not in ("0", "false", "off", "none")


def number_of(text: str | None, fallback: int = 0) -> int:
    """Return a whole number as Word writes it; ``fallback`` where there is none."""
    try:
        return int(float(text)) if text else fallback
    except (ValueError, OverflowError):
        return fallback


def descendants(node: Element, *names: str) -> Iterator[Element]:
    """Yield the elements of these names in ``node``, in their order."""
    return (inner for inner in node.iter() if inner.tag in names)
