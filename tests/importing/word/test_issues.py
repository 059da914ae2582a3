"""Word files to issues: what only shows once the issue is written and read again."""

from __future__ import annotations

from pathlib import Path

import pytest

from cstprint.blocks.figures import FigureGroup
from cstprint.blocks.table import Table
from cstprint.importing.bring import Brought, Wishes, bring
from cstprint.issue.model import Issue
from cstprint.issue.reader import read_issue
from cstprint.web import Web
from tests.conftest import Run
from tests.support.projects import SmallProject, picture_bytes
from tests.support.word_files import Made, p, picture, run, style, table, tc, tr, xml

TEXT = "正文写在这里，一段一段地写下去。"
HEADS = style("1", "heading 1") + style("2", "heading 2") + style("t", "Title")
NOTE = '<w:r><w:footnoteReference w:id="1"/></w:r>'
NOTES: dict[str, str | bytes] = {
    "word/footnotes.xml": xml("w:footnotes", f'<w:footnote w:id="1">{p("注文")}</w:footnote>')
}


def imported(made: Made, folder: Path, name: str = "第3期.docx") -> tuple[Issue, Brought]:
    """Import a file; hold that the issue is read without an error."""
    (folder / name).write_bytes(made.bytes())
    brought = bring(folder / name, Wishes("newsletter"), {"title": "通讯", "publisher": "部"}, Web()).value
    assert brought is not None
    for path, content in brought.files.items():
        (folder / "issue" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "issue" / path).write_bytes(content)
    read = read_issue(folder / "issue/issue.yaml")
    assert read.value is not None
    assert [str(one) for one in read.diagnostics if one.is_error] == []
    return read.value, brought


def test_a_note_of_a_title_goes_with_its_article(tmp_path: Path) -> None:
    body = p(run("题目") + NOTE, "1") + p(TEXT) + p("乙", "1") + p(TEXT)
    issue, _ = imported(Made(body, HEADS, dict(NOTES)), tmp_path)
    assert [article.title.plain for article in issue.articles] == ["题目", "乙"]
    assert len(issue.articles[0].notes) == 1


def test_a_note_of_a_sections_intro_stands_in_its_place(tmp_path: Path) -> None:
    body = p("栏", "1") + p(run("引子") + NOTE + run("。"))
    body += p("甲", "2") + p(TEXT) + p("乙", "2") + p(TEXT)
    body += p("另一栏", "1") + p("丙", "2") + p(TEXT) + p("丁", "2") + p(TEXT)
    issue, _ = imported(Made(body, HEADS, dict(NOTES)), tmp_path)
    assert issue.sections[0].intro is not None
    assert issue.sections[0].intro.plain == "引子。"
    assert len(issue.sections[0].notes) == 1


@pytest.mark.parametrize("below", [True, False], ids=["captions below", "no captions"])
def test_pictures_side_by_side_are_a_group(below: bool, tmp_path: Path) -> None:
    rows = tr(tc(p(picture("rIdA"))), tc(p(picture("rIdB"))))
    captions = tr(tc("图1 左"), tc("图2 右（张三 摄）")) if below else ""
    parts: dict[str, str | bytes] = {
        "word/media/a.png": picture_bytes(),
        "word/media/b.png": picture_bytes(size=(500, 300)),
    }
    relations = {"rIdA": ("image", "media/a.png"), "rIdB": ("image", "media/b.png")}
    issue, _ = imported(
        Made(p("甲", "1") + p(TEXT) + table(rows, captions), HEADS, parts, relations), tmp_path
    )
    group = issue.articles[0].blocks[-1]
    assert isinstance(group, FigureGroup)
    assert [one.caption.plain if one.caption else "" for one in group.figures] == (
        ["左", "右"] if below else ["", ""]
    )
    assert [one.credit.plain if one.credit else "" for one in group.figures] == (
        ["", "张三 摄"] if below else ["", ""]
    )


