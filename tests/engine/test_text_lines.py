"""Lines and least widths of texts that WeasyPrint measures: the same as its own, and found in linear time."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.support import corpus

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]

DATA = Path(__file__).parents[1] / "data"
#: Declarations on which lines depend.
STYLES = (
    "",
    "overflow-wrap: anywhere",
    "overflow-wrap: break-word",
    "hyphens: auto",
    "hyphens: auto; overflow-wrap: anywhere",
    "word-break: break-all",
    "letter-spacing: 1pt",
    "word-spacing: 3pt; hyphens: auto",
    "letter-spacing: 1pt; overflow-wrap: anywhere",
    "white-space: nowrap",
    "white-space: pre-wrap",
    "white-space: pre-line; hyphens: auto",
    "font-variant: small-caps; font-kerning: none",
)
#: Texts of each style and language, and their parts: WeasyPrint alone takes the square of their length.
TEXTS, MOST_PARTS = 2, 24
LANGUAGES = ("en", "de", "fr", "ru", "zh-Hans", "ja", "th", "ar")
#: What makes breaks hard to foresee.
SEASONING = (
    "(", ") ", " « ", "» ", "“", "” ", "well-known", "state-of-the-art", " 3.14 ", "1,000,000 €", " 10 %", "\xa0", "—", " – ",
    "…", "/", "https://example.org/a/very/long/path?with=query&and=more#fragment", "e.g.", "\xad", "\n", "\t", "\u200b",
    "\u2060", "é", "e\u0301", "ﬃ", "office", "AVATAR", "👍🏽", "🇨🇳🇫🇷", "中文，标点。", "日本語カタカナ", "ภาษาไทยไม่มีช่องว่าง", "שלום עולם",
    "Donaudampfschifffahrtsgesellschaftskapitän", "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz",
    "  ", "!", "? ", "; ", "[1]", "№ ", "§ 12", "°C", "x²", "a\u0300\u0301b", "Превосходительство ",
)  # fmt: skip


@contextmanager
def speed(*, on: bool) -> Iterator[None]:
    """With the lines made once, or with WeasyPrint's own."""
    from cstprint.engine.weasy.patch import applied
    from tests.support.features import feature

    with applied([feature("lines made once")] if on else []):
        yield


def styled(css: str, language: str) -> Any:
    """The style of a text, and what WeasyPrint lays it out with; nothing is kept with it yet."""
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    html = f"<html lang={language}><body style=\"font: 10pt 'CST Latin Serif', 'CST Song'; {css}\">a"
    page = HTML(string=html).render(font_config=FontConfiguration()).pages[0]
    box = next(one for one in page._page_box.descendants() if getattr(one, "text", None) == "a")
    return box.style


def widths(style: Any, text: str, *, is_line_start: bool, minimum: bool = True) -> list[tuple[float, int]]:
    """The width of each line and where the next begins, as WeasyPrint asks for them where it measures a text."""
    from types import SimpleNamespace

    from weasyprint.layout import preferred

    context, found, rest = SimpleNamespace(dictionaries={}), [], text.encode()
    while True:
        _, _, resume, width, *_ = preferred.split_first_line(
            rest.decode(),
            style,
            context,
            0 if minimum else None,
            0,
            is_line_start=is_line_start,
            minimum=True,
        )
        found.append((width, resume))
        if resume is None:
            return found
        rest = rest[resume:]


def seasoned(chance: random.Random) -> str:
    """A text of words of several languages, with what makes breaks hard to foresee between them."""
    words = (DATA / "english.txt").read_text("utf-8").split() + "".join(corpus.paragraphs())[:2000].split(
        "，"
    )
    parts = (
        chance.choice(SEASONING)
        if chance.random() < 0.25
        else chance.choice(words) + chance.choice((" ", " ", ""))
        for _ in range(chance.randint(1, MOST_PARTS))
    )
    return "".join(parts)


@pytest.mark.slow
@pytest.mark.parametrize("css", STYLES)
def test_least_widths_are_those_of_weasyprint(css: str) -> None:
    chance = random.Random(css)
    for language in LANGUAGES:
        with_speed, alone = styled(css, language), styled(css, language)
        for _ in range(TEXTS):
            text, at_start = seasoned(chance), chance.random() < 0.7
            for minimum in (True, False):
                with speed(on=False):
                    expected = widths(alone, text, is_line_start=at_start, minimum=minimum)
                with speed(on=True):
                    for _ in range(2):  # the second time of what is kept
                        assert (
                            widths(with_speed, text, is_line_start=at_start, minimum=minimum) == expected
                        ), text


def characters_laid_out(work: Callable[[], object]) -> int:
    """How many characters Pango gets."""
    from weasyprint.text.line_break import Layout

    given: list[int] = []
    set_text = Layout.set_text

    def counting(layout: Any, text: str, *rest: object, **options: object) -> None:
        given.append(len(text))
        set_text(layout, text, *rest, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Layout, "set_text", counting)
        work()
    return sum(given)


@pytest.mark.parametrize(
    "css", ["", "overflow-wrap: anywhere", "hyphens: auto", "hyphens: auto; overflow-wrap: anywhere"]
)
def test_the_least_width_of_twice_the_text_takes_twice_the_work(css: str) -> None:
    words = (DATA / "english.txt").read_text("utf-8").split()

    def work(count: int) -> int:
        style, text = styled(css, "en"), " ".join(words[:count])
        with speed(on=True):
            return characters_laid_out(lambda: widths(style, text, is_line_start=True))

    assert work(600) < 2.2 * work(300)


def test_a_text_that_is_measured_again_is_not_laid_out_again() -> None:
    style, text = (
        styled("overflow-wrap: anywhere", "en"),
        "Two facing pages on one grid, and what is not running text.",
    )
    with speed(on=True):
        widths(style, text, is_line_start=True)
        assert characters_laid_out(lambda: widths(style, text, is_line_start=True)) == 0
