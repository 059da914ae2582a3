"""Word files made from a grammar: every letter that a reader sees in Word is in the issue, heads in their order."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from cstprint import rendering
from cstprint.blocks.heading import Heading
from cstprint.importing.bring import Wishes, bring
from cstprint.issue.model import Issue
from cstprint.issue.reader import read_issue
from cstprint.job import RenderOptions
from cstprint.project import open_project
from cstprint.web import Web
from tests.support.pages import letters, read_pages
from tests.support.projects import picture_bytes
from tests.support.samples import seeds
from tests.support.word_files import (
    Made,
    field_of,
    level,
    numbered,
    numbering,
    p,
    picture,
    run,
    style,
    table,
    tc,
    tr,
    xml,
)

COUNT = 300
HAN = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
#: Stands in what nobody sees, and nowhere else.
UNSEEN = "隐"
PARTS: dict[str, str | bytes] = {
    "word/numbering.xml": numbering(
        level(0, "decimal", "%1."), level(1, "bullet", "●"), level(2, "lowerLetter", "%3)")
    ),
    "word/footnotes.xml": xml(
        "w:footnotes", "".join(f'<w:footnote w:id="{n}">{p(f"注{n}")}</w:footnote>' for n in range(9))
    ),
}
STYLES = (
    style("1", "heading 1")
    + style("2", "heading 2")
    + style("3", "heading 3")
    + style("c", "caption")
    + style("q", "Quote")
)

#: (XML, letters that are seen of it)
Block = tuple[str, str]


class Drawing:
    """Draws the blocks of one file."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.heads: list[str] = []
        self.pictures = 0
        self.notes = 0

    def words(self, least: int = 3, most: int = 12) -> str:
        return "".join(self.draw.choices(HAN, k=self.draw.randint(least, most)))

    def text(self) -> Block:
        inside = seen = ""
        for _ in range(self.draw.randint(1, 6)):
            part, shown = self.draw.choice(self.RUNS)(self)
            inside, seen = inside + part, seen + shown
        return p(inside + run("。")), seen

    def head(self) -> Block:
        words, depth = self.words(), self.draw.choice((2, 2, 3))
        self.heads.append(words)
        return p("".join(run(one) for one in words), str(depth)), words

    def list_(self) -> Block:
        items = [(self.words(), self.draw.randint(0, 2)) for _ in range(self.draw.randint(2, 5))]
        xml_ = "".join(
            p(words, properties=numbered(1, depth if number else 0))
            for number, (words, depth) in enumerate(items)
        )
        return xml_, "".join(words for words, _ in items)

    def table_(self) -> Block:
        columns = self.draw.randint(2, 4)
        cells = [[self.words(1, 6) for _ in range(columns)] for _ in range(self.draw.randint(2, 4))]
        rows = "".join(tr(*map(tc, row)) for row in cells)
        merged = self.words(2, 5)
        if self.draw.random() < 0.5:
            rows = tr(tc(merged, f'<w:gridSpan w:val="{columns}"/>'), properties="<w:tblHeader/>") + rows
        else:
            merged = ""
        return table(rows), merged + "".join(map("".join, cells))

    def figure(self) -> Block:
        caption = self.words()
        self.pictures += 1
        return p(picture(width_pt=self.draw.choice((400, 200)))) + p(caption, "c"), caption

    def quote(self) -> Block:
        words = self.words()
        return p(words + "。", "q"), words

    BLOCKS: tuple[Callable[[Drawing], Block], ...] = (text, text, text, head, list_, table_, figure, quote)

    def plain(self) -> Block:
        words = self.words()
        return run(words), words

    def marked(self) -> Block:
        words = self.words()
        mark = self.draw.choice(
            (
                "<w:b/>",
                "<w:i/>",
                "<w:b/><w:i/>",
                '<w:u w:val="single"/>',
                "<w:strike/>",
                '<w:em w:val="dot"/>',
            )
        )
        half = len(words) // 2
        return run(words[:half], mark) + run(words[half:], mark + "<w:rFonts/>"), words

    def hidden(self) -> Block:
        return run(UNSEEN, "<w:vanish/>"), ""

    def changed(self) -> Block:
        words = self.words()
        return f"<w:ins>{run(words)}</w:ins><w:del><w:r><w:delText>{UNSEEN}</w:delText></w:r></w:del>", words

    def linked(self) -> Block:
        words = self.words()
        return field_of('HYPERLINK "https://example.org/a"', words), words

    def noted(self) -> Block:
        self.notes += 1
        number = self.notes % 9
        return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>', "" if self.notes > 9 else f"注{number}"

    def odd(self) -> Block:
        words = self.words(1, 3)
        return run(f"{words}*_[]&lt;b&gt;# 1. $x"), f"{words}b1x"

    RUNS: tuple[Callable[[Drawing], Block], ...] = (
        plain,
        plain,
        marked,
        marked,
        hidden,
        changed,
        linked,
        noted,
        odd,
    )

    def file(self) -> tuple[bytes, str]:
        """A Word file, and the letters that are seen of it."""
        body = seen = ""
        for _ in range(self.draw.randint(1, 3)):
            title = self.words()
            self.heads.append(title)
            body, seen = body + p(title, "1") + p("正文。"), seen + title + "正文"
            for _ in range(self.draw.randint(1, 8)):
                block, shown = self.draw.choice(self.BLOCKS)(self)
                body, seen = body + block, seen + shown
        parts = {**PARTS, "word/media/image1.png": picture_bytes()}
        return Made(body, STYLES, parts, {"rIdP": ("image", "media/image1.png")}).bytes(), letters(seen)


