"""SVG drawings: only what WeasyPrint draws as it is meant, so that nothing of a drawing is lost without a word.

The drawing is read by expat, judged, and rewritten with a size and a view box, without comments, metadata and
whatever a browser would run or fetch.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.parsers import expat

from cstprint.diagnostics import Message, msg
from cstprint.pictures.prepared import PreparedPicture, Remark, UnprintableError, check_shape, damaged
from cstprint.pictures.svg_checks import HREFS, check_placed, refused, target_of
from cstprint.pictures.svg_letters import LINES, UPRIGHT_MODES, VERTICAL_MODES
from cstprint.pictures.svg_style import NAMESPACE, PX
from cstprint.pictures.svg_text import (
    FACES,
    SPACE,
    faces_of_css,
    misplaced,
    settle_faces,
    settle_words,
    words_of,
)

MAX_SVG_BYTES = 10_000_000
MAX_ELEMENTS = 50_000
#: WeasyPrint draws by recursion, several frames of Python a level.
MAX_DEPTH = 60
#: Elements that are drawn in the end, where `use` draws parts many times over.
MAX_DRAWN = 200_000
#: Characters of texts, each of which is set by itself.
MAX_CHARACTERS = 20_000
#: What says no size has this one (px; CSS 2.2, 10.3.2), where that is large enough.
DEFAULT_SIZE = 300.0, 150.0

_SHAPES = ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon")
_PAINTS = ("linearGradient", "radialGradient", "stop", "clipPath", "marker", "style")
_TEXTS = ("text", "tspan", "textPath")
_DRAWN = frozenset(("svg", "g", "a", "defs", "symbol", "use", *_SHAPES, *_PAINTS, *_TEXTS))
#: They say something about the drawing and draw nothing.
_SILENT = ("title", "desc", "metadata")
#: Properties that WeasyPrint passes over, or draws otherwise than browsers.
_NOT_DRAWN = ("filter", "mask", "mix-blend-mode")
_MODES = UPRIGHT_MODES | VERTICAL_MODES | {"inherit", "initial", "unset"}
#: What may be said of lines along letters; their colours and forms are not drawn.
_PLAIN_LINES = frozenset((*LINES, "none", "solid", "auto", "currentcolor", "inherit", "initial", "unset"))
_SHIFTED = re.compile(
    r"|baseline|sub|super|auto|inherit|initial|unset|[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?(?:px|pt|pc|mm|cm|q|in|r?em|ex|%)?"
)
_COLOURS = ("fill", "stroke", "stop-color", "color")
#: What may stand before a bracket in a colour; WeasyPrint would print all else in black.
_COLOUR_FORMS = frozenset(("rgb", "rgba", "hsl", "hsla", "url"))
_URL = re.compile(r"url\(\s*[\"']?\s*([^\"')]*)", re.IGNORECASE)
_DECLARATION = re.compile(r"([a-zA-Z-]+)\s*:\s*([^;{}]+)")
_LENGTH = re.compile(
    r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(px|pt|pc|mm|cm|q|in)?\s*", re.IGNORECASE
)

_AS_PNG = msg("Export it as PNG, 300 dots per inch.")


def prepare_svg(data: bytes) -> tuple[PreparedPicture, list[Remark]]:
    """Return the drawing as WeasyPrint may have it; raises ``UnprintableError``."""
    if len(data) > MAX_SVG_BYTES:
        message = msg("The drawing's file is larger than {limit} MB.", limit=MAX_SVG_BYTES // 1_000_000)
        raise UnprintableError("CST-P004", message, _AS_PNG)
    _check_xml(data)
    root = ElementTree.fromstring(data)
    if root.tag != f"{NAMESPACE}svg":
        raise damaged(msg("it does not declare that it is an SVG (xmlns)"))
    todo = [root]
    while todo:
        element = todo.pop()
        _clean(element)
        todo += element
    _check_uses(root)
    root.attrib.setdefault("font-family", FACES["hei"])
    width, height = _give_size(root)
    text = "".join(words_of(root))
    if len(text) > MAX_CHARACTERS:
        message = msg("The drawing contains more than {count} characters of text.", count=MAX_CHARACTERS)
        raise UnprintableError("CST-P004", message, _AS_PNG)
    box = [float(number) for number in root.get("viewBox", "").split()]
    placed, outlined = check_placed(root, (box[2], box[3]))
    for element in list(root.iter(f"{NAMESPACE}text")):
        if element not in placed:
            settle_words(element)
    stream = io.BytesIO()
    ElementTree.register_namespace("", NAMESPACE.strip("{}"))
    ElementTree.ElementTree(root).write(stream, "utf-8", xml_declaration=True)
    words = "".join(sorted(set("".join(words_of(root)))))
    made = stream.getvalue()
    picture = PreparedPicture(
        made, "image/svg+xml", width, height, words=words, outlined=outlined, by_letter=bool(placed)
    )
    return picture, []


def _check_xml(data: bytes) -> None:
    """Refuse XML that is broken, or would grow while it is read."""
    parser = expat.ParserCreate()
    depth = count = 0

    def begin(_name: str, _attributes: object) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > MAX_DEPTH or count > MAX_ELEMENTS:
            message = msg(
                "The drawing has more than {count} elements, or they are nested more than {depth} deep.",
                count=MAX_ELEMENTS,
                depth=MAX_DEPTH,
            )
            raise UnprintableError("CST-P004", message, _AS_PNG)

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def entity(*_facts: object) -> None:
        raise _refused(msg("an entity (<!ENTITY)"), msg("Save it as plain SVG, without a document type."))

    parser.StartElementHandler, parser.EndElementHandler, parser.EntityDeclHandler = begin, end, entity
    try:
        parser.Parse(data, True)
    except expat.ExpatError as exception:
        raise damaged(exception) from None
    except (ValueError, LookupError) as exception:  # an encoding that expat does not know
        raise damaged(exception) from None


def _refused(what: Message, hint: Message = _AS_PNG) -> UnprintableError:
    return refused(what, hint)


def _clean(element: Element) -> None:
    """Drop what draws nothing, refuse what would be drawn otherwise or not at all."""
    in_text = element.tag.removeprefix(NAMESPACE) in _TEXTS
    for child in list(element):
        name = child.tag.removeprefix(NAMESPACE)
        if name in _SILENT or name.startswith("{"):
            _take_out(child, element)
        elif name == "a":
            # Its children are looked at later, as those of what it has become.
            child.tag = f"{NAMESPACE}{'tspan' if in_text else 'g'}"
            child.attrib = {key: value for key, value in child.attrib.items() if key not in HREFS}
        elif name == "switch":
            _choose(child)
        elif name not in _DRAWN or (name in _TEXTS[1:]) != in_text:
            raise _refused(msg("<{name}>", name=name))
    if element.tag == f"{NAMESPACE}style":
        element.text = faces_of_css(element.text or "")
        _check_css(element.text)
    _clean_attributes(element)


def _choose(switch: Element) -> None:
    """Make a group of a `switch`: of the first of its children that draws shapes and texts."""
    drawn = [child for child in switch if child.tag != f"{NAMESPACE}foreignObject"]
    for child in list(switch):
        if child not in drawn[:1]:
            switch.remove(child)
    switch.tag = f"{NAMESPACE}g"


def _take_out(child: Element, element: Element) -> None:
    """Take a child out of an element, and leave the words after it."""
    before = list(element).index(child)
    if child.tail and before:
        previous = element[before - 1]
        previous.tail = (previous.tail or "") + child.tail
    elif child.tail:
        element.text = (element.text or "") + child.tail
    element.remove(child)


def _clean_attributes(element: Element) -> None:
    for key, value in list(element.attrib.items()):
        if key in HREFS:
            _check_inner(value)
        elif key.startswith(("on", "{")):
            if key != SPACE:
                del element.attrib[key]
        elif key == "style":
            element.set(key, faces_of_css(value))
            _check_css(value)
        else:
            _check_property(key, value)
    if element.tag.removeprefix(NAMESPACE) in _TEXTS and (wrong := misplaced(element)):
        raise damaged(msg("{attribute} is not a number", attribute=wrong))
    settle_faces(element)


def _check_css(text: str) -> None:
    text = re.sub(r"/\*.*?\*/", " ", text, flags=re.DOTALL)
    if rule := re.search(r"@[\w-]+", text):
        raise _refused(msg("the CSS rule {rule}", rule=rule[0]))
    if "\\" in text:
        raise _refused(msg("CSS with backslashes"))
    for name, value in _DECLARATION.findall(text):
        _check_property(name.lower(), value)
    for address in _URL.findall(text):
        _check_inner(address)


def _check_property(name: str, value: str) -> None:
    for address in _URL.findall(value):
        _check_inner(address)
    bare = value.strip().lower()
    if name in _NOT_DRAWN and bare not in ("none", "normal", "baseline", "0", ""):
        raise _refused(msg("{name}: {value}", name=name, value=bare[:40]))
    bare = bare.removesuffix("!important").strip()
    if (
        (name.startswith("text-decoration") and not _is_plain_line(name, bare))
        or (name == "baseline-shift" and not _SHIFTED.fullmatch(bare))
        or (name == "writing-mode" and bare not in _MODES)
    ):
        raise _refused(msg("{name}: {value}", name=name, value=bare[:40]))
    if "var(" in bare:
        raise _refused(msg("a CSS variable"))
    if name in _COLOURS:
        forms = set(re.findall(r"([\w-]+)\(", bare))
        if forms - _COLOUR_FORMS:
            raise _refused(msg("the colour {value}", value=bare[:40]), msg("Save its colours as sRGB."))


def _is_plain_line(name: str, value: str) -> bool:
    """Return whether lines along letters are drawn as they are meant."""
    if name.removeprefix("text-decoration") in ("-skip", "-skip-ink"):
        return True
    return set(value.split()) <= _PLAIN_LINES


def _check_inner(address: str) -> None:
    """Refuse addresses that lead out of the drawing."""
    if not address.strip().startswith("#"):
        raise _refused(msg("a file or element elsewhere (“{address}”)", address=address.strip()[:60]))


def _check_uses(root: Element) -> None:
    """Refuse drawings whose `use` elements go round in a circle, or draw far more than the file holds."""
    by_id = {element.get("id"): element for element in root.iter() if element.get("id")}
    drawn: dict[Element, int] = {}
    path: set[Element] = set()

    def count(element: Element) -> int:
        if element in drawn:
            return drawn[element]
        if element in path or len(path) > 2 * MAX_DEPTH:
            raise _refused(msg("elements that use each other in a circle, or too deeply nested"))
        path.add(element)
        total = 1 + sum(count(inner) for inner in (*element, *_used(element, by_id)))
        path.remove(element)
        drawn[element] = min(total, MAX_DRAWN + 1)
        return drawn[element]

    markers = [count(element) for element in root.iter(f"{NAMESPACE}marker")]
    corners = sum(len(element.get("d", element.get("points", ""))) // 4 for element in root.iter())
    if count(root) + max(markers, default=0) * corners > MAX_DRAWN:
        message = msg("The drawing draws more than {count} elements.", count=MAX_DRAWN)
        raise UnprintableError("CST-P004", message, _AS_PNG)


def _used(element: Element, by_id: dict[str | None, Element]) -> Iterator[Element]:
    """Yield what an element draws besides its children."""
    if element.tag == f"{NAMESPACE}use":
        address = target_of(element)
        if address in by_id:
            yield by_id[address]


def _give_size(root: Element) -> tuple[float, float]:
    """Give the drawing a width, a height and a view box, and return the size in px."""
    width, height = _length(root.get("width")), _length(root.get("height"))
    box = [
        float(number)
        for number in re.findall(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?", root.get("viewBox", ""))
    ]
    if len(box) != 4:
        if width is None and height is None and _fits(root, *DEFAULT_SIZE):
            width, height = DEFAULT_SIZE
        if width is None or height is None:
            message = msg("The drawing has no size: neither a width and height nor a viewBox.")
            raise UnprintableError("CST-P007", message, msg("Export it again, with a width and a height."))
        box = [0.0, 0.0, width, height]
    check_shape(*box[2:])
    if width is None:
        width = box[2] * height / box[3] if height is not None else box[2]
    if height is None:
        height = box[3] * width / box[2]
    check_shape(width, height)
    root.set("viewBox", " ".join(f"{number:g}" for number in box))
    root.set("width", f"{width:.6g}")
    root.set("height", f"{height:.6g}")
    return width, height


def _fits(root: Element, width: float, height: float) -> bool:
    """Return whether all that is drawn surely lies within the size; what is moved, or a path, may not."""
    drawn = [element for element in root.iter() if element.tag.removeprefix(NAMESPACE) in _SIMPLE]
    others = any(element.tag.removeprefix(NAMESPACE) in _RUNNING for element in root.iter())
    if not drawn or others or any("transform" in element.attrib for element in root.iter()):
        return False
    return all(
        near >= 0 and far <= limit
        for element in drawn
        for (near, far), limit in zip(_extents(element), (width, height), strict=True)
    )


#: Shapes whose attributes say where they end, and those where that would have to be computed.
_SIMPLE = ("rect", "circle", "ellipse", "line")
_RUNNING = ("path", "polyline", "polygon", "use", "text", "style")


def _extents(element: Element) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return where a shape begins and ends, across and down; nowhere where that is not said in numbers."""
    across, down = (
        [_length(element.get(name)) if name in element.attrib else 0.0 for name in names]
        for names in (("x", "cx", "x1", "x2", "width", "rx"), ("y", "cy", "y1", "y2", "height", "ry"))
    )
    radius = _length(element.get("r")) if "r" in element.attrib else 0.0
    if radius is None or None in across or None in down:
        return (-1.0, 0.0), (-1.0, 0.0)
    is_box = element.tag == f"{NAMESPACE}rect"
    return _extent(across, radius, is_box=is_box), _extent(down, radius, is_box=is_box)


def _extent(said: list[Any], radius: float, *, is_box: bool) -> tuple[float, float]:
    start, centre, first, second, size, half = said
    if is_box:
        return start, start + size
    reach = max(radius, half)
    return min(centre - reach, first, second) if reach else min(first, second), max(
        centre + reach, first, second
    )


def _length(given: str | None) -> float | None:
    """Return an attribute's length in px; ``None`` where it is relative or absent."""
    match = _LENGTH.fullmatch(given or "")
    return float(match[1]) * PX[(match[2] or "").lower()] if match else None
