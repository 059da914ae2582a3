"""Nothing is lost: all that an issue's blocks say stands on the pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from cstprint.diagnostics import Diagnostic, error, msg
from cstprint.engine.facts import TextFact
from cstprint.source import Span


def check_lost(
    sources: Mapping[str, str], printed: Iterable[TextFact], spans: Mapping[str, Span]
) -> Iterator[Diagnostic]:
    """Yield an error for each block whose letters are not all on the pages.

    Letters are counted, not compared in order: notes, captions and floats stand elsewhere than in the source. What
    the pages have beside, marks of lists and hyphens, does not matter.
    """
    found: dict[str, list[str]] = {}
    for fact in printed:
        if fact.block is not None:
            found.setdefault(fact.block, []).append(fact.text)
    for block, text in sources.items():
        wanted, there = _letters(text), _letters("".join(found.get(block, ())))
        if block not in spans or wanted in there:  # as nearly always
            continue
        lost = Counter(wanted) - Counter(there)
        if lost:
            letters = _in_order(lost, text)
            yield error(
                "CST-E016",
                msg(
                    "A part of this is on no page: {count} characters, “{letters}”.",
                    count=len(letters),
                    letters=letters[:20],
                ),
                span=spans[block],
                hint=msg("See whether the layout's CSS hides it, or whether it is larger than a page."),
            )


def _in_order(lost: Counter[str], text: str) -> str:
    """Return the lost letters as they follow each other in the text: what does not fit is lost from the end."""
    left, found = lost.copy(), []
    for letter in reversed(_letters(text)):
        if left[letter] > 0:
            left[letter] -= 1
            found.append(letter)
    return "".join(reversed(found))


def _letters(text: str) -> str:
    return "".join(text.casefold().split())
