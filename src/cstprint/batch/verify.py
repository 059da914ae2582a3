"""Holding an output folder against its manifest and ``SHA256SUMS``: every byte is read, nothing rendered."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cstprint.batch.hashes import digest_now
from cstprint.batch.manifest import SUMS, Manifest, Output, sums_of
from cstprint.diagnostics import Diagnostic, Message, error, msg, warning
from cstprint.reading.files import shown_path

_RENDER_AGAIN = msg("Run `cstprint batch` again: it renders what is missing or not as it was written.")
_MEND = msg("Run `cstprint batch` again: it tells what is wrong with the issue. Mend that.")


@dataclass(frozen=True, slots=True)
class Verified:
    """How many PDFs are as they were written, and what is wrong with the others."""

    good: int
    found: tuple[Diagnostic, ...]


def verify(manifest: Manifest) -> Verified:
    """Return what in the manifest's folder is not as the manifest says."""
    good = 0
    found: list[Diagnostic] = []
    outputs = [record.output for record in manifest.records.values()]
    for record in manifest.records.values():
        if record.output is None:
            message = msg("{issue} could not be rendered the last time.", issue=record.id)
            found.append(error("CST-B004", message, hint=_MEND))
        elif problem := _wrong(manifest.folder, record.output):
            found.append(
                error(
                    "CST-B004",
                    problem,
                    subject=_shown(manifest.folder / record.output.file),
                    hint=_RENDER_AGAIN,
                )
            )
        else:
            good += 1
    found += _sums(manifest.folder, sums_of(outputs))
    found += _strangers(manifest.folder, {output.file for output in outputs if output})
    return Verified(good, tuple(found))


def _wrong(folder: Path, output: Output) -> Message | None:
    """Return what is wrong with a PDF, if anything."""
    path = folder / output.file
    if not path.is_file() or path.is_symlink():
        return msg("The PDF is gone.")
    digest = digest_now(path)
    if digest is None:
        return msg("The PDF cannot be read.")
    return None if digest == output.sha256 else msg("The PDF is not what was written: its hash is another.")


def _sums(folder: Path, expected: str) -> Iterator[Diagnostic]:
    if digest_now(folder / SUMS) != hashlib.sha256(expected.encode()).hexdigest():
        message = msg("{file} is not what the manifest says.", file=SUMS)
        yield error("CST-B004", message, subject=_shown(folder / SUMS), hint=_RENDER_AGAIN)


def _strangers(folder: Path, known: set[str]) -> Iterator[Diagnostic]:
    """Yield a warning for each PDF that the manifest does not know."""
    for path in sorted(folder.glob("*.pdf")):
        if path.name not in known:
            message = msg("The manifest does not know this PDF.")
            hint = msg(
                "It is of another run, or of an issue that failed since. Move it away if nobody needs it."
            )
            yield warning("CST-B005", message, subject=_shown(path), hint=hint)


def _shown(path: Path) -> str:
    return str(shown_path(path))
