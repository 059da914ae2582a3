"""Tags that WeasyPrint does not write: contents, captions, leaders, columns, table heads, other languages.

Its structure tree is made box by box; what a box gave is put right before its parent takes it (ISO 32000-1, 14.8.4).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pydyf

from cstprint.engine.replaced import replaced

#: An ``ol`` with this ``data-tag`` is a table of contents; any element with the other is a note.
CONTENTS, NOTE = "contents", "note"
#: A picture with this ``data-tag`` says nothing, and is not tagged at all.
DECORATION = "decoration"
#: A picture with this ``data-tag`` is a formula; its alternative text is the source.
FORMULA = "formula"
#: HTML elements that WeasyPrint knows no tag for.
_KINDS = {
    "code": "/Code",
    "pre": "/P",
    **dict.fromkeys(("em", "strong", "sup", "sub", "u", "s", "mark", "small", "kbd"), "/Span"),
}
#: What HTML says of a head cell of rows; any other is one of columns.
_ROW_SCOPES = frozenset({"row", "rowgroup"})


def better_tags() -> AbstractContextManager[None]:
    """Write better tags until the context is left."""
    from weasyprint import draw
    from weasyprint.pdf import stream, tags

    return replaced(
        (tags, "_build_box_tree", lambda original: _Tree(original).build),
        (draw, "draw_inline_level", _leaders_as_artifacts),
        (stream.Stream, "marked", _decoration_as_artifact),
        (pydyf.PDF, "page_references", _pages_once),
    )


def _pages_once(original: Any) -> Any:
    """Each element asks for the references of all pages, to take one."""
    known: dict[int, Any] = {}

    def references(pdf: Any) -> Any:
        count = pdf.pages["Count"]
        if count not in known:
            known[count] = original.__get__(pdf)
        return known[count]

    return property(references)


def _leaders_as_artifacts(original: Any) -> Any:
    def draw(stream: Any, page: Any, box: Any, *rest: Any, **options: Any) -> None:
        if not getattr(box, "is_leader", False):
            original(stream, page, box, *rest, **options)
            return
        with _artifact(stream), _shaped_once(box):
            original(stream, page, box, *rest, **options)

    return draw


@contextmanager
def _shaped_once(leader: Any) -> Iterator[None]:
    """Keep a leader's text shaped while it is drawn again and again: WeasyPrint shapes it for each of its dots."""
    texts = {text.pango_layout: text for text in leader.children if hasattr(text, "pango_layout")}
    for layout, text in texts.items():
        layout.reactivate(text.style)
        layout.reactivate, layout.deactivate = lambda _: None, lambda: None
    try:
        yield
    finally:
        for layout in texts:
            del layout.reactivate, layout.deactivate
            layout.deactivate()


def _decoration_as_artifact(original: Any) -> Any:
    def marked(stream: Any, box: Any, tag: str) -> AbstractContextManager[None]:
        if _is_decoration(box):
            return _artifact(stream)
        mark: AbstractContextManager[None] = original(stream, box, tag)
        return mark

    return marked


@contextmanager
def _artifact(stream: Any) -> Iterator[None]:
    """Draw an artifact: nothing inside it is tagged."""
    with stream.artifact():
        tags, stream._tags = stream._tags, None
        try:
            yield
        finally:
            stream._tags = tags


def _is_decoration(box: Any) -> bool:
    return bool(box.element_tag == "img" and box.element.get("data-tag") == DECORATION)


