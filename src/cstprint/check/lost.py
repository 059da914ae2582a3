"""Nothing is lost: all that an issue says stands on the pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from xml.etree.ElementTree import Element

from cstprint.blocks.common.texts import IssueText
from cstprint.check.unprinted import PrintedTexts
from cstprint.diagnostics import Diagnostic, Message, error, msg
from cstprint.engine.pages.text import TextFact
from cstprint.source import Span

_NOTHING_OMITTED = PrintedTexts((), (), (), ())
#: What keeps a text out of the pages, said for the person at the desk: by the block's id, or by its elements.
Why = Callable[[str | tuple[Element, ...]], Message | None]


def check_lost(
    sources: Mapping[str, str],
    printed: Iterable[TextFact],
    spans: Mapping[str, Span],
    texts: PrintedTexts = _NOTHING_OMITTED,
    why: Why = lambda _: None,
) -> Iterator[Diagnostic]:
    """Yield an error for each block, and each text of no block, whose letters are not all on the pages.

    Letters are counted, not compared in order: notes, captions and floats stand elsewhere than in the source. What
    the pages have beside, marks of lists and hyphens, does not matter, nor does what may be left out.
    """
    found: dict[str, list[str]] = {}
    of_elements: dict[Element | None, list[str]] = {}
    for fact in printed:
        if fact.block is not None and fact.block in spans:
            found.setdefault(fact.block, []).append(fact.text)
        of_elements.setdefault(fact.element, []).append(fact.text)
    kept = _kept(texts, sources)
    for block, text in sources.items():
        wanted, there = _letters(text), _letters("".join(found.get(block, ())))
        if block not in spans or wanted in there:  # as nearly always
            continue
        if block in kept:
            wanted = _letters("".join(kept[block]))
        lost = Counter(wanted) - Counter(there)
        if lost:
            yield _lost(_in_order(lost, text), spans[block], why(block))
    for one, elements in texts.frames:
        if not any(owner in sources and owner in spans for owner in one.owners):
            yield from _lost_in_frame(one, elements, of_elements, why)


def _lost_in_frame(
    text: IssueText, elements: tuple[Element, ...], printed: Mapping[Element | None, list[str]], why: Why
) -> Iterator[Diagnostic]:
    wanted = _letters(text.text)
    there = _letters("".join(part for element in elements for part in printed.get(element, ())))
    lost = Counter(wanted) - Counter(there)
    lost = Counter({letter: count for letter, count in lost.items() if letter.isalnum()})
    if lost:
        yield _lost(_in_order(lost, text.text), text.span, why(elements))


def _kept(texts: PrintedTexts, sources: Mapping[str, str]) -> dict[str, list[str]]:
    """Return what must stand on the pages of each block of which something may be left out."""
    partial = {owner for text in texts.omissible for owner in text.owners}
    if any(text.name == "notes" for text in texts.omissible):  # they stand in blocks of all kinds
        partial |= {owner for text in texts.texts for owner in text.owners}
    kept: dict[str, list[str]] = {owner: [] for owner in partial}
    for text in texts.texts:
        for piece in text.pieces if partial.intersection(text.owners) else ():
            owner = next((one for one in text.owners if piece in sources.get(one, "")), None)
            if owner is not None:
                kept.setdefault(owner, []).append(piece)
    return kept


def _lost(letters: str, span: Span, why: Message | None) -> Diagnostic:
    message = msg(
        "{count} characters of this text are on no page: “{letters}”.",
        count=len(letters),
        letters=letters[:20],
    )
    hint = why or msg(
        "Check whether the layout's CSS hides them, or whether the block is taller than a page."
    )
    return error("CST-E016", message, span=span, hint=hint)


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
