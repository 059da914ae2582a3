"""Pictures that fill a page, or two facing ones: where an issue may have them."""

from __future__ import annotations

from collections.abc import Iterator

from cstprint.diagnostics import Diagnostic, msg, warning
from cstprint.issue.model import Issue

#: How many pages a picture fills, by its place.
PAGES = {"page": 1, "spread": 2}


def check_plates(issue: Issue) -> Iterator[Diagnostic]:
    """Yield a warning for each picture that is to fill a page and does not stand right in an article."""
    right_in = {id(block) for article in issue.articles for block in article.blocks}
    for group in issue.groups():
        if group.place in PAGES and id(group) not in right_in:
            message = msg(
                "Only a picture that stands directly in the body of an article can fill a page. This "
                "one was set in its column."
            )
            hint = msg("Move it out of the box or the cover, or write place: full")
            yield warning("CST-M040", message, span=group.span, hint=hint)
