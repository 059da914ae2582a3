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
from urllib.parse import unquote

from cstprint.diagnostics import Diagnostic, Message, error, msg, warning
from cstprint.engine.messages.advice import meant_declaration, meant_page, meant_rule, meant_selector
from cstprint.engine.weasy.addresses import BASE_URL
from cstprint.reading.files import Refused, read_below, shown_path
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
    r'\.notdef glyph rendered .* by fonts: "(?P<character>.*)" \((?P<name>U\+[0-9A-F]+)\)', re.DOTALL
)
_TWICE = re.compile(r"Anchor defined twice: '(?P<anchor>.*)'", re.DOTALL)
_NO_ALT = re.compile(r'Image "(?P<source>.*)" has no required alt description', re.DOTALL)
_NO_DRAWING = re.compile(r"Failed to (?:render SVG image|load inline SVG)")
#: Of the last, a message with the place of its rule follows.
_ALREADY_TOLD = re.compile(
    r"Failed to load (stylesheet|image) at .*refused: |Expected a media type", re.DOTALL
)
#: How WeasyPrint writes a rule, and the selector of a rule that stands in another.
_AT_RULE = re.compile(r"<AtRule (@[\w-]+) … \{ … \}>")
_INNER = re.compile(r".*[\n\0]\s*|^:is\(.*?\) ", re.DOTALL)
#: WeasyPrint's reasons, in words that can be said in Chinese.
_REASONS = {
    "invalid value": msg("invalid value"),
    "unknown property": msg("unknown property"),
    "property not supported yet": msg("WeasyPrint does not support it"),
    "the property does not apply for the print media": msg("for screens only"),
    "prefixed selectors are ignored": msg("a browser's prefix"),
}
#: After so many of a style sheet, what was meant is not looked for: it takes a millisecond.
MAX_ADVICE = 50


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
    _told: set[str] = field(default_factory=set)
    #: The style sheet that is being read: its messages name line and column only.
    sheet: SourceFile | None = None
    #: Up to where its selectors have been found.
    sought: int = 0
    #: How many of its findings had advice; by sheet, because each is read again when pages are laid out again.
    advised: int = 0

    def take_progress(self, record: logging.LogRecord) -> None:
        """Note which style sheet is being read, and count the pages.

        Raises ``TooManyPagesError``: what WeasyPrint says is the only way to stop it while it lays out.
        """
        text = record.getMessage()
        if match := _PAGE_STEP.match(text):
            if self.max_pages is not None and int(match[1]) > self.max_pages:
                raise TooManyPagesError
        elif (match := _CSS_STEP.match(text)) or text.startswith("Step 3"):
            self.sheet, self.sought, self.advised = self._read(match[1] if match else ""), 0, 0

    def take(self, record: logging.LogRecord) -> None:
        """Turn one message into a diagnostic."""
        text = record.getMessage()
        if record.levelno < logging.WARNING and not (self.sheet and text.startswith("Ignored `")):
            return  # WeasyPrint passes over prefixes and what is for screens only without a warning
        if _ALREADY_TOLD.match(text) or (self.refusals and text.startswith("Font-face ")):
            return  # the fetcher kept an error of its own, with the address and what to do
        known = _known(text)
        if known is None and (match := _SELECTOR.match(text)):
            self._ignored_selector(match["selector"].strip())
        elif known is None and (match := _IGNORED.match(text)):
            self._ignored_css(match)
        elif text not in self._told:
            self._told.add(text)
            unknown = msg("Message of the layout engine: {text}", text=text)
            self.diagnostics.append(known or error("CST-E001", unknown, subject="WeasyPrint"))

    def _ignored_css(self, match: re.Match[str]) -> None:
        what, reason = match["declaration"] or match["what"], match["reason"].strip(" .")
        line, column = int(match["line"]), int(match["column"])
        what = _AT_RULE.sub(r"\1", what).replace("/**/", "").removeprefix("Error: ").strip(" .")
        # What has no place here, a value through var() or one of a style attribute, is placed by these numbers later.
        self._ignored(
            what, _REASONS.get(reason, reason), self._span(line, column), _meant(match), (line, column)
        )

    def _ignored_selector(self, selector: str) -> None:
        """WeasyPrint gives no place here; the selector's own text leads to it."""
        sheet, span = self.sheet, None
        own = _INNER.sub("", selector).strip() or selector
        offset = sheet.text.find(own, self.sought) if sheet else -1
        if sheet and offset >= 0:
            self.sought = offset + len(own)
            span = sheet.place_of(offset)
        self._ignored(own, msg("unknown selector"), span, lambda: meant_selector(own))

    def _ignored(
        self,
        what: str,
        reason: str | Message,
        span: Span | None,
        meant: Callable[[], Message | None],
        at: tuple[int, int] | None = None,
    ) -> None:
        message = (
            msg("This CSS is ignored: {what} ({reason}).", what=what, reason=reason)
            if reason
            else msg("This CSS is ignored: {what}.", what=what)
        )
        if span is None and at is not None:
            message = Message(message.template, (*message.values, ("at", "{}:{}".format(*at))))
        hint = meant() if self.advised < MAX_ADVICE else None
        self.advised += 1
        subject = None if span else "CSS"
        self.diagnostics.append(warning("CST-E002", message, span=span, subject=subject, hint=hint))

    def _span(self, line: int, column: int) -> Span | None:
        return Span.point(self.sheet, line, column) if self.sheet else None

    def _read(self, address: str) -> SourceFile | None:
        """Return the style sheet at an address of a layout."""
        prefix = f"{BASE_URL}layout/"
        name, _, inner = unquote(address.removeprefix(prefix)).partition("/")
        if not address.startswith(prefix) or name not in self.layouts:
            return None
        try:
            data = read_below(self.layouts[name], inner.split("/"))
        except (OSError, Refused):  # reported by the fetcher
            return None
        return SourceFile(shown_path(self.layouts[name] / inner), data.decode("utf-8", errors="replace"))


