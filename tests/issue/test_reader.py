"""issue.yaml to the model: what is in it, in which order, with which numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from cstprint.blocks.figures import FigureGroup
from cstprint.blocks.heading import Heading
from cstprint.blocks.prose import Prose
from cstprint.issue.model import Issue, figure_numbers, table_numbers
from cstprint.issue.reader import read_issue
from cstprint.issue.schema import json_schema
from cstprint.project import issue_id
from tests.support.projects import ISSUE, SEED, SmallProject
from tests.support.work import calls_in


def read(project: SmallProject, body: str, more: str = "") -> Issue:
    """An issue whose article has the body ``body``: YAML that follows the key."""
    result = read_issue(project.issue(more + ISSUE.replace("body: 正文。", f"body:{body}")))
    assert result.diagnostics == ()
    assert result.value is not None
    return result.value


def test_a_body_may_be_one_text(project: SmallProject) -> None:
    issue = read(project, " |\n      # 一\n\n      甲")
    assert [type(block) for block in issue.articles[0].blocks] == [Heading, Prose]


def test_a_body_may_be_texts_and_figures(project: SmallProject) -> None:
    issue = read(
        project, "\n      - 甲\n      - figure: a.png\n        alt: 乙\n      - |\n        丙\n\n        丁"
    )
    blocks = issue.articles[0].blocks
    assert [type(block) for block in blocks] == [Prose, FigureGroup, Prose, Prose]
    assert [block.id for block in blocks] == ["b1", "b2", "b3", "b4"]
    assert [block.span.line for block in blocks] == [10, 11, 14, 16]


def test_a_single_figure_is_a_group_with_a_caption_of_its_own(project: SmallProject) -> None:
    (group,) = read(project, "\n      - figure: a.png\n        alt: 甲\n        caption: 乙 **丙**").groups()
    assert (group.captions, group.columns, group.figures[0].numbered) == ("each", None, True)
    assert group.figures[0].caption is not None
    assert group.figures[0].caption.plain == "乙 丙"
    assert group.figures[0].stand_in is False


GROUP = """
      - figures:
          - {image: a.png, alt: 甲, credit: 乙}
          - {image: b.png, alt: 丙, stand_in: true}
