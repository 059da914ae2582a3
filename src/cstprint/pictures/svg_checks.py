"""What keeps texts of drawings from being placed letter by letter, as far as it is seen without fonts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from cstprint.diagnostics import Message, msg
from cstprint.pictures.prepared import UnprintableError, damaged
from cstprint.pictures.svg_letters import (
    Letter,
    is_outlined,
    is_placed_by_us,
    is_shaped,
    is_vertical,
    letters_of,
)
from cstprint.pictures.svg_style import NAMESPACE, Cascade
from cstprint.pictures.svg_track import Point, Track, TrackError, track_of

HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
#: Letters that become outlines, each of which is a path.
MAX_OUTLINED = 5_000
_SHAPES = ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon")
#: What letters take from the place where a part is used, if nothing else is said.
_INHERITED = (
    *("font-family", "font-style", "font-weight", "letter-spacing", "word-spacing", "text-anchor"),
    *(
        "writing-mode",
        "text-orientation",
        "dominant-baseline",
        "fill",
        "stroke",
        "stroke-width",
        "visibility",
    ),
)
_AS_PATHS = msg("Turn its text into paths (Inkscape: Path › Object to Path), or export it as PNG.")


def texts_placed_by_us(root: Element, cascade: Cascade) -> list[Element]:
    """Return the texts of a drawing that we place letter by letter."""
    return [text for text in root.iter(f"{NAMESPACE}text") if is_placed_by_us(text, cascade)]


def check_placed(root: Element, whole: Point) -> tuple[list[Element], tuple[str, ...]]:
    """Return the texts that we place, and the words of those that become outlines; raises ``UnprintableError``."""
    cascade = Cascade(root)
    texts = texts_placed_by_us(root, cascade)
    if not texts:
        return [], ()
    tracks = Tracks(root, whole)
    words: list[str] = []
    for text in texts:
        letters = letters_of(text, cascade, whole)
        for problem in _problems(text, letters, cascade):
            raise refused(problem)
        for path in text.iter(f"{NAMESPACE}textPath"):
            tracks.of(path)
        if is_outlined(text, cascade):
            seen = (one.character for one in letters if cascade.value(one.element, "visibility") != "hidden")
            words.append("".join(seen).strip())
    if sum(map(len, words)) > MAX_OUTLINED:
        message = msg(
            "The drawing contains more than {count} characters along paths or from top to bottom.",
            count=MAX_OUTLINED,
        )
        raise UnprintableError("CST-P004", message, _AS_PATHS)
    _check_uses(root, texts, cascade)
    return texts, tuple(one for one in dict.fromkeys(words) if one)


def refused(what: Message, hint: Message = _AS_PATHS) -> UnprintableError:
    """Return the error for what is not drawn surely as it is meant; the hint is that for texts."""
    return UnprintableError(
        "CST-P011", msg("The drawing contains {what}, which cannot be printed.", what=what), hint
    )


def target_of(element: Element) -> str:
    """Return the id of what an element names by its address; empty where it names nothing."""
    address = next((element.get(key, "") for key in reversed(HREFS) if element.get(key)), "")
    return address.strip().removeprefix("#")


class Tracks:
    """The lines that texts of a drawing run along, each measured once."""

    def __init__(self, root: Element, whole: Point):
        self._by_id = {element.get("id"): element for element in reversed(list(root.iter()))}
        self._whole = whole
        self._known: dict[Element, Track] = {}

    def shape_of(self, path: Element) -> Element:
        """Return the shape that a `textPath` names; raises ``UnprintableError``."""
        address = next((path.get(key, "") for key in HREFS if path.get(key)), "").strip()
        shape = self._by_id.get(address.removeprefix("#")) if address else None
        if shape is None or shape.tag.removeprefix(NAMESPACE) not in _SHAPES:
            raise refused(
                msg("text along a path that is not in the drawing (“{address}”)", address=address[:60])
            )
        return shape

    def of(self, path: Element) -> Track:
        """Return the line of a `textPath`; raises ``UnprintableError``."""
        shape = self.shape_of(path)
        track = self._known.get(shape)
        if track is None:
            try:
                track = self._known[shape] = track_of(shape, self._whole)
            except (TrackError, ValueError, OverflowError, ZeroDivisionError):
                raise damaged(msg("the path of a text cannot be read")) from None
        if track.length <= 0:
            raise refused(msg("text along a path without a length"))
        return track.reversed() if path.get("side") == "right" else track


def _problems(text: Element, letters: Sequence[Letter], cascade: Cascade) -> Iterator[Message]:
    """Yield what of a text cannot be placed surely."""
    shaped = next((one.character for one in letters if is_shaped(one.character)), None)
    if shaped is not None:
        yield msg(
            "underlined, raised, vertical or bent text with “{character}”, whose form depends on "
            "its neighbours",
            character=shaped,
        )
    paths = list(text.iter(f"{NAMESPACE}textPath"))
    vertical = is_vertical(text, cascade)
    if any(inner is not path for path in paths for inner in path.iter(f"{NAMESPACE}textPath")):
        yield msg("text along a path within text along a path")
    if paths and (vertical or any(one.path is None and one.character != " " for one in letters)):
        yield msg("text partly along a path") if not vertical else msg("text from top to bottom along a path")
    if any(path.get("method") == "stretch" or "path" in path.attrib for path in paths):
        yield msg("text stretched along a path, or along an inline path")
    if vertical and any(one.decorations for one in letters):
        yield msg("text from top to bottom with a line along it")
    modes = {cascade.value(one.element, "writing-mode") for one in letters}
    if len(modes) > 1:
        yield msg("text in two directions")
    said = [element for element in text.iter() if "textLength" in element.attrib]
    pieces = sum(one.x is not None or one.y is not None for one in letters[1:])
    if said and (said != [text] or pieces or text.get("lengthAdjust") == "spacingAndGlyphs"):
        yield msg("underlined, raised, vertical or bent text with a textLength of its own")
    if any(around.tag.removeprefix(NAMESPACE) in ("clipPath", "marker") for around in cascade.line(text)):
        yield msg("underlined, raised, vertical or bent text within a clipPath or marker")


def _check_uses(root: Element, texts: Sequence[Element], cascade: Cascade) -> None:
    """Refuse texts that would look otherwise where they are used than where they stand."""
    by_id = {element.get("id"): element for element in reversed(list(root.iter()))}
    for use in root.iter(f"{NAMESPACE}use"):
        part = by_id.get(target_of(use))
        around = None if part is None else next(iter(list(cascade.line(part))[1:]), None)
        if part is None or around is None or not any(text in set(part.iter()) for text in texts):
            continue
        same = cascade.font_size(use) == cascade.font_size(around) and all(
            cascade.value(use, name) == cascade.value(around, name) for name in _INHERITED
        )
        if not same:
            raise refused(msg("underlined, raised, vertical or bent text that is used in another style"))