def test_date_and_number_stand_in_a_header_where_nothing_else_says_them(tmp_path: Path) -> None:
    header = xml("w:hdr", p("科技通讯　2024年5月　第 12 期"))
    body = p("甲", "1") + p(TEXT) + p("", properties='<w:sectPr><w:headerReference r:id="rIdH"/></w:sectPr>')
    made = Made(body, HEADS, {"word/header1.xml": header}, {"rIdH": ("header", "header1.xml")})
    issue, _ = imported(made, tmp_path, "稿.docx")
    assert (str(issue.date), issue.number) == ("2024-05", 12)


def test_a_missing_picture_is_a_frame_with_its_text_and_no_file_beside_is_taken_for_it(
    tmp_path: Path,
) -> None:
    (tmp_path / "image1.png").write_bytes(picture_bytes())
    made = Made(
        p("甲", "1") + p(picture(alt="看得见什么")), HEADS, relations={"rIdP": ("image", "media/image1.png")}
    )
    _, brought = imported(made, tmp_path)
    assert list(brought.files) == ["issue.yaml"]
    assert "![看得见什么](<image1.png>)" in brought.files["issue.yaml"].decode()


def test_pictures_of_several_files_of_a_folder_do_not_take_each_others_places(
    project: SmallProject, run: Run
) -> None:
    relations = {"rIdP": ("image", "media/image1.png")}
    for number in (1, 2):
        parts: dict[str, str | bytes] = {"word/media/image1.png": picture_bytes(size=(300 * number, 200))}
        project.write(
            f"from/{number}.docx",
            Made(p(f"篇{number}", "1") + p(TEXT) + p(picture()), HEADS, parts, relations).bytes(),
        )
    project.write("from/3.md", f"# 篇3\n\n{TEXT}\n")
    done = run("import", "from", "-o", "issues/all")
    assert done.status == 0
    assert len(list((project.root / "issues/all/images").iterdir())) == 2
    text = (project.root / "issues/all/issue.yaml").read_text("utf-8")
    assert text.index("篇1") < text.index("篇2") < text.index("篇3")


def test_an_alternative_text_is_no_caption_for_nobody_sees_it_in_word(tmp_path: Path) -> None:
    made = Made(
        p("甲", "1") + p(picture(alt="看得见什么")) + p(TEXT),
        HEADS,
        {"word/media/a.png": picture_bytes()},
        {"rIdP": ("image", "media/a.png")},
    )
    issue, _ = imported(made, tmp_path)
    group = issue.articles[0].blocks[0]
    assert isinstance(group, FigureGroup)
    assert (group.figures[0].caption, str(group.figures[0].alt)) == (None, "看得见什么")


def test_the_same_word_file_is_known_again(project: SmallProject, run: Run) -> None:
    project.write("a-3.docx", Made(p("甲", "1") + p(TEXT), HEADS).bytes())
    assert run("import", "a-3.docx").status == 0
    project.write("b-4.docx", Made(p("甲", "1") + p(TEXT), HEADS).bytes())
    assert "CST-I008" in run("import", "b-4.docx").err
    assert run("import", "b-4.docx", "--force").status == 0


def test_a_place_names_the_file_and_the_paragraph(project: SmallProject, run: Run) -> None:
    body = p("甲", "1") + p(TEXT) + table(tr(tc("格"), tc("子"))) + p(run_hidden())
    project.write("a-3.docx", Made(body, HEADS).bytes())
    done = run("import", "a-3.docx", "-v")
    assert "a-3.docx:5:1: note CST-I006: Left out: hidden text: “看不见”." in done.err
    assert "5 | 看不见" in done.err


def run_hidden() -> str:
    return run("看不见", "<w:vanish/>")


def test_notes_and_formulas_in_a_table_that_joins_cells(tmp_path: Path) -> None:
    formula = "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"
    rows = (
        tr(tc(p(run("合") + NOTE), '<w:gridSpan w:val="2"/>')),
        tr(tc(p(run("左", "<w:b/>") + formula)), tc("右")),
    )
    issue, brought = imported(Made(p("甲", "1") + table(*rows), HEADS, dict(NOTES)), tmp_path)
    block = issue.articles[0].blocks[0]
    assert isinstance(block, Table)
    assert [cell.content.plain for cell in block.rows[0]] == ["合"]
    assert block.rows[0][0].columns == 2
    assert len(issue.articles[0].notes) == 1
    assert "$x$" in brought.files["issue.yaml"].decode()
