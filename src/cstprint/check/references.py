"""What a layout's pages refer to: links to where they may lead, and nothing that a printed page cannot have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cstprint.blocks.common.links import may_lead
from cstprint.diagnostics import Diagnostic, Message, PagePlace, error, msg
from cstprint.engine.pages.references import Kind, Reference

_SAYINGS = {
    Kind.LINK: (
        msg("A link of the layout leads to “{target}”."),
        msg("Links lead to https://, http:// or mailto: addresses, or to an id of the page."),
    ),
    Kind.ATTACHMENT: (
        msg("The layout attaches the file “{target}”."),
        msg("Remove it: the PDF of an issue has no attachments."),
    ),
    Kind.FIELD: (
        msg("The layout makes a form field ({target})."),
        msg("Remove appearance: auto from the CSS: a printed page has no form fields."),
    ),
    Kind.LOST_USE: (
        msg("A drawing uses “{target}”, which it does not contain."),
        msg("Put the element into the same svg element, with that id."),
    ),
}


def check_references(found: Iterable[Reference]) -> Iterator[Diagnostic]:
    """Yield an error for each reference that has no place in a PDF, each target once."""
    told: set[tuple[Kind, str]] = set()
    for reference in found:
        key = (reference.kind, reference.target)
        if key in told or (reference.kind is Kind.LINK and may_lead(reference.target)):
            continue
        told.add(key)
        sentence, hint = _SAYINGS[reference.kind]
        place = PagePlace(reference.page, reference.x_pt, reference.y_pt) if reference.page else None
        target = reference.target if len(reference.target) <= 120 else reference.target[:119] + "…"
        message = Message(sentence.template, (("target", target),))
        yield error("CST-L007", message, place=place, subject="HTML", hint=hint)
