"""Random documents laid out with our lines and with WeasyPrint's: nothing may be lost, nothing may fail.

Run as ``python -m tests.support.line_fuzz FIRST COUNT``; prints a line for each document that fails.
"""

from __future__ import annotations

import random
import re
import signal
import sys
import traceback
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unicodedata import normalize

from cstprint.engine.weasy.environment import use_fonts
from cstprint.fonts import load_library
from cstprint.project import open_project
from tests.support.glyphs import broken_numbers, read_glyphs

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
#: All that WeasyPrint knows; it has no ``break-spaces``.
WHITE_SPACES = ("normal", "nowrap", "pre", "pre-wrap", "pre-line")
ALIGNMENTS = ("left", "right", "center", "justify", "start", "end")
STYLES = (
    *[""] * 8, *(f"text-align:{value}" for value in (*ALIGNMENTS, "justify-all")),
    *(f"text-align-last:{value}" for value in (*ALIGNMENTS, "auto")), *(f"white-space:{value}" for value in WHITE_SPACES),
    "font-size:7pt", "font-weight:bold", "float:left", "float:right;width:5em", "width:2em", "width:3.3em", "width:4.5em",
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
#: A page that ends within such boxes.
_LOW = " 400pt;"
#: Marks whose second half is blank: no ink.
_BLANK_HALF = "，。、；：！？）》”’」』】"


def document(seed: int) -> str:
    """Return the HTML of one random document."""
    chance = random.Random(seed)
    body = "".join(_block(chance, 0) for _ in range(chance.randint(1, 6)))
    width = chance.choice((22, 30, 52, 80, 160, 240, 420))
    height = chance.choice((400, 30000)) if any(style in body for style in _TORN) else 700
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


@dataclass(frozen=True)
class LaidOut:
    """What can be compared: the characters of all lines, those of the glyphs in the PDF, the ink over the edge (px).

    ``stock`` is whether the lines are WeasyPrint's own, ``whole`` whether all text is there once.
    """

    letters: Counter[str]
    drawn: Counter[str]
    over: float
    stock: bool
    whole: bool


def lay_out(html: str, *, stock: bool) -> LaidOut:
    """Lay out and draw a document; ``over`` is how far ink runs over the right edge of its block at most.

    Raises :class:`ValueError` where the PDF has what is no number.
    """
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    from cstprint.engine.passes import layouts
    from cstprint.engine.passes.budget import Budget
    from cstprint.engine.weasy.catalogue import LAYOUT, LINES
    from cstprint.engine.weasy.patch import applied

    def render(*owners: object, stock: bool) -> Any:
        with applied((*LAYOUT, *(() if stock else LINES)), *owners):
            return HTML(string=html).render(font_config=FontConfiguration(), pdf_tags=True)

    made = layouts.lay_out(render, Budget(), "circled", stock=stock)
    rendered = made.document
    with applied(() if made.stock else LINES):
        pdf = rendered.write_pdf(pdf_tags=True)
    texts: list[str] = []
    over = [0.0]
    for page in rendered.pages:
        _walk(page._page_box, page.width, texts, over)
    broken = broken_numbers(pdf)
    if broken:
        raise ValueError(f"not numbers: {broken}")
    # Divided words have hyphens, and a font may draw all hyphens by one glyph.
    drawn = "".join(glyph.text for glyph in read_glyphs(pdf) if glyph.text != "-")
    return LaidOut(_letters("".join(texts)), _letters(drawn), max(over), made.stock, made.is_whole)


def _letters(text: str) -> Counter[str]:
    """Count characters but spaces and the hyphens of divided words: no source has U+2010.

    One glyph may stand for é and for e with its accent, and a PDF has one text for a glyph.
    """
    return Counter(normalize("NFC", "".join(text.split()).replace("\u2010", "")))


def _walk(box: Any, edge: float, texts: list[str], over: list[float]) -> None:
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout.absolute import AbsolutePlaceholder

    if isinstance(box, AbsolutePlaceholder):
        box = box._box  # is as wide as its own text, wherever that is
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
    counts: Counter[str] = Counter()
    for seed in range(first, first + count):
        html = document(seed)
        stock = tried(html, stock=True)
        if isinstance(stock, str) or (not stock.whole and _LOW in html):
            counts["skipped"] += 1  # WeasyPrint's own fault: nothing to compare with
            continue
        ours = tried(html, stock=False)
        if isinstance(ours, LaidOut) and ours.stock:
            counts["stock"] += 1
            sys.stdout.write(f"{seed}: only WeasyPrint's own lines keep it whole\n")
        if found := fault(html, ours, stock):
            counts["failures"] += 1
            sys.stdout.write(f"{seed}: {found}\n")
            sys.stdout.flush()
    sys.stdout.write(
        f"{count} documents, {counts['failures']} failures, {counts['skipped']} that WeasyPrint alone fails at, "
        f"{counts['stock']} that only its own lines keep whole\n"
    )
    return counts["failures"]


#: Variation Selectors and their Supplement (Unicode 16, 23.4).
_SELECTOR = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def _unmirrored(letters: Counter[str]) -> Counter[str]:
    """Count mirrored brackets as one character."""
    return Counter("".join(letters.elements()).translate(str.maketrans("》）)", "《（(")))


def fault(html: str, ours: LaidOut | str, stock: LaidOut) -> str | None:
    """Return what is wrong with our lines of a document, ``None`` where nothing is."""
    if isinstance(ours, str):
        return ours
    for what in ("letters", "drawn"):
        theirs, mine = (getattr(one, what) for one in (stock, ours))
        if what == "drawn" and "rtl" in html:
            # One glyph is a bracket and the mirrored other, and has one text.
            lost, added = _unmirrored(theirs) - _unmirrored(mine), _unmirrored(mine) - _unmirrored(theirs)
        else:
            lost, added = theirs - mine, mine - theirs
        if what == "drawn":  # selectors of variants are copied with their characters; WeasyPrint drops them
            added = Counter({one: count for one, count in added.items() if not _SELECTOR.match(one)})
        if what == "drawn" and "ellipsis" in html:
            # Fewer lines overflow when they are ours: WeasyPrint cuts less and draws fewer dots.
            lost, added = lost - Counter({".": lost["."], "…": lost["…"]}), Counter()
        if lost or added:
            return f"{what}: lost {dict(lost)}, added {dict(added)}"
    if ours.over > 0.5 >= stock.over:
        return f"runs over by {ours.over:.2f} px"
    return None


def tried(html: str, *, stock: bool) -> LaidOut | str:
    """Return what was laid out, or how that failed."""
    signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(PATIENCE * (1 if stock else 2))  # ours may lay out twice
    try:
        return lay_out(html, stock=stock)
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
