"""Our first issue as a Word file, and back: what is imported says what the issue said."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from cstprint.blocks.figures import FigureGroup
from cstprint.blocks.heading import Heading
from cstprint.blocks.prose import Prose
from cstprint.importing.bring import Wishes, bring
from cstprint.issue.model import Issue
from cstprint.issue.reader import read_issue
from cstprint.web import Web
from tests.support.projects import SEED

#: (kind, text …) of all that an issue says, in its order.
Said = list[tuple[Any, ...]]
_SIZES = {0: 22, 1: 18, 2: 15, 3: 12}


def seed() -> Issue:
    read = read_issue(SEED)
    assert read.value is not None
    return read.value


def said_by(issue: Issue, folder: Path) -> Said:
    """Titles, levels, paragraphs with their marks, captions, credits and the bytes of pictures."""
    found: Said = []

    def blocks(some: Any) -> Iterator[tuple[Any, ...]]:
        for block in some:
            if isinstance(block, Heading):
                yield ("head", block.level, block.content.plain)
            elif isinstance(block, FigureGroup):
                for figure in block.figures:
                    caption = figure.caption.plain if figure.caption else ""
                    credit = figure.credit.plain if figure.credit else ""
                    yield ("figure", caption, credit, str(figure.alt), (folder / figure.image).read_bytes())
            elif isinstance(block, Prose):
                inline = [token for token in block.tokens if token.type == "inline"]
                marks = [
                    child.type for token in inline for child in token.children or () if child.type != "text"
                ]
                yield ("text", "\n".join(token.content for token in inline), marks)
            else:
                raise AssertionError(block)

    found += blocks(issue.cover)
    for article in issue.articles:
        found.append(("title", article.title.plain))
        found.append(("standfirst", article.standfirst.plain if article.standfirst else ""))
        found.append(("source", article.source.plain if article.source else ""))
        found += blocks(article.blocks)
    return found


def as_word(issue: Issue, *, styles: bool) -> bytes:
    """The issue as somebody would type it into Word: with styles, or with larger and bolder type for heads."""
    document = docx.Document()
    section = document.sections[0]
    measure = section.page_width - section.left_margin - section.right_margin  # type: ignore[operator]

    def head(text: str, level: int) -> None:
        if styles:
            document.add_heading(text, level)
            return
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if level < 2 else WD_ALIGN_PARAGRAPH.LEFT
        run = paragraph.add_run(text)
        run.bold, run.font.size = True, Pt(_SIZES[level])

    head("中国科技通讯 2020 年第 2 期", 0)
    _blocks(document, issue.cover, head, measure)
    for article in issue.articles:
        head(article.title.plain, 1)
        if article.standfirst is not None:
            if styles:
                document.styles.add_style("导语", 1)
                document.add_paragraph(article.standfirst.plain, "导语")
            else:
                document.add_paragraph(article.standfirst.plain)
        _blocks(document, article.blocks, head, measure)
        if article.source is not None:
            document.add_paragraph(f"来源：{article.source.plain}")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _blocks(document: DocxDocument, blocks: Any, head: Any, measure: int) -> None:
    for block in blocks:
        if isinstance(block, Heading):
            head(block.content.plain, block.level + 1)
        elif isinstance(block, FigureGroup):
            for figure in block.figures:
                shape = document.add_picture(str(SEED.parent / figure.image), width=measure)
                shape._inline.docPr.set("descr", str(figure.alt))
                document.add_paragraph(figure.caption.plain if figure.caption else "", "Caption")
        else:
            for token in block.tokens:
                if token.type == "inline":
                    document.add_paragraph(re.sub(r"\\(.)", r"\1", token.content))


def imported(data: bytes, folder: Path) -> tuple[Issue, Path]:
    source = folder / "通讯.docx"
    source.write_bytes(data)
    made = bring(source, Wishes("newsletter"), {"title": "中国科技通讯", "publisher": "科技部"}, Web())
    assert made.value is not None, made.diagnostics
    assert [one for one in made.diagnostics if one.severity != "note"] == []
    assert (
        bring(source, Wishes("newsletter"), {"title": "中国科技通讯", "publisher": "科技部"}, Web()).value
        == made.value
    )
    target = folder / "issue"
    for name, content in made.value.files.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(content)
    read = read_issue(target / "issue.yaml")
    assert read.value is not None, read.diagnostics
    return read.value, target


@pytest.mark.parametrize("styles", [True, False], ids=["styles", "bold paragraphs"])
def test_the_first_issue_comes_back_from_word(styles: bool, tmp_path: Path) -> None:
    issue, folder = imported(as_word(seed(), styles=styles), tmp_path)
    expected = said_by(seed(), SEED.parent)
    if not styles:  # nothing says which paragraph the standfirst is
        number = next(place for place, one in enumerate(expected) if one[0] == "standfirst")
        lead = expected[number][1]
        expected[number] = ("standfirst", "")
        expected.insert(number + 2, ("text", lead, []))
    found = said_by(issue, folder)
    assert [one[:4] for one in found] == [one[:4] for one in expected]
    assert found == expected
    assert (str(issue.title), issue.number, str(issue.date)) == ("中国科技通讯", 2, "2020")
