r"""Formulas in TeX as drawings: latex2mathml reads them, ziamath draws them in STIX Two Math.

Both leave out, or draw as letters, what they do not know, without a word (``\ce``, ``\SI``, unknown elements
and characters). So what was drawn is compared with what was typed, and where anything is missing there is no
drawing.
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from cstprint.diagnostics import Message, msg

#: px for 1 em of a drawing; its size in the text is given in em.
SIZE_PX = 24.0
#: Longer sources are no formulas, and hostile ones take long.
MAX_LENGTH = 3000
#: Commands that define others, or lead elsewhere: what they do is not drawn.
_REFUSED = re.compile(
    r"\\(newcommand|renewcommand|providecommand|def|let|newenvironment|DeclareMathOperator|label|ref|eqref|cite|href|url"
    r"|includegraphics|input|include|require|tag|unicode|class|cssId|style|color|textcolor|colorbox|fcolorbox)\b"
)
_ENVIRONMENT = re.compile(r"\\begin\{([^{}]*)\}")
_ENVIRONMENTS = {
    *("matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix", "smallmatrix", "array"),
    *("cases", "aligned", "align", "align*", "split"),
}
_COMMAND = re.compile(r"\\([A-Za-z]+)\*?|\\.")
#: What names environments, columns and lengths.
_ARGUMENTS = re.compile(
    r"\\(?:begin|end)\{[A-Za-z*]+\}(?:\{[lcr|@{} ]*\})?|\\[hv]space\*?\{[^{}]*\}"
    r"|\\(?:kern|mkern|hskip|mskip)[-\d. a-z]+"
    r"|\[-?[\d.]+(?:em|ex|pt|mm|cm)\]"
)
_FONT_NAME = "cstprint"


@dataclass(frozen=True, slots=True)
class Formula:
    """A drawing of a formula: SVG, and its size in em; ``depth_em`` is how far it reaches below the baseline."""

    svg: bytes
    width_em: float
    height_em: float
    depth_em: float


class NotDrawnError(Exception):
    """A formula that cannot be drawn as it is meant, and why."""

    def __init__(self, message: Message):
        super().__init__(str(message))
        self.message = message


def draw_formula(source: str, *, display: bool, han_fonts: Sequence[Path]) -> Formula:
    """Return the drawing of a formula in TeX; Han in it is set in the first of ``han_fonts`` that has it.

    Raises ``NotDrawnError`` where anything of the source would be missing.
    """
    if len(source) > MAX_LENGTH:
        raise NotDrawnError(msg("it is longer than {limit} characters", limit=MAX_LENGTH))
    _check_source(source)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what Python says of the libraries' own code
            mathml = _mathml(source, display=display)
            _check_elements(source, mathml)
            font = _font(tuple(han_fonts))
            font.lacking = set()
            math = _math(mathml, font)
            svg = math.svg()
    except NotDrawnError:
        raise
    except (Exception, RecursionError) as exception:  # noqa: BLE001 - whatever the libraries fail at, the source is printed
        reason = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(exception).__name__.removesuffix("Error")).lower()
        raise NotDrawnError(msg("it cannot be read ({reason})", reason=reason)) from None
    if font.lacking:
        raise NotDrawnError(msg("there is no character for {signs}", signs=tuple(sorted(font.lacking))))
    box = math.node.bbox
    return Formula(
        svg.encode("utf-8"),
        (box.xmax - box.xmin) / SIZE_PX,
        (box.ymax - box.ymin) / SIZE_PX,
        -box.ymin / SIZE_PX,
    )


def _check_source(source: str) -> None:
    if refused := _REFUSED.search(source):
        raise NotDrawnError(msg("{command} is not supported", command=refused[0]))
    for environment in _ENVIRONMENT.findall(source):
        if environment not in _ENVIRONMENTS:
            raise NotDrawnError(msg("{command} is not supported", command=f"\\begin{{{environment}}}"))
    depth = 0
    for mark in re.finditer(r"\\.|[{}]", source, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(mark[0], 0)
        if depth < 0:
            break
    if depth:
        raise NotDrawnError(msg("its braces do not match"))
    if len(re.findall(r"\\left(?![A-Za-z])", source)) != len(re.findall(r"\\right(?![A-Za-z])", source)):
        raise NotDrawnError(msg("\\left and \\right do not match"))


def _mathml(source: str, *, display: bool) -> ElementTree.Element:
    from ziamath.tex import tex2mml

    return ElementTree.fromstring(tex2mml(source, inline=not display))


def _check_elements(source: str, mathml: ElementTree.Element) -> None:
    """Raise ``NotDrawnError`` for commands that were not read, elements that are not drawn, letters that are lost."""
    from ziamath.nodes.mnode import _node_classes

    for element in mathml.iter():
        text = element.text or ""
        if "\\" in text and len(text) > 1:
            raise NotDrawnError(msg("{command} is not supported", command=text))
        name = element.tag.rpartition("}")[2]
        if name not in _node_classes and name not in (
            "math",
            "mtd",
            "mtr",
            "none",
            "ms",
            "mstyle",
            "semantics",
        ):
            raise NotDrawnError(msg("{command} is not supported", command=f"<{name}>"))
    typed = Counter(filter(str.isalnum, _COMMAND.sub(" ", _ARGUMENTS.sub(" ", source))))
    # NFKD: \mathbb{R} is read as ℝ.
    read = Counter(filter(str.isalnum, unicodedata.normalize("NFKD", "".join(mathml.itertext()))))
    if lost := typed - read:
        raise NotDrawnError(msg("{signs} would be lost", signs=tuple(sorted(lost))))


def _math(mathml: ElementTree.Element, font: Any) -> Any:
    from ziamath.config import config
    from ziamath.zmath import Math, loadedfonts

    config.svg2 = False
    loadedfonts[_FONT_NAME] = font
    return Math(mathml, size=SIZE_PX, font=_FONT_NAME, margin=0)


@cache
def _font(han_fonts: tuple[Path, ...]) -> Any:
    """Return STIX Two Math with Han from other fonts, which notes what it has no sign for."""
    import ziamath
    from ziafont.font import Font as OtherFont
    from ziamath.mathfont import MathFont

    class Font(MathFont):
        lacking: set[str]

        def findglyph(self, char: str, variant: Any) -> Any:
            if self.glyphindex(char):
                return super().findglyph(char, variant)
            for other in others():
                if other.glyphindex(char):
                    return other.glyph(char)
            if not char.isspace():
                self.lacking.add(char)
            return super().findglyph(char, variant)

    @cache
    def others() -> list[Any]:
        return [OtherFont(path) for path in han_fonts]

    folder = Path(ziamath.__file__).parent / "fonts"
    return Font(folder / "STIXTwoMath-Regular.ttf", SIZE_PX)
