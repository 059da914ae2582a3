"""A frame for tests of single texts."""

# ruff: noqa: ARG002 - the parameters are those of Frame

from __future__ import annotations

from dataclasses import dataclass, field

from markupsafe import Markup

from cstprint.html.drawings import Drawings
from cstprint.languages.known import language_of
from cstprint.languages.record import Language


@dataclass(frozen=True, slots=True)
class PlainFrame:
    """Prints no notes, references as they were typed, no addresses."""

    language: Language = field(default_factory=lambda: language_of("zh-Hans"))

    @property
    def drawings(self) -> Drawings:
        """Prints all pictures, and formulas as their sources."""
        return Drawings(self.language.words)

    def note(self, label: str) -> Markup:
        """Return nothing: a note is printed once."""
        return Markup()

    def reference(self, name: str, page: bool) -> Markup:
        """Return the reference as it was typed."""
        return Markup.escape(f"[@{name} page]" if page else f"[@{name}]")

    def link(self, address: str, text: str) -> Markup:
        """Return nothing."""
        return Markup()
