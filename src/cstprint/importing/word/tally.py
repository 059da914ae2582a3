"""What was met in a Word file and is not printed, or otherwise than it stands there: gathered, then reported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element

from cstprint.diagnostics import MOST_PLACES, Diagnostic, Message, Severity, msg, note, some, warning
from cstprint.importing.word.xml import descendants
from cstprint.source import SourceFile, Span

_LONGEST = 60


@dataclass(slots=True)
class Tally:
    """Places and findings. The file of its spans has a line for each paragraph of the Word file."""

    file: SourceFile
    lines: dict[int, int]
    found: list[Diagnostic] = field(default_factory=list)
    counted: dict[str, list[Span]] = field(default_factory=dict)

    def span(self, paragraph: Element | None) -> Span:
        """Return the place of a paragraph; of the text's beginning where it is none that is known."""
        return Span.point(self.file, self.lines.get(id(paragraph), 1), 1)

    def warn(
        self, code: str, message: Message, paragraph: Element | None, hint: Message | None = None
    ) -> None:
        """Report what a reader of the Word file sees and no reader of the issue will."""
        self.found.append(warning(code, message, span=self.span(paragraph), hint=hint))

    def note(
        self, code: str, message: Message, paragraph: Element | None, hint: Message | None = None
    ) -> None:
        """Report what is as it should be, and good to know."""
        self.found.append(note(code, message, span=self.span(paragraph), hint=hint))

    def count(self, kind: str, paragraph: Element | None) -> None:
        """Count something by a key of ``KINDS``."""
        self.counted.setdefault(kind, []).append(self.span(paragraph))

    def remarks(self) -> Iterator[Diagnostic]:
        """Yield all that was found, in the order of the text; what was counted comes last."""
        yield from sorted(self.found, key=lambda one: one.span.line if one.span else 0)
        for kind, (code, severity, message) in KINDS.items():
            if spans := self.counted.get(kind):
                places = some([span.line for span in dict.fromkeys(spans)], MOST_PLACES)
                yield Diagnostic(
                    code,
                    severity,
                    Message(message.template, (("count", len(spans)),)),
                    span=spans[0],
                    hint=msg("Paragraphs: {places}.", places=places),
                )


#: What is counted: code, severity, and the sentence for it.
KINDS: dict[str, tuple[str, Severity, Message]] = {
    "inserted": ("CST-I014", Severity.WARNING, msg("Tracked insertions, accepted: {count}.")),
    "deleted": ("CST-I014", Severity.WARNING, msg("Tracked deletions, accepted: {count}.")),
    "formatted": ("CST-I014", Severity.NOTE, msg("Tracked changes of format, accepted: {count}.")),
    "breaks": ("CST-I006", Severity.NOTE, msg("Left out: page and column breaks ({count}).")),
    "pages": ("CST-I006", Severity.NOTE, msg("Left out: page numbers in the text ({count}).")),
    "links": ("CST-I006", Severity.NOTE, msg("Links into files, kept as text: {count}.")),
    "shapes": ("CST-I006", Severity.NOTE, msg("Left out: drawn lines and shapes without text ({count}).")),
    "contents": (
        "CST-I006",
        Severity.NOTE,
        msg("Left out: tables of contents that Word made ({count}); the layout makes its own."),
    ),
    "references": (
        "CST-I016",
        Severity.WARNING,
        msg("Page numbers of references are kept as typed: {count}."),
    ),
    "layout tables": (
        "CST-I016",
        Severity.NOTE,
        msg("Layout tables, read cell by cell: {count}."),
    ),
    "nested tables": (
        "CST-I016",
        Severity.WARNING,
        msg("Tables inside table cells, kept as lines of text: {count}."),
    ),
    "symbols": (
        "CST-I013",
        Severity.WARNING,
        msg("Characters of symbol fonts that have no Unicode, printed as ▯: {count}."),
    ),
}


def shortened(text: str, limit: int = _LONGEST) -> str:
    """Return a text in one line, cut for a message."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"


def text_within(node: Element) -> str:
    """Return all letters in an element: of its own paragraphs, and of those in boxes."""
    return "".join(
        one.text or "" if one.tag == "w:t" else " "
        for one in descendants(node, "w:t", "w:tab", "w:br", "w:cr", "w:p")
    ).strip()


def tally_of(path: Path, roots: list[Element]) -> Tally:
    """Return a tally whose places are the paragraphs in these texts, in their order."""
    lines: dict[int, int] = {}
    texts: list[str] = []
    for root in roots:
        for paragraph in descendants(root, "w:p"):
            texts.append(" ".join(_own_text(paragraph).split()))
            lines[id(paragraph)] = len(texts)
    return Tally(SourceFile(path, "\n".join(texts)), lines)


def _own_text(paragraph: Element) -> str:
    """Return the letters of a paragraph, without those of boxes that stand in it."""
    text = ""
    for child in paragraph:
        if child.tag == "w:p":
            continue
        text += (child.text or "" if child.tag == "w:t" else " " if child.tag == "w:tab" else "") + _own_text(
            child
        )
    return text
