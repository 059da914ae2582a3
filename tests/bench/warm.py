"""A warm render beside stock WeasyPrint, and how time and memory grow with the pages.

Run by `make bench`; ``python -m tests.bench.warm stock`` or ``growth`` for one of them. Stock WeasyPrint lays out and
writes the same HTML with the same pictures, fonts and PDF options, once more for each further layout that ours takes.
"""

from __future__ import annotations

import gc
import itertools
import os
import statistics
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from unittest.mock import patch

from tests.bench.paired import paired
from tests.support.made_issues import MadeIssue, made_issue
from tests.support.projects import SmallProject

from cstprint.engine.document import pdf_options
from cstprint.engine.paginate import paginate
from cstprint.job import RenderOptions
from cstprint.pdf.standard import DEFAULT, STANDARDS
from cstprint.project import open_project
from cstprint.rendering import Preparation, prepare, render
from cstprint.worker.limits import peak_mb

ROOT = Path(__file__).resolve().parents[2]
ISSUE = "issue-2020-02"
STOCK_GOAL = 1.5
#: How often the long issue has the short one's articles; what it may take of the short one's time and memory.
TIMES, TIME_GOAL, MEMORY_GOAL = 10, 11.0, 6.0
SHORT_PAGES, CHARACTERS_OF_A_PAGE = 24, 520
PAIRS = 5


def main(names: list[str]) -> None:
    """Measure what is named, or both."""
    parts: dict[str, Callable[[], None]] = {"stock": stock, "growth": growth}
    gc.disable()  # as the command does; what one render leaves behind is not the next one's affair
    for name in names or parts:
        parts[name]()


def stock() -> None:
    """From reading the issue to the written bytes, beside stock WeasyPrint's layout and writing."""
    project = open_project(ROOT)
    path = project.issue_file(ISSUE)
    prepared = prepare(path, project, RenderOptions()).value
    assert prepared is not None, "the issue has errors: cstprint render tells them"
    with patch("cstprint.rendering.paginate", wraps=paginate) as layouts:
        assert render(path, project).value is not None
    passes = layouts.call_count
    paired(
        f"warm render, beside stock WeasyPrint ({passes} layouts)",
        partial(render, path, project),
        partial(_stock, prepared, passes),
        STOCK_GOAL,
        before=gc.collect,
    )


def _stock(prepared: Preparation, passes: int) -> None:
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    from cstprint.engine.weasy.addresses import BASE_URL
    from cstprint.engine.weasy.fetcher import Fetcher

    options = pdf_options(STANDARDS[DEFAULT].variant)
    for _ in range(passes):
        fetcher = Fetcher(prepared.issue.folder, prepared.layout_folders(), prepared.pictures)
        html = HTML(string=prepared.html.html, base_url=BASE_URL, url_fetcher=fetcher)
        document = html.render(font_config=FontConfiguration(), **options)
    document.write_pdf(**options)


def growth() -> None:
    """An issue of ten times the articles, each in a process of its own from the same warm one."""
    with tempfile.TemporaryDirectory() as folder:
        project = SmallProject(Path(folder))
        short = _issue_of(SHORT_PAGES)
        long = replace(short, id="long", articles=short.articles * TIMES)
        for issue in (short, long):
            project.issue(issue.yaml(), issue.id)
        opened = open_project(project.root)
        paths = [opened.issue_file(issue.id) for issue in (short, long)]
        assert render(paths[0], opened).value is not None
        gc.freeze()
        ratios = []
        for _pair in range(PAIRS):
            measured = [_in_a_child(lambda path=path: render(path, opened).value.pages) for path in paths]  # type: ignore[misc,union-attr]
            (few, second, megabyte), (many, seconds, megabytes) = measured
            ratios.append((seconds / second, megabytes / megabyte))
            sys.stdout.write(
                f"growth: {many} pages beside {few}: {seconds:.2f} s beside {second:.2f}, {seconds / second:.2f} times;"
                f" {megabytes:.0f} MB beside {megabyte:.0f}, {megabytes / megabyte:.2f} times\n"
            )
    for what, values, goal in zip(
        ("time", "memory"), zip(*ratios, strict=True), (TIME_GOAL, MEMORY_GOAL), strict=True
    ):
        median = statistics.median(values)
        verdict = "within" if median <= goal else "beyond"
        sys.stdout.write(f"growth: {what} {median:.2f} times, {verdict} the goal of {goal}\n")


def _issue_of(pages: int) -> MadeIssue:
    """An issue of text of about so many pages, of articles that are all different."""
    issues = (made_issue(number, pictures=False) for number in itertools.count(1))
    articles = itertools.chain.from_iterable(issue.articles for issue in issues)
    characters, chosen = 0, []
    while characters < pages * CHARACTERS_OF_A_PAGE:
        chosen.append(next(articles))
        characters += sum(len(str(part)) for part in chosen[-1][1])
    return MadeIssue("short", 1, tuple(chosen))


def _in_a_child(work: Callable[[], int]) -> tuple[int, float, float]:
    """Return what a child says, the processor time that it took (s), and the memory that it had at most (MB)."""
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        os.write(writing, str(work()).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as said:
        result = int(said.read())
    _, _, usage = os.wait4(pid, 0)
    return result, usage.ru_utime + usage.ru_stime, peak_mb(usage)


if __name__ == "__main__":
    main(sys.argv[1:])
