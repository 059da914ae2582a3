"""Issues made of Python values, laid out in this process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image

from cstprint.job import RenderOptions
from tests.support.placed import Placed, lay_out, problems

#: Lays out an issue of these articles; other keys of the file by their names.
LayOut = Callable[..., Placed]

LONG = "排版是把文字、图片与空白安排在页面上的工作，它的好坏决定读者能否读得下去。" * 2

#: Pictures that an issue may name, by their sizes in px: enough of them for the size in print.
PICTURES = {
    "photo.png": (1200, 800),
    "panorama.png": (1200, 120),
    "portrait.png": (800, 1200),
    "tall.png": (100, 800),
    "square.png": (900, 900),
    "few.png": (300, 200),
    "fewer.png": (120, 80),
    "tiny.png": (60, 40),
}


#: The code of what is told about lines that do not reach the edge: those with runs that are long and unbreakable.
RAGGED = "CST-E006"


class _Plain(yaml.SafeDumper):
    """Writes what stands twice twice: issues have no aliases."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML's signature
        return True


@pytest.fixture(
    params=[
        "newsletter",
        *(pytest.param(name, marks=pytest.mark.slow) for name in ("brief", "bulletin")),
        pytest.param("base", marks=pytest.mark.long),  # what the others build on: they hold nearly all of it
    ]
)
def layout(request: pytest.FixtureRequest) -> str:
    """Each of the layouts."""
    return str(request.param)


@pytest.fixture
def half_a_page(layout: str) -> str:
    """So much text that half a page is full of it, where it is as small as in captions and notes."""
    return LONG * (4 if layout == "brief" else 12)


@pytest.fixture
def lay(tmp_path: Path, layout: str, _built_in_fonts: None) -> LayOut:
    """Lay out an issue, and hold that nothing on its pages collides, overflows or is cut.

    ``told`` is the code of what is rightly told about it.
    """

    def lay(
        *articles: Any, settings: Mapping[str, str] | None = None, told: str = "-", **keys: Any
    ) -> Placed:
        folder = tmp_path / "issues" / "one"
        folder.mkdir(parents=True, exist_ok=True)
        issue = {
            "layout": layout,
            "language": "zh-Hans",
            "title": "排印月报",
            "publisher": "本刊编辑部",
            "date": "2026-11",
            "number": "2",
            **({"articles": [article_of(article) for article in articles]} if articles else {}),
            **keys,
        }
        text = yaml.dump(issue, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=10**6)
        (folder / "issue.yaml").write_text(text, "utf-8")
        for name, size in PICTURES.items():
            if name in text:
                Image.linear_gradient("L").resize(size).save(folder / name)
        placed = lay_out(
            tmp_path,
            folder,
            RenderOptions(settings={"first-page": "cover", "last-page": "allow", **(settings or {})}),
        )
        found = [problem for problem in problems(placed) if not problem.startswith(told)]
        if found:
            pytest.fail("\n".join(found[:20]), pytrace=False)
        return placed

    return lay


def article_of(article: Any) -> Any:
    """An article: a mapping as it is, anything else the body of one."""
    return article if isinstance(article, dict) and "body" in article else {"title": "标题", "body": article}
