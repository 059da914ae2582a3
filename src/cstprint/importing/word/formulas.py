"""Formulas of Word (ECMA-376, part 1, 22.1) as LaTeX."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from cstprint.importing.word.xml import at

_SPECIAL = {
    "\\": r"\backslash ",
    "{": r"\{",
    "}": r"\}",
    "%": r"\%",
    "#": r"\#",
    "&": r"\&",
    "_": r"\_",
    "$": r"\$",
}
_HAN = re.compile("[\u2e80-\u9fff\uf900-\uffef]+")
#: Names that LaTeX sets upright.
_FUNCTIONS = frozenset(
    [
        "sin",
        "cos",
        "tan",
        "cot",
        "sec",
        "csc",
        "ln",
        "log",
        "lg",
        "exp",
        "lim",
        "max",
        "min",
        "sup",
        "inf",
        "det",
        "arcsin",
        "arccos",
        "arctan",
    ]
)
_LARGE = {
    "∑": r"\sum",
    "∏": r"\prod",
    "∫": r"\int",
    "∬": r"\iint",
    "∮": r"\oint",
    "⋃": r"\bigcup",
    "⋂": r"\bigcap",
}
_ACCENTS = {"\u0302": r"\hat", "\u0303": r"\tilde", "\u0304": r"\bar", "\u0305": r"\overline", "\u20d7": r"\vec",
            "\u0307": r"\dot", "\u0308": r"\ddot"}  # fmt: skip
_FENCES = {"{": r"\{", "}": r"\}", "": "."}


def latex_of(node: Element) -> str:
    """Return a formula as LaTeX; what is not known is written as what stands in it."""
    return re.sub(r"\s+", " ", _inside(node)).strip()


def _inside(node: Element | None) -> str:
    return "".join(_one(child) for child in node) if node is not None else ""


def _one(node: Element) -> str:
    if str(node.tag).endswith("Pr"):
        return ""
    write = _WRITTEN.get(str(node.tag))
    return write(node) if write else _inside(node)


def _part(node: Element, name: str) -> str:
    return _inside(at(node, name))


def _text(node: Element) -> str:
    text = node.text or ""
    written = _HAN.sub(lambda match: rf"\text{{{match[0]}}}", text)
    if written == text:
        written = "".join(_SPECIAL.get(character, character) for character in text)
    return rf"\{text} " if text in _FUNCTIONS else written


def _run(node: Element) -> str:
    return "".join(_text(child) for child in node if child.tag in ("m:t", "w:t"))


def _fraction(node: Element) -> str:
    return rf"\frac{{{_part(node, 'm:num')}}}{{{_part(node, 'm:den')}}}"


def _scripts(node: Element) -> str:
    base, below, above = (_part(node, name) for name in ("m:e", "m:sub", "m:sup"))
    return f"{{{base}}}" + (f"_{{{below}}}" if below else "") + (f"^{{{above}}}" if above else "")


def _root(node: Element) -> str:
    degree = _part(node, "m:deg")
    return r"\sqrt" + (f"[{degree}]" if degree else "") + f"{{{_part(node, 'm:e')}}}"


def _large(node: Element) -> str:
    sign = _val(node, "m:naryPr", "m:chr", "∫")
    below, above = _part(node, "m:sub"), _part(node, "m:sup")
    limits = (f"_{{{below}}}" if below else "") + (f"^{{{above}}}" if above else "")
    return f"{_LARGE.get(sign, sign)}{limits} {_part(node, 'm:e')}"


def _fenced(node: Element) -> str:
    begin, end = _val(node, "m:dPr", "m:begChr", "("), _val(node, "m:dPr", "m:endChr", ")")
    between = _val(node, "m:dPr", "m:sepChr", "|")
    inside = between.join(_inside(child) for child in node if child.tag == "m:e")
    return rf"\left{_FENCES.get(begin, begin)} {inside} \right{_FENCES.get(end, end)}"


def _accent(node: Element) -> str:
    accent = _ACCENTS.get(_val(node, "m:accPr", "m:chr", "\u0302"), r"\hat")
    return f"{accent}{{{_part(node, 'm:e')}}}"


def _bar(node: Element) -> str:
    below = _val(node, "m:barPr", "m:pos", "bot") != "top"
    return (r"\underline" if below else r"\overline") + f"{{{_part(node, 'm:e')}}}"


def _matrix(node: Element) -> str:
    return _rows(
        [" & ".join(_inside(cell) for cell in row if cell.tag == "m:e") for row in node if row.tag == "m:mr"]
    )


def _lines(node: Element) -> str:
    rows = [_inside(child) for child in node if child.tag == "m:e"]
    return _rows(rows) if len(rows) > 1 else "".join(rows)


def _rows(rows: list[str]) -> str:
    inside = r" \\ ".join(rows)
    return rf"\begin{{matrix}}{inside}\end{{matrix}}"


def _function(node: Element) -> str:
    return f"{_part(node, 'm:fName')} {_part(node, 'm:e')}"


def _limit(node: Element) -> str:
    mark = "_" if node.tag == "m:limLow" else "^"
    return f"{_part(node, 'm:e').strip()}{mark}{{{_part(node, 'm:lim')}}} "


def _val(node: Element, properties: str, name: str, fallback: str = "") -> str:
    found = at(node, properties, name)
    return fallback if found is None else found.get("m:val", fallback)


_WRITTEN: dict[str, Callable[[Element], str]] = {
    "m:r": _run,
    "m:f": _fraction,
    "m:sSub": _scripts,
    "m:sSup": _scripts,
    "m:sSubSup": _scripts,
    "m:rad": _root,
    "m:nary": _large,
    "m:d": _fenced,
    "m:acc": _accent,
    "m:bar": _bar,
    "m:m": _matrix,
    "m:eqArr": _lines,
    "m:func": _function,
    "m:limLow": _limit,
    "m:limUpp": _limit,
}
