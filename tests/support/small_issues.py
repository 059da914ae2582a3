"""A small issue of Python values, written and rendered in this process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from cstprint.job import RenderOptions
from cstprint.project import open_project
from cstprint.rendering import render


@dataclass(frozen=True)
class Rendered:
    """The PDF of an issue, and the codes of what was reported."""

    pdf: bytes = field(repr=False)
    codes: list[str]


#: Text begins on the second page, where nothing but text is above it, and its last page stays as it is.
_AFTER_A_COVER = {"first-page": "cover", "last-page": "allow"}


def rendered(
    root: Path,
    layout: str,
    articles: Sequence[dict[str, Any]],
    settings: Mapping[str, str] = _AFTER_A_COVER,
    **more: object,
) -> Rendered:
    """Write an issue of these articles as ``issues/one`` of a project in ``root``, and render it.

    ``settings`` are tokens as the command line sets them; ``more`` are other keys of the issue's file, or others'
    values of its head.
    """
    file = root / "issues/one/issue.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    (root / "cstprint.toml").touch()
    issue = {
        "layout": layout,
        "language": "zh-Hans",
        "title": "刊",
        "publisher": "社",
        "date": "2026-11",
        "number": 1,
        **more,
        **({"articles": list(articles)} if articles else {}),
    }
    file.write_text(yaml.safe_dump(issue, allow_unicode=True, sort_keys=False), "utf-8")
    made = render(file, open_project(root), RenderOptions(settings=settings))
    assert made.value is not None, [str(one) for one in made.diagnostics]
    return Rendered(made.value.pdf, [one.code for one in made.diagnostics])
