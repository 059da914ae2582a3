"""The notes of an article: collected from all its texts, wherever they are called and wherever they are written."""

from __future__ import annotations

from collections.abc import Mapping

from cstprint.blocks.common.parts import Inline, Note
from cstprint.diagnostics import Diagnostic, error, msg, suggest, warning
from cstprint.source import Span


class Notes:
    """Collects the calls and the texts of one article's notes; all texts read with it share their labels."""

    def __init__(self) -> None:
        self._calls: dict[str, Span] = {}
        self._written: dict[str, Note] = {}
        self._diagnostics: list[Diagnostic] = []
        self._inline = 0

    def call(self, label: str, span: Span) -> None:
        """Remember that ``[^label]`` stands at ``span``."""
        self._calls.setdefault(label, span)

    def write(self, note: Note) -> None:
        """Remember a note's text; the first of two with one label stays."""
        first = self._written.setdefault(note.label, note)
        if first is not note:
            problem = msg("There are two footnotes with the label “{label}”.", label=note.label)
            hint = msg("The first is in line {line}. Give one of them another label.", line=first.span.line)
            self._diagnostics.append(error("CST-M018", problem, span=note.span, hint=hint))

    def write_inline(self, content: Inline) -> str:
        """Remember a note that is written where it is called; return its label, which nobody can type."""
        self._inline += 1
        label = f"inline {self._inline}"
        self.call(label, content.span)
        self.write(Note(label, content.span, (content,)))
        return label

    def settled(self, diagnostics: list[Diagnostic]) -> Mapping[str, Note]:
        """Return the notes by their labels, in the order of their first calls, and tell what does not match."""
        diagnostics += self._diagnostics
        for label, span in self._calls.items():
            if label not in self._written:
                problem = msg("There is no footnote with the label “{label}”.", label=label)
                known = tuple(known for known in self._written if " " not in known)
                hint = suggest(label, known) or msg("Write its text on a line of its own: [^1]: …")
                diagnostics.append(error("CST-M016", problem, span=span, hint=hint))
        for label, note in self._written.items():
            if label not in self._calls:
                problem = msg("Nothing refers to this footnote, so it is not printed.")
                hint = msg("Put [^{label}] where the footnote belongs, or delete the footnote.", label=label)
                diagnostics.append(warning("CST-M017", problem, span=note.span, hint=hint))
        return {label: self._written[label] for label in self._calls if label in self._written}