def imported(number: int, folder: Path) -> tuple[Issue, str, str, Drawing]:
    """Import a file; return the issue, its text, the letters that have to be printed, and what drew them."""
    drawing = Drawing(number)
    data, seen = drawing.file()
    (folder / "第3期.docx").write_bytes(data)
    made = bring(
        folder / "第3期.docx", Wishes("newsletter"), {"title": "通讯", "publisher": "部"}, Web()
    ).value
    assert made is not None
    for name, content in made.files.items():
        target = folder / "issues/weekly" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    read = read_issue(folder / "issues/weekly/issue.yaml")
    assert read.value is not None, [str(one) for one in read.diagnostics]
    assert [one for one in read.diagnostics if one.is_error] == []
    return read.value, made.files["issue.yaml"].decode(), seen, drawing


def lost(seen: str, printed: str) -> set[str]:
    return set(Counter(seen) - Counter(printed))


@pytest.mark.parametrize("number", seeds(COUNT, few=25))
def test_every_letter_every_head_and_every_picture_of_a_word_file_is_in_the_issue(
    number: int, tmp_path: Path
) -> None:
    issue, text, seen, drawing = imported(number, tmp_path)
    assert lost(seen, letters(text)) == set()
    assert UNSEEN not in text
    assert len(re.findall(r"figure: images/", text)) == drawing.pictures
    heads: list[str] = []
    for article in issue.articles:
        heads.append(article.title.plain)
        heads += [block.content.plain for block in article.blocks if isinstance(block, Heading)]
    if len(issue.sections) == 1 and issue.headline is None:
        assert heads == drawing.heads


@pytest.mark.render
@pytest.mark.usefixtures("_built_in_fonts")
@pytest.mark.parametrize("number", seeds(COUNT, few=2))
def test_every_letter_of_a_word_file_is_printed(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendering, "use_fonts", lambda _library: None)
    _, _, seen, _ = imported(number, tmp_path)
    result = rendering.render(tmp_path / "issues/weekly/issue.yaml", open_project(tmp_path), RenderOptions())
    assert result.value is not None, [str(found) for found in result.diagnostics]
    printed = letters("".join(page.text for page in read_pages(result.value.pdf)))
    assert {letter for letter in lost(seen, printed) if not letter.isspace()} == set()
