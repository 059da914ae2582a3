"""Files of Markdown to issues: what becomes a headline, a section, an article, a figure; what is cleaned and left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from cstprint.diagnostics import Severity
from cstprint.importing.bring import Wishes, bring
from cstprint.issue.reader import read_issue
from cstprint.web import Web
from tests.support.projects import picture_bytes

#: Brings a text in; other files of its folder by their names. Returns the issue as YAML has it.
Bring = Callable[..., dict[str, Any]]

TEXT = "正文写在这里，一段一段地写下去。"


@pytest.fixture
def brought(tmp_path: Path) -> Bring:
    """Bring in a file, hold that the reader of issues finds no error in it, and return its keys."""

    def bring_in(
        text: str, name: str = "第3期.md", files: Mapping[str, bytes] | None = None, **wishes: Any
    ) -> dict[str, Any]:
        folder = tmp_path / "from"
        folder.mkdir(exist_ok=True)
        for path, data in (files or {}).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
        (folder / name).write_text(text, "utf-8")
        made = bring(
            folder / name,
            Wishes(layout="newsletter", **wishes),
            {"title": "通讯", "publisher": "编辑部"},
            Web(),
        )
        assert made.value is not None, made.diagnostics
        again = bring(
            folder / name,
            Wishes(layout="newsletter", **wishes),
            {"title": "通讯", "publisher": "编辑部"},
            Web(),
        )
        assert again.value == made.value
        target = tmp_path / "issue"
        for path, data in made.value.files.items():
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            (target / path).write_bytes(data)
        read = read_issue(target / "issue.yaml")
        assert [one for one in read.diagnostics if one.severity is Severity.ERROR] == []
        issue: dict[str, Any] = yaml.load(made.value.files["issue.yaml"], Loader=yaml.BaseLoader)
        issue["told"] = [f"{one.code} {one.message}" for one in made.diagnostics]
        issue["files"] = sorted(made.value.files)
        return issue

    return bring_in


def titles(issue: dict[str, Any]) -> list[str]:
    return [article["title"] for article in issue["articles"]]


def bodies(issue: dict[str, Any]) -> list[Any]:
    return [article["body"] for article in issue["articles"]]


# ── heads ──


def test_one_head_above_all_others_is_the_headline_and_the_next_level_are_articles(brought: Bring) -> None:
    issue = brought(f"# 秋天的版面\n\n## 甲\n\n{TEXT}\n\n### 小题\n\n{TEXT}\n\n## 乙\n\n{TEXT}\n")
    assert issue["headline"] == "秋天的版面"
    assert titles(issue) == ["甲", "乙"]
    assert bodies(issue)[0] == f"{TEXT}\n\n# 小题\n\n{TEXT}\n"


def test_the_headline_of_a_periodical_says_its_name_and_number(brought: Bring) -> None:
    issue = brought(f"# 排印周刊（第 42 期）：谁来校对\n\n## 甲\n\n{TEXT}\n\n## 乙\n\n{TEXT}\n", "a.md")
    assert (issue["title"], issue["number"], issue["headline"]) == ("排印周刊", "42", "谁来校对")


@pytest.mark.parametrize(
    ("headline", "name", "number"),
    [
        ("通讯 2024 年第 5 期", "a", "5"),
        ("Weekly #17", "a", "17"),
        ("周刊", "issue-021", "21"),
        ("第008期", "a", "8"),
    ],
)
def test_the_number_stands_in_the_headline_or_ends_the_files_name(
    brought: Bring, headline: str, name: str, number: str
) -> None:
    assert brought(f"# {headline}\n\n## 甲\n\n{TEXT}\n", f"{name}.md")["number"] == number


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("2024年5月3日", "2024-05-03"),
        ("2024 年 5 月", "2024-05"),
        ("2024-05-03", "2024-05-03"),
        ("2024", "2024"),
    ],
)
def test_the_date_is_as_much_as_the_headline_says(brought: Bring, said: str, date: str) -> None:
    assert brought(f"# 周报 {said}\n\n## 甲\n\n{TEXT}\n", "a.md")["date"] == date


def test_heads_whose_texts_are_all_below_heads_of_the_next_level_are_sections(brought: Bring) -> None:
    issue = brought(
        f"# 题\n\n## 新闻\n\n一句引子。\n\n### 甲\n\n{TEXT}\n\n### 乙\n\n{TEXT}\n\n## 文艺\n\n### 丙\n\n{TEXT}\n\n### 丁\n\n{TEXT}\n"
    )
    assert [section["section"] for section in issue["sections"]] == ["新闻", "文艺"]
    assert [[one["title"] for one in section["articles"]] for section in issue["sections"]] == [
        ["甲", "乙"],
        ["丙", "丁"],
    ]
    assert issue["sections"][0]["intro"] == "一句引子。"


def test_heads_that_are_counted_stand_in_one_article(brought: Bring) -> None:
    issue = brought(
        f"## 甲\n\n### 一、先说\n\n{TEXT}\n\n### 二、再说\n\n{TEXT}\n\n## 乙\n\n### 一、先说\n\n{TEXT}\n"
    )
    assert titles(issue) == ["甲", "乙"]
    assert bodies(issue)[0].startswith("# 一、先说\n")


def test_a_text_without_heads_is_one_article_of_the_files_name(brought: Bring) -> None:
    issue = brought(f"{TEXT}\n\n{TEXT}\n", "笔记.md", number="1")
    assert titles(issue) == ["笔记"]


def test_a_headline_with_a_text_and_nothing_else_is_an_article(brought: Bring) -> None:
    issue = brought(f"# 一篇文章\n\n{TEXT}\n")
    assert "headline" not in issue
    assert titles(issue) == ["一篇文章"]


def test_a_head_without_a_text_stays_as_a_heading(brought: Bring) -> None:
    issue = brought(f"## 甲\n\n{TEXT}\n\n## 空\n\n## 乙\n\n{TEXT}\n")
    assert titles(issue) == ["甲", "乙"]
    assert bodies(issue)[0].endswith("# 空\n")


def test_what_stands_before_the_first_head_is_on_the_cover(brought: Bring) -> None:
    issue = brought(f"# 题\n\n每周五出版。\n\n## 甲\n\n{TEXT}\n\n## 乙\n\n{TEXT}\n")
    assert issue["cover"] == ["每周五出版。\n"]


def test_underlined_heads_and_heads_of_html_are_heads(brought: Bring) -> None:
    issue = brought(f"<h1 align='center'>总&amp;题</h1>\n\n甲\n---\n\n{TEXT}\n\n<h2>乙</h2>\n\n{TEXT}\n")
    assert issue["headline"] == "总&题"
    assert titles(issue) == ["甲", "乙"]


def test_links_and_emphasis_in_heads_stay(brought: Bring) -> None:
    issue = brought(f"## [甲](https://example.org/) *重*\n\n{TEXT}\n\n## 乙：`code` #1\n\n{TEXT}\n")
    assert titles(issue) == ["[甲](https://example.org/) *重*", "乙：`code` #1"]


def test_deep_heads_are_of_the_lowest_level(brought: Bring) -> None:
    levels = "".join(f"{'#' * level} {level} 级\n\n{TEXT}\n\n" for level in range(2, 7))
    body = bodies(brought(levels + f"## 乙\n\n{TEXT}\n"))[0]
    assert [line for line in body.split("\n") if line.startswith("#")] == [
        "# 3 级",
        "## 4 级",
        "### 5 级",
        "### 6 级",
    ]


# ── front matter, author, source ──


@pytest.mark.parametrize("fences", [("---", ": "), ("+++", " = ")])
def test_front_matter_fills_the_keys(brought: Bring, fences: tuple[str, str]) -> None:
    fence, between = fences
    quote = '"' if fence == "+++" else ""
    pairs = {"title": "本期", "date": "2024-05-03", "number": "7", "author": "张三、李四"}
    front = "\n".join(f"{key}{between}{quote}{value}{quote}" for key, value in pairs.items())
    issue = brought(f"{fence}\n{front}\n{fence}\n\n## 甲\n\n{TEXT}\n\n## 乙\n\n{TEXT}\n", "a.md")
    assert (issue["headline"], issue["date"], issue["number"]) == ("本期", "2024-05-03", "7")


def test_front_matter_of_a_text_without_heads_is_the_articles(brought: Bring) -> None:
    issue = brought(f"---\ntitle: 文\nsubtitle: 副\nauthor: [张三, 李四]\n---\n{TEXT}\n")
    (article,) = issue["articles"]
    assert (article["title"], article["subtitle"], article["byline"]) == ("文", "副", ["张三", "李四"])


def test_a_rule_at_the_beginning_is_no_front_matter(brought: Bring) -> None:
    assert "---" in bodies(brought(f"---\n\n{TEXT}\n\n---\n\n{TEXT}\n"))[0]


def test_front_matter_with_aliases_is_text(brought: Bring) -> None:
    issue = brought(f"---\ntitle: &a 甲\nauthor: *a\n---\n{TEXT}\n")
    assert "title" not in [key for key in issue if key == "headline"]


def test_lines_that_say_author_source_and_date_become_keys(brought: Bring) -> None:
    issue = brought(
        f"## 甲\n\n作者：张三、李四\n\n{TEXT}\n\n（来源：科技部）\n\n## 乙\n\n文/王五\n\n{TEXT}\n"
    )
    first, second = issue["articles"]
    assert (first["byline"], first["source"], first["body"]) == (["张三", "李四"], "科技部", TEXT)
    assert second["byline"] == "王五"
    assert "CST-I005 Read as the article's source: 科技部" in issue["told"]


# ── pictures ──

PNG = picture_bytes()


def test_a_picture_is_a_figure_with_its_title_as_caption(brought: Bring) -> None:
    issue = brought(
        f'## 甲\n\n{TEXT}\n\n![实验室](图/a b.png "新实验室")\n\n{TEXT}\n'.replace("a b", "a%20b"),
        files={"图/a b.png": PNG},
    )
    assert bodies(issue)[0][1] == {
        "figure": "images/a-b.png",
        "caption": "新实验室",
        "alt": "实验室",
        "numbered": "false",
    }
    assert issue["files"] == ["images/a-b.png", "issue.yaml"]


@pytest.mark.parametrize(
    "below",
    ["图为新实验室。", "▲ 图为新实验室。", "*图为新实验室。*", "图 1：图为新实验室。", "图1 图为新实验室。"],
)
def test_a_paragraph_below_a_picture_is_its_caption(brought: Bring, below: str) -> None:
    issue = brought(f"## 甲\n\n![](a.png)\n\n{below}\n\n{TEXT}\n", files={"a.png": PNG})
    figure, text = bodies(issue)[0]
    assert figure["caption"] == "图为新实验室。"
    assert text == f"{TEXT}\n"


def test_a_caption_that_stands_twice_is_printed_once(brought: Bring) -> None:
    issue = brought(f"## 甲\n\n![新实验室](a.png)\n\n**新实验室**\n\n{TEXT}\n", files={"a.png": PNG})
    assert [figure.get("caption") for figure in bodies(issue)[0] if isinstance(figure, dict)] == ["新实验室"]
    assert bodies(issue)[0][1] == f"{TEXT}\n"


def test_words_of_programs_are_no_captions(brought: Bring) -> None:
    issue = brought(f"## 甲\n\n![image](a.png)\n\n{TEXT}\n\n![a.png](a.png)\n", files={"a.png": PNG})
    assert all("caption" not in piece for piece in bodies(issue)[0] if isinstance(piece, dict))


def test_numbers_of_figures_are_the_layouts_where_they_are_the_same(brought: Bring) -> None:
    issue = brought(
        f"## 甲\n\n![](a.png)\n\n图 1 甲图\n\n{TEXT}\n\n![](b.png)\n\n图 2 乙图\n",
        files={"a.png": PNG, "b.png": picture_bytes(size=(80, 50))},
    )
    figures = [piece for piece in bodies(issue)[0] if isinstance(piece, dict)]
    assert [figure["caption"] for figure in figures] == ["甲图", "乙图"]
    assert not any("numbered" in figure for figure in figures)


def test_a_number_that_is_not_the_layouts_stays_in_the_caption(brought: Bring) -> None:
    issue = brought(f"## 甲\n\n![](a.png)\n\n图 7 甲图\n\n{TEXT}\n", files={"a.png": PNG})
    figure = bodies(issue)[0][0]
    assert (figure["caption"], figure["numbered"]) == ("图 7 甲图", "false")


def test_two_files_of_one_name_are_two_and_one_file_twice_is_one(brought: Bring) -> None:
    other = picture_bytes(size=(80, 50))
    issue = brought(
        f"## 甲\n\n![](x/a.png)\n\n![](y/a.png)\n\n![](x/./a.png)\n\n{TEXT}\n",
        files={"x/a.png": PNG, "y/a.png": other},
    )
    assert len([name for name in issue["files"] if name.startswith("images/")]) == 2


def test_pictures_in_texts_and_in_html_are_taken_along(brought: Bring) -> None:
    issue = brought(
        f"## 甲\n\n前文![小图](a.png)后文。\n\n- 项\n\n  ![](b.png)\n\n<p align=center><img src='c.png' alt='丙'></p>\n\n{TEXT}\n",
        files={"a.png": PNG, "b.png": picture_bytes(size=(80, 50)), "c.png": picture_bytes(size=(90, 50))},
    )
    assert issue["files"] == ["images/a.png", "images/b.png", "images/c.png", "issue.yaml"]
    assert "![小图](images/a.png)" in bodies(issue)[0][0]


def test_pictures_on_the_web_are_listed_once_and_stand_as_frames(brought: Bring) -> None:
    issue = brought(f"## 甲\n\n![图](https://example.org/a.png)\n\n{TEXT}\n\n![](//example.org/b.png)\n")
    (told,) = [one for one in issue["told"] if one.startswith("CST-I003")]
    assert "https://example.org/a.png, https://example.org/b.png" in told
    assert bodies(issue)[0].startswith("![图](<https://example.org/a.png>")


@pytest.mark.parametrize(
    "address",
    ["../secret.png", "/etc/passwd", "file:///etc/passwd", "missing.png", "link.png", r"..\secret.png"],
)
def test_pictures_that_are_not_below_the_folder_are_not_read(
    brought: Bring, tmp_path: Path, address: str
) -> None:
    (tmp_path / "secret.png").write_bytes(PNG)
    (tmp_path / "from").mkdir()
    (tmp_path / "from/link.png").symlink_to(tmp_path / "secret.png")
    issue = brought(f"## 甲\n\n![图]({address})\n\n{TEXT}\n")
    assert issue["files"] == ["issue.yaml"]
    assert any(one.startswith("CST-I004") for one in issue["told"])


def test_a_picture_in_its_address_becomes_a_file(brought: Bring) -> None:
    import base64

    coded = base64.b64encode(PNG).decode()
    issue = brought(f"## 甲\n\n![图](data:image/png;base64,{coded})\n\n{TEXT}\n")
    assert issue["files"] == ["images/picture.png", "issue.yaml"]


def test_a_file_gets_the_ending_of_what_it_is(brought: Bring) -> None:
    issue = brought(f"## 甲\n\n![图](a.jpg)\n\n{TEXT}\n", files={"a.jpg": PNG})
    assert "images/a.png" in issue["files"]


# ── texts ──


def test_notes_and_links_that_are_defined_at_the_end_go_with_the_articles_that_call_them(
    brought: Bring,
) -> None:
    issue = brought(
        f"## 甲\n\n有注[^1]。\n\n## 乙\n\n有[链接][a]和[^1]。\n\n## 丙\n\n{TEXT}\n\n[^1]: 注文。\n\n[a]: https://example.org/\n"
    )
    assert bodies(issue) == [
        "有注[^1]。\n\n[^1]: 注文。\n",
        "有[链接][a]和[^1]。\n\n[a]: https://example.org/\n\n[^1]: 注文。\n",
        TEXT,
    ]


def test_code_tables_lists_and_quotations_stay_as_typed(brought: Bring) -> None:
    text = "```python\n# 不是标题\nx = 1\n```\n\n| 甲 | 乙 |\n|--|--|\n| 1 | 2 |\n\n- 一\n  - 二\n\n> 引文\n>\n> 再引\n\n1. 甲\n\n   段\n"
    assert bodies(brought(f"## 甲\n\n{text}\n## 乙\n\n{TEXT}\n"))[0] == text


def test_comments_and_marks_of_contents_are_left_out_and_reported(brought: Bring) -> None:
    issue = brought(f"[toc]\n\n<!-- 待改 -->\n\n## 甲\n\n{TEXT}\n\n## 乙\n\n{TEXT}\n")
    assert "待改" not in str(bodies(issue)) + str(issue.get("cover"))
    assert [one for one in issue["told"] if one.startswith("CST-I006")] == [
        "CST-I006 Left out: 1 comments.",
        "CST-I006 Left out: the placeholder of a table of contents.",
    ]


@pytest.mark.parametrize("entry", ["- [{0}](#{0})", "1. {0}", "{0} ……………… 3", "- {0}"])
def test_a_typed_list_of_contents_is_left_out(brought: Bring, entry: str) -> None:
    names = ["编辑手记", "谁来校对", "版面的事", "读者来信"]
    contents = "\n".join(entry.format(name) for name in names)
    issue = brought(
        f"# 题\n\n## 目录\n\n{contents}\n\n" + "".join(f"## {name}\n\n{TEXT}\n\n" for name in names[:3])
    )
    assert titles(issue) == names[:3]
    assert any("typed table of contents" in one for one in issue["told"])


def test_a_list_of_other_things_is_no_list_of_contents(brought: Bring) -> None:
    issue = brought(f"# 题\n\n## 甲\n\n- 苹果\n- 梨\n- 甲\n\n## 乙\n\n{TEXT}\n")
    assert bodies(issue)[0] == "- 苹果\n- 梨\n- 甲\n"


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("甲\u00a0\u00a0乙", "甲乙"),
        ("Ann\u00a0\u00a0Lee", "Ann Lee"),
        ("10\u00a0kg", "10\u00a0kg"),
        ("甲\u200b乙", "甲乙"),
        ("\u2f00个\u2f08", "一个人"),
        ("extra\u00adordinary", "extraordinary"),
        ("甲乙\n丙丁", "甲乙丙丁"),
        ("甲乙\nabc", "甲乙\nabc"),
        ("👨\u200d👩", "👨\u200d👩"),
    ],
)
def test_what_nobody_typed_is_cleaned(brought: Bring, typed: str, cleaned: str) -> None:
    assert bodies(brought(f"## 甲\n\n{typed}\n\n## 乙\n\n{TEXT}\n"))[0].rstrip("\n") == cleaned
    assert bodies(brought(f"## 甲\n\n{typed}\n\n## 乙\n\n{TEXT}\n", keep=True))[0].rstrip("\n") == typed


def test_code_is_not_cleaned(brought: Bring) -> None:
    code = "```\na\u00a0\u00a0b\u200b\n```"
    assert bodies(brought(f"## 甲\n\n{code}\n\n## 乙\n\n{TEXT}\n"))[0].rstrip("\n") == code


@pytest.mark.parametrize(
    "text",
    [
        "  缩进的首行\n\n第二段",
        "a: b # c",
        "- 一",
        "'",
        "@甲",
        "!x",
        "{a}",
        "甲\u2028乙",
        "#1 号",
        "true",
        "012",
        "~",
    ],
)
def test_every_text_is_read_from_the_yaml_as_it_was_typed(brought: Bring, text: str) -> None:
    issue = brought(f"## 甲\n\n```\n{text}\n```\n\n## 乙：{text.split(maxsplit=1)[0]}\n\n{TEXT}\n", keep=True)
    assert issue["articles"][0]["body"].rstrip("\n") == f"```\n{text}\n```"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("这个国家的时间。", "zh-Hans"),
        ("這個國家的時間。", "zh-Hant"),
        ("A text in English, nothing else.", "en"),
    ],
)
def test_the_language_is_that_of_most_of_the_text(brought: Bring, text: str, language: str) -> None:
    assert brought(f"## 甲\n\n{text * 5}\n")["language"] == language
