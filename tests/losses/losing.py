"""Ways in which a layout may lose text of an issue: by CSS, and by templates."""

from __future__ import annotations

#: An issue with every part that a layout might lose, few words of each.
ISSUE = """\
layout: mine
language: zh-Hans
title: 刊名
title_en: The Periodical
publisher: 主办单位
publisher_en: Its Publisher
date: 2020-02
number: 2
headline: 本期\\主题^[主题的注]
articles:
  - title: 文章标题
    kicker: 眉题文字
    subtitle: 副题文字
    standfirst: 导语文字。
    byline:
      - {name: 作者甲, affiliation: 第一单位}
      - {name: 作者乙, affiliation: 第二单位}
    source: 来源文字
    credits:
      - {role: 责任编辑, names: 编辑丙}
    body:
      - |
        # 小标题文字

        正文的第一段文字，**强调文字**在这里。[链接文字](https://example.org/)。

        正文的第二段文字[^a]。

        [^a]: 脚注文字。

        - 列表文字
      - figure: images/one.png
        caption: 图注文字
        credit: 图片来源
        alt: 一块杂点
      - table: |
          | 表头一 | 表头二 |
          |--|--|
          | 格子一 | 格子二 |
        caption: 表题文字
        source: 表的来源
      - quote: 引文文字。
        by: 引文作者
      - pull: 摘句文字。
        by: 摘句作者
      - box: 框题文字
        body: 框里文字。
      - notice: 启事题目
        body: 启事文字。
        signed: 落款文字
        date: 2020-02-29
      - events:
          - {date: 五月十二日, time: 上午九时, title: 活动名称, place: 活动地点, text: 活动说明}
        title: 日程题目
      - verse: 诗的一行。
        title: 诗的题目
        by: 诗的作者
      - interview:
          - {question: 问的文字, answer: 答的文字}
      - credits:
          - {role: 撰文, names: [撰稿人丁, 撰稿人戊]}
        title: 名单题目
colophon:
  刊号: 刊号文字
"""

