"""All issues of this repository, from YAML to PDF: that each can be printed as it is.

The specimen also has to use whatever an issue may hold, so that whoever changes a layout sees all of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

import pytest
import yaml

from cstprint.blocks.common import known
from cstprint.blocks.decoration import DecorationEntry
from cstprint.blocks.heading import Heading
from cstprint.blocks.notice import Notice
from cstprint.blocks.pull import Pull
from cstprint.issue.markdown import grammar
from cstprint.issue.model import Issue
from cstprint.issue.reader import read_issue
from cstprint.issue.schema import ArticleEntry, AuthorEntry, IssueEntry, SectionEntry
from cstprint.job import RenderOptions
from cstprint.pdf.inspect import PdfFacts
from cstprint.project import open_project
from cstprint.reading.models import Located
from tests.support.blank import blanks
from tests.support.glyphs import read_glyphs
from tests.support.pages import Page, letters, read_pages
from tests.support.placed import Placed, lay_out, problems
from tests.support.projects import REPOSITORY

ISSUES = sorted(path.parent.name for path in REPOSITORY.glob("issues/*/issue.yaml"))
#: The issues that are laid out in a second or two.
SHORT = {"issue-2020-02"}


@dataclass(frozen=True)
class Sheet:
    """A layout's text block, in pt from the page's top left, and its size of type and leading, in pt.

    In an issue with sections, the outline's entries down to level ``opens`` open pages, those down to ``listed`` are in
    the contents, those from ``numbered`` on with page numbers. Pages but those before an opening are more than
    ``filled``: pictures and tables that are kept whole leave more of a small page empty.
    """

    left: float
    right: float
    top: float
    bottom: float
    size: float
    line: float
    opens: int
    listed: int
    numbered: int
    filled: float


#: The pages that are blank by more than a third: the head of the section that comes next, with its first lines, or a
#: box that is kept whole, needs more room than they have left.
BLANK = {
    ("issue-specimen", "brief"): {5, 19},
    ("issue-specimen", "jianbao"): {12, 27},
}

SHEETS = {
    "newsletter": Sheet(
        87.6, 507.7, 84.0, 764.1, size=12, line=20, opens=1, listed=3, numbered=2, filled=2 / 3
    ),
    "brief": Sheet(33.8, 385.8, 53.3, 557.3, size=16, line=28, opens=2, listed=2, numbered=1, filled=3 / 8),
    "bulletin": Sheet(
        59.6, 535.6, 78.0, 775.0, size=10.5, line=17, opens=1, listed=2, numbered=2, filled=2 / 3
    ),
    # The text block stands nearer to the spine: these are the outermost edges of left and right pages.
    "jianbao": Sheet(
        73.5, 521.8, 104.9, 742.9, size=15.8, line=29, opens=2, listed=2, numbered=2, filled=2 / 3
    ),
}


@dataclass(frozen=True)
class Line:
    """A line of a page, all its runs together, with its top and bottom in pt from the page's top."""

    text: str
    top: float
    bottom: float


