"""Runs a command and writes down how it ended and the most memory it had: ``measured.py FILE COMMAND…``.

A process of its own, because the kernel counts what the parent had when it forked; and it sets the limit of
address space, which a thread of the runner could not do for its child alone.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

#: A last fence for the machine: a case fails at 1.5 GB resident, and cannot take more than this.
ADDRESS_SPACE_BYTES = 6_000_000_000


def main(file: str, *command: str) -> None:
    """Run ``command`` and write its status, and the peak of it and its children in MB, to ``file``."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE_BYTES, ADDRESS_SPACE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    process = subprocess.Popen(command)
    _, status, usage = os.wait4(process.pid, 0)
    # Kilobytes on Linux, bytes on macOS.
    peak = usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    Path(file).write_text(json.dumps([os.waitstatus_to_exitcode(status), peak]))


if __name__ == "__main__":
    main(*sys.argv[1:])
