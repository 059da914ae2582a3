"""The running text of one paragraph: line ends settled, and what has no place in it told where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from cstprint.diagnostics import Diagnostic, error, msg, warning
from cstprint.issue.blocks import Inline
from cstprint.issue.links import may_lead
from cstprint.issue.markdown.attributes import read_attributes, set_attributes
from cstprint.issue.markdown.grammar import NAME
from cstprint.issue.markdown.notes import Notes
from cstprint.reading.models import shorten
from cstprint.source import SourceText, Span

#: Characters between which a line end in the source is no space: Han, kana, CJK marks, full-width forms
#: (CSS Text 4, § 4.1.3, segment break transformation).
_WIDE = re.compile(
    "[\u2e80-\u303f\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff—…‘’“”·]"
)
#: Marks next to which no space ever stands in Chinese text.
_WIDE_MARK = re.compile("[\u3001-\u3003\u3008-\u3011\u3014-\u301f\uff01-\uff0f\uff1a-\uff1f—…‘’“”]")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>")
#: What was meant as a reference or a link, but is none.
_MISSED = re.compile(
    rf"\[@{NAME}[^\[\]\w-][^\[\]]*\]|［@[^［］]*］|\[[^\[\]]*\]（https?:[^（）]*）|\]\(https?:"
)
_DESTINATION = re.compile(r"\]\(\s*<?([^\s<>()]*)")


class Seeker:
    """Finds in the source what stands in one token after the other, from ``line`` up to ``end`` (both from 0)."""

    def __init__(self, text: SourceText, line: int, end: int):
        self.text = text
        self.offset = text.rows.starts[line]
        self.end = text.rows.starts[end]

    def find(self, needle: str) -> int:
        """Return the offset of ``needle``, and go on behind it; stay where it is not written so."""
        found = self.text.find(needle, self.offset, self.end)
        if found < 0:
            return self.offset
        self.offset = found + len(needle)
        return found

    def span(self, needle: str) -> Span:
        """Return the place of ``needle``, and go on behind it."""
        return self.text.place_of(self.find(needle), len(needle))

    def destination(self) -> tuple[int, int]:
        """Return offset and length of the address of the next link that is written ``[…](address)``."""
        match = _DESTINATION.search(self.text, self.offset, self.end)
        return (match.start(1), len(match[1])) if match else (self.offset, 0)


def plain(tokens: Sequence[Token]) -> str:
    """Return the text of a run without its marks, notes and references."""
    return "".join(token.content for token in tokens if token.type in ("text", "code_inline"))


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
            run += [" "] if _needs_space(before, after) else []
            continue
        before = child.content or before
        if child.type in ("text", "text_special"):
            yield from _printed_marks(child, seeker)
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
    """Return for each token the next text behind it."""
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
        """Yield an error where ``token`` cannot be printed, give it its place, and go on behind it."""
        seeker = self.seeker
        if token.type in ("link_open", "span_open"):
            self.open.append(token)
        if token.type == "image":
            yield _misplaced_picture(token, seeker)
        elif token.type == "code_inline":
            seeker.find(token.content)
        elif token.type == "link_open":
            yield from _forbidden_link(token, seeker)
        elif token.type == "link_close":
            if self.open.pop() and token.markup != "autolink":
                seeker.offset = sum(seeker.destination())
        elif token.type == "span_close":
            yield from self._attributes(self.open.pop(), token.markup)
        elif token.type == "reference":
            token.meta["span"] = seeker.span(token.markup)
        elif token.type == "footnote_ref":
            yield from self._note(token)

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
            problem = msg("A note cannot stand inside a note or a link.")
            hint = msg("Put it behind the link, or write what it says into the note.")
            yield error("CST-M019", problem, span=span, hint=hint)
            token.meta.setdefault("label", "")
        elif token.children is None:
            self.notes.call(token.meta["label"], span)
        else:
            yield from settle(token, self.seeker, None)
            self.seeker.find("]")
            content = Inline(span, tuple(token.children), plain(token.children))
            if not token.children:
                yield empty_note(span)
            token.meta["label"] = self.notes.write_inline(content)


def empty_note(span: Span) -> Diagnostic:
    """Return an error about a note without a text."""
    return error("CST-M019", msg("The note is empty."), span=span, hint=msg("Write its text, or delete it."))


def _needs_space(before: str, after: str) -> bool:
    last, first = before[-1:], after[:1]
    if _WIDE_MARK.match(last) or _WIDE_MARK.match(first):
        return False
    return not (_WIDE.match(last) and _WIDE.match(first))


def _misplaced_picture(image: Token, seeker: Seeker) -> Diagnostic:
    return error(
        "CST-M005",
        msg("A picture cannot stand inside a paragraph."),
        span=seeker.text.place_of(seeker.find("![")),
        hint=msg("Make it a block of its own: - figure: {path}", path=image.attrGet("src") or "images/…"),
    )


def _forbidden_link(link: Token, seeker: Seeker) -> Iterator[Diagnostic]:
    """Yield an error about a link that leads where none may lead in a PDF, and take its address from it."""
    address = str(link.attrGet("href") or "")
    if may_lead(address):
        return
    link.attrs = {}
    if link.markup == "autolink":
        offset, length = seeker.find("<") + 1, len(address)
    else:
        offset, length = seeker.destination()
    shown = address if len(address) <= 120 else address[:119] + "…"
    yield error(
        "CST-M010",
        msg("A link cannot lead to “{address}”.", address=shown),
        span=seeker.text.place_of(offset, max(1, length)),
        hint=msg(
            "Give a whole address that begins with https://, http:// or mailto:, or leave the link out."
        ),
    )


_MOVE_MARKS = msg("Move marks such as “，。” or quotes out of the emphasis.")
_CLOSE_EMPHASIS = msg(
    "Stars come in pairs: is the other ** missing? "
    "If it is there, move marks such as “，。” or quotes out of the emphasis."
)


def _printed_marks(token: Token, seeker: Seeker) -> Iterator[Diagnostic]:
    """Yield warnings about ** and tags that stay in the text and will be printed."""
    if token.type == "text_special":
        seeker.find(token.markup)  # an escape or an entity: meant as it stands
        return
    content, offset = token.content, seeker.find(token.content)
    if stars := content.count("**"):
        yield warning(
            "CST-M004",
            msg("These ** will be printed: Markdown does not take them for emphasis here."),
            span=seeker.text.place_of(offset + content.index("**"), 2),
            hint=_MOVE_MARKS if stars > 1 else _CLOSE_EMPHASIS,
        )
    for match in _TAG.finditer(content):
        yield warning(
            "CST-M003",
            msg("HTML is not read in texts; “{tag}” is printed as it stands.", tag=match.group()),
            span=seeker.text.place_of(offset + match.start(), len(match.group())),
            hint=msg("Use Markdown, or a block of its own."),
        )
    for match in _MISSED.finditer(content):
        yield warning(
            "CST-M021",
            msg("“{typed}” is printed as it stands.", typed=shorten(match[0])),
            span=seeker.text.place_of(offset + match.start(), len(match[0])),
            hint=msg(
                "Write [@name] or [@name page] for a reference; a link has half-width brackets, and no note inside."
            ),
        )
