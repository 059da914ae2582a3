"""Let outloud judge PDFs: what who listens would meet, by rules that a validator does not have.

It is a program of its own in the judges' environment, and is never imported: it requires PyMuPDF, which is AGPL.

    python -m tests.conformance.outloud A.pdf B.pdf
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.conformance.verapdf import ENVIRONMENT, JudgeError

PROGRAM = ENVIRONMENT / "bin/outloud"
#: Rules that accuse what is right, each with its reason; five at most.
FALSE_ALARMS = {
    "FIG-012": "counts words by blanks: a Chinese sentence of 30 characters is one word to it, and no language",
    "HDG-010": "takes one word with digits, such as COVID-19 or Horizon2020, for a reference number; here the writer "
    "says what is a heading",
    "MATH-010": "asks for spoken words; the alternative text of a formula is its source as the writer typed it, which is "
    "exact, and words for it would be guessed",
    "TBL-004": "forgets cells of the row above where these are the last of a row and end with it; veraPDF (7.2-43) and "
    "check/tables.py count the same grid rightly",
    "TBL-010": "takes more heads than data for heads torn by a converter; here the writer says which cells are heads",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a file, by which rule, on which page (from 1) or, 0, on none."""

    path: Path
    rule: str
    page: int
    message: str

    def __str__(self) -> str:
        return f"{self.path.name}, page {self.page}: {self.rule} {self.message}"


def findings(paths: Iterable[Path]) -> list[Finding]:
    """Return all that outloud finds in files, without false alarms and mere information."""
    if not PROGRAM.exists():
        raise JudgeError("outloud is missing: make conformance")
    wanted = sorted(path.resolve() for path in paths)
    command = [str(PROGRAM), "--json", "-", "--quiet", "--fail-on", "never", *map(str, wanted)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    try:
        results = json.loads(done.stdout)["results"]
    except (ValueError, KeyError):
        raise JudgeError(
            f"outloud's answer cannot be read.\n{done.stdout[-500:]}{done.stderr[-500:]}"
        ) from None
    judged = sorted(Path(result["path"]) for result in results if not result["error"])
    if judged != wanted:
        raise JudgeError(f"outloud judged {len(judged)} of {len(wanted)} files.\n{done.stderr[-500:]}")
    return [
        Finding(Path(result["path"]), one["rule"], one.get("page") or 0, one["message"])
        for result in results
        for one in result["findings"]
        if one["severity"] != "info" and one["rule"] not in FALSE_ALARMS
    ]


def main(arguments: Sequence[str]) -> int:
    """Print what is found; 0 where that is nothing, 1 where it is something, 2 where there is no verdict."""
    try:
        found = findings(map(Path, arguments))
    except JudgeError as problem:
        print(problem, file=sys.stderr)
        return 2
    print(*found, sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
