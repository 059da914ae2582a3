"""The text of a page on the web, decoded as its server or the page itself says."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

import webencodings

from cstprint.diagnostics import Message, Result, error, msg
from cstprint.reading.controls import NOT_TEXT
from cstprint.reading.files import MAX_TEXT_BYTES
from cstprint.source import SourceFile
from cstprint.web import Fetched, NotFetchedError

#: A page says its encoding within its first bytes (HTML Living Standard, 13.2.3.2).
_HEAD = 4096
_META = re.compile(rb"<meta\b[^>]*?\bcharset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)


def read_page(address: str, fetch: Callable[[str], Fetched]) -> Result[list[SourceFile]]:
    """Return the page at ``address``, or why there is none."""

    def refuse(problem: Message, hint: Message | None = None) -> Result[list[SourceFile]]:
        return Result(None, (error("CST-I020", problem, subject=address, hint=hint),))

    try:
        fetched = fetch(address)
    except NotFetchedError as exception:
        hint = msg("Save the page in a browser, and import this file.")
        return refuse(msg("This page was not downloaded: {reason}.", reason=exception.reason), hint)
    if len(fetched.data) > MAX_TEXT_BYTES:
        return refuse(msg("The page is larger than {limit} MB.", limit=MAX_TEXT_BYTES // 1_000_000))
    found = _META.search(fetched.data[:_HEAD])
    label = fetched.charset or (found[1].decode("ascii", "replace") if found else "utf-8")
    encoding = webencodings.lookup(label) or webencodings.UTF8
    try:
        text, _ = webencodings.decode(fetched.data, encoding, errors="strict")
    except UnicodeDecodeError:
        return refuse(
            msg("This is not a web page, or its encoding is not the one that it names: {name}.", name=label)
        )
    if NOT_TEXT.search(text):
        return refuse(msg("This is not a web page, but a file of another kind."))
    parts = urlsplit(address)
    path = Path(f"{parts.hostname}{unquote(parts.path)}".replace("\0", ""))
    return Result([SourceFile(path, text.replace("\r\n", "\n").replace("\r", "\n"))])


def name_of(address: str) -> str:
    """Return what a page is called by its address: the last part of its path, otherwise its host."""
    parts = urlsplit(address)
    path = Path(unquote(parts.path).replace("\0", ""))
    return path.stem or parts.hostname or ""
