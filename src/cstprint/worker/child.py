"""The child: one render within its limits, then the end of the process."""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import traceback
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NoReturn

from cstprint.diagnostics import CstprintError, Result, system_refusal
from cstprint.job import Job
from cstprint.worker.limits import lift_limits, limit_this_process, peak_mb
from cstprint.worker.messages import Death, Done, Fault, Limit, Refusal
from cstprint.worker.reads import noted

#: What native libraries write goes here, in the child's own folder: Pango's last words tell of lack of memory.
STDERR = "stderr"


def main(descriptor: int) -> NoReturn:
    """Run in a fresh interpreter: read a job and its folder from the connection, and render it."""
    answers = Connection(descriptor)
    os.set_inheritable(descriptor, False)
    job, folder = answers.recv()
    render_and_end(job, answers, folder)


def render_and_end(job: Job, answers: Connection, folder: Path) -> NoReturn:
    """Render ``job``, tell ``answers`` what came of it, and end the process; ``folder`` goes when it has gone."""
    status = 1
    try:
        tempfile.tempdir = str(folder)
        stderr = os.open(folder / STDERR, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(stderr, 2)
        limit_this_process(job.limits)
        answer = _render(job, answers)
        lift_limits()
        answers.send(answer)
        status = 0
    except BrokenPipeError:
        pass  # nobody waits for it any more
    finally:
        os._exit(status)  # what the server had open is not this process's to close


def _render(job: Job, answers: Connection) -> Done | Refusal | Fault | Death:
    try:
        with noted(job) as reading:
            from cstprint.rendering import render

            found = render(job.path, job.project, job.options, answers.send)
        reads = reading.reads()
    except MemoryError:
        return Death(Limit.MEMORY, 0, "")
    except CstprintError as problem:
        return Refusal(problem.exit_status, problem.diagnostics)
    except BrokenPipeError:
        raise
    except OSError as exception:
        found, reads = Result(None, (system_refusal(exception),)), None
    except Exception as exception:  # noqa: BLE001 - it is reported where the render was asked for
        return Fault(f"{type(exception).__name__}: {exception}", traceback.format_exc())
    return Done(found, peak_mb(resource.getrusage(resource.RUSAGE_SELF)), reads)


if __name__ == "__main__":
    main(int(sys.argv[1]))
