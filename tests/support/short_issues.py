"""Issues that are hard on pages: many short articles, a long illustrated one, a photo essay, a single short text."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml
from PIL import Image

from tests.support import corpus

_SECTIONS = ("要闻", "动态", "简讯", "交流", "资料")
_TITLES = (
    "中欧专家研讨可再生能源", "联合实验室在昆明揭牌", "青年科学家开始第二期交流", "海洋观测数据向各国开放",
    "农业节水技术走进中亚", "高原台站记录首批样本", "气候模式比较计划发布结果", "两国就专利审查达成谅解",
    "春季展览吸引十万观众", "图书馆开放历史档案", "卫星遥感助力防汛减灾", "新一期培训班结业",
)  # fmt: skip


def twelve_items(root: Path, form: str | None = "item") -> Path:
    """Write twelve items of 80 to 150 characters in two sections; return the issue's folder."""
    chance = random.Random(12)
    articles = [
        {"section": _SECTIONS[number // 6], "title": title, "body": prose(chance, chance.randint(80, 150))}
        for number, title in enumerate(_TITLES)
    ]
    for article in articles:
        if form:
            article["form"] = form
    return _write(
        root,
        "items",
        articles,
        colophon={"主编": "张明", "编辑": "李红、王强", "投稿信箱": "news@example.org"},
    )


def long_article(root: Path) -> Path:
    """Write an article of 5,700 characters with nine pictures, two tables and six notes; return its folder."""
    chance = random.Random(57)
    folder = root / "issues/long"
    body: list[Any] = []
    for number in range(19):
        text = prose(chance, 300)
        if number % 3 == 1:
            text += f"^[见本刊第 {number} 期的报道。]"
        body.append(text + "\n")
        if number % 2 == 1:
            name = _picture(folder, f"{number}", chance.choice(((900, 600), (600, 900), (800, 800))))
            place = ("left", "right", None)[number // 2 % 3]
            picture = {"figure": name, "caption": f"第 {number} 幅照片", "alt": "照片"}
            body.append(picture | ({"place": place} if place else {}))
        if number in {8, 15}:
            rows = "\n".join(
                f"| {year} | {chance.randint(100, 999)} | {chance.randint(10, 99)} |"
                for year in range(2012, 2020)
            )
            body.append(f"| 年份 | 项目 | 单位 |\n|---|---|---|\n{rows}\n")
    return _write(root, "long", [{"title": "二十年国际科技合作回顾", "body": body, "source": "本刊编辑部"}])


def photo_essay(root: Path) -> Path:
    """Write an essay with groups of one, two, four and nine pictures, each with a caption; return its folder."""
    chance = random.Random(1249)
    folder = root / "issues/photos"
    body: list[Any] = []
    for count in (1, 2, 4, 9):
        body.append(prose(chance, 260) + "\n")
        pictures = [
            {
                "figure" if count == 1 else "image": _picture(folder, f"{count}-{one}", _shape(chance)),
                "caption": f"轮机舱里的第 {one} 台柴油机",
                "alt": "照片",
            }
            for one in range(1, count + 1)
        ]
        body.append({"figures": pictures} if count > 1 else pictures[0])
    body.append(prose(chance, 200) + "\n")
    return _write(root, "photos", [{"title": "海上科考一百天", "body": body}])


def one_page(root: Path) -> Path:
    """Write a bulletin of one short text; return its folder."""
    chance = random.Random(1)
    body = "\n\n".join(prose(chance, 190) for _ in range(3))
    return _write(root, "one-page", [{"title": "关于开展春季展览的情况", "body": body}])


STRESS: dict[str, Callable[[Path], Path]] = {
    "twelve-items": twelve_items,
    "long-article": long_article,
    "photo-essay": photo_essay,
    "one-page": one_page,
}


def short_articles(root: Path, seed: int) -> Path:
    """Write the issue of a seed: 5 to 30 articles of 40 to 900 characters, a few with pictures; return its folder."""
    chance = random.Random(seed)
    name = f"short-{seed}"
    sectioned, colophon = chance.random() < 0.6, chance.random() < 0.5
    articles = list[dict[str, Any]]()
    section = 0
    for number in range(chance.randint(5, 30)):
        paragraphs = [
            prose(chance, chance.choice((40, 90, 160, 300))) + "\n"
            for _ in range(chance.choice((1, 1, 2, 3)))
        ]
        body: list[Any] = list(paragraphs)
        if chance.random() < 0.15:
            picture = _picture(root / "issues" / name, f"{number}", chance.choice(((900, 600), (600, 800))))
            body.append({"figure": picture, "caption": "现场照片", "alt": "照片"})
        article: dict[str, Any] = {"title": chance.choice(_TITLES), "body": body}
        if sectioned:
            section += number > 0 and chance.random() < 0.2 and section < len(_SECTIONS) - 1
            article["section"] = _SECTIONS[section]
        articles.append(article)
    people = {"主编": "张明", "编辑": "李红、王强", "印数": "2000 册"} if colophon else None
    return _write(root, name, articles, colophon=people)


def prose(chance: random.Random, length: int) -> str:
    """Return a paragraph of so many characters of running text, which ends with a full stop."""
    text = "".join(corpus.paragraphs())
    begin = text.index("。", chance.randrange(len(text) - 2 * length)) + 1
    return text[begin:].lstrip(" ”）")[: length - 1].rstrip(" ，、；：“（《") + "。"


def _without_section(article: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in article.items() if key != "section"}


def _shape(chance: random.Random) -> tuple[int, int]:
    return chance.choice(((900, 600), (900, 600), (600, 800)))


def _picture(folder: Path, name: str, size: tuple[int, int]) -> str:
    """Write a picture into the issue's folder and return its file name."""
    folder.mkdir(parents=True, exist_ok=True)
    Image.linear_gradient("L").resize(size).convert("RGB").save(folder / f"{name}.jpg")
    return f"{name}.jpg"


def _write(
    root: Path, name: str, articles: list[dict[str, Any]], colophon: dict[str, str] | None = None
) -> Path:
    folder = root / "issues" / name
    folder.mkdir(parents=True, exist_ok=True)
    issue: dict[str, Any] = {
        "layout": "newsletter", "language": "zh-Hans", "title": "科技合作简报", "publisher": "本刊编辑部",
        "date": "2026-11", "number": 3,
    }  # fmt: skip
    if "section" in articles[0]:
        issue["sections"] = [
            {"section": section, "articles": [_without_section(article) for article in group]}
            for section, group in groupby(articles, key=lambda article: article["section"])
        ]
    else:
        issue["articles"] = articles
    if colophon:
        issue["colophon"] = colophon
    (folder / "issue.yaml").write_text(yaml.safe_dump(issue, allow_unicode=True, sort_keys=False), "utf-8")
    return folder
