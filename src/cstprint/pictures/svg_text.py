"""The text of drawings: set in our faces, in a form that WeasyPrint draws as it is meant.

WeasyPrint takes the first families that a drawing names, expands `font` by itself and knows sizes in numbers only. So
whatever names a font is rewritten: each family becomes one of :data:`FACES`, whose fonts the layout says.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from cstprint.diagnostics import Message, msg

#: Stand for the families of the layout's tokens of these names, until these are known.
FACES: Mapping[str, str] = {token: f"cst-face-{token}" for token in ("song", "hei", "kai", "code")}
#: What families are called whose letters are of the kind of a face; all others are without serifs.
_NAMED = (
    ("code", re.compile(r"mono|courier|consolas|menlo|code|typewriter|terminal")),
    ("kai", re.compile(r"kai|楷|fangsong|仿宋")),
    ("hei", re.compile(r"sans|hei|黑|gothic|yahei|雅黑|arial|helvetica|verdana|dejavu")),
    (
        "song",
        re.compile(r"serif|song|sun|宋|ming|明|times|georgia|cambria|roman|garamond|palatino|book|stix|math"),
    ),
)
#: CSS Fonts 3, 3.5, in px, where medium is 16.
_SIZES: Mapping[str, int | str] = {
    "xx-small": 9,
    "x-small": 10,
    "small": 13,
    "medium": 16,
    "large": 18,
    "x-large": 24,
    "xx-large": 32,
    "smaller": "0.83em",
    "larger": "1.2em",
}
_SIZE = re.compile(
    r"(?:[\d.]+(?:[a-z]+|%)?|(?:xx?-)?small|medium|(?:xx?-)?large|smaller|larger)", re.IGNORECASE
)
_BOLD = frozenset(("bold", "bolder", "600", "700", "800", "900"))
#: A declaration of a face, in an attribute `style` or in a style sheet.
_FACE = re.compile(r"(?<![\w-])(font|font-family|font-size|font-weight)\s*:\s*([^;{}]*)", re.IGNORECASE)
_PROPERTIES = ("font", "font-family", "font-size", "font-weight")
_LINE_ENDS = re.compile(r"[ \t]*[\r\n]+[ \t]*")
_SELECTORS = re.compile("[\ufe00-\ufe0f\u200d\u2060\ufeff]")
#: What places the first of an element's characters.
_PLACES = ("id", "x", "y", "dx", "dy", "rotate", "textLength", "lengthAdjust")
#: Rules of style sheets about fonts of their own.
_FONT_RULES = re.compile(r"@font-face\s*\{[^{}]*\}|@import\s[^;]*font[^;]*;|@charset\s[^;]*;", re.IGNORECASE)
_NUMBERS = re.compile(
    r"(?:[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?(?:[a-z]{2,3}|%)?(?:[\s,]+|$))*", re.IGNORECASE
)
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def faces_of_css(text: str) -> str:
    """Return declarations with their font families rewritten."""

    def rewritten(match: re.Match[str]) -> str:
        value, important, _ = match[2].partition("!")
        written = _written(match[1].lower(), value.strip())
        ending = "!important" if important else ""
        return ";".join(f"{name}:{one}{ending}" for name, one in written.items())

    return _FACE.sub(rewritten, _FONT_RULES.sub("", text))


def settle_faces(element: Element) -> None:
    """Rewrite the attributes that name fonts."""
    for name in _PROPERTIES:
        if name in element.attrib:
            for key, value in _written(name, element.attrib.pop(name).strip()).items():
                element.set(key, value)


def misplaced(element: Element) -> str | None:
    """Return the attribute that should place the characters of a text and is no number, as it was typed."""
    for name in ("x", "y", "dx", "dy", "rotate", "textLength", "letter-spacing", "startOffset"):
        value = element.get(name, "0").strip()
        if value not in ("normal", "inherit") and not _NUMBERS.fullmatch(value):
            return f'{name}="{value[:30]}"'
    return None


def settle_words(text: Element) -> None:
    """Give a `text` the form in which WeasyPrint draws it: one level of `tspan`, and characters that stand alone."""
    pieces = [piece for child in text for piece in _flat(child, {})]
    for child in list(text):
        text.remove(child)
    text.extend(pieces)
    preserved = text.get(SPACE) == "preserve"
    for element in text.iter():
        element.text = _words(element.text, preserved=preserved)
        if element is not text:
            element.tail = _words(element.tail, preserved=preserved)


def _flat(tspan: Element, around: Mapping[str, str]) -> Iterator[Element]:
    """Yield the parts of a `tspan`, each with what the elements around it say, and what follows it as its tail."""
    own = {**around, **tspan.attrib}
    for name, between in (("style", ";"), ("class", " ")):
        both = [value[name] for value in (around, tspan.attrib) if name in value]
        if both:
            own[name] = between.join(both)
    placed = {name: own.pop(name) for name in _PLACES if name in own}
    parts: list[Element] = []
    if tspan.text or not len(tspan):
        parts.append(_piece(tspan.tag, own, tspan.text))
    for child in tspan:
        parts += _flat(child, own)
        if parts and parts[-1].tail:
            parts.append(_piece(tspan.tag, own, parts[-1].tail))
            parts[-2].tail = None
    for name, value in placed.items():
        parts[0].attrib.setdefault(name, value)
    parts[-1].tail = tspan.tail
    yield from parts


def _piece(tag: str, attributes: Mapping[str, str], text: str | None) -> Element:
    piece = Element(tag, dict(attributes))
    piece.text = text
    return piece


def words_of(root: Element) -> Iterator[str]:
    """Yield the words of a drawing."""
    for element in root.iter():
        if element.tag.endswith("}text"):
            yield "".join(element.itertext())


def with_faces(data: bytes, families: Mapping[str, Sequence[str]]) -> bytes:
    """Return a drawing in the families that there are for each of :data:`FACES`."""
    for token, face in FACES.items():
        data = data.replace(face.encode(), escape(", ".join(families[token])).encode())
    return data


def missing_words(characters: str) -> tuple[Message, Message]:
    """Return what is said of characters in a drawing that no font has, and what there is to do."""
    message = msg("The drawing contains characters that no font has: {characters}.", characters=characters)
    return message, msg("Turn its text into paths (Inkscape: Path › Object to Path), or export it as PNG.")


def plain_words(text: str) -> str:
    """Return words as they are set: characters that stand alone, without selectors."""
    return _SELECTORS.sub("", unicodedata.normalize("NFC", text))


def _words(text: str | None, *, preserved: bool) -> str | None:
    if text is None:
        return None
    plain = plain_words(text)
    return plain if preserved else _LINE_ENDS.sub(" ", plain)


def _written(name: str, value: str) -> dict[str, str]:
    """Return what a property that names a face is written as; nothing where it says nothing."""
    bare = value.lower()
    if bare in ("inherit", "initial", "unset", ""):
        return {name: "inherit"} if bare == "inherit" and name != "font" else {}
    if name == "font":
        return _shorthand(value)
    if name == "font-family":
        return {name: _face(value)}
    if name == "font-size":
        size = _SIZES.get(bare, bare)
        return {name: f"{size}px" if isinstance(size, int) else size} if _SIZE.fullmatch(bare) else {}
    return {name: "700" if bare in _BOLD else "500" if bare == "500" else "400"}


def _shorthand(value: str) -> dict[str, str]:
    """Return the parts of `font`: what stands before the size, the size, and the families after it."""
    words = value.replace("/ ", "/").replace(" /", "/").split()
    for index, word in enumerate(words):
        size = word.partition("/")[0]
        if _SIZE.fullmatch(size) and not re.fullmatch(r"[1-9]00", size):
            before = [one.lower() for one in words[:index]]
            style = next((one for one in before if one in ("italic", "oblique")), "normal")
            weight = "700" if _BOLD.intersection(before) else "500" if "500" in before else "400"
            family = _face(" ".join(words[index + 1 :]))
            return {
                "font-style": style,
                "font-weight": weight,
                **_written("font-size", size),
                "font-family": family,
            }
    return {}


def _face(families: str) -> str:
    """Return the face that is nearest to a list of families: the first that is of a known kind decides."""
    for family in families.lower().split(","):
        for token, pattern in _NAMED:
            if pattern.search(family):
                return FACES[token]
    return FACES["hei"]
