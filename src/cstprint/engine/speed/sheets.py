"""Style sheets parsed ahead: a server parses those of our layouts once, and each of its children finds them ready.

WeasyPrint writes into the values of a style sheet while it computes styles, so what was used is not used again: a
child has a copy for each of its first layouts, and parses anew when these are gone.
"""

from __future__ import annotations

import copy
import io
import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import quote

from cstprint.engine.weasy.addresses import BASE_URL
from cstprint.engine.weasy.compatibility import features_of
from cstprint.engine.weasy.css import Sheet
from cstprint.engine.weasy.fetcher import Fetcher
from cstprint.engine.weasy.layers import layer_of
from cstprint.engine.weasy.patch import Phase, applied

#: How many layouts of an issue find the sheets ready: most issues with figures are laid out twice.
COPIES = 2
#: Rules that do more than add declarations: a sheet with one of them is parsed by each render itself.
_REACHES_OUT = (b"@import", b"@layer", b"@font-face", b"@color-profile", b"@counter-style")
#: Address and bytes of a sheet → copies of it, and of the rules for pages that it adds.
_ready: dict[tuple[str, bytes], list[tuple[Sheet, list[object]]]] = {}


def parse_ahead(layouts: Mapping[str, Path]) -> None:
    """Parse the style sheets in the folders of layouts, by name, for the children of this process."""
    for name, folder in layouts.items():
        for path in sorted(folder.rglob("*.css")):
            url = f"{BASE_URL}layout/{quote(f'{name}/{path.relative_to(folder).as_posix()}')}"
            data = path.read_bytes()
            reaches_out = any(rule in data.lower() for rule in _REACHES_OUT)
            copies = () if reaches_out else [_parsed(url, data) for _ in range(COPIES)]
            _ready[url, data] = [copy for copy in copies if copy is not None]


def _parsed(url: str, data: bytes) -> tuple[Sheet, list[object]] | None:
    """Return a sheet and its rules for pages, ``None`` where WeasyPrint logs a message about the sheet."""
    from cstprint.engine.weasy.css import CSS

    ear = _Ear()
    logger = logging.getLogger("weasyprint")
    level = logger.level
    logger.addHandler(ear)
    logger.setLevel(logging.DEBUG)
    try:
        rules: list[object] = []
        with applied(features_of(Phase.ALWAYS)):
            given = {"base_url": url, "media_type": "print", "page_rules": rules, "layer": layer_of(url)}
            sheet = CSS(file_obj=io.BytesIO(data), **given)
    finally:
        logger.removeHandler(ear)
        logger.setLevel(level)
    return None if ear.heard else (sheet, rules)


class _Ear(logging.Handler):
    """Remembers whether anything was logged except progress."""

    heard = False

    def emit(self, record: logging.LogRecord) -> None:
        self.heard = self.heard or record.name != "weasyprint.progress"


def or_ready(original: Callable[..., object]) -> Callable[..., object]:
    """Replace ``CSS``: return a sheet that was parsed ahead, if there is one."""

    def sheet(**given: object) -> object:
        ready = _take(given)
        if ready is None:
            return original(**given)
        parsed, rules = ready
        parsed = copy.copy(parsed)
        parsed.layers = given.get("layers", [])  # those of the document, by whose order they count
        page_rules = given["page_rules"]
        assert isinstance(page_rules, list)
        page_rules += rules
        return parsed

    return sheet


def _take(given: Mapping[str, object]) -> tuple[Sheet, list[object]] | None:
    """Return a copy of the sheet that is asked for by its address and belongs to no other, if one is left."""
    url, fetcher = given.get("url"), given.get("url_fetcher")
    if not isinstance(url, str) or "matcher" in given or not isinstance(fetcher, Fetcher):
        return None
    if all(known != url for known, _ in _ready):
        return None
    data = fetcher.look(url)
    copies = _ready.get((url, data)) if data is not None else None
    return copies.pop() if copies else None
