"""All cases: the modules register them when they are imported."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path


def load() -> None:
    """Import every ``cases_*.py``."""
    for path in sorted(Path(__file__).parent.glob("cases_*.py")):
        import_module(f"tests.hostile.{path.stem}")
