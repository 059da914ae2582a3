"""What an issue is made from, as it stands on the disk, and word of when that changes.

Word of a change only wakes: whether anything has changed is seen by looking again. So no event that is lost, comes
twice or tells of our own output leads astray, and what was saved last is what is looked at last.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cstprint.diagnostics import UsageError, error, msg
from cstprint.project import CONFIGURATION, Project, builtin_folder

#: A save is over when nothing has happened for so long (s): editors write a new file, delete the old one and rename
#: in less than 10 ms.
QUIET_SECONDS = 0.05
#: Something that never rests is looked at after so long (s).
UNREST_SECONDS = 2.0
#: How long (ms) one question whether something has happened takes, at most; and how long events are gathered.
_ASK_MS = 20
#: More files than any issue with its layouts and fonts has: somebody's home was meant to be an issue's folder.
MAX_FILES = 20_000

#: Time of writing (ns), size, inode and mode of a file.
Stamp = tuple[int, int, int, int]


@dataclass(frozen=True)
class Snapshot:
    """The files that an issue is made from, each with its stamp, and the folders where a change of them shows.

    ``loaded`` are those that a warm process holds in memory: fonts, and the program itself.
    """

    read: dict[Path, Stamp]
    loaded: dict[Path, Stamp]
    folders: frozenset[Path]

    def changed_since(self, earlier: Snapshot) -> list[Path]:
        """Return the files that are new, other or gone, sorted."""
        now, then = {**self.read, **self.loaded}, {**earlier.read, **earlier.loaded}
        return sorted(path for path in {*now, *then} if now.get(path) != then.get(path))


def look(issue: Path, project: Project, is_output: Callable[[Path], bool]) -> Snapshot:
    """Return what the issue in the file ``issue``, an absolute path, is made from now.

    All layouts count: which extends which may be what is being changed. PDFs, ``is_output``, and names that begin
    with a dot or end in a tilde, as editors name their own files, do not. Raises ``UsageError`` for more than
    ``MAX_FILES`` files.
    """
    output = project.output_folder

    def counts(path: Path) -> bool:
        written = path.suffix.lower() == ".pdf" or (path == output and not issue.is_relative_to(output))
        return not (path.name.startswith(".") or path.name.endswith("~") or written or is_output(path))

    own = project.root
    trees = _Trees()
    trees.add(issue.parent, counts)
    for folder in (own / "layouts", builtin_folder("layouts")):
        trees.add(folder, counts)
    loaded = _Trees()
    for folder in (own / "fonts", builtin_folder("fonts")):
        loaded.add(folder, counts)
    loaded.add(Path(__file__).parent, _is_program)
    read = {path: stamp for path, stamp in trees.files.items() if path not in loaded.files}
    if stamp := _stamp(own / CONFIGURATION):
        read[own / CONFIGURATION] = stamp
    return Snapshot(read, loaded.files, frozenset({*trees.folders, *loaded.folders, _nearest(own)}))


def _is_program(path: Path) -> bool:
    return path.suffix == ".py" or not (path.suffix or path.name.startswith("_"))


class _Trees:
    """Files and folders gathered from trees; no link is followed."""

    def __init__(self) -> None:
        self.files: dict[Path, Stamp] = {}
        self.folders: set[Path] = set()

    def add(self, top: Path, counts: Callable[[Path], bool]) -> None:
        """Gather what is below ``top``; where it is not there, it would show in the folder above."""
        self.folders.add(_nearest(top.parent))
        left = [top] if top.is_dir() and not top.is_symlink() else []
        while left:
            folder = left.pop()
            self.folders.add(folder)
            for path, entry in _entries(folder):
                if not counts(path):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    left.append(path)
                elif stamp := _stamp(path):
                    self.files[path] = stamp
            if len(self.files) > MAX_FILES:
                problem = msg("There are more than {count} files in it.", count=MAX_FILES)
                hint = msg("Put the issue into a folder of its own.")
                raise UsageError(error("CST-U022", problem, subject=str(top), hint=hint))


def _entries(folder: Path) -> Iterator[tuple[Path, os.DirEntry[str]]]:
    try:
        with os.scandir(folder) as entries:
            yield from ((folder / entry.name, entry) for entry in entries)
    except OSError:
        return  # it has gone, or may not be read: the render tells


def _stamp(path: Path) -> Stamp | None:
    try:
        facts = path.lstat()
    except OSError:
        return None
    return facts.st_mtime_ns, facts.st_size, facts.st_ino, facts.st_mode


def _nearest(folder: Path) -> Path:
    """Return ``folder``, or the nearest above it that is there."""
    return next((path for path in (folder, *folder.parents) if path.is_dir()), Path("/"))


class Changes:
    """Tells when something has happened in the folders that it follows."""

    def __init__(self) -> None:
        self._folders: frozenset[Path] = frozenset()
        self._events: Generator[Iterable[tuple[object, str]], None, None] | None = None

    def follow(self, folders: frozenset[Path]) -> bool:
        """Follow these folders, not what is below them; return whether they were followed before.

        Where they were not, something may have happened meanwhile. Raises ``UsageError`` where the system refuses.
        """
        if folders == self._folders:
            return True
        from watchfiles import watch

        self.close()
        self._events = watch(
            *folders,
            recursive=False,
            watch_filter=None,
            step=_ASK_MS,
            rust_timeout=_ASK_MS,
            yield_on_timeout=True,
        )
        try:
            next(self._events)  # it begins with the first question
        except FileNotFoundError:  # one has just gone: whoever looks again sees that
            self.close()
        except (OSError, RuntimeError) as exception:
            # Not by its number: where Linux has no room for another watch it says that a disk is full.
            problem = msg("The system cannot watch the files: {reason}.", reason=exception)
            hint = msg("Stop other programs that watch files, or set WATCHFILES_FORCE_POLLING=1.")
            raise UsageError(error("CST-U022", problem, subject="--watch", hint=hint)) from None
        else:
            self._folders = folders
        return False

    def happened(self) -> bool:
        """Whether something has happened since the last question; takes 20 ms where nothing has."""
        if self._events is None:
            return True
        paths = {Path(path) for change, path in next(self._events)}
        if not paths.isdisjoint(self._folders):
            self._folders = frozenset()  # a folder itself was exchanged: the new one is not followed yet
        return bool(paths)

    def wait(self) -> None:
        """Return when something has happened and it has been quiet since."""
        while not self.happened():
            pass
        self.settle()

    def settle(self) -> None:
        """Return when nothing has happened for a while."""
        began = last = time.monotonic()
        while time.monotonic() - last < QUIET_SECONDS and time.monotonic() - began < UNREST_SECONDS:
            if self.happened():
                last = time.monotonic()

    def close(self) -> None:
        """Follow nothing any more."""
        self._folders = frozenset()
        if self._events is not None:
            self._events.close()
            self._events = None
