"""Issues of an article with figures of all shapes at random places, made of a seed: the same seed, the same issue."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from PIL import Image

#: Shapes of pictures, in px: a panorama, one of 3 : 2, a square, a tall one.
SHAPES = {"panorama": (400, 100), "wide": (300, 200), "square": (200, 200), "tall": (120, 200)}
#: Sentences of running text.
SENTENCES = (
    "科学院昨天公布了这项观测的第一批结果。",
    "研究人员在高原上建起了新的台站，全年都可以记录数据。",
    "与往年相比，今年的样本多了一倍，误差也小得多。",
    "有关部门希望各地的图书馆和学校都能用上这些资料。",
    "这一方法不需要昂贵的仪器，小的实验室也能重复。",
)
MOST_FIGURES = 9


@dataclass(frozen=True)
class FigureIssue:
    """An issue that has been written: its file, and the groups of pictures in their order, by file names."""

    file: Path
    groups: tuple[tuple[str, ...], ...]


def write_issue(root: Path, seed: int, layout: str = "newsletter") -> FigureIssue:
    """Write the issue of a seed below ``root``."""
    chance = random.Random(seed)
    folder = root / "issues" / f"figures-{seed}"
    folder.mkdir(parents=True)
    shapes = [chance.choice(list(SHAPES)) for _ in range(chance.randint(1, MOST_FIGURES))]
    names = [f"{number}-{shape}.png" for number, shape in enumerate(shapes, start=1)]
    for name, shape in zip(names, shapes, strict=True):
        width, height = SHAPES[shape]
        # Enough dots for any width in print.
        Image.new("L", (5 * width, 5 * height), chance.randint(60, 200)).save(folder / name)
    groups = _grouped(names, chance)
    issue = {
        "layout": layout,
        "language": "zh-Hans",
        "title": "图文月报",
        "publisher": "本刊编辑部",
        "date": "2026-11",
        "number": "1",
        "articles": [{"title": "图随文走", "body": list(_body(groups, chance))}],
    }
    file = folder / "issue.yaml"
    file.write_text(yaml.safe_dump(issue, allow_unicode=True, sort_keys=False), "utf-8")
    return FigureIssue(file, groups)


def _grouped(names: list[str], chance: random.Random) -> tuple[tuple[str, ...], ...]:
    groups = []
    rest = list(names)
    while rest:
        size = chance.choice((1, 1, 1, 2, 4))
        groups.append(tuple(rest[:size]))
        rest = rest[size:]
    return tuple(groups)


def _body(groups: tuple[tuple[str, ...], ...], chance: random.Random) -> Any:
    """Yield text and figures: a figure is mentioned before it, behind it, or not at all."""
    yield _text(chance, chance.randint(1, 4))
    for group in groups:
        name = group[0].removesuffix(".png")
        mentioned = chance.choice(("before", "before", "behind", "nowhere"))
        if chance.random() < 0.15:
            yield "# 又一节\n\n" + _paragraph(chance)
        if mentioned == "before":
            yield _paragraph(chance) + f"见[@f{name}]。"
        yield _figure(group, name, chance)
        if mentioned == "behind":
            yield _paragraph(chance) + f"如[@f{name}]所示。"
        if chance.random() < 0.8:
            yield _text(chance, chance.randint(1, 4))
    yield _text(chance, chance.randint(1, 3))


def _figure(group: tuple[str, ...], name: str, chance: random.Random) -> dict[str, Any]:
    captions = {file: "说明。" * chance.randint(1, 4) for file in group}
    pictures: list[dict[str, Any]] = [
        {"image": file, "alt": "一张灰色的图", "caption": caption} for file, caption in captions.items()
    ]
    pictures[0]["id"] = f"f{name}"
    if len(group) > 1:
        return {"figures": pictures, "columns": 2}
    return {"figure": pictures[0].pop("image"), **pictures[0]}


def _text(chance: random.Random, paragraphs: int) -> str:
    return "\n\n".join(_paragraph(chance) for _ in range(paragraphs))


def _paragraph(chance: random.Random) -> str:
    return "".join(chance.choices(SENTENCES, k=chance.randint(1, 9)))
