"""Where everything of an issue stands on its pages, from the boxes of the layout, and what must hold of all of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import Any

from cstprint import rendering
from cstprint.diagnostics import Diagnostic, Result
from cstprint.engine.document import PagedDocument
from cstprint.engine.weasy.environment import use_fonts
from cstprint.job import MAX_PAGES, RenderOptions
from cstprint.pdf.standard import DEFAULT, STANDARDS
from cstprint.project import open_project
from cstprint.rendering import Preparation, prepare
from cstprint.units import px_to_pt
from tests.support.pages import Box

#: Rounding of boxes, in pt; what is cut or collides does so by more.
TOLERANCE_PT = 0.5
#: Marks whose right or left half is blank, and hangs over the edge where it is trimmed (clreq, 3.1.6.1).
CLOSING, OPENING = "，。、；：！？”’）》〉」』】〕", "“‘（《〈「『【〔"
#: Blocks with a ground, a frame or rules of their own: no text of others may stand in them.
FRAMED = ("box", "notice", "pull", "table", "colophon", "figure")
#: A figure that has moved, an address that the text prints without a link, a last page of a few lines, a blank.
TOLD_OF_GOOD_PAGES = ("CST-E018", "CST-E032", "CST-E052", "CST-E053")
TAGS = ("aside", "blockquote", "table", "figure")


@dataclass(frozen=True)
class Run:
    """A run of text of one line; ``within`` has the tags and classes of all elements around it, ``elements`` themselves.

    ``generated`` names the pseudo-element of what CSS prints: marks of lists and notes, page numbers. ``line`` is the
    same for all of a line, ``repeated`` what stands on an earlier page or in an earlier column already: heads of tables.
    """

    page: int
    box: Box
    text: str
    size: float
    within: frozenset[str]
    elements: frozenset[Any]
    generated: str
    repeated: bool
    line: int


@dataclass(frozen=True)
class Area:
    """A picture or a framed block on a page, or the part of it that stands there, and the elements around it."""

    page: int
    box: Box
    kind: str
    element: Any
    elements: frozenset[Any]


@dataclass(frozen=True)
class Placed:
    """A laid-out issue: what stands where, and all that was told. ``text_blocks`` are the measure by the pages' height."""

    text_blocks: Mapping[int, Box] = field(repr=False)
    runs: tuple[Run, ...] = field(repr=False)
    pictures: tuple[Area, ...] = field(repr=False)
    frames: tuple[Area, ...] = field(repr=False)
    source: str = field(repr=False)
    diagnostics: tuple[Diagnostic, ...]
    ready: Preparation = field(repr=False)
    paged: PagedDocument = field(repr=False)

    def of(self, *names: str) -> list[Run]:
        """The runs inside elements with all of these tags or classes, without what CSS prints."""
        return [run for run in self.runs if not run.generated and set(names) <= run.within]

    def text(self, *names: str) -> str:
        """The text of these runs."""
        return "".join(run.text for run in self.of(*names))

    def pages(self, *names: str) -> list[int]:
        """The pages that these runs stand on."""
        return sorted({run.page for run in self.of(*names)})

    @cached_property
    def written(self) -> Result[bytes]:
        """The finished PDF, and what was told of it."""
        return rendering.write_checked(self.paged, self.ready, DEFAULT)

    def pdf(self) -> bytes:
        """The finished PDF."""
        data = self.written.value
        assert data is not None, told(self.written.diagnostics)
        return data


def lay_out(root: Path, folder: Path, options: RenderOptions) -> Placed:
    """Return where all of the issue in ``folder`` stands."""
    project = open_project(root)
    prepared = prepare(folder / "issue.yaml", project, options)
    ready, found = prepared.value, list(prepared.diagnostics)
    assert ready is not None, told(found)
    use_fonts(ready.library)
    made = rendering.lay_out(ready, DEFAULT, MAX_PAGES)
    assert made.value is not None, told(made.diagnostics)
    paged = made.value
    found += [one for one in made.diagnostics if one.code != "CST-E023"]  # how often it was laid out
    found += rendering.check_pages(ready, paged, STANDARDS[DEFAULT])
    return _Reader(ready, paged).placed(tuple(found))


def told(found: list[Diagnostic] | tuple[Diagnostic, ...]) -> str:
    """What was found, a line each."""
    return "\n".join(f"{problem.code} {problem.span}: {problem.message}" for problem in found)


