"""What may be read during layout: the issue's prepared pictures and files of the layout's chain, nothing else.

Addresses are ``cst://render/issue/PATH`` and ``cst://render/layout/NAME/PATH``. Every step of a path is opened
from its parent without following links, so no ``../`` and no link leads out; there is no network.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib import parse
from urllib.parse import unquote, urlsplit

from weasyprint.urls import URLFetcher, URLFetcherResponse

from cstprint.diagnostics import Diagnostic, Message, error, msg, reason_of
from cstprint.pictures.prepare import check_decodes
from cstprint.pictures.prepared import PreparedPicture

SCHEME = "cst"
BASE_URL = f"{SCHEME}://render/"
MAX_FILE_BYTES = 200_000_000
TYPES = {
    ".css": "text/css",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}

for _known in (parse.uses_relative, parse.uses_netloc):
    if SCHEME not in _known:
        _known.append(SCHEME)


class Refused(Exception):  # noqa: N818 - what it is, not an error of ours
    """An address that may not be read, and why."""

    def __init__(self, reason: Message):
        super().__init__(str(reason))
        self.reason = reason


class Fetcher(URLFetcher):  # type: ignore[misc]
    """Reads what may be read and keeps an error for each address that may not.

    With ``pictures``, by their paths, these are all that there is of the issue, and its folder is not read.
    """

    def __init__(
        self,
        issue: Path,
        layouts: Mapping[str, Path],
        pictures: Mapping[str, PreparedPicture] | None = None,
    ):
        super().__init__(allowed_protocols=(SCHEME,), allow_redirects=False)
        self._issue = issue
        self._layouts = layouts
        self._pictures = pictures
        self.refusals: list[Diagnostic] = []

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ARG002 - the base's signature
        """Return what stands at ``url``; a refusal is kept as an error and raised as ``ValueError``."""
        try:
            return self._read(url)
        except (Refused, OSError) as exception:
            reason = exception.reason if isinstance(exception, Refused) else reason_of(exception)
            address = url if len(url) <= 120 else url[:119] + "…"
            hint = msg("Layouts and issues use files of their own folders only.")
            self.refusals.append(
                error(
                    "CST-E003",
                    msg("“{address}” cannot be read: {reason}.", address=address, reason=reason),
                    hint=hint,
                )
            )
            raise ValueError(f"refused: {reason}") from None

    def _read(self, url: str) -> URLFetcherResponse:
        if not url.startswith(BASE_URL):
            raise Refused(msg("the address is outside the issue and the layout"))
        steps = [unquote(step) for step in urlsplit(url).path.split("/") if step]
        folder, inner = self._folder(steps)
        if self._pictures is not None and steps[0] == "issue":
            picture = self._pictures.get("/".join(inner))
            if picture is None:
                raise Refused(msg("it is not a picture of the issue"))
            return URLFetcherResponse(url, picture.data, {"Content-Type": picture.media_type})
        kind = TYPES.get(Path(inner[-1]).suffix.lower()) if inner else None
        if kind is None:
            raise Refused(msg("this kind of file is not used here"))
        data = read_below(folder, inner)
        problem = check_decodes(data, Path(inner[-1]).suffix) if kind.startswith("image/") else None
        if problem is not None:
            raise Refused(problem)
        return URLFetcherResponse(url, data, {"Content-Type": kind})

    def _folder(self, steps: list[str]) -> tuple[Path, list[str]]:
        match steps:
            case ["issue", *inner]:
                return self._issue, inner
            case ["layout", name, *inner] if name in self._layouts:
                return self._layouts[name], inner
        raise Refused(msg("there is no such place"))


def read_below(folder: Path, steps: list[str]) -> bytes:
    """Return the bytes of a regular file below ``folder``; raises ``OSError`` or ``Refused``."""
    if any(step in (".", "..") or "/" in step or "\0" in step for step in steps):
        raise Refused(msg("the path leaves its folder"))
    handles = [os.open(folder, os.O_RDONLY | os.O_DIRECTORY)]
    try:
        for step in steps[:-1]:
            handles.append(os.open(step, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=handles[-1]))
        # O_NONBLOCK: opening a pipe must not wait for its other end.
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
        handles.append(os.open(steps[-1], flags, dir_fd=handles[-1]))
        facts = os.fstat(handles[-1])
        if not stat.S_ISREG(facts.st_mode):
            raise Refused(msg("it is not a regular file"))
        if facts.st_size > MAX_FILE_BYTES:
            raise Refused(msg("it is too large"))
        with os.fdopen(handles.pop(), "rb") as stream:
            return stream.read(MAX_FILE_BYTES)
    finally:
        for handle in handles:
            os.close(handle)
