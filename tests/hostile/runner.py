"""Runs hostile cases and judges them: ``python -m tests.hostile.runner [NAME…]`` prints a table.

Each run is a process group of its own with a clean environment, its own home and temporary folder, a wall clock
and a limit of address space, so that a case that fails takes nothing with it.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from tests.hostile import cases
from tests.hostile.case import CASES, LIMIT_CODES, LIMIT_OPTIONS, SECRET, Box, Case, Ends, NotHereError
from tests.hostile.watching import AUDIT_FOLDER, tracing, trespasses
from tests.support.projects import REPOSITORY

MAX_SECONDS = 30.0
MAX_MB = 1500
AT_A_TIME = 2

#: A fault of ours is never the right answer to bad input.
_FAULTS = ("CST-X001", "CST-X002")
_GOOD_LINKS = ("http://", "https://", "mailto:")


@dataclass
class Run:
    """What came of a case: the process's end, what it said, and all that is wrong with that."""

    case: Case
    status: int | None = None
    seconds: float = 0.0
    peak_mb: float = 0.0
    findings: list[dict[str, Any]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    skipped: str = ""

    @property
    def codes(self) -> list[str]:
        """The codes of the findings, each once."""
        return list(dict.fromkeys(str(found["code"]) for found in self.findings))

    @property
    def errors(self) -> list[dict[str, Any]]:
        """The findings that fail a run."""
        return [found for found in self.findings if found["severity"] == "error"]

    @property
    def verdict(self) -> str:
        """Good, skipped, or what is wrong."""
        return (self.skipped and f"skipped: {self.skipped}") or "; ".join(self.wrong) or "good"


def run_case(case: Case) -> Run:
    """Run a case in a temporary folder and return its judgement."""
    root = Path(tempfile.mkdtemp(prefix="hostile-")).resolve()
    box = Box(root)
    try:
        with _slot(), box.undo:
            for name in ("project/issues", "outside", "home", "tmp", "logs"):
                (root / name).mkdir(parents=True)
            box.canary.write_text(f"{SECRET}\n", "utf-8")
            run = Run(case)
            try:
                case.build(box)
            except NotHereError as exception:
                run.skipped = str(exception)
                return run
            before = _snapshot(root)
            out, err = _execute(case, root, run)
            _judge(run, root, out, err, before)
            run.wrong = [wrong.replace(f"{root}/", "") for wrong in dict.fromkeys(run.wrong)]
            return run
    finally:
        shutil.rmtree(root, ignore_errors=True)


@contextmanager
def _slot() -> Iterator[None]:
    """Wait for one of the two places: measurements of many at a time would say nothing."""
    files = [(Path(tempfile.gettempdir()) / f"cst-hostile-{n}.lock").open("w") for n in range(AT_A_TIME)]
    try:
        while True:
            for file in files:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    continue
                yield
                return
            time.sleep(0.05)
    finally:
        for file in files:
            file.close()


@cache
def _known_options() -> str:
    asked = [sys.executable, "-m", "cstprint", "render", "--help"]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout


def _command(case: Case, logs: Path) -> list[str]:
    limits = [
        word
        for name, value in case.limits.items()
        if LIMIT_OPTIONS[name] in _known_options()
        for word in (LIMIT_OPTIONS[name], value)
    ]
    measured = [sys.executable, "-I", str(Path(__file__).parent / "measured.py"), str(logs / "usage")]
    program = [sys.executable, "-m", "cstprint", "render", "--json", *limits]
    return [*measured, *tracing(logs / "trace"), *program, *case.arguments]


def _execute(case: Case, root: Path, run: Run) -> tuple[bytes, bytes]:
    """Run the command; fill in status, seconds and peak; return what it wrote to stdout and stderr."""
    logs = root / "logs"
    environment = {
        "PATH": "/usr/bin:/bin:/usr/sbin:/sbin",
        "HOME": str(root / "home"),
        "TMPDIR": str(root / "tmp"),
        "LANG": "C.UTF-8",
        "LANGUAGE": "en",
        "PYTHONPATH": f"{AUDIT_FOLDER}{os.pathsep}{REPOSITORY / 'src'}",
        "PYTHONDONTWRITEBYTECODE": "1",
        "CST_AUDIT_LOG": str(logs / "audit"),
    }
    arguments = [word.replace("{root}", str(root)) for word in _command(case, logs)]
    with (logs / "out").open("wb") as out, (logs / "err").open("wb") as err:
        began = time.monotonic()
        process = subprocess.Popen(
            arguments,
            cwd=root / "project",
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            start_new_session=True,
        )
        try:
            process.wait(MAX_SECONDS)
        except subprocess.TimeoutExpired:
            run.wrong.append(f"not done after {MAX_SECONDS:.0f} s")
            run.peak_mb = _peak_mb_of(process.pid)
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    run.seconds = time.monotonic() - began
    if not run.wrong:
        run.status, run.peak_mb = json.loads((logs / "usage").read_text("utf-8"))
    return (logs / "out").read_bytes(), (logs / "err").read_bytes()


def _peak_mb_of(group: int) -> float:
    """Return the highest resident size in a process group (Linux): what is killed tells it to nobody."""
    peaks = [0.0]
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            if os.getpgid(int(status.parent.name)) == group:
                peaks += [int(kb) / 1e3 for kb in re.findall(r"VmHWM:\s+(\d+)", status.read_text())]
        except OSError:
            continue  # it ended meanwhile
    return max(peaks)


def _judge(run: Run, root: Path, out: bytes, err: bytes, before: dict[str, str]) -> None:
    case = run.case
    if run.peak_mb > MAX_MB:
        run.wrong.append(f"{run.peak_mb:.0f} MB")
    if SECRET.encode() in out + err:
        run.wrong.append("the secret was printed")
    if b"Traceback (most recent" in err:
        run.wrong.append("a traceback")
    if run.status is not None and run.status < 0:
        run.wrong.append(f"killed by {signal.Signals(-run.status).name}")
    elif run.status is not None:
        _judge_words(run, out, err)
    run.wrong += trespasses(root, root / "project", root / "logs/trace", root / "logs/audit", case.may_read)
    _judge_files(run, root, before)


_ON_SCREEN = re.compile(r"^(?:(.*): )?error (CST-\w+): (.*)$", re.MULTILINE)


def _judge_words(run: Run, out: bytes, err: bytes) -> None:
    """Judge the exit status and what was said."""
    case = run.case
    if run.status not in (0, 1, 2, 3):
        run.wrong.append(f"exit status {run.status}")
    try:
        said = json.loads(out or b"{}")
    except ValueError:
        run.wrong.append("stdout is not JSON")
        said = {}
    issues = said.get("issues", [said])
    run.findings = [found for issue in issues for found in issue.get("diagnostics", [])]
    if not run.findings:  # what ended the command before it had a result is told on stderr only
        run.findings = [
            {"code": code, "severity": "error", "message": words, "location": None, "subject": where}
            for where, code, words in _ON_SCREEN.findall(err.decode("utf-8", errors="replace"))
        ]
    if run.status == 0 and case.ends in (Ends.ERROR, Ends.LIMIT):
        run.wrong.append("a PDF where an error is due")
    if run.status and case.ends is Ends.WHOLE:
        run.wrong.append("an error where a PDF is due")
    if run.status and not run.errors and not (run.status == 2 and err.strip()):
        run.wrong.append("an error without a message")
    if faults := [found["message"] for found in run.errors if found["code"] in _FAULTS]:
        run.wrong.append(str(faults[0])[:120])
    _judge_message(run)


def _judge_message(run: Run) -> None:
    """Judge whether one of the findings says what it must, where it must."""
    case = run.case
    codes = LIMIT_CODES if case.ends is Ends.LIMIT else case.codes
    told = run.errors if run.status else run.findings
    if codes and not any(found["code"] in codes for found in told):
        run.wrong.append(f"none of {', '.join(codes)}")
    elif case.tells and not any(case.tells in _said(found) for found in told):
        run.wrong.append(f"“{case.tells}” is not told")


def _said(found: dict[str, Any]) -> str:
    place = found["location"] or {}
    where = f"{place.get('path')}:{place.get('line')}:" if place else f"{found['subject']}:"
    return f"{where} {found['message']}"


def _snapshot(root: Path) -> dict[str, str]:
    """Return what lies below ``root``, each file with its size and time; logs and caches are left out."""
    found = {}
    for folder, folders, files in os.walk(root):
        if Path(folder) in (root, root / "project", root / "home"):
            folders[:] = [name for name in folders if name not in ("logs", ".cstprint", ".cache")]
        for name in (*folders, *files):
            path = Path(folder, name)
            facts = path.lstat()
            is_folder = path.is_dir() and not path.is_symlink()
            found[str(path.relative_to(root))] = "" if is_folder else f"{facts.st_size} {facts.st_mtime_ns}"
    return found


def _judge_files(run: Run, root: Path, before: dict[str, str]) -> None:
    """Judge what was written: one whole PDF, or nothing."""
    after = _snapshot(root)
    run.wrong += [f"changed: {name}" for name in before if after.get(name) != before[name] and before[name]]
    new = [name for name in after if name not in before and after[name]]
    pdfs = [name for name in new if name.startswith("project/dist/") or name in run.case.outputs]
    run.wrong += [f"left behind: {name}" for name in new if name not in pdfs]
    if run.status == 0:
        changed = [n for n in run.case.outputs if n in before and after.get(n) != before[n]]
        if len(pdfs + changed) != 1:
            run.wrong.append(f"{len(pdfs)} files written")
        run.wrong = [w for w in run.wrong if w not in [f"changed: {n}" for n in changed]]
        for name in pdfs + changed:
            run.wrong += _judge_pdf(root / name, run.case.keeps)
    else:
        run.wrong += [f"left behind: {name}" for name in pdfs]


_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)


