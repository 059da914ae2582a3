"""The plan says what is new, changed and unchanged, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from cstprint.batch.inputs import Inputs, InputSet, Surroundings
from cstprint.batch.manifest import Output, Record
from cstprint.batch.plan import Known, Now, Plan, Planned, State, plan

SETS = {
    "fonts": InputSet("fonts", {"Song.ttf": "f1"}),
    "options": InputSet("options", {"--standard": "a-2a"}),
    "versions": InputSet("versions", {"weasyprint": "70.0", "code of cstprint": "c" * 64}),
    "layout base": InputSet("layout base", {"page.css": "p1", "blocks.css": "b1"}),
    "layout news": InputSet("layout news", {"layout.yaml": "y1"}),
}
CHAINS = {"base": ("layout base",), "news": ("layout base", "layout news")}
FILES = {"issue.yaml": "i1", "a.png": "a1"}
OUTPUT = Output("one.pdf", "o1", 5)


def digests(layout: str, sets: Mapping[str, InputSet] = SETS) -> dict[str, str]:
    return Surroundings(sets, CHAINS).of_layout(layout)


RECORD = Record("one", Inputs(FILES, digests("news")), "news", OUTPUT, 2, 0.5, 90, 1, ())
KNOWN = Known({"one": RECORD}, {one.digest: one for one in SETS.values()})
NOW = Now("one", Path("issues/one/issue.yaml"), Inputs(FILES, digests("news")), "o1")


def changed(name: str, **items: str | None) -> dict[str, InputSet]:
    """The sets with items of one changed; ``None`` takes one away. Underlines stand for points."""
    before = dict(SETS[name].items)
    told = {**before, **{item.replace("_", "."): value for item, value in items.items()}}
    return {**SETS, name: InputSet(name, {item: value for item, value in told.items() if value})}


def judged(now: Now = NOW, known: Known = KNOWN, sets: Mapping[str, InputSet] = SETS, **how: bool) -> Planned:
    (planned,) = plan([now], known, sets, **how)
    return planned


def told(planned: Planned) -> list[str]:
    assert planned.state is State.CHANGED
    return [str(reason) for reason in planned.reasons]


def in_sets(sets: Mapping[str, InputSet], layout: str = "news") -> Planned:
    return judged(replace(NOW, inputs=Inputs(FILES, digests(layout, sets))), sets=sets)


def test_an_issue_without_a_record_is_new() -> None:
    assert judged(known=Known({}, {})).state is State.NEW


def test_an_issue_with_the_same_inputs_and_its_own_output_is_unchanged() -> None:
    assert judged() == Planned("one", NOW.path, State.UNCHANGED)


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"issue.yaml": "i2", "a.png": "a1"}, "issue.yaml changed"),
        ({"issue.yaml": "i1", "a.png": "a2"}, "a.png changed"),
        ({"issue.yaml": "i1", "a.png": None}, "a.png removed"),
    ],
)
def test_a_file_of_the_issue_that_changed_is_named(files: dict[str, str | None], reason: str) -> None:
    assert told(judged(replace(NOW, inputs=Inputs(files, digests("news"))))) == [reason]


@pytest.mark.parametrize(
    ("sets", "reason"),
    [
        (changed("layout base", blocks_css="b2"), "layout base changed: blocks.css"),
        (changed("layout base", page_css=None), "layout base changed: page.css removed"),
        (changed("layout news", head_css="h1"), "layout news changed: head.css new"),
        (changed("fonts", Song_ttf="f2"), "fonts changed: Song.ttf"),
        (changed("versions", weasyprint="70.1"), "versions changed: weasyprint 70.0 → 70.1"),
        (changed("versions", **{"code of cstprint": "d" * 64}), "versions changed: code of cstprint changed"),
        (changed("options", **{"--set accent": "red"}), "options changed: --set accent new"),
    ],
)
def test_what_is_shared_and_changed_is_named_with_its_items(sets: dict[str, InputSet], reason: str) -> None:
    assert told(in_sets(sets)) == [reason]


def test_many_items_are_told_by_their_number() -> None:
    sets = changed("layout base", **{f"{letter}_css": "x" for letter in "abcdefg"})
    (reason,) = told(in_sets(sets))
    assert reason == "layout base changed: a.css new, b.css new, c.css new, d.css new, and 3 more"


def test_a_layout_outside_the_chain_changes_nothing() -> None:
    sets = {**SETS, "layout other": InputSet("layout other", {"page.css": "x"})}
    assert in_sets(sets).state is State.UNCHANGED


def test_another_layout_for_this_run_is_told() -> None:
    assert told(in_sets(SETS, "base")) == ["no longer uses layout news"]
    here = replace(RECORD, inputs=Inputs(FILES, digests("base")), layout="base")
    assert told(judged(known=Known({"one": here}, KNOWN.sets))) == ["now uses layout news"]


def test_a_set_that_the_manifest_lost_still_counts_as_changed() -> None:
    sets = changed("fonts", Song_ttf="f2")
    now = replace(NOW, inputs=Inputs(FILES, digests("news", sets)))
    assert told(judged(now, Known(KNOWN.records, {}), sets)) == ["fonts changed"]


@pytest.mark.parametrize(
    ("output", "reason"),
    [(None, "its PDF is missing"), ("o2", "its PDF differs from the one that was written")],
)
def test_an_output_that_is_not_what_was_written_is_made_again(output: str | None, reason: str) -> None:
    assert told(judged(replace(NOW, output_sha256=output))) == [reason]


def test_what_failed_is_tried_again() -> None:
    failed = Known({"one": replace(RECORD, output=None)}, KNOWN.sets)
    assert told(judged(known=failed)) == ["it failed last time"]


def test_force_renders_what_is_unchanged_and_gives_better_reasons_first() -> None:
    assert told(judged(force=True)) == ["requested with --force"]
    assert told(judged(replace(NOW, output_sha256=None), force=True)) == ["its PDF is missing"]


def test_strict_renders_what_had_warnings_and_nothing_else() -> None:
    warned = Known({"one": replace(RECORD, diagnostics=({"severity": "warning"},))}, KNOWN.sets)
    noted = Known({"one": replace(RECORD, diagnostics=({"severity": "note"},))}, KNOWN.sets)
    assert told(judged(known=warned, strict=True)) == ["it had warnings, which are errors with --strict"]
    assert judged(known=warned).state is State.UNCHANGED
    assert judged(known=noted, strict=True).state is State.UNCHANGED


def test_reasons_are_told_together_the_most_frequent_first() -> None:
    one = Planned("one", NOW.path, State.CHANGED, judged(replace(NOW, output_sha256=None)).reasons)
    two = Planned("two", NOW.path, State.CHANGED, judged(force=True).reasons)
    three = replace(two, id="three")
    new = Planned("new", NOW.path, State.NEW)
    planned = Plan((one, two, new, three))
    assert list(planned.by_reason().values()) == [["two", "three"], ["one"]]
    assert [issue.id for issue in planned.to_render] == ["one", "two", "new", "three"]
