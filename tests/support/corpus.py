"""The text that lines are judged by, and the pages it is set on. Written for this purpose; all values are samples."""

from __future__ import annotations

import html
from pathlib import Path

#: Font size and line height in pt: body text of a newsletter.
SIZE, LEADING = 10.5, 18.0
#: The first line's indent, in em.
INDENT = 2.0
#: Distance of the text from the page's left edge and its top, in pt.
MARGIN = 40.0
FAMILIES = '"CST Latin Serif", "CST Song", "CST Song Ext"'
#: Heights in pt: pages that hold the whole text, so that page breaks play no part.
_LONG_PAGE = 14000

_FILE = Path(__file__).resolve().parents[1] / "data/newsletter.txt"


def paragraphs() -> list[str]:
    """Return the newsletter text, a string a paragraph, 80 to 400 characters each."""
    return _FILE.read_text("utf-8").splitlines()


def body_css() -> str:
    """Return the declarations of body text, which a browser understands as well."""
    return f"font: {SIZE}pt/{LEADING}pt {FAMILIES}; text-align: justify"


def plain(texts: list[str], measure: float, *, indent: float = INDENT) -> str:
    """Return a page of plain paragraphs, ``measure`` em wide, their first lines indented by ``indent`` em."""
    width = measure * SIZE + 2 * MARGIN
    css = (
        f"@page {{ size: {width:g}pt {_LONG_PAGE}pt; margin: {MARGIN}pt }}"
        f"html, body {{ margin: 0; {body_css()} }} p {{ margin: 0; text-indent: {indent:g}em }}"
    )
    return _document(css, "".join(f"<p>{html.escape(text, quote=False)}</p>" for text in texts))


def mixed(measure: float = 42.0) -> str:
    """Return a document of everything that text is mixed with: inline boxes, lists, tables, columns, footnotes."""
    width = measure * SIZE + 2 * MARGIN
    css = (
        f"@page {{ size: {width:g}pt 842pt; margin: {MARGIN}pt }} html, body {{ margin: 0; {body_css()} }}"
        "p { margin: 0; text-indent: 2em } .two { columns: 2; column-gap: 2em } .note { float: footnote; font-size: 9pt }"
        "td, th { border: .5pt solid; padding: 2pt 4pt } table { border-collapse: collapse; width: 100% }"
        'code { padding: 0 .25em; background: #eee; font-family: "CST Sans", "CST Hei" }'
        "sub, sup { font-size: 70%; line-height: 0 }"
    )
    texts = [html.escape(text, quote=False) for text in paragraphs()]
    return _document(
        css, _MIXED + f'<div class="two">{"".join(f"<p>{text}</p>" for text in texts[:8])}</div>'
    )


def _document(css: str, body: str) -> str:
    head = f'<meta charset="utf-8"><title>示例</title><style>{css}</style>'
    return f'<!DOCTYPE html><html lang="zh-Hans"><head>{head}</head><body>{body}</body></html>'


_MIXED = """
<p>本刊编辑部在整理稿件时发现，<b>数字与单位</b>的写法最容易出错：<a href="https://example.org/a">3.5%</a>、25&nbsp;℃、120 km、第3期、\
1 000 万元……都应当前后一致。<b>“粗体里的引号”</b>、<a href="https://example.org/b">《链接里的书名》（2020）</a>，与正文一样处理；CO<sub>2</sub>、\
10<sup>−3</sup> mol、m<sup>2</sup>之间不留空隙，脚注<span class="note">脚注文字同样两端对齐，“引号”与（括号）也要压缩，WHO 和 mRNA 两侧留四分之一字。</span>\
的序号紧跟正文<span class="note">第二条脚注：参见https://example.org/notes，访问日期2020年3月15日。</span>。</p>
<p>英文短语如<span lang="en">“science and technology cooperation”</span>应当标明语言；命令<code>cstprint render</code>与参数<code>--set</code>用等宽或\
无衬线字体，左右各留一点空白。诗歌与地址可以换行：<br>上一行到此为止，<br>这一行是新的一行，但仍属于同一个段落；它足够长，因此还会自动折行，折行之后仍然两端对齐。</p>
<ul><li>列表第一项：国际合作项目的征集、评审与管理，执行期为2～3年，资助额度50万～100万元（示例），经费由双方各自承担。<ul>
<li>嵌套的第一项——“联合实验室”建设，包括Nature Communications等期刊论文的<b>开放获取（OA）费用</b>，每年不超过15个项目。</li>
<li>嵌套的第二项：人员交流，<a href="https://example.org/c">短期访问（3～12个月）</a>，2020 年共有 60 人次。<ol><li>第三层：材料齐全，\
签字盖章，于9月15日前寄出；逾期不予受理。</li></ol></li></ul></li><li>列表第二项很短。</li></ul>
<table><tr><th>项目</th><th>内容</th><th>数值（示例）</th></tr><tr><td>数据共享</td><td>“全球冠状病毒组学数据共享与分析系统”累计用户20多万名，\
下载800多万次，其中 95% 来自国外；WHO、GISAID也作了报道。</td><td>3.5%，25 ℃</td></tr><tr><td>标准互认</td><td>《标准比对报告》（第2版）\
列出23项标准：完全一致11项、基本一致9项、差异较大3项。</td><td>23项</td></tr></table>
"""
