"""Markdown documents as newsletters hold them, made from a grammar, each with what has to be printed of it.

What a document holds is drawn with the shares that were counted in 3,522 issues of public newsletters; the words are our
own. A part is written in Markdown or HTML, and beside it stands the text that a reader sees.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

#: What a document may hold → in how many of a hundred.
SHARES = {
    "pictographs": 35,
    "remote pictures": 33,
    "long addresses": 31,
    "links in headings": 31,
    "inline HTML": 26,
    "bare addresses": 24,
    "reference links": 19,
    "comments": 15,
    "tables": 14,
    "pictures in lines": 13,
    "code": 13,
    "HTML blocks": 12,
    "front matter": 10,
    "missing pictures": 10,
    "relative links": 10,
    "unknown anchors": 10,
    "deep headings": 9,
    "WebP": 7,
    "kana": 6,
    "tasks": 6,
    "formulas": 3,
    "Hangul": 2,
}
_WORDS = (
    "编辑",
    "稿件",
    "版面",
    "标题",
    "图片",
    "段落",
    "读者",
    "校对",
    "引文",
    "目录",
    "栏目",
    "行距",
    "字号",
)
_VERBS = ("核对", "排好", "改动", "说明", "收到", "整理", "写成", "讨论", "安排", "记下")
_LATIN = ("clreq", "CSS", "PDF", "layout", "Unicode", "grid", "font", "WebKit")
ADDRESS = "https://example.org/"


@dataclass(frozen=True)
class Part:
    """A block of a document, and the text of it that is printed."""

    source: str
    printed: str


@dataclass(frozen=True)
class Document:
    """A document: its Markdown, what is printed of it, in order, and what it holds."""

    source: str
    printed: str
    holds: frozenset[str]


def document(seed: int) -> Document:
    """Return the document of a seed."""
    draw = random.Random(seed)
    holds = frozenset(name for name, share in SHARES.items() if draw.randrange(100) < share)
    parts = [Part("# " + (name := _phrase(draw)), name), _paragraph(draw)]
    for name in sorted(holds - {"front matter"}):
        parts += _PARTS[name](draw)
        if draw.random() < 0.6:
            parts.append(_paragraph(draw))
    if "front matter" in holds:
        parts.insert(0, Part(f"---\nlayout: post\ntags: [{draw.choice(_WORDS)}]\n---", ""))
    source = "\n\n".join(part.source for part in parts)
    return Document(source + "\n", "".join(part.printed for part in parts), holds)


def _phrase(draw: random.Random) -> str:
    return "".join(draw.sample(_WORDS, 2)) + draw.choice(_VERBS)


def _sentence(draw: random.Random) -> str:
    words = [_phrase(draw) for _ in range(draw.randint(1, 4))]
    if draw.random() < 0.4:
        words.insert(draw.randrange(len(words)), f" {draw.choice(_LATIN)} ")
    return "，".join(words) + draw.choice("。。。！？")


def _paragraph(draw: random.Random) -> Part:
    """A paragraph with emphasis beside Chinese marks."""
    source, printed = "", ""
    for _ in range(draw.randint(1, 5)):
        text = _sentence(draw)
        mark, word = draw.choice(
            (
                ("**", f"{_phrase(draw)}："),
                ("**", f"“{_phrase(draw)}”"),
                ("*", f"《{_phrase(draw)}》"),
                ("", ""),
            )
        )
        source += f"{mark}{word}{mark}{text}"
        printed += word + text
    return Part(source, printed)


# ── what is drawn by its share ──


def _pictographs(draw: random.Random) -> Iterator[Part]:
    for sign in draw.sample("★☆✓→●◆", 2):
        text = _sentence(draw)
        yield Part(f"{sign} {text}", sign + text)


def _path(draw: random.Random) -> str:
    return f"{draw.choice(_LATIN)}/{draw.randrange(10_000)}"


def _remote(draw: random.Random) -> Iterator[Part]:
    alt, path = _phrase(draw), _path(draw)
    for number in range(draw.randint(1, 2)):
        address = f"{ADDRESS}{path}-{number}.jpg"
        yield Part(f"![{alt}]({address})", f"缺图：{alt}{address}")


def _long_address(draw: random.Random) -> Iterator[Part]:
    address = f"{ADDRESS}{_path(draw)}?" + "&".join(f"utm_{n}={draw.getrandbits(60):x}" for n in range(6))
    text = _phrase(draw)
    yield Part(f"见[{text}]({address})。", f"见{text}。")


def _linked_heading(draw: random.Random) -> Iterator[Part]:
    text = _phrase(draw)
    yield Part(f"## [{text}]({ADDRESS}{_path(draw)})", text)
    yield _paragraph(draw)


def _inline_html(draw: random.Random) -> Iterator[Part]:
    first, second, third = _phrase(draw), _phrase(draw), _phrase(draw)
    yield Part(
        f"{first}<br>**{second}：**<u>{third}</u>，CO<sub>2</sub>，<span style='color:red'>{first}</span>。",
        f"{first}{second}：{third}，CO2，{first}。",
    )


def _bare(draw: random.Random) -> Iterator[Part]:
    address, text = f"{ADDRESS}{_path(draw)}", _phrase(draw)
    yield Part(
        f"网址：{address}，{text}。写信给 editor@example.org。",
        f"网址：{address}，{text}。写信给editor@example.org。",
    )


def _reference(draw: random.Random) -> Iterator[Part]:
    text, label = _phrase(draw), f"r{draw.randrange(1000)}"
    yield Part(f"见[{text}][{label}]。\n\n[{label}]: {ADDRESS}{_path(draw)}", f"见{text}。")


def _comment(draw: random.Random) -> Iterator[Part]:
    text = _sentence(draw)
    yield Part(f"<!-- {_phrase(draw)}\n\n待定 -->\n\n{text}<!-- 注 -->", text)


def _table(draw: random.Random) -> Iterator[Part]:
    cells = [draw.choice(_WORDS) for _ in range(6)]
    rows = [cells[n : n + 2] for n in (0, 2, 4)]
    lines = [f"| {left} | **{right}** |" for left, right in rows]
    yield Part("\n".join((lines[0], "|---|:-:|", *lines[1:])), "".join(cells))


def _picture_in_line(draw: random.Random) -> Iterator[Part]:
    text, alt = _phrase(draw), _phrase(draw)
    yield Part(f"{text}![{alt}](images/a.png){text}。", f"{text}{text}。")
    yield Part(f"- {text}\n\n  ![{alt}](images/a.png)\n- {text}", text + text)


def _code(draw: random.Random) -> Iterator[Part]:
    text = f"def {draw.choice(_LATIN)}(x):\n    return x**2  # <b>"
    yield Part(f"```python\n{text}\n```", text)
    yield Part(f"命令是 `a **b** <c>`，{_VERBS[0]}。", f"命令是a **b** <c>，{_VERBS[0]}。")


def _html_block(draw: random.Random) -> Iterator[Part]:
    first, second, third = _phrase(draw), _phrase(draw), _phrase(draw)
    yield Part(
        f"<div align='center'>\n\n**{first}**\n\n<ul>\n<li>{second}</li>\n\n<li>{third}</li>\n</ul>\n</div>",
        first + second + third,
    )
    yield Part(
        f"<table><tr><th>{first}</th><th>{second}</th></tr>\n<tr><td colspan=2>{third}</td></tr></table>",
        first + second + third,
    )


def _missing(draw: random.Random) -> Iterator[Part]:
    alt = _phrase(draw)
    yield Part(f'![{alt}](images/none.jpg "{alt}")', f"缺图：{alt}images/none.jpg{alt}")


def _relative(draw: random.Random) -> Iterator[Part]:
    text = _phrase(draw)
    yield Part(f"见[{text}](../{_path(draw)}.md)。", f"见{text}。")


def _anchor(draw: random.Random) -> Iterator[Part]:
    text = _phrase(draw)
    yield Part(f"见[{text}](#nowhere-{draw.randrange(100)})。", f"见{text}。")


def _deep(draw: random.Random) -> Iterator[Part]:
    for mark in ("####", "#####"):
        text = _phrase(draw)
        yield Part(f"{mark} {text}", text)
    yield Part(f"{(text := _phrase(draw))}\n----", text)


def _webp(draw: random.Random) -> Iterator[Part]:
    alt = _phrase(draw)
    yield Part(f'![{alt}](images/a.webp "{alt}")', alt)


def _kana(_: random.Random) -> Iterator[Part]:
    yield Part("日文的**「かな」**与カタカナ。", "日文的「かな」与カタカナ。")


def _tasks(draw: random.Random) -> Iterator[Part]:
    first, second = _phrase(draw), _phrase(draw)
    yield Part(f"- [ ] {first}\n- [x] {second}", f"□{first}✓{second}")


def _formula(draw: random.Random) -> Iterator[Part]:
    text = _phrase(draw)
    yield Part(f"{text}$\\frac{{a_1}}{{b}} = \\sqrt{{2}}$。\n\n$$\nE = mc^2\n$$", f"{text}。")


def _hangul(_: random.Random) -> Iterator[Part]:
    yield Part("韩文的 한글。", "韩文的 한글。")


_PARTS: dict[str, Callable[[random.Random], Iterator[Part]]] = {
    "pictographs": _pictographs,
    "remote pictures": _remote,
    "long addresses": _long_address,
    "links in headings": _linked_heading,
    "inline HTML": _inline_html,
    "bare addresses": _bare,
    "reference links": _reference,
    "comments": _comment,
    "tables": _table,
    "pictures in lines": _picture_in_line,
    "code": _code,
    "HTML blocks": _html_block,
    "missing pictures": _missing,
    "relative links": _relative,
    "unknown anchors": _anchor,
    "deep headings": _deep,
    "WebP": _webp,
    "kana": _kana,
    "tasks": _tasks,
    "formulas": _formula,
    "Hangul": _hangul,
}
