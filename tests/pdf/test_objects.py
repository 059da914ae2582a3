"""The objects of a PDF as we read them: as they were written, as pypdf finds them, or not at all."""

from __future__ import annotations

import io
import random
from typing import Any

import pydyf
import pytest

from cstprint.pdf import inspect
from cstprint.pdf.inspect import PdfFacts
from cstprint.pdf.objects import UnreadError, read_catalog
from tests.conftest import Run
from tests.support.pdfs import empty_pdf, written
from tests.support.projects import ISSUE, SmallProject

#: Notes, links, a table, a list, a passage in another language: all that tags are made of.
BODY = """\
body: |
      正文 text [链接](https://example.org)，见[@here page]。[^1]

      # 标题 (\\\\一) {#here}

      - 项 [word]{lang=en}

      | 表 | 头 |
      |----|----|
      | 一 | 1  |

      [^1]: 脚注
"""


@pytest.fixture(params=["a-2a+ua-1", "a-3a", "none"])
def pdf(request: pytest.FixtureRequest, project: SmallProject, run: Run) -> bytes:
    """An issue as it is written for a standard."""
    project.issue(ISSUE.replace("body: 正文。\n", BODY))
    outcome = run("render", "one", "--standard", request.param)
    assert (outcome.status, outcome.err) == (0, "")
    return (project.root / "dist/one.pdf").read_bytes()


def facts(data: bytes) -> Any:
    """What every render asks of its PDF."""
    read = PdfFacts(data)
    tags = [
        (tag.kind, tag.page, tag.alt, tag.scope, tag.inward, len(tag.kids)) for tag in read.structure.walk()
    ]
    return read.page_count, read.fonts, read.link_areas, tags, str(read.catalog.get("/Lang"))


@pytest.mark.render
def test_what_a_render_asks_for_is_what_pypdf_finds(pdf: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    read_catalog(pdf)
    ours = facts(pdf)

    def refuse(_: bytes) -> None:
        raise UnreadError

    monkeypatch.setattr(inspect, "read_catalog", refuse)
    assert ours == facts(pdf)


def written_of(value: pydyf.Object) -> Any:
    """An object as it is read from a PDF that holds it."""
    pdf = empty_pdf(pages=1)
    pdf.add_object(value)
    pdf.catalog["Held"] = value.reference
    return read_catalog(written(pdf))["/Held"]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("plain", "plain"),
        ("(a\\) (b", "(a\\) (b"),
        ("汉字", "汉字"),
        ("", ""),
        (">> endobj\n1 0 R", ">> endobj\n1 0 R"),
    ],
)
def test_a_text_is_read_as_it_was_written(text: str, read: str) -> None:
    assert written_of(pydyf.Dictionary({"T": pydyf.String(text)})) == {"/T": read}


def test_numbers_names_words_and_lists_are_read() -> None:
    held = pydyf.Array(
        [1, -2, 0.5, b"-.25", b"/Name#20", b"true", b"false", b"null", pydyf.Array(), b"<< >>"]
    )
    assert written_of(held) == [1, -2, 0.5, -0.25, "/Name#20", True, False, None, [], {}]


def test_what_pydyf_does_not_write_is_left_to_pypdf() -> None:
    stream = io.BytesIO()
    empty_pdf(pages=2).write(stream)  # without object streams
    with pytest.raises(UnreadError):
        read_catalog(stream.getvalue())
    assert PdfFacts(stream.getvalue()).page_count == 2


def test_damage_is_told_and_nothing_else_is_raised() -> None:
    whole = written(empty_pdf(pages=3))
    chance = random.Random(1)
    told = 0
    for _ in range(500):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            read_catalog(bytes(damaged))
        except UnreadError:
            told += 1
    assert told > 250
    for length in range(0, len(whole) - 1, 7):
        with pytest.raises(UnreadError):
            read_catalog(whole[:length])
