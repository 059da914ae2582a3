"""Every way we know to break an issue's file is told: the code, the place, a caret, no traceback, no PDF."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.support.projects import ISSUE, SmallProject, picture_bytes

FILE = "issues/one/issue.yaml"
Setup = Callable[[SmallProject], object]


@dataclass(frozen=True)
class Broken:
    """A broken issue: what is in its file, and where the error is told; no place where there is no text."""

    what: str
    content: str | bytes | None
    code: str
    line: int | None = None
    column: int | None = None
    says: str = ""
    setup: Setup | None = None


def swap(old: str, new: str) -> str:
    """The smallest issue with one line other than it should be."""
    assert ISSUE.count(old + "\n") == 1, old
    return ISSUE.replace(old + "\n", new + "\n")


def block(yaml: str) -> str:
    """The smallest issue with blocks for its text: they begin in line 10, indented by six."""
    return swap("    body: 正文。", f"    body:\n{yaml}")


def figure(path: str, alt: str = "甲") -> str:
    return block(f"      - figure: {path}\n        alt: {alt}")


GROUP = block("      - figures:\n          - image: a.png\n            alt: 甲")


def with_picture(path: str, data: bytes) -> Setup:
    return lambda project: project.write(f"issues/one/{path}", data)


def link_to_picture(project: SmallProject) -> None:
    project.write("elsewhere.png", picture_bytes())
    (project.root / "issues/one/a.png").symlink_to(project.root / "elsewhere.png")


def link_to_folder(project: SmallProject) -> None:
    project.write("layouts/pictures/a.png", picture_bytes())
    (project.root / "issues/one/images").symlink_to(project.root / "layouts/pictures")


def link_to_nothing(project: SmallProject) -> None:
    (project.root / "issues/one/a.png").symlink_to(project.root / "nothing.png")


def pipe_as(path: str) -> Setup:
    def make(project: SmallProject) -> None:
        (project.root / path).parent.mkdir(parents=True, exist_ok=True)
        os.mkfifo(project.root / path)

    return make


def folder_as(path: str) -> Setup:
    return lambda project: (project.root / path).mkdir(parents=True)


BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n"
TITLE, NUMBER, DATE, ARTICLES = "title: 刊名", "number: 2", "date: 2020", ISSUE[ISSUE.index("articles") :]
BODY = "    body: 正文。"


def articles(text: str) -> str:
    return ISSUE.replace(ARTICLES, text)


def title(text: str) -> str:
    return swap(TITLE, f"title: {text}")


TABLE = [
    # ── values of the wrong kind ──
    Broken("a list as the title", title("[刊名]"), "CST-Y022", 3, 8, "found: list"),
    Broken("keys as the title", title("{甲: 乙}"), "CST-Y022", 3, 8, "found: group of keys"),
    Broken("an empty title", swap(TITLE, "title:"), "CST-Y023", 3, 7),
    Broken("a title of blanks", title('"  "'), "CST-Y023", 3, 8),
    Broken("a title of two lines", title("|\n  一\n  二"), "CST-Y024", 3, 8),
    Broken("no as the number", swap(NUMBER, "number: no"), "CST-Y026", 6, 9, "“no”"),
    Broken("nought as the number", swap(NUMBER, "number: 0"), "CST-Y026", 6, 9),
    Broken("a number of noughts", swap(NUMBER, "number: 000"), "CST-Y026", 6, 9),
    Broken("a negative number", swap(NUMBER, "number: -1"), "CST-Y026", 6, 9),
    Broken("a broken number", swap(NUMBER, "number: 1.5"), "CST-Y026", 6, 9),
    Broken("a full-width number", swap(NUMBER, "number: ２"), "CST-Y026", 6, 9),
    Broken("a Chinese number", swap(NUMBER, "number: 二"), "CST-Y026", 6, 9),
    Broken("a number of 5,000 digits", swap(NUMBER, "number: " + "9" * 5000), "CST-Y026", 6, 9),
    Broken("a list as the number", swap(NUMBER, "number: [2]"), "CST-Y022", 6, 9),
    Broken("the thirtieth of February", swap(DATE, "date: 2020-02-30"), "CST-Y027", 5, 7, "no such date"),
    Broken("the thirteenth month", swap(DATE, "date: 2020-13"), "CST-Y027", 5, 7, "no such date"),
    Broken("the year nought", swap(DATE, "date: 0000"), "CST-Y027", 5, 7),
    Broken("a date with slashes", swap(DATE, "date: 2020/2"), "CST-Y027", 5, 7, "not a date"),
    Broken("a date in Chinese", swap(DATE, "date: 二〇二〇年"), "CST-Y027", 5, 7),
    Broken("full-width digits in a date", swap(DATE, "date: ２０２０"), "CST-Y027", 5, 7),
    Broken("Chinese as the language", swap("language: zh-Hans", "language: Chinese"), "CST-Y028", 2, 11),
    Broken("中文 as the language", swap("language: zh-Hans", "language: 中文"), "CST-Y028", 2, 11),
    Broken("no articles", articles("articles: []\n"), "CST-Y031", 7, 11),
    Broken("articles that are one text", articles("articles: 甲\n"), "CST-Y022", 7, 11, "Expected here: list"),
    Broken("articles without dashes", articles("articles:\n  title: 甲\n"), "CST-Y022", 8, 3, "Expected here: list"),
    Broken("articles left empty", articles("articles:\n"), "CST-Y022", 7, 10, "Expected here: list"),
    Broken("an article that is a text", articles("articles:\n  - 甲\n"), "CST-Y022", 8, 5, "group of keys"),
    Broken("a body of keys", swap(BODY, "    body: {甲: 乙}"), "CST-Y022", 9, 11),
    Broken("an empty body", swap(BODY, "    body:"), "CST-Y023", 9, 10),
    Broken("a body without blocks", swap(BODY, "    body: []"), "CST-Y031", 9, 11),
    Broken("a block that is a list", block("      - [甲]"), "CST-Y030", 10, 9),
    Broken("a block of no known kind", block("      - picture: a.png"), "CST-Y030", 10, 9),
    Broken("an empty block", block("      -"), "CST-Y023", 10, 8),
    Broken("a group without figures", block("      - figures: []"), "CST-Y031", 10, 18),
    Broken("a figure that is a list", block("      - figure: [a.png]\n        alt: 甲"), "CST-Y022", 10, 17),
    Broken("a figure without alt", block("      - figure: a.png"), "CST-Y021", 10, 9, "“alt”"),
    Broken("a figure with an empty alt", figure("a.png", ""), "CST-Y023", 11, 13),
    Broken("decoration with alt", figure("a.png", "甲\n        decorative: true"), "CST-Y040", 11, 14),
    Broken(
        "decoration with a caption",
        block("      - figure: a.png\n        decorative: true\n        caption: 甲"),
        "CST-Y040",
        12,
        18,
    ),
    Broken("a figure that is not decorative without alt", block("      - figure: a.png\n        decorative: false"), "CST-Y021", 10, 9, "“alt”"),
    Broken("yes as a flag", figure("a.png", "甲\n        stand_in: yes"), "CST-Y025", 12, 19, "“yes”"),
    Broken(
        "a wrong way of captions",
        block("      - figures:\n          - image: a.png\n            alt: 甲\n        captions: key"),
        "CST-Y032",
        13,
        19,
        "Did you mean “keyed”?",
    ),
    Broken(
        "a picture of a group without image",
        block("      - figures:\n          - alt: 甲\n"),
        "CST-Y021",
        11,
        13,
        "“image”",
    ),
    Broken("the whole file a list", "- 甲\n", "CST-Y022", 1, 1, "group of keys"),
    Broken("the whole file a text", "甲\n", "CST-Y022", 1, 1, "group of keys"),
    # ── keys ──
    Broken("a misspelt key", swap(TITLE, "titel: 刊名"), "CST-Y020", 3, 1, "Did you mean “title”?"),
    Broken("a capital key", swap(TITLE, "Title: 刊名"), "CST-Y020", 3, 1, "Did you mean “title”?"),
    Broken("an unknown key", swap(TITLE, "title: 刊名\nzzz: 1"), "CST-Y020", 4, 1, "Known here: layout"),
    Broken("a key of a picture beside its group", GROUP + "        id: lab", "CST-Y020", 13, 9, "items of “figures”"),
    Broken("a key of the group below a picture", GROUP + "            captions: each", "CST-Y020", 13, 13, "beside “figures”"),
    Broken("a misspelt key of an article", swap(BODY, "    bodi: 甲"), "CST-Y020", 9, 5, "“body”"),
    Broken(
        "a misspelt key of a figure", figure("a.png", "甲\n        captoin: 乙"), "CST-Y020", 12, 9, "“caption”"
    ),
    Broken("no layout", ISSUE.removeprefix("layout: base\n"), "CST-Y021", 1, 1, "“layout”"),
    Broken("no articles key", articles(""), "CST-Y021", 1, 1, "“articles”"),
    Broken("an article without a title", articles("articles:\n  - body: 甲\n"), "CST-Y021", 8, 5, "“title”"),
    Broken("a layout that is not there", swap("layout: base", "layout: bsae"), "CST-L001", 1, 9, "“base”"),
    Broken("a key typed twice", swap(NUMBER, "number: 2\ntitle: 又"), "CST-Y016", 7, 1, "in line 3"),
    Broken("a list as a key", swap(TITLE, "? [刊]\n: 名"), "CST-Y015", 3, 3),
    # ── YAML that is not YAML ──
    Broken("a tab as indentation", swap(BODY, "\tbody: 正文。"), "CST-Y010", 9, 1, "spaces"),
    Broken("a tab behind a dash", block("      - \tfigure: a.png"), "CST-Y010", 10, 9, "spaces"),
    Broken("a full-width colon", swap(TITLE, "title：刊名"), "CST-Y010", 3, 6, "half-width colon"),
    Broken("a full-width colon at the end", swap(BODY, "    body：正文。"), "CST-Y010", 9, 9, "half-width"),
    Broken("no space after a colon", swap(TITLE, "title:刊名"), "CST-Y010", 3, 7, "space after the colon"),
    Broken("a colon in the title", title("刊名: 副题"), "CST-Y010", 3, 8, "“title: |”"),
    Broken("a title that begins with @", title("@刊名"), "CST-Y010", 3, 8, "begins with “@”"),
    Broken("a title that begins with %", title("%刊名"), "CST-Y010", 3, 8, "begins with “%”"),
    Broken("a title that begins with a backtick", title("`刊名"), "CST-Y010", 3, 8, "begins with “`”"),
    Broken("a title that begins with >", title(">刊名"), "CST-Y010", 3, 8, "begins with “>”"),
    Broken("a title that begins with |", title("|刊名"), "CST-Y010", 3, 8, "begins with “|”"),
    Broken("a title that begins with **", title("**刊名**"), "CST-Y010", 3, 8, "begins with “*”"),
    Broken("a title that begins with a bracket", title("[刊]名"), "CST-Y010", 3, 8, "begins with “[”"),
    Broken("a title that begins with a brace", title("{刊名"), "CST-Y010", 3, 8, "begins with “{”"),
    Broken("a quote that is not closed", title('"刊名'), "CST-Y010", 3, 8),
    Broken("text behind a quoted text", title('"刊" 名'), "CST-Y010", 3, 8),
    Broken("a body that is not indented", swap(BODY, "body: 正文。\n  甲: 乙"), "CST-Y010", 10, 4),
    Broken("a block indented too little", block("      - |\n   甲"), "CST-Y010", 11, 4),
    Broken("an entry without a dash", articles("articles:\n  - title: 甲\n  body: 乙\n"), "CST-Y010", 9, 3),
    # ── YAML that is refused ──
    Broken("an anchor", title("&t 刊名"), "CST-Y012", 3, 8),
    Broken("an alias", title("*t"), "CST-Y012", 3, 8),
    Broken("an alias bomb", BOMB + ISSUE, "CST-Y012", 1, 4),
    Broken("a recursive anchor", "a: &a [*a]\n" + ISSUE, "CST-Y012", 1, 4),
    Broken("a tag", title("!!str 刊名"), "CST-Y012", 3, 8),
    Broken("a Python object", title("!!python/object:os.system x"), "CST-Y012", 3, 8),
    Broken("a merge key with an alias", "<<: *base\n" + ISSUE, "CST-Y012", 1, 5),
    Broken("a merge key with keys", "<<: {title_en: X}\n" + ISSUE, "CST-Y020", 1, 1),
    Broken("two documents", ISSUE + "---\n" + ISSUE, "CST-Y013", 10, 1),
    Broken("5,000 brackets", articles("articles: " + "[" * 5000 + "\n"), "CST-Y014", 7, 50),
    Broken("5,000 lists in lists", articles("articles:\n" + "- " * 5000 + "\n"), "CST-Y014", 8, 79),
    Broken("5,000 braces", articles("articles: " + "{a: " * 5000 + "\n"), "CST-Y014"),
    Broken("120,000 values", articles("articles: [" + "a, " * 120_000 + "]\n"), "CST-Y014"),
    # ── files that are no text ──
    Broken("a file in GBK", ISSUE.encode("gbk"), "CST-Y004", 3, 8, "GBK"),
    Broken("a file in Big5", ISSUE.replace("正文", "出版單位與台灣學會").encode("big5", "ignore"), "CST-Y004", says="Big5"),
    Broken("a file in UTF-16", ISSUE.encode("utf-16"), "CST-Y004", says="UTF-16"),
    Broken("a file in UTF-16 without a mark", ISSUE.encode("utf-16-le"), "CST-Y004"),
    Broken("a file in UTF-32", ISSUE.encode("utf-32"), "CST-Y004", says="UTF-32"),
    Broken("a file in Latin-1", title("café").encode("latin-1", "ignore"), "CST-Y004", 3, 11),
    Broken("a NUL", title("刊\0名"), "CST-Y017", 3, 9, "U+0000"),
    Broken("a NUL written as an escape", title('"刊\\0名"'), "CST-Y017", 3, 10, "U+0000"),
    Broken("a private character written as an escape", title('"刊\\uE001名"'), "CST-F010", 3, 10, "U+E001"),
    Broken("an empty file", "", "CST-Y011", says="empty"),
    Broken("blank lines only", "\n \n\n", "CST-Y011", says="empty"),
    Broken("comments only", "# 甲\n# 乙\n", "CST-Y011", says="empty"),
    Broken("a picture as the file", picture_bytes(), "CST-Y004", 1, 1),
    Broken("a file of 9 MB", ISSUE + "#" * 9_000_000, "CST-Y003"),
    Broken("a pipe as the file", None, "CST-Y001", setup=pipe_as(FILE), says="not a regular file"),
    Broken("a folder as the file", None, "CST-Y001", setup=folder_as(FILE), says="folder"),
    # ── pictures ──
    Broken("a picture by a backslash", figure("images\\a.png"), "CST-Y029", 10, 17, "Write images/a.png"),
    Broken("a picture on another disk", figure("C:\\a.png"), "CST-Y029", 10, 17, "leads out of"),
    Broken("a picture by ../", figure("../a.png"), "CST-Y029", 10, 17),
    Broken("a picture by ../ in the middle", figure("images/../../a.png"), "CST-Y029", 10, 17),
    Broken("a picture by an absolute path", figure("/etc/a.png"), "CST-Y029", 10, 17),
    Broken("a picture by a URL", figure("https://example.org/a.png"), "CST-Y029", 10, 17),
    Broken("a picture by file:", figure("file:///etc/a.png"), "CST-Y029", 10, 17),
    Broken("a picture by a Windows path", figure("images\\a.png"), "CST-Y029", 10, 17),
    Broken("a picture that is not there", figure("a.png"), "CST-P001", 10, 17),
    Broken(
        "a picture with another name",
        figure("images/foto.png"),
        "CST-P001",
        10,
        17,
        "“images/photo.png”",
        with_picture("images/photo.png", picture_bytes()),
    ),
    Broken("a folder as a picture", figure("a.png"), "CST-P002", 10, 17, setup=folder_as("issues/one/a.png")),
    Broken("the issue's folder as a picture", figure("."), "CST-P002", 10, 17),
    Broken("a pipe as a picture", figure("a.png"), "CST-P002", 10, 17, setup=pipe_as("issues/one/a.png")),
    Broken("a link as a picture", figure("a.png"), "CST-P002", 10, 17, "link", link_to_picture),
    Broken("a link to nothing as a picture", figure("a.png"), "CST-P002", 10, 17, "link", link_to_nothing),
    Broken("a folder that is a link", figure("images/a.png"), "CST-P002", 10, 17, "link", link_to_folder),
    Broken(
        "half a PNG",
        figure("a.png"),
        "CST-P003",
        10,
        17,
        "damaged",
        with_picture("a.png", picture_bytes()[:-1500]),
    ),
    Broken(
        "half a JPEG",
        figure("a.jpg"),
        "CST-P003",
        10,
        17,
        "damaged",
        with_picture("a.jpg", picture_bytes("JPEG")[:-500]),
    ),
    Broken("an empty picture", figure("a.png"), "CST-P003", 10, 17, setup=with_picture("a.png", b"")),
    Broken("text as a picture", figure("a.png"), "CST-P003", 10, 17, setup=with_picture("a.png", b"hello")),
    Broken(
        "a PDF as a picture", figure("a.png"), "CST-P006", 10, 17, "a PDF", with_picture("a.png", b"%PDF-1.7")
    ),
]  # fmt: skip


@pytest.mark.parametrize("broken", TABLE, ids=lambda broken: broken.what.replace(" ", "_"))
def test_a_broken_issue_is_told_at_its_place(broken: Broken, project: SmallProject, run: Run) -> None:
    if broken.content is not None:
        project.issue(broken.content)
    if broken.setup is not None:
        broken.setup(project)
    before = project.outputs()

    outcome = run("render", "one")

    assert outcome.status in (1, 2)
    assert "Traceback" not in outcome.err
    assert broken.code in outcome.err
    place = re.search(
        rf"^(?:issues/one/issue\.yaml(?::(\d+):(\d+))?: )?error {broken.code}: ", outcome.err, re.M
    )
    assert place, outcome.err
    if broken.line is not None:
        assert (int(place[1] or 0), int(place[2] or 0)) == (broken.line, broken.column), outcome.err
        assert re.search(rf"^  {broken.line} \| .*\n {{2,}}\| +\^+$", outcome.err, re.M), outcome.err
    assert broken.says in outcome.err
    assert project.outputs() == before


def test_the_table_names_each_case_once() -> None:
    names = [broken.what for broken in TABLE]
    assert len(set(names)) == len(names) >= 40


def test_a_byte_order_mark_windows_line_ends_and_chinese_quotes_are_fine(project: SmallProject) -> None:
    from cstprint.issue.reader import read_issue

    text = title("“刊名”").replace("\n", "\r\n")
    issue = read_issue(project.issue(b"\xef\xbb\xbf" + text.encode("utf-8")))
    assert issue.diagnostics == ()
    assert issue.value is not None
    assert issue.value.title == "“刊名”"
    assert (issue.value.layout.span.line, issue.value.layout.span.column) == (1, 9)


def test_all_errors_of_a_file_are_told_at_once_and_in_its_order(project: SmallProject, run: Run) -> None:
    text = swap(NUMBER, "number: no").replace("date: 2020", "date: 2020-13").replace("    body", "    bodi")
    project.issue(text.replace("language: zh-Hans", "language: Chinese"))

    outcome = run("render", "one")

    told = re.findall(r"^issues/one/issue\.yaml:(\d+):(\d+): error (CST-\w+)", outcome.err, re.M)
    assert told == [
        ("2", "11", "CST-Y028"),
        ("5", "7", "CST-Y027"),
        ("6", "9", "CST-Y026"),
        ("9", "5", "CST-Y020"),
    ]
    assert "errors: 4" in outcome.err


def test_missing_pictures_and_characters_are_told_together(project: SmallProject, run: Run) -> None:
    project.issue(figure("a.png", "한"))
    outcome = run("render", "one")
    assert {"CST-P001", "CST-F010"} <= set(re.findall(r"error (CST-\w+)", outcome.err))


@pytest.mark.parametrize("character", ["\x85", "\u2028", "\u2029"], ids=["NEL", "LS", "PS"])
def test_line_ends_of_other_programs_do_not_move_the_places_of_errors(
    character: str, project: SmallProject, run: Run
) -> None:
    project.issue(f"# 一{character}\n" + swap(NUMBER, "number: no"))
    outcome = run("render", "one")
    assert outcome.status == 1
    assert re.findall(r":(\d+:\d+): error (CST-\w+)", outcome.err) == [("7:9", "CST-Y026")]


def test_a_pipe_named_on_the_command_line_does_not_hang(project: SmallProject, run: Run) -> None:
    pipe_as(FILE)(project)
    outcome = run("render", FILE)
    assert outcome.status in (1, 2)


def test_the_excerpt_shows_nothing_that_acts_on_a_terminal(project: SmallProject, run: Run) -> None:
    project.issue(title("刊\x1b[31m名"))
    outcome = run("render", "one")
    assert outcome.status == 0
    assert "CST-F022" in outcome.err
    assert "\x1b" not in outcome.err


def test_the_value_in_a_message_shows_nothing_that_acts_on_a_terminal(
    project: SmallProject, run: Run
) -> None:
    project.issue(swap(NUMBER, 'number: "\\e[31m"'))
    outcome = run("render", "one")
    assert outcome.status == 1
    assert "\x1b" not in outcome.err


def test_a_file_without_permission_is_told(project: SmallProject, run: Run) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    Path(project.issue()).chmod(0)
    outcome = run("render", "one")
    assert "CST-Y002" in outcome.err
