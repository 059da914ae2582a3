"""The pictures of an imported issue: files below the folder of the source, by names of their own in ``images/``."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, unquote_to_bytes, urljoin, urlsplit

from cstprint.blocks.common.links import is_remote
from cstprint.diagnostics import Diagnostic, Message, msg, note, places_of, some, warning
from cstprint.importing.document import Issue, Picture, Text
from cstprint.pictures.kinds import kind_of
from cstprint.pictures.prepare import MAX_BYTES
from cstprint.pictures.prepared import UnprintableError
from cstprint.reading.files import Refused, read_below
from cstprint.source import Span
from cstprint.web import NotFetchedError, is_address

#: So many addresses are listed.
_SHOWN = 12
FOLDER = "images"
_DATA = re.compile(r"data:image/[\w.+-]+(?P<coded>;base64)?,(?P<data>.*)", re.DOTALL)
#: Addresses of pictures within a text, as they are typed.
_IN_TEXT = re.compile(
    r"(?P<before>!\[[^\[\]]*\]\(\s*<?|<img\b[^<>]*?\bsrc\s*=\s*[\"']?)(?P<address>[^\s\"'<>()]+(?:\([^\s()]*\)[^\s\"'<>()]*)*)"
)


@dataclass(slots=True)
class Pictures:
    """Finds the pictures below ``folder``; ``files`` are their bytes by the paths in the issue's folder.

    ``embedded`` are those that the document itself holds, by their addresses; ``None`` for one that it lacks.
    """

    #: Nothing where the document is from the web, at ``base``.
    folder: Path | None
    base: str = ""
    #: Gives the file at an address of the web, or raises ``NotFetchedError``; nothing where none is to be fetched.
    fetch: Callable[[str], bytes] | None = None
    embedded: Mapping[str, bytes | None] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    missing: list[tuple[str, Span]] = field(default_factory=list)
    remote: list[tuple[str, Span]] = field(default_factory=list)
    refused: list[tuple[str, Message, Span]] = field(default_factory=list)
    #: The paths in the issue's folder of what was fetched, by its address.
    fetched: dict[str, str] = field(default_factory=dict)
    _known: dict[str, str] = field(default_factory=dict)
    #: Why an address of the web gave no picture: none is asked for twice.
    _reasons: dict[str, Message] = field(default_factory=dict)

    def take(self, issue: Issue) -> None:
        """Take the pictures of an issue, and name in it the files that they become.

        One that has no file stays in the text, where it is printed as a frame; a block would be an error.
        """
        intros = (section.intro for section in issue.sections)
        for pieces in (issue.cover, *intros, *(article.body for article in issue.articles)):
            for number, piece in enumerate(pieces):
                if isinstance(piece, Text):
                    pieces[number] = replace(
                        piece, markdown=_IN_TEXT.sub(self._in_text(piece), piece.markdown)
                    )
                    continue
                address = self._whole(piece.address)
                path = self._named(address, piece.span)
                if path in self.files:
                    source = address if address in self.fetched else ""
                    pieces[number] = replace(piece, address=path, source=source)
                else:
                    pieces[number] = Text(_frame(replace(piece, address=address)), piece.span)

    def _in_text(self, text: Text) -> Callable[[re.Match[str]], str]:
        def named(match: re.Match[str]) -> str:
            return match["before"] + self._named(self._whole(match["address"]), text.span)

        return named

    def _whole(self, address: str) -> str:
        """Return an address with what the document's own gives it."""
        if address.startswith("//"):
            return f"{self.base.partition(':')[0] or 'https'}:{address}"
        return urljoin(self.base, address) if self.base else address

    def _named(self, address: str, span: Span) -> str:
        """Return the path of a picture in the issue's folder; the address itself where there is none."""
        if address in self._known:
            return self._known[address]
        data = self._read(address, span)
        if data is None:
            return address
        name = (
            "picture.png"
            if address.startswith("data:")
            else PurePosixPath(unquote(address).partition("?")[0]).name
        )
        self._known[address] = path = self._file(name, data)
        if is_address(address):
            self.fetched[address] = path
        return path

    def _read(self, address: str, span: Span) -> bytes | None:
        if address in self.embedded:
            return self.embedded[address]
        if match := _DATA.fullmatch(address):
            try:
                return base64.b64decode(match["data"]) if match["coded"] else unquote_to_bytes(match["data"])
            except binascii.Error:
                self.missing.append((address[:40], span))
                return None
        path = unquote(address).partition("?")[0].partition("#")[0].replace("\\", "/")
        if is_address(address):
            return self._fetched(address, span)
        steps = [step for step in path.split("/") if step not in ("", ".")]
        try:
            if is_remote(path) or not steps or self.folder is None:
                raise FileNotFoundError
            return read_below(self.folder, steps, MAX_BYTES)
        except (OSError, Refused, ValueError):
            self.missing.append((address, span))
            return None

    def _fetched(self, address: str, span: Span) -> bytes | None:
        """Return the bytes of a picture from the web; ``None`` if fetching is off, fails, or gives no picture."""
        if self.fetch is None:
            self.remote.append((address, span))
            return None
        if address not in self._reasons:
            try:
                data = self.fetch(address)
                kind_of(data, PurePosixPath(urlsplit(address).path).suffix)
            except NotFetchedError as problem:
                self._reasons[address] = problem.reason
            except UnprintableError as problem:
                self._reasons[address] = problem.message
            else:
                return data
        self.refused.append((address, self._reasons[address], span))
        return None

    def _file(self, name: str, data: bytes) -> str:
        """Return the path of a file with these bytes; the same bytes are one file."""
        stem, suffix = PurePosixPath(name).stem, PurePosixPath(name).suffix
        try:
            suffix = (
                suffix if suffix.lower() in (kind := kind_of(data, suffix)).suffixes else kind.suffixes[0]
            )
        except UnprintableError:
            suffix = suffix or ".png"  # the render says what is wrong with it
        stem = re.sub(r"[^\w-]+", "-", stem).strip("-_")[:60] or "picture"
        path = f"{FOLDER}/{stem}{suffix.lower()}"
        if self.files.get(path, data) != data:
            path = f"{FOLDER}/{stem}-{hashlib.sha256(data).hexdigest()[:6]}{suffix.lower()}"
        self.files[path] = data
        return path

    def remarks(self) -> list[Diagnostic]:
        """Return what was fetched and what was not, what is missing, and what stands elsewhere."""
        found = []
        if self.fetched:
            paths = sorted(set(self.fetched.values()))
            size = round(sum(len(self.files[path]) for path in paths) / 1e6, 1)
            found.append(
                note("CST-I021", msg("Downloaded pictures: {count}, {size} MB.", count=len(paths), size=size))
            )
        found += [
            warning(
                "CST-I020",
                msg(
                    "This picture was not downloaded: {address}: {reason}",
                    address=address[:300],
                    reason=reason,
                ),
                span=span,
                hint=msg("A box is printed in its place. Save the picture into images/ and name the file."),
            )
            for address, reason, span in self.refused
        ]
        if self.remote:
            found.append(
                warning(
                    "CST-I003",
                    msg(
                        "These pictures are on the web and were not downloaded: {addresses}",
                        addresses=_addresses(self.remote),
                    ),
                    span=self.remote[0][1],
                    hint=msg(
                        "A box is printed in the place of each. Download them with --download, or save them "
                        "into images/ and name the files."
                    ),
                )
            )
        if self.missing:
            found.append(
                warning(
                    "CST-I004",
                    msg("These pictures do not exist: {addresses}", addresses=_addresses(self.missing)),
                    span=self.missing[0][1],
                    hint=msg(
                        "A box is printed in the place of each. Places: {places}.",
                        places=places_of([span for _, span in self.missing]),
                    ),
                )
            )
        return found


def _frame(picture: Picture) -> str:
    """Return a picture as Markdown."""
    title = (picture.label + picture.caption).replace('"', "”")
    alt = re.sub(r"([\[\]])", r"\\\1", picture.alt)
    return f'![{alt}](<{picture.address}> "{title}")' if title else f"![{alt}](<{picture.address}>)"


def _addresses(named: list[tuple[str, Span]]) -> tuple[object, ...]:
    return some(list(dict.fromkeys(address for address, _ in named)), _SHOWN)
