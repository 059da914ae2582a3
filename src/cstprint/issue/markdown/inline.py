"""The running text of one paragraph: line ends settled, and what has no place in it reported where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from markdown_it.token import Token

from cstprint.blocks.common.links import may_lead
from cstprint.blocks.common.parts import Inline
from cstprint.diagnostics import Diagnostic, error, msg, warning
from cstprint.issue.markdown.attributes import read_attributes, set_attributes
from cstprint.issue.markdown.grammar import parse_inline
from cstprint.issue.markdown.notes import Notes
from cstprint.issue.markdown.pictured import attributes_left_out, height_of, picture_of, width_of
from cstprint.issue.markdown.plain import needs_space, plain_form
from cstprint.issue.markdown.printed import printed_marks
from cstprint.reading.models import shorten
from cstprint.source import SourceText, Span

_DESTINATION = re.compile(r"\]\(\s*<?([^\s<>()]*)")


class Seeker:
    """Finds in the source what stands in one token after the other, from ``line`` up to ``end`` (both from 0)."""

    def __init__(self, text: SourceText, line: int, end: int):
        self.text = text
        self.rows = line, end
        self.offset = text.rows.starts[line]
        self.end = text.rows.starts[end]

    def find(self, needle: str) -> int:
        """Return the offset of ``needle``, and go on after it; stay where it is not written so."""
        found = self.text.find(needle, self.offset, self.end)
        if found < 0:
            return self.offset
        self.offset = found + len(needle)
        return found

    def span(self, needle: str) -> Span:
        """Return the place of ``needle``, and go on after it."""
        return self.text.place_of(self.find(needle), len(needle))

    def destination(self) -> tuple[int, int]:
        """Return offset and length of the address of the next link that is written ``[…](address)``."""
        match = _DESTINATION.search(self.text, self.offset, self.end)
        return (match.start(1), len(match[1])) if match else (self.offset, 0)


def settle(inline: Token, seeker: Seeker, notes: Notes | None) -> Iterator[Diagnostic]:
    """Drop or space the line ends of a run of text, join its texts, and yield what has no place in it.

    What it calls and writes of notes goes to ``notes``; without them (inside a note) none may be called.
    """
    children = inline.children or []
    judge = _Judge(seeker, notes)
    kept: list[Token] = []
    run: list[str] = []  # texts that follow each other, to be one token
    before = ""
    for child, after in zip(children, _texts_after(children), strict=True):
        if child.type == "softbreak":
            run += [" "] if needs_space(before, after) else []
            continue
        before = child.content or before
        if child.type in ("text", "text_special", "html_inline"):
            yield from _printed(child, seeker)
            run.append(child.content)
            continue
        yield from judge.judged(child)
        _end_run(run, kept)
        kept.append(child)
    _end_run(run, kept)
    inline.children = kept


def _end_run(run: list[str], kept: list[Token]) -> None:
    if run:
        kept.append(Token("text", "", 0, content="".join(run)))
        run.clear()


def _texts_after(children: Sequence[Token]) -> list[str]:
    """Return for each token the next text after it."""
    found, after = [], ""
    for child in reversed(children):
        found.append(after)
        after = child.content or after
    return found[::-1]


class _Judge:
    """Looks at the tokens of a run that are no text, one after the other."""

    def __init__(self, seeker: Seeker, notes: Notes | None):
        self.seeker = seeker
        self.notes = notes
        self.open: list[Token] = []  # links and spans that are not closed yet

    def judged(self, token: Token) -> Iterator[Diagnostic]:
        """Yield an error where ``token`` cannot be printed, give it its place, and go on after it."""
        judge = _JUDGES.get(token.type)
        if judge is not None:
            yield from judge(self, token)

    def _code(self, token: Token) -> Iterator[Diagnostic]:
        self.seeker.find(token.content)
        yield from ()

    def _span_open(self, token: Token) -> Iterator[Diagnostic]:
        self.open.append(token)
        yield from ()

    def _span_close(self, token: Token) -> Iterator[Diagnostic]:
        opened = self.open.pop()
        if token.markup != "html":
            yield from self._attributes(opened, token.markup)

    def _link_open(self, token: Token) -> Iterator[Diagnostic]:
        self.open.append(token)
        yield from _forbidden_link(token, self.seeker)

    def _link_close(self, token: Token) -> Iterator[Diagnostic]:
        self.open.pop()
        if token.markup not in ("autolink", "linkify", "html"):
            self.seeker.offset = sum(self.seeker.destination())
        yield from ()

    def _reference(self, token: Token) -> Iterator[Diagnostic]:
        token.meta["span"] = self.seeker.span(token.markup)
        yield from ()

    def _formula(self, token: Token) -> Iterator[Diagnostic]:
        token.meta["span"] = self.seeker.span(token.markup)
        yield from ()

    def _picture(self, image: Token) -> Iterator[Diagnostic]:
        """Yield what is wrong with a picture's caption, and make a picture of the model of it."""
        found: list[Diagnostic] = []
        text = self.seeker.text
        if image.markup == "html":
            span = self.seeker.span(str(image.attrGet("src")))
        else:
            span = text.place_of(self.seeker.find("!["))
        figure = picture_of(image, span, self._caption(image, span, found))
        found += attributes_left_out(image, span)
        height = height_of(image)
        image.type, image.children, image.content = "picture", None, ""
        image.attrs, image.meta = {}, {"figure": figure, "height": height, "width": width_of(image)}
        yield from found

    def _caption(self, image: Token, span: Span, found: list[Diagnostic]) -> Inline | None:
        children = image.meta.get("caption")
        if children is None and (title := str(image.attrGet("title") or "").strip()):
            children = parse_inline(title).children
        if not children:
            return None
        caption = Token("inline", "", 0, children=children)
        found += settle(caption, Seeker(self.seeker.text, *self.seeker.rows), self.notes)
        kept = tuple(caption.children or ())
        return Inline(span, kept, plain_form(kept))

    def _attributes(self, span_open: Token, raw: str) -> Iterator[Diagnostic]:
        found: list[Diagnostic] = []
        begin = self.seeker.find(raw)
        given = read_attributes(
            raw, lambda offset, length: self.seeker.text.place_of(begin + offset, length), found
        )
        set_attributes(span_open, given.attributes)
        yield from found

    def _note(self, token: Token) -> Iterator[Diagnostic]:
        span = self.seeker.span(token.markup)
        if self.notes is None or any(outer.type == "link_open" for outer in self.open):
            problem = msg("A footnote cannot be inside a footnote or a link.")
            hint = msg("Put it after the link, or write its text into the footnote.")
            yield error("CST-M019", problem, span=span, hint=hint)
            token.meta.setdefault("label", "")
        elif token.children is None:
            self.notes.call(token.meta["label"], span)
        else:
            yield from settle(token, self.seeker, None)
            self.seeker.find("]")
            content = Inline(span, tuple(token.children), plain_form(token.children))
            if not token.children:
                yield empty_note(span)
            token.meta["label"] = self.notes.write_inline(content)