def _judge_pdf(path: Path, keeps: str) -> Iterator[str]:
    """Yield what is wrong with a PDF: not whole, or it holds the secret, a file, or a link to one."""
    from pypdf import PdfReader
    from pypdf.errors import LimitReachedError

    text = ""
    data = path.read_bytes()
    if not data.rstrip().endswith(b"%%EOF"):
        yield "the PDF has no end"
        return
    try:
        reader = PdfReader(path, strict=False)
        pages = len(reader.pages)
        with suppress(LimitReachedError):  # pypdf's own limits, of what it reads at a time
            text = "".join(reader.pages[number].extract_text() for number in range(min(pages, 5)))
        links = set(_links(reader, range(min(pages, 20))))
        attached = list(reader.attachments)
    except Exception as exception:  # noqa: BLE001 - whatever pypdf says, the PDF is not whole
        yield f"the PDF cannot be read: {exception}"
        return
    streams = b"".join(_inflated(match[1]) for match in _STREAM.finditer(data))
    if SECRET.encode() in data or SECRET.encode() in streams or SECRET in text:
        yield "the secret is in the PDF"
    if keeps not in text:
        yield f"“{keeps}” is not in the PDF"
    if attached:
        yield f"attachments: {', '.join(attached)}"
    if b"/JavaScript" in data + streams or b"/Launch" in data + streams or b"/SubmitForm" in data + streams:
        yield "the PDF can do something"
    yield from (f"a link to {link[:80]}" for link in sorted(links) if not link.startswith(_GOOD_LINKS))