#: What the style sheet of a layout says → a part of the text that it loses.
BY_CSS: dict[str, tuple[str, str]] = {
    # ── not there at all ──
    ".publisher { display: none }": ("主办单位", "CST-E016"),
    ".publisher-en { display: none }": ("Its Publisher", "CST-E016"),
    ".headline { display: none }": ("本期", "CST-E016"),
    ".kicker { display: none }": ("眉题文字", "CST-E016"),
    ".subtitle { display: none }": ("副题文字", "CST-E016"),
    ".byline { display: none }": ("作者甲", "CST-E016"),
    ".author:last-child { display: none }": ("作者乙", "CST-E016"),
    ".affiliations { display: none }": ("第一单位", "CST-E016"),
    ".standfirst { display: none }": ("导语文字", "CST-E016"),
    ".source { display: none }": ("来源文字", "CST-E016"),
    ".article-credits { display: none }": ("编辑丙", "CST-E016"),
    ".colophon { display: none }": ("刊号文字", "CST-E016"),
    ".colophon-entry dd { display: none }": ("刊号文字", "CST-E016"),
    "figcaption { display: none }": ("图注文字", "CST-E016"),
    ".credit { display: none }": ("图片来源", "CST-E016"),
    ".by { display: none }": ("引文作者", "CST-E016"),
    ".box-title { display: none }": ("框题文字", "CST-E016"),
    ".signed { display: none }": ("落款文字", "CST-E016"),
    ".event-place { display: none }": ("活动地点", "CST-E016"),
    ".verse-by { display: none }": ("诗的作者", "CST-E016"),
    ".note { display: none }": ("脚注文字", "CST-E016"),
    "article { strong { display: none } }": ("强调文字", "CST-E016"),
    ".kicker { position: running(nowhere) }": ("眉题文字", "CST-E016"),
    ".pull { font-size: 0 }": ("摘句文字", "CST-E016"),
    ".pull { position: absolute; left: -3000pt }": ("摘句文字", "CST-E016"),
    ".pull { transform: scale(0) }": ("", "CST-E010"),
    # ── invisible ──
    ".kicker { visibility: hidden }": ("眉题文字", "CST-E041"),
    ".standfirst { visibility: hidden }": ("导语文字", "CST-E041"),
    "table { visibility: hidden }": ("表", "CST-E041"),
    "tbody { visibility: collapse }": ("格子一", "CST-E041"),
    "figure { visibility: hidden }": ("图", "CST-E041"),
    ".pull { opacity: 0 }": ("摘句文字", "CST-E041"),
    ".pull { opacity: .3 } .pull-words { opacity: .2 }": ("摘句文字", "CST-E041"),
    ".pull-words { color: transparent }": ("摘句文字", "CST-E041"),
    ".pull-words { color: rgba(0, 0, 0, .05) }": ("摘句文字", "CST-E041"),
    ".pull-words { color: #fff }": ("摘句文字", "CST-E041"),
    ".pull-words { color: #f4f4f4 }": ("摘句文字", "CST-E041"),
    ".box-inside { background: #1a1a1a }": ("框里文字", "CST-E041"),
    ".box-inside { background: linear-gradient(#1a1a1a, #1a1a1a) }": ("框里文字", "CST-E041"),
    ".box-inside { box-shadow: inset 0 0 0 400pt #1a1a1a }": ("框里文字", "CST-E041"),
    ".box-inside { background: #000; opacity: .9 } .box p { color: #111 }": ("框题文字", "CST-E041"),
    "body { background: #1a1a1a }": ("主办单位", "CST-E041"),
    ".note { color: white }": ("https", "CST-E041"),
    "td { color: #fffffe }": ("格子一", "CST-E041"),
    ".pull-words { font-size: 1px; line-height: 1px }": ("摘句文字", "CST-E041"),
    ".pull { transform: scale(.05) }": ("摘句文字", "CST-E041"),
    ".pull-words { letter-spacing: -1em }": ("摘句文字", "CST-E041"),
    # ── off the paper ──
    ".pull { transform: translateX(500mm) }": ("摘句文字", "CST-E041"),
    ".pull { transform: translateY(-900mm) }": ("摘句文字", "CST-E041"),
    ".pull { transform: rotate(90deg); transform-origin: -300mm 0 }": ("摘句文字", "CST-E041"),
    ".standfirst { position: relative; left: 100mm }": ("导语文字", "CST-E041"),
    ".article-head .kicker { text-indent: -9999px }": ("眉题文字", "CST-E016"),
    ".article-head .kicker { text-align: left; text-indent: -110pt }": ("眉题文字", "CST-E041"),
    ".kicker { margin-left: 1000pt }": ("眉题文字", "CST-E016"),
    ".pull { margin-left: -300pt; width: 200pt }": ("摘句文字", "CST-E016"),
    # ── cut off ──
    ".box-inside { height: 20pt; overflow: hidden }": ("框里文字", "CST-E041"),
    ".notice { max-height: 30pt; overflow: hidden }": ("启事文字", "CST-E041"),
    ".standfirst { height: 0; overflow: hidden }": ("导语文字", "CST-E041"),
    ".byline { width: 40pt; white-space: nowrap; overflow: hidden }": ("作者甲", "CST-E041"),
    ".byline { width: 40pt; white-space: nowrap; overflow: hidden; text-overflow: ellipsis }": (
        "作者甲",
        "CST-E041",
    ),
    ".kicker { position: absolute; clip: rect(0, 0, 0, 0) }": ("眉题文字", "CST-E041"),
    ".figure { height: 40pt; overflow: hidden }": ("图注", "CST-E016"),
    "html { overflow: hidden } .pull-words { text-align: left; text-indent: -60pt }": (
        "摘句文字",
        "CST-E041",
    ),
    ".pull { height: 0; overflow: hidden; transform: translateX(1pt) }": ("摘句文字", "CST-E041"),
    # ── covered ──
    ".pull::after { content: ''; display: block; position: absolute; inset: 0; background: #fff }"
    " .pull { position: relative }": ("摘句文字", "CST-E041"),
    ".quote { margin-bottom: -3em } .pull { position: relative; background: #fff }": ("引文", "CST-E041"),
    ".pull { position: relative; z-index: -1 } article { background: #fff }": ("摘句文字", "CST-E041"),
    "figure { margin-top: -60pt; position: relative }": ("正文", "CST-E041"),
    ".pull { position: relative; box-shadow: 0 0 0 60pt #fff; z-index: 1 }": ("引文", "CST-E041"),
    ".pull { position: relative; outline: 60pt solid #fff; z-index: 1 }": ("引文", "CST-E041"),
    ".box { position: relative; border-top: 60pt solid #fff; margin-top: -60pt }": ("图", "CST-E041"),
    ".subtitle { margin-top: -20pt }": ("文章标题", "CST-E041"),
    ".byline { position: relative; top: -34pt }": ("副题文字", "CST-E041"),
    ".standfirst { line-height: 2pt; width: 3em }": ("导语", "CST-E041"),
    ".figures img { opacity: 0 }": ("images/one.png", "CST-E041"),
    ".figures img { visibility: hidden }": ("images/one.png", "CST-E041"),
    ".figure-picture { position: relative } .figure-picture::after"
    " { content: ''; position: absolute; inset: 0; background: #fff }": ("images/one.png", "CST-E041"),
}

