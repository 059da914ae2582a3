"""What a run opened, connected and started: strace's log and the audit hook's, read against what is allowed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.support.projects import REPOSITORY

AUDIT_FOLDER = Path(__file__).parent / "audit"

_OPENED = re.compile(
    r'(?:open|openat|openat2|creat)\((?:[^"]*?<(?P<folder>[^>]*)>, )?"(?P<name>(?:[^"\\]|\\.)*)"(?P<flags>.*)\)'
    r"\s+= (?:(?P<handle>\d+)<(?P<real>.*)>|-1 (?P<error>\w+).*)$"
)
_WRITING = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|creat\(")
_STARTED = re.compile(r'execve\("(?P<name>[^"]*)".*\)\s+= 0$')
_NETWORK = re.compile(r"AF_INET6?\b")
#: Errors that say that nothing was read: it is not there, or it is a link and links are not followed.
_NOTHING_READ = ("ENOENT", "ENOTDIR", "ELOOP")

#: What the interpreter and the native libraries read of the machine. The fonts of the machine are not here.
_MACHINE = (
    "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/bin", "/usr/share/locale",
    "/usr/share/zoneinfo", "/usr/share/fontconfig", "/etc/fonts", "/etc/ld.so.cache", "/etc/ld.so.preload",
    "/etc/localtime", "/etc/locale.alias", "/etc/mime.types", "/etc/ssl/openssl.cnf", "/dev/null", "/dev/urandom", "/dev/tty",
)  # fmt: skip
_PROCESS = re.compile(r"/proc/(?:self|\d+)(?:/|$)|/proc/(?:meminfo|cpuinfo|stat|sys/.*|filesystems)$")
_PROGRAMS = ("ldconfig", "ldconfig.real")


@cache
def strace() -> str | None:
    """Return the tracer, if there is one and the machine lets it trace."""
    found = shutil.which("strace")
    if found is None:
        return None
    tried = subprocess.run([found, "-f", "-o", os.devnull, "true"], capture_output=True, check=False)
    return found if tried.returncode == 0 else None


def tracing(log: Path) -> list[str]:
    """Return the words that stand before a command to have it traced into ``log``; none where it cannot be."""
    found = strace()
    calls = "open,openat,openat2,creat,socket,connect,execve"
    words = ["-f", "--seccomp-bpf", "-qq", "-y", "-s", "4096", "-e", f"trace={calls}", "-e", "signal=none"]
    return [found, *words, "-o", str(log)] if found else []


def trespasses(root: Path, project: Path, trace: Path, audit: Path, may_read: tuple[str, ...]) -> list[str]:
    """Return what the run did beyond its folders, each once, in words."""
    written = (project, root / "home", root / "tmp", root / "logs", *(root / name for name in may_read))
    readable = (*_own_folders(), *map(str, written), *_MACHINE)
    told: dict[str, None] = {}
    for wrong in (
        *_traced(trace, readable, tuple(map(str, written))),
        *_audited(audit, readable, tuple(map(str, written))),
    ):
        told[wrong] = None
    return list(told)


@cache
def _own_folders() -> tuple[str, ...]:
    """Return the folders of the program itself: its sources and data, the interpreter, its packages."""
    own = [REPOSITORY / name for name in ("src", "layouts", "fonts", "issues")]
    own += [AUDIT_FOLDER, Path(sys.prefix), Path(sys.base_prefix), Path(sysconfig.get_path("stdlib"))]
    own += [Path(entry) for entry in sys.path if entry and Path(entry) != REPOSITORY]
    return tuple(str(path) for given in own for path in {given, given.resolve()})


def _within(path: str, folders: tuple[str, ...]) -> bool:
    return any(path == folder or path.startswith(folder.rstrip("/") + "/") for folder in folders)


def _traced(trace: Path, readable: tuple[str, ...], writable: tuple[str, ...]) -> Iterator[str]:
    if not trace.is_file():
        return
    for line in trace.read_text("utf-8", errors="replace").splitlines():
        call = line.partition(" ")[2].lstrip()
        if call.startswith(("socket(", "connect(")):
            if _NETWORK.search(call):
                yield f"network: {call[:100]}"
        elif match := _STARTED.match(call):
            if not _is_known_program(match["name"]):
                yield f"started: {match['name']}"
        elif (match := _OPENED.match(call)) and match["error"] not in _NOTHING_READ:
            name = os.path.normpath(os.path.join(match["folder"] or "/", match["name"]))  # noqa: PTH118
            real = match["real"].removesuffix(" (deleted)") if match["real"] else name
            writes = bool(_WRITING.search(call)) and real != os.devnull
            if not _within(real, writable if writes else readable) and not _PROCESS.match(real):
                yield f"{'wrote' if writes else 'opened'}: {real}"


def _audited(audit: Path, readable: tuple[str, ...], writable: tuple[str, ...]) -> Iterator[str]:
    """Yield the same as Python saw it; a name relative to a folder's handle cannot be judged here."""
    if not audit.is_file():
        return
    for line in audit.read_text("utf-8", errors="replace").splitlines():
        event, what, writes = json.loads(line)
        if event == "socket.__new__":
            if what in (2, 10, 30):  # AF_INET, AF_INET6 of Linux and of macOS
                yield f"network: socket of family {what}"
        elif event == "socket.connect":
            yield f"network: connect {what}"
        elif event != "open":
            # The command starts its worker with its own interpreter.
            if what != repr(sys.executable) and not any(program in what for program in _PROGRAMS):
                yield f"started: {what}"
        elif os.path.isabs(what) and os.path.exists(what):  # noqa: PTH110, PTH117
            real = os.path.realpath(what)
            allowed = writable if writes and real != os.devnull else readable
            if not _within(real, allowed) and not _PROCESS.match(real):
                yield f"{'wrote' if writes else 'opened'}: {real}"


def _is_known_program(name: str) -> bool:
    shell = ("/bin/sh", "/usr/bin/sh", "/usr/bin/dash")
    return name in shell or Path(name).name in _PROGRAMS or Path(name).name.startswith("python")
