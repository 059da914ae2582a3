"""What came of looking at the PDFs of an output folder, whoever looks: `verify.py` or `proof.py`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cstprint.diagnostics import Diagnostic, Message, error
from cstprint.reading.files import shown_path


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong with the PDF of the issue ``id``: nothing where it is good."""

    id: str
    found: tuple[Diagnostic, ...] = ()


def wrong(code: str, message: Message, path: Path, hint: Message) -> Diagnostic:
    """Return an error about a file of an output folder."""
    return error(code, message, subject=str(shown_path(path)), hint=hint)
