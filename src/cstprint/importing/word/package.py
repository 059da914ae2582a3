"""A Word file as a package: its parts by name, read within limits, and what each part refers to.

Nothing is written while a package is read, and no name in it becomes a path: parts are looked up by whole names.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from cstprint.diagnostics import Diagnostic, Message, Result, error, msg
from cstprint.importing.word.xml import BrokenXmlError, parse_xml

#: Limits: a Word file with a hundred photographs has 300 MB, the text of a book 5 MB of XML.
MAX_BYTES = 400_000_000
MAX_TOTAL_BYTES = 800_000_000
MAX_XML_BYTES = 40_000_000
MAX_PARTS = 10_000
#: So many times as large as in the package may a part be that is larger than 1 MB: XML of Word's has 10 to 60 times.
MAX_RATIO = 400
_RATIO_FROM = 1_000_000

_SAVE_AS = msg("Open it in Word, WPS or LibreOffice, and save it as a Word document (.docx).")
_ASK_AGAIN = msg("Ask for the file again, or open it in Word, which can repair it, and save it.")
_OLE = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to: a part by its whole name, or with ``external`` an address outside."""

    kind: str
    target: str
    external: bool = False


class UnreadableError(Exception):
    """A Word file that is not read."""

    def __init__(self, message: Message, hint: Message | None = None, code: str = "CST-I010"):
        super().__init__(str(message))
        self.message, self.hint, self.code = message, hint, code


