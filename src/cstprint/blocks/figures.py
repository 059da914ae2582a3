"""One picture with its caption, or several as a grid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from cstprint.blocks.common.block import Block, BlockView, ViewMaker
from cstprint.blocks.common.declared import BlockType
from cstprint.blocks.common.entry import BlockEntry, Classed, TextReader
from cstprint.blocks.common.figure_rows import (
    USUAL,
    FigureCellView,
    FigureRowView,
    FigureView,
    has_caption,
    rows_of,
)
from cstprint.blocks.common.keys import (
    NAME,
    NotEmpty,
    OptionalAddress,
    OptionalLine,
    OptionalName,
    OptionalText,
)
from cstprint.blocks.common.parts import Figure, Place, Target, TargetKind
from cstprint.blocks.common.texts import IssueText, Texts
from cstprint.figures.geometry import Shape
from cstprint.reading.models import Columns, FilePath, Flag, NoneIfBlank, Text, Width
from cstprint.source import SourceText

CaptionStyle = Literal["each", "keyed"]

IMAGE = "图片文件，相对于本期文件夹 · the picture's file, from the issue's folder"
STAND_IN = "真正的照片还没有到，先用替代图 · a stand-in: the real photograph is still to come"
_ALT = "替代文字：给看不见图片的读者 · says what the picture shows, for those who cannot see it"
_CAPTION = "图注 · the caption"
_CREDIT = "摄影或来源 · who made it"
_SOURCE = "图片文件的来处（如网址），不印 · where the picture's file comes from, an address for instance; not printed"
_LINK = "图片的链接：网址或邮箱 · where the picture leads to: an address of the web or of a mailbox"
_NUMBERED = (
    "是否编号（图 1）；不写则有图注或被引用的编号 · numbered or not; if absent, with a caption or a reference"
)


class PictureEntry(Classed):
    """One picture of a group."""

    image: FilePath = Field(description=IMAGE)
    alt: Text = Field(description=_ALT)
    caption: OptionalText = Field(None, description=_CAPTION)
    credit: OptionalLine = Field(None, description=_CREDIT)
    source: OptionalLine = Field(None, description=_SOURCE)
    link: OptionalAddress = Field(None, description=_LINK)
    id: OptionalName = Field(None, description=NAME)
    stand_in: Flag = Field(False, description=STAND_IN)


class FiguresEntry(BlockEntry):
    """A block: several pictures as a grid."""

    block_tag: ClassVar[str] = "figures"

    figures: Annotated[tuple[PictureEntry, ...], NotEmpty] = Field(
        description="一组图片 · the pictures of the group"
    )
    captions: Literal["each", "keyed"] = Field(
        "each",
        description="each：各图自带图注；keyed：图上标①②③，下方统一说明 · a caption each, or ①②③ and one key below",
    )
    columns: Annotated[Columns | None, NoneIfBlank] = Field(
        None,
        description="每行几幅；不写则按各图的形状排 · pictures in a row; if absent, as their shapes ask for",
    )
    numbered: Annotated[Flag | None, NoneIfBlank] = Field(None, description=_NUMBERED)

    @classmethod
    def fits(cls, typed: Mapping[str, object]) -> bool:
        """Return whether a mapping is a group of pictures; one that is decorative is another block."""
        return cls.block_tag in typed and not is_decorative(typed)

    def to_block(self, reader: TextReader, block_id: str) -> FigureGroup:
        """Return the group."""
        # The entries of a key are counted together.
        keyed = self.captions == "keyed" and any(picture.caption for picture in self.figures)
        figures = tuple(
            _figure(picture.image, picture, reader, numbered=_given(self.numbered, keyed or picture.caption))
            for picture in self.figures
        )
        return FigureGroup(block_id, self.span, figures, self.captions, self.columns, classes=self.class_)


class FigureEntry(BlockEntry):
    """A block: one picture with its caption."""

    block_tag: ClassVar[str] = "figure"

    figure: FilePath = Field(description=IMAGE)
    alt: Text = Field(description=_ALT)
    caption: OptionalText = Field(None, description=_CAPTION)
    credit: OptionalLine = Field(None, description=_CREDIT)
    source: OptionalLine = Field(None, description=_SOURCE)
    link: OptionalAddress = Field(None, description=_LINK)
    id: OptionalName = Field(None, description=NAME)
    place: Literal["column", "left", "right", "full", "margin", "page", "spread"] = Field(
        "column",
        description=(
            "栏宽、左、右、通栏、外侧页边，或独占一页、跨两页 · column, left, right with text around, "
            "full: across all columns, margin: in the outer margin, page: over a page of its own, "
            "spread: over two facing pages"
        ),
    )
    width: Annotated[Width | None, NoneIfBlank] = Field(
        None,
        description="图宽：占版心（栏）宽度的几成，或长度：60%、80mm · how wide: a share of the measure, or a length",
    )
    stand_in: Flag = Field(False, description=STAND_IN)
    numbered: Annotated[Flag | None, NoneIfBlank] = Field(None, description=_NUMBERED)
    decorative: Flag = Field(
        False,
        description="纯装饰，不读给听众：true 时不写 alt · mere decoration, not read aloud: true has no alt",
    )

    @classmethod
    def fits(cls, typed: Mapping[str, object]) -> bool:
        """Return whether a mapping is a picture; one that is decorative is another block."""
        return cls.block_tag in typed and not is_decorative(typed)

    def to_block(self, reader: TextReader, block_id: str) -> FigureGroup:
        """Return the picture, a group of one."""
        figure = _figure(self.figure, self, reader, numbered=_given(self.numbered, self.caption))
        return FigureGroup(
            block_id, self.span, (figure,), "each", None, self.place, self.width, classes=self.class_
        )


def is_decorative(typed: Mapping[str, object]) -> bool:
    """Return whether a mapping is a picture that screen readers skip."""
    return FigureEntry.block_tag in typed and typed.get("decorative") == "true"


def _figure(
    image: SourceText, entry: FigureEntry | PictureEntry, reader: TextReader, *, numbered: bool | None
) -> Figure:
    identity = reader.next_figure_id()
    return Figure(
        id=str(entry.id or identity),
        span=entry.span,
        image=image,
        alt=entry.alt,
        caption=reader.inline(entry.caption),
        credit=reader.title(entry.credit),
        stand_in=entry.stand_in,
        name=entry.id,
        link=entry.link,
        numbered=numbered,
        # The classes of a figure by itself are those of its block.
        classes=entry.class_ if isinstance(entry, PictureEntry) else (),
    )


def _given(numbered: bool | None, caption: object) -> bool | None:
    """Return whether a figure is numbered: as the editor says, otherwise where it has a caption."""
    return True if numbered is None and caption else numbered


@dataclass(frozen=True, slots=True)
class FiguresView(BlockView):
    """Figures, ``columns`` side by side at most; the end of a page may part the rows of a ``long`` group."""

    kind: ClassVar[str] = "figures"
    figures: tuple[FigureView, ...]
    rows: tuple[FigureRowView, ...]
    captions: str
    columns: int
    place: str
    long: bool
    #: That of its picture, as CSS has it, where the editor says one.
    width: str | None = None
    classes: str = ""


@dataclass(frozen=True, slots=True)
class FigureGroup(Block):
    """One or more pictures that stand together, ``columns`` in a row, or as their proportions ask for.

    ``width`` is that of one picture, as CSS has it: a share of the room that there is in %, or a length.
    """

    omits: ClassVar[tuple[str, ...]] = ("figures", "captions", "picture-credits")
    figures: tuple[Figure, ...]
    captions: CaptionStyle
    columns: int | None
    place: Place = "column"
    width: str | None = None

    def view(self, views: ViewMaker) -> FiguresView:
        """Return what its template sees."""
        figures = tuple(_figure_view(figure, views, place) for place, figure in enumerate(self.figures, 1))
        captions = "each" if views.captions == "each" else self.captions
        shapes = [views.shapes.get(figure.id, USUAL) for figure in figures]
        if self.width:  # as wide as the editor wants
            shapes = [Shape(shape.ratio) for shape in shapes]
        captioned = captions == "each" and any(map(has_caption, figures))
        rows = rows_of(figures, shapes, views.room, self.columns, captioned=captioned)
        return FiguresView(
            id=self.id,
            figures=figures,
            rows=rows.rows,
            captions=captions,
            columns=rows.columns,
            place=self.place,
            long=rows.long,
            width=self.width,
            classes=self.joined_classes,
        )

    def texts(self, texts: Texts) -> Iterator[IssueText]:
        """Yield of each picture the picture itself, which has no pieces, its caption and its credit."""
        for figure in self.figures:
            own = texts.owned_by(figure.id, self.id)
            yield own.made_of((), figure.span)
            yield from own.inline(figure.caption, "captions")
            yield from own.inline(figure.credit, "picture-credits")

    def targets(self) -> Iterator[Target]:
        """Yield its pictures that have names."""
        for figure in self.figures:
            if figure.name is not None:
                yield Target(figure.name, figure.id, TargetKind.FIGURE)


def _figure_view(figure: Figure, views: ViewMaker, place: int) -> FigureView:
    number = views.figure_number(figure.id)
    caption, credit = views.line(figure.caption), views.in_words("credit", figure.credit)
    link = str(figure.link) if figure.link else None
    return FigureView(
        id=figure.id,
        src=None if figure.id in views.missing else views.picture_address(figure),
        alt=views.alternative(figure),
        decorative=figure.alt is None,
        address=views.called(figure) if figure.pasted else None,
        caption=caption,
        credit=credit,
        number=number,
        mark=views.mark(place),
        label=views.word("figure_label", number=number) if number else None,
        link=link,
        link_printed=views.link_printed(link, captioned=bool(caption or credit)) if link else None,
        classes=" ".join(figure.classes),
    )


BLOCK = BlockType(
    rank=30,
    entries=(FiguresEntry, FigureEntry),
    model=FigureGroup,
    view=FiguresView,
    parts={
        "figures[…]": FigureView,
        "rows[…]": FigureRowView,
        "rows[…].cells[…]": FigureCellView,
    },
)
