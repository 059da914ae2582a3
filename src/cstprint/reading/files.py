"""Files to text: size, encoding and kind are checked before anything is parsed; no link is followed."""

from __future__ import annotations

import codecs
import os
import re
import stat
from collections.abc import Sequence
from pathlib import Path

from cstprint.diagnostics import Diagnostic, Message, Result, error, msg, reason_of
from cstprint.reading.journal import note
from cstprint.source import SourceFile

#: An issue's text is some 20 kB; a whole year's volume stays below 2 MB. 8 MB is far beyond both.
MAX_TEXT_BYTES = 8_000_000

_WIDE_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


#: O_NONBLOCK: opening a pipe must not wait for its other end.
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
_ENTER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
IS_LINK = msg("it is a symbolic link")
NOT_REGULAR = msg("it is not a regular file")
COPY_HERE = msg("Put the file itself there: symbolic links are not followed.")


#: Size, mtime (ns), inode and ctime (ns) of a file. Whoever changes a file can set its mtime, and not its ctime.
Marks = tuple[int, int, int, int]


def marks_of(facts: os.stat_result) -> Marks:
    """Return what tells whether a file is another now."""
    return facts.st_size, facts.st_mtime_ns, facts.st_ino, facts.st_ctime_ns


class Refused(Exception):  # noqa: N818 - what it is, not an error of ours
    """Something that may not be read, and why."""

    def __init__(self, reason: Message):
        super().__init__(str(reason))
        self.reason = reason


class TooLarge(Refused):
    """A file that has more bytes than may be read."""


def shown_path(path: Path) -> Path:
    """Return ``path`` as a person standing in the current folder would write it."""
    try:
        # The last step stays as it is: a link is shown itself, and not what it leads to.
        return (path.parent.resolve() / path.name).relative_to(Path.cwd())
    except (ValueError, OSError, RuntimeError):  # RuntimeError: links in a circle
        return path


def linked_folder(path: Path) -> Diagnostic:
    """Return the error that a folder of the project's is a link."""
    return error(
        "CST-U013",
        msg("A folder of the project is a symbolic link."),
        subject=str(shown_path(path)),
        hint=msg("Put the folder itself there: symbolic links are not followed."),
    )


def link_below(root: Path, path: Path) -> Path | None:
    """Return the first link on the way from ``root`` down to ``path``; the way to ``root`` may have any."""
    absolute = Path.cwd() / path
    home, inside = root.resolve(), False
    for step in (*reversed(absolute.parents), absolute):
        if inside and step.is_symlink():
            return step
        inside = inside or step.resolve() == home
    return None


def read_below(folder: Path, steps: Sequence[str], limit: int = MAX_TEXT_BYTES) -> bytes:
    """Return the bytes of a regular file below ``folder``; raises ``OSError`` or ``Refused``.

    Every step is opened from its parent without following links, so none leads out.
    """
    if not steps or any(step in ("", ".", "..") or "/" in step or "\0" in step for step in steps):
        raise Refused(msg("the path leaves its folder"))
    name = "/".join(steps)
    try:
        data = _read_steps(folder, steps, limit)
    except (FileNotFoundError, NotADirectoryError):
        note(folder, name, None)
        raise
    note(folder, name, data)
    return data


def _read_steps(folder: Path, steps: Sequence[str], limit: int) -> bytes:
    handles = [os.open(folder, os.O_RDONLY | os.O_DIRECTORY)]
    try:
        for step in steps[:-1]:
            handles.append(_enter(step, handles[-1]))
        handles.append(os.open(steps[-1], _READ, dir_fd=handles[-1]))
        facts = os.fstat(handles[-1])
        if not stat.S_ISREG(facts.st_mode):
            raise Refused(NOT_REGULAR)
        if facts.st_size > limit:
            raise TooLarge(msg("it is too large"))
        with os.fdopen(handles.pop(), "rb") as stream:
            return stream.read(limit)
    finally:
        for handle in handles:
            os.close(handle)


def _enter(step: str, parent: int) -> int:
    try:
        return os.open(step, _ENTER, dir_fd=parent)
    except NotADirectoryError:  # so says Linux of a link, too
        if stat.S_ISLNK(os.stat(step, dir_fd=parent, follow_symlinks=False).st_mode):
            raise Refused(IS_LINK) from None
        raise


