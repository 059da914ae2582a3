"""One document, or a folder of articles, to the files of an issue: the order of the steps."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cstprint.diagnostics import Diagnostic, Message, Result, error, msg, note
from cstprint.importing.captions import with_captions
from cstprint.importing.cleaning import KINDS, Cleaner
from cstprint.importing.document import Document, Issue, Text
from cstprint.importing.html import read_html
from cstprint.importing.keys import date_of, identity_of, language_of, number_of, parts_of
from cstprint.importing.markdown import read_markdown
from cstprint.importing.page_source import name_of, read_page
from cstprint.importing.pictures import Pictures
from cstprint.importing.structure import Structuring
from cstprint.importing.writing import issue_text
from cstprint.reading.files import read_source, shown_path
from cstprint.source import SourceFile, Span
from cstprint.web import Web

_PAGES = (".html", ".htm", ".xhtml")
SUFFIXES = (".md", ".markdown", ".mkd", ".mdown", ".txt", *_PAGES)
#: How many files a folder of articles may have.
MAX_FILES = 500
#: The line of ``issue.yaml`` that says what it was made of.
_MADE_OF = "Imported from {name}, sha256 {digest}"
MADE_OF = re.compile(r"^# Imported from .*, sha256 ([0-9a-f]{64})$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line asks for; keys that are empty are guessed."""

    layout: str
    language: str = ""
    date: str = ""
    number: str = ""
    keep: bool = False
    download: bool = False


@dataclass(frozen=True, slots=True)
class Brought:
    """The files of an issue by their paths in its folder, and the id that it should have."""

    identity: str
    digest: str
    files: Mapping[str, bytes]
    articles: int
    pictures: int


def bring(source: Path | str, wishes: Wishes, last: Mapping[str, str], web: Web) -> Result[Brought]:
    """Return the issue that a file, a folder of them or the page at an address becomes.

    With it comes all that was guessed, cleaned and left out. ``last`` has the keys that the project's other issues
    share: the periodical's title and publisher. ``web`` fetches what is asked for: the page, and pictures by wish.
    """
    opened = _opened(source, web)
    if opened.value is None:
        return Result(None, opened.diagnostics)
    origin = opened.value
    digest = hashlib.sha256("\0".join(file.text for file in origin.files).encode()).hexdigest()
    cleaner = Cleaner()
    documents = [
        (file.path.stem, _cleaned(origin.document(file), None if wishes.keep else cleaner))
        for file in origin.files
    ]
    found = [one for _, document in documents for one in document.found]
    structuring = Structuring()
    if origin.is_folder:
        issue, meta = structuring.of_folder(documents), {}
    else:
        only = documents[0][1]
        issue, meta = structuring.of_document(only, origin.name), dict(only.meta)
    found += [*structuring.found, *_cleanings(cleaner, origin.files[0])]
    if not any(article.body for article in issue.articles):
        problem = msg("There is no text in it.")
        return Result(None, (*found, error("CST-I002", problem, subject=origin.shown)))
    fetch = (lambda address: web.fetch(address).data) if wishes.download else None
    pictures = Pictures(origin.folder, origin.address, fetch)
    pictures.take(issue)
    guesses = _fill_keys(issue, meta, origin.name, wishes, last)
    start = _start(origin.files[0])
    found += [*pictures.remarks(), *(note("CST-I005", guess, span=start) for guess in guesses)]
    text = issue_text(issue, _MADE_OF.format(name=" ".join(origin.full_name.split()), digest=digest))
    brought = Brought(
        identity_of(origin.name, issue.keys.get("date", ""), issue.keys.get("number", "")),
        digest,
        {"issue.yaml": text.encode("utf-8"), **dict(sorted(pictures.files.items()))},
        len(issue.articles),
        len(pictures.files),
    )
    return Result(brought, tuple(found))


@dataclass(frozen=True, slots=True)
class _Origin:
    """What is imported: its texts, what it is called, and where its pictures are."""

    files: Sequence[SourceFile]
    name: str
    full_name: str
    shown: str
    #: Below it are its pictures; nothing of what is on the web, at ``address``.
    folder: Path | None
    address: str = ""
    is_folder: bool = False

    def document(self, file: SourceFile) -> Document:
        """Return what one of its texts holds."""
        suffix = file.path.suffix.lower()
        is_page = suffix in _PAGES or (bool(self.address) and suffix not in SUFFIXES)
        return read_html(file) if is_page else read_markdown(file)


