"""A block is added by one Python file, its template, its CSS, a word in each language, and explanations of its code."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from difflib import ndiff
from pathlib import Path

import pytest

from tests.support.package_copy import copy_package, run_python, write_issue_of
from tests.support.pages import read_pages
from tests.support.projects import REPOSITORY

BLOCK = '''\
"""A poll: a question, and how many votes each answer had."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, ClassVar

from markupsafe import Markup
from pydantic import Field

from cstprint.blocks.common.block import Block, BlockView, ViewMaker
from cstprint.blocks.common.declared import BlockType
from cstprint.blocks.common.entry import BlockEntry, TextReader
from cstprint.blocks.common.keys import NAME, NotEmpty, OptionalName
from cstprint.blocks.common.parts import Inline, Target, TargetKind
from cstprint.blocks.common.texts import IssueText, Texts
from cstprint.diagnostics import msg, warning
from cstprint.reading.models import Count, Line, Located, Title
from cstprint.source import SourceText

if TYPE_CHECKING:
    from cstprint.blocks.common.entry import Body


class AnswerEntry(Located):
    """An answer of a poll."""

    answer: Line = Field(description="答案 · the answer")
    votes: Count = Field(description="票数 · how many votes it had")


class PollEntry(BlockEntry):
    """A block: a poll."""

    block_tag: ClassVar[str] = "poll"

    poll: Title = Field(description="问题 · the question")
    answers: Annotated[tuple[AnswerEntry, ...], NotEmpty] = Field(description="各答案 · the answers")
    comment: Body = Field(description="说明 · what is to say about it")
    id: OptionalName = Field(None, description=NAME)

    def to_block(self, reader: TextReader, block_id: str) -> Poll:
        """Return the poll; one with a single answer is reported."""
        if len(self.answers) == 1:
            message = msg("This poll has only one answer.")
            reader.diagnostics.append(warning("CST-Y099", message, span=self.span))
        question = reader.a_title(self.poll)
        answers = tuple(Answer(reader.a_title(one.answer), one.votes) for one in self.answers)
        comment = reader.blocks(self.comment)
        return Poll(str(self.id or block_id), self.span, question, answers, comment, self.id, classes=self.class_)


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An answer; its votes in words."""

    html: Markup
    votes: str


@dataclass(frozen=True, slots=True)
class PollView(BlockView):
    """A poll."""

    kind: ClassVar[str] = "poll"
    question: Markup
    answers: tuple[AnswerView, ...]
    comment: tuple[BlockView, ...]
    classes: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with its votes."""

    content: Inline
    votes: int


@dataclass(frozen=True, slots=True)
class Poll(Block):
    """A question with its answers, and blocks about it."""

    omits: ClassVar[tuple[str, ...]] = ("poll", "poll-answer")
    question: Inline
    answers: tuple[Answer, ...]
    comment: tuple[Block, ...]
    name: SourceText | None

    def view(self, views: ViewMaker) -> PollView:
        """Return what its template sees."""
        question = views.inline(self.question)
        answers = tuple(
            AnswerView(views.inline(one.content), views.word("votes", count=one.votes)) for one in self.answers
        )
        return PollView(self.id, question, answers, views.blocks(self.comment), self.joined_classes)

    def texts(self, texts: Texts) -> Iterator[IssueText]:
        """Yield the question, the answers, what is said about it."""
        yield from texts.inline(self.question)
        for one in self.answers:
            yield from texts.inline(one.content, "poll-answer")
        yield from texts.blocks(self.comment)

    def inside(self) -> tuple[Block, ...]:
        """Return what is said about it."""
        return self.comment

    def targets(self) -> Iterator[Target]:
        """Yield the poll, if it has a name."""
        if self.name is not None:
            yield Target(self.name, self.id, TargetKind.BLOCK, title=self.question.plain)