@dataclass(frozen=True)
class Printed:
    """An issue and what was made of it."""

    issue: Issue
    placed: Placed
    sheet: Sheet

    @property
    def pdf(self) -> bytes:
        return self.placed.pdf()

    @cached_property
    def facts(self) -> PdfFacts:
        return PdfFacts(self.pdf)

    @cached_property
    def pages(self) -> list[Page]:
        return read_pages(self.pdf)

    @cached_property
    def notes(self) -> str:
        """The letters of all notes and addresses: what may stand below a page's last line of text."""
        notes = [note for article in self.issue.articles for note in article.notes.values()]
        plain = "".join(run.plain for note in notes for run in note.content)
        return letters(plain + "".join(re.findall(r"https?://[^)> ]+", "".join(self.issue.texts))))

    def text_lines(self, page: Page) -> list[Line]:
        """Return the lines inside a page's text block that are no notes, from top to bottom."""
        lines: list[Line] = []
        for run in sorted(page.lines, key=lambda run: (run.box.top + run.box.bottom) / 2):
            if not self.sheet.top - 8 < run.box.top < self.sheet.bottom + 8:
                continue
            if lines and (run.box.top + run.box.bottom) / 2 < lines[-1].bottom:
                text, bottom = lines[-1].text + run.text, max(lines[-1].bottom, run.box.bottom)
                lines[-1] = Line(text, lines[-1].top, bottom)
            else:
                lines.append(Line(run.text, run.box.top, run.box.bottom))
        return [line for line in lines if not self._is_note(line)]

    def _is_note(self, line: Line) -> bool:
        return letters(re.sub(r"^([①-⑳]|\d )", "", line.text)) in self.notes

    def headings(self) -> set[str]:
        """The letters of all heads: of sections, of articles, and in articles."""
        plain = {section.title.plain for section in self.issue.sections if section.title}
        plain |= {article.title.plain for article in self.issue.articles}
        plain |= {block.content.plain for block in self.issue.blocks() if isinstance(block, Heading)}
        return {letters(head) for head in plain}

    def set_by_itself(self) -> str:
        """The letters of what has room of its own: heads of articles and of notices, who says a pull quote."""
        texts = [article.standfirst.plain for article in self.issue.articles if article.standfirst]
        texts += [article.subtitle.plain for article in self.issue.articles if article.subtitle]
        texts += [section.intro.plain for section in self.issue.sections if section.intro]
        bylines = [[author.name.plain for author in article.authors] for article in self.issue.articles]
        texts += [separator.join(names) for names in bylines for separator in ("", ", ")]
        texts += [block.title.plain for block in self.issue.blocks() if isinstance(block, Notice)]
        texts += [
            f"——{block.by.plain}" for block in self.issue.blocks() if isinstance(block, Pull) and block.by
        ]
        return letters("".join(texts))

    @cached_property
    def sectioned(self) -> bool:
        return any(section.title for section in self.issue.sections)

    def opened_pages(self) -> set[int]:
        """The pages that begin with a section or, where they open pages or there are no sections, with an article."""
        deepest = self.sheet.opens if self.sectioned else 1
        return {entry.page for entry in self.facts.outline if entry.level <= deepest}

    def listed(self) -> set[str]:
        """The letters of the titles in the contents: bookmarks go deeper."""
        depth = self.sheet.listed - 1  # of an article without sections
        articles = [one for one in self.issue.articles if depth >= 1 and one.form == "article"]
        headings = [block for article in articles for block in article.blocks if isinstance(block, Heading)]
        plain = [section.title.plain for section in self.issue.sections if section.title]
        plain += [article.title.plain for article in articles]
        plain += [heading.content.plain for heading in headings if heading.level < depth]
        return {letters(title) for title in plain}

    def contents_page(self) -> int:
        """The number of the page with the contents: that with the most links; the first, if none has any."""
        return max(Counter([1, *(link.page for link in self.facts.links)]).items(), key=lambda of: of[1])[0]


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(
            (issue, layout), id=f"{issue}-in-{layout}", marks=[] if issue in SHORT else pytest.mark.slow
        )
        for layout in SHEETS
        for issue in ISSUES
    ],
)
def printed(request: pytest.FixtureRequest, _built_in_fonts: None) -> Printed:
    """Render each issue in each layout once; the tests of one rendering run together."""
    name, layout = request.param
    path = open_project(REPOSITORY).issue_file(name)
    placed = lay_out(REPOSITORY, path.parent, RenderOptions(layout=layout))
    issue = read_issue(path).value
    assert issue is not None
    return Printed(issue, placed, SHEETS[layout])


