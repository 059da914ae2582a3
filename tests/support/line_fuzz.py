"""Random documents laid out with our lines and with WeasyPrint's: nothing may be lost, nothing may fail.

Run as ``python -m tests.support.line_fuzz FIRST COUNT``; prints a line for each document that fails.
"""

from __future__ import annotations

import io
import random
import re
import signal
import sys
import traceback
from collections import Counter
from pathlib import Path
from typing import Any

from cstprint.engine.environment import use_fonts
from cstprint.fonts import load_library
from cstprint.project import open_project

#: How long (s) one layout may take.
PATIENCE = 15
ROOT = Path(__file__).resolve().parents[2]
PICTURE = (
    "<img style='width:1.5em;height:1em' src='data:image/svg+xml,<svg xmlns=%22http://www.w3.org/2000/svg%22 "
    "viewBox=%220 0 3 2%22><rect width=%223%22 height=%222%22/></svg>'>"
)
WORDS = (
    "中国", "科技合作", "，", "。", "“", "”", "（", "）", "《通讯》", "——", "……", "2020年", " 2020 年 ", "95%", "mRNA", "CO₂",
    " and ", "WHO", "；", "：", "、", "１２", "𠮷", "😀", "é", "한국", "abcdefghijklmnopqrstuvwxyz", "1 000 ", "№3", "￥5", "·", "！",
    "？", "～", "￥", " ", "\u3000", "第", "9", "个", "https://example.org/a-very-long/address?q=1&r=2", "ａ", "ー", "<br>", "\n",
    "H<sub>2</sub>O", "万元<sup>①</sup>", "<a id=x></a>", "<wbr>", "&nbsp;", "ﬁ", "e\u0301", "葛\U000e0100", "‘it’s’",
)  # fmt: skip
STYLES = (
    "", "", "", "", "text-align:justify", "text-align:center", "text-align:right", "text-align:start", "text-align-last:justify",
    "text-align-last:right", "text-align:justify-all", "font-size:7pt", "font-weight:bold", "white-space:nowrap",
    "white-space:pre", "white-space:pre-wrap", "white-space:pre-line", "float:left", "float:right;width:5em",
    "display:inline-block", "letter-spacing:.1em", "letter-spacing:-.05em", "padding:0 3pt;border:1pt solid",
    "position:relative", "position:relative;top:2pt", "position:absolute", "vertical-align:super;font-size:70%",
    "vertical-align:middle", "text-decoration:underline", "overflow-wrap:anywhere", "text-indent:2em", "text-indent:-1em",
    "hyphens:auto", "word-break:break-all", "margin:0 2pt", "columns:2", "float:footnote", "word-spacing:3pt", "line-height:3",
    "overflow:hidden;text-overflow:ellipsis", "box-decoration-break:clone;padding:2pt", "direction:rtl", "display:none",
)  # fmt: skip
TAGS = (
    "p", "p", "p", "div", "ul><li", "ol><li><p", "table><tr><td", "span", "b", "code", "a href='#x'", "em lang=en",
    "span lang=ja", "span lang=zh-Hant", "p lang=zh-Hant", "p lang=en", "p class=cap", "td", "figure><figcaption", "h2",
)  # fmt: skip
#: The styles of boxes that WeasyPrint itself loses or doubles where a page ends within them.
_TORN = ("float:left", "float:right", "float:footnote", "position:absolute", "inline-block", "columns")


#: Marks whose second half is blank: no ink.
_BLANK_HALF = "，。、；：！？）》”’」』】"


def document(seed: int) -> str:
    """Return the HTML of one random document."""
    chance = random.Random(seed)
    body = "".join(_block(chance, 0) for _ in range(chance.randint(1, 6)))
    width = chance.choice((30, 80, 160, 240, 420))
    height = 30000 if any(style in body for style in _TORN) else 700
    css = (
        f"@page {{ size: {width + 40}pt {height}pt; margin: 20pt }} p.cap::first-letter {{ float: left; font-size: 200% }} "
        "body { font: 10.5pt/18pt 'CST Latin Serif','CST Song'; text-align: justify } code { padding: 0 2pt }"
    )
    return f"<!DOCTYPE html><html lang=zh-Hans><style>{css}</style><body>{body}"


