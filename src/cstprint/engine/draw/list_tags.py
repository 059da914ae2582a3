"""Lists: an item holds its label and one body, which holds all the rest (ISO 32000-1, 14.8.4.3.3).

WeasyPrint puts a single run of text into a body, and whatever else an item holds beside the label: paragraphs,
quotations, and lists even beside the item.
"""

from __future__ import annotations

from collections.abc import Sequence

from cstprint.engine.draw.tag_tree import TagTree
from cstprint.engine.weasy import boxes
from cstprint.engine.weasy.types import Box, PdfObject

#: A term, a definition or what holds them, and the bodies in it.
_Part = tuple[PdfObject, Sequence[PdfObject]]

#: The kinds of elements in which a box of a list item is no further item.
IN_ITEM = ("/LI", "/LBody")


def needs_body(box: Box) -> bool:
    """Return whether a list item holds more than a single run of text beside its label."""
    inside = [child for child in box.children if child.element_tag != "li::marker"]
    return not (len(inside) == 1 and _is_anonymous_block(inside[0]))


def _is_anonymous_block(box: Box) -> bool:
    return box.element_tag == "li" and isinstance(box, boxes.BlockBox) and not _begins_with_label(box)


def _begins_with_label(box: Box) -> bool:
    """Return whether a block's first line begins with a mark that stands inside (``list-style-position``)."""
    lines = list(box.children)[:1]
    return any(child.element_tag == "li::marker" for line in lines for child in line.children[:1])


def mend_item(tree: TagTree, item: PdfObject) -> None:
    """Take the label out of an item's body, and make paragraphs of the runs of text beside other blocks.

    The label is the body of an item that says nothing else: one that holds a rule, for one.
    """
    for body in tree.kids(item):
        for holder in (body, *tree.kids(body)[:1]):
            for label in [kid for kid in tree.kids(holder)[:1] if kid["S"] == "/Lbl"]:
                tree.take(label, holder)
                tree.put(label, item, 0)
        for run in [kid for kid in tree.kids(body) if kid["S"] == "/NonStruct" and tree.origin(kid) == "li"]:
            if run["K"]:
                run["S"] = "/P"
            else:
                tree.drop(run, body)
        if not body["K"]:
            tree.drop(body, item)
    if all(kid["S"] == "/Lbl" for kid in tree.kids(item)):
        for label in tree.kids(item)[:1]:
            label["S"] = "/LBody"


def mend_definitions(tree: TagTree, element: PdfObject) -> None:
    """Turn a list of terms and definitions into a list whose labels are the terms.

    The terms and definitions of an entry stand in a ``div``, or all in the list. WeasyPrint makes an LI with an
    LBody of each of them.
    """
    for group in [kid for kid in tree.kids(element) if tree.origin(kid) == "div"]:
        group["S"] = "/LI"
        _entry(tree, group, [(part, tree.kids(part)) for part in tree.kids(group)])
    entry: PdfObject | None = None
    for item in [kid for kid in tree.kids(element) if tree.origin(kid) in ("dt", "dd")]:
        starts = tree.origin(item) == "dt"
        if entry is None or (starts and any(kid["S"] == "/LBody" for kid in tree.kids(entry))):
            entry = item
            _entry(tree, entry, [(item, tree.kids(item))])
        else:
            parts = [(item, tree.kids(item))]
            _entry(tree, entry, parts, further=True)
            tree.drop(item, element)


def _entry(tree: TagTree, entry: PdfObject, parts: Sequence[_Part], *, further: bool = False) -> None:
    """Make the bodies of ``parts`` the labels and bodies of the list item ``entry``."""
    if not further:
        entry["K"].clear()
    for part, bodies in parts:
        for body in bodies:
            if tree.origin(part) == "dt":
                body["S"] = "/Lbl"
            tree.put(body, entry)
