"""Random style sheets over the layouts: selectors of their own sheets and properties with values that CSS has.

The same number gives the same sheet.
"""

from __future__ import annotations

import random
import re
from functools import cache

from tests.support.projects import REPOSITORY

LAYOUTS = ("newsletter", "brief", "bulletin")
LENGTHS = ("0", "1pt", "-3pt", "12pt", "2em", "40mm", "50%", "-20%", "300%", "calc(1em + 10%)", "auto")
VALUES: dict[str, tuple[str, ...]] = {
    "display": (
        *("block", "inline", "inline-block", "flex", "inline-flex", "grid", "inline-grid", "table", "none"),
        *("table-cell", "table-row", "list-item", "flow-root", "table-caption", "inline-table", "contents"),
    ),
    "position": ("static", "relative", "absolute", "fixed", "running(x)"),
    "float": ("left", "right", "none", "footnote"),
    "clear": ("both", "left", "none"),
    "overflow": ("hidden", "visible", "auto"),
    "visibility": ("hidden", "visible", "collapse"),
    "column-count": ("1", "2", "3", "7"),
    "column-span": ("all", "none"),
    "column-width": ("60pt", "10em", "auto"),
    "column-gap": ("0", "2em", "10%"),
    "--cst-columns": ("grid", "none"),
    "--cst-whole-lines": ("yes", "no", "below"),
    "--cst-may-move": ("yes", "no"),
    "--cst-page-foot": ("yes", "no"),
    "--cst-text-wrap": ("balance", "auto"),
    "--cst-fit": ("60%", "no"),
    "--cst-figure-place": ("here", "any"),
    "--cst-table-fill": ("60%", "100%"),
    "--cst-whole-to": ("33%", "5%"),
    "--cst-emphasis-mark": ("dots", "none"),
    "--cst-line-mark": ("wave", "straight", "none"),
    "break-before": ("page", "column", "avoid", "left", "right", "auto"),
    "break-after": ("page", "column", "avoid", "left", "auto"),
    "break-inside": ("avoid", "auto"),
    "page": ("wide", "auto"),
    "box-sizing": ("border-box", "content-box"),
    "box-decoration-break": ("clone", "slice"),
    "margin": (*LENGTHS, "0 auto", "1em -1em"),
    "padding": ("0", "1pt", "2em", "10%", "20pt 0"),
    "border": ("1pt solid #000", "none", "4mm double currentColor", "0 dotted red"),
    "border-radius": ("3pt", "50%"),
    "border-collapse": ("collapse", "separate"),
    "width": LENGTHS,
    "height": LENGTHS,
    "min-width": LENGTHS[:-1],
    "max-width": ("10pt", "50%", "none"),
    "min-height": ("10pt", "120mm", "900mm"),
    "max-height": ("10pt", "50%", "none"),
    "top": LENGTHS,
    "left": LENGTHS,
    "font-size": ("0", "4pt", "12pt", "60pt", "150%", "2em"),
    "font": ("12pt/1 'CST Hei'", "700 9pt 'CST Song'"),
    "line-height": ("0", "1", "9", "3pt", "normal", "200%"),
    "letter-spacing": ("1em", "-1pt", "normal"),
    "word-spacing": ("1em", "normal"),
    "text-align": ("left", "right", "center", "justify"),
    "text-indent": ("2em", "-2em", "50%"),
    "text-transform": ("uppercase", "full-width"),
    "text-overflow": ("ellipsis", "clip"),
    "white-space": ("nowrap", "pre", "pre-wrap", "pre-line", "normal"),
    "overflow-wrap": ("anywhere", "normal"),
    "word-break": ("break-all", "normal"),
    "hyphens": ("auto", "manual", "none"),
    "vertical-align": ("top", "middle", "super", "3pt", "-50%"),
    "list-style": ("none", "disc inside", "'甲'"),
    "content": (
        "none",
        "'甲'",
        "counter(page)",
        "string(article)",
        "leader('.') '乙'",
        "url(x.png)",
        "element(x)",
    ),
    "counter-increment": ("n", "n 5", "page 2"),
    "string-set": ("article content()", "article '甲'", "none"),
    "bookmark-level": ("1", "3", "none"),
    "bookmark-label": ("content()", "'甲'"),
    "footnote-display": ("block", "inline", "compact"),
    "footnote-policy": ("line", "block", "auto"),
    "flex": ("1", "none", "2 1 0"),
    "flex-direction": ("column", "row-reverse"),
    "flex-wrap": ("wrap", "nowrap"),
    "order": ("-1", "3"),
    "gap": ("3pt", "10%"),
    "align-items": ("center", "stretch", "end"),
    "justify-content": ("space-between", "center"),
    "grid-template-columns": ("1fr 2fr", "repeat(3, 1fr)", "10em auto", "minmax(0, 1fr) 20%"),
    "grid-column": ("1 / 3", "span 2"),
    "transform": ("rotate(90deg)", "scale(.5)", "translate(10pt, -5pt)"),
    "transform-origin": ("0 0", "50% 100%"),
    "opacity": ("0", ".5", "1"),
    "background": ("#ff0", "linear-gradient(#fff, #000)", "radial-gradient(#fff, #f00)"),
    "color": ("#f00", "transparent", "rgb(0 0 0 / .5)"),
    "box-shadow": ("1pt 1pt 2pt #000",),
    "outline": ("1pt solid red",),
    "orphans": ("1", "9"),
    "widows": ("1", "9"),
    "object-fit": ("cover", "contain", "none"),
    "table-layout": ("fixed", "auto"),
    "caption-side": ("bottom", "top"),
    "direction": ("rtl", "ltr"),
    "tab-size": ("2", "8"),
    "z-index": ("-1", "5"),
    "margin-break": ("keep", "discard", "auto"),
    "image-orientation": ("90deg", "none"),
    "continue": ("discard", "auto"),
    "max-lines": ("1", "none"),
}
PSEUDO = (
    "::before",
    "::after",
    "::first-letter",
    "::first-line",
    "::marker",
    ":first-child",
    ":not(:last-child)",
)
PAGES = ("@page", "@page :first", "@page :left", "@page wide", "@page :blank")
PAGE_VALUES = {
    "size": ("A5", "A4 landscape", "60mm 90mm"),
    "margin": ("0", "10mm", "40mm 5mm", "-3mm"),
    "bleed": ("3mm", "0"),
    "marks": ("crop", "none"),
    "background": VALUES["background"],
    "border": VALUES["border"],
    "padding": VALUES["padding"],
}
BOXES = ("@top-left", "@top-center", "@bottom-right", "@left-middle", "@footnote")


