"""Formulas as drawings: what is drawn, where it stands, and that nothing is drawn wrong in silence."""

from __future__ import annotations

import re

import pytest

from cstprint.pictures.formulas import Formula, NotDrawnError, draw_formula
from tests.support.projects import REPOSITORY

HAN = [REPOSITORY / "fonts" / "CSTSong-Regular.ttf"]


def draw(source: str, *, display: bool = False) -> Formula:
    return draw_formula(source, display=display, han_fonts=HAN)


@pytest.mark.parametrize(
    "source",
    [
        "E=mc^2",
        r"\int_0^1 x\,dx = \frac12",
        r"\sum_{i=1}^{n} i = \frac{n(n+1)}{2}",
        r"\begin{pmatrix}a&b\\c&d\end{pmatrix}",
        r"\begin{cases}x & y>0\\ 0 & \text{其他}\end{cases}",
        r"\begin{aligned}a&=b\\&=c\end{aligned}",
        r"\sqrt[3]{x}",
        r"\mathbb{R}^n \to \infty",
        r"\hat{a}\vec{b}\bar{c}",
        r"\mathrm{kg}\,\operatorname{sin} x",
        r"25\,^{\circ}\mathrm{C}",
        r"\left( \frac{a}{b} \right)",
        r"\mathcal{L}",
        r"5\%",
    ],
)
def test_a_formula_is_drawn(source: str) -> None:
    formula = draw(source, display=True)
    assert b"<svg" in formula.svg
    assert formula.width_em > 0.3
    assert formula.height_em > 0.3


def test_a_drawing_stands_on_the_baseline() -> None:
    assert abs(draw("x").depth_em) < 0.03
    assert 0.15 < draw("y").depth_em < 0.3
    assert draw(r"\frac{a}{b}", display=True).depth_em > 0.4


def test_han_is_drawn_and_widens_the_formula_by_its_ems() -> None:
    with_han, without = draw(r"\text{速度}=v"), draw("=v")
    assert 1.6 < with_han.width_em - without.width_em < 2.6


@pytest.mark.parametrize(
    ("source", "named"),
    [
        (r"\ce{H2O}", r"\ce"),
        (r"\SI{5}{m}", r"\SI"),
        (r"\foo x", r"\foo"),
        (r"\begin{foo}x\end{foo}", "foo"),
        (r"\newcommand{\x}{y}\x", r"\newcommand"),
        (r"\href{https://example.org}{x}", r"\href"),
        ("{a", "braces"),
        ("a}", "braces"),
        ("a_", "read"),
        (r"\left( a", r"\left"),
        ("x" * 3001, "3000"),
        ("\\text{\U00030edd}", "\U00030edd"),
    ],
)
def test_what_is_not_known_is_not_drawn(source: str, named: str) -> None:
    with pytest.raises(NotDrawnError, match=re.escape(named)):
        draw(source)


def test_the_same_formula_is_the_same_drawing() -> None:
    assert draw("E=mc^2").svg == draw("E=mc^2").svg