def _meant(ignored: re.Match[str]) -> Callable[[], Message | None]:
    """Return what tells what was meant by what is ignored."""
    name, colon, value = (ignored["declaration"] or "").partition(":")
    if colon:
        return lambda: meant_declaration(name.strip(), value.replace("/**/", ""))
    if page := re.search(r"@page selector '(.*?)'", ignored["what"]):
        return lambda: meant_page(page[1])
    if "media type" in ignored["what"]:
        return lambda: msg("Write @media print, or move the rules out of it.")
    if "not at the beginning" in ignored["what"]:
        return lambda: msg("Move it to the top of the file.")
    rule = _AT_RULE.search(ignored["what"])
    return lambda: meant_rule(rule[1].lstrip("@") if rule else "")


def _known(text: str) -> Diagnostic | None:
    """Return what a message means that is not about a style sheet; ``None`` where nobody has judged it yet."""
    if match := _NO_GLYPH.search(text):
        missing = msg(
            "No font has a glyph for “{character}” ({name}).",
            character=match["character"],
            name=match["name"],
        )
        return error("CST-F010", missing, subject="WeasyPrint")
    if match := _MISSING_ANCHOR.search(text):
        lost = msg("A link leads to “{anchor}”, which does not exist.", anchor=match["anchor"])
        return error("CST-E004", lost)
    if match := _TWICE.match(text):
        twice = msg("The id “{id}” is used twice. Links lead to the first one.", id=match["anchor"])
        return error("CST-E007", twice, subject="HTML", hint=msg("Give each element an id of its own."))
    if match := _NO_ALT.match(text):
        silent = msg("The picture “{source}” has no alternative text.", source=match["source"])
        hint = msg('Write alt="…", or print a decoration through CSS: background or content: url(…).')
        return error("CST-E008", silent, subject="HTML", hint=hint)
    if _NO_DRAWING.match(text):
        broken = msg("A drawing (svg) of the layout cannot be drawn completely.")
        hint = msg("Check whether it uses itself, or contains something that is not SVG.")
        return error("CST-E010", broken, subject="HTML", hint=hint)
    return None


def failed_declaration(exception: BaseException, sheet: SourceFile | None) -> Diagnostic | None:
    """Return the error that WeasyPrint fails on a declaration of the sheet that it was reading, by its traceback."""
    trace, declaration = exception.__traceback__, None
    while trace is not None:
        if trace.tb_frame.f_code.co_name == "preprocess_declarations":
            declaration = trace.tb_frame.f_locals.get("declaration", declaration)
        trace = trace.tb_next
    if declaration is None or sheet is None:
        return None
    span = Span.point(sheet, declaration.source_line, declaration.source_column)
    text = sheet.line(span.line)[span.column - 1 :].strip()
    message = msg("WeasyPrint fails on this declaration: {text}", text=text)
    return error("CST-E010", message, span=span, hint=msg("Correct it, or remove it."))


@contextmanager
def listening(log: MessageLog) -> Iterator[None]:
    """Send all that WeasyPrint says to ``log``, and nothing to the screen."""
    from cstprint.engine.weasy.css import LOGGER, PROGRESS_LOGGER

    handlers = [
        (LOGGER, _Handler(log.take), logging.DEBUG),
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
