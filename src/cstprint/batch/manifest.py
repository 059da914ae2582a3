"""``manifest.jsonl`` beside the PDFs: what each was made of and how it went, a line each; and ``SHA256SUMS``.

A line is added as each issue ends, so that a run that was killed loses nothing that it finished; the last line may be
incomplete. At the end of a run the file is written again, a line for each issue, in the order of their ids. The open
manifest is the lock of its folder: only one batch at a time writes there.
"""

from __future__ import annotations

import fcntl
import json
import math
import os
import stat
from collections.abc import Container, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import NoneType
from typing import Any, BinaryIO, Self

from cstprint.batch.inputs import Inputs, InputSet
from cstprint.diagnostics import Diagnostic, UsageError, error, msg, reason_of
from cstprint.output import write_whole
from cstprint.reading.files import shown_path

NAME = "manifest.jsonl"
SUMS = "SHA256SUMS"
#: Of files that are not whole yet; what a run that was killed leaves of them is removed by the next.
UNFINISHED = ".cstprint-batch."
#: The first line; another number would be another way to write the others.
_HEAD = {"kind": "manifest", "made_by": "cstprint batch", "version": 1}


@dataclass(frozen=True, slots=True)
class Output:
    """A PDF that was written: its name in the folder, its hash and size."""

    file: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Record:
    """How one issue went: ``output`` is ``None`` where no PDF was written; diagnostics are as JSON has them.

    ``is_trial`` says that ``layout`` is not the issue's own, and that the PDF stands beside the issue's.
    """

    id: str
    inputs: Inputs
    layout: str
    output: Output | None
    pages: int
    seconds: float
    peak_memory_mb: int
    attempts: int
    diagnostics: tuple[Mapping[str, object], ...]
    is_trial: bool = False

    @property
    def name(self) -> str:
        """The name of its PDF without its ending; no other record of a manifest has it."""
        return trial_name(self.id, self.layout) if self.is_trial else self.id

    def line(self) -> dict[str, object]:
        """Return the record as it stands in the manifest."""
        return {
            "kind": "issue",
            "id": self.id,
            "inputs_sha256": self.inputs.digest,
            "output_sha256": self.output.sha256 if self.output else None,
            "output": self.output.file if self.output else None,
            "bytes": self.output.bytes if self.output else None,
            "pages": self.pages,
            "seconds": self.seconds,
            "peak_memory_mb": self.peak_memory_mb,
            "attempts": self.attempts,
            "layout": self.layout,
            "is_trial": self.is_trial,
            "files": dict(self.inputs.files),
            "sets": dict(self.inputs.sets),
            "diagnostics": [dict(found) for found in self.diagnostics],
        }


def _record(line: Mapping[str, Any]) -> Record:
    """Return the record that stands in a line; raises as :meth:`Manifest._take` knows where none does."""
    made = line["output_sha256"] is not None
    output = Output(str(line["output"]), str(line["output_sha256"]), int(line["bytes"])) if made else None
    return Record(
        id=str(line["id"]),
        inputs=Inputs(_texts(line["files"], or_none=True), _texts(line["sets"])),
        layout=str(line["layout"]),
        output=output,
        pages=int(line["pages"]),
        seconds=_finite(line["seconds"]),
        peak_memory_mb=int(line["peak_memory_mb"]),
        attempts=int(line["attempts"]),
        diagnostics=tuple(dict(found) for found in line["diagnostics"]),
        is_trial=bool(line.get("is_trial", False)),
    )


def trial_name(issue: str, layout: str) -> str:
    """Return the name of a PDF of an issue in another layout than its own, without its ending."""
    return f"{issue}.{layout}"


def _texts(value: Any, *, or_none: bool = False) -> dict[str, Any]:
    """Return a mapping of texts to texts; raises ``TypeError`` where it is anything else."""
    allowed = (str, NoneType) if or_none else (str,)
    if not isinstance(value, dict) or not all(isinstance(one, allowed) for one in value.values()):
        raise TypeError(value)
    return value


