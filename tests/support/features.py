"""Features of the catalogue of replacements, by their names."""

from __future__ import annotations

from cstprint.engine.weasy.catalogue import FEATURES
from cstprint.engine.weasy.patch import Feature


def feature(name: str) -> Feature:
    """Return the feature of a name."""
    return next(one for one in FEATURES if str(one.name) == name)
