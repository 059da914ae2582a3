"""Files that are no Word files, damaged, locked, or meant to do harm: one error each, and nothing left behind."""

from __future__ import annotations

import io
import zipfile

import pytest

from cstprint.importing.word import package
from cstprint.importing.word import xml as xml_module
from cstprint.importing.word.xml import MAX_DEPTH
from tests.conftest import Run
from tests.support.projects import SmallProject
from tests.support.word_files import Made, p, packed, said, xml

WHOLE = Made(p("正文。")).bytes()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500


def with_document(content: str | bytes) -> bytes:
    """A package whose text is this."""
    return Made("", parts={"word/document.xml": content}).bytes()


def locked() -> bytes:
    """A package with an entry that needs a password."""
    data = bytearray(WHOLE)
    for start in (b"PK\x03\x04", b"PK\x01\x02"):
        place = data.find(start)
        data[place + (6 if start[2] == 3 else 8)] |= 1
    return bytes(data)


def bomb() -> bytes:
    """A package whose text unpacks to a thousand times its size."""
    return with_document(b"<w>" + b" " * 20_000_000 + b"</w>")


ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><w:document>&b;</w:document>'
)
DEEP = xml("w:document", "<w:body>" + "<w:tbl>" * MAX_DEPTH + "</w:tbl>" * MAX_DEPTH + "</w:body>")


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "CST-I010", "empty"),
        (b"hello", "CST-I010", "not a package"),
        (WHOLE[: len(WHOLE) // 2], "CST-I010", "incomplete"),
        (WHOLE[:200] + b"\xff" * 60 + WHOLE[260:], "CST-I010", "damaged"),
        (OLE + "WordDocument".encode("utf-16-le"), "CST-I010", "97"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "CST-I010", "password"),
        (locked(), "CST-I010", "password"),
        (b"{\\rtf1 a}", "CST-I010", "RTF"),
        (b"<html><body>a</body></html>", "CST-I010", "web page"),
        (b"%PDF-1.7", "CST-I010", "PDF"),
        (packed({"xl/workbook.xml": "<a/>"}), "CST-I010", "Excel"),
        (packed({"content.xml": "<a/>"}), "CST-I010", "OpenDocument"),
        (packed({"a.txt": "a"}), "CST-I010", "word/document.xml"),
        (with_document("<w:document>"), "CST-I010", "not well-formed"),
        (with_document("<html/>"), "CST-I010", "no text"),
        (with_document(ENTITIES), "CST-I011", "entities"),
        (with_document(DEEP), "CST-I011", "deep"),
        (bomb(), "CST-I011", "times its size"),
        (packed({f"{number}.xml": "" for number in range(package.MAX_PARTS + 1)}), "CST-I011", "parts"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_one_error_and_leaves_nothing(
    project: SmallProject, run: Run, data: bytes, code: str, words: str
) -> None:
    project.write("news.docx", data)
    done = run("import", "news.docx")
    assert done.status == 1
    assert done.err.count("error CST-") == 1
    assert f"news.docx: error {code}" in done.err
    assert words in done.err
    assert not [path for path in (project.root / "issues").glob("*") if path.is_dir()]


def test_a_part_that_says_less_than_it_holds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_XML_BYTES", 1000)
    assert [one.code for one in Made(p("字" * 1000)).document().found] == ["CST-I011"]


def test_a_part_has_a_limit_of_elements(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_module, "MAX_ELEMENTS", 50)
    document = Made(p("字") * 20).document()
    assert [one.code for one in document.found] == ["CST-I011"]
    assert "50 elements" in str(document.found[0].message)


def test_all_parts_together_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_TOTAL_BYTES", 1000)
    assert [one.code for one in Made(p("字" * 500)).document().found] == ["CST-I011"]


def test_macros_are_reported_and_the_text_is_read() -> None:
    document = Made(p("正文。"), parts={"word/vbaProject.bin": b"x"}).document()
    assert said(document) == ["CST-I006 1 Left out: macros; they are not run, and not read."]


def test_a_part_beside_the_text_that_is_broken_is_reported_and_the_text_is_read() -> None:
    document = Made(p("正文。"), parts={"word/comments.xml": "<w:comments>"}).document()
    assert [one.code for one in document.found] == ["CST-I012"]
    assert len(document.pieces) == 1


def test_names_that_lead_out_of_the_package_are_not_written(project: SmallProject, run: Run) -> None:
    stream = io.BytesIO(WHOLE)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("../../evil.txt", "x")
        archive.writestr("/tmp/evil-of-word.txt", "x")
    project.write("from/第3期.docx", stream.getvalue())
    assert run("import", "from/第3期.docx").status == 0
    assert not list(project.root.parent.rglob("*evil*"))


def test_files_of_older_kinds_in_a_folder_are_reported_and_locks_are_not_read(
    project: SmallProject, run: Run
) -> None:
    project.write("from/1.docx", WHOLE)
    project.write("from/2.doc", OLE)
    project.write("from/~$1.docx", b"lock")
    done = run("import", "from")
    assert done.status == 0
    assert "2.doc" in done.err
    assert "~$" not in done.err
