"""The shape of the blocks of an article, as an editor types them: what Markdown cannot say.

A block is a mapping whose first key says what it is. See :mod:`cstprint.issue.schema` for the rest of the file.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

from cstprint.issue.links import may_lead
from cstprint.reading.models import (
    TAG,
    Classes,
    Columns,
    Date,
    FilePath,
    Flag,
    Line,
    Located,
    Name,
    NoneIfBlank,
    SmallCount,
    Text,
    Title,
    Width,
    shorten,
)


def _not_empty(value: tuple[Any, ...]) -> tuple[Any, ...]:
    if not value:
        raise PydanticCustomError("cst_none", "")
    return value


NotEmpty = AfterValidator(_not_empty)


def as_list(value: object) -> object:
    """Take what is one text as a list of one: most bodies are nothing else."""
    return [value] if isinstance(value, str) else value


OptionalLine = Annotated[Line | None, NoneIfBlank]
OptionalText = Annotated[Text | None, NoneIfBlank]
OptionalTitle = Annotated[Title | None, NoneIfBlank]
OptionalDate = Annotated[Date | None, NoneIfBlank]
OptionalName = Annotated[Name | None, NoneIfBlank]


def _address(value: Any) -> Any:
    if value.startswith("#") or not may_lead(value):
        raise PydanticCustomError("cst_address", "", {"value": shorten(value)})
    return value


Address = Annotated[Line, AfterValidator(_address)]
OptionalAddress = Annotated[Address | None, NoneIfBlank]
Names = Annotated[
    tuple[Line, ...], BeforeValidator(as_list, json_schema_input_type=Line | tuple[Line, ...]), NotEmpty
]

_IMAGE = "图片文件，相对于本期文件夹 · the picture's file, from the issue's folder"
_ALT = "替代文字：给看不见图片的读者 · says what the picture shows, for those who cannot see it"
_CAPTION = "图注 · the caption"
_CREDIT = "摄影或来源 · who made it"
_SOURCE = "图片文件的来处（如网址），不印 · where the picture's file comes from, an address for instance; not printed"
_STAND_IN = "真正的照片还没有到，先用替代图 · a stand-in: the real photograph is still to come"
_NONE = "装饰图不写 · a decorative picture has none"
_LINK = "图片的链接：网址或邮箱 · where the picture leads to: an address of the web or of a mailbox"
_NUMBERED = (
    "是否编号（图 1）；不写则有图注或被引用的编号 · numbered or not; if absent, with a caption or a reference"
)
_CLASS = "类名，印在 HTML 里，供版式使用；几个之间空格 · classes for the layout, separated by spaces"
_FIGURE_NAME = "名称，文中用 [@名称] 引用 · a name, for references: [@name]"


class Classed(Located):
    """What the layout may know by a class."""

    class_: Classes = Field((), alias="class", description=_CLASS)


class PictureEntry(Classed):
    """One picture of a group."""

    image: FilePath = Field(description=_IMAGE)
    alt: Text = Field(description=_ALT)
    caption: OptionalText = Field(None, description=_CAPTION)
    credit: OptionalLine = Field(None, description=_CREDIT)
    source: OptionalLine = Field(None, description=_SOURCE)
    link: OptionalAddress = Field(None, description=_LINK)
    id: OptionalName = Field(None, description=_FIGURE_NAME)
    stand_in: Flag = Field(False, description=_STAND_IN)


class FigureEntry(Classed):
    """A block: one picture with its caption."""

    block_tag: ClassVar[str] = "figure"

    figure: FilePath = Field(description=_IMAGE)
    alt: Text = Field(description=_ALT)
    caption: OptionalText = Field(None, description=_CAPTION)
    credit: OptionalLine = Field(None, description=_CREDIT)
    source: OptionalLine = Field(None, description=_SOURCE)
    link: OptionalAddress = Field(None, description=_LINK)
    id: OptionalName = Field(None, description=_FIGURE_NAME)
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
    stand_in: Flag = Field(False, description=_STAND_IN)
    numbered: Annotated[Flag | None, NoneIfBlank] = Field(None, description=_NUMBERED)
    decorative: Flag = Field(
        False,
        description="纯装饰，不读给听众：true 时不写 alt · mere decoration, not read aloud: true has no alt",
    )


def _absent(value: object) -> None:
    if not isinstance(value, str) or value.strip():
        raise PydanticCustomError("cst_decorative", "")


Absent = Annotated[None, BeforeValidator(_absent)]


class DecorationEntry(Classed):
    """A block: a picture that says nothing; who listens does not hear of it."""

    block_tag: ClassVar[str] = "decoration"

    figure: FilePath = Field(description=_IMAGE)
    decorative: Flag = Field(description="纯装饰，不读给听众 · mere decoration, not read aloud")
    alt: Absent = Field(None, description=_NONE)
    caption: Absent = Field(None, description=_NONE)
    credit: Absent = Field(None, description=_NONE)
    stand_in: Flag = Field(False, description=_STAND_IN)


class FiguresEntry(Classed):
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


class TableEntry(Classed):
    """A block: a table, with what Markdown's own has no place for."""

    block_tag: ClassVar[str] = "table"

    table: Text = Field(
        description="竖线表格；^^ 并入上格，<< 并入左格 · rows with |; ^^ joins the cell above, << the left one"
    )
    caption: OptionalText = Field(None, description="表题 · the caption")
    id: OptionalName = Field(None, description="名称，文中用 [@名称] 引用 · a name, for references: [@name]")
    head_rows: SmallCount = Field(
        1, description="表头有几行，跨页时重复 · rows of the head, repeated on each page"
    )
    head_columns: SmallCount = Field(
        0, description="左边几列是项目名 · columns at the left that name the rows"
    )
    source: OptionalText = Field(
        None, description="资料来源或说明，印在表下 · source or notes, below the table"
    )
    numbered: Flag = Field(
        True, description="有表题时是否编号（表 1） · whether a table with a caption is numbered"
    )


