"""An issue in a layout of a few lines of CSS, rendered: what most tests of layout ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from PIL import Image

from cstprint.diagnostics import Diagnostic
from cstprint.job import RenderOptions
from cstprint.project import open_project
from cstprint.rendering import render
from tests.support.pages import Page, read_pages

KEYS = {"language": "zh-Hans", "title": "刊名", "publisher": "单位", "date": "2026-11", "number": 1}


@dataclass(frozen=True)
class Trial:
    """What came of an issue; pages count from 1."""

    pdf: bytes
    diagnostics: Sequence[Diagnostic]

    @cached_property
    def pages(self) -> list[Page]:
        return read_pages(self.pdf)

    @property
    def codes(self) -> set[str]:
        """The codes of all that was reported, but how often pages were laid out."""
        return {str(one.code) for one in self.diagnostics} - {"CST-E023"}

    def page(self, number: int) -> Page:
        return self.pages[number - 1]

    def pages_with(self, text: str) -> list[int]:
        """Return the pages that have a text."""
        return [number for number, page in enumerate(self.pages, start=1) if text in page.text]


@dataclass
class Layout:
    """A layout ``mine``: the one that it extends, its style sheets, its tokens."""

    extends: str = "bulletin"
    blocks: str = ""
    page: str = ""
    tokens: Mapping[str, object] | None = None


def tried(
    root: Path, layout: Layout, *body: Any, pictures: Mapping[str, Image.Image] | None = None, **keys: Any
) -> Trial:
    """Render an issue of one article with this ``body``, or of these ``keys``, and the ``pictures`` by their names."""
    mine, folder = root / "layouts/mine", root / "issues/one"
    for made in (mine, folder):
        made.mkdir(parents=True)
    manifest = {"title": "试排", "extends": layout.extends, "tokens": dict(layout.tokens or {})}
    (mine / "layout.yaml").write_text(yaml.safe_dump(manifest, allow_unicode=True), "utf-8")
    (mine / "page.css").write_text(layout.page, "utf-8")
    (mine / "blocks.css").write_text(layout.blocks, "utf-8")
    for name, picture in (pictures or {}).items():
        picture.save(folder / name)
    issue = {"layout": "mine", **KEYS, **(keys or {"articles": [{"title": "标题", "body": list(body)}]})}
    (folder / "issue.yaml").write_text(yaml.safe_dump(issue, allow_unicode=True), "utf-8")
    made_of = render(
        folder / "issue.yaml",
        open_project(root),
        RenderOptions(settings={"first-page": "cover", "last-page": "allow"}),
    )
    assert made_of.value is not None, [str(one) for one in made_of.diagnostics]
    # A style sheet may name what not each of its issues has.
    return Trial(made_of.value.pdf, tuple(one for one in made_of.diagnostics if one.code != "CST-L024"))


def paragraphs(count: int, character: str = "观") -> str:
    """Return so many paragraphs of a line each."""
    return "\n\n".join([character * 10 + "。"] * count)
