"""Web pages to issues: where the article stands, what its elements become in Markdown, what is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from cstprint.importing.document import Document, Head, Picture, Text
from cstprint.importing.html import read_html
from cstprint.source import SourceFile
from tests.conftest import Run
from tests.support.projects import SmallProject, picture_bytes


def page(body: str, head: str = "") -> Document:
    html = f"<!doctype html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    return read_html(SourceFile(Path("page.html"), html))


def written(body: str) -> str:
    """The Markdown of a page's texts."""
    return "\n\n".join(piece.markdown for piece in page(body).pieces if isinstance(piece, Text))


def heads(document: Document) -> list[tuple[int, str]]:
    return [(piece.level, piece.text) for piece in document.pieces if isinstance(piece, Head)]


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>一段</p><p>二段</p>", "一段\n\n二段"),
        ("<p>  两  端\n 空白 </p>", "两 端 空白"),
        ("<p><b>粗</b>和<i>斜</i>和<s>删</s>和<mark>亮</mark></p>", "**粗**和*斜*和~~删~~和==亮=="),
        ("<p>水H<sub>2</sub>O，x<sup>2</sup>，<sup>注</sup></p>", "水H~2~O，x^2^，<sup>注</sup>"),
        ("<p><a href='https://example.org/a(b)'>链接</a></p>", "[链接](<https://example.org/a(b)>)"),
        ("<p><a href='#top'>回顶</a></p>", "回顶"),
        ("<p><a href='javascript:x()'>点</a></p>", "点"),
        ("<p>一行<br>二行<br></p>", "一行\\\n二行"),
        ("<p>一行<br><br>另段</p>", "一行\n\n另段"),
        ("<p><br>一行<br><b>二</b><br><br></p>", "一行\\\n**二**"),
        ("<p>代码 <code>a`b</code></p>", "代码 ``a`b``"),
        ("<pre><code># 不是标题\n  x</code></pre>", "```\n# 不是标题\n  x\n```"),
        ("<p><ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby></p>", "漢字（かんじ）"),
        ("<ul><li>一</li><li>二<ol start=3><li>甲</li></ol></li></ul>", "- 一\n- 二\n  3. 甲"),
        ("<ul><li><p>段一</p><p>段二</p></li></ul>", "- 段一\n\n  段二"),
        ("<blockquote><p>引</p><p>文</p></blockquote>", "> 引\n>\n> 文"),
        ("<hr>", "---"),
        ("<dl><dt>词</dt><dd>义</dd></dl>", "词\n: 义"),
        ("<table><tr><th>甲</th><th>乙</th></tr><tr><td>1|2</td><td>3</td></tr></table>", "| 甲 | 乙 |\n| --- | --- |\n| 1\\|2 | 3 |"),
        ("<p>1. 不是列表</p>", "1\\. 不是列表"),
        ("<p># 不是标题</p>", "\\# 不是标题"),
        ("<p>a*b*c_d_ [x](y) &lt;br&gt;</p>", "a\\*b\\*c\\_d\\_ \\[x](y) \\<br\\>"),
        ("<p>3*4=12，3~5天，a_b</p>", "3*4=12，3~5天，a_b"),
        ("<p style='display:none'>看不见</p><p>看得见</p>", "看得见"),
        ("<div>裸字<p>段</p>尾字</div>", "裸字\n\n段\n\n尾字"),
        ("<section><section><span>套</span><span>着</span></section></section>", "套着"),
    ],
)  # fmt: skip
def test_elements_are_written_as_markdown(html: str, markdown: str) -> None:
    assert written(html) == markdown


def test_a_table_that_joins_cells_stays_html() -> None:
    table = written(
        "<table class=x><tr><td rowspan=2 style='color:red'>甲</td><td>乙</td></tr><tr><td>丙</td></tr></table>"
    )
    assert '<td rowspan="2">甲</td>' in table
    assert "style" not in table


