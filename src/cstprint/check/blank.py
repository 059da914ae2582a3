"""Pages that stay blank by more than a quarter: the editor learns why, and what can be done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from cstprint.diagnostics import Diagnostic, Message, PagePlace, msg, note
from cstprint.placement.blanks import Blank, Cause
from cstprint.source import Span

_MM_PER_PT = 25.4 / 72
#: What does not fit, and what can be done about it.
_SAID: Mapping[Cause, tuple[Message, Message]] = {
    Cause.HEAD: (
        msg("the next head with its first lines"),
        msg("Add or cut some lines before it, or give the page a picture or a notice."),
    ),
    Cause.HEADING: (
        msg("the next heading with its first lines"),
        msg("Add or cut some lines before it."),
    ),
    Cause.FIGURE: (
        msg("the next figure"),
        msg("Move it to an earlier place in the text, or make it smaller: width: 60%."),
    ),
    Cause.TABLE: (
        msg("the next table"),
        msg("Move it to another place in the text, or make it shorter."),
    ),
    Cause.LINES: (
        msg("the next paragraph, whose lines are not parted,"),
        msg("Add or cut some lines before them."),
    ),
    Cause.BLOCK: (
        msg("the next block, which is kept whole,"),
        msg("Move it to another place in the text, or make it shorter."),
    ),
}


def check_blanks(blanks: Iterable[Blank], spans: Mapping[str, Span]) -> Iterator[Diagnostic]:
    """Yield a note for each blank, at the block that is its cause if that has a place of its own."""
    for blank in blanks:
        span = next((spans[one] for one in blank.ids if one in spans), None)
        place = PagePlace(blank.page, y_pt=blank.top_pt, height_pt=blank.height_pt)
        if blank.cause is Cause.BESIDE:
            message = msg(
                "{part} % of page {page} stays blank: nothing stands beside this block.",
                part=round(100 * blank.part),
                page=blank.page,
            )
            hint = msg("Give it another place, or more text beside it.")
        else:
            what, hint = _SAID[blank.cause]
            message = _moved(blank, what)
        yield note("CST-E053", message, span=span, place=place, hint=hint)


def _moved(blank: Blank, what: Message) -> Message:
    """Return what is on the next page, and why: it does not fit, or the room is too small to begin there."""
    page, part = blank.page, round(100 * blank.part)
    left, needs = round(blank.height_pt * _MM_PER_PT), round(blank.needs_pt * _MM_PER_PT)
    if needs > left:
        return msg(
            "{part} % of page {page} stays blank, {left} mm: {what} is on the next page, as it needs {needs} mm.",
            part=part,
            page=page,
            what=what,
            needs=needs,
            left=left,
        )
    if blank.cause is Cause.HEAD:
        return msg(
            "{part} % of page {page} stays blank, {left} mm: {what} opens a page, as less than a third was left.",
            part=part,
            page=page,
            what=what,
            left=left,
        )
    return msg(
        "{part} % of page {page} stays blank, {left} mm: {what} is on the next page, with what it is kept with.",
        part=part,
        page=page,
        what=what,
        left=left,
    )