class _Reader:
    """Reads WeasyPrint's boxes, page by page."""

    def __init__(self, ready: Preparation, paged: PagedDocument):
        from weasyprint.formatting_structure import boxes

        self.boxes = boxes
        self.ready = ready
        self.paged = paged
        self.around = _around(paged.root)
        self.runs: list[Run] = []
        self.pictures: list[Area] = []
        self.frames: list[Area] = []
        self.lines = 0
        self.heads: set[Any] = set()

    def placed(self, diagnostics: tuple[Diagnostic, ...]) -> Placed:
        blocks = {}
        for number, page in enumerate(self.paged.document.pages, start=1):
            height = _content_box(page._page_box)
            bodies = (_content_box(box) for box in page._page_box.descendants() if box.element_tag == "body")
            width = next(bodies, height)  # the last page may have nothing but notes
            blocks[number] = Box(width.left, height.top, width.right, height.bottom)
            for child in page._page_box.children:
                if not isinstance(child, self.boxes.MarginBox):
                    self._read(child, number, 0, repeated=False)
        body = self.paged.root.find("body")
        assert body is not None
        return Placed(
            blocks,
            tuple(self.runs),
            tuple(self.pictures),
            tuple(self.frames),
            "".join(_texts_of(body)),
            diagnostics,
            self.ready,
            self.paged,
        )

    def _read(self, box: Any, page: int, line: int, *, repeated: bool) -> None:
        boxes = self.boxes
        if isinstance(box, boxes.LineBox) and not line:
            self.lines += 1
            line = self.lines
        if isinstance(box, boxes.TableRowGroupBox) and box.is_header:
            repeated = box.element in self.heads  # on an earlier page, or in an earlier column
            self.heads.add(box.element)
        if isinstance(box, boxes.TextBox):
            self._text(box, page, line, repeated=repeated)
        elif isinstance(box, boxes.ReplacedBox):
            self._area(self.pictures, box, page, "img", _content_box(box))
        elif isinstance(box, boxes.BlockLevelBox) and box.element_tag in TAGS:
            kind = next((name for name in FRAMED if name in self.around[box.element].own), None)
            if kind is not None:
                self._area(self.frames, box, page, kind, _border_box(box))
        for child in getattr(box, "children", ()):
            self._read(child, page, line, repeated=repeated)

    def _area(self, areas: list[Area], box: Any, page: int, kind: str, place: Box) -> None:
        areas.append(Area(page, place, kind, box.element, self.around[box.element].elements))

    def _text(self, box: Any, page: int, line: int, *, repeated: bool) -> None:
        if not box.text.strip():
            return
        left, top = px_to_pt(box.position_x), px_to_pt(box.position_y)
        right, half = left + px_to_pt(box.width), px_to_pt(box.style["font_size"]) / 2
        left += half if box.text[0] in OPENING else 0
        right -= half if box.text[-1] in CLOSING else 0
        spacing = box.style["letter_spacing"]
        right -= px_to_pt(spacing) if spacing != "normal" else 0
        place = Box(left, top, right, top + px_to_pt(box.height))
        self.runs.append(
            Run(
                page,
                place,
                box.text,
                px_to_pt(box.style["font_size"]),
                self.around[box.element].names,
                self.around[box.element].elements,
                box.element_tag.partition("::")[2],
                repeated,
                line,
            )
        )


def _content_box(box: Any) -> Box:
    left, top = px_to_pt(box.content_box_x()), px_to_pt(box.content_box_y())
    return Box(left, top, left + px_to_pt(box.width), top + px_to_pt(box.height))


def _border_box(box: Any) -> Box:
    left, top = px_to_pt(box.border_box_x()), px_to_pt(box.border_box_y())
    return Box(left, top, left + px_to_pt(box.border_width()), top + px_to_pt(box.border_height()))


def _texts_of(element: Any) -> Iterator[str]:
    """The texts that belong on the pages: all but those of notes whose address another note of the page has."""
    if not element.get("data-shared"):
        yield element.text or ""
        for child in element:
            yield from _texts_of(child)
            yield child.tail or ""


@dataclass(frozen=True)
class _Around:
    """The tags and classes of an element and of all around it, and these elements."""

    own: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    elements: frozenset[Any] = frozenset()


def _around(root: Any) -> dict[Any, _Around]:
    found: dict[Any, _Around] = {}
    todo = [(root, _Around())]
    while todo:
        element, outer = todo.pop()
        own = frozenset({element.tag, *element.get("class", "").split()})
        found[element] = _Around(own, outer.names | own, outer.elements | {element})
        todo += [(child, found[element]) for child in element]
    return found


# ── what must hold ──


def problems(placed: Placed) -> list[str]:
    """All that is wrong with the pages of an issue and its PDF."""
    found = [*placed.diagnostics, *placed.written.diagnostics]
    return [
        *told([one for one in found if one.code not in TOLD_OF_GOOD_PAGES]).splitlines(),
        *_outside(placed),
        *_collisions(placed),
        *_lost_or_doubled(placed),
        *_stranded_heads(placed),
        *_parted(placed),
    ]