def _opened(source: Path | str, web: Web) -> Result[_Origin]:
    if isinstance(source, str):
        page = read_page(source, web.fetch)
        if page.value is None:
            return Result(None, page.diagnostics)
        return Result(_Origin(page.value, name_of(source), source, source, None, source))
    read = _read(source)
    if read.value is None:
        return Result(None, read.diagnostics)
    is_folder = source.is_dir()
    full_name, shown = source.resolve().name, str(shown_path(source))
    name, folder = (full_name, source) if is_folder else (source.stem, source.parent)
    return Result(_Origin(read.value, name, full_name, shown, folder, is_folder=is_folder))


def _read(source: Path) -> Result[list[SourceFile]]:
    """Return the files that the source is or holds, in the order of their names."""
    shown = str(shown_path(source))
    try:
        mode = os.stat(source).st_mode  # noqa: PTH116 - a link may be named, as with every program
    except (OSError, ValueError):
        return Result(None, (error("CST-I001", msg("There is no such file or folder."), subject=shown),))
    paths = [source]
    if stat.S_ISDIR(mode):
        paths = sorted(
            (path for path in source.iterdir() if path.suffix.lower() in SUFFIXES and path.is_file()),
            key=_natural,
        )
        if not paths:
            problem = msg("There is no file of Markdown or HTML in this folder.")
            return Result(None, (error("CST-I001", problem, subject=shown),))
        if len(paths) > MAX_FILES:
            problem = msg(
                "There are more than {limit} files of Markdown and HTML in this folder.", limit=MAX_FILES
            )
            return Result(None, (error("CST-I001", problem, subject=shown),))
    elif source.suffix.lower() not in SUFFIXES:
        problem = msg("Files of this kind cannot be imported yet: “{suffix}”.", suffix=source.suffix)
        hint = msg(
            "Markdown and web pages can be: {suffixes}. From Word, save as Markdown first (pandoc FILE -o FILE.md).",
            suffixes=SUFFIXES,
        )
        return Result(None, (error("CST-I001", problem, subject=shown, hint=hint),))
    read = [read_source(path.resolve() if path.is_symlink() and path == source else path) for path in paths]
    found = tuple(one for result in read for one in result.diagnostics)
    files = [result.value for result in read if result.value is not None]
    return Result(files if len(files) == len(paths) else None, found)


def _natural(path: Path) -> list[object]:
    """Return a key that sorts 2.md before 10.md."""
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", path.name)]


def _cleaned(document: Document, cleaner: Cleaner | None) -> Document:
    pieces = with_captions(document.pieces)
    return replace(document, pieces=tuple(map(cleaner.piece, pieces) if cleaner else pieces))


def _cleanings(cleaner: Cleaner, file: SourceFile) -> Iterator[Diagnostic]:
    for kind, message in KINDS.items():
        if count := cleaner.counts[kind]:
            yield note(
                "CST-I007",
                msg("Cleaned: {kind} ({count}).", kind=message, count=count),
                span=_start(file),
                hint=msg("--keep leaves them as they are."),
            )


def _start(file: SourceFile) -> Span:
    return file.place_of(0)


def _fill_keys(
    issue: Issue, meta: Mapping[str, str], name: str, wishes: Wishes, last: Mapping[str, str]
) -> Sequence[Message]:
    """Fill the keys of the issue, and return what about them needs a look."""
    guesses: list[Message] = []
    texts = [piece.markdown for piece in issue.cover[:3] if isinstance(piece, Text)]
    said_date, said_number = meta.get("date", ""), meta.get("number", "") or meta.get("issue", "")
    date = wishes.date or date_of(said_date, issue.headline, name, *texts)
    number = (
        wishes.number
        or (said_number if said_number.isdigit() else "")
        or number_of(name, issue.headline, *texts)
    )
    if not date and not number:
        number = "1"
        issue.guessed.add("number")
        guesses.append(msg("Neither date nor number was found; number: 1 stands in."))
    title = last.get("title", "")
    if parts := parts_of(issue.headline):
        title, _, issue.headline = parts
    elif not title:
        title = issue.headline or name
        issue.guessed.add("title")
        guesses.append(msg("The periodical's name is not known: look at title."))
    publisher = last.get("publisher") or meta.get("author") or title
    if not last.get("publisher"):
        issue.guessed.add("publisher")
        guesses.append(msg("Who publishes it is not known: look at publisher."))
    issue.keys = {
        "layout": wishes.layout,
        "language": wishes.language or language_of(issue, meta),
        "title": title,
        "publisher": publisher,
        "date": date,
        "number": number,
    }
    if issue.headline == title:
        issue.headline = ""
    return guesses
