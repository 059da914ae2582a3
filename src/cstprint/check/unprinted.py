"""What of an issue the layout's templates leave out: its texts, field by field, beside those of the composed HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from cstprint.blocks.common.texts import IssueText
from cstprint.check.search import Search
from cstprint.check.texts import NAMES
from cstprint.diagnostics import Diagnostic, Message, error, msg, nearest, note
from cstprint.engine.pages.source import DocumentTexts
from cstprint.issue.model import Issue
from cstprint.layout.files import SUFFIX, templates_of
from cstprint.layout.resolve import Layout
from cstprint.reading.files import shown_path
from cstprint.source import SourceText

#: So much of a text is shown.
_SHOWN = 20


@dataclass(frozen=True)
class PrintedTexts:
    """The texts of an issue that the document has, those of no block with their elements; and what was left out."""

    texts: tuple[IssueText, ...]
    frames: tuple[tuple[IssueText, tuple[Element, ...]], ...]
    omitted: tuple[IssueText, ...]
    #: Texts that may be left out, but are in the document.
    omissible: tuple[IssueText, ...]

    @property
    def omissible_figures(self) -> frozenset[str]:
        """The ids of the figures that may be left out."""
        texts = (*self.omitted, *self.omissible)
        return frozenset(text.owners[0] for text in texts if text.name == "figures")


def check_omits(layout: Layout) -> Iterator[Diagnostic]:
    """Yield an error for each name in `omits` that nothing of an issue has."""
    for name in layout.omits:
        if name not in NAMES:
            meant = nearest(name, list(NAMES))
            known = tuple(NAMES)
            hint = msg("The known names are {known}.", known=known)
            if meant:
                hint = msg("Did you mean “{meant}”? The known names are {known}.", meant=meant, known=known)
            message = msg("No part of an issue has the name “{name}”.", name=str(name))
            yield error("CST-L020", message, span=name.span, hint=hint)


def find_printed(
    issue: Issue, layout: Layout, document: DocumentTexts, boxed: Set[str] = frozenset()
) -> tuple[PrintedTexts, list[Diagnostic]]:
    """Return what of an issue the document has, with an error for each text that it has not and may not leave out.

    The characters that are ``boxed`` are printed as boxes with their codes.
    """
    omits = {str(name) for name in layout.omits}
    kept: list[IssueText] = []
    frames: list[tuple[IssueText, tuple[Element, ...]]] = []
    omitted: list[IssueText] = []
    omissible: list[IssueText] = []
    lost: dict[object, tuple[str, IssueText]] = {}
    for text, elements in Search(issue, document, boxed).results():
        if not omits.isdisjoint(text.names):
            (omitted if elements is None else omissible).append(text)
        elif elements is None:
            # Of a block that is not there at all, the block around it prints nothing.
            whole = len(text.names) > 1 and text.owners and not document.ids.keys() & set(text.owners)
            name = text.names[-2] if whole else text.name
            lost.setdefault(
                (name, text.owners or text), (name, text)
            )  # a table is reported once, not cell by cell
        else:
            kept.append(text)
            if elements:
                frames.append((text, elements))
    printed = PrintedTexts(tuple(kept), tuple(frames), tuple(omitted), tuple(omissible))
    return printed, [_unprinted(name, text, layout) for name, text in lost.values()]


def omission_notes(omits: Sequence[SourceText], left_out: Iterable[IssueText]) -> Iterator[Diagnostic]:
    """Yield a note for each declaration in `omits` that leaves something out of this issue."""
    texts = list(left_out)
    for name in omits:
        mine = [text for text in texts if str(name) in text.names]
        if mine:
            message = msg(
                "The layout omits this on purpose: {name}, {count} texts, “{text}” …",
                name=str(name),
                count=len(mine),
                text=next((one.text.strip() for one in mine if one.text), "")[:_SHOWN],
            )
            yield note("CST-L021", message, span=name.span)


def _unprinted(name: str, text: IssueText, layout: Layout) -> Diagnostic:
    message = msg(
        "The layout does not print this ({name}): “{text}”.",
        name=name,
        text=text.text.strip()[:_SHOWN],
    )
    declare = msg("To omit it on purpose, write omits: [{name}] in layout.yaml.", name=name)
    return error("CST-E040", message, span=text.span, hint=_both(_template_of(name, layout), declare))


def _template_of(name: str, layout: Layout) -> Message:
    name = NAMES[name] + SUFFIX
    parts = templates_of(layout).get(name)
    return msg("See {template}.", template=shown_path(parts[0].folder / name) if parts else name)


def _both(first: Message, second: Message) -> Message:
    return msg("{first} {second}", first=first, second=second)
