"""Tags that WeasyPrint does not write: contents, captions, notes, other languages; lists and tables put right.

Its structure tree is made box by box; what a box gave is put right before its parent takes it (ISO 32000-1, 14.8.4).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf

from cstprint.engine.draw.artifacts import is_decoration, is_leader
from cstprint.engine.draw.group_tags import GroupTags
from cstprint.engine.draw.list_tags import IN_ITEM, mend_definitions, mend_item, needs_body
from cstprint.engine.draw.table_tags import mend_table
from cstprint.engine.draw.tag_tree import TagTree

#: An ``ol`` with this ``data-tag`` is a table of contents; any element with the other is a note.
CONTENTS, NOTE = "contents", "note"
#: A picture with this ``data-tag`` is a formula; its alternative text is the source.
FORMULA = "formula"
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

    def building(self, original: Any) -> Any:
        """Replace the function that makes the structure elements of a box."""
        return _Builder(original, self._groups).build

    def marking(self, original: Any) -> Any:
        """Replace the function that marks content."""
        return self._groups.marked(original)

    def completing(self, original: Any) -> Any:
        """Complete the tree: the parents of groups, and an index of identifiers (ISO 32000-1, table 322)."""

        def add_tags(pdf: Any, *rest: Any) -> None:
            original(pdf, *rest)
            root = _referred(pdf, pdf.catalog["StructTreeRoot"])
            self._groups.add_to(_referred(pdf, root["ParentTree"]))
            named = {
                one["ID"].string: one.reference
                for one in pdf.objects
                if isinstance(one, pydyf.Dictionary) and "ID" in one and "S" in one
            }
            if named:
                names = [part for name in sorted(named) for part in (pydyf.String(name), named[name])]
                root["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(names)})

        return add_tags


class _Builder:
    """Stands in for WeasyPrint's function that makes the structure elements of a box and all that is in it."""

    def __init__(self, original: Any, groups: GroupTags):
        self.original = original
        self.groups = groups
        self.tree = TagTree()
        #: The elements of notes that are being tagged: boxes inside one may be of the same element.
        self.open_notes: set[Any] = set()
        #: The elements of list items that are being tagged, in the same way.
        self.open_items: set[Any] = set()
        self.notes = 0

    def build(self, box: Any, parent: Any, *rest: Any) -> Iterator[Any]:
        """Yield the elements of ``box``."""
        from weasyprint.formatting_structure import boxes

        if isinstance(box, boxes.PageBox):
            yield from self._page(box, parent, *rest)
        elif isinstance(box, boxes.MarginBox):
            yield from self._links(box, parent, *rest)
        elif _is_only_a_column(box):
            for child in box.children:
                yield from self.build(child, parent, *rest)
        elif box.element_tag in ("html", "body"):  # no elements of their own
            yield from self.original(box, parent, *rest)
        elif box.element_tag == "li":
            yield from self._listed(box, parent, *rest)
        elif not is_leader(box) and not is_decoration(box):
            yield from self._elements(box, parent, *rest)

    def _page(self, box: Any, parent: Any, *rest: Any) -> Iterator[Any]:
        pdf, _, owners, _, tags = rest
        groups, first = self.groups.on_page(tags), len(pdf.objects)
        yield from self.original(box, parent, *rest)
        if groups:
            self.groups.refer(groups, pdf.objects[first:], owners)

    def _links(self, box: Any, parent: Any, *rest: Any) -> Iterator[Any]:
        """Yield the links of a running head: it is an artifact, but who listens can follow them, too."""
        pdf, page_number, _, annotations, _ = rest
        for inner in box.descendants():
            if inner.link_annotation:
                page = pdf.page_references[page_number]
                link = self.tree.add(pdf, "/Link", parent, page, inner)
                link["Alt"] = pydyf.String(_text_of(inner))
                reference = {"Type": "/OBJR", "Obj": inner.link_annotation.reference, "Pg": page}
                link["K"].append(pydyf.Dictionary(reference))
                annotations.append((link.reference, inner.link_annotation))
                yield link

    def _listed(self, box: Any, parent: Any, *rest: Any) -> list[Any]:
        """Return the elements of a list item, or of an anonymous box in it, as those of a table."""
        if box.element in self.open_items:
            kind = parent["S"]
            if kind not in IN_ITEM:  # deep in the item: WeasyPrint would begin another one
                parent["S"] = "/LBody"
            made = self._elements(box, parent, *rest)
            parent["S"] = kind
            return made
        self.open_items.add(box.element)
        made = [self._item(box, parent, *rest)] if needs_body(box) else self._elements(box, parent, *rest)
        self.open_items.discard(box.element)
        return [item for item in made if _says_something(item)]

    def _item(self, box: Any, parent: Any, *rest: Any) -> Any:
        """Return a list item, whose content becomes the body."""
        pdf, page_number = rest[:2]
        item = self.tree.add(pdf, "/LI", parent, pdf.page_references[page_number], box)
        item["K"].extend(body.reference for body in self.build(box, item, *rest))
        mend_item(self.tree, item)
        return item

    def _elements(self, box: Any, parent: Any, *rest: Any) -> list[Any]:
        note = box.element if _is_note(box) and box.element not in self.open_notes else None
        self.open_notes.add(note)
        made = list(self.original(box, parent, *rest))
        self.open_notes.discard(note)
        self.tree.keep(made, box)
        for element in made:
            self._mend(element, box, rest[0])
            if note is not None:
                self._note(element)
            _say_language(box, element)
        return [element for element in made if _says_something(element)]

    def _mend(self, element: Any, box: Any, pdf: Any) -> None:
        if box.element_tag == "ol" and box.element.get("data-tag") == CONTENTS:
            self._contents(element)
        elif box.element_tag == "figure":
            self._captions_inside(element)
        elif box.element_tag == "dl":
            mend_definitions(self.tree, element)
        elif element["S"] == "/NonStruct" and box.element_tag in _KINDS:
            element["S"] = _KINDS[box.element_tag]
        elif element["S"] == "/Figure" and box.element.get("data-tag") == FORMULA:
            element["S"] = "/Formula"
        elif element["S"] == "/TH":
            element["A"]["Scope"] = "/Row" if box.element.get("scope") in _ROW_SCOPES else "/Column"
        elif element["S"] == "/Table":
            mend_table(self.tree, pdf, element)

    def _note(self, element: Any) -> None:
        """Turn an element into a note, which has an identifier (ISO 14289-1, 7.9)."""
        self.notes += 1
        element["S"] = "/Note"
        element["ID"] = pydyf.String(f"note-{self.notes}")

    def _contents(self, element: Any) -> None:
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

    def _captions_inside(self, element: Any) -> None:
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

    def _pictures(self, element: Any, *, linked: bool = False) -> Iterator[tuple[Any, bool]]:
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


def _says_something(element: Any) -> bool:
    """Whether an element holds anything; what holds nothing, as a block before the end of its page, is no element."""
    if element["K"] or element["S"] in _EMPTY:
        return True
    element.clear()
    return False


def _referred(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _text_of(box: Any) -> str:
    inner = box.descendants() if hasattr(box, "children") else [box]
    return "".join(getattr(one, "text", "") for one in inner)


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
