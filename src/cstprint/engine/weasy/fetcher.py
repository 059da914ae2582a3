"""What may be read during layout: the issue's prepared pictures and files of the layout's chain, nothing else.

Addresses are ``cst://render/issue/PATH`` and ``cst://render/layout/NAME/PATH``. Every step of a path is opened
from its parent without following links, so no ``../`` and no link leads out; there is no network.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from weasyprint.urls import URLFetcher, URLFetcherResponse

from cstprint.css.languages import with_rules_of_english
from cstprint.diagnostics import Diagnostic, Message, error, msg, reason_of
from cstprint.engine.weasy.addresses import BASE_URL, SCHEME
from cstprint.pictures.prepare import layouts_picture
from cstprint.pictures.prepared import PreparedPicture, UnprintableError
from cstprint.reading.files import Refused, read_below

MAX_FILE_BYTES = 200_000_000
#: A long chain of layouts has some twenty. Sheets that import each other would never end.
MAX_STYLE_SHEETS = 100
TYPES = {
    ".css": "text/css",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".svg": "image/svg+xml",
}


_OTHER_KIND = msg("this kind of file is not used here")


class _Unprintable(Refused):
    """A picture that cannot be printed, and what to do about it."""

    def __init__(self, problem: UnprintableError):
        super().__init__(problem.message)
        self.hint = problem.hint


class Fetcher(URLFetcher):  # type: ignore[misc]
    """Reads what may be read and keeps an error for each address that may not.

    With ``pictures``, by their paths, these are all that there is of the issue, and its folder is not read. The rules
    for English of style sheets are for the languages of the tags ``like_english``, too.
    """

    def __init__(
        self,
        issue: Path,
        layouts: Mapping[str, Path],
        pictures: Mapping[str, PreparedPicture] | None = None,
        like_english: Sequence[str] = (),
    ):
        super().__init__(allowed_protocols=(SCHEME,), allow_redirects=False)
        self._issue = issue
        self._layouts = layouts
        self._pictures = pictures
        self._like_english = like_english
        self._style_sheets = 0
        self._told: set[str] = set()
        self.refusals: list[Diagnostic] = []

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ARG002 - the base's signature
        """Return what stands at ``url``; a refusal is kept as an error and raised as ``ValueError``."""
        try:
            return self._read(url)
        except (Refused, OSError) as exception:
            reason = exception.reason if isinstance(exception, Refused) else reason_of(exception)
            self._tell(url, reason, exception.hint if isinstance(exception, _Unprintable) else None)
            raise ValueError(f"refused: {reason}") from None

    def _tell(self, url: str, reason: Message, way_out: Message | None = None) -> None:
        """Keep an error for an address, once."""
        if url in self._told:
            return
        self._told.add(url)
        address = url if len(url) <= 120 else url[:119] + "…"
        problem = msg("“{address}” cannot be read: {reason}.", address=address, reason=reason)
        hint = way_out or msg("Layouts and issues use files of their own folders only.")
        if reason == _OTHER_KIND:
            hint = msg("Pictures of layouts are PNG, JPEG or SVG.")
        if reason == reason_of(FileNotFoundError(errno.ENOENT, "")):
            hint = msg("Put the file there, or correct the address.")
        self.refusals.append(error("CST-E003", problem, hint=hint))

    def _read(self, url: str) -> URLFetcherResponse:
        folder, inner = self._place(url)
        if self._pictures is not None and folder == self._issue:
            picture = self._pictures.get("/".join(inner))
            if picture is None:
                raise Refused(msg("it is not a picture of the issue"))
            return URLFetcherResponse(url, picture.data, {"Content-Type": picture.media_type})
        kind = TYPES.get(Path(inner[-1]).suffix.lower()) if inner else None
        if kind is None:
            raise Refused(_OTHER_KIND)
        if kind == "text/css":
            self._style_sheets += 1
            if self._style_sheets > MAX_STYLE_SHEETS:
                raise Refused(msg("there are more than {limit} style sheets", limit=MAX_STYLE_SHEETS))
        data = self._bytes(folder, inner)
        if kind.startswith("image/"):
            try:
                data = layouts_picture(data, Path(inner[-1]).suffix)
            except UnprintableError as problem:
                raise _Unprintable(problem) from None
        return URLFetcherResponse(url, data, {"Content-Type": kind})

    def look(self, url: str) -> bytes | None:
        """Return what stands at ``url``, if that may be read; nothing is counted, nothing told."""
        try:
            return self._bytes(*self._place(url))
        except (Refused, OSError, ValueError):
            return None

    def _bytes(self, folder: Path, inner: list[str]) -> bytes:
        data = read_below(folder, inner, MAX_FILE_BYTES)
        is_sheet = bool(inner) and TYPES.get(Path(inner[-1]).suffix.lower()) == "text/css"
        return with_rules_of_english(data, self._like_english) if is_sheet else data

    def _place(self, url: str) -> tuple[Path, list[str]]:
        """Return the folder that an address is in, and the steps from there; raises ``Refused``."""
        if not url.startswith(BASE_URL):
            raise Refused(msg("the address is outside the issue and the layout"))
        match [unquote(step) for step in urlsplit(url).path.split("/") if step]:
            case ["issue", *inner]:
                return self._issue, inner
            case ["layout", name, *inner] if name in self._layouts:
                return self._layouts[name], inner
        raise Refused(msg("there is no such place"))
