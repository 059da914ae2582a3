"""Notes what a Python process opens, connects and starts. The runner puts this folder on ``PYTHONPATH``.

Audit hooks see only what Python itself does, so strace is the stronger witness; this one also speaks where
tracing is not allowed. It stands in a folder of its own because Python imports it by its name.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

_EVENTS = {"open", "socket.__new__", "socket.connect", "subprocess.Popen", "os.exec", "os.posix_spawn"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def _listen(path: str) -> None:
    log = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def note(event: str, arguments: tuple[Any, ...]) -> None:
        if event not in _EVENTS:
            return
        if event == "open":
            name, _, flags = arguments
            if isinstance(name, int):
                return  # a file that is open already
            name = os.fsdecode(name) if isinstance(name, (str, bytes)) else str(name)
            record = [event, name, bool((flags or 0) & _WRITING)]
        elif event == "socket.__new__":
            record = [event, int(arguments[1]), False]
        else:
            record = [event, repr(arguments[0])[:500], False]
        os.write(log, (json.dumps(record) + "\n").encode())

    sys.addaudithook(note)


if _given := os.environ.get("CST_AUDIT_LOG"):
    _listen(_given)
