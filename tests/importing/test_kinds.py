"""Forty files of Markdown and fifteen of HTML, one for each thing that documents hold: all render without an edit.

Each says what is printed of it, piece by piece; the letters of each piece stand together on the pages, and no letter
of the source that it does not name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from cstprint import rendering
from cstprint.importing.bring import Wishes, bring
from cstprint.job import RenderOptions
from cstprint.project import open_project
from cstprint.web import Web
from tests.support.pages import letters, read_pages
from tests.support.projects import picture_bytes

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]
LAST = {"title": "通讯", "publisher": "编辑部"}
PICTURE = "![远山](a.png)"


@dataclass(frozen=True)
class Kind:
    """A document: its source, what is printed of it, its heads in order, and how many pictures it brings along."""

    name: str
    source: str
    printed: tuple[str, ...]
    heads: tuple[str, ...] = ()
    pictures: int = 0
    #: What may not be printed.
    lost: str = ""


MARKDOWN = (
    Kind("bare text", "只有一段话。", ("只有一段话。",)),
    Kind("headline and articles", "# 周刊 第 3 期\n\n## 甲篇\n\n正文甲。\n\n## 乙篇\n\n正文乙。", ("正文甲。", "正文乙。"), ("甲篇", "乙篇")),
    Kind("sections", "# 周刊\n\n## 要闻\n\n### 甲篇\n\n正文甲。\n\n### 丁篇\n\n正文丁。\n\n## 副刊\n\n### 乙篇\n\n正文乙。", ("要闻", "正文甲。", "副刊", "正文乙。"), ("要闻", "甲篇", "丁篇", "副刊", "乙篇")),
    Kind("underlined heads", "周刊\n====\n\n甲篇\n----\n\n正文甲。\n\n乙篇\n----\n\n正文乙。", ("正文甲。",), ("甲篇", "乙篇")),
    Kind("closed heads", "## 甲篇 ##\n\n正文。\n\n## 乙篇 ##\n\n正文乙。", ("正文乙。",), ("甲篇", "乙篇"), lost="##"),
    Kind("levels below articles", "## 甲篇\n\n导语。\n\n### 一、背景\n\n正文一。\n\n#### 细节\n\n正文二。\n\n## 乙篇\n\n正文乙。", ("一、背景", "正文一。", "细节", "正文二。"), ("甲篇", "一、背景", "细节")),
    Kind("deep heads", "## 甲篇\n\n正文。\n\n##### 五层\n\n正文五。\n\n###### 六层\n\n正文六。\n\n## 乙篇\n\n正文乙。", ("五层", "正文五。", "六层"), ("甲篇", "五层", "六层")),
    Kind("front matter", "---\ntitle: 甲篇\nauthor: 张三\ndate: 2024-03-15\ntags: [x]\n---\n\n正文。", ("正文。",), ("甲篇",), lost="tags"),
    Kind("links in heads", "## [甲篇](https://example.org/a)的续\n\n正文。\n\n## 乙篇\n\n正文乙。", ("甲篇的续", "正文。", "正文乙。")),
    Kind("emphasis beside marks", "## 甲篇\n\n**注意：**请看*《年报》*；又称**“三步法”**，是。", ("注意：请看《年报》；又称“三步法”，是。",), ("甲篇",), lost="*"),
    Kind("signs as typed", "## 甲篇\n\n3~5天，a==b，（^_^），US$5和US$10，2*3=6。", ("3~5天，a==b，（^_^），US$5和US$10，2*3=6。",)),
    Kind("sub- and superscripts", "## 甲篇\n\n水是H~2~O，面积 x^2^，~~删去~~的。", ("水是H2O，面积x2，删去的。",), lost="~^"),
    Kind("hard breaks", "## 甲篇\n\n上半句  \n下半句\\\n末句。", ("上半句下半句末句。",)),
    Kind("lists", "## 甲篇\n\n- 一\n- 二\n  - 内一\n  - 内二\n- 三\n\n1. 壹\n2. 贰", ("内一", "内二", "壹", "贰")),
    Kind("loose lists", "## 甲篇\n\n- 第一项。\n\n  续段。\n\n- 第二项。", ("第一项。", "续段。", "第二项。")),
    Kind("tasks", "## 甲篇\n\n- [x] 做完的\n- [ ] 没做的", ("做完的", "没做的"), lost="[]"),
    Kind("definitions", "## 甲篇\n\n词条\n: 释义。", ("词条", "释义。")),
    Kind("quotation", "## 甲篇\n\n> 引文一。\n>\n> 引文二。\n\n正文。", ("引文一。", "引文二。", "正文。"), lost=">"),
    Kind("table", "## 甲篇\n\n| 项目 | 数 |\n|---|--:|\n| 甲 | 12 |\n| 乙 | 7 |", ("项目", "12"), lost="|"),
    Kind("code", "## 甲篇\n\n行内 `a = b`。\n\n```python\nprint('字')\n```", ("行内a=b。", "print('字')"), lost="`"),
    Kind("indented code", "## 甲篇\n\n正文。\n\n    x = 1\n    y = 2", ("x=1", "y=2")),
    Kind("notes", "## 甲篇\n\n正文[^1]。\n\n## 乙篇\n\n正文乙[^b]。\n\n[^1]: 注一。\n[^b]: 注二。", ("注一。", "注二。"), ("甲篇", "乙篇"), lost="[^"),
    Kind("reference links", "## 甲篇\n\n看[这里][a]和[那里]。\n\n[a]: https://example.org/a\n[那里]: https://example.org/b", ("看这里", "和那里")),
    Kind("bare addresses", "## 甲篇\n\n见https://example.org/x。写信到 a@example.org，读 README.md。", ("https://example.org/x", "a@example.org", "README.md。")),
    Kind("formulas", "## 甲篇\n\n其中 $E = mc^2$ 成立。", ("其中", "成立。")),
    Kind("pictographs", "## 甲篇\n\n★ 精选：✓ 已读 😀。", ("★精选：✓已读",)),
    Kind("comment", "## 甲篇\n\n正文。<!-- 编者不印 -->\n\n<!-- 整段不印 -->\n\n再一段。", ("正文。", "再一段。"), lost="编者"),
    Kind("inline HTML", "## 甲篇\n\n按 <kbd>Ctrl</kbd>，<b>粗</b><br>另行，<ruby>漢字<rt>かんじ</rt></ruby>。", ("按Ctrl，粗另行，漢字（かんじ）。",), lost="<>"),
    Kind("blocks of HTML", "## 甲篇\n\n<div align=center>\n\n居中的话。\n\n</div>\n\n<details><summary>摘要</summary>细说。</details>", ("居中的话。", "摘要", "细说。"), lost="<>"),
    Kind("picture with title", '## 甲篇\n\n正文。\n\n![远山](a.png "图为远山")', ("图为远山",), pictures=1),
    Kind("picture with caption below", f"## 甲篇\n\n{PICTURE}\n\n图为远山，张三摄。\n\n正文。", ("图为远山，张三摄。", "正文。"), pictures=1),
    Kind("numbered captions", f"## 甲篇\n\n{PICTURE}\n\n图 1：远山\n\n![近水](b.png)\n\n图 2：近水", ("远山", "近水"), pictures=2),
    Kind("picture in a line", f"## 甲篇\n\n行里有 {PICTURE} 图。", ("行里有", "图。"), pictures=1),
    Kind("picture of HTML", "## 甲篇\n\n<figure><img src=a.png alt=远山><figcaption>图为远山</figcaption></figure>\n\n正文。", ("图为远山", "正文。"), pictures=1),
    Kind("picture on the web", "## 甲篇\n\n![远山](https://example.org/a.png)\n\n正文。", ("远山", "正文。")),
    Kind("picture that is not there", "## 甲篇\n\n![远山](no.png)\n\n正文。", ("远山", "正文。")),
    Kind("typed contents", "# 周刊\n\n## 目录\n\n- 甲篇\n- 乙篇\n\n## 甲篇\n\n正文甲。\n\n## 乙篇\n\n正文乙。", ("正文甲。", "正文乙。"), ("甲篇", "乙篇")),
    Kind("what programs leave", "## 甲篇\n\n⼀个⼈在\u200b家\u00a0\u00a0里，软\u00ad连字，换行的\n汉字。", ("一个人在家", "换行的汉字。"), lost="⼀⼈\u00ad"),
    Kind("English", "# Weekly, issue 3\n\n## First\n\nPlain words here.\n\n## Second\n\nMore words.", ("Plainwordshere.", "Morewords."), ("First", "Second")),
    Kind("kana and traditional Han", "## 甲篇\n\n這是繁體字，ひらがなとカタカナ。", ("這是繁體字，ひらがなとカタカナ。",)),
    Kind("rules between items", "## 甲篇\n\n条目一。\n\n---\n\n条目二。\n\n***\n\n条目三。", ("条目一。", "条目二。", "条目三。"), lost="***"),
    Kind("author and source", "## 甲篇\n\n作者：张三\n\n来源：科技日报\n\n正文。", ("张三", "科技日报", "正文。")),
    Kind("windows line ends", "## 甲篇\r\n\r\n正文一。\r\n\r\n正文二。\r\n", ("正文一。", "正文二。")),
)  # fmt: skip

HTML = (
    Kind("plain", "<h1>周刊</h1><h2>甲篇</h2><p>正文甲。</p><h2>乙篇</h2><p>正文乙。</p>", ("正文甲。", "正文乙。"), ("甲篇", "乙篇")),
    Kind("article element", "<nav>导航不要</nav><article><h1>甲篇</h1><p>正文。</p></article><footer>页脚不要</footer>", ("正文。",), lost="导航"),
    Kind("public account", "<div id=js_content><section><p><span style='font-size:24px'>小标题</span></p><p><span style='font-size:16px'>正文一二三四五六七八九十。</span></p><p><span style='font-size:16px'>第二段一二三四五六七。</span></p></section><p>长按识别二维码，关注我们</p></div>", ("正文一二三四五六七八九十。",), lost="二维码"),
    Kind("lazy picture", "<article><h1>甲篇</h1><p>正文。</p><p><img data-src='a.png' alt='远山'></p><p>图为远山</p></article>", ("图为远山",), pictures=1),
    Kind("figure", "<article><h1>甲篇</h1><p>正文。</p><figure><img src=a.png alt=远山><figcaption>图为远山</figcaption></figure></article>", ("图为远山",), pictures=1),
    Kind("lists", "<article><h1>甲篇</h1><p>正文。</p><ul><li>一条<ol><li>内条</li></ol></li><li>二条</li></ul></article>", ("一条", "内条", "二条")),
    Kind("table with joined cells", "<article><h1>甲篇</h1><p>正文。</p><table><tr><th colspan=2>表头</th></tr><tr><td>左格</td><td>右格</td></tr></table></article>", ("表头", "左格", "右格")),
    Kind("quotation and rule", "<article><h1>甲篇</h1><blockquote>引文。</blockquote><hr><p>正文。</p></article>", ("引文。", "正文。")),
    Kind("inline marks", "<article><h1>甲篇</h1><p><b>粗</b><i>斜</i><s>删</s>H<sub>2</sub>O<ruby>漢<rt>かん</rt></ruby><code>a*b</code></p></article>", ("粗斜删H2O漢（かん）a*b",)),
    Kind("links", "<article><h1>甲篇</h1><p>看<a href='https://example.org/a'>这里</a>，<a href='#x'>那里</a>。</p></article>", ("看这里", "那里。")),
    Kind("scripts and styles", "<style>p{color:red}</style><script>var 字='不印'</script><article><h1>甲篇</h1><p>正文。</p></article>", ("正文。",), lost="不印"),
    Kind("line breaks as paragraphs", "<article><h1>甲篇</h1><div>第一段。<br><br>第二段。</div></article>", ("第一段。", "第二段。")),
    Kind("bold heads", "<article><h1>甲篇</h1><p><b>一、小标题</b></p><p>正文。</p><p><b>二、小标题</b></p><p>正文二。</p></article>", ("一、小标题", "正文二。")),
    Kind("broken tags", "<h1>甲篇<p>一<b>二<p>三</b>四<ul><li>五", ("甲篇", "一二", "三四", "五")),
    Kind("marks of Markdown as text", "<article><h1>甲篇</h1><p># 井号 *星号* [方括号](圆括号) &lt;b&gt;</p></article>", ("#井号*星号*[方括号](圆括号)<b>",)),
    Kind("entities", "<article><h1>甲篇</h1><p>甲&amp;乙&nbsp;&ldquo;丙&rdquo;&mdash;&mdash;丁。</p></article>", ("甲&乙“丙”", "丁。")),
)  # fmt: skip


def heads_of(issue: dict[str, Any]) -> list[str]:
    """Sections, articles and headings of an issue, in their order, without marks."""

    def plain(text: str) -> str:
        return re.sub(r"\[([^\]]*)\]\([^)]*\)|[*_\\]", r"\1", text)

    def heads() -> Iterator[str]:
        for section in issue.get("sections", [{"articles": issue.get("articles", [])}]):
            if "section" in section:
                yield section["section"]
            for article in section["articles"]:
                yield article["title"]
                body = article.get("body", "")
                for block in [body] if isinstance(body, str) else body:
                    if isinstance(block, str):
                        yield from re.findall(r"(?m)^#+ (.+)$", block)

    return [plain(head) for head in heads()]


def rendered(
    folder: Path, kind: Kind, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> tuple[dict[str, Any], str]:
    """Import a document and render the issue; return its keys and the letters on its pages."""
    monkeypatch.setattr(rendering, "use_fonts", lambda _library: None)
    source = folder / f"in/第3期{suffix}"
    source.parent.mkdir()
    source.write_bytes(kind.source.encode())
    for number, name in enumerate(("a.png", "b.png")):
        (source.parent / name).write_bytes(picture_bytes(size=(900, 600 + number)))
    made = bring(source, Wishes("newsletter"), LAST, Web())
    assert made.value is not None, made.diagnostics
    assert made.value.pictures == kind.pictures
    for name, data in made.value.files.items():
        target = folder / "issues/one" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    result = rendering.render(folder / "issues/one/issue.yaml", open_project(folder), RenderOptions())
    assert result.value is not None, [str(one) for one in result.diagnostics]
    pages = read_pages(result.value.pdf)
    return yaml.load(made.value.files["issue.yaml"], Loader=yaml.BaseLoader), "".join(
        page.text for page in pages
    )


CASES = [
    *(pytest.param(kind, ".md", id=f"Markdown, {kind.name}") for kind in MARKDOWN),
    *(pytest.param(kind, ".html", id=f"HTML, {kind.name}") for kind in HTML),
]


def test_there_are_at_least_forty_and_fifteen() -> None:
    assert len(MARKDOWN) >= 40
    assert len(HTML) >= 15


@pytest.mark.parametrize(("kind", "suffix"), CASES)
def test_a_document_renders_without_an_edit_and_prints_all_that_it_holds(
    kind: Kind, suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue, text = rendered(tmp_path, kind, suffix, monkeypatch)
    printed = letters(text)
    for piece in kind.printed:
        assert letters(piece) in printed
    assert not kind.lost or letters(kind.lost) not in printed or kind.lost not in text
    if kind.heads:
        heads = heads_of(issue)
        assert [head for head in heads if head in kind.heads] == list(kind.heads)
