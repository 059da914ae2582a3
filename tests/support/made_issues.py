"""Archives of generated issues: 2 to 12 pages of newsletter text, with photographs or without, different each."""

from __future__ import annotations

import io
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support import corpus
from tests.support.projects import SmallProject

#: Characters that fill a page of `newsletter` together with heads, about; an article ends later than it is told.
_A_PAGE = 700
#: A photograph with its caption takes the place of so many characters.
_A_PICTURE = 600
#: So many different photographs an archive has; each issue has copies of some.
PHOTOGRAPHS = 12


@dataclass(frozen=True)
class Picture:
    """A picture's file in the issue's folder, and its caption."""

    file: str
    caption: str


@dataclass(frozen=True)
class MadeIssue:
    """What an issue says, for any program that sets it: articles of a title and of paragraphs and pictures."""

    id: str
    number: int
    articles: tuple[tuple[str, tuple[str | Picture, ...]], ...]

    def pictures(self) -> Iterator[Picture]:
        """The pictures in their order."""
        for _, parts in self.articles:
            yield from (part for part in parts if isinstance(part, Picture))

    def yaml(self) -> str:
        """The issue as cstprint reads it."""
        lines = [
            "layout: newsletter", "language: zh-Hans", "title: 中国科技通讯", "publisher: 编辑部", "date: 2020",
            f"number: {self.number}", "tokens: {first-page: cover, article-start: page}", "articles:",
        ]  # fmt: skip
        for title, parts in self.articles:
            lines += [f"  - title: {title}", "    body:"]
            for part in parts:
                if isinstance(part, Picture):
                    lines += [
                        f"      - figure: {part.file}",
                        f"        caption: {part.caption}",
                        "        alt: 照片",
                    ]
                else:
                    lines += ["      - |", f"        {part}"]
        return "\n".join(lines) + "\n"


def made_issue(number: int, *, pictures: bool) -> MadeIssue:
    """The issue of a number, the same each time."""
    chance = random.Random(number)
    texts = corpus.paragraphs()
    room = (chance.randint(2, 12) - 1.5) * _A_PAGE
    articles: list[tuple[str, tuple[str | Picture, ...]]] = []
    shown = 0
    while room > 0:
        parts: list[str | Picture] = []
        for _paragraph in range(chance.randint(2, 5)):
            parts.append(f"（{number}）{chance.choice(texts)}")
            room -= len(parts[-1])  # type: ignore[arg-type]
            if pictures and chance.random() < 0.2:
                shown += 1
                parts.append(Picture(f"images/{shown}.jpg", f"第 {shown} 幅照片"))
                room -= _A_PICTURE
        articles.append((f"第 {len(articles) + 1} 篇文章", tuple(parts)))
    return MadeIssue(f"issue-{number:04}", number, tuple(articles))


def photographs() -> list[bytes]:
    """JPEGs of 1,600 × 1,067 px, of 200 kB each, all different: as cameras make them, a little smaller."""
    from PIL import Image

    found = []
    for number in range(PHOTOGRAPHS):
        noise = Image.effect_noise((400, 267), 40 + number).resize((1600, 1067), Image.Resampling.BICUBIC)
        stream = io.BytesIO()
        Image.merge("RGB", (noise, noise.rotate(180), noise)).save(stream, "JPEG", quality=85)
        found.append(stream.getvalue())
    return found


def made_archive(root: Path, count: int, *, pictures: bool) -> tuple[SmallProject, list[MadeIssue]]:
    """A project of ``count`` issues, and what they say."""
    project = SmallProject(root)
    photos = (
        [project.write(f"photographs/{n}.jpg", data) for n, data in enumerate(photographs())]
        if pictures
        else []
    )
    issues = [made_issue(number, pictures=pictures) for number in range(1, count + 1)]
    for issue in issues:
        project.issue(issue.yaml(), issue.id)
        for place, picture in enumerate(issue.pictures()):
            file = root / "issues" / issue.id / picture.file
            file.parent.mkdir(exist_ok=True)
            os.link(
                photos[(issue.number + place) % len(photos)], file
            )  # a thousand issues would be gigabytes
    return project, issues