_JUDGES: dict[str, Callable[[_Judge, Token], Iterator[Diagnostic]]] = {
    "code_inline": _Judge._code,
    "span_open": _Judge._span_open,
    "span_close": _Judge._span_close,
    "link_open": _Judge._link_open,
    "link_close": _Judge._link_close,
    "reference": _Judge._reference,
    "footnote_ref": _Judge._note,
    "formula": _Judge._formula,
    "image": _Judge._picture,
}


def empty_note(span: Span) -> Diagnostic:
    """Return an error about a note without a text."""
    return error(
        "CST-M019", msg("The footnote is empty."), span=span, hint=msg("Write its text, or delete it.")
    )


def _forbidden_link(link: Token, seeker: Seeker) -> Iterator[Diagnostic]:
    """Give a link its place, and take the address of one that leads where none may lead in a PDF: a warning."""
    address = str(link.attrGet("href") or "")
    if link.markup == "autolink":
        offset, length = seeker.find("<") + 1, len(address)
    elif link.markup in ("linkify", "html"):
        offset, length = seeker.offset, 1
    else:
        offset, length = seeker.destination()
    span = seeker.text.place_of(offset, max(1, length))
    link.meta["span"] = span
    if not may_lead(address):
        link.attrs = {}
        yield leads_nowhere(address, span)


def leads_nowhere(address: str, span: Span) -> Diagnostic:
    """Return a warning about a link whose text is printed without one."""
    return warning(
        "CST-M010",
        msg("A link in a PDF cannot lead there. Its text is printed without a link."),
        span=span,
        subject=shorten(address, 120) or "#",
        hint=msg(
            "Give a complete address that begins with https://, http:// or mailto:, or #heading. "
            "Or remove the link."
        ),
    )


def _printed(token: Token, seeker: Seeker) -> Iterator[Diagnostic]:
    """Yield warnings about marks that stay in the text and will be printed, and go on after it."""
    if token.type == "text_special":
        seeker.find(token.markup)  # an escape or an entity: meant as it stands
        return
    offset = seeker.find(token.content)
    yield from printed_marks(token, seeker.text, offset)
