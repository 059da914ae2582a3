"""The command line: a file per command; :mod:`.report` is the only place that prints.

Nothing heavy is imported here: `--help`, `--version`, `explain` and completion must answer at once.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with its exit status.

    0 clean; 1 findings or a failed issue; 2 usage or configuration; 3 a fault of ours; 130 interrupted.
    """
    # Imports and layout make millions of objects that live until the end: looking for garbage among them costs
    # a tenth of the time and finds nothing.
    gc.disable()
    from cstprint.cli import language
    from cstprint.cli.streams import guard_streams

    guard_streams()
    given = list(sys.argv[1:] if arguments is None else arguments)
    language.choose(given)  # before the commands are built: their help is in the reader's language
    from cstprint.cli.command import ended, run

    sys.exit(ended(run(given)))