def _finite(value: Any) -> float:
    """Return a number that JSON can have; raises ``ValueError`` for others."""
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(value)
    return number


class Manifest:
    """The manifest of an output folder, open for reading and adding, or for reading only."""

    def __init__(self, folder: Path, *, to_write: bool):
        """Open and lock it; raises ``UsageError`` where another batch has it, or where it is not ours."""
        self.folder = folder
        #: By their names.
        self.records: dict[str, Record] = {}
        self.sets: dict[str, InputSet] = {}
        self._to_write = to_write
        try:
            self._stream = _locked(folder, to_write=to_write)
            try:
                self._read()
                if to_write:
                    self._remove_unfinished()
            except BaseException:
                self.close()
                raise
        except OSError as exception:
            raise UsageError(_cannot_write(folder, exception)) from None

    def add(self, record: Record, sets: Mapping[str, InputSet]) -> None:
        """Write down how an issue went, and the sets that it names; raises ``OSError``."""
        lines = []
        for name, digest in record.inputs.sets.items():
            if digest not in self.sets and name in sets:
                self.sets[digest] = sets[name]
                lines.append(_set_line(digest, sets[name]))
        self._keep(record)
        self._append([*lines, record.line()])

    def name_of(self, issue: str, layout: str | None) -> str:
        """Return the name of the record of an issue's PDF, in the layout that is asked for if it is not the issue's.

        The issue's own layout is known from its last render; a render whose layout turns out to be the issue's own
        gives the issue's record.
        """
        if layout is None:
            return issue
        own, trial = self.records.get(issue), trial_name(issue, layout)
        return issue if own is not None and own.layout == layout and trial not in self.records else trial

    def without(self, issues: Container[str]) -> list[str]:
        """Return the names of the records of issues that are not among ``issues``, sorted."""
        return sorted(name for name, record in self.records.items() if record.id not in issues)

    def _keep(self, record: Record) -> None:
        """Keep a record in place of an older one; a trial in what has become the issue's own layout is none."""
        if not record.is_trial:
            self.records.pop(trial_name(record.id, record.layout), None)
        self.records[record.name] = record

    def forget(self, names: Iterable[str]) -> tuple[str, ...]:
        """Drop those records that have no PDF, of issues that no longer exist, which no run could correct.

        Return those that had one, which somebody has taken away.
        """
        taken = []
        for name in sorted(set(names) & self.records.keys()):
            output = self.records[name].output
            if output is None:
                del self.records[name]
            elif not (self.folder / output.file).exists():
                del self.records[name]
                taken.append(name)
        return tuple(taken)

    def finish(self) -> None:
        """Write manifest and ``SHA256SUMS`` again, without what is no longer true; raises ``OSError``."""
        records = [self.records[name] for name in sorted(self.records)]
        used = {digest for record in records for digest in record.inputs.sets.values()}
        kept = sorted(used & self.sets.keys(), key=lambda digest: (self.sets[digest].name, digest))
        lines = [
            _HEAD,
            *(_set_line(digest, self.sets[digest]) for digest in kept),
            *(r.line() for r in records),
        ]
        sums = sums_of(record.output for record in records)
        for name, data in ((SUMS, sums.encode()), (NAME, b"".join(map(_encoded, lines)))):
            if not _has(self.folder / name, data):
                write_whole(self.folder / name, data, UNFINISHED)

    def close(self) -> None:
        """Let others write."""
        self._stream.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _read(self) -> None:
        """Read all lines; what a killed run left of its last one is cut off."""
        data = self._stream.read()
        whole = data[: data.rfind(b"\n") + 1]
        lines = whole.splitlines(keepends=True)
        # A run that was killed as it wrote its first line left a part of that.
        head = _encoded(_HEAD)
        if not (lines[0] == head if lines else head.startswith(data)):
            raise UsageError(_not_ours(self.folder / NAME))
        for line in lines[1:]:
            self._take(line)
        if self._to_write:
            if len(whole) < len(data):
                self._stream.truncate(len(whole))
            self._stream.seek(len(whole))
            if not lines:
                self._append([_HEAD])

    def _take(self, line: bytes) -> None:
        try:
            told = json.loads(line)
            if told["kind"] == "set":
                self.sets[str(told["sha256"])] = InputSet(str(told["name"]), _texts(told["items"]))
            else:
                record = _record(told)
                self._keep(record)
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
            raise UsageError(_not_ours(self.folder / NAME)) from None

    def _append(self, lines: Iterable[Mapping[str, object]]) -> None:
        self._stream.write(b"".join(map(_encoded, lines)))
        self._stream.flush()
        os.fsync(self._stream.fileno())

    def _remove_unfinished(self) -> None:
        for path in self.folder.glob(f"{UNFINISHED}*"):
            path.unlink(missing_ok=True)


