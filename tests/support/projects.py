"""Small projects in a temporary folder, and what came of a command run in one."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[2]
SEED = REPOSITORY / "issues" / "issue-2020-02" / "issue.yaml"

#: The smallest issue there is; tests refer to its lines: 1 layout … 6 number, 8 the headline, 9 the text.
ISSUE = """\
layout: base
language: zh-Hans
title: 刊名
publisher: 单位
date: 2020
number: 2
articles:
  - title: 标题
    body: 正文。
"""
#: Options of ``render``: the first page is a cover, so that this issue has two pages.
TWO_PAGES = ("--set", "first-page=cover")


def picture_bytes(kind: str = "PNG", size: tuple[int, int] = (900, 600)) -> bytes:
    """A picture with some noise in it, so that it can be truncated; by default as large as the text is wide.

    Its grain is coarse: noise does not compress. None of its dots is white.
    """
    from PIL import Image

    grain = max(1, size[0] // 60)
    noise = Image.effect_noise((max(1, size[0] // grain), max(1, size[1] // grain)), 60)
    noise = noise.point(lambda level: min(level, 250))  # no dot is white, as paper is
    stream = io.BytesIO()
    noise.resize(size, Image.Resampling.NEAREST).convert("RGB").save(stream, kind)
    return stream.getvalue()


@dataclass(frozen=True)
class SmallProject:
    """A project folder that a test fills."""

    root: Path

    def write(self, path: str, content: str | bytes) -> Path:
        """Write a file below the root."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return file

    def issue(self, content: str | bytes = ISSUE, name: str = "one") -> Path:
        """Write an issue's file."""
        return self.write(f"issues/{name}/issue.yaml", content)

    def layout(self, name: str = "mine", manifest: str = "", **files: str) -> Path:
        """Write a layout that extends base; ``page_css`` and the like name its files."""
        self.write(f"layouts/{name}/layout.yaml", manifest or f"title: {name}\nextends: base\n")
        for file, content in files.items():
            self.write(f"layouts/{name}/{file.replace('_css', '.css')}", content)
        return self.root / "layouts" / name

    def outputs(self) -> list[str]:
        """The PDFs, and whatever else was left behind outside the sources and the cache."""
        sources = {"issues", "layouts", "fonts", ".cstprint", "cstprint.toml"}
        return sorted(
            str(path.relative_to(self.root))
            for path in self.root.rglob("*")
            if path.is_file() and path.relative_to(self.root).parts[0] not in sources
        )


@dataclass(frozen=True)
class Outcome:
    """What a command did: its exit status and what it wrote."""

    status: int
    stdout: bytes = field(repr=False)
    err: str

    @property
    def out(self) -> str:
        """What stands on stdout, as text."""
        return self.stdout.decode("utf-8")

    @property
    def data(self) -> Any:
        """What stands on stdout, as JSON."""
        return json.loads(self.stdout)
