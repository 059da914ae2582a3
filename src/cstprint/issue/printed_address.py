"""Addresses as they are printed: in the text, in notes, and wherever two of them are compared."""

from __future__ import annotations

import re
from urllib.parse import unquote

_ENCODED = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")
_SCHEME_AND_HOST = re.compile(r"^((?:[A-Za-z][A-Za-z0-9+.-]*:)?//(?:[^/?#@]*@)?|[^/?#@\s]+@)?([^/?#:@\s]+)")
#: A label of a host with letters beyond ASCII, as the network has it (RFC 3490).
_LABEL = re.compile(r"(?i)\bxn--[a-z0-9-]+")
#: What addresses that lead to one place may have or not.
_SCHEME = re.compile(r"(?i)^(?:https?://|mailto:)")


def printed_address(address: str) -> str:
    """Return an address as browsers show it, without ``mailto:``.

    Letters of other scripts stand as such in its path (RFC 3987) and in its host (RFC 3490).
    """
    shown = _ENCODED.sub(lambda run: _decoded(run[0]), address.removeprefix("mailto:"))
    return _SCHEME_AND_HOST.sub(lambda head: _LABEL.sub(_label, head[0]), shown, count=1)


def is_same_address(text: str, address: str) -> bool:
    """Return whether a text is an address itself, written in whatever way: encoded, without its scheme."""
    return _bare(text.strip()) == _bare(address)


def _bare(address: str) -> str:
    return _SCHEME.sub("", printed_address(address)).removesuffix("/")


def _decoded(run: str) -> str:
    try:
        text = unquote(run, errors="strict")
    except UnicodeDecodeError:
        return run
    return text if text.isprintable() else run


def _label(found: re.Match[str]) -> str:
    try:
        text = found[0].encode("ascii").decode("idna")
    except UnicodeError:
        return found[0]
    return text if text.isprintable() else found[0]