def _has(path: Path, data: bytes) -> bool:
    """Whether a file holds ``data`` already: its time then says when something changed."""
    return path.is_file() and not path.is_symlink() and path.read_bytes() == data


def sums_of(outputs: Iterable[Output | None]) -> str:
    """Return the text of ``SHA256SUMS``, as ``sha256sum --check`` reads it."""
    known = sorted((one.file, one.sha256) for one in outputs if one is not None)
    return "".join(_sum_line(file, digest) for file, digest in known)


def _sum_line(file: str, digest: str) -> str:
    """Return a line; where a name has a line feed or a backslash, as GNU coreutils writes it."""
    escaped = file.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    return f"{'' if escaped == file else chr(92)}{digest}  {escaped}\n"


def _locked(folder: Path, *, to_write: bool) -> BinaryIO:
    """Return the manifest's file, locked; raises ``UsageError`` where another process has it."""
    path = folder / NAME
    if to_write:
        folder.mkdir(parents=True, exist_ok=True)
    elif not path.is_file():
        problem = msg("There is no manifest in {folder}.", folder=shown_path(folder))
        hint = msg("`cstprint batch` writes a manifest. Name the folder with -o.")
        raise UsageError(error("CST-B002", problem, subject=str(shown_path(path)), hint=hint))
    # O_NONBLOCK: opening a pipe must not wait for its other end.
    flags = (os.O_RDWR | os.O_CREAT if to_write else os.O_RDONLY) | os.O_NOFOLLOW | os.O_NONBLOCK
    while True:
        handle = os.open(path, flags, 0o666)
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise UsageError(_not_ours(path))
        stream = os.fdopen(handle, "r+b" if to_write else "rb")
        try:
            fcntl.flock(stream, (fcntl.LOCK_EX if to_write else fcntl.LOCK_SH) | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(stream.fileno()), os.lstat(path)):
                return stream
            stream.close()  # another batch has finished and written it again while we opened it
        except BlockingIOError:
            stream.close()
            problem = msg("Another batch is writing into {folder}.", folder=shown_path(folder))
            hint = msg("Wait until that batch has ended, or name another folder with -o.")
            raise UsageError(error("CST-B001", problem, subject=str(shown_path(path)), hint=hint)) from None
        except BaseException:
            stream.close()
            raise


def _set_line(digest: str, one: InputSet) -> dict[str, object]:
    return {"kind": "set", "sha256": digest, **asdict(one)}


def _encoded(line: Mapping[str, object]) -> bytes:
    # A name of bytes that are no UTF-8 has lone surrogates, which JSON writes as \udcff.
    text = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace") + b"\n"


def _not_ours(path: Path) -> Diagnostic:
    problem = msg("This file is damaged, or it is not a manifest of cstprint.")
    hint = msg("Move it away, or name another folder with -o. Everything is rendered again then.")
    return error("CST-B002", problem, subject=str(shown_path(path)), hint=hint)


def _cannot_write(folder: Path, exception: OSError) -> Diagnostic:
    problem = msg("The folder cannot be used for output: {reason}.", reason=reason_of(exception))
    hint = msg("Check the folder's permissions and the free space of the disk.")
    return error("CST-U007", problem, subject=str(shown_path(folder)), hint=hint)
