"""What `cstprint batch` does in a given time, beside others that set the same texts and pictures with the same fonts.

Run by `make bench`, or ``python -m tests.bench.batch [--count N] [PART …]``; parts: jobs, typst, chromium, unchanged,
memory. Typst is one process an issue, two at a time, PDF/A-2a, by the package `typst` of PyPI, if it is installed;
Chromium prints our HTML to PDF, two at a time, if it is installed. Archives are generated, so each part renders 2 to 12
pages an issue.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.bench.cold_render import ROOT, bin_path, write_html
from tests.bench.paired import paired
from tests.support.made_issues import MadeIssue, Picture, made_archive
from tests.support.projects import SmallProject

from cstprint.engine.weasy.environment import use_fonts
from cstprint.fonts import load_library
from cstprint.job import RenderOptions
from cstprint.project import open_project
from cstprint.rendering import prepare

#: Shares of Typst's throughput: without pictures, with pictures.
TYPST_GOALS = {False: 0.3, True: 0.5}
JOBS_GOAL = 1.8
CHROMIUM_GOAL = 10
UNCHANGED_SECONDS = 5
MEMORY_MB = 600
#: The PDF of an A4 page of 35 characters of 12 pt by 34 lines of 20 pt, as our layout has it.
TYPST = """\
#set document(title: "中国科技通讯", author: "编辑部", date: datetime(year: 2020, month: 1, day: 1))
#set page(width: 595.276pt, height: 841.89pt, margin: (top: 84pt, bottom: 77.89pt, x: 87.638pt), numbering: "1")
#set text(font: ("CST Latin Serif", "CST Song"), size: 12pt, lang: "zh", region: "cn", top-edge: .88em, bottom-edge: -.12em)
#set par(justify: true, leading: 8pt, spacing: 8pt, first-line-indent: (amount: 2em, all: true))
#show heading: set text(font: ("CST Latin Sans", "CST Hei"), size: 16pt, weight: 700)
#show figure.caption: set text(font: ("CST Quotes", "CST Kai"), size: 9pt)
"""
COMPILE = (
    "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], root=sys.argv[3], font_paths=[sys.argv[4]],"
    " ignore_system_fonts=True, pdf_standards=['a-2a'])"
)


def main() -> None:
    """Measure what is asked for, and print it."""
    parts: dict[str, Callable[[int, int], None]] = {
        "jobs": jobs, "typst": typst, "chromium": chromium, "unchanged": unchanged, "memory": memory
    }  # fmt: skip
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("parts", nargs="*", choices=[*parts, []], metavar="PART")
    parser.add_argument("--count", type=int, default=40, help="issues in an archive")
    parser.add_argument("--pairs", type=int, default=3)
    options = parser.parse_args()
    for part in options.parts or parts:
        parts[part](options.count, options.pairs)


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def batch(project: SmallProject, *options: str) -> None:
    """Render all issues of a project anew."""
    command = [bin_path("cstprint"), "batch", "--all", "--force", "-q", *options]
    subprocess.run(command, check=True, cwd=project.root, stdout=subprocess.DEVNULL)


def jobs(count: int, pairs: int) -> None:
    """Two at a time beside one."""
    with tempfile.TemporaryDirectory() as folder:
        project, _ = made_archive(Path(folder), count, pictures=True)
        paired(
            f"batch, {count} issues, -j2 beside -j1",
            lambda: batch(project, "-j2"),
            lambda: batch(project, "-j1"),
            1 / JOBS_GOAL,
            pairs=pairs,
        )


def typst(count: int, pairs: int) -> None:
    """Typst, a process an issue, two at a time, beside a batch of two."""
    if importlib.util.find_spec("typst") is None:
        say("typst: not installed here (pip install typst)")
        return
    for pictures, goal in TYPST_GOALS.items():
        with tempfile.TemporaryDirectory() as folder:
            project, issues = made_archive(Path(folder), count, pictures=pictures)
            for issue in issues:
                (project.root / "issues" / issue.id / "issue.typ").write_text(typst_source(issue), "utf-8")
            paired(
                f"batch, {count} issues {'with' if pictures else 'without'} pictures, beside typst",
                lambda: batch(project, "-j2"),  # noqa: B023 - called at once
                lambda: at_a_time(2, [typst_command(project, issue) for issue in issues]),  # noqa: B023
                1 / goal,
                pairs=pairs,
            )
            compare_pages(project, issues)


def typst_source(issue: MadeIssue) -> str:
    """The issue for Typst: the same texts and pictures, on the same paper, in the same sizes."""
    lines = [
        TYPST,
        '#align(center, text(size: 54pt, font: "CST Song", weight: 700)[中国科技通讯])',
        "#outline(title: [目录])",
    ]
    for title, parts in issue.articles:
        lines += ["#pagebreak()", f"= {_typst_text(title)}"]
        for part in parts:
            if isinstance(part, Picture):
                lines.append(
                    f'#figure(image("{part.file}", width: 100%, alt: "照片"), caption: [{_typst_text(part.caption)}])'
                )
            else:
                lines.append(_typst_text(part))
            lines.append("")
    return "\n".join(lines)


def _typst_text(text: str) -> str:
    return f"#{json.dumps(text, ensure_ascii=False)}"


def typst_command(project: SmallProject, issue: MadeIssue) -> list[str]:
    """The process that sets one issue."""
    source = project.root / "issues" / issue.id / "issue.typ"
    return [
        sys.executable,
        "-I",
        "-c",
        COMPILE,
        str(source),
        str(source.with_suffix(".pdf")),
        str(project.root),
        str(ROOT / "fonts"),
    ]


def at_a_time(
    number: int, commands: Sequence[Sequence[str]], environment: dict[str, str] | None = None
) -> None:
    """Run all commands, so many at a time; each must succeed."""

    def run(command: Sequence[str]) -> None:
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
        if done.returncode:
            sys.exit(f"{command[0]}: {done.stderr[-800:]}")

    with ThreadPoolExecutor(number) as threads:
        list(threads.map(run, commands))


def compare_pages(project: SmallProject, issues: Sequence[MadeIssue]) -> None:
    """Print how many pages both have made: what is compared should be the same work."""
    from cstprint.pdf.inspect import PdfFacts

    ours = sum(PdfFacts((project.root / "dist" / f"{one.id}.pdf").read_bytes()).page_count for one in issues)
    other = sum(
        PdfFacts((project.root / "issues" / one.id / "issue.pdf").read_bytes()).page_count for one in issues
    )
    say(f"  pages: ours {ours}, theirs {other}")


def chromium(count: int, pairs: int) -> None:
    """Chromium, a process an issue, printing the HTML that we composed, two at a time, beside a batch of two."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser is None:
        say("chromium: not installed here; on Debian: apt-get install chromium")
        return
    with tempfile.TemporaryDirectory() as folder:
        project, issues = made_archive(Path(folder) / "archive", count, pictures=True)
        opened = open_project(project.root)
        library = load_library(opened.font_folders(), opened.cache_folder).value
        assert library is not None
        fontconfig = use_fonts(library)
        commands = []
        for issue in issues:
            prepared = prepare(opened.issue_file(issue.id), opened, RenderOptions()).value
            assert prepared is not None
            page = write_html(prepared, Path(folder) / issue.id)
            profile = f"--user-data-dir={folder}/{issue.id}/profile"
            flags = [
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--no-pdf-header-footer",
                profile,
            ]
            commands.append([browser, *flags, f"--print-to-pdf={page.with_suffix('.pdf')}", page.as_uri()])
        environment = {**os.environ, "FONTCONFIG_FILE": str(fontconfig)}
        paired(
            f"batch, {count} issues, beside chromium",
            lambda: batch(project, "-j2"),
            lambda: at_a_time(2, commands, environment),
            1 / CHROMIUM_GOAL,
            pairs=pairs,
        )


