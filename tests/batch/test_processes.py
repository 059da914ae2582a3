"""A batch among other processes: interrupted, killed, two at once, children that hang, eat memory or are killed."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.support.batches import HANGING, WITH_PICTURE, batch, command, large_picture, lines_of, pdfs
from tests.support.projects import ISSUE, SmallProject

pytestmark = [
    pytest.mark.render,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc"),
]

LONG = ISSUE.replace("body: 正文。", "body: |\n      " + "\n\n      ".join(["段落很长。" * 200] * 200))


def waited(condition: Callable[[], bool], seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()


def descendants(pid: int) -> list[int]:
    """All processes below one; each of its threads has children of its own."""
    found = [pid]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            with suppress(OSError):
                found += map(int, task.read_text().split())
    return found[1:]


def families(pid: int) -> list[int]:
    """The children of the servers below a command: those that render."""
    servers = [one for one in descendants(pid) if b"cstprint.worker" in _command_line(one)]
    return [one for one in servers if _parent(one) in servers]


def _command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
    except OSError:
        return 0


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def long_one(project: SmallProject) -> SmallProject:
    """Two short issues, then one that takes a while."""
    for name, text in {"a": ISSUE, "b": ISSUE, "c": LONG}.items():
        project.issue(text, name)
    return project


def lines(project: SmallProject) -> set[str]:
    try:
        return set(lines_of(project.root / "dist"))
    except (OSError, ValueError):
        return set()


@pytest.mark.slow
def test_ctrl_c_ends_a_batch_cleanly_and_the_next_goes_on(long_one: SmallProject) -> None:
    with command(long_one, "batch", "--all", "-j1") as process:
        assert waited(lambda: lines(long_one) == {"a", "b"} and bool(families(process.pid)))
        time.sleep(0.5)  # a line can be read before it is on the disk, and is counted when it is
        family = descendants(process.pid)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.decode().splitlines()[-3:] == [
        "2 of 3 are done. The same command continues.",
        "",
        "Interrupted.",
    ]
    assert waited(lambda: not any(map(is_running, family)))
    assert long_one.outputs() == ["dist/SHA256SUMS", "dist/a.pdf", "dist/b.pdf", "dist/manifest.jsonl"]
    assert len((long_one.root / "dist/SHA256SUMS").read_text().splitlines()) == 2
    long_one.issue(ISSUE, "c")
    outcome = batch(long_one, "--all", "--json")
    assert [one["id"] for one in outcome.data["issues"]] == ["c"]


@pytest.mark.slow
def test_a_batch_that_is_killed_leaves_no_process_and_no_lock(long_one: SmallProject) -> None:
    with command(long_one, "batch", "--all", "-j2") as process:
        assert waited(lambda: bool(families(process.pid)))
        with command(long_one, "batch", "--all") as other:
            _, err = other.communicate(timeout=60)
        family = descendants(process.pid)
        process.kill()
    assert other.returncode == 2
    assert "error CST-B001" in err.decode()
    assert waited(lambda: not any(map(is_running, family)))
    long_one.write("dist/.cstprint-batch.torn", "half a PDF")
    long_one.issue(ISSUE, "c")
    assert batch(long_one).status == 0
    assert long_one.outputs() == [
        "dist/SHA256SUMS",
        *(f"dist/{name}.pdf" for name in "abc"),
        "dist/manifest.jsonl",
    ]


def test_a_child_that_is_killed_is_tried_again(long_one: SmallProject) -> None:
    with command(long_one, "batch", "c", "-j1", "--limit-time", "100") as process:
        assert waited(lambda: bool(families(process.pid)))
        os.kill(families(process.pid)[0], signal.SIGKILL)
        long_one.issue(ISSUE, "c")  # so that the second time is short
        _, err = process.communicate(timeout=100)
    assert (process.returncode, err.decode().splitlines()[-1][:5]) == (0, "[1/1]")
    assert lines_of(long_one.root / "dist")["c"]["attempts"] == 2


@pytest.mark.slow
def test_a_worker_that_is_killed_is_replaced(long_one: SmallProject) -> None:
    long_one.issue(LONG, "a")
    with command(long_one, "batch", "a", "b", "-j1", "--limit-time", "100") as process:
        assert waited(lambda: bool(families(process.pid)))
        os.kill(_parent(families(process.pid)[0]), signal.SIGKILL)
        long_one.issue(ISSUE, "a")
        process.communicate(timeout=100)
    assert process.returncode == 0
    assert {name: line["attempts"] for name, line in lines_of(long_one.root / "dist").items()} == {
        "a": 2,
        "b": 1,
    }


@pytest.mark.slow
def test_a_run_that_went_wrong_in_every_way_makes_all_that_is_good(project: SmallProject) -> None:
    for number in range(6):
        project.issue(ISSUE, f"good-{number}")
    project.issue(ISSUE.replace("number: 2", "number: no"), "bad")
    project.layout("hanging", **{"issue.html.j2": HANGING})
    project.issue(ISSUE.replace("layout: base", "layout: hanging"), "hanging")
    project.issue(WITH_PICTURE, "greedy")
    project.write("issues/greedy/a.png", large_picture())
    outcome = batch(project, "--all", "-j2", "--limit-time", "10", "--limit-memory", "250", "--json")
    assert outcome.status == 1
    assert sorted(outcome.data["failed"]) == ["bad", "greedy", "hanging"]
    codes = {one["id"]: [found["code"] for found in one["diagnostics"]] for one in outcome.data["issues"]}
    assert codes["hanging"] == ["CST-E011"]
    assert codes["greedy"] == ["CST-E012"]
    peaks = {one["id"]: one["peak_memory_mb"] for one in outcome.data["issues"]}
    assert peaks["greedy"] >= 250 > peaks["good-0"]  # in whole MB
    assert list(pdfs(project.root / "dist")) == [f"good-{number}.pdf" for number in range(6)]


@pytest.mark.parametrize("quiet", [False, True])
def test_a_terminal_shows_a_bar_and_failures_as_they_come(quiet: bool, project: SmallProject) -> None:
    project.issue(ISSUE, "a")
    project.issue(ISSUE.replace("number: 2", "number: no"), "bad")
    ours, theirs = os.openpty()
    arguments = [sys.executable, "-m", "cstprint", "batch", "--all", *(["-q"] if quiet else [])]
    environment = {**os.environ, "LANGUAGE": "en", "TERM": "xterm", "COLUMNS": "100", "NO_COLOR": "1"}
    with subprocess.Popen(
        arguments, cwd=project.root, env=environment, stdout=subprocess.PIPE, stderr=theirs
    ) as process:
        os.close(theirs)
        shown = b""
        with suppress(OSError):  # so says Linux when the other end is closed
            while data := os.read(ours, 4096):
                shown += data
        os.close(ours)
        assert process.stdout is not None
        out = process.stdout.read().decode()
    text = re.sub(r"\033\[[\d;?]*[a-zA-Z]", "", shown.decode())
    assert out.splitlines()[0].startswith("bad  CST-Y026  ")
    assert out.splitlines()[1].startswith("rendered: 1  unchanged: 0  failed: 1  ")
    assert "error CST-Y026" in text
    if quiet:
        assert "━" not in text
        assert "Plan" not in text
    else:
        bars = [line for line in text.replace("\r", "\n").splitlines() if "━" in line]
        assert " 0/2 " in text
        assert " 2/2 " in bars[-1]
        assert "/s " in bars[-1]
        assert re.search(r" 0/2 .* a  bad\r", text)  # what is under way
        assert re.search(r" 1/2 .* a\r", text)
        assert "bad: no PDF was written" in text


def small_archive(root: Path, count: int) -> SmallProject:
    """So many issues, each with a text of its own."""
    project = SmallProject(root)
    for number in range(count):
        text = "\n\n      ".join([f"第 {number} 期的正文。" * 20] * (1 + number % 5))
        project.issue(ISSUE.replace("body: 正文。", f"body: |\n      {text}"), f"n{number:03}")
    return project


@pytest.mark.parametrize(
    "count", [pytest.param(40, marks=pytest.mark.slow), pytest.param(200, marks=pytest.mark.batch)]
)
def test_a_batch_killed_twenty_times_makes_the_same_files_and_never_a_part_of_one(
    count: int, tmp_path: Path
) -> None:
    archive = small_archive(tmp_path / "archive", count)
    assert batch(archive, "--all", "-j2", "-o", "undisturbed").status == 0
    expected = pdfs(archive.root / "undisturbed")
    chance = random.Random(20)
    folder = archive.root / "disturbed"
    for _time in range(20):
        with command(archive, "batch", "--all", "-j2", "-o", "disturbed") as process:
            time.sleep(chance.uniform(0.2, 5))
            process.kill()
        assert pdfs(folder).items() <= expected.items()
    assert batch(archive, "--all", "-j2", "-o", "disturbed").status == 0
    assert pdfs(folder) == expected
    assert (folder / "SHA256SUMS").read_bytes() == (archive.root / "undisturbed/SHA256SUMS").read_bytes()
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        [*expected, "SHA256SUMS", "manifest.jsonl"]
    )


# ── a cluster ──


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler on loopback, its process and those of its two workers."""
    import json

    file = tmp_path / "scheduler.json"
    dask = [sys.executable, "-W", "ignore", "-m", "dask"]
    said = (tmp_path / "dask.log").open("wb")
    scheduler = [
        *dask,
        "scheduler",
        "--host",
        "127.0.0.1",
        "--port",
        "0",
        "--no-dashboard",
        "--scheduler-file",
        str(file),
    ]
    processes = [subprocess.Popen(scheduler, stdout=said, stderr=said)]
    try:
        assert waited(file.exists)
        address = json.loads(file.read_text())["address"]
        worker = [*dask, "worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
        for number in range(2):
            own = ["--local-directory", str(tmp_path / f"worker{number}")]
            processes.append(subprocess.Popen([*worker, *own], stdout=said, stderr=said))
        yield address, processes
    finally:
        for process in processes:
            process.kill()
            process.wait()
        said.close()


@pytest.mark.slow
def test_a_cluster_makes_the_same_files_though_one_of_its_workers_is_killed(
    project: SmallProject, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    for number in range(12):
        project.issue(ISSUE.replace("正文。", f"第 {number} 篇。" * 300), f"n{number:02}")
    address, (_, *workers) = cluster
    with command(project, "batch", "--all", "--scheduler", address, "-o", "there", "--json") as process:
        assert waited(lambda: all(families(worker.pid) for worker in workers))
        workers[0].kill()
        _, err = process.communicate(timeout=300)
    assert (process.returncode, err) == (0, b"")
    assert batch(project, "--all", "-j2", "-o", "here").status == 0
    assert pdfs(project.root / "there") == pdfs(project.root / "here")
    assert len(pdfs(project.root / "there")) == 12
    # What both write down about what the PDFs are made of is the same, too: here nothing is to be done.
    assert batch(project, "--all", "-o", "there", "--json").data["unchanged"] == 12


def test_a_scheduler_that_does_not_answer_is_told(project: SmallProject) -> None:
    project.issue()
    for address in ("nonsense://127.0.0.1:1", "tcp://127.0.0.1:1"):
        outcome = batch(project, "--all", "--scheduler", address)
        assert outcome.status == 2
        assert f"error CST-B006: No scheduler answers at {address}: " in outcome.err
        assert "Traceback" not in outcome.err


@pytest.mark.slow
def test_a_scheduler_that_dies_ends_the_batch_in_one_line(
    project: SmallProject, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    for number in range(12):
        project.issue(ISSUE.replace("正文。", f"第 {number} 篇。" * 300), f"n{number:02}")
    address, (scheduler, *workers) = cluster
    with command(project, "batch", "--all", "--scheduler", address) as process:
        assert waited(lambda: all(families(worker.pid) for worker in workers))
        scheduler.kill()
        out, err = process.communicate(timeout=300)
    assert process.returncode == 1
    assert err.decode().splitlines()[2:][-2:] == [
        f"error CST-B006: The connection to the scheduler at {address} is lost.",
        "  = do: Finished PDFs are kept. The same command continues when the scheduler is back.",
    ]
    assert out.decode().startswith("rendered: ")
