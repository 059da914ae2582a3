"""Where things are: the project's folders over those that the package carries."""

from __future__ import annotations

import os
import re
import sys
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path, PurePath
from typing import Any

from cstprint.diagnostics import Diagnostic, Severity, UsageError, error, msg, reason_of, suggest, warning
from cstprint.reading.files import Refused, link_below, linked_folder, read_below, shown_path
from cstprint.temporary import folder_until_exit

CONFIGURATION = "cstprint.toml"
#: The file that makes a folder an issue.
ISSUE_FILE = "issue.yaml"
CACHE = ".cstprint"
#: The folders in the cache that we write into, and the cache itself.
_CACHES = ("", "fonts", "pictures")


@dataclass(frozen=True, slots=True)
class Configuration:
    """What ``cstprint.toml`` may set; flags on the command line win."""

    output: str = "dist"
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Project:
    """A folder that holds ``issues/`` and may hold ``layouts/``, ``fonts/`` and ``cstprint.toml``."""

    root: Path
    configuration: Configuration = Configuration()

    @property
    def issues_folder(self) -> Path:
        """Where the issues are."""
        return self.root / "issues"

    @property
    def output_folder(self) -> Path:
        """Where PDFs go unless an option says otherwise."""
        return self.root / self.configuration.output

    @property
    def cache_folder(self) -> Path:
        """Where caches go; may be deleted at any time.

        Where it is a link, or leads out by one, a folder that passes with this process: it costs time, nothing else.
        """
        folder = self.root / CACHE
        return _temporary_folder() if any((folder / name).is_symlink() for name in _CACHES) else folder

    def layout_folders(self) -> tuple[Path, ...]:
        """Return the folders that hold layouts, the project's own first; raises ``UsageError`` for a link."""
        return self._over_builtin("layouts")

    def font_folders(self) -> tuple[Path, ...]:
        """Return the folders that hold fonts, the project's own first; raises ``UsageError`` for a link."""
        return self._over_builtin("fonts")

    def _over_builtin(self, name: str) -> tuple[Path, ...]:
        own, builtin = self.root / name, builtin_folder(name)
        if own.is_symlink():
            raise UsageError(linked_folder(own))
        return tuple(dict.fromkeys(p.resolve() for p in (own, builtin) if p.is_dir()))

    def namer(self) -> Callable[[str], str | None]:
        """Return what gives a file of a layout or of the fonts, by its path, a name that is the same everywhere.

        Files of the package have ``cstprint:`` before their path, others those below the project; the rest has none.
        """
        package = builtin_folder("layouts").resolve().parent
        known = [
            (f"{root}/{folder}/", f"{prefix}{folder}/")
            for root, prefix in ((self.root, ""), (package, "cstprint:"))
            for folder in ("layouts", "fonts")
        ]

        def name_of(path: str) -> str | None:
            return next((name + path[len(start) :] for start, name in known if path.startswith(start)), None)

        return name_of

    def issue_ids(self) -> list[str]:
        """Return the ids of all issues, sorted."""
        return sorted(path.parent.name for path in self.issues_folder.glob(f"*/{ISSUE_FILE}"))

    def without_issue(self) -> list[Diagnostic]:
        """Return a warning for each folder below ``issues/`` that gives no issue, with the reason and the way out."""
        try:
            folders = sorted(p for p in self.issues_folder.iterdir() if p.is_dir() and p.name[0] != ".")
        except OSError:
            return []
        return [found for folder in folders if (found := _without_issue(folder))]

    def issue_file(self, name: str) -> Path:
        """Return the YAML file of the issue named by id, folder or file.

        Raises :class:`~cstprint.diagnostics.UsageError` where there is none, and where one of the project's folders
        on the way to it is a link.
        """
        try:
            name.encode("utf-8")
        except UnicodeEncodeError:
            shown = name.encode("utf-8", "replace").decode()
            problem = msg("The name “{name}” of the issue is not UTF-8.", name=shown)
            raise UsageError(error("CST-U008", problem, hint=msg("Rename the folder."))) from None
        path = self._named_file(name)
        if link := link_below(self.root, path.parent):
            raise UsageError(linked_folder(link))
        return path

    def _named_file(self, name: str) -> Path:
        given = Path(name)
        if os.path.lexists(given) and not given.is_dir():
            return given
        for path in (given / ISSUE_FILE, self.issues_folder / name / ISSUE_FILE):
            if os.path.lexists(path):
                return path  # whatever it is: reading it says what is wrong with it
        for folder in (given, self.issues_folder / name):
            # Only what stands in issues/ itself is looked into: a name may lead anywhere.
            inside = os.path.isdir(folder) and folder.resolve().parent == self.issues_folder  # noqa: PTH112
            if inside and (found := _without_issue(folder)):
                raise UsageError(replace(found, code="CST-U001", severity=Severity.ERROR))
        known = self.issue_ids()
        folder = shown_path(self.issues_folder)
        none_yet = msg("There is no issue in {folder} yet. `cstprint new` makes one.", folder=folder)
        hint = suggest(given.name, known) or none_yet
        raise UsageError(error("CST-U001", msg("There is no issue “{name}”.", name=name), hint=hint))