def test_a_page_of_a_public_account() -> None:
    document = page(
        "<h1 id='activity-name'> 实验室开放 </h1><span id='js_name'>科技通讯</span><em id='publish_time'>2024-05-03</em>"
        "<div id='js_content'><section><p><strong>一个小标题</strong></p><p><span style='font-size:15px'>正文一段。</span></p>"
        "<p><img data-src='https://example.org/a.png' src='data:image/gif;base64,R0lGOD' alt='图片'></p>"
        "<p>图为新实验室。</p><p>长按识别二维码关注我们</p></section></div><div id='js_pc_qr_code'>扫码</div>"
    )
    assert document.meta == {"title": "实验室开放", "source": "科技通讯", "date": "2024-05-03"}
    assert heads(document) == [(2, "一个小标题")]
    (picture,) = [piece for piece in document.pieces if isinstance(piece, Picture)]
    assert picture.address == "https://example.org/a.png"
    assert [piece.markdown for piece in document.pieces if isinstance(piece, Text)] == [
        "正文一段。",
        "图为新实验室。",
    ]
    assert any("长按识别二维码关注我们" in str(one.message) for one in document.found)


def test_headings_are_told_by_the_size_of_their_type_where_no_element_says_so() -> None:
    document = page(
        "<p style='font-size:20px'>大字标题</p><p style='font-size:15px'>正文一段，写得比标题长。</p>"
        "<p style='font-size:20px'>又一标题</p><p style='font-size:15px'>正文一段，写得比标题长。</p>"
    )
    assert [text for _, text in heads(document)] == ["大字标题", "又一标题"]


def test_bold_sentences_are_no_headings_and_bold_lines_are_none_where_elements_say_so() -> None:
    assert heads(page("<p><b>这是一句话。</b></p><p>正文。</p>")) == []
    assert heads(page("<h2>真</h2><p><b>粗体一行</b></p>")) == [(2, "真")]


@pytest.mark.parametrize(
    "around",
    [
        "<nav>导航</nav>{}<footer>页脚</footer>",
        "<div class=menu>导航</div><article>{}</article>",
        "<aside>侧栏</aside><div class=entry-content>{}</div>",
    ],
)
def test_only_the_article_of_a_page_is_taken(around: str) -> None:
    assert written(around.format("<p>正文</p>")) == "正文"


def test_figures_have_their_captions() -> None:
    document = page("<figure><img src=a.png alt=甲><figcaption>图为<b>甲</b></figcaption></figure>")
    (picture,) = document.pieces
    assert isinstance(picture, Picture)
    assert (picture.address, picture.alt, picture.caption) == ("a.png", "甲", "图为**甲**")


def test_points_that_count_readers_are_no_pictures() -> None:
    assert page("<p>字</p><img src=x.gif width=1 height=1>").pieces[1:] == ()


def test_scripts_and_styles_are_no_text() -> None:
    assert written("<script>var a = '字'</script><style>p {}</style><p>正文</p>") == "正文"


def test_a_broken_page_is_read_as_browsers_do() -> None:
    assert written("<p>一<b>二<p>三</b>四<ul><li>五") == "一**二**\n\n**三**四\n\n- 五"


@pytest.mark.slow
def test_a_page_whose_elements_are_nested_too_deep_is_an_error() -> None:
    document = page("<div>" * 5000 + "字")
    assert [one.code for one in document.found] == ["CST-I001"]


@pytest.mark.slow
def test_work_grows_with_the_length_of_a_page() -> None:
    assert written("<p>" + "<br>" * 100_000 + "字" + "<br>" * 100_000 + "</p>") == "字"


def test_places_are_those_of_the_source() -> None:
    document = read_html(SourceFile(Path("a.html"), "<p>甲</p>\n\n<p>扫码关注</p>\n"))
    (found,) = document.found
    assert found.span is not None
    assert found.span.line == 3


def test_a_saved_page_becomes_an_issue_that_renders(project: SmallProject, run: Run) -> None:
    project.write(
        "页面.html",
        "<title>周刊 第 3 期</title><article><h2>甲</h2><p>正文。</p><img src='页面_files/a.png' alt='远山'><h2>乙</h2><p>正文。</p></article>",
    )
    project.write("页面_files/a.png", picture_bytes(size=(900, 600)))
    assert run("import", "页面.html", "-o", "issues/three").status == 0
    assert (project.root / "issues/three/images/a.png").exists()
    assert run("render", "three", "--strict").status == 0
