"""Files to text: size, encoding and kind are checked before anything is parsed."""

from __future__ import annotations

import codecs
from pathlib import Path

from cstprint.diagnostics import Diagnostic, Message, Result, error, msg, reason_of
from cstprint.source import SourceFile

#: An issue's text is some 20 kB; a whole year's volume stays below 2 MB. 8 MB is far beyond both.
MAX_TEXT_BYTES = 8_000_000

_WIDE_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def shown_path(path: Path) -> Path:
    """Return ``path`` as a person standing in the current folder would write it."""
    try:
        return path.resolve().relative_to(Path.cwd())
    except (ValueError, OSError):
        return path


def read_source(path: Path) -> Result[SourceFile]:
    """Return the text of the file at ``path``: UTF-8, regular, at most 8 MB, no NUL; LF line ends."""
    shown = shown_path(path)

    def refuse(code: str, message: Message, hint: Message | None = None) -> Result[SourceFile]:
        return Result(None, (error(code, message, subject=str(shown), hint=hint),))

    problem = _wrong_kind(path, shown)
    if problem:
        return Result(None, (problem,))
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_TEXT_BYTES + 1)
    except OSError as exception:
        return refuse("CST-Y002", msg("The file cannot be read: {reason}.", reason=reason_of(exception)))
    if len(data) > MAX_TEXT_BYTES:
        return refuse(
            "CST-Y003", msg("The file is larger than {limit} MB.", limit=MAX_TEXT_BYTES // 1_000_000)
        )
    if data.startswith(_WIDE_MARKS):
        return refuse(
            "CST-Y004",
            msg("The file is not UTF-8 but UTF-16 or UTF-32."),
            msg("Save it again as UTF-8 in your editor."),
        )
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as exception:
        return Result(None, (_not_utf8(shown, data, exception.start),))
    return Result(SourceFile(shown, text.replace("\r\n", "\n").replace("\r", "\n")))


def _wrong_kind(path: Path, shown: Path) -> Diagnostic | None:
    if path.is_dir():
        return error("CST-Y001", msg("This is a folder where a file is expected."), subject=str(shown))
    if not path.exists():
        return error("CST-Y001", msg("There is no such file."), subject=str(shown))
    if not path.is_file():  # a pipe or a device could block for ever or never end
        return error("CST-Y001", msg("This is not a regular file."), subject=str(shown))
    return None


def _not_utf8(shown: Path, data: bytes, offset: int) -> Diagnostic:
    """Return an error that points at the first byte that is not UTF-8 and guesses the encoding."""
    # What cannot be decoded is shown as U+FFFD, so that the excerpt has something under the caret.
    file = SourceFile(shown, data.decode("utf-8", errors="replace").replace("\r\n", "\n"))
    span = file.place_of(len(data[:offset].decode("utf-8").replace("\r\n", "\n")))
    hint = msg("Save it again as UTF-8 in your editor.")
    if _looks_like_gb18030(data):
        hint = msg("It looks like GB 18030 (GBK). Save it again as UTF-8 in your editor.")
    return error("CST-Y004", msg("The file is not UTF-8."), span=span, hint=hint)


def _looks_like_gb18030(data: bytes) -> bool:
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    han = sum("\u4e00" <= c <= "\u9fff" for c in text)
    return han > 0 and "\x00" not in text