def _outside(placed: Placed) -> Iterator[str]:
    """Yield what stands beyond the text block's left, right or lower edge."""
    things = [(run.page, run.box, run.text) for run in placed.runs]
    things += [(area.page, area.box, area.kind) for area in (*placed.pictures, *placed.frames)]
    for page, box, what in things:
        edge = placed.text_blocks[page]
        beyond = max(
            edge.left - box.left, edge.top - box.top, box.right - edge.right, box.bottom - edge.bottom
        )
        if beyond > TOLERANCE_PT:
            yield f"page {page}: {beyond:.1f} pt outside the text block: {what[:20]} {box}"


def overlap(one: Box, other: Box) -> bool:
    """Whether two rectangles share more than rounding."""
    return (
        min(one.right, other.right) - max(one.left, other.left) > TOLERANCE_PT
        and min(one.bottom, other.bottom) - max(one.top, other.top) > TOLERANCE_PT
    )


def _collisions(placed: Placed) -> Iterator[str]:
    """Yield text over text of another line, over a picture, in a frame that it is no part of, and such frames."""
    pages: dict[int, list[Run]] = defaultdict(list)
    for run in placed.runs:
        pages[run.page].append(run)
    for page, runs in pages.items():
        for one, other in _near(runs):
            if one.line != other.line and overlap(one.box, other.box):
                yield f"page {page}: “{one.text[:20]}” over “{other.text[:20]}” {one.box} {other.box}"
    for area in (*placed.pictures, *placed.frames):
        for run in pages[area.page]:
            own = area.element in run.elements or "figure-mark" in run.within
            if not own and overlap(run.box, area.box):
                yield f"page {area.page}: “{run.text[:20]}” over a {area.kind} {run.box} {area.box}"
    for first, second in combinations(placed.frames, 2):
        apart = first.element not in second.elements and second.element not in first.elements
        if first.page == second.page and apart and overlap(first.box, second.box):
            yield f"page {first.page}: {first.kind} over {second.kind} {first.box} {second.box}"


def _near(runs: list[Run]) -> Iterator[tuple[Run, Run]]:
    """Yield pairs of runs that share some height."""
    ordered = sorted(runs, key=lambda run: run.box.top)
    for index, one in enumerate(ordered):
        for other in ordered[index + 1 :]:
            if other.box.top > one.box.bottom:
                break
            yield one, other


def _lost_or_doubled(placed: Placed) -> Iterator[str]:
    """Yield what does not stand on the pages as often as in the document."""
    wanted = _signs(placed.source)
    found = _signs("".join(run.text for run in placed.runs if not run.generated and not run.repeated))
    if wanted - found:
        yield f"lost: {''.join((wanted - found).elements())[:60]}"
    found.subtract("‐" * found["‐"])  # hyphens that divide words
    if found - wanted:
        yield f"doubled: {''.join((found - wanted).elements())[:60]}"


def _signs(text: str) -> Counter[str]:
    return Counter("".join(text.split()))


#: Elements that announce what follows them.
HEADS = (
    "article-title", "kicker", "subtitle", "byline", "affiliations", "section-title", "heading", "box-title",
    "notice-title", "events-title", "verse-title", "verse-by", "credits-title", "colophon-title", "caption",
    "question", "contents-title",
)  # fmt: skip


def _stranded_heads(placed: Placed) -> Iterator[str]:
    """Yield heads below which nothing more stands on their page, though text follows."""
    for head in HEADS:
        for run in placed.of(head):
            if run.within & {"note", "figcaption"}:
                continue
            edge = placed.text_blocks[run.page]
            later = [
                other
                for other in placed.runs
                if other.page == run.page
                and head not in other.within
                and not other.within & {"note", *HEADS}
                and other.box.top >= run.box.top
            ]
            beside = any(
                area.page == run.page and area.box.bottom > run.box.bottom and area.box.top < edge.bottom
                for area in placed.pictures
            )
            if not later and not beside:
                yield f"page {run.page}: {head} “{run.text[:20]}” ends the page"


def _parted(placed: Placed) -> Iterator[str]:
    """Yield captions that stand on another page than their picture, keys than the last pictures of their group."""
    for area in placed.pictures:
        figure = next((one for one in area.elements if one.tag == "figure"), None)
        for run in placed.of("figcaption"):
            if run.page != area.page and figure in run.elements and "note" not in run.within:
                yield f"page {run.page}: a caption on another page than its picture: “{run.text[:20]}”"
    groups = {
        one
        for run in placed.of("figure-key")
        for one in run.elements
        if "keyed" in one.get("class", "").split()
    }
    for group in groups:
        pictures = [area.page for area in placed.pictures if group in area.elements]
        key = [
            run.page for run in placed.of("figure-key") if group in run.elements and "note" not in run.within
        ]
        if pictures and min(key) != max(pictures):
            yield f"a key on page {min(key)}, its last pictures on {max(pictures)}"