@pytest.mark.render
class TestEveryIssue:
    """What holds for each issue."""

    def test_nothing_is_found_but_stand_ins_and_moved_figures(self, printed: Printed) -> None:
        found = (*printed.placed.diagnostics, *printed.placed.written.diagnostics)
        # CST-L021: what a layout leaves out, as its `omits` says.
        assert {one.code for one in found} <= {
            "CST-P010",
            "CST-E018",
            "CST-E052",
            "CST-E053",
            "CST-M023",
            "CST-L021",
        }

    def test_nothing_collides_is_cut_or_parted_from_its_head_or_picture(self, printed: Printed) -> None:
        found = problems(printed.placed)
        assert [
            problem for problem in found if not problem.startswith(("CST-P010", "CST-M023", "CST-L021"))
        ] == []

    def test_no_heading_ends_a_page(self, printed: Printed) -> None:
        headings = printed.headings()
        for number, page in enumerate(printed.pages[1:], start=2):
            lines = printed.text_lines(page)
            for line in (line for line in lines if letters(line.text) in headings):
                below = [other for other in lines if other.top > line.bottom]
                assert below, f"page {number} ends with {line.text}"

    def test_no_page_is_emptier_than_kept_pictures_make_it(self, printed: Printed) -> None:
        sheet = printed.sheet
        for number, page in enumerate(printed.pages[:-1], start=1):
            if number + 1 in printed.opened_pages() or number < printed.contents_page():
                continue
            bottoms = [line.bottom for line in printed.text_lines(page)] + [
                box.bottom for box in page.pictures
            ]
            filled = (max(bottoms) - sheet.top) / (sheet.bottom - sheet.top)
            assert filled > sheet.filled, f"page {number} is {filled:.0%} full"

    def test_no_page_but_the_last_is_blank_by_more_than_a_third(self, printed: Printed) -> None:
        free = blanks(printed.pdf, printed.placed.text_blocks)
        pages = {page for page, part in free.items() if part > 1 / 3} - {max(free)}
        assert pages == BLANK.get((printed.issue.folder.name, printed.placed.ready.layout.name), set()), free

    def test_lines_of_running_text_are_on_one_grid_on_all_pages(self, printed: Printed) -> None:
        sheet, front = printed.sheet, min(printed.opened_pages())
        text = [
            glyph
            for glyph in read_glyphs(printed.pdf)
            if glyph.page >= front and abs(glyph.size - sheet.size) < 0.01
        ]
        text = [
            glyph for glyph in text if sheet.top < glyph.y < sheet.bottom and not "①" <= glyph.text <= "⑳"
        ]
        lines: dict[tuple[int, float], str] = {}
        for glyph in text:
            at = glyph.page, round(glyph.y, 1)
            lines[at] = lines.get(at, "") + glyph.text
        running = [at for at, line in lines.items() if letters(line) not in printed.set_by_itself()]
        assert len(running) > len(lines) * 0.85
        assert len({round((y - sheet.top) % sheet.line, 1) for _, y in running}) == 1

    def test_nothing_leaves_the_text_block(self, printed: Printed) -> None:
        sheet = printed.sheet
        for number, page in enumerate(printed.pages, start=1):
            for box in [*(line.box for line in page.lines), *page.pictures]:
                assert box.left > sheet.left - 2, (number, box)
                assert box.right < sheet.right + 2, (number, box)
            for line in printed.text_lines(page):
                assert line.bottom < sheet.bottom + 2, (number, line)

    def test_the_contents_print_the_pages_where_their_entries_stand(self, printed: Printed) -> None:
        facts = printed.facts
        for entry in facts.outline:
            assert letters(entry.title) in letters(printed.pages[entry.page - 1].text)
        if not printed.placed.of("contents"):  # jianbao prints none for one article
            assert len(printed.issue.articles) == 1
            return
        sheet, page = printed.sheet, printed.contents_page()
        listed = [entry for entry in facts.outline if letters(entry.title) in printed.listed()]
        numbered = [entry for entry in listed if not printed.sectioned or entry.level >= sheet.numbered]
        lines = [
            letters(entry.title) + (facts.page_labels[entry.page - 1] if entry in numbered else "")
            for entry in listed
        ]
        without_leaders = re.sub(r"·|\.{2,}", "", letters(printed.pages[page - 1].text))
        assert "".join(lines) in without_leaders
        links = [link.target_page for link in facts.links if link.page == page]  # of two lines, two
        assert [page for page, _ in groupby(links)][: len({entry.page for entry in listed})] == [
            page for page, _ in groupby(entry.page for entry in listed)
        ]

    def test_the_pdf_says_what_it_is_and_numbers_its_pages(self, printed: Printed) -> None:
        facts = printed.facts
        assert facts.catalog["/MarkInfo"]["/Marked"]
        assert facts.catalog["/Lang"] == printed.issue.language
        assert str(facts.info["/Title"]).startswith(str(printed.issue.title))
        assert facts.page_labels == [str(number) for number in range(1, len(printed.pages) + 1)]
        for font in facts.fonts:
            assert font.name.startswith("CST-")
            assert font.subset
            assert font.embedded
            assert font.to_unicode


# ── the specimen uses all that there is ──

