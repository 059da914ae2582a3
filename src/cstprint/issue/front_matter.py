"""Front matter in the text of an article, as other programs write it: what is the article's, what is left out.

The text of a body may begin with lines between ``---`` (YAML) or ``+++`` (TOML). None is printed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from cstprint.diagnostics import Diagnostic, msg, note
from cstprint.reading.yaml import YamlList, YamlMap, YamlValue, load_yaml
from cstprint.source import SourceFile, SourceText, Span

_FENCE = re.compile(r"(?P<fence>---|\+\+\+)[ \t]*\n(?P<lines>(?:.*\n)*?)(?P=fence)[ \t]*(?:\n|$)")
_PAIR = re.compile(r"[A-Za-z_][\w.-]*[ \t]*[:=]")
#: What front matter calls a key of an article; the first that is there is taken.
_NAMES = {
    "title": ("title",),
    "subtitle": ("subtitle",),
    "byline": ("byline", "author", "authors"),
    "date": ("date", "published", "pubdate"),
}


def take_front_matter(tree: YamlValue) -> Iterator[Diagnostic]:
    """Take front matter out of the bodies of a file's articles, give them what they miss, and report the rest."""
    if not isinstance(tree, YamlMap):
        return
    sections = tree.get("sections")
    holders = [tree, *(sections if isinstance(sections, YamlList) else ())]
    for holder in holders:
        articles = holder.get("articles") if isinstance(holder, YamlMap) else None
        for article in articles if isinstance(articles, YamlList) else ():
            if isinstance(article, YamlMap):
                yield from _take(article)


def _take(article: YamlMap) -> Iterator[Diagnostic]:
    body = article.get("body")
    text = body[0] if isinstance(body, YamlList) and body else body
    if not isinstance(text, SourceText):
        return
    lead = len(text) - len(text.lstrip("\n"))
    match = _FENCE.match(text, lead)
    if not match or not _PAIR.match(match["lines"].lstrip()):
        return
    found = _values(text, match)
    if found is None:
        return
    kept = "\n" * match[0].count("\n") + text[match.end() :]
    rest = SourceText.at(text[:lead] + kept, text.span, text.first_line, text.column, block=text.block)
    if isinstance(body, YamlList):
        body[0] = rest
    else:
        article["body"] = rest
    taken = dict(_fill(article, found))
    left = tuple(key for key in found if key not in taken.values())
    if left:
        yield note(
            "CST-M030",
            msg("Front matter is not printed. Ignored keys: {keys}.", keys=left[:12]),
            span=text.place_of(lead, 3),
            hint=msg(
                "An article takes its title, subtitle, byline and date from the front matter, where it "
                "has none of its own."
            ),
        )


def _fill(article: YamlMap, found: dict[str, object]) -> Iterator[tuple[str, str]]:
    """Give an article the keys that it has not, and yield each with what front matter calls it."""
    for key, names in _NAMES.items():
        name = next((name for name in names if name in found), None)
        if name is None or _said(article.get(key)):
            continue
        value = found[name]
        if not isinstance(value, SourceText if key != "byline" else (SourceText, YamlMap, YamlList)):
            continue
        if isinstance(value, SourceText) and not value.strip():
            continue
        article[key] = value
        article.key_spans[key] = value.span
        yield key, name


def _said(value: object) -> bool:
    return value is not None and not (isinstance(value, str) and not value.strip())


def _values(text: SourceText, match: re.Match[str]) -> dict[str, object] | None:
    """Return the keys and values between the fences, each with its place; ``None`` where they are no front matter."""
    place = text.place(text.rows.place_of(match.start("lines"))[0])
    values = parsed(match["fence"], match["lines"], place)
    if values is None or match["fence"] == "---":
        return values  # YAML has places of its own
    return {key: _placed(value, place) for key, value in values.items()}


def parsed(fence: str, lines: str, place: Span) -> dict[str, object] | None:
    """Return the keys and values of the lines between two fences; ``None`` where they are neither YAML nor TOML.

    ``place`` is where the lines begin, each in its column. What YAML gives knows its places.
    """
    if fence == "+++":
        try:
            return tomllib.loads(lines)
        except tomllib.TOMLDecodeError:
            return None
    # The same lines at the same places in a file of nothing else, so that the YAML is read where it stands.
    indent = " " * (place.column - 1)
    text = "".join(f"{indent}{line}\n" for line in lines.split("\n")[:-1])
    tree = load_yaml(SourceFile(place.file.path, "\n" * (place.line - 1) + text)).value
    return dict(tree) if isinstance(tree, YamlMap) else None


def _placed(value: object, place: Span) -> Any:
    if isinstance(value, list):
        entries = YamlList(_placed(entry, place) for entry in value)
        entries.span = place
        return entries
    if isinstance(value, dict):
        return None
    return SourceText.at(str(value), place, place.line, place.column, block=False)