class QuoteEntry(Classed):
    """A block: a quotation with its source."""

    block_tag: ClassVar[str] = "quote"

    quote: Text = Field(description="引文 · the words quoted")
    by: OptionalLine = Field(None, description="出处 · whose words they are, or from where")


class PullEntry(Classed):
    """A block: a sentence of the article set large beside it, to draw readers in."""

    block_tag: ClassVar[str] = "pull"

    pull: Text = Field(description="从文中摘出、放大的句子 · a sentence of the article, set large")
    by: OptionalLine = Field(None, description="谁说的 · who said it")


class BoxEntry(Classed):
    """A block: a box with text, pictures, tables of its own."""

    block_tag: ClassVar[str] = "box"

    box: Title = Field(description="框的标题，如“链接”“小知识” · the box's title")
    body: Body = Field(description="框里的内容 · what is in the box")
    place: Literal["column", "left", "right", "full", "margin"] = Field(
        "column",
        description=(
            "栏宽、左、右、通栏或外侧页边 · column, left, right with text around, full: across all columns, "
            "margin: in the outer margin"
        ),
    )
    id: OptionalName = Field(None, description="名称，文中用 [@名称] 引用 · a name, for references: [@name]")


class NoticeEntry(Classed):
    """A block: a notice, signed and dated."""

    block_tag: ClassVar[str] = "notice"

    notice: Title = Field(description="启事、通知的标题 · the notice's title")
    body: Body = Field(description="启事的内容 · the text of the notice")
    signed: OptionalLine = Field(None, description="落款 · who signs it")
    date: OptionalDate = Field(None, description="日期 · its date")


class EventEntry(Located):
    """One event of a calendar."""

    date: Line = Field(description="日期，照印：5 月 12 日、5 月 12—14 日 · the date as it is printed")
    title: Line = Field(description="活动名称 · what it is")
    time: OptionalLine = Field(None, description="时间 · the time")
    place: OptionalLine = Field(None, description="地点 · where")
    text: OptionalText = Field(None, description="说明 · more about it")


