"""Where the texts of an issue stand in the composed HTML: each in its own block or article, then anywhere."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import replace
from functools import cached_property
from unicodedata import normalize
from xml.etree.ElementTree import Element

from cstprint.blocks.common.texts import IssueText
from cstprint.check.texts import texts_of
from cstprint.engine.pages.source import DocumentTexts, FrameText
from cstprint.html.characters import text_in_boxes
from cstprint.issue.model import Issue

#: Takes the place of letters that have been found, so that no other text is found in them.
_TAKEN = "\0"
#: Stands for the element of a block's text.
_BLOCK = Element("block")
Found = tuple[IssueText, tuple[Element, ...] | None]


class Search:
    """Looks for each text of an issue.

    Letters and digits are compared, whatever their case: layouts set marks and spaces of their own. Of the characters
    that are ``boxed`` the document has the codes.
    """

    def __init__(self, issue: Issue, document: DocumentTexts, boxed: Set[str] = frozenset()):
        self.document = document
        self.blocks = {block.id for block in issue.blocks()} | {figure.id for figure in issue.figures()}
        self.texts = [_in_boxes(text, boxed) for text in texts_of(issue)]
        articles = {article.id for article in issue.articles}
        regions: dict[str | None, list[FrameText]] = {}
        for frame in document.frames(self.blocks, articles, {section.id for section in issue.sections}):
            regions.setdefault(frame.article, []).append(frame)
        inside = self._articles(issue)
        self.frames = [
            f for frames in regions.values() for f in frames if inside.isdisjoint(self._around(f.element))
        ]
        self.pools = {name: _Pool((f.element, f.text) for f in frames) for name, frames in regions.items()}

    def _articles(self, issue: Issue) -> set[Element]:
        """Return the elements of articles: the smallest that have the title and a block."""
        found = set()
        for article in issue.articles:
            ids = (article.id, *(block.id for block in article.blocks))
            chains = [list(self._around(self.document.ids[one])) for one in ids if one in self.document.ids]
            common = [one for one in chains[0] if all(one in chain for chain in chains)] if chains else []
            found.update(common[:1])
        return found - {self.document.root.find("body")}

    def _around(self, element: Element) -> Iterator[Element]:
        """Yield an element and those around it."""
        around: Element | None = element
        while around is not None:
            yield around
            around = self.document.parents.get(around)

    def results(self) -> Iterator[Found]:
        """Yield each text with the elements of no block that have it (none where a block has it), or ``None``."""
        of_blocks: dict[tuple[str, ...], list[IssueText]] = {}
        of_frames = []
        for text in self.texts:
            if text.name == "notes":
                yield text, ()  # where its block is
            elif text.pattern is not None:
                yield self._in_some_form(text, text.pattern)
            elif self.blocks.isdisjoint(text.owners):
                of_frames.append(text)
            else:
                of_blocks.setdefault(text.owners, []).append(text)
        for owners, texts in of_blocks.items():
            yield from self._in_block(owners, texts)
        yield from self._in_frames(of_frames)

    def _in_block(self, owners: tuple[str, ...], texts: Sequence[IssueText]) -> Iterator[Found]:
        printed = "".join(self.document.blocks.get(owner, "") for owner in owners)
        if _stand_in_order(texts, printed):  # as nearly always
            yield from ((text, ()) for text in texts)
            return
        pool = _Pool([(_BLOCK, printed)])
        marked = any(owner in self.document.ids for owner in owners)
        for text in sorted(texts, key=_length, reverse=True):
            if all(pool.take(piece) is not None for piece in text.pieces):
                yield text, ()
            elif not marked and all(letters_of(piece) in self._all_letters for piece in text.pieces):
                yield text, ()  # its template has dropped the id
            else:
                yield text, self._elsewhere(text)

    def _in_some_form(self, text: IssueText, pattern: re.Pattern[str]) -> Found:
        """Return a text as it is written first, with all elements outside of articles that have it."""
        found = [
            (frame.element, match["it"])
            for frame in self.frames
            for match in pattern.finditer(normalize("NFKC", frame.text))
            if match["it"]
        ]
        if not found:
            return text, None
        return replace(text, pieces=(found[0][1],)), tuple(dict.fromkeys(element for element, _ in found))

    def _in_frames(self, texts: Sequence[IssueText]) -> Iterator[Found]:
        left = []
        # The longest first, so that none is found inside another; of equal texts, those with an element of their own.
        for text in sorted(texts, key=lambda text: (_length(text), bool(text.owners)), reverse=True):
            elements = self._at_home(text)
            if elements is None:
                left.append(text)
            else:
                yield text, elements
        for text in left:
            yield text, self._elsewhere(text)

    def _at_home(self, text: IssueText) -> tuple[Element, ...] | None:
        """Return the elements that have a text in its article, or outside of all: first the one with its id."""
        # The only article of an issue may be all that there is.
        home = self.pools.get(text.article) or (self._only_pool if text.article is None else None)
        if home is None:
            return None
        own = home.take(text.text, owned=self._owned(text)) if text.owners else None
        return home.take(text.text) if own is None else own

    def _owned(self, text: IssueText) -> Callable[[Element], bool]:
        return lambda element: self.document.owners.get(element) in text.owners

    @property
    def _only_pool(self) -> _Pool | None:
        return next(iter(self.pools.values())) if len(self.pools) == 1 else None

    def _elsewhere(self, text: IssueText) -> tuple[Element, ...] | None:
        """Return the elements of any frame that have a text for themselves, not within other words."""
        for pool in self.pools.values():
            elements = pool.take(text.text, bounded=True)
            if elements is not None:
                return elements
        return None

    @cached_property
    def _all_letters(self) -> str:
        return letters_of("".join(text for _element, text in self.document.passages))


def letters_of(text: str) -> str:
    """Return the letters and digits of a text, in small letters."""
    return "".join(filter(str.isalnum, text.casefold()))


def _in_boxes(text: IssueText, boxed: Set[str]) -> IssueText:
    if boxed.isdisjoint(text.text):
        return text
    return replace(text, pieces=tuple(text_in_boxes(piece, boxed) for piece in text.pieces))


def _length(text: IssueText) -> int:
    return len(letters_of(text.text))


def _stand_in_order(texts: Iterable[IssueText], printed: str) -> bool:
    at = 0
    for text in texts:
        for piece in text.pieces:
            at = printed.find(piece, at)
            if at < 0:
                return False
            at += len(piece)
    return True


class _Pool:
    """Texts of elements, from which what is found is taken."""

    def __init__(self, passages: Iterable[tuple[Element, str]]):
        self.elements: list[Element] = []
        self.starts: list[int] = []
        #: Where words begin or end.
        self.edges = {0}
        letters: list[str] = []
        for element, text in passages:
            self.elements.append(element)
            self.starts.append(len(letters))
            self.edges.add(len(letters))
            for character in text.casefold():
                if character.isalnum():
                    letters.append(character)
                else:
                    self.edges.add(len(letters))
        self.edges.add(len(letters))
        self.letters = "".join(letters)

    def take(
        self, text: str, *, bounded: bool = False, owned: Callable[[Element], bool] = lambda _: True
    ) -> tuple[Element, ...] | None:
        """Return the elements that have ``text``, and take it from them; ``None`` where it is not left.

        ``bounded`` looks for whole words, ``owned`` only in the elements that it is true of.
        """
        wanted = letters_of(text)
        if not wanted:
            return ()
        at = self.letters.find(wanted)
        while at >= 0:
            end = at + len(wanted)
            first, last = bisect_right(self.starts, at) - 1, bisect_right(self.starts, end - 1)
            elements = tuple(self.elements[first:last])
            if (not bounded or (at in self.edges and end in self.edges)) and all(map(owned, elements)):
                self.letters = self.letters[:at] + _TAKEN * len(wanted) + self.letters[end:]
                return elements
            at = self.letters.find(wanted, at + 1)
        return None
