"""The tags of a finished PDF: what validators of PDF/A and PDF/UA do not see, but a reader who listens does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from cstprint.diagnostics import Diagnostic, Message, PagePlace, error, msg
from cstprint.pdf.inspect import LinkArea, PdfFacts
from cstprint.pdf.structure import Element

#: What a caption may stand in (ISO 32000-1, 14.8.4.3 and 14.8.4.5).
_CAPTIONED = frozenset({"Figure", "Table", "Formula", "L", "TOC"})
_SCOPES = frozenset({"Row", "Column", "Both"})
#: Two links stand on each other where one hides more than this part of the other; lines of one link touch.
_HIDDEN = 0.5


def check_structure(facts: PdfFacts) -> Iterator[Diagnostic]:
    """Yield an error for each tag that would mislead a reader who listens."""
    top = facts.structure
    elements = list(top.walk())
    if not str(facts.catalog.get("/Lang", "")):
        yield _wrong(msg("the document has no language"))
    for rule in (_headings, _contents, _captions, _figures, _heads, _nested_links):
        for element, problem in rule(elements):
            yield _wrong(problem, element.page)
    for page, areas in facts.link_areas.items():
        if _on_each_other(areas):
            yield _wrong(msg("one link stands on another"), page)


_Findings = Iterator[tuple[Element, Message]]


def _headings(elements: Iterable[Element]) -> _Findings:
    """ISO 14289-1, 7.4.2: the first heading is an H1, and none is skipped on the way down."""
    last = 0
    for element in elements:
        if element.kind[:1] == "H" and element.kind[1:].isdigit():
            level = int(element.kind[1:])
            if level > last + 1:
                above = f"H{last}" if last else msg("no heading")
                yield element, msg("{kind} follows {above}", kind=element.kind, above=above)
            last = level


def _contents(elements: Iterable[Element]) -> _Findings:
    for element in elements:
        for kid in element.kids:
            if (element.kind == "TOC" and kid.kind not in ("TOC", "TOCI", "Caption")) or (
                kid.kind == "TOCI" and element.kind != "TOC"
            ):
                yield kid, msg("{kind} stands in {parent}", kind=kid.kind, parent=element.kind)
        if element.kind == "L" and len(element.kids) > 1 and all(map(_leads_inward, element.kids)):
            yield element, msg("contents are tagged as a list")


def _leads_inward(item: Element) -> bool:
    """Whether a list's item is nothing but a link to a place in the document."""
    while item.kind != "Link":
        kids = [kid for kid in item.kids if kid.kind != "Lbl"]
        if len(kids) != 1:
            return False
        item = kids[0]
    return item.inward


def _captions(elements: Iterable[Element]) -> _Findings:
    for element in elements:
        parent = element.parent.kind if element.parent else ""
        if element.kind == "Caption" and parent not in _CAPTIONED:
            yield element, msg("{kind} stands in {parent}", kind="Caption", parent=parent)


def _figures(elements: Iterable[Element]) -> _Findings:
    for element in elements:
        if element.kind == "Figure" and not element.alt.strip():
            yield element, msg("a picture has no alternative text")


def _heads(elements: Iterable[Element]) -> _Findings:
    for element in elements:
        if element.kind == "TH" and element.scope not in _SCOPES:
            yield element, msg("a table's head cell does not say what it is the head of")


def _nested_links(elements: Iterable[Element]) -> _Findings:
    for element in elements:
        if element.kind == "Link" and element.inside("Link"):
            yield element, msg("a link stands in a link")


def _on_each_other(areas: list[LinkArea]) -> bool:
    rising = sorted(areas, key=lambda area: area.bottom)
    for number, first in enumerate(rising, start=1):
        for second in islice(rising, number, None):
            if second.bottom >= first.top:
                break
            if first.common(second) > _HIDDEN * min(first.size, second.size):
                return True
    return False


def _wrong(problem: Message, page: int = 0) -> Diagnostic:
    return error(
        "CST-E021",
        msg("The PDF's tags are wrong: {problem}.", problem=problem),
        place=PagePlace(page) if page else None,
        subject="PDF",
        hint=msg("See what the layout's templates make; if they are cstprint's own, please report it."),
    )
