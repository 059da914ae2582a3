"""What WeasyPrint says while it works, as diagnostics: nothing it says is lost.

Ignored CSS is a warning; content that would be lost is an error; a message that is not known here is an error
too, because nobody has judged it yet.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cstprint.diagnostics import Diagnostic, Severity, error, msg, warning
from cstprint.engine.fetcher import BASE_URL
from cstprint.reading.files import shown_path
from cstprint.source import SourceFile, Span

_PAGE_STEP = re.compile(r"Step 5 - Creating layout - Page (\d+)")
_CSS_STEP = re.compile(r"Step 2 - Fetching and parsing CSS - (.*)")
_IGNORED = re.compile(
    r"(?P<what>Ignored `(?P<declaration>.*)`|Invalid .*?|Parse error|Unknown .*?|Unsupported .*?|Empty .*?|.*?) "
    r"at (?P<line>\d+):(?P<column>\d+)[,:.]?\s*(?P<reason>.*)",
    re.DOTALL,
)
_SELECTOR = re.compile(r"Invalid or unsupported selector, '(?P<selector>.*)'", re.DOTALL)
_MISSING_ANCHOR = re.compile(r"No anchor #(?P<anchor>.*) for internal URI reference")
_NO_GLYPH = re.compile(
    r"\.notdef glyph rendered for Unicode string unsupported by fonts: (?P<text>.*)", re.DOTALL
)
_ALREADY_TOLD = re.compile(r"Failed to load (stylesheet|image) at .*refused: ", re.DOTALL)


class TooManyPagesError(Exception):
    """There are more pages than there may be."""


@dataclass
class MessageLog:
    """Collects WeasyPrint's messages; ``layouts`` are the folders whose style sheets it reads."""

    layouts: Mapping[str, Path]
    #: What the fetcher refused, each with an error of its own.
    refusals: list[Diagnostic] = field(default_factory=list)
    max_pages: int | None = None
    diagnostics: list[Diagnostic] = field(default_factory=list)
    sheet: str | None = None

    def take_progress(self, record: logging.LogRecord) -> None:
        """Note which style sheet is being read: its messages name line and column only; count the pages.

        Raises ``TooManyPagesError``: what WeasyPrint says is the only way to stop it while it lays out.
        """
        if match := _PAGE_STEP.match(record.getMessage()):
            if self.max_pages is not None and int(match[1]) > self.max_pages:
                raise TooManyPagesError
        elif match := _CSS_STEP.match(record.getMessage()):
            self.sheet = match[1]
        elif record.getMessage().startswith("Step 3"):
            self.sheet = None

    def take(self, record: logging.LogRecord) -> None:
        """Turn one message into a diagnostic."""
        text = record.getMessage()
        if _ALREADY_TOLD.match(text) or (self.refusals and text.startswith("Font-face ")):
            return  # the fetcher kept an error of its own, with the address and what to do
        if match := _NO_GLYPH.search(text):
            self.diagnostics.append(
                error(
                    "CST-F010",
                    msg("No font has a glyph for “{text}”.", text=match["text"].strip()),
                    subject="WeasyPrint",
                )
            )
        elif match := _MISSING_ANCHOR.search(text):
            self.diagnostics.append(
                error(
                    "CST-E004", msg("A link leads to “{anchor}”, which is not there.", anchor=match["anchor"])
                )
            )
        elif match := _SELECTOR.match(text):
            self._ignored_selector(match["selector"].strip())
        elif match := _IGNORED.match(text):
            self._ignored_css(match)
        else:
            self.diagnostics.append(
                Diagnostic(
                    "CST-E001",
                    Severity.ERROR,
                    msg("The layout engine says: {text}", text=text),
                    subject="WeasyPrint",
                )
            )

    def _ignored_css(self, match: re.Match[str]) -> None:
        what = match["declaration"] or match["what"]
        message = msg(
            "This CSS is ignored: {what} ({reason}).", what=what, reason=match["reason"].strip(" .")
        )
        line, column = int(match["line"]), int(match["column"])
        span = self._span(line, column)
        self.diagnostics.append(warning("CST-E002", message, span=span, subject=None if span else "CSS"))

    def _ignored_selector(self, selector: str) -> None:
        """WeasyPrint gives no place here; the selector's own text leads to it."""
        sheet = self._sheet()
        offset = sheet.text.find(selector) if sheet else -1
        span = sheet.place_of(offset) if sheet and offset >= 0 else None
        message = msg(
            "This CSS is ignored: {what} ({reason}).", what=selector, reason=msg("unknown selector")
        )
        self.diagnostics.append(warning("CST-E002", message, span=span, subject=None if span else "CSS"))

    def _span(self, line: int, column: int) -> Span | None:
        sheet = self._sheet()
        return Span.point(sheet, line, column) if sheet else None

    def _sheet(self) -> SourceFile | None:
        """Return the style sheet that is being read."""
        prefix = f"{BASE_URL}layout/"
        if not self.sheet or not self.sheet.startswith(prefix):
            return None
        name, _, inner = self.sheet.removeprefix(prefix).partition("/")
        path = self.layouts[name] / inner
        return SourceFile(shown_path(path), path.read_text("utf-8", errors="replace"))


@contextmanager
def listening(log: MessageLog) -> Iterator[None]:
    """Send all that WeasyPrint says to ``log``, and nothing to the screen."""
    from weasyprint.logger import LOGGER, PROGRESS_LOGGER

    handlers = [
        (LOGGER, _Handler(log.take), logging.WARNING),
        (PROGRESS_LOGGER, _Handler(log.take_progress), logging.INFO),
    ]
    before = [(logger, logger.level, logger.propagate, list(logger.handlers)) for logger, _, _ in handlers]
    for logger, handler, level in handlers:
        logger.handlers[:] = [handler]
        logger.setLevel(level)
        logger.propagate = False
    try:
        yield
    finally:
        for logger, level, propagate, old in before:
            logger.handlers[:] = old
            logger.setLevel(level)
            logger.propagate = propagate


class _Handler(logging.Handler):
    def __init__(self, take: Callable[[logging.LogRecord], None]):
        super().__init__()
        self._take = take

    def emit(self, record: logging.LogRecord) -> None:
        self._take(record)
