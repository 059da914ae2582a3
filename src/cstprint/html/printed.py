"""What a template must not print: half a character, and what is different in each process."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from cstprint.diagnostics import Message, msg

#: Where Python keeps an object, as it prints objects that are no text: ``<generator object at 0x7f3c…>``.
_ADDRESS = re.compile(r" at 0x[0-9a-f]{6,}")


class UnprintableError(Exception):
    """A template prints what no page can show, or what no two renders have in common: why."""

    def __init__(self, reason: Message):
        super().__init__(str(reason))
        self.reason = reason


def unprintable(html: str, text: str) -> Message | None:
    """Return why ``html`` cannot be a page of an issue whose file says ``text``, if it cannot."""
    try:
        html.encode("utf-8")
    except UnicodeEncodeError as exception:
        half = f"U+{ord(html[exception.start]):04X}"
        return msg("{character} is a part of a surrogate pair, which text cannot contain", character=half)
    if any(address not in text for address in _ADDRESS.findall(html)):
        return msg("it is an object, not text, and differs in each render")
    return None


def refusing(text: str) -> Callable[[Any], Any]:
    """Return what Jinja2 passes all that is printed through (``finalize``) to find which line prints it."""

    def check(value: Any) -> Any:
        if reason := unprintable(str(value), text):
            raise UnprintableError(reason)
        return value

    return check
