"""The shape of ``issue.yaml`` as an editor types it: keys, their types and one line about each.

The descriptions are what editors see when they hover over a key (``cstprint schema``), so each is said in
Chinese and English. :mod:`cstprint.issue.reader` turns this shape into the model that all stages work with.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

from cstprint.reading.models import (
    TAG,
    Columns,
    Count,
    Date,
    FilePath,
    Flag,
    Language,
    Line,
    Located,
    NoneIfBlank,
    Text,
)


def _not_empty(value: tuple[Any, ...]) -> tuple[Any, ...]:
    if not value:
        raise PydanticCustomError("cst_none", "")
    return value


NotEmpty = AfterValidator(_not_empty)


class PictureEntry(Located):
    """One picture of a group."""

    image: FilePath = Field(
        description="图片文件，相对于本期文件夹 · the picture's file, from the issue's folder"
    )
    alt: Text = Field(
        description="替代文字：给看不见图片的读者 · says what the picture shows, for those who cannot see it"
    )
    caption: Annotated[Text | None, NoneIfBlank] = Field(None, description="图注 · the caption")
    credit: Annotated[Line | None, NoneIfBlank] = Field(None, description="摄影或来源 · who made it")
    stand_in: Flag = Field(
        False, description="真正的照片还没有到，先用替代图 · a stand-in: the real photograph is still to come"
    )


class FigureEntry(Located):
    """A block: one picture with its caption."""

    block_tag: ClassVar[str] = "figure"

    figure: FilePath = Field(
        description="图片文件，相对于本期文件夹 · the picture's file, from the issue's folder"
    )
    alt: Text = Field(
        description="替代文字：给看不见图片的读者 · says what the picture shows, for those who cannot see it"
    )
    caption: Annotated[Text | None, NoneIfBlank] = Field(None, description="图注 · the caption")
    credit: Annotated[Line | None, NoneIfBlank] = Field(None, description="摄影或来源 · who made it")
    stand_in: Flag = Field(
        False, description="真正的照片还没有到，先用替代图 · a stand-in: the real photograph is still to come"
    )
    numbered: Flag = Field(True, description="是否编号（图 1） · whether it is numbered")


class FiguresEntry(Located):
    """A block: several pictures as a grid."""

    block_tag: ClassVar[str] = "figures"

    figures: Annotated[tuple[PictureEntry, ...], NotEmpty] = Field(
        description="一组图片 · the pictures of the group"
    )
    captions: Literal["each", "keyed"] = Field(
        "each",
        description="each：各图自带图注；keyed：图上标①②③，下方统一说明 · a caption each, or ①②③ and one key below",
    )
    columns: Columns = Field(2, description="每行几幅 · pictures in a row")
    numbered: Flag = Field(True, description="是否编号（图 1） · whether they are numbered")


def _block_tag(value: object) -> str | None:
    if isinstance(value, str):
        return TAG + "text"
    if isinstance(value, dict):
        for key in ("figures", "figure"):
            if key in value:
                return TAG + key
    return None


Block = Annotated[
    Annotated[Text, Tag(TAG + "text")]
    | Annotated[FigureEntry, Tag(TAG + "figure")]
    | Annotated[FiguresEntry, Tag(TAG + "figures")],
    Discriminator(
        _block_tag,
        custom_error_type="cst_block",
        custom_error_message="",
    ),
]


def _as_list(value: object) -> object:
    """Take a body that is one text as a list of one: most articles are nothing else."""
    return [value] if isinstance(value, str) else value


Body = Annotated[tuple[Block, ...], BeforeValidator(_as_list)]


def _none_as_empty(value: object) -> object:
    """Take `cover:` without a value as no cover."""
    return () if isinstance(value, str) and not value.strip() else value


class ArticleEntry(Located):
    """One article."""

    title: Line = Field(description="文章标题 · the headline")
    standfirst: Annotated[Text | None, NoneIfBlank] = Field(
        None, description="导语 · the paragraph before the text"
    )
    byline: Annotated[Line | None, NoneIfBlank] = Field(None, description="作者 · who wrote it")
    body: Annotated[Body, NotEmpty] = Field(
        description="正文：Markdown 文字，或文字与图片的列表 · Markdown text, or a list of texts and figures"
    )
    source: Annotated[Line | None, NoneIfBlank] = Field(
        None, description="来源，印作（来源：……） · where it comes from"
    )


class IssueEntry(Located):
    """The whole file."""

    layout: Line = Field(description="版式的名称，如 newsletter · the layout's name")
    language: Language = Field(description="语言：zh-Hans、zh-Hant 或 en · the language of the text")
    title: Line = Field(description="刊名 · the periodical's name")
    title_en: Annotated[Line | None, NoneIfBlank] = Field(None, description="英文刊名 · its English name")
    publisher: Line = Field(description="主办单位 · who publishes it")
    publisher_en: Annotated[Line | None, NoneIfBlank] = Field(
        None, description="主办单位的英文名称 · the publisher's English name"
    )
    date: Date = Field(
        description="日期，知道多少写多少：2020、2020-02、2020-02-29 · the date, as much as is known"
    )
    number: Count = Field(description="期号：第几期 · the issue's number")
    author: Annotated[Line | None, NoneIfBlank] = Field(
        None, description="PDF 的作者；不写则用主办单位 · the PDF's author; the publisher if absent"
    )
    subject: Annotated[Line | None, NoneIfBlank] = Field(
        None, description="PDF 的主题；不写则用各篇标题 · the PDF's subject; the headlines if absent"
    )
    identifier: Annotated[Line | None, NoneIfBlank] = Field(
        None, description="刊号等标识；不写则用文件夹名 · ISSN or the like; the folder's name if absent"
    )
    cover: Annotated[Body, BeforeValidator(_none_as_empty)] = Field(
        (), description="首页上的内容，在目录之后 · blocks of the first page, after the contents"
    )
    articles: Annotated[tuple[ArticleEntry, ...], NotEmpty] = Field(description="各篇文章 · the articles")


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of ``issue.yaml``, for editors that complete and check while typing."""
    schema = IssueEntry.model_json_schema(mode="validation")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "cstprint issue.yaml"
    return _without_titles(schema)


def _without_titles(schema: dict[str, Any]) -> dict[str, Any]:
    """Drop the titles that pydantic derives from names: an editor would show them as noise."""
    for definition in (schema, *schema.get("$defs", {}).values()):
        for prop in definition.get("properties", {}).values():
            prop.pop("title", None)
    return schema
