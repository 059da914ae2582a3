"""Every way in which the good PDF is broken."""

from __future__ import annotations

from tests.conformance import (
    broken_container,
    broken_content,
    broken_html,
    broken_metadata,
    broken_tags,
)
from tests.conformance.breaking import BREAKAGES

__all__ = [
    "BREAKAGES",
    "broken_container",
    "broken_content",
    "broken_html",
    "broken_metadata",
    "broken_tags",
]
