"""A reference that is printed says where its target is, wherever blocks stand."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from cstprint.engine.paginate import LayoutRequest, paginate
from cstprint.job import RenderOptions
from cstprint.project import Project, open_project
from cstprint.rendering import prepare
from tests.support.projects import SmallProject, picture_bytes
from tests.support.samples import seeds

pytestmark = pytest.mark.render

#: How many of the 200 arrangements one test lays out.
AT_A_TIME = 10
_HEAD = "layout: small\nlanguage: zh-Hans\ntitle: 刊名\npublisher: 单位\ndate: 2020\nnumber: 2\narticles:\n"
_PAGE = "@page { size: 90mm 80mm; margin: 10mm; @bottom-center { content: none } }"


@pytest.fixture
def small(project: SmallProject) -> SmallProject:
    """A project with a layout of small pages, so that a dozen blocks take many, and one picture."""
    project.layout("small", page_css=_PAGE, blocks_css=".contents { display: none } body { width: 18em }")
    project.write("issues/one/images/a.png", picture_bytes(size=(80, 30)))
    return project


def arrangement(chance: random.Random) -> str:
    """An issue whose blocks stand in a random order and refer to each other by their numbers and pages."""
    names = [f"{kind}-{n}" for kind in ("figure", "table", "heading", "box") for n in range(3)]
    blocks = [_block(name, chance) for name in names]
    blocks += [f"- {_text(chance, names)}" for _ in range(6)]
    chance.shuffle(blocks)
    cut = chance.randint(1, len(blocks) - 1)
    articles = (blocks[:cut], blocks[cut:])
    lines = []
    for number, body in enumerate(articles):
        lines.append(f"  - title: 第{number}篇\n    id: article-{number}\n    body:")
        lines += [f"      {line}" for block in body for line in block.split("\n")]
    return _HEAD + "\n".join(lines) + "\n"


def _block(name: str, chance: random.Random) -> str:
    kind = name.partition("-")[0]
    if kind == "figure":
        return f"- figure: images/a.png\n  alt: 图\n  id: {name}\n  caption: 名{name}名"
    if kind == "table":
        return f"- table: |\n    | 名{name}名 |\n    |---|\n    | 甲 |\n  id: {name}\n  caption: 表"
    if kind == "heading":
        return f"- |\n  # 名{name}名 {{#{name}}}\n\n  {'字' * chance.randint(1, 200)}。"
    return f"- box: 名{name}名\n  id: {name}\n  body: 文。"


def _text(chance: random.Random, names: list[str]) -> str:
    asked = [*chance.sample(names, 3), f"article-{chance.randint(0, 1)}"]
    said = "".join(f"{'字' * chance.randint(0, 80)}问{name}见[@{name} page]号[@{name}]完。" for name in asked)
    return f"'{said}'"


#: A target's own words, not a reference that names it by its title.
_TARGET = re.compile(r"(?<!“)名((?:figure|table|heading|box)-\d)名|(?<!《)第(\d)篇")
#: A line's end takes the space at which it breaks.
_SAID = re.compile(r"问([\w-]+)见第 ?(\d+) ?页号(.*?)完")


def printed_numbers(names: list[str]) -> dict[str, str]:
    """What each figure and table is called: they are counted in the order in which they stand."""
    called: dict[str, str] = {}
    for kind, word in (("figure", "图"), ("table", "表")):
        of_kind = [name for name in names if name.startswith(kind)]
        called |= {name: f"{word}{number}" for number, name in enumerate(of_kind, start=1)}
    return called


@pytest.mark.slow
@pytest.mark.parametrize("first", seeds(20, few=1))
@pytest.mark.usefixtures("_built_in_fonts")
def test_a_reference_says_where_its_target_is(
    first: int, small: SmallProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(small.root)
    project = open_project(small.root)
    for seed in range(first * AT_A_TIME, (first + 1) * AT_A_TIME):
        path = small.issue(arrangement(random.Random(seed)))
        said, where, called = laid_out(path, project)
        assert len(said) == 24
        for name, page, label in said:
            assert page == where[name], (seed, name)
            assert label == called.get(name, label), (seed, name)
            assert label != "", (seed, name)


def laid_out(
    path: Path, project: Project
) -> tuple[list[tuple[str, int, str]], dict[str, int], dict[str, str]]:
    """The references of an issue's pages as they are printed; the pages and the labels of their targets."""
    prepared = prepare(path, project, RenderOptions())
    ready = prepared.value
    assert ready is not None, prepared.diagnostics
    paged = paginate(
        LayoutRequest(ready.html, ready.issue.folder, ready.layout_folders(), pictures=ready.pictures)
    )
    assert paged.value is not None
    assert not paged.diagnostics
    # Without the hyphens at line ends.
    facts = [(fact.page, fact.text.replace("‐", "")) for fact in paged.value.texts]
    text = "".join(part for _, part in facts)
    pages = [page for page, part in facts for _ in part]
    where = {match[1] or f"article-{match[2]}": pages[match.start()] for match in _TARGET.finditer(text)}
    said = [(name, int(page), label.replace(" ", "")) for name, page, label in _SAID.findall(text)]
    return said, where, printed_numbers(list(where))
