"""Tags that a validator passes and that would mislead a reader who listens."""

from __future__ import annotations

import pytest

from cstprint.check.structure import check_structure
from cstprint.pdf.inspect import PdfFacts
from tests.support.tagged import Rectangle, Tag, tag, tagged_pdf


def problems(*tags: Tag, links: tuple[Rectangle, ...] = (), language: str = "zh-Hans") -> list[str]:
    """What is said of a PDF with these tags, without what is said each time."""
    found = list(check_structure(PdfFacts(tagged_pdf(*tags, links=links, language=language))))
    assert {one.code for one in found} <= {"CST-E021"}
    return [str(one.message).removeprefix("The PDF's tags are wrong: ").rstrip(".") for one in found]


def entry(target: str = "a1") -> Tag:
    """A list's item that is a link into the document, as WeasyPrint nests it."""
    return tag("LI", tag("Lbl"), tag("LBody", tag("NonStruct", tag("Link", Dest=target))))


def contents_entry() -> Tag:
    return tag("TOCI", tag("Reference", tag("Link", Dest="a1")))


@pytest.mark.parametrize(
    "tags",
    [
        [tag("H1"), tag("P"), tag("H2"), tag("Div", tag("H3")), tag("H2"), tag("H1")],
        [tag("TOC", contents_entry(), tag("TOC", contents_entry()))],
        [tag("Figure", tag("Caption"), Alt="图"), tag("Table", tag("Caption"))],
        [tag("Table", tag("TR", tag("TH", Scope="Column"), tag("TH", Scope="Row"), tag("TD")))],
        [tag("P", tag("Link", Dest="a1"), tag("Link"))],
        [tag("L", entry(), tag("LI", tag("LBody", tag("Span"), tag("Link", Dest="a1"))))],
        [tag("L", tag("LI", tag("LBody", tag("Link"))), tag("LI", tag("LBody", tag("Link"))))],
    ],
    ids=[
        "headings",
        "contents",
        "captions",
        "heads",
        "links",
        "a list with a link",
        "a list of web addresses",
    ],
)
def test_good_tags_are_passed_over(tags: list[Tag]) -> None:
    assert problems(*tags) == []


@pytest.mark.parametrize(
    ("tags", "said"),
    [
        ([tag("H1"), tag("Div", tag("H3"))], "H3 follows H1"),
        ([tag("H1"), tag("H2"), tag("H1"), tag("H3")], "H3 follows H1"),
        ([tag("H2")], "H2 follows no heading"),
        ([tag("TOC", tag("LI"))], "LI stands in TOC"),
        ([tag("L", contents_entry())], "TOCI stands in L"),
        ([tag("L", entry(), entry())], "contents are tagged as a list"),
        ([tag("Div", tag("Figure", Alt="图"), tag("Caption"))], "Caption stands in Div"),
        ([tag("Figure")], "a picture has no alternative text"),
        ([tag("Figure", Alt=" ")], "a picture has no alternative text"),
        ([tag("TH")], "a table's head cell does not say what it is the head of"),
        ([tag("TH", Scope="Middle")], "a table's head cell does not say what it is the head of"),
        ([tag("Link", tag("Span", tag("Link")))], "a link stands in a link"),
    ],
)
def test_wrong_tags_are_told(tags: list[Tag], said: str) -> None:
    assert problems(*tags) == [said]


def test_the_page_is_told() -> None:
    (found,) = check_structure(PdfFacts(tagged_pdf(tag("Figure"))))
    assert found.place is not None
    assert found.place.page == 1


def test_a_document_without_a_language_is_told() -> None:
    assert problems(language="") == ["the document has no language"]


@pytest.mark.parametrize(
    "links",
    [
        ((0, 0, 50, 10), (60, 0, 90, 10)),
        ((0, 0, 50, 12), (0, 10, 50, 22)),  # two lines, set tight
        ((0, 0, 50, 10), (40, 0, 90, 10)),
    ],
)
def test_links_beside_each_other_are_passed_over(links: tuple[Rectangle, ...]) -> None:
    assert problems(links=links) == []


@pytest.mark.parametrize(
    "links",
    [
        ((0, 0, 100, 10), (80, 1, 100, 9)),  # the leader of an entry, made a link of its own
        ((0, 0, 50, 10), (0, 0, 50, 10)),
        ((60, 40, 90, 50), (90, 50, 0, 40), (0, 0, 5, 5)),
    ],
)
def test_a_link_on_another_is_told(links: tuple[Rectangle, ...]) -> None:
    assert problems(links=links) == ["one link stands on another"]
