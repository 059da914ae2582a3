"""Tags that WeasyPrint does not write: contents, captions, notes, other languages; lists and tables put right.

Its structure tree is made box by box; what a box gave is put right before its parent takes it (ISO 32000-1, 14.8.4).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any
from xml.etree.ElementTree import Element

from cstprint.engine.draw.artifacts import is_decoration, is_leader
from cstprint.engine.draw.group_tags import GroupTags
from cstprint.engine.draw.list_tags import IN_ITEM, mend_definitions, mend_item, needs_body
from cstprint.engine.draw.table_tags import mend_table
from cstprint.engine.draw.tag_tree import TagTree
from cstprint.engine.weasy import boxes
from cstprint.engine.weasy.calls import TagCall
from cstprint.engine.weasy.pdf import Array, Dictionary, String
from cstprint.engine.weasy.types import Box, Pdf, PdfObject

#: ``_build_box_tree``: the structure elements of a box.
BuildTree = Callable[..., Iterator[PdfObject]]

#: An ``ol`` with this ``data-tag`` is a table of contents; any element with the other is a note.
CONTENTS, NOTE = "contents", "note"
#: A picture with this ``data-tag`` is a formula; its alternative text is the source.
FORMULA = "formula"
#: A ``span`` with one of these is a heading on the first line of a paragraph.
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
#: HTML elements that WeasyPrint knows no tag for.
_KINDS = {
    "code": "/Code",
    "pre": "/P",
    **dict.fromkeys(("em", "strong", "sup", "sub", "u", "s", "mark", "small", "kbd"), "/Span"),
}
#: Elements that may hold nothing: the grid of a table needs its cells, and rows until it is put right.
_EMPTY = frozenset({"/TR", "/TH", "/TD"})
#: What HTML says of a head cell of rows; any other is one of columns.
_ROW_SCOPES = frozenset({"row", "rowgroup"})


class Tags:
    """The tags of a PDF while it is written."""

    def __init__(self) -> None:
        self._groups = GroupTags()

    def building(self, original: BuildTree) -> BuildTree:
        """Replace ``_build_box_tree``, which makes the structure elements of a box."""
        return _Builder(original, self._groups).build

    def marking(
        self, original: Callable[..., AbstractContextManager[None]]
    ) -> Callable[..., AbstractContextManager[None]]:
        """Replace ``Stream.marked``, which marks content."""
        return self._groups.marked(original)

    def completing(self, original: Callable[..., None]) -> Callable[..., None]:
        """Replace ``add_tags``: add the parents of groups, and an index of identifiers (ISO 32000-1, table 322)."""

        def add_tags(pdf: Pdf, *rest: object) -> None:
            original(pdf, *rest)
            root = _referred(pdf, pdf.catalog["StructTreeRoot"])
            self._groups.add_to(_referred(pdf, root["ParentTree"]))
            named = {
                one["ID"].string: one.reference
                for one in pdf.objects
                if isinstance(one, Dictionary) and "ID" in one and "S" in one
            }
            if named:
                names = [part for name in sorted(named) for part in (String(name), named[name])]
                root["IDTree"] = Dictionary({"Names": Array(names)})

        return add_tags


class _Builder:
    """The replacement of WeasyPrint's function that makes the structure elements of a box and all that is in it."""

    def __init__(self, original: BuildTree, groups: GroupTags):
        self.original = original
        self.groups = groups
        self.tree = TagTree()
        #: The elements of notes that are being tagged: boxes inside one may be of the same element.
        self.open_notes: set[Element] = set()
        #: The elements of list items that are being tagged, in the same way.
        self.open_items: set[Element] = set()
        self.notes = 0

    def build(self, *arguments: Any) -> Iterator[PdfObject]:
        """Yield the elements of a box."""
        call = TagCall(*arguments)
        box = call.box
        if isinstance(box, boxes.PageBox):
            yield from self._page(call)
        elif isinstance(box, boxes.MarginBox):
            yield from self._links(call)
        elif _is_only_a_column(box):
            for child in box.children:
                yield from self.build(*call._replace(box=child))
        elif box.element_tag in ("html", "body"):  # no elements of their own
            yield from self.original(*call)
        elif box.element_tag == "li":
            yield from self._listed(call)
        elif not is_leader(box) and not is_decoration(box):
            yield from self._elements(call)

    def _page(self, call: TagCall) -> Iterator[PdfObject]:
        """Yield the elements of a page, and note where the content of groups is."""
        groups, first = self.groups.on_page(call.tags), len(call.pdf.objects)
        yield from self.original(*call)
        if groups:
            self.groups.refer(groups, call.pdf.objects[first:], call.nums)

    def _links(self, call: TagCall) -> Iterator[PdfObject]:
        """Yield the links of a running head: it is an artifact, but who listens can follow them, too."""
        for inner in call.box.descendants():
            annotation = inner.link_annotation
            if annotation:
                link = self.tree.add(call.pdf, "/Link", call.parent, call.page, inner)
                link["Alt"] = String(_text_of(inner))
                reference = {"Type": "/OBJR", "Obj": annotation.reference, "Pg": call.page}
                link["K"].append(Dictionary(reference))
                call.annotations.append((link.reference, annotation))
                yield link

    def _listed(self, call: TagCall) -> list[PdfObject]:
        """Return the elements of a list item, or of an anonymous box in it, as those of a table."""
        box, parent = call.box, call.parent
        if box.element in self.open_items:
            kind = parent["S"]
            if kind not in IN_ITEM:  # deep in the item: WeasyPrint would begin another one
                parent["S"] = "/LBody"
            made = self._elements(call)
            parent["S"] = kind
            return made
        self.open_items.add(box.element)
        made = [self._item(call)] if needs_body(box) else self._elements(call)
        self.open_items.discard(box.element)
        return [item for item in made if _says_something(item)]

    def _item(self, call: TagCall) -> PdfObject:
        """Return a list item, whose content becomes the body."""
        item = self.tree.add(call.pdf, "/LI", call.parent, call.page, call.box)
        item["K"].extend(body.reference for body in self.build(*call._replace(parent=item)))
        mend_item(self.tree, item)
        return item

    def _elements(self, call: TagCall) -> list[PdfObject]:
        """Return the elements that WeasyPrint makes of a box, put right; those that hold nothing are left out."""
        box = call.box
        note = box.element if _is_note(box) and box.element not in self.open_notes else None
        if note is not None:
            self.open_notes.add(note)
        made = list(self.original(*call))
        if note is not None:
            self.open_notes.discard(note)
        self.tree.keep(made, box)
        for element in made:
            self._mend(element, box, call.pdf)
            if note is not None:
                self._note(element)
            _say_language(box, element)
        return [element for element in made if _says_something(element)]

    def _mend(self, element: PdfObject, box: Box, pdf: Pdf) -> None:
        if box.element_tag == "ol" and box.element.get("data-tag") == CONTENTS:
            self._contents(element)
        elif box.element_tag == "figure":
            self._captions_inside(element)
        elif box.element_tag == "dl":
            mend_definitions(self.tree, element)
        elif (
            element["S"] == "/Span" and box.element_tag == "span" and box.element.get("data-tag") in _HEADINGS
        ):
            element["S"] = f"/{box.element.get('data-tag', '').upper()}"
        elif element["S"] == "/NonStruct" and box.element_tag in _KINDS:
            element["S"] = _KINDS[box.element_tag]
        elif element["S"] == "/Figure" and box.element.get("data-tag") == FORMULA:
            element["S"] = "/Formula"
        elif element["S"] == "/TH":
            element["A"]["Scope"] = "/Row" if box.element.get("scope") in _ROW_SCOPES else "/Column"
        elif element["S"] == "/Table":
            mend_table(self.tree, pdf, element)

    def _note(self, element: PdfObject) -> None:
        """Turn an element into a note, which has an identifier (ISO 14289-1, 7.9)."""
        self.notes += 1
        element["S"] = "/Note"
        element["ID"] = String(f"note-{self.notes}")

    def _contents(self, element: PdfObject) -> None:
        """Turn a list into contents: TOC, TOCI and, for what leads to a page, Reference."""
        element["S"] = "/TOC"
        for item in self.tree.kids(element):
            item["S"] = "/TOCI"
            for body in self.tree.kids(item):
                if body["S"] == "/LBody":
                    body["S"] = "/Reference"
                for inner in [kid for kid in self.tree.kids(body) if kid["S"] == "/TOC"]:
                    self.tree.take(inner, body)
                    self.tree.put(inner, item)

    def _captions_inside(self, element: PdfObject) -> None:
        """Move the captions of a ``figure`` into its picture's Figure, where PDF wants them.

        Where the picture is a link, its Figure stands in that; a caption, which may have links, cannot stand there.
        """
        pictures = list(self._pictures(element))
        for caption in self.tree.kids(element):
            if caption["S"] != "/Caption":
                continue
            if not pictures or any(linked for _, linked in pictures):  # none in a draft's gap
                caption["S"] = "/P"
            elif len(pictures) == 1:
                self.tree.take(caption, element)
                self.tree.put(caption, pictures[0][0])

    def _pictures(self, element: PdfObject, *, linked: bool = False) -> Iterator[tuple[PdfObject, bool]]:
        """Yield the pictures in an element, however deep, and whether each stands in a link."""
        for kid in self.tree.kids(element):
            if kid["S"] == "/Figure":
                yield kid, linked
                continue
            in_link = kid["S"] == "/Link"
            for picture, inside in self._pictures(kid, linked=linked or in_link):
                if in_link and "Alt" in picture:  # a link without a text says what its picture shows
                    kid.setdefault("Alt", picture["Alt"])
                yield picture, inside


