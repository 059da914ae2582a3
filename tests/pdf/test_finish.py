"""Finishing a PDF: what it says about itself comes from the issue, never from the clock."""

from __future__ import annotations

import datetime
import io
import xml.etree.ElementTree as ET

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

from cstprint.pdf.finish import PdfMetadata, finish, xmp
from cstprint.pdf.inspect import PdfFacts

METADATA = PdfMetadata(
    title="示例通讯 2020 年第 3 期",
    author="示例编辑部",
    publisher="示例 & <单位>",
    subject="一篇；两篇",
    identifier="issue-2020-03",
    language="zh-Hans",
    date="2020-02",
)


@pytest.fixture
def blank() -> bytes:
    writer = PdfWriter()
    for _ in range(3):
        writer.add_blank_page(100, 100)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_the_information_dictionary_and_xmp_say_the_same(blank: bytes) -> None:
    facts = PdfFacts(finish(blank, METADATA))
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


def test_pages_are_labelled_from_one(blank: bytes) -> None:
    assert PdfFacts(finish(blank, METADATA)).page_labels == ["1", "2", "3"]


def test_there_is_no_modification_date_unless_it_is_given(blank: bytes) -> None:
    assert "/ModDate" not in PdfFacts(finish(blank, METADATA)).info
    given = datetime.datetime(2020, 5, 1, 12, tzinfo=datetime.UTC)
    dated = PdfMetadata("t", "a", "p", "s", "i", "en", "2020", modified=given)
    facts = PdfFacts(finish(blank, dated))
    assert facts.info["/ModDate"] == "D:20200501120000Z"
    assert "<xmp:ModifyDate>2020-05-01T12:00:00Z<" in facts.xmp


def test_the_same_input_gives_the_same_bytes(blank: bytes) -> None:
    assert finish(blank, METADATA) == finish(blank, METADATA)


def test_the_version_is_1_7_and_the_outline_is_shown(blank: bytes) -> None:
    data = finish(blank, METADATA)
    assert data.startswith(b"%PDF-1.7")
    assert PdfReader(io.BytesIO(data)).root_object.get("/PageMode") == NameObject("/UseOutlines")
