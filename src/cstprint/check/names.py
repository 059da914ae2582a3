"""Names and references: each name once, each reference to something that can be called by a number or a title."""

from __future__ import annotations

from collections.abc import Iterator

from cstprint.blocks.common.parts import Target
from cstprint.diagnostics import Diagnostic, error, msg, suggest
from cstprint.issue.model import Issue
from cstprint.issue.names import targets
from cstprint.issue.tokens import tokens_in


def check_names(issue: Issue) -> Iterator[Diagnostic]:
    """Yield an error for each name given twice, each reference that leads nowhere, each note inside a note."""
    known: dict[str, Target] = {}
    for target in targets(issue):
        first = known.setdefault(target.name, target)
        if first is not target:
            yield error(
                "CST-N003",
                msg("The name “{name}” is used twice.", name=target.name),
                span=target.name.span,
                hint=msg("The first is in line {line}. Choose another.", line=first.name.span.line),
            )
    yield from _references(issue, known)
    sections = (section.notes for section in issue.sections)
    notes = (issue.cover_notes, *sections, *(article.notes for article in issue.articles))
    for note in (note for held in notes for note in held.values()):
        if any(tokens_in(note.content, "footnote_ref")):
            yield error(
                "CST-N006",
                msg("A footnote cannot contain a footnote."),
                span=note.span,
                hint=msg("Put the text into the footnote itself, in brackets."),
            )


def _references(issue: Issue, known: dict[str, Target]) -> Iterator[Diagnostic]:
    for token in (token for token in issue.tokens if token.type == "reference"):
        name, span = token.meta["name"], token.meta["span"]
        target = known.get(name)
        if target is None:
            hint = suggest(name, list(known)) or msg(
                "Give this name to a figure, table, heading …: id: {name}", name=name
            )
            yield error("CST-N004", msg("Nothing has the name “{name}”.", name=name), span=span, hint=hint)
        elif not token.meta["page"] and target.number is None and target.title is None:
            yield error(
                "CST-N005",
                msg("“{name}” has no number to refer to.", name=name),
                span=span,
                hint=msg("Refer to its page: [@{name} page]. Or have it numbered.", name=name),
            )
