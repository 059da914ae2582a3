"""Files inside a PDF: another reader gets back what was put in."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import unquote

import pytest
from pypdf import PdfReader

from cstprint.diagnostics import UsageError
from cstprint.pdf.embed import Attachment
from cstprint.pdf.finish import PdfMetadata, finish
from cstprint.pdf.standard import choose_standard
from tests.support.attachments import attachment_names, attachments
from tests.support.pdfs import empty_pdf, written

METADATA = PdfMetadata("t", "a", "p", "s", "i", "zh-Hans", "2020")
FILES = (
    Attachment("issue.yaml", "application/yaml", "标题: 一\n".encode()),
    Attachment("images/图 1.png", "image/png", bytes(range(256)) * 9),
    Attachment("images%2F图 1.png", "image/png", b"x"),
    Attachment("a.json", "application/json", b"{}", "Supplement"),
)


def made(*files: Attachment) -> bytes:
    pdf = empty_pdf(pages=1)
    finish(pdf, METADATA, attachments=files)
    return written(pdf)


def catalogue(pdf: bytes) -> Any:
    return PdfReader(io.BytesIO(pdf)).root_object


def test_another_reader_gets_back_the_same_bytes_under_the_same_names() -> None:
    assert attachments(made(*FILES)) == {one.path: one.data for one in FILES}


def test_no_name_leads_into_a_folder() -> None:
    names = attachment_names(made(*FILES))
    assert "images%2F图 1.png" in names
    assert [name for name in names if "/" in name] == []


def test_each_file_says_its_path() -> None:
    names = catalogue(made(*FILES))["/Names"]["/EmbeddedFiles"]["/Names"]
    assert {str(one.get_object()["/Desc"]) for one in names[1::2]} == {one.path for one in FILES}


def test_the_order_in_which_files_are_given_does_not_matter() -> None:
    assert made(*FILES) == made(*reversed(FILES))


def test_the_name_tree_is_sorted_and_its_keys_are_ascii() -> None:
    root = catalogue(made(*FILES))
    keys = [str(key) for key in root["/Names"]["/EmbeddedFiles"]["/Names"][::2]]
    assert keys == sorted(keys)
    assert all(key.isascii() for key in keys)


def test_each_file_is_tied_to_the_document_with_its_type_size_and_no_date() -> None:
    root = catalogue(made(*FILES))
    told = {}
    for reference in root["/AF"]:
        specification = reference.get_object()
        file = specification["/EF"]["/F"]
        assert specification["/EF"]["/UF"].get_data() == file.get_data()
        assert set(file["/Params"]) == {"/Size", "/CheckSum"}
        name = unquote(specification["/UF"])
        told[name] = (specification["/AFRelationship"], file["/Subtype"], file["/Params"]["/Size"])
    assert told == {one.path: (f"/{one.relationship}", f"/{one.media_type}", len(one.data)) for one in FILES}


def test_without_files_nothing_says_that_there_are_some() -> None:
    root = catalogue(made())
    assert "/AF" not in root


@pytest.mark.parametrize(
    ("asked", "with_files", "chosen"),
    [
        (None, False, "a-2a+ua-1"),
        (None, True, "a-3a+ua-1"),
        ("a-3a", True, "a-3a"),
        ("ua-1", True, "ua-1"),
        ("none", True, "none"),
        ("a-2u", False, "a-2u"),
    ],
)
def test_files_make_the_default_pdf_a_3(asked: str | None, with_files: bool, chosen: str) -> None:
    assert choose_standard(asked, with_files=with_files) == chosen


@pytest.mark.parametrize("asked", ["a-2u", "a-2a", "a-2a+ua-1"])
def test_a_standard_that_forbids_files_is_refused_with_those_that_do_not(asked: str) -> None:
    with pytest.raises(UsageError) as caught:
        choose_standard(asked, with_files=True)
    (told,) = caught.value.diagnostics
    assert told.code == "CST-U020"
    assert "a-3a+ua-1" in str(told.hint)
