"""Finishing a PDF: what it says about itself comes from the issue, never from the clock."""

from __future__ import annotations

import datetime
import io
import xml.etree.ElementTree as ET

import pydyf
from pypdf import PdfReader
from pypdf.generic import NameObject

from cstprint.pdf.finish import PdfMetadata, finish, xmp
from cstprint.pdf.inspect import PdfFacts
from tests.support.pdfs import empty_pdf, written

METADATA = PdfMetadata(
    title="示例通讯 2020 年第 3 期",
    author="示例编辑部",
    publisher="示例 & <单位>",
    subject="一篇；两篇",
    identifier="issue-2020-03",
    language="zh-Hans",
    date="2020-02",
)


def finished(metadata: PdfMetadata = METADATA) -> bytes:
    """Three empty pages, finished and written."""
    pdf = empty_pdf(pages=3)
    finish(pdf, metadata)
    return written(pdf)


def test_the_information_dictionary_and_xmp_say_the_same() -> None:
    facts = PdfFacts(finished())
    assert facts.info["/Title"] == METADATA.title
    assert facts.info["/CreationDate"] == "D:202002"
    assert f">{METADATA.title}<" in facts.xmp
    assert "<xmp:CreateDate>2020-02<" in facts.xmp


def test_xmp_is_well_formed_whatever_the_publisher_is_called() -> None:
    packet = xmp(METADATA)
    body = packet[packet.index("<x:xmpmeta") : packet.rindex("<?xpacket")]
    tree = ET.fromstring(body)
    publishers = tree.findall(".//{http://purl.org/dc/elements/1.1/}publisher//*")
    assert publishers[-1].text == "示例 & <单位>"


def test_pages_are_labelled_from_one() -> None:
    assert PdfFacts(finished()).page_labels == ["1", "2", "3"]


def test_annotations_are_printed_as_they_are_shown() -> None:
    pdf = empty_pdf(pages=1)
    link = pydyf.Dictionary({"Type": "/Annot", "Subtype": "/Link", "Rect": pydyf.Array([0, 0, 9, 9])})
    pdf.add_object(link)
    finish(pdf, METADATA)
    assert link["F"] == 4


def test_there_is_no_modification_date_unless_it_is_given() -> None:
    assert "/ModDate" not in PdfFacts(finished()).info
    given = datetime.datetime(2020, 5, 1, 12, tzinfo=datetime.UTC)
    dated = PdfMetadata("t", "a", "p", "s", "i", "en", "2020", modified=given)
    facts = PdfFacts(finished(dated))
    assert facts.info["/ModDate"] == "D:20200501120000Z"
    assert "<xmp:ModifyDate>2020-05-01T12:00:00Z<" in facts.xmp


def test_the_same_input_gives_the_same_bytes() -> None:
    assert finished() == finished()


def test_the_version_is_1_7_and_the_outline_is_shown() -> None:
    data = finished()
    assert data.startswith(b"%PDF-1.7")
    assert PdfReader(io.BytesIO(data)).root_object.get("/PageMode") == NameObject("/UseOutlines")


def test_the_metadata_that_the_engine_made_is_replaced_not_added_to() -> None:
    pdf = empty_pdf(pages=1)
    stale = pydyf.Stream([b"<x:xmpmeta>stale</x:xmpmeta>"])
    pdf.add_object(stale)
    pdf.catalog["Metadata"] = stale.reference
    finish(pdf, METADATA)
    data = written(pdf)
    assert data.count(b"<x:xmpmeta") == 1
    assert f">{METADATA.title}<" in PdfFacts(data).xmp
