"""Bare addresses in running text: which characters belong to one.

linkify-it-py finds them where text is Latin; in Chinese an address ends before Han and full-width marks,
without a blank.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from markdown_it.rules_inline import StateInline

from cstprint.issue.markdown.flanking import CHINESE, State
from cstprint.issue.printed_address import printed_address

if TYPE_CHECKING:
    from linkify_it import LinkifyIt

#: Runs without Han, full-width marks, blanks and what ends any address.
_PIECES = re.compile(rf"[^\s<>\"`|{CHINESE.pattern[1:-1]}]+")
_LIKELY = re.compile(r"https?://|mailto:|[^@]@[^@]", re.IGNORECASE)
#: Marks of Markdown, which close what stands around the address.
_MARKS = re.compile(r"\*\*|~~|==|\]\(|\][\[{]")
#: Longer runs are no addresses: linkify's patterns take the square of their length.
MAX_LENGTH = 4000
_SCHEMES = ("http:", "https:", "mailto:", "")


@dataclass(frozen=True, slots=True)
class Address:
    """An address from ``start`` to ``end`` of a text, and where it leads."""

    start: int
    end: int
    href: str


def find_addresses(text: str) -> list[Address]:
    """Return the bare addresses in a text, in its order."""
    if "://" not in text and "@" not in text and ":" not in text:
        return []
    found: list[Address] = []
    for piece in _PIECES.finditer(text):
        if len(piece[0]) <= MAX_LENGTH and _LIKELY.search(piece[0]):
            found += _in_piece(piece[0], piece.start())
    return found


def _in_piece(piece: str, offset: int) -> list[Address]:
    found = []
    for part_start, part in _parts(piece):
        for match in _linkify().match(part) or ():
            if match.schema not in _SCHEMES or _goes_on(part, match.raw, match.last_index):
                continue
            raw = match.raw.rstrip("*_~=^")
            lost = len(match.raw) - len(raw)
            begin = offset + part_start + match.index
            href = match.url[:-lost] if lost else match.url
            found.append(Address(begin, begin + len(raw), href))
    return found


def _parts(piece: str) -> list[tuple[int, str]]:
    """Return the parts of a piece between marks of Markdown, each with its offset."""
    parts, at = [], 0
    for mark in _MARKS.finditer(piece):
        parts.append((at, piece[at : mark.start()]))
        at = mark.end()
    return [*parts, (at, piece[at:])]


def _goes_on(part: str, raw: str, end: int) -> bool:
    """Return whether an e-mail address is the beginning of something else, as ``git@host:path`` is."""
    return ":" not in raw and re.match(r":\w|/\w|@", part[end:]) is not None


@cache
def _linkify() -> LinkifyIt:
    from linkify_it import LinkifyIt

    linkify = LinkifyIt(options={"fuzzy_link": False, "fuzzy_email": True, "fuzzy_ip": False})
    for schema in ("ftp:", "//"):
        linkify.add(schema, None)
    return linkify


# ── rules ──


def text(state: StateInline, silent: bool) -> bool:
    """Read text up to the next mark, or to the next address."""
    pos = state.pos
    mark = state.md.inline.terminator_re.search(state.src, pos, state.posMax)
    end = mark.start() if mark else state.posMax
    addresses = _addresses(state)
    index = bisect_left(addresses, pos, key=lambda address: address.start)
    if index < len(addresses):
        end = min(end, addresses[index].start)
    if end == pos:
        return False
    if not silent:
        state.append_pending(state.src[pos:end])
    state.pos = end
    return True


def address(state: StateInline, silent: bool) -> bool:
    """Read an address as a link, outside of links."""
    addresses = _addresses(state)
    index = bisect_left(addresses, state.pos, key=lambda address: address.start)
    if index == len(addresses) or addresses[index].start != state.pos:
        return False
    found = addresses[index]
    if found.end > state.posMax:
        return False
    shown = state.src[found.start : found.end]
    if not silent:
        if state.linkLevel:
            state.append_pending(shown)
        else:
            token = state.push("link_open", "a", 1)
            token.attrs, token.markup, token.info = {"href": found.href}, "linkify", "auto"
            state.push("text", "", 0).content = printed_address(shown)
            close = state.push("link_close", "a", -1)
            close.markup, close.info = "linkify", "auto"
    state.pos = found.end
    return True


def _addresses(state: StateInline) -> list[Address]:
    assert isinstance(state, State)
    if state.addresses is None:
        state.addresses = find_addresses(state.src)
    return state.addresses
