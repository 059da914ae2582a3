"""What a hostile case is: a sentence, a function that writes a project, and how the run must end."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from textwrap import indent

from tests.support.projects import SmallProject

#: What stands in the files outside the project; it must appear nowhere.
SECRET = "CANARY-9d41f7c2"

#: What a case may limit → the option of ``cstprint render``. Options that the command does not know yet are
#: left out, and the runner's own limits stand alone.
LIMIT_OPTIONS = {"memory": "--limit-memory", "time": "--limit-time", "pages": "--limit-pages"}
#: Of the codes of errors, those that say “a limit was reached”.
LIMIT_CODES = ("CST-E011", "CST-E012", "CST-E014")
#: For what would go on for ever, or nearly.
SHORT = {"time": "10"}


class Ends(StrEnum):
    """How a run must end."""

    ERROR = "error"
    WHOLE = "PDF"
    EITHER = "error or PDF"
    LIMIT = "limit"


@dataclass(frozen=True)
class Box:
    """The folder of one run: the project, what lies outside it, and what is undone afterwards."""

    root: Path
    undo: ExitStack = field(default_factory=ExitStack)

    @property
    def project(self) -> SmallProject:
        """The project that is rendered."""
        return SmallProject(self.root / "project")

    @property
    def outside(self) -> Path:
        """A folder beside the project, with the canaries."""
        return self.root / "outside"

    @property
    def canary(self) -> Path:
        """A text file with the secret."""
        return self.outside / "secret.txt"

    def issue(self, body: str = "正文。", *, name: str = "one", **keys: str) -> Path:
        """Write an issue. Lines: 1 layout … 6 number, 8 the headline, 10 where the body begins."""
        values = {
            "layout": "base",
            "title": "刊名",
            "date": "2020",
            "number": "2",
            "headline": "标题",
            **keys,
        }
        text = (
            f"layout: {values['layout']}\nlanguage: zh-Hans\ntitle: {values['title']}\npublisher: 单位\n"
            f"date: {values['date']}\nnumber: {values['number']}\narticles:\n  - title: {values['headline']}\n"
            f"    body: |\n{indent(body, '      ')}\n"
        )
        return self.project.issue(text, name)

    def figure(self, path: str, *, alt: str = "图", **keys: str) -> None:
        """Write an issue with one picture, whose path stands in line 10."""
        self.issue(**keys)
        file = self.project.root / "issues" / "one" / "issue.yaml"
        head = file.read_text("utf-8").partition("    body:")[0]
        file.write_text(f"{head}    body:\n      - figure: {path}\n        alt: {alt}\n", "utf-8")

    def picture(self, data: bytes, name: str = "images/1.png") -> Path:
        """Write a picture's file, and an issue that shows it."""
        self.figure(name)
        return self.project.write(f"issues/one/{name}", data)

    def layout(self, css: str = "", html: str = "", *, body: str = "正文。", **files: str) -> Path:
        """Write a layout with ``css`` as page.css, ``html`` after the articles, and an issue that uses it.

        ``html`` begins in line 3 of issue.html.j2. It is raw: what looks like a template's tag is one.
        """
        templates = dict(files)
        if html:
            extended = '{% extends "base/issue.html.j2" %}\n{% block articles %}{{ super() }}\n'
            templates["issue.html.j2"] = f"{extended}{html}\n{{% endblock %}}\n"
        if css:
            templates["page.css"] = css
        folder = self.project.layout("hostile", **templates)
        self.issue(body, layout="hostile")
        return folder


class NotHereError(Exception):
    """This machine cannot have such an input; the case is skipped."""


Build = Callable[[Box], object]


@dataclass(frozen=True)
class Case:
    """A hostile input and its required result.

    ``codes``: one of these must be among the errors (of a PDF: among all findings); ``tells``: this must stand
    in what one of them says, its place included. ``keeps``: a PDF must hold this text, lest it was lost without a
    word. ``outputs``: PDFs that may appear outside the project's dist.
    """

    name: str
    sentence: str
    build: Build
    ends: Ends = Ends.ERROR
    codes: tuple[str, ...] = ()
    tells: str = ""
    limits: Mapping[str, str] = field(default_factory=dict)
    arguments: tuple[str, ...] = ("one",)
    may_read: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    slow: bool = False
    keeps: str = ""


CASES: dict[str, Case] = {}


def add(case: Case) -> None:
    """Put a case among the others."""
    assert case.name not in CASES, case.name
    CASES[case.name] = case


def hostile(
    ends: Ends = Ends.ERROR,
    *codes: str,
    tells: str = "",
    limits: Mapping[str, str] | None = None,
    arguments: tuple[str, ...] = ("one",),
    may_read: tuple[str, ...] = (),
    outputs: tuple[str, ...] = (),
    slow: bool = False,
    keeps: str = "",
) -> Callable[[Build], Build]:
    """Make a case of a function; its docstring is the case's sentence."""

    def register(build: Build) -> Build:
        name, sentence = build.__name__, (build.__doc__ or "").strip().removesuffix(".")
        add(
            Case(
                name,
                sentence,
                build,
                ends,
                codes,
                tells,
                limits or {},
                arguments,
                may_read,
                outputs,
                slow,
                keeps,
            )
        )
        return build

    return register


def is_root() -> bool:
    """Whether permissions mean nothing to this process."""
    return os.geteuid() == 0
