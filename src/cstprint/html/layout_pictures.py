"""Pictures of a layout that its templates name by their files: ``<img src="logo.png">``."""

from __future__ import annotations

import html as escapes
import re
from urllib.parse import quote, unquote

from cstprint.layout.resolve import Layout

_SOURCE = re.compile(r"""(<img\b[^>]*?\ssrc=)(["'])([^"'<>]+)\2""", re.IGNORECASE)
#: What leads somewhere by itself: an issue's picture, a layout's, another place, a file of the machine.
_ELSEWHERE = re.compile(r"(issue|layout)/|[a-z][a-z0-9+.-]*:|/|#|\.\./", re.IGNORECASE)


def with_layout_pictures(html: str, layout: Layout) -> str:
    """Return a page in which such names lead to the file of the layout, or of the nearest ancestor."""

    def found(match: re.Match[str]) -> str:
        written = escapes.unescape(match[3])
        address = None if _ELSEWHERE.match(written) else _address_of(written, layout)
        return match[0] if address is None else f"{match[1]}{match[2]}{escapes.escape(address)}{match[2]}"

    return _SOURCE.sub(found, html)


def _address_of(written: str, layout: Layout) -> str | None:
    steps = unquote(written).removeprefix("./").split("/")
    if ".." in steps or "\0" in written:
        return None
    for part in reversed(layout.parts):
        if part.folder.joinpath(*steps).is_file():
            return quote("/".join(("layout", part.name, *steps)))
    return None