BLOCK = BlockType(
    rank=65, entries=(PollEntry,), model=Poll, view=PollView, parts={"answers[…]": AnswerView}
)
'''
QUESTION = """\
<section class="poll{{ " " ~ block.classes if block.classes }}" id="{{ block.id }}">
<p class="poll-question">{{ block.question }}</p>
"""
ANSWERS = """\
<ul class="poll-answers">
{% for answer in block.answers %}
<li>{{ answer.html }} <span class="votes">{{ answer.votes }}</span></li>
{% endfor %}
</ul>
"""
COMMENT = """\
{% for block in block.comment %}
{% include "blocks/" ~ block.kind ~ ".html.j2" %}
{% endfor %}
</section>
"""
CSS = """\

.poll { clear: both; margin: var(--cst-leading) 0; }
.poll-question { font-family: var(--cst-hei); text-indent: 0; }
.votes { color: var(--cst-quiet); }
"""
#: File → what stands before the new word in it → the new word, in the order of the file.
WORDS = {
    "src/cstprint/languages/records/en.py": {
        '        headline="{issue}: {headline}",\n': '        more={"votes": "{count} votes"},\n'
    },
    "src/cstprint/languages/records/zh_hans.py": {
        '        headline="{issue}：{headline}",\n': '        more={"votes": "{count} 票"},\n'
    },
    "src/cstprint/languages/records/zh_hant.py": {
        '        headline="{issue}：{headline}",\n': '        more={"votes": "{count} 票"},\n'
    },
}
EXPLANATIONS = {
    "en": "\n## CST-Y099 A poll has only one answer\n\nWhat to do: add the others.\n",
    "zh": "\n## CST-Y099 投票只有一个答案\n\n怎么办：补上其余答案。\n",
}
ISSUE = """\
layout: newsletter
language: zh-Hans
title: 刊
publisher: 社
date: 2026-11
articles:
  - title: 读者来信
    body:
      - 结果见[@vote]。
      - poll: 您读哪一栏？
        id: vote
        answers:
          - answer: "**人物**"
            votes: 12
        comment:
          - 共收到十二张选票。
          - quote: 编者的话。
"""
NEW = {"src/cstprint/blocks/poll.py", "layouts/base/blocks/poll.html.j2"}
CHANGED = {
    "layouts/base/blocks.css",
    *(f"src/cstprint/explanations/{language}.md" for language in EXPLANATIONS),
    *WORDS,
}


def files(root: Path) -> Mapping[str, Path]:
    """The files of the package and of the layouts, by their paths from the repository."""
    found = [path for folder in ("src/cstprint", "layouts") for path in (root / folder).rglob("*")]
    return {
        str(path.relative_to(root)): path
        for path in found
        if path.is_file() and "__pycache__" not in path.parts
    }


def add_poll(root: Path) -> None:
    """Write the files of the block, and its lines into files that there are."""
    (root / "src/cstprint/blocks/poll.py").write_text(BLOCK, "utf-8")
    (root / "layouts/base/blocks/poll.html.j2").write_text(QUESTION + ANSWERS + COMMENT, "utf-8")
    added = {"layouts/base/blocks.css": CSS}
    added |= {f"src/cstprint/explanations/{language}.md": text for language, text in EXPLANATIONS.items()}
    for name, text in added.items():
        (root / name).write_text((root / name).read_text("utf-8") + text, "utf-8")
    for name, words in WORDS.items():
        text = (root / name).read_text("utf-8")
        for before, word in words.items():
            assert text.count(before) == 1
            text = text.replace(before, before + word)
        (root / name).write_text(text, "utf-8")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package and of the layouts with the block, and a project with an issue that has one."""
    root = tmp_path_factory.mktemp("added")
    copy_package(root)
    shutil.copytree(REPOSITORY / "layouts", root / "layouts")
    (root / "fonts").symlink_to(REPOSITORY / "fonts")
    add_poll(root)
    write_issue_of(root, ISSUE)
    layout = root / "project/layouts/silent"
    (layout / "blocks").mkdir(parents=True)
    (layout / "layout.yaml").write_text("title: 无声\nextends: newsletter\n", "utf-8")
    (layout / "blocks/poll.html.j2").write_text(QUESTION + COMMENT, "utf-8")
    return root


def command(copy: Path, *arguments: str, language: str = "en") -> subprocess.CompletedProcess[str]:
    """What a command of the copy did."""
    return run_python(copy, "-m", "cstprint", "--language", language, *arguments)


def test_nothing_else_is_new_and_no_line_is_changed(copy: Path) -> None:
    before, after = files(REPOSITORY), files(copy)
    assert after.keys() - before.keys() == NEW
    assert before.keys() - after.keys() == set()
    differing = {name for name in before if before[name].read_bytes() != after[name].read_bytes()}
    assert differing == CHANGED
    for name in differing:
        old, new = (path.read_text("utf-8").splitlines() for path in (before[name], after[name]))
        assert not [line for line in ndiff(old, new) if line.startswith("-")], name


@pytest.mark.render
def test_an_issue_prints_it_with_the_word_of_its_language_and_blocks_inside(copy: Path) -> None:
    done = command(copy, "render", "one", "-o", "one.pdf")
    assert done.returncode == 0, done.stderr
    text = "".join(page.text for page in read_pages((copy / "project/one.pdf").read_bytes()))
    squeezed = "".join(text.split())
    assert "结果见“您读哪一栏？”。" in squeezed
    for printed in ("人物12票", "共收到十二张选票。", "编者的话。"):
        assert printed in squeezed
    assert "CST-Y099" in done.stderr
    assert "issue.yaml:10" in done.stderr


@pytest.mark.render
def test_a_text_of_it_that_a_template_does_not_print_is_an_error(copy: Path) -> None:
    done = command(copy, "render", "one", "-o", "lost.pdf", "--layout", "silent")
    assert done.returncode == 1
    assert "CST-E040" in done.stderr
    assert "(poll-answer): “人物”" in done.stderr
    assert "layouts/silent/blocks/poll.html.j2" in done.stderr


def test_the_schema_and_the_messages_know_its_keys(copy: Path) -> None:
    schema = json.loads(command(copy, "schema").stdout)
    assert list(schema["$defs"]["PollEntry"]["properties"]) == ["class", "poll", "answers", "comment", "id"]
    members = [one.get("$ref", "") for one in schema["properties"]["cover"]["items"]["oneOf"]]
    place = members.index("#/$defs/PollEntry")
    assert members[place - 1 : place + 2 : 2] == ["#/$defs/PullEntry", "#/$defs/BoxEntry"]
    slip = copy / "project/issues/slip/issue.yaml"
    slip.parent.mkdir()
    slip.write_text(ISSUE.replace("votes: 12", "voets: 12").replace("quote:", "quoet:"), "utf-8")
    done = command(copy, "render", "slip", "-o", "slip.pdf")
    assert "Did you mean “votes”?" in done.stderr
    assert "CST-Y030" in done.stderr


@pytest.mark.parametrize(("language", "title"), [("en", "A poll has only"), ("zh", "投票只有一个答案")])
def test_its_code_is_explained(copy: Path, language: str, title: str) -> None:
    assert title in command(copy, "explain", "CST-Y099", language=language).stdout


def test_the_tables_of_the_guide_have_it(copy: Path) -> None:
    tables = run_python(
        copy, "-c", "from tests.guide.tables import *; print(fields('en') + omits('en'))"
    ).stdout
    assert "| `block (poll)` | `id` `question` `answers` `comment` `classes` |" in tables
    assert "| `blocks/poll` | `poll` `poll-answer` |" in tables
    assert "| `block.answers[…]` | `html` `votes` |" in tables
