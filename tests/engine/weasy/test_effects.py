"""Each replacement of WeasyPrint's functions does what it is there for, and nothing else does it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cstprint.engine.weasy.catalogue import FEATURES
from cstprint.engine.weasy.environment import load_weasyprint
from cstprint.engine.weasy.patch import Feature
from tests.engine.weasy.effects import EFFECTS

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]
NAMES = [one.name for feature in FEATURES for one in feature.replaces]


def without(name: str) -> list[Feature]:
    """The catalogue without a replacement."""
    return [
        replace(feature, replaces=tuple(one for one in feature.replaces if one.name != name))
        for feature in FEATURES
    ]


def test_each_replacement_has_an_effect() -> None:
    assert sorted(EFFECTS) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_replacement_has_its_effect_and_without_it_there_is_none(name: str) -> None:
    load_weasyprint()
    effect = EFFECTS[name]
    assert effect.measure(FEATURES) == effect.expected
    try:
        other = effect.measure(without(name))
    except Exception:  # noqa: BLE001 - WeasyPrint fails, in many ways
        return
    assert other != effect.expected
