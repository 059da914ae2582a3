"""The plan: which issues are new, which are changed and why, which have their PDF already. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from cstprint.batch.inputs import OPTIONS, VERSIONS, Inputs, InputSet
from cstprint.batch.manifest import Output, Record
from cstprint.diagnostics import Message, msg, some

#: So many items of a set are shown by name.
SHOWN = 4


class State(StrEnum):
    """What there is to do for an issue."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Planned:
    """An issue, what there is to do for it, and why."""

    id: str
    path: Path
    state: State
    reasons: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """All issues in the order in which they were named, and the ids of those that are no more.

    ``gone`` still have a PDF, which is kept; of ``forgotten`` that was taken away, too.
    """

    issues: tuple[Planned, ...]
    gone: tuple[str, ...] = ()
    forgotten: tuple[str, ...] = ()

    def of(self, state: State) -> tuple[Planned, ...]:
        """Return the issues of one state."""
        return tuple(issue for issue in self.issues if issue.state is state)

    @property
    def to_render(self) -> tuple[Planned, ...]:
        """The issues that are not up to date."""
        return tuple(issue for issue in self.issues if issue.state is not State.UNCHANGED)

    def by_reason(self) -> dict[tuple[Message, ...], list[str]]:
        """Return the ids of the changed issues by what has changed, the most frequent first."""
        found: dict[tuple[Message, ...], list[str]] = {}
        for issue in self.of(State.CHANGED):
            found.setdefault(issue.reasons, []).append(issue.id)
        return dict(sorted(found.items(), key=lambda item: -len(item[1])))


@dataclass(frozen=True, slots=True)
class Now:
    """An issue as it is found: what its PDF would be made of, and the hash of the PDF that is there."""

    id: str
    path: Path
    inputs: Inputs
    output_sha256: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """What the manifest knows: how each issue went, and the sets that were used, by their digests."""

    records: Mapping[str, Record]
    sets: Mapping[str, InputSet]


def plan(
    issues: Iterable[Now],
    known: Known,
    sets: Mapping[str, InputSet],
    *,
    force: bool = False,
    strict: bool = False,
) -> tuple[Planned, ...]:
    """Return what there is to do for each issue, ``sets`` being those of now, by their names.

    Everything is rendered with ``force``, and with ``strict`` what had warnings.
    """
    return tuple(_planned(issue, known, sets, force=force, strict=strict) for issue in issues)


def _planned(now: Now, known: Known, sets: Mapping[str, InputSet], *, force: bool, strict: bool) -> Planned:
    record = known.records.get(now.id)
    if record is None:
        return Planned(now.id, now.path, State.NEW)
    if record.output is None:
        return Planned(now.id, now.path, State.CHANGED, (msg("it failed last time"),))
    reasons = [
        *_changed(record.inputs.files, now.inputs.files, _CHANGED),
        *_of_sets(record, now, known.sets, sets),
    ]
    reasons += _of_output(record.output, record, now, strict=strict)
    if force and not reasons:
        reasons.append(msg("requested with --force"))
    return Planned(now.id, now.path, State.CHANGED if reasons else State.UNCHANGED, tuple(reasons))


def _of_sets(
    record: Record, now: Now, old_sets: Mapping[str, InputSet], sets: Mapping[str, InputSet]
) -> Iterator[Message]:
    for name in dict.fromkeys((*record.inputs.sets, *now.inputs.sets)):
        before = record.inputs.sets.get(name, "")
        if before == now.inputs.sets.get(name, ""):
            continue
        if name not in now.inputs.sets:
            yield msg("no longer uses {set}", set=_label(name))
        elif not before:
            yield msg("now uses {set}", set=_label(name))
        else:
            yield changes_of(name, old_sets.get(before), sets.get(name))


def changes_of(name: str, before: InputSet | None, now: InputSet | None) -> Message:
    """Return which items of the set ``name`` are others now, or that it is another where one is not known."""
    if before is None or now is None:
        return msg("{set} changed", set=_label(name))
    items = tuple(_versions(before, now) if name == VERSIONS else _changed(before.items, now.items, _ITEM))
    return msg("{set} changed: {items}", set=_label(name), items=some(items, SHOWN))


def _of_output(output: Output, record: Record, now: Now, *, strict: bool) -> Iterator[Message]:
    if now.output_sha256 is None:
        yield msg("its PDF is missing")
    elif now.output_sha256 != output.sha256:
        yield msg("its PDF differs from the one that was written")
    elif strict and any(found.get("severity") == "warning" for found in record.diagnostics):
        yield msg("it had warnings, which are errors with --strict")


_ITEM, _CHANGED = msg("{item}"), msg("{item} changed")


def _changed(
    before: Mapping[str, str | None], now: Mapping[str, str | None], changed: Message
) -> Iterator[Message]:
    """Yield a word for each item that is another now, ``changed`` for one that was there and is."""
    for name in sorted({*before, *now}):
        if now.get(name) == before.get(name):
            continue
        if not now.get(name):
            yield msg("{item} removed", item=name)
        elif not before.get(name):
            yield msg("{item} new", item=name)
        else:
            yield Message(changed.template, (("item", name),))


def _versions(old: InputSet, new: InputSet) -> Iterator[Message]:
    for name in sorted({*old.items, *new.items}):
        before, now = old.items.get(name, "–"), new.items.get(name, "–")
        if before == now:
            continue
        if max(len(before), len(now)) > 40:  # a hash
            yield msg("{item} changed", item=name)
        else:
            yield msg("{item} {before} → {now}", item=name, before=before, now=now)


def _label(name: str) -> Message:
    kind, _, layout = name.partition(" ")
    if layout:
        return msg("layout {layout}", layout=layout)
    return {OPTIONS: msg("options"), VERSIONS: msg("versions")}.get(kind, msg("fonts"))