def _links(reader: Any, numbers: range) -> Iterator[str]:
    for number in numbers:
        for reference in reader.pages[number].get("/Annots") or ():
            action = reference.get_object().get("/A")
            if action is not None and "/URI" in action.get_object():
                yield str(action.get_object()["/URI"])


def _inflated(data: bytes, limit: int = 50_000_000) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, limit)
    except zlib.error:
        return data


def run_cases(chosen: Sequence[Case]) -> Iterator[Run]:
    """Run cases, two at a time, and yield each judgement in the order given."""
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        yield from pool.map(run_case, chosen)


def main(names: Sequence[str]) -> int:
    """Print a table of the cases named, or of all; return 1 if one is not good."""
    cases.load()
    unknown = [name for name in names if name not in CASES]
    if unknown:
        print(f"no such case: {', '.join(unknown)}", file=sys.stderr)
        return 2
    began = time.monotonic()
    bad = skipped = count = 0
    print(f"{'case':<44} {'exit':>4} {'s':>5} {'MB':>5}  codes; verdict")
    for run in run_cases([CASES[name] for name in names or CASES]):
        count += 1
        bad += bool(run.wrong)
        skipped += bool(run.skipped)
        status = "–" if run.status is None else str(run.status)
        codes = " ".join(run.codes[:4]) or "–"
        print(
            f"{run.case.name:<44} {status:>4} {run.seconds:5.1f} {run.peak_mb:5.0f}  {codes}; {run.verdict}",
            flush=True,
        )
    print(f"cases: {count}  not good: {bad}  skipped: {skipped}  {time.monotonic() - began:.0f} s")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
