"""One document, or a folder of articles, to the files of an issue: the order of the steps."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cstprint.diagnostics import Diagnostic, Message, Result, error, msg, note, warning
from cstprint.importing.captions import with_captions
from cstprint.importing.cleaning import KINDS, Cleaner
from cstprint.importing.document import Document, Issue, Text
from cstprint.importing.html import read_html
from cstprint.importing.keys import date_of, identity_of, language_of, number_of, parts_of
from cstprint.importing.markdown import read_markdown
from cstprint.importing.page_source import name_of, read_page
from cstprint.importing.pictures import Pictures
from cstprint.importing.structure import Structuring
from cstprint.importing.word import reader as word
from cstprint.importing.word.package import MAX_BYTES as MAX_WORD_BYTES
from cstprint.importing.word.reader import WordFile, read_word
from cstprint.importing.writing import issue_text
from cstprint.reading.files import read_data, read_source, shown_path
from cstprint.source import SourceFile, Span
from cstprint.web import Web

_PAGES = (".html", ".htm", ".xhtml")
SUFFIXES = (".md", ".markdown", ".mkd", ".mdown", ".txt", *_PAGES, *word.SUFFIXES)
#: Older office documents: the Word reader says what each of them is, and what to do.
_OFFICE = (".doc", ".dot", ".wps", ".rtf", ".odt")
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
    found = [*opened.diagnostics, *(one for _, document in documents for one in document.found)]
    if any(one.is_error for one in found):
        return Result(None, tuple(found))
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
    embedded = {name: data for _, document in documents for name, data in document.files.items()}
    pictures = Pictures(origin.folder, origin.address, fetch, embedded)
    pictures.take(issue)
    guesses = _fill_keys(issue, meta, (origin.name, *documents[0][1].around), wishes, last)
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

    files: Sequence[SourceFile | WordFile]
    name: str
    full_name: str
    shown: str
    #: Below it are its pictures; nothing of what is on the web, at ``address``.
    folder: Path | None
    address: str = ""
    is_folder: bool = False

    def document(self, file: SourceFile | WordFile) -> Document:
        """Return what one of its texts holds."""
        if isinstance(file, WordFile):
            return read_word(file, f"{self.files.index(file) + 1}/" if self.is_folder else "")
        suffix = file.path.suffix.lower()
        is_page = suffix in _PAGES or (bool(self.address) and suffix not in SUFFIXES)
        return read_html(file) if is_page else read_markdown(file)


def _opened(source: Path | str, web: Web) -> Result[_Origin]:
    if isinstance(source, str):
        page = read_page(source, web.fetch)
        if page.value is None:
            return Result(None, page.diagnostics)
        return Result(_Origin(page.value, name_of(source), source, source, None, source), page.diagnostics)
    read = _read(source)
    if read.value is None:
        return Result(None, read.diagnostics)
    is_folder = source.is_dir()
    full_name, shown = source.resolve().name, str(shown_path(source))
    name, folder = (full_name, source) if is_folder else (source.stem, source.parent)
    origin = _Origin(read.value, name, full_name, shown, folder, is_folder=is_folder)
    return Result(origin, read.diagnostics)


def _read(source: Path) -> Result[list[SourceFile | WordFile]]:
    """Return the files that the source is or holds, in the order of their names."""
    shown = str(shown_path(source))
    try:
        mode = os.stat(source).st_mode  # noqa: PTH116 - a link may be named, as with every program
    except (OSError, ValueError):
        return Result(None, (error("CST-I001", msg("There is no such file or folder."), subject=shown),))
    paths = [source]
    others: list[Path] = []
    if stat.S_ISDIR(mode):
        inside = sorted(
            (path for path in source.iterdir() if path.is_file() and not _is_lock(path)), key=_natural
        )
        paths = [path for path in inside if path.suffix.lower() in SUFFIXES]
        others = [path for path in inside if path.suffix.lower() in _OFFICE]
        if not paths:
            problem = msg("There is no file of Markdown, HTML or Word (.docx) in this folder.")
            return Result(None, (error("CST-I001", problem, subject=shown),))
        if len(paths) > MAX_FILES:
            problem = msg("There are more than {limit} files to import in this folder.", limit=MAX_FILES)
            return Result(None, (error("CST-I001", problem, subject=shown),))
    elif source.suffix.lower() not in (*SUFFIXES, *_OFFICE):
        problem = msg("Files of this kind cannot be imported yet: “{suffix}”.", suffix=source.suffix)
        hint = msg("Markdown, web pages and Word files can be: {suffixes}.", suffixes=SUFFIXES)
        return Result(None, (error("CST-I001", problem, subject=shown, hint=hint),))
    read = [_read_one(path.resolve() if path.is_symlink() and path == source else path) for path in paths]
    found = [one for result in read for one in result.diagnostics]
    if others:
        names = tuple(path.name for path in others)
        hint = msg("Open them in Word, WPS or LibreOffice, and save them as Word documents (.docx).")
        found.append(
            warning(
                "CST-I001", msg("These files are not read: {names}", names=names), subject=shown, hint=hint
            )
        )
    files = [result.value for result in read if result.value is not None]
    return Result(files if len(files) == len(paths) else None, tuple(found))


def _read_one(path: Path) -> Result[SourceFile] | Result[WordFile]:
    if path.suffix.lower() not in (*word.SUFFIXES, *_OFFICE):
        return read_source(path)
    read = read_data(path, MAX_WORD_BYTES)
    return Result(None if read.value is None else WordFile(shown_path(path), read.value), read.diagnostics)


def _is_lock(path: Path) -> bool:
    """Return whether a file is what Word puts beside one that is open."""
    return path.name.startswith("~$")


def _natural(path: Path) -> list[object]:
    """Return a key that sorts 2.md before 10.md."""
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", path.name)]


def _cleaned(document: Document, cleaner: Cleaner | None) -> Document:
    pieces = with_captions(document.pieces)
    return replace(document, pieces=tuple(map(cleaner.piece, pieces) if cleaner else pieces))


def _cleanings(cleaner: Cleaner, file: SourceFile | WordFile) -> Iterator[Diagnostic]:
    for kind, message in KINDS.items():
        if count := cleaner.counts[kind]:
            yield note(
                "CST-I007",
                msg("Cleaned: {kind} ({count}).", kind=message, count=count),
                span=_start(file),
                hint=msg("--keep leaves them unchanged."),
            )


def _start(file: SourceFile | WordFile) -> Span:
    return file.place_of(0)


def _fill_keys(
    issue: Issue, meta: Mapping[str, str], names: Sequence[str], wishes: Wishes, last: Mapping[str, str]
) -> Sequence[Message]:
    """Fill the keys of the issue, and return what about them needs a look.

    ``names`` are that of the document and what stands around its text.
    """
    guesses: list[Message] = []
    name, *around = names
    texts = [piece.markdown for piece in issue.cover[:3] if isinstance(piece, Text)]
    said_date, said_number = meta.get("date", ""), meta.get("number", "") or meta.get("issue", "")
    date = wishes.date or date_of(said_date, issue.headline, name, *texts, *around)
    number = (
        wishes.number
        or (said_number if said_number.isdigit() else "")
        or number_of(name, issue.headline, *texts, *around)
    )
    if not date and not number:
        number = "1"
        issue.guessed.add("number")
        guesses.append(msg("Neither a date nor a number was found; number: 1 was written."))
    title = last.get("title", "")
    if parts := parts_of(issue.headline):
        title, _, issue.headline = parts
    elif not title:
        title = issue.headline or name
        issue.guessed.add("title")
        guesses.append(msg("The name of the periodical is not known: check title."))
    publisher = last.get("publisher") or meta.get("author") or title
    if not last.get("publisher"):
        issue.guessed.add("publisher")
        guesses.append(msg("The publisher is not known: check publisher."))
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
