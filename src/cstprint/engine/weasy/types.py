"""What cstprint reads of WeasyPrint's objects, as protocols: an attribute that is not here is not used.

One protocol stands for all boxes, because code asks for the class of a box first; what only some of them have is
marked. Lengths are CSS pixels from the top left corner of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol
from xml.etree.ElementTree import Element

#: Where a layout goes on: the index of a child, or an offset in a text (bytes of UTF-8), and the same inside it.
SkipStack = dict[int, Any]
#: A value of a computed style: a keyword, a length in px, a percentage, a colour, a list of them.
Value = Any
#: What WeasyPrint reports of the next page: ``break``, ``page``.
NextPage = dict[str, Any]


def is_auto(value: object) -> bool:
    """Whether a length of a box is not known yet."""
    return value == "auto"


class Style(Protocol):
    """A computed style, by property with underscores."""

    font_config: object

    @property
    def anonymous_style(self) -> Style:
        """The style of anonymous boxes inside."""

    def __getitem__(self, name: str, /) -> Value: ...
    def __setitem__(self, name: str, value: Value, /) -> None: ...
    def copy(self) -> Style:
        """Return a style of its own with the same values."""


class Box(Protocol):
    """A box of the formatting structure, before or after it was laid out."""

    element: Element
    element_tag: str
    style: Style
    children: list[Box]
    text: str  # of text boxes
    pango_layout: PangoLayout
    replacement: object  # of replaced boxes

    position_x: float
    position_y: float
    width: float
    height: float
    baseline: float
    margin_top: float
    margin_right: float
    margin_bottom: float
    margin_left: float
    padding_right: float
    padding_bottom: float
    padding_left: float
    border_top_width: float
    border_right_width: float
    border_bottom_width: float
    border_left_width: float
    text_indent: float

    #: The place of a box among the children of its parent: WeasyPrint resumes a layout there.
    index: int
    is_column: bool
    is_leader: bool
    is_for_root_element: bool
    is_table_wrapper: bool
    is_grid_item: bool
    is_header: bool
    is_footer: bool
    force_fragmentation: bool
    clearance: float | None
    remove_decoration_sides: set[str]
    #: The box of the footnote that is called here.
    footnote: Box | None
    missing_link: object
    background: object
    transformation_matrix: Matrix | None
    link: object
    link_annotation: PdfObject | None
    #: Of tables.
    column_widths: list[float]
    #: Of cells.
    grid_x: int
    colspan: int
    rowspan: int
    page: Box  # of the footnote area
    page_type: PageType  # of pages
    #: Of placeholders of absolutely positioned boxes.
    _box: Box

    def copy(self) -> Box:
        """Return a box of its own with the same children and style."""

    def deepcopy(self) -> Box:
        """Return a box of its own with copies of its children."""

    def copy_with_children(self, children: Iterable[Box], /) -> Box:
        """Return a copy with other children."""

    def copy_with_text(self, text: str, /) -> Box:
        """Return a copy of a text box with another text."""

    def anonymous_from(self, parent: Box, children: Iterable[Box], /) -> Box:
        """Return an anonymous box of this class."""

    def descendants(self, *, placeholders: bool = False) -> Iterator[Box]:
        """Yield all boxes inside, and those that placeholders stand for."""

    def translate(self, dx: float = 0, dy: float = 0, /) -> None:
        """Move the box and all in it."""

    def remove_decoration(self, *, start: bool, end: bool) -> None:
        """Take out margin, border and padding where the box goes on."""

    def process_whitespace(self) -> None:
        """Collapse white space."""

    def get_wrapped_table(self) -> Box:
        """Return the table in its wrapper, where captions stand beside it."""

    def is_in_normal_flow(self) -> bool:
        """Return whether the box is neither a float nor positioned nor running."""

    def is_floated(self) -> bool:
        """Whether the box is a float."""

    def page_values(self) -> tuple[str, str]:
        """Return the names of the pages where the box begins and ends."""

    def is_running(self) -> bool:
        """Return whether the box is a running element."""

    def is_absolutely_positioned(self) -> bool:
        """Return whether the box is absolutely positioned or fixed."""

    def content_box_x(self) -> float:
        """Return the left edge of the content."""

    def content_box_y(self) -> float:
        """Return the top edge of the content."""

    def border_box_x(self) -> float:
        """Return the left edge of the border."""

    def border_box_y(self) -> float:
        """Return the top edge of the border."""

    def border_width(self) -> float:
        """Return the width with padding and border."""

    def border_height(self) -> float:
        """Return the height with padding and border."""

    def margin_width(self) -> float:
        """Return the width with padding, border and margin."""

    def margin_height(self) -> float:
        """Return the height with padding, border and margin."""

    def rounded_padding_box(self) -> Sequence[float]:
        """Return x, y, width, height and radii of the padding box."""

    def rounded_border_box(self) -> Sequence[float]:
        """Return x, y, width, height and radii of the border box."""


class Matrix(Protocol):
    """A transform."""

    @property
    def determinant(self) -> float:
        """The factor by which areas grow."""

    @property
    def values(self) -> Sequence[float]:
        """The six numbers of the matrix."""

    def __matmul__(self, other: Matrix, /) -> Matrix: ...
    @property
    def invert(self) -> Matrix:
        """The transform back."""


class PangoLayout(Protocol):
    """A text that Pango has laid out."""

    text: str
    style: Style
    justification_spacing: float
    #: The C object.
    layout: Any

    def get_first_line(self) -> tuple[Any, int | None]:
        """Return the first line, a C object, and where the second begins."""

    def reactivate(self, style: Style, /) -> None:
        """Lay the text out again."""

    def deactivate(self) -> None:
        """Release the C objects."""


class Context(Protocol):
    """The state of a layout."""

    page_bottom: float
    in_column: bool
    current_page: int
    current_footnote_area: Box
    footnotes: list[Box]
    current_page_footnotes: list[Box]
    reported_footnotes: list[Box]
    broken_out_of_flow: dict[Any, Any]
    excluded_shapes: list[Box]
    #: For each page its state; the last item says whether it has to be laid out again.
    page_maker: list[Any]
    target_collector: Targets
    #: The widths of tables and their columns.
    tables: MutableMapping[Box, object]

    def overflows_page(self, bottom_space: float, position_y: float, /) -> bool:
        """Return whether a place is below the bottom of the page."""

    def layout_footnote(self, footnote: Box, /) -> bool:
        """Put a footnote on the page; return whether the footnotes overflow."""

    def unlayout_footnote(self, footnote: Box, /) -> None:
        """Take a footnote off the page."""

    def report_footnote(self, footnote: Box, /) -> None:
        """Leave a footnote to the next page."""

    def create_block_formatting_context(self, root_box: Box | None = None, /) -> None:
        """Begin a formatting context, which has floats of its own."""

    def finish_block_formatting_context(self, root_box: Box | None = None, /) -> None:
        """End the formatting context."""


class Targets(Protocol):
    """What WeasyPrint knows of anchors and of the numbers that are printed elsewhere."""

    collecting: bool
    target_lookup_items: Mapping[str, Any]
    counter_lookup_items: Mapping[tuple[Box, str], Any]


class StackingContext(Protocol):
    """Boxes that are painted together (CSS 2.2, appendix E)."""

    box: Box
    page: Box
    negative_z_contexts: list[StackingContext]
    zero_z_contexts: list[StackingContext]
    positive_z_contexts: list[StackingContext]
    float_contexts: list[StackingContext]


class PageType(Protocol):
    """What the rules for a page are chosen by."""

    name: str | None  # that the property ``page`` gives it
    side: str  # left or right
    blank: bool


class Page(Protocol):
    """A finished page."""

    width: float
    height: float
    bleed: Mapping[str, float]
    links: Sequence[tuple[str, str, Sequence[float], Box]]
    forms: Mapping[object, Sequence[tuple[Box, Sequence[float]]]]
    _page_box: Box


class Document(Protocol):
    """A document that was laid out."""

    pages: Sequence[Page]

    def write_pdf(self, **options: object) -> bytes:
        """Return the PDF."""


class PdfFont(Protocol):
    """A font of the PDF."""

    hash: str
    bitmap: bool
    png: bool
    svg: bool
    colr: bool
    missing: set[int]
    glyph_count: int
    to_unicode: dict[int, str]
    widths: dict[int, float]
    file_content: Any
    tables: Any
    hb_face: Any


class Stream(Protocol):
    """A stream of the PDF that is drawn into: a page, or a group."""

    stream: list[Any]
    reference: bytes
    extra: dict[str, Any]
    _tags: Any
    _resources: Any
    ink_rect: Any  #: C objects of Pango that extents are written to
    logical_rect: Any

    def marked(self, box: Box, tag: str, /) -> AbstractContextManager[None]:
        """Mark what is drawn inside as the content of a structure element."""

    def begin_marked_content(self, tag: str, properties: object = None, /) -> None:
        """Begin marked content."""

    def end_marked_content(self) -> None:
        """End marked content."""

    def add_font(self, font: object, /) -> tuple[PdfFont, float]:
        """Return the PDF's font for one of Pango's, and its size."""

    def set_font_size(self, font: str, size: float, /) -> None:
        """Choose a font."""

    def set_text_matrix(self, *values: float) -> None:
        """Set the place of the text."""

    def set_text_rise(self, rise: float, /) -> None:
        """Choose how far above the baseline text stands."""

    def show_text(self, text: str, /) -> None:
        """Draw glyphs."""

    def set_color(self, color: object, /, *, stroke: bool = False) -> None:
        """Choose a colour, of areas or of strokes."""

    def set_line_width(self, width: float, /) -> None:
        """Choose how thick strokes are."""

    def stacked(self) -> AbstractContextManager[None]:
        """Take back at the end what of colours and widths was chosen inside."""

    def move_to(self, x: float, y: float, /) -> None:
        """Begin a path."""

    def curve_to(self, *values: float) -> None:
        """Go on with a curve."""

    def line_to(self, x: float, y: float, /) -> None:
        """Go on with a straight line."""

    def fill(self) -> None:
        """Fill the path."""

    def stroke(self) -> None:
        """Draw the path."""


class PdfObject(Protocol):
    """An object of the PDF with a number: pydyf's dictionaries, for the most part."""

    number: int
    reference: bytes

    def __getitem__(self, name: str, /) -> Any: ...
    def __setitem__(self, name: str, value: object, /) -> None: ...
    def __contains__(self, name: object, /) -> bool: ...
    def clear(self) -> None:
        """Take out all entries."""

    def setdefault(self, name: str, value: object, /) -> Any:
        """Return an entry, which is ``value`` if there was none."""


class Pdf(Protocol):
    """The PDF that is written."""

    objects: list[Any]
    pages: MutableMapping[str, Any]
    catalog: MutableMapping[str, Any]
    page_references: Sequence[bytes]

    def add_object(self, item: object, /) -> None:
        """Add an object, which gets a number."""
