"""What all renders of a project need, done once before the first: imports, tables, a page, style sheets.

Children are forked, so nothing stays that may own a thread, a lock or a queue, as a font map does (``starting.py``).
"""

from __future__ import annotations

from pathlib import Path

from cstprint.job import RenderOptions
from cstprint.project import Project, builtin_folder
from cstprint.temporary import temporary_folder

#: An issue with some of everything: whatever it makes the engine load, no child has to load again.
SAMPLE = """\
layout: newsletter
language: zh-Hans
title: 刊名
publisher: 单位
date: 2020
number: 1
articles:
  - title: 标题
    standfirst: 导语。
    body:
      - |
        # 一、标题

        汉字与 Latin 混排，**黑体**、*楷体*、[链接](https://example.org)，2020 年“标点”《挤压》——各行两端对齐。^[脚注]

        - 列表

        | 表 | 头 |
        |----|----|
        | 一 | 1  |
      - figures:
          - image: a.png
            alt: 图
            caption: 图注
          - image: b.jpg
            alt: 图
            caption: 图注
"""


class _OurLayouts(Project):
    """The project with the layouts that the package carries: its own may be broken just now."""

    def layout_folders(self) -> tuple[Path, ...]:
        return (builtin_folder("layouts"),)


def warm_up(project: Project) -> None:
    """Render a sample with the project's fonts in layout ``newsletter``; what is wrong is reported by the renders."""
    from cstprint.fonts import first_font_marks
    from cstprint.layout.resolve import list_layouts
    from cstprint.rendering import render

    first_font_marks(project.font_folders())  # what this process knows of fonts it has from these files
    with temporary_folder() as folder:
        path = write_sample(folder)
        render(path, _OurLayouts(project.root, project.configuration), RenderOptions())
    from cstprint.engine.speed.sheets import (
        parse_ahead,
    )  # imports WeasyPrint, which must find its fonts named
    from cstprint.engine.weasy.environment import forget_font_configuration

    forget_font_configuration()
    ours = builtin_folder("layouts")
    parse_ahead({name: ours / name for name in list_layouts([ours])})


def write_sample(folder: Path) -> Path:
    """Write the sample and its pictures into ``folder``, and return the issue's file."""
    from PIL import Image

    for name in ("a.png", "b.jpg"):
        Image.new("RGB", (900, 600), "grey").save(folder / name)  # as many dots as the measure asks for
    path = folder / "issue.yaml"
    path.write_text(SAMPLE, "utf-8")
    return path
