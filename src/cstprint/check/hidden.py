"""What stands on the pages and nobody sees: invisible, transparent, of its ground's colour, clipped, covered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from cstprint.check.search import letters_of
from cstprint.check.unprinted import PrintedTexts
from cstprint.css.facts import StyleRule
from cstprint.diagnostics import Diagnostic, Message, PagePlace, error, msg
from cstprint.engine.pages.blame import Culprit
from cstprint.engine.pages.hidden import Hidden, Reason
from cstprint.layout.files import template_files
from cstprint.layout.resolve import Layout
from cstprint.reading.files import Refused, read_below, shown_path
from cstprint.source import SourceFile, Span
from cstprint.units import px_to_pt

_REASONS: Mapping[Reason, Message] = {
    Reason.INVISIBLE: msg("it is invisible"),
    Reason.TRANSPARENT: msg("it is transparent"),
    Reason.SAME_COLOUR: msg("it has the same colour as its background"),
    Reason.TINY: msg("it is too small to be read"),
    Reason.CRUSHED: msg("its letters overlap"),
    Reason.CLIPPED: msg("a part of it is cut off"),
    Reason.OFF_PAPER: msg("a part of it is outside the paper"),
    Reason.COVERED: msg("something is painted over it"),
    Reason.OVERPRINTED: msg("other text is printed over it"),
    Reason.NOT_PAINTED: msg("nothing of it is painted"),
}
#: So much of a text is shown.
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class IssuePlace:
    """Where the text of an element stands in the issue, and the id of the block that it stands in."""

    span: Span
    owner: str | None


def check_hidden(
    hidden: Iterable[Hidden],
    places: Mapping[Element, IssuePlace],
    layout: Layout,
    printed: PrintedTexts,
    culprit_of: Callable[[Hidden], Culprit | None],
) -> Iterator[Diagnostic]:
    """Yield an error for each rule and reason that hides something of the issue, at the rule's place.

    ``places`` are those of elements; what has none is the layout's own, and may be hidden.
    """
    omissible = _Omissible(printed)
    found: dict[object, list[Hidden]] = {}
    culprits: dict[object, Culprit | None] = {}
    for one in hidden:
        place = places.get(one.element)
        if place is not None and not omissible.holds(one, place.owner):
            key = one.reason, one.element
            if key not in culprits:
                culprits[key] = culprit_of(one)
            found.setdefault((one.reason, culprits[key] or place.span), []).append(one)
    for things in found.values():
        first = things[0]
        yield _diagnostic(things, places[first.element].span, culprits[first.reason, first.element], layout)


def _diagnostic(things: list[Hidden], span: Span, culprit: Culprit | None, layout: Layout) -> Diagnostic:
    first = things[0]
    box = first.box
    place = PagePlace(
        first.page, *(px_to_pt(one) for one in (box.position_x, box.position_y, box.width, box.height))
    )
    message = msg(
        "“{text}” ({where}) cannot be seen on page {page}: {reason}.",
        text=_shown(box),
        where=str(span),
        page=first.page,
        reason=_REASONS[first.reason],
    )
    hint = msg("Show it. To omit it on purpose, list it under omits in layout.yaml.")
    where = place_of(culprit, layout)
    if isinstance(culprit, StyleRule):
        declared = f"{culprit.name}: {culprit.value}"
        hint = msg("The cause is {rule}. {then}", rule=declared, then=hint)
    return error("CST-E041", message, span=where or span, place=place, hint=hint)


def _shown(box: Any) -> str:
    text = getattr(box, "text", None)
    return str(box.element.get("src", "")).removeprefix("issue/") if text is None else text.strip()[:_SHOWN]


def place_of(culprit: Culprit | None, layout: Layout) -> Span | None:
    """Return where a rule stands, or the template that has the ``style`` attribute."""
    if culprit is None or isinstance(culprit, StyleRule):
        return culprit.span if culprit is not None else None
    for part in reversed(layout.parts):
        for path in template_files(part.folder):
            try:
                data = read_below(part.folder, path.relative_to(part.folder).parts)
            except (OSError, Refused):
                continue  # reported when it is used
            file = SourceFile(shown_path(path), data.decode("utf-8", errors="replace"))
            found = re.search(rf"style\s*=\s*[\"']{re.escape(culprit)}", file.text)
            if found:
                return file.place_of(found.start())
    return None


def reason_of(culprit: Culprit | None, layout: Layout) -> Message | None:
    """Return a hint that says which rule leaves something out, and where it stands."""
    where = place_of(culprit, layout)
    if culprit is None or where is None:
        return None
    declared = f"{culprit.name}: {culprit.value}" if isinstance(culprit, StyleRule) else culprit
    return msg(
        "See {where}, {rule}. To omit it on purpose, list it under omits in layout.yaml.",
        where=str(where),
        rule=declared,
    )


class _Omissible:
    """What the layout may leave out: whole blocks, and of others some texts."""

    def __init__(self, printed: PrintedTexts):
        kept = {owner for text in printed.texts for owner in text.owners}
        self.blocks = {owner for text in printed.omissible for owner in text.owners} - kept
        self.letters = {letters_of(piece) for text in printed.omissible for piece in text.pieces} - {""}

    def holds(self, one: Hidden, owner: str | None) -> bool:
        """Whether something that is hidden, in the block ``owner``, may be."""
        text = letters_of(getattr(one.box, "text", ""))
        return owner in self.blocks or any(
            text and (text in other or other in text) for other in self.letters
        )
