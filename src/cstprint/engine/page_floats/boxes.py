"""The boxes of figures that leave their place: which they are, what stands in for them, where they are put."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cstprint.engine.blocks.line_grid import line_height, missing
from cstprint.engine.columns.children import in_grid_columns
from cstprint.engine.lines.style import token
from cstprint.placement.decisions import Delay
from cstprint.placement.facts import BlockRole

#: What the token ``figure-place`` says beside ``head``.
FOOT, HERE = "foot", "here"
#: What the token ``figure-barrier`` says where figures may pass the heads of sections.
ARTICLE = "article"
#: No more of a page is left empty, lest a figure stand too far from its mention: it does so, rather.
MOST_EMPTY = 0.5
#: The class of figures, and of the heads that open a section of an article (``##``).
FIGURES, SECTION_HEAD = "figures", frozenset({"heading", "level-1"})


@dataclass(eq=False)
class PageFloat:
    """A figure that may leave its place: its box and its article's, and where and how wide it stood in the flow."""

    box: Any
    article: Any
    order: int
    block: Any = None
    offset_x: float = 0.0
    #: How many pages it takes at most: more than one where it is torn between its rows.
    pages: int = 1


@dataclass(frozen=True)
class Barrier:
    """What a block waits for: that the figures before the place ``order`` take no more than ``spare`` pages.

    ``figure`` is the id of that which stands there and has to be near, if one does; ``links`` are its addresses, if
    the block mentions it: only the line that does so waits.
    """

    order: int
    spare: int = 0
    figure: str = ""
    links: frozenset[str] = frozenset()


#: A figure, and WeasyPrint's ``skip_stack`` to what is left of it.
Rest = tuple[PageFloat, Any]


def content_bottom(root: Any) -> float:
    """Return where the flow of a page ends (px): boxes that go on on the next page reach to the edge of this one."""
    from weasyprint.formatting_structure import boxes

    lowest = 0.0
    for box in root.descendants():
        if isinstance(box, boxes.LineBox):
            lowest = max(lowest, box.position_y + box.height)
        elif isinstance(box, boxes.BlockBox) and "bottom" not in box.remove_decoration_sides:
            lowest = max(lowest, box.border_box_y() + box.border_height())
    return lowest


def any_page() -> dict[str, Any]:
    """Return what WeasyPrint says of the next page where nothing asks for one; it writes into that."""
    return {"break": "any", "page": None}


def refused() -> Any:
    """Return what WeasyPrint's functions return where a box does not fit on the rest of the page."""
    return None, None, any_page(), [], False, None


def articles(root: Any) -> Iterator[Any]:
    """Yield the boxes of articles in one column or in columns on the grid; WeasyPrint's own columns move nothing."""
    for box in root.descendants():
        columns = box.style["column_count"], box.style["column_width"]
        if (
            box.element_tag == "article"
            and not box.is_column
            and (columns == ("auto", "auto") or in_grid_columns(box))
        ):
            yield box


def is_movable(box: Any) -> bool:
    """Whether a box is a figure (group) in the column that may leave its place as far as the layout says."""
    return FIGURES in classes(box) and box.is_in_normal_flow() and token(box.style, "figure_place") != HERE


def opens_section(box: Any) -> bool:
    """Whether a box is the head of a section that no figure leaves."""
    return classes(box) >= SECTION_HEAD and token(box.style, "figure_barrier") != ARTICLE


def id_of(box: Any) -> str:
    """Return the id of a box's element, or nothing."""
    return "" if box.element is None else str(box.element.get("id", ""))


def barriers(box: Any) -> list[Barrier]:
    """Return what a block waits for."""
    return getattr(box, "cst_barriers", [])


def role_of(box: Any) -> BlockRole:
    """Return what a block of an article is to figures that may leave their places."""
    if is_movable(box):
        return BlockRole.FIGURE
    if holds_figures(box):
        return BlockRole.FIXED
    return BlockRole.SECTION if opens_section(box) else BlockRole.TEXT


def groups_of(article: Any) -> dict[str, str]:
    """Return the ids of the groups of figures in an article's element by all ids that are in them."""
    return {
        inner.get("id"): element.get("id")
        for element in article
        if FIGURES in element.get("class", "").split()
        for inner in element.iter()
        if inner.get("id")
    }


def in_new_order(children: list[Any], moved_after: Mapping[str, str]) -> list[Any]:
    """Return the children of an article with each figure of ``moved_after`` after its block, both by id."""
    ordered = list(children)
    places = {id_of(child): child for child in children}
    for figure, block in moved_after.items():
        if figure in places and block in places:
            ordered.remove(places[figure])
            ordered.insert(ordered.index(places[block]) + 1, places[figure])
            places[figure].cst_behind = True
    return ordered


