"""The text of ``issue.yaml``, as a careful editor would write it: least nesting, texts as they are read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from cstprint.importing.document import Article, Issue, Picture, Section, Text
from cstprint.importing.structure import called

#: What a plain scalar of one line must not begin with, hold, or end with (YAML 1.2, 7.3.3).
_NOT_PLAIN = re.compile(r"[\s\-?:,\[\]{}#&*!|>'\"%@`]|.*(?::\s|\s#|[:\s]$)")
#: What a block scalar cannot hold as it stands.
_NOT_IN_BLOCK = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_STEP = "  "
#: After keys whose values were guessed: the file is read by people of both languages.
_CHECK = "  # 请核对 · please check"


def issue_text(issue: Issue, made_of: str) -> str:
    """Return the file's text; ``made_of`` says at its head what it was made of."""
    lines = ["# yaml-language-server: $schema=../issue.schema.json", f"# {made_of}"]
    for number, (key, value) in enumerate(issue.keys.items()):
        if key == "title" and number:
            lines.append("")
        lines += [line + _CHECK * (key in issue.guessed) for line in _entry(key, value, "")]
        if key == "title" and issue.headline:
            lines += _entry("headline", issue.headline, "")
    if issue.cover:
        lines += ["", "cover:", *_blocks(issue.cover, issue, _STEP, Numbers())]
    numbers = Numbers()
    if len(issue.sections) == 1 and not issue.sections[0].name:
        lines += ["", "articles:", *_articles(issue.sections[0], issue, _STEP, numbers)]
    else:
        lines += ["", "sections:"]
        for number, section in enumerate(issue.sections):
            lines += [""] if number else []
            lines += _listed(list(_section(section, issue, numbers)), _STEP)
    return "\n".join(lines) + "\n"


class Numbers:
    """Counts figures as layouts do, to see whether the numbers that were typed are theirs."""

    def __init__(self) -> None:
        self.last = 0

    def are_ours(self, picture: Picture) -> bool:
        """Return whether a figure's number, if it is numbered, is the one that was typed."""
        if not picture.label:
            return False
        self.last += 1
        return re.findall(r"\d+", picture.label) == [str(self.last)]


def _section(section: Section, issue: Issue, numbers: Numbers) -> Iterator[str]:
    yield from _entry("section", section.name, "")
    if section.intro:
        text = "\n\n".join(piece.markdown for piece in section.intro if isinstance(piece, Text))
        yield from _entry("intro", _with_definitions(text, issue), "")
    yield "articles:"
    yield from _articles(section, issue, _STEP, numbers)


def _articles(section: Section, issue: Issue, indent: str, numbers: Numbers) -> Iterator[str]:
    for number, article in enumerate(section.articles):
        if number:
            yield ""
        yield from _listed(list(_article(article, issue, numbers)), indent)


def _article(article: Article, issue: Issue, numbers: Numbers) -> Iterator[str]:
    yield from _entry("title", article.title, "")
    yield from _entry("subtitle", article.subtitle, "")
    if len(article.byline) == 1:
        yield from _entry("byline", article.byline[0], "")
    elif article.byline:
        yield "byline:"
        yield from (f"{_STEP}- {scalar(name)}" for name in article.byline)
    yield from _entry("date", article.date, "")
    yield from _entry("source", article.source, "")
    if any(isinstance(piece, Picture) for piece in article.body):
        yield "body:"
        yield from _blocks(article.body, issue, _STEP, numbers)
    else:
        text = "\n\n".join(piece.markdown for piece in article.body if isinstance(piece, Text))
        yield from _entry("body", _with_definitions(text, issue), "")


def _blocks(pieces: Sequence[Text | Picture], issue: Issue, indent: str, numbers: Numbers) -> Iterator[str]:
    """Yield the lines of a list of texts and figures; texts that follow each other are one."""
    texts: list[str] = []
    first = True
    for piece in (*pieces, None):
        if isinstance(piece, Text):
            texts.append(piece.markdown)
            continue
        groups: list[list[str]] = []
        if texts:
            groups.append(_text_block(_with_definitions("\n\n".join(texts), issue)))
            texts = []
        if piece is not None:
            groups.append(list(_figure(piece, numbers)))
        for group in groups:
            if not first:
                yield ""
            first = False
            yield from _listed(group, indent)


def _figure(picture: Picture, numbers: Numbers) -> Iterator[str]:
    numbered = numbers.are_ours(picture)
    caption = picture.caption if numbered else picture.label + picture.caption
    yield from _entry("figure", picture.address, "")
    yield from _entry("caption", caption, "")
    yield from _entry("alt", picture.alt or picture.caption or "图", "")
    yield from _entry("source", picture.source, "")
    if caption and not numbered:
        yield "numbered: false"


def _with_definitions(text: str, issue: Issue) -> str:
    """Return a text with the definitions of the links and notes that it calls after it."""
    own = [issue.definitions[label] for label in called(text, issue.definitions)]
    return "\n\n".join([text, *own]) if own else text


def _text_block(text: str) -> list[str]:
    """Return a text as an entry of a list, which indents it."""
    mark, *lines = _block_scalar("", text) or [json_scalar(text)]
    return [mark, *(line.removeprefix(_STEP) for line in lines)]


def _entry(key: str, value: str, indent: str) -> list[str]:
    """Return the lines of a key and its value; none where the value is empty."""
    if not value:
        return []
    if "\n" in value and (lines := _block_scalar(f"{key}: ", value)):
        return [indent + line if line else "" for line in lines]
    return [f"{indent}{key}: {scalar(value)}"]


def _block_scalar(before: str, text: str) -> list[str]:
    """Return a block scalar; nothing where a text cannot stand in one as it is."""
    if _NOT_IN_BLOCK.search(text) or text != text.strip("\n") or not text.strip():
        return []
    first = next(line for line in text.split("\n") if line.strip())
    indicator = str(len(_STEP)) if first.startswith((" ", "\t")) else ""
    lines = [f"{_STEP}{line}" if line.strip() else "" for line in text.split("\n")]
    return [f"{before}|{indicator}", *lines]


def _listed(lines: Sequence[str], indent: str) -> list[str]:
    """Return lines as an entry of a list."""
    first, *rest = lines
    return [f"{indent}- {first}", *(f"{indent}{_STEP}{line}" if line else "" for line in rest)]


def scalar(value: str) -> str:
    """Return a value of one line, in quotes only where it would be read otherwise without."""
    if (
        _NOT_PLAIN.match(value)
        or _NOT_IN_BLOCK.search(value)
        or "\n" in value
        or value.startswith(("---", "..."))
    ):
        return json_scalar(value)
    return value


def json_scalar(value: str) -> str:
    """Return a value between double quotes; JSON's escapes are YAML's."""
    text = json.dumps(value, ensure_ascii=False)
    return _NOT_IN_BLOCK.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