class _Tree:
    """Stands in for WeasyPrint's function that makes the structure elements of a box and all that is in it."""

    def __init__(self, original: Any):
        self.original = original
        self.elements: dict[bytes, Any] = {}
        #: Element → the HTML element of its box.
        self.origins: dict[bytes, str] = {}
        #: The elements of notes that are being tagged: boxes inside one may be of the same element.
        self.open_notes: set[Any] = set()
        self.notes = 0

    def build(self, box: Any, parent: Any, *rest: Any) -> Iterator[Any]:
        """Yield the elements of ``box``."""
        if _is_only_a_column(box):
            for child in box.children:
                yield from self.build(child, parent, *rest)
        elif not getattr(box, "is_leader", False) and not _is_decoration(box):
            yield from self._elements(box, parent, *rest)

    def _elements(self, box: Any, parent: Any, *rest: Any) -> list[Any]:
        note = box.element if _is_note(box) and box.element not in self.open_notes else None
        self.open_notes.add(note)
        made = list(self.original(box, parent, *rest))
        self.open_notes.discard(note)
        self.elements.update((element.reference, element) for element in made)
        self.origins.update((element.reference, box.element_tag) for element in made)
        for element in made:
            if box.element_tag == "ol" and box.element.get("data-tag") == CONTENTS:
                self._contents(element)
            elif box.element_tag == "figure":
                self._captions_inside(element)
            elif box.element_tag == "dl":
                self._definitions(element)
            elif element["S"] == "/NonStruct" and box.element_tag in _KINDS:
                element["S"] = _KINDS[box.element_tag]
            elif element["S"] == "/Figure" and box.element.get("data-tag") == FORMULA:
                element["S"] = "/Formula"
            elif element["S"] == "/TH":
                element["A"]["Scope"] = "/Row" if box.element.get("scope") in _ROW_SCOPES else "/Column"
            if note is not None:
                self._note(element)
            _say_language(box, element)
        return made

    def _kids(self, element: Any) -> list[Any]:
        """Return the elements right inside an element."""
        return [self.elements[kid] for kid in element["K"] if isinstance(kid, bytes) and kid in self.elements]

    def _note(self, element: Any) -> None:
        """Turn an element into a note, which has an identifier (ISO 14289-1, 7.9)."""
        self.notes += 1
        element["S"] = "/Note"
        element["ID"] = pydyf.String(f"note-{self.notes}")

    def _definitions(self, element: Any) -> None:
        """Turn a list of terms and definitions into a list whose labels are the terms.

        The terms and definitions of an entry stand in a ``div``, or all in the list. WeasyPrint makes an LI with an
        LBody of each of them.
        """
        for group in [kid for kid in self._kids(element) if self.origins[kid.reference] == "div"]:
            group["S"] = "/LI"
            self._entry(group, [(part, self._kids(part)) for part in self._kids(group)])
        entry: Any = None
        for item in [kid for kid in self._kids(element) if self.origins[kid.reference] in ("dt", "dd")]:
            starts = self.origins[item.reference] == "dt"
            if entry is None or (starts and any(kid["S"] == "/LBody" for kid in self._kids(entry))):
                entry = item
                self._entry(entry, [(item, self._kids(item))])
            else:
                element["K"].remove(item.reference)
                self._entry(entry, [(item, self._kids(item))], further=True)

    def _entry(self, entry: Any, parts: list[tuple[Any, list[Any]]], *, further: bool = False) -> None:
        """Make the bodies of ``parts`` the labels and bodies of the list item ``entry``."""
        if not further:
            entry["K"] = pydyf.Array()
        for part, bodies in parts:
            for body in bodies:
                if self.origins[part.reference] == "dt":
                    body["S"] = "/Lbl"
                body["P"] = entry.reference
                entry["K"].append(body.reference)

    def _contents(self, element: Any) -> None:
        """Turn a list into contents: TOC, TOCI and, for what leads to a page, Reference."""
        element["S"] = "/TOC"
        for item in self._kids(element):
            item["S"] = "/TOCI"
            for body in self._kids(item):
                if body["S"] == "/LBody":
                    body["S"] = "/Reference"

    def _captions_inside(self, element: Any) -> None:
        """Move the captions of a ``figure`` into its picture's Figure, where PDF wants them."""
        pictures = list(self._pictures(element))
        for caption in self._kids(element):
            if caption["S"] != "/Caption":
                continue
            if not pictures:  # a gap in a draft
                caption["S"] = "/P"
            elif len(pictures) == 1:
                element["K"].remove(caption.reference)
                pictures[0]["K"].append(caption.reference)
                caption["P"] = pictures[0].reference

    def _pictures(self, element: Any) -> Iterator[Any]:
        """Yield the pictures in an element, however deep."""
        for kid in self._kids(element):
            if kid["S"] == "/Figure":
                yield kid
            else:
                yield from self._pictures(kid)


def _is_only_a_column(box: Any) -> bool:
    """Whether a box is a column of blocks: of the element whose columns these are, without a meaning of its own."""
    from weasyprint.formatting_structure import boxes

    return bool(getattr(box, "is_column", False)) and not any(
        isinstance(child, boxes.LineBox) for child in box.children
    )


def _is_note(box: Any) -> bool:
    """Whether a box is that of a note itself, not of its call or its marker, which are of the same element."""
    element = box.element
    return element is not None and element.get("data-tag") == NOTE and box.element_tag == element.tag


def _say_language(box: Any, element: Any) -> None:
    """Say of a passage in another language which it is (ISO 32000-1, 14.9.2); of the whole, the catalogue does."""
    language = box.element.get("lang") if box.element is not None and box.element_tag != "html" else None
    if language and "Lang" not in element:
        element["Lang"] = pydyf.String(language)