SPECIMEN = REPOSITORY / "issues/issue-specimen/issue.yaml"
#: A stand-in is told by every render; the others say of the PDF what is derived otherwise.
NOT_SHOWN = {"stand_in", "author", "subject", "identifier", "articles", "class_", "tokens"}
ENTRIES = tuple(
    entry
    for module in known.MODULES
    for entry in vars(module).values()
    if isinstance(entry, type) and issubclass(entry, Located) and entry.__module__ == module.__name__
    if entry is not DecorationEntry  # some of its keys must be absent
)
FRAME = (IssueEntry, SectionEntry, ArticleEntry, AuthorEntry)
#: Which tokens a rule of Markdown makes.
MARKS: dict[str, set[str]] = {
    "attributes": {"attributes"},
    "note_definition": {"footnote_reference_open"},
    "table": {"table_open"},
    "fence": {"fence"},
    "blockquote": {"blockquote_open"},
    "hr": {"hr"},
    "list": {"bullet_list_open", "ordered_list_open"},
    "heading": {"heading_open"},
    "deflist": {"dl_open", "dt_open", "dd_open"},
    "paragraph": {"paragraph_open"},
    "text": {"text"},
    "newline": {"softbreak", "hardbreak"},
    "escape": {"text_special"},
    "forced_break": {"hardbreak"},
    "backticks": {"code_inline"},
    "emphasis": {"em_open", "strong_open"},
    "note": {"footnote_ref"},
    "inline_note": {"footnote_ref"},
    "link": {"link_open"},
    "cross_reference": {"reference"},
    "span": {"span_open"},
    "image": {"image"},
    "pictures": {"image"},
    "comments": {"comment"},
    "reference": {"definition"},
    "lheading": {"heading_open"},
    "html_block": {"html_block"},
    "html_inline": {"html_inline"},
    "address": {"link_open"},
    "strikethrough": {"s_open"},
    "subscript": {"sub_open"},
    "superscript": {"sup_open"},
    "highlight": {"mark_open"},
    "formula": {"formula"},
    "formulas": {"formula"},
    "autolink": {"link_open"},
    "entity": {"text_special"},
}


def mappings(node: Any) -> Iterator[dict[str, Any]]:
    """Yield all mappings of a YAML tree."""
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from mappings(child)


@pytest.fixture(scope="module")
def specimen() -> list[dict[str, Any]]:
    return list(mappings(yaml.safe_load(SPECIMEN.read_text("utf-8"))))


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.__name__)
def test_the_specimen_uses_each_key_of_each_block(entry: Any, specimen: list[dict[str, Any]]) -> None:
    required = {name for name, field in entry.model_fields.items() if field.is_required()} - {"alt"}
    known = set(entry.model_fields)
    used = {key for found in specimen if required <= set(found) <= known for key in found}
    assert known - used - NOT_SHOWN == set()


@pytest.mark.parametrize("entry", FRAME, ids=lambda entry: entry.__name__)
def test_the_specimen_uses_each_key_of_issues_sections_articles_and_authors(
    entry: Any, specimen: list[dict[str, Any]]
) -> None:
    required = {name for name, field in entry.model_fields.items() if field.is_required()}
    used = {key for found in specimen if required <= set(found) for key in found}
    assert set(entry.model_fields) - used - NOT_SHOWN == set()


@pytest.mark.parametrize("tag", ["figure", "box"])
def test_the_specimen_puts_figures_and_boxes_in_each_place(tag: str, specimen: list[dict[str, Any]]) -> None:
    places = {found.get("place", "column") for found in specimen if tag in found}
    assert places == {"column", "left", "right", "full"}


def test_the_specimen_uses_each_mark() -> None:
    issue = read_issue(SPECIMEN).value
    assert issue is not None
    todo, found = [token for text in issue.texts for token in grammar.parse(text)], set()
    while todo:
        token = todo.pop()
        todo += token.children or ()
        found.add(token.type)
        if token.type == "footnote_ref":
            found.add("note in place" if token.children else "note elsewhere")
    wanted = set().union(*MARKS.values()) | {"note in place", "note elsewhere"}
    assert wanted - found == set()


def test_all_marks_of_markdown_are_known_here() -> None:
    """A new one belongs into the specimen."""
    active = grammar._grammar().get_active_rules()
    assert {*active["block"], *active["inline"]} == set(MARKS)
