"""Where the files of a render go, and which files that are there they may replace."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cstprint.diagnostics import Diagnostic, Message, error, msg, reason_of
from cstprint.output import write_whole
from cstprint.pdf.raster import is_drawn_page

if TYPE_CHECKING:
    from cstprint.job import Rendering
    from cstprint.project import Project


def pdf_path(output: str | None, project: Project, identity: str, layout: str | None = None) -> Path:
    """Return where the PDF of the issue ``identity`` goes; ``output`` is what ``-o`` says, a file or a folder.

    ``layout`` is the one that it is in, where that is not the issue's own: a trial must not replace the issue's PDF.
    """
    if not output:
        return project.output_folder / (f"{identity}.{layout}.pdf" if layout else f"{identity}.pdf")
    return Path(output) / f"{identity}.pdf" if names_folder(output) else Path(output)


def names_folder(output: str) -> bool:
    """Whether ``-o`` names a folder: it ends in /, or the folder is there."""
    try:
        return output.endswith("/") or Path(output).is_dir()
    except OSError:  # no folder can have the name: writing reports why
        return False


def picture_paths(pdf: Path, count: int) -> list[Path]:
    """Return where the pictures of ``count`` pages go: ``NAME-01.png`` …, with as many digits as sort them."""
    digits = max(2, len(str(count)))
    return [pdf.with_name(f"{_stem(pdf)}-{number:0{digits}}.png") for number in range(1, count + 1)]


def is_named_as_picture(path: Path, pdf: Path) -> bool:
    """Whether ``path`` has the name of a page's picture of ``pdf``, of any number."""
    pattern = re.escape(_stem(pdf)) + r"-\d{2,}\.png"
    return path.parent == pdf.parent and re.fullmatch(pattern, path.name) is not None


def _stem(pdf: Path) -> str:
    return pdf.stem if pdf.suffix.lower() == ".pdf" else pdf.name


def write_files(pdf: Path, rendering: Rendering) -> list[Diagnostic]:
    """Write the PDF and its pages' pictures, each whole or not at all; return what keeps one from being written.

    Pictures of pages that an earlier, longer PDF had are removed. Files that are not ours are never touched.
    """
    pictures = picture_paths(pdf, len(rendering.pictures))
    path = pdf
    try:
        refused = [*_refused(pdf, _is_pdf, msg("There is a file with this name that is not a PDF."))]
        for path in pictures:
            problem = msg("There is a picture with this name that cstprint did not make.")
            refused += _refused(path, is_drawn_page, problem)
        if refused:
            return refused
        path = pdf
        write_whole(pdf, rendering.pdf)
        for path, data in zip(pictures, rendering.pictures, strict=True):
            write_whole(path, data)
        if pictures:
            _remove_older(pdf, pictures)
    except OSError as exception:
        problem = msg("The file cannot be written: {reason}.", reason=reason_of(exception))
        hint = msg("Check the folder's permissions and the free space of the disk.")
        return [error("CST-U007", problem, subject=str(path), hint=hint)]
    return []


def _remove_older(pdf: Path, pictures: list[Path]) -> None:
    """Remove the images of pages that cstprint made and named, except ``pictures``."""
    for path in pdf.parent.iterdir():
        named = is_named_as_picture(path, pdf) and path not in pictures
        if named and path.is_file() and not path.is_symlink() and is_drawn_page(_start_of(path)):
            path.unlink(missing_ok=True)


def _refused(path: Path, is_ours: Callable[[bytes], bool], problem: Message) -> Iterator[Diagnostic]:
    """Yield an error where a file is there that must not be replaced, such as the issue's own or a photograph."""
    if path.is_file():
        start = _start_of(path)
        in_the_way = bool(start) and not is_ours(start)
    else:
        # A pipe or a device is in the way; a folder is reported when writing.
        in_the_way = os.path.lexists(path) and not path.is_dir()
    if in_the_way:
        yield error("CST-U012", problem, subject=str(path), hint=msg("Choose another name with -o."))


def _is_pdf(start: bytes) -> bool:
    return start.startswith(b"%PDF-")


def _start_of(path: Path) -> bytes:
    """Return the first bytes of a file, none where it cannot be read."""
    try:
        with path.open("rb") as stream:
            return stream.read(100)
    except OSError:
        return b""
