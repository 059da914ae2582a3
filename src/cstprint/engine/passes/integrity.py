"""Whether all text of a document stands on its pages, once: the letters are counted before and after layout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from cstprint.engine.blocks.note_order import is_shared
from cstprint.engine.weasy.boxes import MarginBox, TableRowGroupBox, TextBox
from cstprint.engine.weasy.reading import box_of_page
from cstprint.engine.weasy.types import Box, Document


class NotedTexts:
    """The texts of the document that is laid out, as its boxes have them before layout."""

    def __init__(self) -> None:
        #: ``None`` where nothing was noted: the replacement does not fit this WeasyPrint.
        self.texts: list[str] | None = None

    def building(self, original: Callable[..., Box]) -> Callable[..., Box]:
        """Replace ``build_formatting_structure``: note the texts."""

        def build(*arguments: object) -> Box:
            root = original(*arguments)
            self.texts = list(_texts(root, footnotes=True))
            return root

        return build

    def compared(self, document: Document) -> tuple[Counter[str], Counter[str]]:
        """Return the letters that the pages lack, and those that they have too often."""
        printed = [text for page in document.pages for text in _texts(box_of_page(page), footnotes=False)]
        # Nearly always the letters are the same in the same order.
        if self.texts is None or _letters(self.texts) == _letters(printed):
            return Counter(), Counter()
        wanted, found = Counter(_letters(self.texts)), Counter(_letters(printed))
        return wanted - found, found - wanted


def _letters(texts: list[str]) -> str:
    """Return letters alone: digits may number pages, and marks may be leaders or hyphens."""
    return "".join(filter(str.isalpha, "".join(texts).casefold()))


def _texts(box: Box, *, footnotes: bool) -> Iterator[str]:
    """Yield the texts of a box, where each should stand on the pages once; ``footnotes`` are those still in it.

    A footnote that is not printed, as another with the same address is, counts where it is called.
    """
    if box.missing_link is not None and "::" in (box.element_tag or ""):
        return  # what CSS prints with a page number, which may be made of letters and is not known before layout
    if isinstance(box, TextBox):
        yield box.text
    if box.footnote is not None and (footnotes or is_shared(box.footnote)):
        yield from _texts(box.footnote, footnotes=True)
    for child in getattr(box, "children", ()):
        if not _is_repeated_or_cut(child):
            yield from _texts(child, footnotes=footnotes)
        elif footnotes:  # the notes of a table's head are printed once
            for inner in child.descendants():
                yield from _texts(inner.footnote, footnotes=True) if inner.footnote is not None else ()


def _is_repeated_or_cut(box: Box) -> bool:
    """Whether a box may stand on several pages, or is meant not to be printed whole."""
    style = box.style
    return (
        isinstance(box, MarginBox)
        or (isinstance(box, TableRowGroupBox) and (box.is_header or box.is_footer))
        or style["position"] == "fixed"
        or box.is_running()
        or style["continue"] == "discard"
    )