def unchanged(count: int, pairs: int) -> None:
    """A run over 1,000 issues of which none has changed; their PDFs are copies, which makes no difference to it."""
    del count
    with tempfile.TemporaryDirectory() as folder:
        project, _ = made_archive(Path(folder), 10, pictures=True)
        batch(project)
        _multiply(project, 100)
        command = [bin_path("cstprint"), "batch", "--all", "--json"]
        for number in range(pairs + 1):  # the first one reads every file once
            start = time.perf_counter()
            done = subprocess.run(command, check=True, cwd=project.root, capture_output=True)
            seconds = time.perf_counter() - start
            assert json.loads(done.stdout)["unchanged"] == 1000
            verdict = "within" if seconds <= UNCHANGED_SECONDS else "beyond"
            name = "every file read" if not number else "nothing changed"
            say(
                f"unchanged: {seconds:.2f} s for 1,000 issues, {name}, {verdict} the goal of {UNCHANGED_SECONDS} s"
            )


def _multiply(project: SmallProject, times: int) -> None:
    """Copy each issue, its PDF and its line of the manifest ``times`` times, under other ids; the first ones go."""
    dist = project.root / "dist"
    manifest = dist / "manifest.jsonl"
    lines = [json.loads(line) for line in manifest.read_text("utf-8").splitlines()]
    told = [line for line in lines if line["kind"] != "issue"]
    past = time.time() - 3600  # files written just now are read again each time
    for line in lines:
        if line["kind"] != "issue":
            continue
        issue = project.root / "issues" / line["id"]
        for number in range(times):
            name = f"{line['id']}-{number:03}"
            shutil.copytree(issue, issue.with_name(name))
            shutil.copy(dist / line["output"], dist / f"{name}.pdf")
            told.append({**line, "id": name, "output": f"{name}.pdf"})
        shutil.rmtree(issue)
        (dist / line["output"]).unlink()
    manifest.write_text(
        "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in told), "utf-8"
    )
    for path in project.root.rglob("*"):
        os.utime(path, (past, past))


