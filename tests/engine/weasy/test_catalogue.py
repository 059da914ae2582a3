"""The catalogue of replacements: each is put in, taken out, has a reason and fits the installed WeasyPrint."""

from __future__ import annotations

import inspect
import re
from inspect import getattr_static
from pathlib import Path
from typing import NamedTuple

import pytest

from cstprint.engine.weasy import compatibility
from cstprint.engine.weasy.calls import CALLS
from cstprint.engine.weasy.catalogue import FEATURES
from cstprint.engine.weasy.environment import load_weasyprint
from cstprint.engine.weasy.patch import Feature, Replacement, applied, place_of

pytestmark = pytest.mark.usefixtures("_built_in_fonts")
ROOT = Path(__file__).resolve().parents[3]
REPLACEMENTS = [(feature, one) for feature in FEATURES for one in feature.replaces]
IDS = [one.name for _, one in REPLACEMENTS]


def lies_at(target: str) -> object:
    """What lies at a target: of a static method or a property that, not what it returns."""
    return getattr_static(*place_of(target))


@pytest.mark.parametrize(("feature", "one"), REPLACEMENTS, ids=IDS)
def test_a_replacement_is_put_in_and_taken_out(feature: Feature, one: Replacement) -> None:
    load_weasyprint()
    before = lies_at(one.target)
    with applied([feature]):
        assert lies_at(one.target) is not before
    assert lies_at(one.target) is before


def test_all_replacements_are_taken_out_where_one_cannot_be_put_in() -> None:
    load_weasyprint()
    before = [lies_at(one.target) for _, one in REPLACEMENTS]
    vanished = Feature(
        FEATURES[0].name,
        FEATURES[0].phase,
        "",
        (Replacement("weasyprint:gone", "draw.links:one_annotation"),),
    )
    with pytest.raises(AttributeError), applied([*FEATURES, vanished]):
        pytest.fail("a function that is not there was replaced")
    assert [lies_at(one.target) for _, one in REPLACEMENTS] == before


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: str(feature.name))
def test_a_feature_has_a_reason_and_fits_the_installed_weasyprint(feature: Feature) -> None:
    load_weasyprint()
    assert feature.why.endswith(".")
    assert feature.replaces
    assert compatibility.compared([feature], compatibility.known()) == {}


def test_each_upstream_section_that_the_catalogue_names_is_written() -> None:
    text = (ROOT / "docs" / "upstream.md").read_text("utf-8")
    named = {name for feature in FEATURES for name in feature.upstream}
    assert len(named) >= 10
    assert [name for name in sorted(named) if f"\n## {name}: " not in text] == []


def test_each_upstream_section_says_which_file_works_around_the_fault() -> None:
    text = (ROOT / "docs" / "upstream.md").read_text("utf-8")
    sections = {part.partition(":")[0]: part for part in text.split("\n## ")[1:]}
    for feature in FEATURES:
        files = {f"{one.by.partition(':')[0].replace('.', '/')}.py" for one in feature.replaces}
        for name in feature.upstream:
            named = set(re.findall(r"engine/([a-z_/]+\.py)`", sections[name]))
            named |= {f"draw/{one}" for one in re.findall(r"`([a-z_]+\.py)`", sections[name])}
            assert named & (files | {"draw/group_tags.py"}), name


def test_the_names_of_features_and_replacements_are_different() -> None:
    assert len(set(IDS)) == len(IDS)
    assert len({str(feature.name) for feature in FEATURES}) == len(FEATURES)


@pytest.mark.parametrize(("function", "call"), CALLS.items())
def test_the_fields_of_a_call_are_the_parameters_of_its_function(
    function: str, call: type[NamedTuple]
) -> None:
    load_weasyprint()
    holder, name = place_of(function)
    parameters = inspect.signature(getattr(holder, name)).parameters
    assert list(parameters) == list(call._fields)
    defaults = {one.name: one.default for one in parameters.values() if one.default is not one.empty}
    assert defaults.items() <= call._field_defaults.items()
