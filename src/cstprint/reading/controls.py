"""Control characters in text: line ends of other programs are line ends, the rest is dropped, all of it reported.

Word and InDesign write a line end within a paragraph as U+000B, U+2028 or U+0085. YAML counts some of them as ends of
its own lines and refuses the others, so that it never sees one: a private character stands in for each until the
values are made. A line end within a text is U+2028 from there on (Unicode Standard, 5.8).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cstprint.diagnostics import Diagnostic, msg, note, places_of, warning
from cstprint.source import SourceFile, Span

#: A line end within a text.
LINE_END = "\u2028"
#: What text cannot hold: a file with any of these is another kind of file, or damaged.
NOT_TEXT = re.compile("[\0\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = "\x0b\x0c\x85\u2028\u2029"
_LINE_END = re.compile(f"[{_LINE_ENDS}]")
_DROPPED = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_CONTROL = re.compile(f"{_LINE_END.pattern}|{_DROPPED.pattern}")
#: A line of nothing else is blank.
_BLANK_LINE = re.compile(f"^[ {_LINE_ENDS}\x01-\x08\x0e-\x1f\x7f-\x9f]+$", re.MULTILINE)
_PRIVATE = [*map(chr, range(0xE000, 0xF900))]


class Controls:
    """The control characters of a file; ``yaml`` is its text with private characters in their places."""

    def __init__(self, file: SourceFile):
        self._ends = [(match[0], file.place_of(match.start())) for match in _LINE_END.finditer(file.text)]
        self._dropped = [(match[0], file.place_of(match.start())) for match in _DROPPED.finditer(file.text)]
        self.yaml = file.text
        self._end = self._drop = ""
        if self._ends or self._dropped:
            free = (character for character in _PRIVATE if character not in file.text)
            self._end, self._drop = next(free), next(free)
            text = _BLANK_LINE.sub(lambda line: " " * len(line[0]), file.text)
            self.yaml = _DROPPED.sub(self._drop, _LINE_END.sub(self._end, text))

    def cleaned(self, value: str, span: Span) -> str:
        """Return a value of the YAML, which stands at ``span``, without control characters."""
        if _CONTROL.search(value):  # only by an escape ("\x07"): YAML has seen no other
            self._ends += ((match[0], span) for match in _LINE_END.finditer(value))
            self._dropped += ((match[0], span) for match in _DROPPED.finditer(value))
            value = _DROPPED.sub("", _LINE_END.sub(LINE_END, value))
        return value.replace(self._end, LINE_END).replace(self._drop, "") if self._end else value

    def findings(self) -> Iterator[Diagnostic]:
        """Yield a note about line ends, and a warning about what was dropped, each with all places."""
        if self._ends:
            yield note(
                "CST-F023",
                msg(
                    "Line ends of another program ({characters}) are printed as line ends: {places}.",
                    characters=_names(self._ends),
                    places=places_of([span for _, span in self._ends]),
                ),
                span=self._ends[0][1],
            )
        if self._dropped:
            yield warning(
                "CST-F022",
                msg(
                    "Control characters ({characters}) are left out: {places}.",
                    characters=_names(self._dropped),
                    places=places_of([span for _, span in self._dropped]),
                ),
                span=self._dropped[0][1],
                hint=msg("Delete them. They come from another program and print nothing."),
            )


def _names(found: Sequence[tuple[str, Span]]) -> tuple[str, ...]:
    return tuple(f"U+{ord(character):04X}" for character in sorted({character for character, _ in found}))