def memory(count: int, pairs: int) -> None:
    """The most memory that any process of a batch has: the command, its servers, their children."""
    del pairs
    with tempfile.TemporaryDirectory() as folder:
        project, issues = made_archive(Path(folder), count, pictures=True)
        command = [bin_path("cstprint"), "batch", "--all", "-q", "-j2"]
        with subprocess.Popen(command, cwd=project.root, stdout=subprocess.DEVNULL) as process:
            peaks = _watched(process)
        lines = [json.loads(line) for line in (project.root / "dist/manifest.jsonl").read_text().splitlines()]
        children = max(line["peak_memory_mb"] for line in lines if line["kind"] == "issue")
        highest = max(peaks["command"], peaks["server"], children)
        verdict = "within" if highest <= MEMORY_MB else "beyond"
        say(
            f"memory over {len(issues)} issues: command {peaks['command']:.0f} MB, servers {peaks['server']:.0f} MB, "
            f"children {children} MB, {verdict} the goal of {MEMORY_MB} MB"
        )


def _watched(process: subprocess.Popen[bytes]) -> dict[str, float]:
    """Return the most resident memory (MB) of a command and of its servers, until it ends."""
    peaks = {"command": 0.0, "server": 0.0}
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(0.2):
            peaks["command"] = max(peaks["command"], _resident_mb(process.pid))
            for task in Path(f"/proc/{process.pid}/task").glob("*/children"):
                servers = task.read_text().split() if task.exists() else []
                peaks["server"] = max([peaks["server"], *(_resident_mb(int(pid)) for pid in servers)])

    watch = threading.Thread(target=look)
    watch.start()
    process.wait()
    ended.set()
    watch.join()
    return peaks


def _resident_mb(pid: int) -> float:
    from cstprint.worker.activity import resident_mb

    return resident_mb(pid)


if __name__ == "__main__":
    main()