def _block(chance: random.Random, depth: int) -> str:
    tag = chance.choice(TAGS)
    style = chance.choice(STYLES)
    words = (*WORDS, PICTURE)
    inner = "".join(
        _block(chance, depth + 1) if depth < 2 and chance.random() < 0.12 else chance.choice(words)
        for _ in range(chance.randint(0, 30))
    )
    closing = "".join(f"</{part.split()[0]}>" for part in reversed(tag.split("><")))
    first, _, rest = tag.partition("><")
    return f'<{first} style="{style}">' + (f"<{rest}>" if rest else "") + inner + closing


def letters_and_overflow(html: str, *, stock: bool) -> tuple[str, float]:
    """Return the letters of all lines, sorted, and how far ink runs over the right edge of its block (px) at most."""
    from contextlib import nullcontext

    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    from cstprint.engine.lines.hooks import chinese_lines

    with nullcontext() if stock else chinese_lines():
        rendered = HTML(string=html).render(font_config=FontConfiguration(), pdf_tags=True)
        rendered.write_pdf(io.BytesIO(), pdf_tags=True)
    texts: list[str] = []
    over = [0.0]
    for page in rendered.pages:
        _walk(page._page_box, page.width, texts, over)
    return "".join(sorted(re.sub(r"\s", "", "".join(texts)))), max(over)


def _walk(box: Any, edge: float, texts: list[str], over: list[float]) -> None:
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.TextBox):
        texts.append(box.text)
        if box.text.strip() and box.style["direction"] == "ltr":
            blank = box.style["font_size"] / 2 if box.text[-1] in _BLANK_HALF else 0
            over.append(box.position_x + box.width - blank - edge)
        return
    if isinstance(box, boxes.BlockContainerBox) and isinstance(box.width, (int, float)):
        edge = box.content_box_x() + box.width
    for child in getattr(box, "children", ()):
        _walk(child, edge, texts, over)


def main(first: int, count: int) -> int:
    """Compare ``count`` documents from seed ``first``; return how many fail."""
    import logging

    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    project = open_project(ROOT)
    library: Any = load_library(project.font_folders(), project.cache_folder).value
    use_fonts(library)
    failures = 0
    for seed in range(first, first + count):
        found = fault(document(seed))
        if found:
            failures += 1
            sys.stdout.write(f"{seed}: {found}\n")
    sys.stdout.write(f"{count} documents, {failures} failures\n")
    return failures


def fault(html: str) -> str | None:
    """Return what is wrong with our lines of a document, ``None`` where nothing is."""
    stock = _tried(html, stock=True)
    if isinstance(stock, str):
        return None  # WeasyPrint's own fault: nothing to compare with
    ours = _tried(html, stock=False)
    if isinstance(ours, str):
        return ours
    if ours[0] != stock[0]:
        lost, added = Counter(stock[0]) - Counter(ours[0]), Counter(ours[0]) - Counter(stock[0])
        return f"lost {lost}, added {added}"
    if ours[1] > 0.5 >= stock[1]:
        return f"runs over by {ours[1]:.2f} px"
    return None


def _tried(html: str, *, stock: bool) -> tuple[str, float] | str:
    """Return letters and overflow, or how the layout failed."""
    signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(PATIENCE)
    try:
        return letters_and_overflow(html, stock=stock)
    except BaseException as reason:
        if isinstance(reason, KeyboardInterrupt):
            raise
        return traceback.format_exc(limit=-3)
    finally:
        signal.alarm(0)


def _too_long(*_: object) -> None:
    raise _TooLongError


class _TooLongError(BaseException):
    """A layout that does not end: WeasyPrint knows some."""


if __name__ == "__main__":
    sys.exit(min(1, main(int(sys.argv[1]), int(sys.argv[2]))))