def read_source(path: Path) -> Result[SourceFile]:
    """Return the text of the file at ``path``: UTF-8, regular, at most 8 MB, no NUL; LF line ends."""
    shown = shown_path(path)

    def refuse(code: str, message: Message, hint: Message | None = None) -> Result[SourceFile]:
        return Result(None, (error(code, message, subject=str(shown), hint=hint),))

    read = _read(path, shown)
    if read.value is None:
        return Result(None, read.diagnostics)
    data = read.value
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
    try:
        return Result(SourceFile(shown, text_of(data)))
    except UnicodeDecodeError as exception:
        return Result(None, (_not_utf8(shown, data.removeprefix(codecs.BOM_UTF8), exception.start),))


def read_data(path: Path, limit: int) -> Result[bytes]:
    """Return the bytes of the regular file at ``path``; of a longer one ``limit`` and one more."""
    return _read(path, shown_path(path), limit)


def text_of(data: bytes) -> str:
    """Return the text of a file in UTF-8: without byte order mark, LF line ends. Raises ``UnicodeDecodeError``."""
    text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read(path: Path, shown: Path, limit: int = MAX_TEXT_BYTES) -> Result[bytes]:
    """Return the bytes of a regular file, one more than ``limit`` at most, or why there are none."""
    data, hint = None, None
    code, message = "CST-Y001", msg("This is not a regular file.")  # it could block forever or never end
    try:
        mode = path.lstat().st_mode  # asked before it is opened: to open a device may do something
        if stat.S_ISLNK(mode):
            message, hint = msg("This is a symbolic link where a file is expected."), COPY_HERE
        elif stat.S_ISDIR(mode):
            message = msg("This is a folder where a file is expected.")
        elif stat.S_ISREG(mode):
            with os.fdopen(os.open(path, _READ), "rb") as stream:
                if stat.S_ISREG(os.fstat(stream.fileno()).st_mode):  # nothing else has taken its place
                    data = stream.read(limit + 1)
    except (FileNotFoundError, NotADirectoryError, ValueError):  # ValueError: NUL in the name
        message = msg("There is no such file.")
    except OSError as exception:
        code, message = "CST-Y002", msg("The file cannot be read: {reason}.", reason=reason_of(exception))
    note(path.parent, path.name, data)
    problem = error(code, message, subject=str(shown), hint=hint)
    return Result(data, () if data is not None else (problem,))


def _not_utf8(shown: Path, data: bytes, offset: int) -> Diagnostic:
    """Return an error that points at the first byte that is not UTF-8 and guesses the encoding."""
    # What cannot be decoded is shown as U+FFFD, so that the excerpt has something under the caret.
    file = SourceFile(shown, data.decode("utf-8", errors="replace").replace("\r\n", "\n"))
    span = file.place_of(len(data[:offset].decode("utf-8").replace("\r\n", "\n")))
    hint = msg("Save it again as UTF-8 in your editor.")
    if encoding := _likely_encoding(data):
        hint = msg("It looks like {encoding}. Save it again as UTF-8 in your editor.", encoding=encoding)
    return error("CST-Y004", msg("The file is not UTF-8."), span=span, hint=hint)


#: Encodings of Chinese text: name, codec, and of the frequent characters (level 1) lead bytes, least second byte.
_ENCODINGS = (
    ("GB 18030 (GBK)", "gb18030", range(0xB0, 0xD8), 0xA1),
    ("Big5", "big5hkscs", range(0xA4, 0xC7), 0x40),
)


def _likely_encoding(data: bytes) -> str | None:
    """Return the name of the encoding in which most characters of two bytes are frequent ones; ``None`` for neither.

    Most bytes of either encoding decode in the other, too, but to characters that are rare or no Han at all.
    """
    shares = {}
    for name, codec, leads, least in _ENCODINGS:
        pairs = _pairs(data)
        frequent = sum(pair[0] in leads and pair[1] >= least for pair in pairs)
        if pairs and b"\0" not in data and _decodes(data, codec):
            shares[name] = frequent / len(pairs)
    best = max(shares, key=shares.__getitem__, default=None)
    return best if best is not None and shares[best] > 0.5 else None


def _pairs(data: bytes) -> list[bytes]:
    """Return the characters of two bytes; an ASCII byte stands alone."""
    return re.findall(rb"[\x81-\xfe][\x30-\xfe]", data)


def _decodes(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True