#: A template and its text → a part of the text that it loses, and what `omits` calls it.
BY_TEMPLATE: dict[str, tuple[str, str, str]] = {
    "pull": ('<blockquote class="pull" id="{{ block.id }}"></blockquote>', "摘句文字", "pull"),
    "pull without its author": (
        '<blockquote class="pull" id="{{ block.id }}"><p>{{ block.html }}</p></blockquote>',
        "摘句作者",
        "pull-by",
    ),
    "quote": ('<blockquote id="{{ block.id }}"><p>{{ block.by }}</p></blockquote>', "引文文字", "quote"),
    "headline": ("<h2>{{ words.contents }}</h2>", "本期", "headline"),
    "prose": ('<p id="{{ block.id }}">{{ (block.html | striptags)[:4] }}</p>', "", "prose"),
    "box": ('<aside id="{{ block.id }}"><p>{{ block.title }}</p></aside>', "框里文字", "box"),
    "verse": ('<div id="{{ block.id }}"><p>{{ block.title }}</p></div>', "诗的一行", "verse"),
    "events": (
        '<div id="{{ block.id }}"><p>{{ block.title }}</p>{% for event in block.events %}'
        "<p>{{ event.date }} {{ event.time }} {{ event.title }} {{ event.html }}</p>{% endfor %}</div>",
        "活动地点",
        "event-place",
    ),
    "credits": ('<div id="{{ block.id }}"><p>{{ block.title }}</p></div>', "撰稿人丁", "contributors"),
    "colophon": ('<aside class="colophon"><p>{{ issue.title }}</p></aside>', "刊号文字", "colophon"),
    "nameplate": ('<header><h1 class="title">{{ issue.title }}</h1></header>', "主办单位", "publisher"),
    "interview": (
        '<div id="{{ block.id }}">{% for turn in block.turns %}<p>{{ turn.question }}</p>{% endfor %}</div>',
        "答的文字",
        "interview",
    ),
    "notice": (
        '<aside id="{{ block.id }}"><p>{{ block.title }}</p>{% for block in block.blocks %}'
        '{% include "blocks/" ~ block.kind ~ ".html.j2" %}{% endfor %}<p>{{ block.date }}</p></aside>',
        "落款文字",
        "signed",
    ),
    "heading": ('<h3 id="{{ block.id }}">{{ block.plain[:2] }}</h3>', "小标题文字", "heading"),
    "table": (
        '<div id="{{ block.id }}"><table><tbody>{% for row in block.body %}<tr>{% for cell in row %}'
        "<td>{{ cell.html }}</td>{% endfor %}</tr>{% endfor %}</tbody></table></div>",
        "表题文字",
        "table-caption",
    ),
}
