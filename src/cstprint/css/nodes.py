"""What cstprint reads of the nodes that tinycss2 parses; it has no types. Each kind of node has some of these."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol


class CssNode(Protocol):
    """A token, a block, a rule or a declaration: ``type`` says which."""

    type: str
    source_line: int
    source_column: int
    #: Of tokens: their value, for most kinds a text. Of declarations: their tokens.
    value: Any
    #: Of functions and declarations.
    name: str
    lower_name: str
    important: bool
    arguments: Sequence[CssNode]
    #: Of rules and blocks.
    prelude: Sequence[CssNode]
    content: Sequence[CssNode] | None
    lower_at_keyword: str

    def __eq__(self, other: object, /) -> bool:
        """Return whether a token for a character (``","``) is that character."""

    def __hash__(self) -> int: ...
    def serialize(self) -> str:
        """Return the text of the node."""