def let_wait(children: list[Any], delays: Iterable[Delay]) -> None:
    """Put up barriers before the children of an article that are delayed."""
    places = {id_of(child): child for child in children}
    for delay in sorted(delays):
        if delay.block_id in places and delay.figure_id in places:
            block, figure = places[delay.block_id], places[delay.figure_id]
            links = links_to(figure) & links_in(block)
            barrier = Barrier(figure.cst_order, delay.spare_pages, delay.figure_id, links)
            block.cst_barriers = [*barriers(block), barrier]


def links_to(box: Any) -> frozenset[str]:
    """Return the addresses of a box's element and of all in it."""
    return frozenset(f"#{inner.get('id')}" for inner in box.element.iter() if inner.get("id"))


def links_in(box: Any) -> frozenset[str]:
    """Return the addresses that a box's element refers to."""
    return frozenset(link.get("href", "") for link in box.element.iter("a"))


def refers(made: Iterable[Any], links: frozenset[str]) -> bool:
    """Whether boxes refer to one of the addresses ``links``."""
    return any(
        inner.element is not None and inner.element.tag == "a" and inner.element.get("href") in links
        for box in made
        for inner in box.descendants()
    )


def classes(box: Any) -> set[str]:
    """Return the classes of a box's element."""
    return set() if box.element is None else set(box.element.get("class", "").split())


def holds_figures(box: Any) -> bool:
    """Whether there are figures in a box."""
    return box.element is not None and next(box.element.iter("figure"), None) is not None


def at_foot(box: Any) -> bool:
    """Whether the layout wants a figure at the foot of its page."""
    return token(box.style, "figure_place") == FOOT


def overflows(context: Any, box: Any, bottom_space: float) -> bool:
    """Whether a box reaches over the edge of the page."""
    return bool(context.overflows_page(bottom_space, box.border_box_y() + box.border_height()))


def contents_overflow(context: Any, box: Any, bottom_space: float) -> bool:
    """Whether what is in a box reaches over the edge of the page.

    If only its padding does, WeasyPrint lays it out again with that much more ``bottom_space``.
    """
    return bool(context.overflows_page(bottom_space, box.content_box_y() + box.height))


def stand_in(figure: PageFloat) -> Any:
    """Return a box that takes no place; no page ends behind it, lest a head stand alone before it."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout.percent import resolve_percentages

    style = figure.box.style.anonymous_style.copy()
    style["break_after"] = "avoid"
    box = boxes.BlockBox(None, style, None, [])
    box.position_x, box.position_y = figure.box.position_x, figure.box.position_y
    resolve_percentages(box, figure.block)
    box.width, box.height, box.margin_left, box.margin_right = figure.block.width, 0, 0, 0
    box.clearance, box.cst_stands_in = None, figure
    return box


def without_flow(root: Any, skip_stack: Any) -> Any:
    """Return the root with the article that ``skip_stack`` leads into empty, for a page that has no room for text."""
    box = empty = root.deepcopy()
    while box.element_tag != "article":
        ((skip, skip_stack),) = skip_stack.items()
        box = box.children[skip]
    box.children, box.force_fragmentation = [], True
    return empty


def taken_out(box: Any) -> list[Rest]:
    """Take the stand-ins out of a page, and return what waits for the next, in the order of the text."""
    found: list[Rest] = []
    children = getattr(box, "children", ())
    kept = [child for child in children if not hasattr(child, "cst_stands_in")]
    for child in children:
        figure = getattr(child, "cst_stands_in", None)
        rest = getattr(child, "cst_rest", None)
        if figure is not None:
            found.append((figure, None))
        elif rest is not None:
            found.append(rest)
        else:
            found += taken_out(child)
    if len(kept) < len(children):
        box.children = kept
    return found


def fit_to_rows(box: Any) -> None:
    """Let a part of a figure end with its last row, in whole lines: WeasyPrint lets it reach to the page's edge."""
    from weasyprint.formatting_structure import boxes

    ends = [
        inner.position_y + (inner.margin_height() if isinstance(inner, boxes.ReplacedBox) else inner.height)
        for inner in box.descendants()
        if isinstance(inner, (boxes.LineBox, boxes.ReplacedBox))
    ]
    box.height = max(ends, default=box.content_box_y()) - box.content_box_y()
    box.height += missing(box.border_height(), line_height(box))


def put_in(root: Any, figure: PageFloat, made: Any) -> None:
    """Put a figure into its article's part of the page, behind a paragraph that goes on from the page before."""
    article = next(
        (
            box
            for box in root.descendants()
            if box.element is figure.article.element and box.element_tag == "article"
        ),
        root,
    )
    index = 0
    while index < len(article.children) and (
        "top" in article.children[index].remove_decoration_sides
        or hasattr(article.children[index], "cst_put_in")
    ):
        index += 1
    made.cst_put_in = True
    article.children = [*article.children[:index], made, *article.children[index:]]
