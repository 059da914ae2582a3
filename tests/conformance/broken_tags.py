"""What a program can do wrong to the tags and to what refers to them."""

from __future__ import annotations

from pypdf import PdfWriter

from tests.conformance.breaking import in_objects
from tests.conformance.objects import catalogue, elements, first_page, link, put, retag


@in_objects("2a 6.7.2.2-1", "ua1 6.2-1")
def not_marked(writer: PdfWriter) -> None:
    """no word that it is tagged."""
    del catalogue(writer)["/MarkInfo"]


@in_objects("ua1 7.1-4")
def suspects(writer: PdfWriter) -> None:
    """tags that are suspect."""
    put(catalogue(writer)["/MarkInfo"], Suspects=True)


@in_objects("2a 6.7.3.3-1", "ua1 7.1-11")
def no_structure(writer: PdfWriter) -> None:
    """no structure tree."""
    del catalogue(writer)["/StructTreeRoot"]


@in_objects("ua1 7.1-3")
def no_parent_tree(writer: PdfWriter) -> None:
    """no way from the content to its elements."""
    del catalogue(writer)["/StructTreeRoot"]["/ParentTree"]


@in_objects("ua1 7.1-3")
def page_not_in_parent_tree(writer: PdfWriter) -> None:
    """a page that has no place in the parent tree."""
    del first_page(writer)["/StructParents"]


@in_objects("2a 6.7.3.4-1", "ua1 7.1-5")
def unknown_type(writer: PdfWriter) -> None:
    """elements of a type that nobody knows."""
    retag(writer, "/P", "/Absatz")


@in_objects("2a 6.7.3.4-2", "ua1 7.1-6")
def circular_role_map(writer: PdfWriter) -> None:
    """types that stand for each other."""
    retag(writer, "/P", "/Absatz")
    put(catalogue(writer)["/StructTreeRoot"], RoleMap={"Absatz": "/Alinea", "Alinea": "/Absatz"})


@in_objects("ua1 7.1-7")
def remapped_type(writer: PdfWriter) -> None:
    """a standard type that stands for another."""
    put(catalogue(writer)["/StructTreeRoot"], RoleMap={"P": "/H1"})


@in_objects("2a 6.7.4-1", "ua1 7.2-29")
def element_language(writer: PdfWriter) -> None:
    """an element whose language is none."""
    put(elements(writer, "/P")[0], Lang="中文")


@in_objects("ua1 7.3-1")
def figure_without_alt(writer: PdfWriter) -> None:
    """a figure element without a description."""
    del elements(writer, "/Figure")[0]["/Alt"]


@in_objects("ua1 7.7-1")
def formula_without_alt(writer: PdfWriter) -> None:
    """a formula without a description."""
    put(elements(writer, "/P")[0], S="/Formula")


@in_objects("ua1 7.4.4-3")
def two_kinds_of_headings(writer: PdfWriter) -> None:
    """headings with and without a level."""
    retag(writer, "/H3", "/H")


@in_objects("ua1 7.9-1")
def note_without_id(writer: PdfWriter) -> None:
    """a note without an identifier."""
    put(elements(writer, "/P")[0], S="/Note")


@in_objects("ua1 7.9-2")
def notes_with_one_id(writer: PdfWriter) -> None:
    """two notes of the same identifier."""
    for element in elements(writer, "/P"):
        put(element, S="/Note", ID="note")


@in_objects("ua1 7.2-26")
def entry_without_contents(writer: PdfWriter) -> None:
    """an entry of a table of contents that is not there."""
    put(elements(writer, "/P")[0], S="/TOCI")


@in_objects("ua1 7.2-18")
def list_of_paragraphs(writer: PdfWriter) -> None:
    """a list of paragraphs."""
    retag(writer, "/LI", "/P")


@in_objects("ua1 7.2-20")
def item_without_body(writer: PdfWriter) -> None:
    """items that have a paragraph for a body."""
    retag(writer, "/LBody", "/P")


@in_objects("ua1 7.2-5")
def head_without_table(writer: PdfWriter) -> None:
    """a table's parts outside of a table."""
    retag(writer, "/Table", "/Div")


@in_objects("ua1 7.2-8")
def cells_without_row(writer: PdfWriter) -> None:
    """cells outside of a row."""
    retag(writer, "/TR", "/Div")


@in_objects("ua1 7.2-11")
def two_table_heads(writer: PdfWriter) -> None:
    """a table with two heads."""
    retag(writer, "/TBody", "/THead")


@in_objects("ua1 7.5-1")
def cells_without_header(writer: PdfWriter) -> None:
    """cells that are told neither headers nor their scope."""
    for cell in elements(writer, "/TD"):
        del cell["/A"]["/Headers"]


@in_objects("ua1 7.5-2")
def unknown_header(writer: PdfWriter) -> None:
    """a cell whose header is not there."""
    put(elements(writer, "/TD")[0]["/A"], Headers=["nowhere"])


@in_objects("ua1 7.18.3-1")
def no_tab_order(writer: PdfWriter) -> None:
    """links in no order."""
    del first_page(writer)["/Tabs"]


@in_objects("ua1 7.18.5-2")
def undescribed_link(writer: PdfWriter) -> None:
    """a link without a description."""
    del link(writer)["/Contents"]


@in_objects("ua1 7.18.5-1")
def untagged_link(writer: PdfWriter) -> None:
    """a link that no element holds."""
    del link(writer)["/StructParent"]


@in_objects("ua1 7.18.5-1")
def link_in_span(writer: PdfWriter) -> None:
    """a link in an element that is none."""
    retag(writer, "/Link", "/Span")


@in_objects("2a 6.3.2-1")
def link_without_flags(writer: PdfWriter) -> None:
    """a link that does not say whether it prints."""
    del link(writer)["/F"]


@in_objects("2a 6.3.2-2")
def hidden_link(writer: PdfWriter) -> None:
    """a link that is hidden."""
    put(link(writer), F=2)


@in_objects("2a 6.5.1-1")
def launching_link(writer: PdfWriter) -> None:
    """a link that starts a program."""
    put(link(writer), A={"S": "/Launch", "F": "program"})


@in_objects("2a 6.3.1-1", "ua1 7.18.1-1")
def film(writer: PdfWriter) -> None:
    """a film."""
    put(link(writer), Subtype="/Movie")
