"""A plugin of pytest that leaves a replacement of WeasyPrint's functions out: ``-p tests.support.without --without NAME``.

``tests/engine/weasy/test_each_replacement.py`` uses it to show that a test fails without each of them.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from cstprint.engine.weasy import catalogue
from cstprint.engine.weasy.patch import Feature


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that names a replacement."""
    parser.addoption("--without", metavar="NAME", help="leave a replacement of WeasyPrint's functions out")


def pytest_configure(config: pytest.Config) -> None:
    """Take the replacement out of the catalogue, before any test is imported."""
    name = config.getoption("--without")
    if name is None:
        return
    if not any(one.name == name for feature in catalogue.FEATURES for one in feature.replaces):
        raise pytest.UsageError(f"there is no replacement {name}")
    for phase in ("ALWAYS", "LAYOUT", "LINES", "WRITE", "FEATURES"):
        features = getattr(catalogue, phase)
        setattr(catalogue, phase, tuple(_without(feature, name) for feature in features))


def _without(feature: Feature, name: str) -> Feature:
    return replace(feature, replaces=tuple(one for one in feature.replaces if one.name != name))