def _says_something(element: PdfObject) -> bool:
    """Return whether an element holds anything; one that holds nothing is cleared."""
    if element["K"] or element["S"] in _EMPTY:
        return True
    element.clear()
    return False


def _referred(pdf: Pdf, reference: bytes) -> PdfObject:
    """Return the object of a reference."""
    found: PdfObject = pdf.objects[int(reference.split()[0])]
    return found


def _text_of(box: Box) -> str:
    inner = box.descendants() if hasattr(box, "children") else [box]
    return "".join(getattr(one, "text", "") for one in inner)


def _is_only_a_column(box: Box) -> bool:
    """Return whether a box is a column of blocks: it is of the element with the columns and has no meaning itself."""
    return bool(getattr(box, "is_column", False)) and not any(
        isinstance(child, boxes.LineBox) for child in box.children
    )


def _is_note(box: Box) -> bool:
    """Return whether a box is that of a note itself, not of its call or its marker, which are of the same element."""
    element = box.element
    return element is not None and element.get("data-tag") == NOTE and box.element_tag == element.tag


def _say_language(box: Box, element: PdfObject) -> None:
    """Say of a passage in another language which it is (ISO 32000-1, 14.9.2); of the whole, the catalogue does."""
    language = box.element.get("lang") if box.element is not None and box.element_tag != "html" else None
    if language and "Lang" not in element:
        element["Lang"] = String(language)
