"""The design tokens that the sections of an issue set."""

from __future__ import annotations

from collections.abc import Iterator

from cstprint.diagnostics import Diagnostic, error, msg
from cstprint.issue.model import Issue
from cstprint.layout.derived import check_derived
from cstprint.layout.resolve import Layout
from cstprint.layout.tokens import OF_THE_PAGE, READ_HERE, check_settings


def check_section_tokens(issue: Issue, layout: Layout | None) -> Iterator[Diagnostic]:
    """Yield an error for each token of a section that the layout lacks, that is of another type, or the issue's.

    In a layout that is not the issue's own, a token that it lacks is a warning. Without a layout nothing is known.
    """
    if layout is None:
        return
    for section in issue.sections:
        for name in section.settings:
            if name in READ_HERE or name in OF_THE_PAGE:
                message = msg("The token {name} applies to the whole issue.", name=str(name))
                hint = msg("Set it in `tokens` of the issue, or in layout.yaml.")
                yield error("CST-L022", message, span=name.span, hint=hint)
        lenient = layout.name != issue.layout
        yield from check_settings(layout.tokens, section.settings, lenient=lenient)
        known: dict[str, str] = {
            name: value for name, value in section.settings.items() if name in layout.tokens
        }
        yield from check_derived(layout.tokens, {**layout.values, **known})