"""


@pytest.mark.parametrize(("keys", "captions"), [("", "each"), ("        captions: keyed", "keyed")])
def test_a_group_has_captions_each_or_one_key(keys: str, captions: str, project: SmallProject) -> None:
    (group,) = read(project, GROUP + keys).groups()
    assert (group.captions, group.columns, len(group.figures)) == (captions, None, 2)
    assert [figure.stand_in for figure in group.figures] == [False, True]
    assert [figure.credit and figure.credit.plain for figure in group.figures] == ["乙", None]


@pytest.mark.parametrize(("columns", "wanted"), [("4", 4), ("1", 1), ("", None)])
def test_a_group_has_the_columns_that_the_editor_wants(
    columns: str, wanted: int | None, project: SmallProject
) -> None:
    (group,) = read(project, GROUP + f"        columns: {columns}").groups()
    assert group.columns == wanted


def test_figures_are_counted_through_the_issue_without_those_that_have_no_number(
    project: SmallProject,
) -> None:
    def figure(name: str, numbered: str = "true") -> str:
        return f"      - figure: {name}.png\n        alt: 甲\n        numbered: {numbered}\n"

    group = GROUP.lstrip("\n") + "        numbered: true\n"
    body = "\n" + figure("a") + figure("b", "false") + group + figure("e")
    issue = read(project, body, more="cover:\n  - figure: z.png\n    alt: 乙\n    caption: 丙\n")
    names = {figure.id: str(figure.image) for figure in issue.figures()}
    numbers = {names[figure]: number for figure, number in figure_numbers(issue).items()}
    assert list(names.values()) == ["z.png", "a.png", "b.png", "a.png", "b.png", "e.png"]
    assert list(figure_numbers(issue).values()) == [1, 2, 3, 4, 5]
    assert (numbers["z.png"], numbers["e.png"]) == (1, 5)


TABLE = "      - table: |\n          | 甲 |\n          | - |\n        caption: 表\n"


@pytest.mark.parametrize(
    ("numbering", "figures", "tables"),
    [("", [1, 2, 3, 4, 5], [1, 2, 3]), ("numbering: article\n", [1, 1, 2, 1, 2], [1, 1, 2])],
)
def test_figures_and_tables_are_counted_through_the_issue_or_through_each_article(
    numbering: str, figures: list[int], tables: list[int], project: SmallProject
) -> None:
    body = GROUP.lstrip("\n") + "        numbered: true\n" + TABLE
    cover = "cover:\n      - figure: z.png\n        alt: 乙\n        caption: 丙\n"
    issue = read(project, f"\n{body}  - title: 乙\n    body:\n{body}{TABLE}", more=cover + numbering)
    assert list(figure_numbers(issue).values()) == figures
    assert list(table_numbers(issue).values()) == tables


def numbered(project: SmallProject, body: str) -> list[str]:
    issue = read(project, "\n" + body)
    files = {figure.id: str(figure.image) for figure in issue.figures()}
    return [files[figure] for figure in figure_numbers(issue)]


PICTURE = "      - figure: a.png\n        alt: 甲\n"


@pytest.mark.parametrize(
    ("keys", "has_number"),
    [
        ("", False),
        ("        caption: 乙\n", True),
        ("        numbered: true\n", True),
        ("        caption: 乙\n        numbered: false\n", False),
        ("        id: it\n      - 见[@it]。\n", True),
        ("        id: it\n      - 见[@it page]。\n", False),
    ],
)
def test_a_figure_has_a_number_with_a_caption_or_where_the_editor_asks_for_it(
    keys: str, has_number: bool, project: SmallProject
) -> None:
    assert numbered(project, PICTURE + keys) == ["a.png"] * has_number


def test_of_a_group_those_with_captions_are_numbered_or_all_of_a_key(project: SmallProject) -> None:
    group = GROUP.lstrip("\n").replace("alt: 丙", "alt: 丙, caption: 丁")
    assert numbered(project, group) == ["b.png"]
    assert numbered(project, group + "        captions: keyed\n") == ["a.png", "b.png"]


@pytest.mark.parametrize("width", ["60%", "100%", "0.5%", "80mm", "12.5cm", "3in", "200 pt"])
def test_a_figure_is_as_wide_as_the_editor_says(width: str, project: SmallProject) -> None:
    (group,) = read(project, f"\n{PICTURE}        width: {width}").groups()
    assert group.width == width.replace(" ", "")


@pytest.mark.parametrize("width", ["0", "0%", "101%", "60", "60px", "半幅", "-3cm", "1e3mm", "６０%"])
def test_what_is_no_width_is_an_error(width: str, project: SmallProject) -> None:
    text = ISSUE.replace(" 正文。", f"\n{PICTURE}        width: {width}")
    (problem,) = read_issue(project.issue(text)).diagnostics
    assert (problem.code, problem.span and problem.span.line) == ("CST-Y061", 12)


@pytest.mark.parametrize("link", ["https://example.org/a", "mailto:ed@example.org"])
def test_a_picture_leads_to_an_address(link: str, project: SmallProject) -> None:
    assert [figure.link for figure in read(project, f"\n{PICTURE}        link: {link}").figures()] == [link]


@pytest.mark.parametrize("link", ["example.org", "'#标题'", "images/a.png", "javascript:void", "file:///etc"])
def test_a_picture_leads_nowhere_else(link: str, project: SmallProject) -> None:
    text = ISSUE.replace(" 正文。", f"\n{PICTURE}        link: {link}")
    (problem,) = read_issue(project.issue(text)).diagnostics
    assert (problem.code, problem.span and problem.span.line) == ("CST-Y062", 12)


def test_a_group_without_numbers_does_not_count(project: SmallProject) -> None:
    issue = read(project, GROUP + "        numbered: false")
    assert figure_numbers(issue) == {}


def test_what_is_absent_is_taken_from_what_is_there(project: SmallProject) -> None:
    issue = read(project, " 甲")
    assert (issue.author, issue.subject, issue.identifier, issue.id) == ("单位", "标题", "one", "one")


def test_what_is_given_is_taken(project: SmallProject) -> None:
    issue = read(project, " 甲", more="author: 张三\nsubject: 科技\nidentifier: ISSN 1234-5679\n")
    assert (issue.author, issue.subject, issue.identifier) == ("张三", "科技", "ISSN 1234-5679")


@pytest.mark.parametrize("key", ["title_en", "publisher_en", "author", "subject", "identifier"])
def test_a_key_left_empty_is_not_given(key: str, project: SmallProject) -> None:
    issue = read(project, " 甲", more=f"{key}:\n")
    assert issue.title_en is None
    assert issue.author == "单位"


@pytest.mark.parametrize("cover", ["cover: []\n", "cover:\n"])
def test_a_cover_left_empty_is_not_given(cover: str, project: SmallProject) -> None:
    assert read(project, " 甲", more=cover).cover == ()


@pytest.mark.parametrize("date", ["2020", "2020-02", "2020-02-29"])
def test_a_date_says_as_much_as_is_known(date: str, project: SmallProject) -> None:
    issue = read_issue(project.issue(ISSUE.replace("date: 2020", f"date: {date}"))).value
    assert issue is not None
    assert issue.date == date


def test_the_texts_to_be_printed_are_those_of_the_file_without_keys_and_comments(
    project: SmallProject,
) -> None:
    issue = read(project, " |\n      甲  # 乙", more="# 丙\ntitle_en: T\n")
    assert [str(text).strip() for text in issue.texts if len(text) < 8] == [
        *("T", "base", "zh-Hans", "刊名", "单位", "2020", "2", "标题", "甲  # 乙"),
    ]


def test_an_error_in_a_text_is_found_with_a_value(project: SmallProject) -> None:
    result = read_issue(project.issue(ISSUE.replace("正文。", "'[^1]'")))
    assert [d.code for d in result.diagnostics] == ["CST-M016"]
    assert result.failed


def test_an_issue_is_called_as_its_folder_or_its_file(tmp_path: Path) -> None:
    assert issue_id(tmp_path / "issue-3" / "issue.yaml") == "issue-3"
    assert issue_id(tmp_path / "special.yaml") == "special"


# ── the issue of the repository ──


@pytest.fixture(scope="module")
def seed() -> Issue:
    result = read_issue(SEED)
    assert result.diagnostics == ()
    assert result.value is not None
    return result.value


def test_the_seed_has_its_blocks_figures_and_article(seed: Issue) -> None:
    assert (seed.id, seed.number, seed.date, seed.title) == ("issue-2020-02", 2, "2020", "中国科技通讯")
    assert len(list(seed.blocks())) == 24
    assert len(list(seed.figures())) == 6
    assert [article.title.plain for article in seed.articles] == ["合作抗疫，中国用行动说话"]
    assert [article.source and article.source.plain for article in seed.articles] == ["科技部"]


def test_the_seed_has_its_sections_and_subsections(seed: Issue) -> None:
    headings = [block for block in seed.blocks() if isinstance(block, Heading)]
    assert [heading.level for heading in headings] == [1, 1, 2, 2, 2, 2, 1, 2, 2, 2]
    assert [heading.content.plain[:2] for heading in headings if heading.level == 1] == [
        "一、",
        "二、",
        "三、",
    ]
    assert headings[2].content.plain == "积极开展科学数据和信息共享"


def test_every_block_of_the_seed_stands_where_its_span_says(seed: Issue) -> None:
    for block in seed.blocks():
        line = block.span.file.line(block.span.line)[block.span.column - 1 :]
        if isinstance(block, Heading):
            assert line == "#" * block.level + " " + block.content.plain
        elif isinstance(block, Prose):
            assert line.startswith(block.tokens[1].content[:10])
        else:
            assert line.startswith(("figure: ", "figures:"))


def test_all_figures_of_the_seed_are_stand_ins_and_those_of_the_cover_are_numbered(seed: Issue) -> None:
    assert all(figure.stand_in for figure in seed.figures())
    assert list(figure_numbers(seed).values()) == [1, 2, 3, 4]
    (cover,) = seed.cover
    assert isinstance(cover, FigureGroup)
    assert (cover.captions, cover.columns) == ("keyed", 2)


def test_a_decorative_figure_has_no_text_and_no_number(project: SmallProject) -> None:
    issue = read(
        project,
        "\n      - figure: a.png\n        decorative: true\n        alt:\n"
        "      - figure: b.png\n        decorative: false\n        alt: 甲\n        caption: 乙",
    )
    assert [figure.alt for figure in issue.figures()] == [None, "甲"]
    assert list(figure_numbers(issue)) == ["f2"]


# ── the schema for editors ──


def test_the_schema_knows_the_keys_and_describes_each() -> None:
    schema = json_schema()
    assert schema["required"] == ["layout", "language", "title", "publisher"]
    assert schema["anyOf"] == [{"required": ["date"]}, {"required": ["number"]}]
    assert schema["oneOf"] == [{"required": ["articles"]}, {"required": ["sections"]}]
    assert schema["additionalProperties"] is False
    for definition in (schema, *schema["$defs"].values()):
        for key, value in definition["properties"].items():
            assert value.get("description"), key
            assert "title" not in value


@pytest.mark.parametrize("title", ["三 * 四 * 五", "a* b *c", "*", "注*"])
def test_stars_that_emphasise_nothing_are_not_told(title: str, project: SmallProject) -> None:
    assert read_issue(project.issue(ISSUE.replace("标题", f"'{title}'"))).diagnostics == ()


@pytest.mark.slow
def test_stars_that_never_close_cost_no_more_than_the_title_is_long(project: SmallProject) -> None:
    def calls(stars: int) -> int:
        path = project.issue(ISSUE.replace("标题", "标题" + "*a " * stars))
        return calls_in(lambda: read_issue(path))

    assert calls(40_000) < 11 * calls(4_000)
