"""The front matter of a file of Markdown: lines between ``---`` (YAML) or ``+++`` (TOML) at its beginning."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cstprint.issue.front_matter import parsed
from cstprint.source import SourceFile, Span

_FENCES = ("---", "+++")
_PAIR = re.compile(r"[A-Za-z_\u4e00-\u9fff][\w.-]*[ \t]*[:=]")


def take_front_matter(file: SourceFile) -> tuple[dict[str, str], int]:
    """Return what the front matter says, by lower-case keys, and the line (from 0) on which the text begins.

    Lists are joined by 、. What is neither text, number, date nor list is left out.
    """
    lines = file.lines
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    fence = lines[first].rstrip() if lines else ""
    if fence not in _FENCES:
        return {}, 0
    last = next((n for n in range(first + 1, len(lines)) if lines[n].rstrip() in (fence, "...")), None)
    if last is None or not _PAIR.match("\n".join(lines[first + 1 : last]).lstrip()):
        return {}, 0
    inside = "".join(f"{line}\n" for line in lines[first + 1 : last])
    values = parsed(fence, inside, Span.point(file, first + 2, 1))
    if values is None:
        return {}, 0
    said = {str(key).lower(): _said(value) for key, value in values.items()}
    return {key: value for key, value in said.items() if value}, last + 1


def _said(value: object) -> str:
    if isinstance(value, list):
        return "、".join(filter(None, map(_said, value)))
    if isinstance(value, Mapping):
        return _said(value.get("name", ""))
    return " ".join(str(value).split())
