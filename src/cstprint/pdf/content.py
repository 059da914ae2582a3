"""What a PDF's streams of content paint, and which of it is marked (ISO 32000-1, 14.6).

They are read by lines, an operator each, as pydyf writes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

#: Where marked content begins and ends, with its number.
_MARK = re.compile(rb"\n(?:<<(?:/MCID (\d+))?[^\n]*>>\n)?(BDC|BMC|EMC)(?=\n|\Z)")
#: Operators that paint: text, paths, shadings, inline images. Objects are asked for by name.
_PAINTS = re.compile(rb"(?:^|[ \])>])(?:Tj|TJ|'|\"|f\*?|F|S|s|B\*?|b\*?|sh|EI)$", re.MULTILINE)
_OBJECT = re.compile(rb"^/(\S+) Do$", re.MULTILINE)
#: What sets a colour in inks: the name of the colour space, or the operators that have it.
_INKS = (b"/DeviceCMYK", b" k\n", b" K\n")


@dataclass(frozen=True, slots=True)
class Content:
    """What a page or a group on it paints: ``holder`` is its object's number, ``page`` is the page's from 1.

    ``marks`` are the numbers of its marked content; ``loose`` is true where something is painted that is neither
    tagged nor an artifact.
    """

    holder: int
    page: int
    marks: frozenset[int]
    loose: bool


def read_content(pages: Any) -> Iterator[Content]:
    """Yield what the pages paint, and the groups on them that have marks of their own."""
    for number, page in enumerate(pages, start=1):
        if "/Contents" not in page:
            continue
        todo = [(page.indirect_reference.idnum, page["/Contents"].get_object(), page.get("/Resources", {}))]
        while todo:
            holder, stream, resources = todo.pop()
            marks, outside = _marks(stream.get_data())
            loose = any(map(_PAINTS.search, outside))
            for name in [name for part in outside for name in _OBJECT.findall(part)]:
                reference = resources["/XObject"].raw_get("/" + name.decode("ascii"))
                painted = reference.get_object()
                if painted["/Subtype"] == "/Form":
                    todo.append((reference.idnum, painted, painted.get("/Resources", {})))
                else:
                    loose = True
            yield Content(holder, number, marks, loose)


def _marks(data: bytes) -> tuple[frozenset[int], list[bytes]]:
    """Return the numbers of a stream's marked content, and the parts of it that are in no marked content."""
    numbers, outside = [], []
    depth, end = 0, 0
    for match in _MARK.finditer(data):
        if match[2] == b"EMC":
            depth -= 1
            if not depth:
                end = match.end()
            continue
        if not depth:
            outside.append(data[end : match.start()])
        depth += 1
        if match[1]:
            numbers.append(int(match[1]))
    outside.append(data[end:])
    return frozenset(numbers), outside


def page_with_device_cmyk(pages: Any) -> int:
    """Return the number of the first page that paints in inks of no named press, or 0."""
    known: dict[int, bool] = {}  # pages share their resources
    for number, page in enumerate(pages, start=1):
        resources = page.get("/Resources", {})
        if id(resources) not in known:
            known[id(resources)] = _in_resources(resources)
        drawn = page["/Contents"].get_object().get_data() if "/Contents" in page else b""
        if known[id(resources)] or _in_inks(drawn):
            return number
    return 0


def _in_resources(resources: Any) -> bool:
    """Whether a pattern, a shading, a picture or a group is painted in inks."""
    for kind in ("/XObject", "/Pattern", "/Shading"):
        for reference in resources.get(kind, {}).values():
            one = reference.get_object()
            if "/DeviceCMYK" in str(one.get("/ColorSpace", "")):
                return True
            drawn = hasattr(one, "get_data") and one.get("/Subtype") != "/Image"
            if drawn and (_in_inks(one.get_data()) or _in_resources(one.get("/Resources", {}))):
                return True
    return False


def _in_inks(content: bytes) -> bool:
    return any(mark in content for mark in _INKS)
