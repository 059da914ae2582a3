"""Where a link may lead: to the web, to a mailbox, to a place within the document."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

#: A PDF is opened on other people's machines: what leads into their files, or runs something, has no place in it.
#: ``tel:`` is left out: a reader of the PDF on a phone would dial.
SCHEMES = ("http", "https", "mailto")


#: What an address of another place begins with; ``C:`` and ``\\\\server`` are places on somebody's machine.
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|/|\\")


def is_remote(path: str) -> bool:
    """Return whether a picture's address leads out of the issue's folder."""
    return bool(_ELSEWHERE.match(path)) or ".." in path.split("/") or "\\" in path


def may_lead(address: str) -> bool:
    """Return whether a link may lead to ``address``."""
    if address.startswith("#"):
        return len(address) > 1
    try:
        parts = urlsplit(address)
    except ValueError:  # a bracket that is not closed, a host that is none
        return False
    if parts.scheme == "mailto":
        return "@" in parts.path
    return parts.scheme in SCHEMES and bool(parts.hostname)
