"""Whether all that an issue says can be read on its pages: in the HTML, in the boxes of the layout, as painted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element

from cstprint.check.contrast import Contrasts
from cstprint.check.hidden import IssuePlace, check_hidden, reason_of
from cstprint.check.lost import check_lost
from cstprint.check.pictures import check_painted
from cstprint.check.styles import StyleFindings
from cstprint.check.unprinted import PrintedTexts, find_printed, omission_notes
from cstprint.diagnostics import Diagnostic, Message
from cstprint.engine.document import PagedDocument
from cstprint.engine.pages.pictures import painted_pictures
from cstprint.engine.pages.text import TextFact
from cstprint.html.compose import HtmlDocument
from cstprint.issue.model import Issue
from cstprint.layout.resolve import Layout


class Losses:
    """What of an issue is lost on its way to the pages of a layout.

    ``styles`` is what is known of the layout's style sheets, ``html`` the issue as it was composed.
    """

    def __init__(
        self,
        issue: Issue,
        layout: Layout,
        styles: StyleFindings,
        paged: PagedDocument,
        html: HtmlDocument,
    ):
        self.issue = issue
        self.layout = layout
        self.styles = styles
        self.rules = styles.rules
        self.paged = paged
        self.html = html
        self.spans = html.spans

    @property
    def printed(self) -> PrintedTexts:
        """The texts of the issue that the HTML has, and those that were left out."""
        return self._searched[0]

    @cached_property
    def _searched(self) -> tuple[PrintedTexts, list[Diagnostic]]:
        return find_printed(self.issue, self.layout, self.paged.source, self.html.boxed)

    def on_pages(self, texts: Sequence[TextFact]) -> Iterator[Diagnostic]:
        """Yield what is not in the HTML or on no page, and what is left out on purpose."""
        yield from self._searched[1]

        def why(lost: str | tuple[Element, ...]) -> Message | None:
            return self._why(lost, texts)

        yield from check_lost(self.paged.sources(), texts, self.spans, self.printed, why)
        yield from omission_notes(self.layout.omits, (*self.printed.omitted, *self.printed.omissible))

    def in_paint(self) -> Iterator[Diagnostic]:
        """Yield what is on the pages that were written, and nobody sees, or can hardly be read."""
        yield from check_painted(self.issue, painted_pictures(self.paged.painting))
        judged = self.paged.judged()
        if judged.hidden:
            yield from check_hidden(
                judged.hidden, self._places(), self.layout, self.printed, self._culprit_of
            )
        own = [pair for sheet in self.styles.sheets for pair in sheet.facts.own_values]
        contrasts = Contrasts(self.issue, self.layout, self.rules, own, self.paged.declared_at)
        yield from contrasts.check(judged.faint)

    def _culprit_of(self, hidden: Any) -> Any:
        return self.paged.culprit_of(self.rules, hidden)

    def _places(self) -> dict[Element, IssuePlace]:
        """Return where in the issue the text of each element stands; the layout's own words stand nowhere."""
        owners = self.paged.source.owners.items()
        found = {
            element: IssuePlace(self.spans[owner], owner) for element, owner in owners if owner in self.spans
        }
        for text, elements in self.printed.frames:
            if text.pattern is not None and len(elements) > 1:
                continue  # it may be read elsewhere
            found |= dict.fromkeys(elements, IssuePlace(text.span, None))
        return found

    def _why(self, lost: str | tuple[Element, ...], texts: Sequence[TextFact]) -> Message | None:
        """Return what keeps a block, or elements, from the pages."""
        source = self.paged.source
        if isinstance(lost, str):
            own = (element for element, text in source.passages if text.strip())
            elements = tuple(element for element in own if source.owners.get(element) == lost)
        else:
            elements = lost
        printed = {fact.element for fact in texts}
        missing = next((element for element in elements if element not in printed), None)
        if missing is None:
            return None
        return reason_of(self.paged.left_out_by(self.rules, missing), self.layout)
