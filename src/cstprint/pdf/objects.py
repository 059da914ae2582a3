"""The objects of a PDF, read from its bytes: names as ``/Name``, numbers, texts, lists, dictionaries.

pypdf reads every PDF there is, one byte at a time; this reads what pydyf writes (cross-reference and object streams,
ISO 32000-1, 7.5.7 and 7.5.8), and all of it, in a third of the time. Anything else raises :class:`UnreadError`.
"""

from __future__ import annotations

import re
import zlib
from codecs import BOM_UTF16_BE
from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import Any

#: What is in an object, each kind as a group of its own: see :func:`_objects`.
_TOKEN = re.compile(
    rb"\s*(?:(/[^\s()<>\[\]{}/%]*)|(\d+) \d+ R\b|(<<|\[)|(>>|\])|([+-]?(?:\d+\.?\d*|\.\d+))"
    rb"|\(((?:[^()\\]|\\.)*)\)|<([0-9A-Fa-f]*)>|(true|false|null)\b)",
    re.DOTALL,
)
_NAME, _REFERENCE, _OPEN, _CLOSE, _NUMBER, _TEXT, _HEX, _WORD = range(1, 9)
_WORDS = {b"true": True, b"false": False, b"null": None}
_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
_OBJECT = re.compile(rb"(\d+) 0 obj\s")
_STREAM = re.compile(rb"\s*stream\r?\n")
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")


class UnreadError(Exception):
    """The PDF is not as pydyf writes it."""


class Reference:
    """A reference to the object of a number."""

    __slots__ = "_objects", "idnum"

    def __init__(self, idnum: int, objects: dict[int, Any]):
        self.idnum = idnum
        self._objects = objects

    def get_object(self) -> Any:
        """Return the object; raises ``UnreadError`` where there is none."""
        try:
            return self._objects[self.idnum]
        except KeyError:
            raise UnreadError(f"object {self.idnum} is missing") from None


class Dictionary(dict[str, Any]):
    """A dictionary that follows references; ``raw_get`` does not."""

    def __getitem__(self, key: str) -> Any:
        return resolved(super().__getitem__(key))

    def get(self, key: str, default: Any = None) -> Any:
        """Return what a key leads to."""
        return resolved(super().get(key, default))

    def raw_get(self, key: str) -> Any:
        """Return what stands at a key."""
        return super().__getitem__(key)


def resolved(value: Any) -> Any:
    """Return what a reference leads to, anything else as it is."""
    return value.get_object() if hasattr(value, "get_object") else value


def read_catalog(data: bytes) -> Dictionary:
    """Return the catalogue of a PDF; raises ``UnreadError`` where any of its objects cannot be read."""
    try:
        return _read_catalog(data)
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as problem:
        raise UnreadError(str(problem)) from None


def _read_catalog(data: bytes) -> Dictionary:
    start = _START.search(data, max(0, len(data) - 64))
    if start is None:
        raise UnreadError("startxref is missing")
    objects: dict[int, Any] = {}
    trailer, table = _stream_at(data, int(start[1]), objects)
    entries = list(_entries(trailer, table))
    for number, (kind, place, _) in enumerate(entries):
        if kind == 1:
            objects[number] = _object_at(data, place, number, objects)[0]
    for holder in sorted({place for kind, place, _ in entries if kind == 2}):
        objects.update(_contained(*_stream_at(data, entries[holder][1], objects), objects))
    root = trailer["/Root"]
    if not isinstance(root, Dictionary):
        raise UnreadError("there is no catalogue")
    return root


def _entries(trailer: Dictionary, table: bytes) -> Iterator[tuple[int, ...]]:
    """Yield of each object its kind (1: in the file, 2: in an object stream), where it is, and its place there."""
    if trailer["/Index"] != [0, trailer["/Size"]]:
        raise UnreadError("objects were added to the file")
    bounds = list(pairwise(accumulate(trailer["/W"], initial=0)))
    for place in range(0, len(table), bounds[-1][1]):
        yield tuple(int.from_bytes(table[place + first : place + last], "big") for first, last in bounds)


def _object_at(data: bytes, place: int, number: int | None, objects: dict[int, Any]) -> tuple[Any, int]:
    """Return the object at a place in the file, and where it ends."""
    head = _OBJECT.match(data, place)
    if head is None or number not in (None, int(head[1])):
        raise UnreadError(f"there is no object at {place}")
    return next(_objects(data, head.end(), objects))


def _stream_at(data: bytes, place: int, objects: dict[int, Any]) -> tuple[Dictionary, bytes]:
    """Return the dictionary of a stream and what it holds."""
    head, end = _object_at(data, place, None, objects)
    begin = _STREAM.match(data, end)
    if begin is None or not isinstance(head, Dictionary) or "/DecodeParms" in head:
        raise UnreadError(f"there is no stream at {place}")
    held = data[begin.end() : begin.end() + head["/Length"]]
    try:
        return head, zlib.decompress(held) if "/Filter" in head else held
    except zlib.error as problem:
        raise UnreadError(str(problem)) from None


def _contained(head: Dictionary, held: bytes, objects: dict[int, Any]) -> Iterator[tuple[int, Any]]:
    """Yield the objects of an object stream by their numbers; each begins where the one before ends."""
    index = list(map(int, held[: head["/First"]].split()))
    ends = [head["/First"] + offset - 1 for offset in index[3::2]]
    found = _objects(held, head["/First"], objects)
    for number, end, (made, ended) in zip(index[::2], [*ends, None], found, strict=False):
        if end not in (None, ended):
            raise UnreadError(f"object {number} is not where it should be")
        yield number, made


def _objects(data: bytes, place: int, objects: dict[int, Any]) -> Iterator[tuple[Any, int]]:
    """Yield the objects from a place on, each with where it ends; ``objects`` is what references lead to."""
    outer: list[tuple[bytes, list[Any]]] = []
    inside: list[Any] = []
    for token in _TOKEN.finditer(data, place):
        kind = token.lastindex or 0
        value: Any = token[kind]
        if token.start() != place:
            break
        place = token.end()
        if kind == _OPEN:
            outer.append((value, inside))
            inside = []
            continue
        if kind == _NAME:
            value = value.decode("latin-1")
        elif kind == _REFERENCE:
            value = Reference(int(value), objects)
        elif kind == _CLOSE:
            bracket, around = outer.pop() if outer else (b"", [])
            value, inside = _closed(bracket + value, inside), around
        else:
            value = _simple(kind, value)
        if outer:
            inside.append(value)
        else:
            yield value, place
    raise UnreadError(f"what stands at {place} is no object")


def _closed(brackets: bytes, inside: list[Any]) -> Any:
    if brackets == b"<<>>":
        return Dictionary(zip(inside[::2], inside[1::2], strict=True))
    if brackets == b"[]":
        return inside
    raise UnreadError("brackets do not match")


def _simple(kind: int, value: bytes) -> float | bool | str | None:
    """Return a number, a text or a word."""
    if kind == _NUMBER:
        return float(value) if b"." in value else int(value)
    if kind == _WORD:
        return _WORDS[value]
    text = bytes.fromhex(value.decode()) if kind == _HEX else _ESCAPED.sub(rb"\1", value)
    return text[2:].decode("utf-16-be", "replace") if text[:2] == BOM_UTF16_BE else text.decode("latin-1")
