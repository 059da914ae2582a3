"""What a program can do wrong in the catalogue: XMP, colour profile, actions, attachments."""

from __future__ import annotations

from pypdf import PdfWriter
from pypdf.generic import DictionaryObject

from tests.conformance.breaking import in_objects
from tests.conformance.good import PDFUA_DESCRIPTION, change_xmp
from tests.conformance.objects import catalogue, first_page, put, stream


@in_objects("2a 6.6.2.1-1", "ua1 7.1-8")
def no_xmp(writer: PdfWriter) -> None:
    """no XMP."""
    del catalogue(writer)["/Metadata"]


@in_objects("2a 6.6.2.1-1", "ua1 7.1-8")
def untyped_xmp(writer: PdfWriter) -> None:
    """XMP in a stream that does not say that it is XMP."""
    del catalogue(writer)["/Metadata"]["/Type"], catalogue(writer)["/Metadata"]["/Subtype"]


@in_objects("2a 6.6.2.1-4", "ua1 5-1")
def malformed_xmp(writer: PdfWriter) -> None:
    """XMP that is not well-formed."""
    change_xmp(writer, "</rdf:RDF>", "")


@in_objects("2a 6.6.4-1")
def no_pdfa_part(writer: PdfWriter) -> None:
    """XMP that does not say PDF/A."""
    change_xmp(writer, ' pdfaid:part="2" pdfaid:conformance="A"', "")


@in_objects("2a 6.6.4-2")
def other_pdfa_part(writer: PdfWriter) -> None:
    """XMP that says PDF/A-3."""
    change_xmp(writer, 'pdfaid:part="2"', 'pdfaid:part="3"')


@in_objects("2a 6.6.4-3")
def other_pdfa_level(writer: PdfWriter) -> None:
    """XMP that claims level B only."""
    change_xmp(writer, 'pdfaid:conformance="A"', 'pdfaid:conformance="B"')


@in_objects("ua1 5-1")
def no_pdfua_part(writer: PdfWriter) -> None:
    """XMP that does not say PDF/UA."""
    change_xmp(writer, PDFUA_DESCRIPTION, "")


@in_objects("2a 6.6.2.3.1-1")
def undescribed_property(writer: PdfWriter) -> None:
    """XMP that says PDF/UA without describing that property."""
    end = "</rdf:Description>\n"
    said, *_ = PDFUA_DESCRIPTION.partition(end)
    change_xmp(writer, PDFUA_DESCRIPTION, said + end)


@in_objects("2a 6.6.2.3.1-2")
def plain_creator(writer: PdfWriter) -> None:
    """XMP whose creator is not a list."""
    change_xmp(writer, "<rdf:Seq><rdf:li>示例编辑部</rdf:li></rdf:Seq>", "示例编辑部")


@in_objects("2a 6.6.2.3.1-2")
def date_in_words(writer: PdfWriter) -> None:
    """XMP whose date is none."""
    date = "<xmp:CreateDate>二月</xmp:CreateDate>"
    description = (
        f'<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">{date}</rdf:Description>'
    )
    change_xmp(writer, "</rdf:RDF>", description + "</rdf:RDF>")


@in_objects("2a 6.6.2.1-3")
def packet_encoding(writer: PdfWriter) -> None:
    """XMP whose packet header names an encoding."""
    change_xmp(writer, '<?xpacket begin=""', '<?xpacket begin="" encoding="UTF-8"')


@in_objects("ua1 7.1-9")
def title_only_in_info(writer: PdfWriter) -> None:
    """a title that XMP does not have."""
    change_xmp(writer, "dc:title", "dc:source")


@in_objects("ua1 7.1-10")
def title_not_displayed(writer: PdfWriter) -> None:
    """a title that viewers need not display."""
    del catalogue(writer)["/ViewerPreferences"]


@in_objects("ua1 7.2-2")
def no_catalogue_language(writer: PdfWriter) -> None:
    """no language in the catalogue."""
    del catalogue(writer)["/Lang"]


@in_objects("2a 6.2.4.3-2")
def no_output_intent(writer: PdfWriter) -> None:
    """colours without an output intent."""
    del catalogue(writer)["/OutputIntents"]


@in_objects("2a 6.2.3-1")
def broken_profile(writer: PdfWriter) -> None:
    """a colour profile that is damaged."""
    catalogue(writer)["/OutputIntents"][0]["/DestOutputProfile"].set_data(b"damaged")


@in_objects("2a 6.2.3-2")
def two_profiles(writer: PdfWriter) -> None:
    """two output intents of different profiles."""
    intents = catalogue(writer)["/OutputIntents"]
    profile = intents[0]["/DestOutputProfile"]
    other = DictionaryObject(intents[0])
    put(other, DestOutputProfile=stream(writer, profile.get_data(), N=3))
    intents.append(other)


@in_objects("2a 6.5.1-1")
def script(writer: PdfWriter) -> None:
    """a script that runs when it is opened."""
    put(catalogue(writer), OpenAction={"S": "/JavaScript", "JS": "app.beep()"})


@in_objects("2a 6.5.2-2")
def page_action(writer: PdfWriter) -> None:
    """an action that runs when a page is opened."""
    put(first_page(writer), AA={"O": {"S": "/URI", "URI": "https://example.org/"}})


@in_objects("2a 6.8-5", "ua1 7.11-1")
def attached_text(writer: PdfWriter) -> None:
    """an attachment that is no PDF/A."""
    writer.add_attachment("附件.txt", b"text")


@in_objects("2a 6.9-1", "ua1 7.10-1")
def unnamed_layers(writer: PdfWriter) -> None:
    """layers without a name for their configuration."""
    layer = writer._add_object(DictionaryObject())
    put(layer.get_object(), Type="/OCG", Name="层")
    put(catalogue(writer), OCProperties={"OCGs": [layer], "D": {"Order": [layer]}})


@in_objects("2a 6.4.2-2")
def dynamic_form(writer: PdfWriter) -> None:
    """pages that a viewer must first render."""
    put(catalogue(writer), NeedsRendering=True)
