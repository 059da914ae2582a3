"""Each recipe of the designer's guide, printed as its code stands on both pages, keeps what it promises."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pytest
from pypdf import PdfReader

from tests.conftest import Run
from tests.guide.page import Recipe, recipes
from tests.support.ink import Letter, grounds, read_letters
from tests.support.pages import Page, read_pages
from tests.support.projects import REPOSITORY, SmallProject, picture_bytes

pytestmark = pytest.mark.render

ISSUE = (REPOSITORY / "tests" / "data" / "recipes.yaml").read_text("utf-8")
#: The text block of newsletter: its left and right edge, the head margin, size and leading, all in pt.
LEFT, RIGHT, TOP, SIZE, LEADING = 87.638, 507.638, 84.0, 12.0, 20.0
ACCENT, INK = "#17406d", "#1a1a1a"
#: Half a point: what pdfium rounds.
NEAR = 0.5


@dataclass(frozen=True)
class Printed:
    """The recipes' issue in a recipe's layout."""

    data: bytes

    @cached_property
    def letters(self) -> list[Letter]:
        """All letters, in content order."""
        return read_letters(self.data)

    @cached_property
    def pages(self) -> list[Page]:
        """The pages."""
        return read_pages(self.data)

    def find(self, words: str, page: int | None = None, above: float = 10_000) -> list[Letter]:
        """Return the letters of ``words`` where they stand first, or first on a page, above a height."""
        letters = [one for one in self.letters if page in (None, one.page) and one.y < above]
        at = "".join(letter.text for letter in letters).find(words)
        assert at >= 0, f"“{words}” is not printed"
        return letters[at : at + len(words)]

    def shows(self, words: str, page: int) -> bool:
        """Whether the words stand on a page."""
        return words in "".join(letter.text for letter in self.letters if letter.page == page)

    def baselines(self, size: float = SIZE) -> list[float]:
        """The baselines of running text on the pages of articles, in pt below the top of their pages."""
        heads = self.find("本刊编辑")  # of the size of running text in smaller layouts
        return [
            one.y
            for one in self.letters
            if one.font == "CST-Song" and abs(one.size - size) < 0.01 and one not in heads
            if not self.shows("目录", one.page)
        ]


def colours(letters: list[Letter]) -> set[str]:
    return {letter.colour for letter in letters}


def fonts(letters: list[Letter]) -> set[str]:
    return {letter.font for letter in letters}


def on_grid(printed: Printed, size: float = SIZE, leading: float = LEADING, top: float = TOP) -> None:
    """Hold that all running text stands on lines of the text block, as they are counted from its top."""
    first = top + (leading - size) / 2 + size * 0.88  # the em box of our fonts has .88 em above the baseline
    baselines = printed.baselines(size)
    assert len(baselines) > 200
    for y in baselines:
        lines = (y - first) / leading
        assert abs(lines - round(lines)) * leading < NEAR, f"a baseline at {y:.2f} pt"


def nameplate(printed: Printed) -> None:
    name, number = printed.find("梧桐里", 1), printed.find("2026年第3期", 1)
    assert fonts(name) == {"CST-Hei-Bold"}
    assert colours(name) | colours(number) == {"#ffffff"}
    assert name[0].x == pytest.approx(LEFT + 18, abs=NEAR)
    assert number[-1].x > name[-1].x + 54
    assert grounds(printed.data, 1, (LEFT + 4, name[0].y), (RIGHT - 4, name[0].y)) == [ACCENT, ACCENT]


def two_colours(printed: Printed) -> None:
    assert colours(printed.find("梧桐里", 1)) == colours(printed.find("十二棵树", 2)) == {"#7a1f2b"}
    assert colours(printed.find("土从哪里来")) == colours(printed.find("图2")) == {"#6b5a1e"}
    assert colours(printed.find("秋天说走就走")) == {INK}


def faces(printed: Printed) -> None:
    assert fonts(printed.find("十二棵树", 2)) == {"CST-Hei-Bold"}
    assert fonts(printed.find("土从哪里来")) == {"CST-Kai"}
    assert fonts(printed.find("新栽的梧桐")) == {"CST-Song"}


def drop_cap(printed: Printed) -> None:
    first, *_ = printed.find("天说走就走")
    third, *_ = printed.find("的人比树多")
    (cap,) = [letter for letter in printed.letters if letter.size > 50 and letter.page == 2]
    assert (cap.text, cap.colour) == ("秋", ACCENT)
    assert cap.size == pytest.approx(2 * LEADING + SIZE, abs=0.01)
    assert cap.x == pytest.approx(LEFT, abs=NEAR)
    assert cap.y - 0.88 * cap.size == pytest.approx(
        first.y - 0.88 * SIZE, abs=NEAR
    )  # the tops of the em boxes
    assert cap.y + 0.12 * cap.size == pytest.approx(third.y + 0.12 * SIZE, abs=NEAR)  # their feet
    assert third.y - first.y == pytest.approx(2 * LEADING, abs=NEAR)
    assert first.x == third.x == pytest.approx(LEFT + 5 * SIZE, abs=NEAR)
    assert printed.find("一路。")[0].x == pytest.approx(LEFT, abs=NEAR)  # below it
    on_grid(printed)


def section_colours(printed: Printed) -> None:
    green = "#2f6b3c"
    assert colours(printed.find("生活", 1)) == colours(printed.find("读书会读了什么", 4)) == {green}
    assert colours(printed.find("这个月的书", 4)) == {green}
    assert colours(printed.find("要闻", 1)) == colours(printed.find("十二棵树", 2)) == {ACCENT}
    section = printed.find("生活", 4)
    assert grounds(printed.data, 4, (section[0].x - 4, section[0].y)) == [green]


def paper(printed: Printed) -> None:
    mm = 72 / 25.4
    assert {(round(page.width, 2), round(page.height, 2)) for page in printed.pages} == {
        (round(185 * mm, 2), round(260 * mm, 2))
    }
    text = [one for one in printed.letters if one.page == 3 and one.font == "CST-Song" and one.size == 10.5]
    left = (185 * mm - 38 * 10.5) / 2
    assert min(one.x for one in text) == pytest.approx(left, abs=NEAR)
    assert max(one.x for one in text if one.text not in "，。、") + 10.5 == pytest.approx(
        left + 38 * 10.5, abs=NEAR
    )
    on_grid(printed, 10.5, 17, 72)


def numbered_heads(printed: Printed) -> None:
    for words in ("一、树坑多大才够", "二、明年的事"):
        assert printed.shows(words, 1)
        assert any(printed.shows(words, page) for page in (2, 3))
    assert printed.shows("（一）土从哪里来", 2)
    assert printed.shows("（二）谁来浇水", 2)
    assert printed.shows("一、这个月的书", 4)  # anew in each article
    assert "一、树坑多大才够" in bookmarks(printed)


def bookmarks(printed: Printed) -> list[str]:
    todo: list[Any] = list(PdfReader(io.BytesIO(printed.data)).outline)
    found = []
    while todo:
        entry = todo.pop(0)
        if isinstance(entry, list):
            todo = entry + todo
        else:
            found.append(str(entry.title))
    return found


def running_heads(printed: Printed) -> None:
    name, number = printed.find("梧桐里", 2, TOP), printed.find("2026年第3期", 2, TOP)
    assert name[0].y < number[0].y
    assert (name[0].x, number[0].x) == pytest.approx((LEFT, LEFT), abs=NEAR)
    section, article = printed.find("要闻", 3, TOP), printed.find("十二棵树", 3, TOP)
    assert (section[0].y, article[0].y) == pytest.approx((name[0].y, number[0].y), abs=NEAR)
    assert (section[-1].x + 9, article[-1].x + 9) == pytest.approx((RIGHT, RIGHT), abs=NEAR)
    folios = {
        page: next(one for one in printed.letters if one.page == page and one.y > 764) for page in (2, 3)
    }
    assert (folios[2].text, folios[3].text) == ("2", "3")
    assert folios[2].x == pytest.approx(LEFT, abs=NEAR)
    assert folios[3].x > RIGHT - 10.5


def contents(printed: Printed) -> None:
    wanted = {
        "十二棵树": "2",
        "树坑多大才够": "2",
        "楼道里的灯换好了": "3",
        "读书会读了什么": "4",
        "食堂的新菜单": "4",
    }
    for title, page in wanted.items():
        entry = printed.find(title, 1)
        (number,) = [
            one
            for one in printed.letters
            if one.page == 1 and one.y == entry[0].y and one.text == page and 0 < entry[0].x - one.x < 30
        ]
        assert entry[0].x - number.x == pytest.approx(2 * SIZE, abs=NEAR)
        assert number.colour == ACCENT
        assert printed.shows(title, int(page))
    assert printed.find("十二棵树", 1)[0].x < LEFT + 40
    assert printed.find("生活", 1)[0].x == pytest.approx((LEFT + RIGHT) / 2 + SIZE, abs=NEAR)
    assert printed.find("要闻", 1)[0].y == pytest.approx(printed.find("生活", 1)[0].y, abs=NEAR)
    assert not printed.shows("·", 1)


def cover(printed: Printed) -> None:
    (picture,) = printed.pages[0].pictures
    assert (picture.left, picture.right) == pytest.approx((0, printed.pages[0].width), abs=NEAR)
    edges = [(2.0, 2.0), (590.0, 2.0), (2.0, 838.0), (590.0, 838.0)]
    assert set(grounds(printed.data, 1, *edges)) == {ACCENT}
    assert colours([one for one in printed.letters if one.page == 1]) == {"#ffffff"}
    assert not printed.shows("目录", 1)
    assert printed.shows("目录", 2)
    assert printed.shows("十二棵树", 3)
    assert printed.find("图1", 1)[0].x == pytest.approx(LEFT, abs=NEAR)


def captions_beside(printed: Printed) -> None:
    (picture,) = printed.pages[2].pictures
    caption = printed.find("新栽的梧桐，红绳上写着认养人家的门牌。", 3)
    assert picture.left == pytest.approx(LEFT, abs=NEAR)
    assert min(one.x for one in caption) == pytest.approx(picture.right + SIZE, abs=NEAR)
    assert max(one.x for one in caption) < RIGHT
    assert picture.bottom - 5 < caption[-1].y < picture.bottom
    on_grid(printed)


def notes(printed: Printed) -> None:
    address = printed.find("https://example.org/trees", 2)
    assert colours(address) == {ACCENT}
    assert {one.y for one in address} & {one.y for one in printed.find("照园林站的说明", 2)}
    note = printed.find("栽后第一次浇水要浇透", 2)
    assert fonts(note) == {"CST-Kai"}
    above = [note[0].y - 24 + step / 2 for step in range(26)]
    inked = [
        any(colour != "#ffffff" for colour in grounds(printed.data, 2, *((LEFT + x, y) for y in above)))
        for x in (4, 8 * SIZE - 4, 8 * SIZE + 4, 400)
    ]
    assert inked == [True, True, False, False]  # the rule is eight characters long
    assert not printed.shows("②", 2)
    on_grid(printed)


#: The bleed of the recipes that have one: 3 mm.
BLEED = 3 * 72 / 25.4


def full_bleed(printed: Printed) -> None:
    box: Any = PdfReader(io.BytesIO(printed.data)).pages[0]
    paper, bleed = ([float(edge) for edge in box[name]] for name in ("/MediaBox", "/BleedBox"))
    beyond = bleed[0] - paper[0]  # the paper for the marks
    assert bleed[0] == pytest.approx(-BLEED, abs=NEAR)
    width, height = printed.pages[0].width, printed.pages[0].height
    inside = beyond + 3
    corners = [(x, y) for x in (inside, width - inside) for y in (inside, height - inside)]
    assert "#ffffff" not in grounds(printed.data, 1, *corners)
    outside = [(beyond / 2, height / 3), (width - beyond / 2, height / 3), (width / 2, 4.0)]
    assert grounds(printed.data, 1, *outside) == ["#ffffff"] * 3, "nothing but marks is beyond the bleed"
    assert colours(printed.find("梧桐里", 1)) == colours(printed.find("入冬以前", 1)) == {"#ffffff"}
    assert printed.shows("目录", 2)


def plates(printed: Printed) -> None:
    (plate,) = [number for number, page in enumerate(printed.pages, start=1) if number > 2 and page.pictures]
    page = printed.pages[plate - 1]
    corners = [(x, y) for x in (2.0, page.width - 3) for y in (2.0, page.height - 3)]
    assert "#ffffff" not in grounds(printed.data, plate, *corners)
    caption = printed.find("新栽的梧桐", plate)
    assert colours(caption) == {"#ffffff"}
    assert caption[0].y > page.height - BLEED - 60
    assert printed.shows("谁来浇水", plate - 1), "text goes on before it"


def masters(printed: Printed) -> None:
    pages = [number for number in range(1, len(printed.pages) + 1) if printed.shows("读书会这个月", number)]
    assert pages
    for number in range(1, len(printed.pages) + 1):
        is_life = number >= pages[0]
        assert grounds(printed.data, number, (3.0, 400.0)) == ["#eef5ee" if is_life else "#ffffff"]
        head = [
            one for one in printed.letters if one.page == number and one.y < TOP - 20 and one.text in "生活"
        ]
        assert colours(head) == ({"#2f6b3c"} if is_life else set())


def one_page(printed: Printed) -> None:
    numbers = range(1, len(printed.pages) + 1)
    found = [grounds(printed.data, number, (3.0, 400.0))[0] for number in numbers]
    assert found == ["#f6f0e2" if number == 2 else "#ffffff" for number in numbers]
    folios = {one.page: one.colour for one in printed.letters if one.y > 780 and one.text == str(one.page)}
    assert folios == {number: ACCENT if number > 2 else INK for number in numbers}


#: What the issue says otherwise for a recipe, by its number.
SAID = {14: ("            caption: 新栽的梧桐", "            place: page\n            caption: 新栽的梧桐")}
#: What each recipe promises, by its number.
PROMISES: dict[int, Callable[[Printed], None]] = {
    1: nameplate,
    2: two_colours,
    3: faces,
    4: drop_cap,
    5: section_colours,
    6: paper,
    7: numbered_heads,
    8: running_heads,
    9: contents,
    10: cover,
    11: captions_beside,
    12: notes,
    13: full_bleed,
    14: plates,
    15: masters,
    16: one_page,
}


@pytest.mark.parametrize(
    "recipe", recipes(), ids=lambda recipe: f"{recipe.number}-{PROMISES[recipe.number].__name__}"
)
def test_a_recipe_keeps_its_promise(recipe: Recipe, project: SmallProject, run: Run) -> None:
    project.layout(manifest="title: 我的 · Mine\nextends: newsletter\n")
    for path, code in recipe.files.items():
        project.write(path, code)
    project.issue(ISSUE.replace(*SAID.get(recipe.number, ("", ""))))
    size = (1800, 2400) if recipe.number in SAID else (1200, 800)
    project.write("issues/one/photo.png", picture_bytes(size=size))
    project.write("issues/one/cover.png", picture_bytes(size=(1800, 850)))
    # A cover, and a page for each section: the promises name pages.
    pages = ("--set", "first-page=cover", "--set", "section-start=page")
    outcome = run("render", "one", "--strict", *pages)
    assert (outcome.status, outcome.err) == (0, "")
    PROMISES[recipe.number](Printed((project.root / "dist/one.pdf").read_bytes()))


def test_there_are_ten_recipes_at_least_and_each_has_a_promise() -> None:
    numbers = [recipe.number for recipe in recipes()]
    assert len(numbers) >= 10
    assert numbers == sorted(PROMISES)
