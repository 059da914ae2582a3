"""Ways to break the good PDF: in its HTML, in its objects, in its bytes.

Each is a small function whose docstring completes “veraPDF rejects a PDF with …”. What it is decorated with are the
rules that must fail, as flavour and rule: a PDF that is rejected for something else proves nothing.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import AnyStr

from pypdf import PdfWriter

from tests.conformance.good import HTML, render, written

InHtml = Callable[[str], str]
InObjects = Callable[[PdfWriter], None]
InBytes = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Breakage:
    """One way to break the good PDF; ``rules`` has for each flavour that must reject it the rule that fails."""

    name: str
    fault: str
    rules: dict[str, str]
    make: Callable[[bytes], bytes]


#: All that have been registered, in the order of their modules.
BREAKAGES: list[Breakage] = []


def in_html(*rules: str) -> Callable[[InHtml], InHtml]:
    """Register a function that changes the HTML, which is rendered again."""

    def register(change: InHtml) -> InHtml:
        _add(change, rules, lambda _good: render(change(HTML)))
        return change

    return register


def in_objects(*rules: str) -> Callable[[InObjects], InObjects]:
    """Register a function that changes the PDF's objects."""

    def register(change: InObjects) -> InObjects:
        def make(good: bytes) -> bytes:
            writer = PdfWriter(clone_from=io.BytesIO(good))
            change(writer)
            return written(writer)

        _add(change, rules, make)
        return change

    return register


def in_bytes(*rules: str) -> Callable[[InBytes], InBytes]:
    """Register a function that changes the file's bytes."""

    def register(change: InBytes) -> InBytes:
        _add(change, rules, change)
        return change

    return register


def replaced(text: AnyStr, old: AnyStr, new: AnyStr) -> AnyStr:
    """Return ``text`` with ``old`` replaced, which must be there: otherwise nothing would be broken."""
    assert old in text, old
    return text.replace(old, new)


def _add(change: Callable[..., object], rules: tuple[str, ...], make: Callable[[bytes], bytes]) -> None:
    by_flavour = {flavour: number for flavour, _, number in (rule.partition(" ") for rule in rules)}
    fault = (change.__doc__ or "").rstrip(".")
    BREAKAGES.append(Breakage(change.__name__, fault, by_flavour, make))
