"""Tags that a validator passes and that would mislead a reader who listens."""

from __future__ import annotations

from typing import Any

import pytest

from cstprint.check.structure import check_structure
from cstprint.pdf.inspect import PdfFacts
from tests.support.tagged import Rectangle, Tag, tag, tagged_pdf


def problems(*tags: Tag, **others: Any) -> list[str]:
    """What is said of a PDF with these tags, without what is said each time."""
    found = list(check_structure(PdfFacts(tagged_pdf(*tags, **others)), archive=True))
    assert {one.code for one in found} <= {"CST-E021"}
    return [str(one.message).removeprefix("The structure of the PDF is wrong: ").rstrip(".") for one in found]


def entry(target: str = "a1") -> Tag:
    """A list's item that is a link into the document, as WeasyPrint nests it."""
    return tag("LI", tag("Lbl"), tag("LBody", tag("NonStruct", tag("Link", Dest=target))))


def item(*kinds: str) -> Tag:
    """A list's item that holds elements of these kinds."""
    return tag("LI", *map(tag, kinds))


def row(*cells: str) -> Tag:
    """A row of cells; ``TH*2`` takes two columns, ``TD/2`` two rows."""
    made = []
    for cell in cells:
        says = (
            {"ColSpan": cell[3:]} if cell[2:3] == "*" else {"RowSpan": cell[3:]} if cell[2:3] == "/" else {}
        )
        scope = {"Scope": "Column"} if cell.startswith("TH") else {}
        made.append(tag(cell[:2], **says, **scope))
    return tag("TR", *made)


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
        [tag("L", tag("Caption"), item("Lbl", "LBody"), item("LBody"), tag("L", item("LBody")))],
        [tag("Table", tag("THead", row("TH*2")), tag("TBody", row("TD", "TD")), tag("TFoot", row("TD*2")))],
        [tag("Table", row("TD/2", "TD"), row("TD"), row("TD", "TD"))],
        [tag("P", Lang="en"), tag("P", Lang="zh-Hant-TW")],
    ],
    ids=[
        "headings",
        "contents",
        "captions",
        "heads",
        "links",
        "a list with a link",
        "a list of web addresses",
        "lists",
        "a table with head, body and foot",
        "a cell over two rows",
        "languages",
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
        ([tag("TOC", tag("LI"))], "LI is inside TOC"),
        ([tag("L", contents_entry())], "TOCI is inside L"),
        ([tag("L", entry(), entry())], "contents are tagged as a list"),
        ([tag("Div", tag("Figure", Alt="图"), tag("Caption"))], "Caption is inside Div"),
        ([tag("Figure")], "a picture has no alternative text"),
        ([tag("Figure", Alt=" ")], "a picture has no alternative text"),
        (
            [tag("Table", tag("TR", tag("TH")))],
            "a header cell of a table does not state what it is the header of",
        ),
        (
            [tag("Table", tag("TR", tag("TH", Scope="Middle")))],
            "a header cell of a table does not state what it is the header of",
        ),
        ([tag("Link", tag("Span", tag("Link")))], "a link is inside a link"),
        ([tag("L", item("Lbl", "P"))], "P is inside LI"),
        ([tag("L", tag("P"))], "P is inside L"),
        ([item("LBody")], "LI is inside Document"),
        ([tag("L", item("Div"))], "Div is inside LI"),
        ([tag("Div", tag("LBody"))], "LBody is inside Div"),
        ([tag("Table", tag("P"))], "P is inside Table"),
        ([tag("Table", tag("TBody", tag("TD")))], "TD is inside TBody"),
        ([tag("Table", tag("TR", tag("P")))], "P is inside TR"),
        ([row("TD")], "TR is inside Document"),
        ([tag("Table", tag("THead", row("TH")))], "a table has a header or a footer but no body"),
        (
            [tag("Table", tag("THead", row("TH")), tag("THead", row("TH")), tag("TBody", row("TD")))],
            "a table has several headers or footers",
        ),
        ([tag("Table", row("TD", "TD"), row("TD"))], "the rows of a table have different numbers of columns"),
        ([tag("Table", row("TD*2"), row("TD*3"))], "the rows of a table have different numbers of columns"),
        (
            [tag("Table", row("TD/2", "TD"), row("TD", "TD"))],
            "the rows of a table have different numbers of columns",
        ),
        ([tag("Table", row("TD/2"))], "a cell extends below the last row of its table"),
        (
            [tag("Table", row("TD", "TD/2", "TD"), row("TD*2", "TD"))],
            "two cells of a table are in the same place",
        ),
        ([tag("P", Lang="zh_CN")], "“zh_CN” is not a language"),
        ([tag("P", Lang="Chinese language")], "“Chinese language” is not a language"),
    ],
)
def test_wrong_tags_are_told(tags: list[Tag], said: str) -> None:
    assert problems(*tags) == [said]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            lambda drawn: drawn + b"\n0 0 9 9 re\nf",
            "some content is neither tagged nor an artifact",
        ),
        (
            lambda drawn: b"BT\n[<01>] TJ\nET\n" + drawn,
            "some content is neither tagged nor an artifact",
        ),
        (lambda drawn: drawn.replace(b"MCID 1", b"MCID 2"), "tagged content belongs to no element"),
        (lambda drawn: drawn[: drawn.rindex(b"/Span")], "an element has content that is not on the page"),
    ],
)
def test_content_that_is_not_read_is_told(content: Any, said: str) -> None:
    assert said in problems(tag("P"), content=content)


def test_artifacts_need_no_element() -> None:
    running_head = b"\n/Artifact\n<</Type /Pagination/Subtype /Header>>\nBDC\n[<01>] TJ\nEMC"
    rule = b"\n/Artifact\nBMC\n0 0 9 9 re\nf\nEMC"
    clip = b"\nq\n0 0 9 9 re\nW\nn\nQ"
    assert problems(tag("P"), content=lambda drawn: drawn + running_head + rule + clip) == []


@pytest.mark.parametrize("ink", [b"/DeviceCMYK cs\n0 0 0 1 scn", b"0 0 0 1 k", b"0 0 0 1 K"])
def test_inks_of_no_named_press_are_told_where_the_claim_is_an_archive(ink: bytes) -> None:
    data = tagged_pdf(tag("P"), content=lambda drawn: drawn + b"\n" + ink + b"\n")
    (found,) = check_structure(PdfFacts(data), archive=True)
    assert found.code == "CST-E030"
    assert list(check_structure(PdfFacts(data), archive=False)) == []


def test_the_page_is_told() -> None:
    (found,) = check_structure(PdfFacts(tagged_pdf(tag("Figure"))), archive=True)
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
    assert problems(links=links) == ["two links overlap"]
