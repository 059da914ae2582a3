"""Random documents laid out with our lines and with WeasyPrint's: nothing may be lost, nothing may fail.

Run as ``python -m tests.support.line_fuzz FIRST COUNT``; prints a line for each document that fails.
"""

from __future__ import annotations

import io
import random
import re
import sys
import traceback
from collections import Counter
from pathlib import Path
from typing import Any

from cstprint.engine.environment import use_fonts
from cstprint.fonts import load_library
from cstprint.project import open_project

ROOT = Path(__file__).resolve().parents[2]
WORDS = (
    "中国", "科技合作", "，", "。", "“", "”", "（", "）", "《通讯》", "——", "……", "2020年", " 2020 年 ", "95%", "mRNA", "CO₂",
    " and ", "WHO", "；", "：", "、", "１２", "𠮷", "😀", "é", "한국", "abcdefghijklmnopqrstuvwxyz", "1 000 ", "№3", "￥5", "·", "！",
    "？", "～", "￥", " ", "\u3000", "第", "9", "个", "https://example.org/a-very-long/address?q=1&r=2", "ａ", "ー",
)  # fmt: skip
STYLES = (
    "", "", "", "text-align:justify", "text-align:center", "text-align:right", "text-align-last:justify", "font-size:7pt",
    "font-weight:bold", "white-space:nowrap", "white-space:pre", "white-space:pre-wrap", "white-space:pre-line", "float:left",
    "float:right;width:5em", "display:inline-block", "letter-spacing:.1em", "padding:0 3pt;border:1pt solid", "position:relative",
    "vertical-align:super;font-size:70%", "text-decoration:underline", "overflow-wrap:anywhere", "text-indent:2em", "hyphens:auto",
    "word-break:break-all", "margin:0 -2pt", )  # fmt: skip
TAGS = (
    "p",
    "p",
    "div",
    "ul><li",
    "table><tr><td",
    "span",
    "b",
    "a href='#x'",
    "em lang=en",
    "span lang=ja",
    "span lang=zh-Hant",
)


def document(seed: int) -> str:
    """Return the HTML of one random document."""
    chance = random.Random(seed)
    body = "".join(_block(chance, 0) for _ in range(chance.randint(1, 6)))
    width = chance.choice((80, 160, 240, 420))
    css = f"@page {{ size: {width + 40}pt 700pt; margin: 20pt }} body {{ font: 10.5pt/18pt 'CST Latin Serif','CST Song'; text-align: justify }}"
    return f"<!DOCTYPE html><html lang=zh-Hans><style>{css}</style><body>{body}"


def _block(chance: random.Random, depth: int) -> str:
    tag = chance.choice(TAGS)
    style = chance.choice(STYLES)
    inner = "".join(
        _block(chance, depth + 1) if depth < 2 and chance.random() < 0.12 else chance.choice(WORDS)
        for _ in range(chance.randint(0, 30))
    )
    closing = "".join(f"</{part.split()[0]}>" for part in reversed(tag.split("><")))
    first, _, rest = tag.partition("><")
    return f'<{first} style="{style}">' + (f"<{rest}>" if rest else "") + inner + closing


def letters_and_overflow(html: str, *, stock: bool) -> tuple[str, float]:
    """Return the letters of all lines, sorted, and how far the text runs over the right edge (px)."""
    from contextlib import nullcontext

    from weasyprint import HTML
    from weasyprint.formatting_structure import boxes
    from weasyprint.text.fonts import FontConfiguration

    from cstprint.engine.lines.hooks import chinese_lines

    with nullcontext() if stock else chinese_lines():
        rendered = HTML(string=html).render(font_config=FontConfiguration(), pdf_tags=True)
        rendered.write_pdf(io.BytesIO(), pdf_tags=True)
    texts, over = [], 0.0
    for page in rendered.pages:
        for box in page._page_box.descendants(placeholders=True):
            if isinstance(box, boxes.TextBox):
                texts.append(box.text)
                over = max(over, box.position_x + box.width - page.width)
    return "".join(sorted("".join(texts).replace(" ", ""))), over


def main(first: int, count: int) -> int:
    """Compare ``count`` documents from seed ``first``; return how many fail."""
    import logging

    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    project = open_project(ROOT)
    library: Any = load_library(project.font_folders(), project.cache_folder).value
    use_fonts(library, project.cache_folder)
    failures = 0
    for seed in range(first, first + count):
        html = document(seed)
        typed = Counter(re.sub(r"<[^>]*>", "", html[html.index("<body>") :]).replace(" ", ""))
        try:
            stock = Counter(letters_and_overflow(html, stock=True)[0])
        except Exception:  # noqa: BLE001 - WeasyPrint's own fault: nothing to compare with
            continue
        try:
            ours = Counter(letters_and_overflow(html, stock=False)[0])
        except Exception:  # noqa: BLE001 - whatever it is, it is told
            failures += 1
            sys.stdout.write(f"{seed}: {traceback.format_exc(limit=-3)}\n")
            continue
        # WeasyPrint itself loses text of floats that it breaks across pages; what it keeps, we keep.
        if (typed - ours) - (typed - stock) or (ours - typed) - (stock - typed):
            failures += 1
            sys.stdout.write(f"{seed}: lost {typed - ours}, added {ours - typed}\n")
    sys.stdout.write(f"{count} documents, {failures} failures\n")
    return failures


if __name__ == "__main__":
    sys.exit(min(1, main(int(sys.argv[1]), int(sys.argv[2]))))