@dataclass(slots=True)
class Package:
    """The parts of a Word file; ``broken`` has the XML parts that were not read, and why."""

    archive: zipfile.ZipFile
    broken: dict[str, Message] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)
    _trees: dict[str, Element | None] = field(default_factory=dict)
    _relations: dict[str, Mapping[str, Relation]] = field(default_factory=dict)
    _read: int = 0

    def __post_init__(self) -> None:
        # Names of parts are the same in upper and lower case (ECMA-376, part 2, 6.2.2.2.4).
        self._names = {name.lower(): name for name in self.archive.namelist() if not name.endswith("/")}

    def names(self) -> Iterator[str]:
        """Yield the names of all parts."""
        return iter(self._names.values())

    def has(self, name: str) -> bool:
        """Return whether there is a part of this name."""
        return name.lower() in self._names

    def data(self, name: str, limit: int = MAX_TOTAL_BYTES) -> bytes | None:
        """Return the bytes of a part; ``None`` without one. Raises ``UnreadableError``."""
        actual = self._names.get(name.lower())
        if actual is None:
            return None
        limit = min(limit, MAX_TOTAL_BYTES - self._read)
        try:
            with self.archive.open(actual) as stream:
                data = stream.read(limit + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            RuntimeError,
            OSError,
        ) as exception:
            raise UnreadableError(
                msg("The Word file is damaged: its part “{part}” cannot be unpacked.", part=actual),
                _ASK_AGAIN,
            ) from exception
        if len(data) > limit:
            raise _too_much(msg("its part “{part}” is too large", part=actual))
        self._read += len(data)
        return data

    def tree(self, name: str) -> Element | None:
        """Return the root of a part of XML; ``None`` where there is none, or none that can be read."""
        if name not in self._trees:
            try:
                data = self.data(name, MAX_XML_BYTES)
                self._trees[name] = None if data is None else parse_xml(data)
            except BrokenXmlError as exception:
                if exception.unsafe:
                    raise _too_much(
                        msg("in its part “{part}”: {reason}", part=name, reason=exception.reason)
                    ) from exception
                self._trees[name], self.broken[name] = None, exception.reason
        return self._trees[name]

    def relations(self, name: str) -> Mapping[str, Relation]:
        """Return what a part refers to, by the ids that it uses."""
        if name not in self._relations:
            folder, _, file = name.rpartition("/")
            root = self.tree(f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels")
            nodes = root if root is not None else ()
            self._relations[name] = {
                one.get("Id", ""): _relation(one, folder) for one in nodes if one.get("Id")
            }
        return self._relations[name]

    def related(self, name: str, kind: str) -> str | None:
        """Return the name of the first part of a kind that ``name`` refers to."""
        relations = self.relations(name).values()
        return next((one.target for one in relations if one.kind == kind and not one.external), None)


def open_package(path: Path, data: bytes) -> Result[Package]:
    """Return the package of a file's bytes, or the error that says what the file is instead."""
    try:
        return Result(_opened(data))
    except UnreadableError as exception:
        return Result(None, (refusal(path, exception),))


def refusal(path: Path, exception: UnreadableError) -> Diagnostic:
    """Return the error that a Word file is not read."""
    return error(exception.code, exception.message, subject=str(path), hint=exception.hint)


def _opened(data: bytes) -> Package:
    if len(data) > MAX_BYTES:
        raise _too_much(msg("it is larger than {limit} MB", limit=MAX_BYTES // 1_000_000))
    if foreign := _foreign(data):
        raise UnreadableError(*foreign)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as exception:
        whole = msg("The Word file is damaged: it is incomplete, or its list of parts is broken.")
        raise UnreadableError(whole, _ASK_AGAIN) from exception
    if len(infos) > MAX_PARTS:
        raise _too_much(msg("it has more than {limit} parts", limit=MAX_PARTS))
    if any(info.flag_bits & 1 for info in infos):
        raise UnreadableError(_LOCKED, _UNLOCK)
    if any(info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in infos):
        raise UnreadableError(msg("The Word file uses a compression that Word does not use."), _SAVE_AS)
    if sum(info.file_size for info in infos) > MAX_TOTAL_BYTES:
        raise _too_much(msg("unpacked it has more than {limit} MB", limit=MAX_TOTAL_BYTES // 1_000_000))
    for info in infos:
        if info.file_size > _RATIO_FROM and info.file_size > MAX_RATIO * max(1, info.compress_size):
            raise _too_much(
                msg(
                    "its part “{part}” unpacks to {ratio} times its size",
                    part=info.filename,
                    ratio=info.file_size // max(1, info.compress_size),
                )
            )
    package = Package(archive)
    _check_kind(package)
    return package


def document_of(package: Package) -> str:
    """Return the name of the part that holds the text. Raises ``UnreadableError``."""
    name = package.related("", "officeDocument") or "word/document.xml"
    root = package.tree(name)
    if name in package.broken:
        reason = package.broken[name]
        raise UnreadableError(
            msg("The Word file is damaged in its part “{part}”: {reason}.", part=name, reason=reason),
            _ASK_AGAIN,
        )
    if root is None or root.tag != "w:document":
        missing = msg("This is not a Word document: the package has no text (word/document.xml).")
        raise UnreadableError(missing, _ASK_AGAIN)
    return name


_LOCKED = msg("The Word file is locked with a password.")
_UNLOCK = msg("Open it in Word, remove the password (File › Info › Protect Document), and save it.")
_PAGE = msg("This is not a .docx file but a web page that Word wrote.")
#: What else is sent as a Word file, by how its bytes begin, in lower case.
_FOREIGN: tuple[tuple[bytes, Message], ...] = (
    (b"{\\rtf", msg("This is not a .docx file but Rich Text (RTF).")),
    (b"%pdf-", msg("This is not a .docx file but a PDF.")),
    (b"<?mso-application", msg("This is not a .docx file but XML of Word 2003.")),
    (b"<html", _PAGE),
    (b"<!doctype html", _PAGE),
    (b"mime-version", _PAGE),
    (b"\x89png", msg("This is not a .docx file but a picture.")),
    (b"\xff\xd8\xff", msg("This is not a .docx file but a picture.")),
)


def _foreign(data: bytes) -> tuple[Message, Message] | None:
    """Return what a file is that is no package, and what to do."""
    if not data:
        return msg("The file is empty."), _ASK_AGAIN
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return _LOCKED, _UNLOCK
        return msg("This is not a .docx file but a document of Word 97–2003 (.doc), or of WPS."), _SAVE_AS
    head = data[:400].lstrip(b"\xef\xbb\xbf \r\n").lower()
    known = next((message for start, message in _FOREIGN if head.startswith(start)), None)
    if known is None and not data.startswith(b"PK"):
        return msg("This is not a Word file: it is not a package (ZIP)."), _ASK_AGAIN
    return (known, _SAVE_AS) if known is not None else None


def _check_kind(package: Package) -> None:
    """Refuse other documents that are packages, by name."""
    others = {
        "xl/workbook.xml": msg("This is not a .docx file but an Excel workbook."),
        "ppt/presentation.xml": msg("This is not a .docx file but a presentation."),
        "content.xml": msg("This is not a .docx file but an OpenDocument file (.odt)."),
    }
    for name, message in others.items():
        if package.has(name) and not package.has("word/document.xml"):
            raise UnreadableError(message, _SAVE_AS)


def _too_much(reason: Message) -> UnreadableError:
    message = msg("The Word file is not read: {reason}.", reason=reason)
    hint = msg(
        "If it is from a person that you know: copy its text into a new document, and save this document."
    )
    return UnreadableError(message, hint, "CST-I011")


def _relation(node: Element, folder: str) -> Relation:
    kind = node.get("Type", "").rpartition("/")[2]
    target = node.get("Target", "")
    if node.get("TargetMode") == "External":
        return Relation(kind, target, external=True)
    steps = [] if target.startswith("/") else folder.split("/") if folder else []
    for step in unquote(target).split("/"):
        if step == "..":
            steps = steps[:-1] if steps else [".."]  # leads out: no part has such a name
        elif step not in ("", "."):
            steps.append(step)
    return Relation(kind, "/".join(steps))
