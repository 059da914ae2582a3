"""Standard streams that are closed, full or left by their reader: what cannot be written to them is reported.

What is written to a stream that refuses it is dropped, so that the work goes on and Python has nothing left to fail
on at its end. The first refusal is kept, and the command says it at its end.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import Any, TextIO

from cstprint.diagnostics import Diagnostic, error, msg, reason_of

#: Descriptor → how it is opened where it is closed: a write to stdout must fail, or a result would be lost silently;
#: messages on a closed stderr are not wanted.
_STANDARD = {0: os.O_RDONLY, 1: os.O_RDONLY, 2: os.O_WRONLY}
#: What the first write to stdout and to stderr that failed was refused for.
_refused: dict[int, OSError] = {}


class _Stream(io.BufferedWriter):
    """A standard stream: a write that fails is noted, not raised, and all that follows is dropped.

    The write itself stays Python's C code, which takes what is written out of the buffer before it lets a signal in:
    after Ctrl-C nothing is written twice.
    """

    def write(self, data: Any) -> int:
        try:
            return super().write(data)
        except OSError as exception:
            self._drop(exception)
            return len(data)

    def flush(self) -> None:
        try:
            super().flush()
        except OSError as exception:
            self._drop(exception)

    def _drop(self, exception: OSError) -> None:
        _refused.setdefault(self.fileno(), exception)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.fileno())
        os.close(nowhere)
        super().flush()  # what the buffer still holds


def guard_streams() -> None:
    """Open the standard streams that are closed, and take all writes to stdout and stderr.

    Without that, the next file or socket that is opened would stand in the place of a stream that is closed.
    """
    for number, flags in _STANDARD.items():
        try:
            os.fstat(number)
        except OSError:
            opened = os.open(os.devnull, flags)  # the lowest number that is free
            os.set_inheritable(opened, True)
    sys.stdout = _guarded(1, sys.stdout)
    sys.stderr = _guarded(2, sys.stderr)


def _guarded(number: int, before: TextIO | None) -> TextIO:
    encoding, errors = ("utf-8", "backslashreplace") if before is None else (before.encoding, before.errors)
    if before is not None:
        before.flush()
    buffer = _Stream(io.FileIO(number, "w", closefd=False))
    return io.TextIOWrapper(buffer, encoding=encoding, errors=errors, line_buffering=True)


def output_is_lost() -> bool:
    """Whether a write to stdout has failed."""
    sys.stdout.flush()
    return 1 in _refused


def refusals() -> tuple[bool, Diagnostic | None]:
    """Return whether something is missing on stdout or stderr, and the error to show for it.

    There is none where a reader has left its pipe, as ``head`` does, and none for stderr, which would show it.
    """
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    refused = _refused.get(1)
    if refused is None or refused.errno == errno.EPIPE:
        return bool(_refused), None
    problem = msg("Standard output cannot be written: {reason}.", reason=reason_of(refused))
    hint = msg("Check where the output of the command goes: to a full disk, or to a closed program?")
    return True, error("CST-X010", problem, subject="stdout", hint=hint)
