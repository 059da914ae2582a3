"""The tags of a finished PDF: what its claim to be PDF/A and PDF/UA asks of them, and what else misleads listeners.

Validators need Java and are on few machines; some of this they do not see. What a table must be is in
:mod:`cstprint.check.tables`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from cstprint.check.inks import inks_on_page
from cstprint.check.tables import check_tables
from cstprint.diagnostics import Diagnostic, Message, PagePlace, error, msg, warning
from cstprint.languages.tags import is_tag_of_pdf
from cstprint.pdf.inspect import LinkArea, PdfFacts
from cstprint.pdf.structure import Element

#: What may stand in elements of a kind (ISO 32000-1, 14.8.4.3).
_HOLDS = {
    "L": frozenset({"LI", "L", "Caption"}),
    "LI": frozenset({"Lbl", "LBody"}),
    "TOC": frozenset({"TOC", "TOCI", "Caption"}),
    "Table": frozenset({"TR", "THead", "TBody", "TFoot", "Caption"}),
    "THead": frozenset({"TR"}),
    "TBody": frozenset({"TR"}),
    "TFoot": frozenset({"TR"}),
    "TR": frozenset({"TH", "TD"}),
}
#: What elements of a kind may stand in.
_STANDS_IN = {
    "LI": frozenset({"L"}),
    "LBody": frozenset({"LI"}),
    "TOCI": frozenset({"TOC"}),
    "THead": frozenset({"Table"}),
    "TBody": frozenset({"Table"}),
    "TFoot": frozenset({"Table"}),
    "TR": frozenset({"Table", "THead", "TBody", "TFoot"}),
    "TH": frozenset({"TR"}),
    "TD": frozenset({"TR"}),
    "Caption": frozenset({"Figure", "Table", "Formula", "L", "TOC"}),
}
_SCOPES = frozenset({"Row", "Column", "Both"})
#: Two links stand on each other where one hides more than this part of the other; lines of one link touch.
_HIDDEN = 0.5
#: So much of a page's content may be painted out of its order, where there are more than a few pieces.
_IN_ORDER, _FEW = 0.8, 4


def check_structure(facts: PdfFacts, *, archive: bool) -> Iterator[Diagnostic]:
    """Yield an error for each tag that would mislead a reader who listens, or make a claim of a standard false.

    ``archive`` says that the PDF claims to be PDF/A.
    """
    elements = list(facts.structure.walk())
    if not str(facts.catalog.get("/Lang", "")):
        yield _wrong(msg("the document has no language"))
    for rule in (_headings, _places, _contents, _languages, _figures, _heads, _nested_links, check_tables):
        for element, problem in rule(elements):
            yield _wrong(problem, element.page)
    for page, problem in _content(facts, elements):
        yield _wrong(problem, page)
    for page in _painted_otherwise(elements):
        yield warning(
            "CST-E033",
            msg("The paint order of the page differs from its reading order."),
            place=PagePlace(page),
            subject="PDF",
            hint=msg("Positions, z-index and opacity in the layout's CSS paint a part after the text."),
        )
    for page, areas in facts.link_areas.items():
        if _on_each_other(areas):
            yield _wrong(msg("two links overlap"), page)
    if archive and facts.device_cmyk:
        yield inks_on_page(facts.device_cmyk)


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


def _places(elements: Iterable[Element]) -> _Findings:
    """Yield what stands where it must not."""
    for element in elements:
        for kid in element.kids:
            may_hold, may_stand_in = _HOLDS.get(element.kind), _STANDS_IN.get(kid.kind)
            if (may_hold and kid.kind not in may_hold) or (may_stand_in and element.kind not in may_stand_in):
                yield kid, msg("{kind} is inside {parent}", kind=kid.kind, parent=element.kind)


def _contents(elements: Iterable[Element]) -> _Findings:
    for element in elements:
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


def _languages(elements: Iterable[Element]) -> _Findings:
    for element in elements:
        if element.language and not is_tag_of_pdf(element.language):
            yield element, msg("“{language}” is not a language", language=element.language)


def _figures(elements: Iterable[Element]) -> _Findings:
    for element in elements:
        if element.kind == "Figure" and not element.alt.strip():
            yield element, msg("a picture has no alternative text")


def _heads(elements: Iterable[Element]) -> _Findings:
    for element in elements:
        if element.kind == "TH" and element.scope not in _SCOPES:
            yield element, msg("a header cell of a table does not state what it is the header of")


def _nested_links(elements: Iterable[Element]) -> _Findings:
    for element in elements:
        if element.kind == "Link" and element.inside("Link"):
            yield element, msg("a link is inside a link")


def _content(facts: PdfFacts, elements: Sequence[Element]) -> Iterator[tuple[int, Message]]:
    """Yield the pages with content that is not read, is read twice, or is not there (ISO 14289-1, 7.1)."""
    owned: dict[int, set[int]] = defaultdict(set)
    for element in elements:
        for holder, number in element.marks:
            if number in owned[holder]:
                yield element.page, msg("a piece of content belongs to two elements")
            owned[holder].add(number)
    for content in facts.content:
        if content.loose:
            yield content.page, msg("some content is neither tagged nor an artifact")
        if content.marks - owned[content.holder]:
            yield content.page, msg("tagged content belongs to no element")
        if owned[content.holder] - content.marks:
            yield content.page, msg("an element has content that is not on the page")


def _painted_otherwise(elements: Iterable[Element]) -> Iterator[int]:
    """Yield the pages whose content is painted in another order than that of its elements.

    Content is numbered as it is painted, that of groups too. A few pieces out of place mislead nobody.
    """
    read: dict[int, list[int]] = defaultdict(list)
    for element in elements:
        read[element.page] += [number for _, number in element.marks]
    for page, numbers in read.items():
        if len(numbers) >= _FEW and _rising(numbers) < _IN_ORDER * len(numbers):
            yield page


def _rising(numbers: Iterable[int]) -> int:
    """Return the length of the longest rising part of a sequence, which may leave numbers out."""
    ends: list[int] = []
    for number in numbers:
        place = bisect_left(ends, number)
        ends[place : place + 1] = [number]
    return len(ends)


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
        msg("The structure of the PDF is wrong: {problem}.", problem=problem),
        place=PagePlace(page) if page else None,
        subject="PDF",
        hint=msg(
            "Check the output of the layout's templates. If they are cstprint's own, please report this."
        ),
    )
