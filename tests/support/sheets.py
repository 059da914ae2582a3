"""The style sheets of our layouts, parsed once for all renders of a test process: parsing is half of a small render.

A product's process parses them ahead, too, but has a copy for each of its first layouts. Here one copy has to do: that
no layout of our issues changes it is a test (tests/engine/test_sheets.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, SupportsIndex

import pytest

from cstprint.layout.resolve import list_layouts
from tests.support.projects import REPOSITORY

if TYPE_CHECKING:
    from cstprint.engine.weasy.css import Sheet

#: Address and bytes of a sheet → its copies, each with the rules for pages that it adds.
Ready = dict[tuple[str, bytes], "list[tuple[Sheet, list[object]]]"]


class _Endless(list["tuple[Sheet, list[object]]"]):
    """Copies of a sheet that are not used up."""

    def pop(self, index: SupportsIndex = -1, /) -> tuple[Sheet, list[object]]:
        return self[index]


def shared() -> Ready:
    """Parse the sheets of our layouts; WeasyPrint must have its fonts by now."""
    from cstprint.engine.speed import sheets

    ours = REPOSITORY / "layouts"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheets, "COPIES", 1)
        patch.setattr(sheets, "_ready", {})
        sheets.parse_ahead({name: ours / name for name in list_layouts([ours])})
        return {key: _Endless(copies) for key, copies in sheets._ready.items()}


def values(
    parsed: object, place: str = "", around: frozenset[int] = frozenset()
) -> Iterator[tuple[str, object]]:
    """Yield all that a parsed sheet holds, each with its place in it: objects by identity, values as they are."""
    if isinstance(parsed, (str, int, float, bytes, type(None))):
        yield place, parsed
        return
    yield place, id(parsed)
    if id(parsed) in around or callable(parsed):
        return
    inside: dict[Any, object] = {}
    if isinstance(parsed, dict):
        inside = parsed
    elif isinstance(parsed, (list, tuple, set, frozenset)):
        inside = dict(enumerate(parsed))
    else:
        slots = {name for kind in type(parsed).__mro__ for name in getattr(kind, "__slots__", ())}
        names = {*getattr(parsed, "__dict__", ()), *slots}
        inside = {name: getattr(parsed, name) for name in sorted(names) if hasattr(parsed, name)}
    for name, value in inside.items():
        yield from values(value, f"{place}/{name}", around | {id(parsed)})