@cache
def selectors(layout: str) -> tuple[str, ...]:
    """The selectors of the sheets of a layout and of base, without those of pages."""
    found: list[str] = []
    for name in ("base", layout):
        for path in sorted((REPOSITORY / "layouts" / name).glob("*.css")):
            text = re.sub(r"/\*.*?\*/", " ", path.read_text("utf-8"), flags=re.DOTALL)
            found += (one.strip() for one in re.findall(r"(?:^|\}|;)\s*([^@{};]+)\{", text))
    return tuple(dict.fromkeys(one for one in found if not one.startswith(("to", "from"))))


def sheet(seed: int) -> tuple[str, str]:
    """The layout that a random style sheet extends, and the sheet."""
    chance = random.Random(seed)
    layout = chance.choice(LAYOUTS)
    rules = [_rule(chance, layout) for _ in range(chance.randint(1, 8))]
    if chance.random() < 0.3:
        rules.append(_page(chance))
    return layout, "\n".join(rules) + "\n"


def _rule(chance: random.Random, layout: str) -> str:
    selector = (
        chance.choice(selectors(layout))
        if chance.random() < 0.85
        else chance.choice(("*", "p", "body", "html"))
    )
    if "::" not in selector and "," not in selector and chance.random() < 0.25:
        selector += chance.choice(PSEUDO)
    return f"{selector} {{ {_declarations(chance, VALUES, chance.randint(1, 4))} }}"


def _page(chance: random.Random) -> str:
    box = f"{chance.choice(BOXES)} {{ {_declarations(chance, VALUES, 3)} }}"
    return f"{chance.choice(PAGES)} {{ {_declarations(chance, PAGE_VALUES, 2)} {box} }}"


def _declarations(chance: random.Random, values: dict[str, tuple[str, ...]], count: int) -> str:
    names = chance.sample(sorted(values), count)
    return " ".join(f"{name}: {chance.choice(values[name])};" for name in names)
