"""Each replacement of WeasyPrint's functions does what it is there for, and nothing else does it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cstprint import open_project, render
from cstprint.engine.weasy import catalogue
from cstprint.engine.weasy.catalogue import FEATURES
from cstprint.engine.weasy.environment import load_weasyprint
from cstprint.engine.weasy.patch import Feature
from tests.engine.test_upstream import skip_where_pango_hides
from tests.engine.weasy.effects import EFFECTS
from tests.support.projects import REPOSITORY, SEED

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
    if name.endswith("lines.trailing_space"):
        skip_where_pango_hides("trailing-space")
    try:
        other = effect.measure(without(name))
    except Exception:  # noqa: BLE001 - WeasyPrint fails, in many ways
        return
    assert other != effect.expected


@pytest.fixture(scope="module")
def usual(_built_in_fonts: None) -> bytes:
    """The first issue with all features."""
    return pdf_of_first_issue()


def pdf_of_first_issue() -> bytes:
    made = render(SEED, open_project(REPOSITORY)).value
    assert made is not None
    return made.pdf


@pytest.mark.parametrize("speedy", [one for one in FEATURES if one.speed], ids=lambda one: str(one.name))
def test_what_saves_time_changes_no_byte(
    speedy: Feature, usual: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "FEATURES", tuple(one for one in FEATURES if one is not speedy))
    assert pdf_of_first_issue() == usual
