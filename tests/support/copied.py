"""What a reader of PDFs copies of a page, by poppler (Evince, Okular) and by pdfium (Chrome, Edge)."""

from __future__ import annotations

import shutil
import subprocess

from tests.support.pages import read_pages

POPPLER = shutil.which("pdftotext")
#: What pdfium writes for a hyphen that ends a line; Chrome leaves it out of what it copies.
_HYPHEN = "\ufffe"


def copied_by_poppler(pdf: bytes) -> list[str]:
    """Return the text of each page."""
    assert POPPLER is not None
    done = subprocess.run([POPPLER, "-", "-"], input=pdf, check=True, capture_output=True)
    return done.stdout.decode().split("\f")[:-1]


def copied_by_pdfium(pdf: bytes) -> list[str]:
    """Return the text of each page, as Chrome copies it."""
    return [page.text.replace(_HYPHEN, "") for page in read_pages(pdf)]


def without_line_ends(copied: str, typed: str) -> str:
    """Return what was copied with its line ends taken out, or a blank in their place where one was typed there."""
    found = ""
    for line in copied.replace("\r", "").strip("\n").split("\n"):
        found += " " + line if found and typed.startswith(found + " ") else line
    return found