class EventsEntry(Classed):
    """A block: a calendar of events."""

    block_tag: ClassVar[str] = "events"

    events: Annotated[tuple[EventEntry, ...], NotEmpty] = Field(description="各项活动 · the events")
    title: OptionalLine = Field(None, description="日程的标题 · the calendar's title")


class VerseEntry(Classed):
    """A block: verse, its lines kept; an empty line parts stanzas."""

    block_tag: ClassVar[str] = "verse"

    verse: Text = Field(
        description="诗文，行照原样，空行分节 · lines as typed; an empty line separates stanzas"
    )
    title: OptionalLine = Field(None, description="题目 · the title")
    by: OptionalLine = Field(None, description="作者 · who wrote it")


class TurnEntry(Located):
    """A question and its answer."""

    question: Text = Field(description="问 · the question")
    answer: Body = Field(description="答 · the answer")


class InterviewEntry(Classed):
    """A block: questions and answers."""

    block_tag: ClassVar[str] = "interview"

    interview: Annotated[tuple[TurnEntry, ...], NotEmpty] = Field(
        description="一问一答 · questions and answers"
    )
    asks: OptionalLine = Field(
        None, description="印在提问前，不写则印“问” · printed before questions; Q if absent"
    )
    answers: OptionalLine = Field(
        None, description="印在回答前，不写则印“答” · printed before answers; A if absent"
    )


class CreditEntry(Located):
    """A role and who filled it."""

    role: Line = Field(description="职责，如“撰文”“摄影” · the role")
    names: Names = Field(description="姓名 · the names")


class CreditsEntry(Classed):
    """A block: who contributed what."""

    block_tag: ClassVar[str] = "credits"

    credits: Annotated[tuple[CreditEntry, ...], NotEmpty] = Field(description="各项职责 · the roles")
    title: OptionalLine = Field(None, description="标题，如“本期撰稿” · the list's title")


ENTRIES = (
    FiguresEntry,
    FigureEntry,
    TableEntry,
    QuoteEntry,
    PullEntry,
    BoxEntry,
    NoticeEntry,
    EventsEntry,
    VerseEntry,
    InterviewEntry,
    CreditsEntry,
)


def _block_tag(value: object) -> str | None:
    if isinstance(value, str):
        return TAG + "text"
    if isinstance(value, dict):
        if "figure" in value and value.get("decorative") == "true":
            return TAG + DecorationEntry.block_tag
        for entry in ENTRIES:
            if entry.block_tag in value:
                return TAG + entry.block_tag
    return None


Block = Annotated[
    Annotated[Text, Tag(TAG + "text")]
    | Annotated[FiguresEntry, Tag(TAG + "figures")]
    | Annotated[FigureEntry, Tag(TAG + "figure")]
    | Annotated[TableEntry, Tag(TAG + "table")]
    | Annotated[DecorationEntry, Tag(TAG + "decoration")]
    | Annotated[QuoteEntry, Tag(TAG + "quote")]
    | Annotated[PullEntry, Tag(TAG + "pull")]
    | Annotated[BoxEntry, Tag(TAG + "box")]
    | Annotated[NoticeEntry, Tag(TAG + "notice")]
    | Annotated[EventsEntry, Tag(TAG + "events")]
    | Annotated[VerseEntry, Tag(TAG + "verse")]
    | Annotated[InterviewEntry, Tag(TAG + "interview")]
    | Annotated[CreditsEntry, Tag(TAG + "credits")],
    Discriminator(_block_tag, custom_error_type="cst_block", custom_error_message=""),
]
Body = Annotated[
    tuple[Block, ...], BeforeValidator(as_list, json_schema_input_type=Text | tuple[Block, ...]), NotEmpty
]

for _holder in (BoxEntry, NoticeEntry, TurnEntry, InterviewEntry):
    _holder.model_rebuild()
