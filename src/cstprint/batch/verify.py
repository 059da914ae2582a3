"""Holding an output folder against its manifest and ``SHA256SUMS``: every byte is read, nothing rendered."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from cstprint.batch.checked import Checked, wrong
from cstprint.batch.hashes import digest_now
from cstprint.batch.manifest import SUMS, Manifest, Output, sums_of
from cstprint.diagnostics import Diagnostic, Message, error, msg, warning
from cstprint.reading.files import shown_path

_RENDER_AGAIN = msg("Run `cstprint batch` again: it renders what is missing or has changed.")
_MEND = msg("Run `cstprint batch` again: it reports what is wrong with the issue. Correct the issue.")


def verify(manifest: Manifest) -> Iterator[Checked]:
    """Yield for each issue of the manifest what is wrong with its PDF in the manifest's folder."""
    for record in manifest.records.values():
        if record.output is None:
            message = msg("{issue} could not be rendered last time.", issue=record.name)
            yield Checked(record.name, (error("CST-B004", message, hint=_MEND),))
            continue
        path = manifest.folder / record.output.file
        problem = _problem(path, record.output)
        yield Checked(record.name, (wrong("CST-B004", problem, path, _RENDER_AGAIN),) if problem else ())


def verify_folder(manifest: Manifest) -> Iterator[Diagnostic]:
    """Yield what is wrong with ``SHA256SUMS``, and with PDFs of which the manifest does not know."""
    outputs = [record.output for record in manifest.records.values()]
    yield from _sums(manifest.folder, sums_of(outputs))
    yield from _strangers(manifest.folder, {output.file for output in outputs if output})


def _problem(path: Path, output: Output) -> Message | None:
    """Return what is wrong with a PDF, if anything."""
    if not path.is_file() or path.is_symlink():
        return msg("The PDF is missing.")
    digest = digest_now(path)
    if digest is None:
        return msg("The PDF cannot be read.")
    return (
        None
        if digest == output.sha256
        else msg("The PDF differs from the one that was written: its hash is different.")
    )


def _sums(folder: Path, expected: str) -> Iterator[Diagnostic]:
    if digest_now(folder / SUMS) != hashlib.sha256(expected.encode()).hexdigest():
        message = msg("{file} differs from what the manifest states.", file=SUMS)
        yield wrong("CST-B004", message, folder / SUMS, _RENDER_AGAIN)


def _strangers(folder: Path, known: set[str]) -> Iterator[Diagnostic]:
    """Yield a warning for each PDF that the manifest does not know."""
    for path in sorted(folder.glob("*.pdf")):
        if path.name not in known:
            message = msg("The manifest does not list this PDF.")
            hint = msg(
                "It is from another run, or from an issue that failed since. Move it away if nobody needs it."
            )
            yield warning("CST-B005", message, subject=str(shown_path(path)), hint=hint)