def _without_issue(folder: Path) -> Diagnostic | None:
    """Return a warning that says why a folder gives no issue; ``None`` where it gives one."""
    shown = str(shown_path(folder))
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError as exception:
        problem = msg("The folder is not an issue: it cannot be read: {reason}.", reason=reason_of(exception))
        return warning("CST-U014", problem, subject=shown)
    if ISSUE_FILE in names:
        return None
    if meant := _meant_as_issue(names):
        problem = msg("The folder is not an issue: its file is called {name}.", name=meant)
        return warning(
            "CST-U014", problem, subject=shown, hint=msg("Rename the file to {name}.", name=ISSUE_FILE)
        )
    if deeper := [name for name in names if (folder / name / ISSUE_FILE).is_file()]:
        problem = msg(
            "The folder is not an issue: issues are one folder deeper, in {names}.", names=tuple(deeper)
        )
        hint = msg("Move these folders into {folder}.", folder=shown_path(folder.parent))
        return warning("CST-U014", problem, subject=shown, hint=hint)
    problem = msg("The folder is not an issue: it has no {name}.", name=ISSUE_FILE)
    hint = msg(
        "`cstprint new` makes one. Move what is not an issue out of {folder}.",
        folder=shown_path(folder.parent),
    )
    return warning("CST-U014", problem, subject=shown, hint=hint)


def _meant_as_issue(names: list[str]) -> str | None:
    """Return the file that probably is the issue: Issue.yaml, issue.yml, issue.yaml.txt, or the only YAML file."""
    likely = [name for name in names if re.fullmatch(r"issue\.ya?ml(\.txt)?", name, re.IGNORECASE)]
    yaml = [name for name in names if name.lower().endswith((".yaml", ".yml"))]
    return likely[0] if likely else yaml[0] if len(yaml) == 1 else None


@cache
def _temporary_folder() -> Path:
    return folder_until_exit()


def issue_id(path: Path) -> str:
    """Return the id of the issue in the file at ``path``: its folder's name, or its own stem."""
    return path.parent.resolve().name if path.name == ISSUE_FILE else path.stem


def user_cache_folder() -> Path:
    """Return where cstprint keeps what must not come from a project: others may have sent that.

    ``XDG_CACHE_HOME`` or its default (freedesktop.org, Base Directory Specification); on macOS Library/Caches.
    Raises ``RuntimeError`` where the user has no home.
    """
    given = Path(os.environ.get("XDG_CACHE_HOME", ""))
    usual = Path("Library/Caches") if sys.platform == "darwin" else Path(".cache")
    return (given if given.is_absolute() else Path.home() / usual) / "cstprint"


def builtin_folder(name: str) -> Path:
    """Return the folder ``name`` that the package carries: in a wheel inside it, in a checkout at the top."""
    packaged = Path(__file__).parent / "_data" / name
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[2] / name


def find_project(start: Path) -> Project:
    """Return the project that ``start`` is in: the nearest folder above with ``issues/`` or ``cstprint.toml``.

    Where there is none, ``start`` itself is the project: a new one begins so.
    """
    given, start = start, start.resolve()
    written = start if ".." in given.parts else Path.cwd() / given
    # As it is written first: by a link to an issue's folder the project that holds the link is meant.
    for folder in (written, *written.parents, start, *start.parents):
        if (folder / "issues").is_dir() or (folder / CONFIGURATION).is_file():
            return open_project(folder)
    return open_project(start)


def open_project(folder: Path) -> Project:
    """Return the project in ``folder``; raises ``UsageError`` where its configuration is wrong."""
    try:
        root = folder.resolve()
        is_there = root.is_dir()
    except OSError:  # no folder can have the name
        is_there = False
    if not is_there:
        raise UsageError(error("CST-U002", msg("There is no folder “{folder}”.", folder=folder)))
    return Project(root, _configuration(root / CONFIGURATION))


def _configuration(path: Path) -> Configuration:
    shown = str(shown_path(path))
    table = _table(path, shown)
    kinds = {"output": str, "strict": bool}
    for key, value in table.items():
        if key not in kinds:
            hint = suggest(key, list(kinds))
            raise UsageError(
                error(
                    "CST-U003", msg("The key “{key}” is not known here.", key=key), subject=shown, hint=hint
                )
            )
        if not isinstance(value, kinds[key]):
            raise UsageError(
                error("CST-U003", msg("“{key}” has a value of the wrong kind.", key=key), subject=shown)
            )
    output = PurePath(table.get("output", ""))
    if "\0" in str(output):
        raise UsageError(
            error("CST-U003", msg("“{key}” has a value of the wrong kind.", key="output"), subject=shown)
        )
    if output.is_absolute() or ".." in output.parts:
        problem = msg("The output folder “{folder}” is outside the project.", folder=output)
        hint = msg("Choose another place with -o.")
        raise UsageError(error("CST-U003", problem, subject=shown, hint=hint))
    return Configuration(**table)


def _table(path: Path, shown: str) -> dict[str, Any]:
    if not os.path.lexists(path) or (path.is_dir() and not path.is_symlink()):
        return {}
    try:
        return tomllib.loads(read_below(path.parent, [path.name]).decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as exception:
        problem = msg("This is not valid TOML: {reason}.", reason=exception)
    except Refused as exception:
        problem = msg("The file cannot be read: {reason}.", reason=exception.reason)
    except OSError as exception:
        problem = msg("The file cannot be read: {reason}.", reason=reason_of(exception))
    raise UsageError(error("CST-U003", problem, subject=shown))


class UncachedProject(Project):
    """A project whose caches are neither read nor written: what is rendered of it is made of its files alone."""

    @property
    def cache_folder(self) -> Path:
        """A folder that passes with this process."""
        return _temporary_folder()
