"""The shape of ``issue.yaml`` as an editor types it: keys, their types and one line about each.

The descriptions are what editors see when they hover over a key (``cstprint schema``), so each is said in
Chinese and English. :mod:`cstprint.issue.reader` turns this shape into the model that all stages work with.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from cstprint.blocks.common.entry import Classed
from cstprint.blocks.common.keys import (
    NAME,
    NotEmpty,
    OptionalDate,
    OptionalLine,
    OptionalName,
    OptionalText,
    OptionalTitle,
    as_list,
)
from cstprint.blocks.common.known import AnyBlock, Body
from cstprint.blocks.credits import CreditEntry
from cstprint.languages.known import known_tags
from cstprint.reading.models import Count, Language, Line, Located, NoneIfBlank, Settings, Text, Title


def _none_as_empty(value: object) -> object:
    """Take a key without a value as a list without entries: `cover:`."""
    return () if isinstance(value, str) and not value.strip() else value


def _none_as_no_keys(value: object) -> object:
    """Take a key without a value as a group without keys: `colophon:`."""
    return {} if isinstance(value, str) and not value.strip() else value


class AuthorEntry(Located):
    """One author with where they work."""

    name: Line = Field(description="姓名 · the name")
    affiliation: OptionalLine = Field(None, description="单位 · where they work")


def _as_authors(value: object) -> object:
    """Take a byline that is one text as one author, and a text in a list as an author without affiliation."""
    entries = [value] if isinstance(value, str) else value
    if not isinstance(entries, list):
        return entries
    if entries == [""]:
        return []
    return [{"name": entry} if isinstance(entry, str) else entry for entry in entries]


Form = Literal["article", "item"]
OptionalForm = Annotated[Form | None, NoneIfBlank]


class ArticleEntry(Classed):
    """One article."""

    title: Title = Field(
        description="文章标题，换行照印，或在一行里写 \\ · the headline; line ends are kept, \\ makes one in a line"
    )
    id: OptionalName = Field(None, description=NAME)
    kicker: OptionalLine = Field(None, description="眉题，印在标题之上 · the line above the headline")
    subtitle: OptionalTitle = Field(None, description="副题，印在标题之下 · the line below the headline")
    standfirst: OptionalText = Field(None, description="导语 · the paragraph before the text")
    byline: Annotated[
        tuple[AuthorEntry, ...],
        BeforeValidator(_as_authors, json_schema_input_type=Line | tuple[Line | AuthorEntry, ...]),
    ] = Field(
        (),
        description="作者：姓名，或姓名与单位的列表 · who wrote it: a name, or a list of names with affiliations",
    )
    date: OptionalLine = Field(
        None, description="日期，印在作者之后，如 2020-02-29 · its date, printed after the byline"
    )
    form: OptionalForm = Field(
        None,
        description="article 文章，item 简讯：标题用正文字号，不另页起，不进目录 · "
        "an article, or a short item: its title in the size of the text, no page of its own, not in the contents",
    )
    body: Body = Field(
        description="正文：Markdown 文字，或文字、图片等的列表 · Markdown text, or a list of texts, figures and more"
    )
    credits: Annotated[tuple[CreditEntry, ...], BeforeValidator(_none_as_empty)] = Field(
        (), description="责任编辑、摄影等，印在文末 · editor, photographer …, at the article's end"
    )
    source: OptionalLine = Field(None, description="来源，印作（来源：……） · where it comes from")


Articles = Annotated[tuple[ArticleEntry, ...], BeforeValidator(_none_as_empty)]


class SectionEntry(Classed):
    """A section of the issue (栏目) with its articles."""

    section: Title = Field(description="栏目名称 · the section's name")
    id: OptionalName = Field(None, description=NAME)
    intro: OptionalText = Field(
        None, description="栏目的引言，印在栏目名称之下 · what the section is about, below its name"
    )
    form: OptionalForm = Field(None, description="各篇的形式，见文章的 form · the form of its articles")
    tokens: Settings = Field(
        default_factory=dict,
        description="本栏目的设计变量，如 accent: '#971b1b' · design tokens of this section: accent: '#971b1b'",
    )
    articles: Articles = Field(description="本栏目的文章 · the section's articles")


class IssueEntry(Located):
    """The whole file."""

    layout: Line = Field(description="版式的名称，如 newsletter · the layout's name")
    language: Language = Field(description=f"语言，如 {'、'.join(known_tags())} · the language of the text")
    title: Line = Field(description="刊名 · the periodical's name")
    title_en: OptionalLine = Field(None, description="英文刊名 · its English name")
    headline: OptionalTitle = Field(
        None, description="本期的标题，如本期主题 · the headline of the issue itself, such as its theme"
    )
    publisher: Line = Field(description="主办单位 · who publishes it")
    publisher_en: OptionalLine = Field(None, description="主办单位的英文名称 · the publisher's English name")
    date: OptionalDate = Field(
        None,
        description="日期，知道多少写多少：2020、2020-02、2020-02-29；有期号时可不写 · "
        "the date, as much as is known; not needed with a number",
    )
    number: Annotated[Count | None, NoneIfBlank] = Field(
        None, description="期号：第几期；有日期时可不写 · the issue's number; not needed with a date"
    )
    numbering: Literal["issue", "article"] = Field(
        "issue",
        description="图表编号：全期连续，或每篇从 1 起 · figures and tables counted through the issue, or by article",
    )
    author: OptionalLine = Field(
        None, description="PDF 的作者；不写则用主办单位 · the PDF's author; the publisher if absent"
    )
    subject: OptionalLine = Field(
        None, description="PDF 的主题；不写则用各篇标题 · the PDF's subject; the headlines if absent"
    )
    identifier: OptionalLine = Field(
        None, description="刊号等标识；不写则用文件夹名 · ISSN or the like; the folder's name if absent"
    )
    tokens: Settings = Field(
        default_factory=dict,
        description="本期的设计变量，如 accent: '#971b1b' · design tokens of this issue: accent: '#971b1b'",
    )
    cover: Annotated[tuple[AnyBlock, ...], BeforeValidator(as_list), BeforeValidator(_none_as_empty)] = Field(
        (), description="首页上的内容，在目录之后 · blocks of the first page, after the contents"
    )
    articles: Annotated[tuple[ArticleEntry, ...], NotEmpty] = Field(
        (), description="各篇文章；分栏目时改用 sections · the articles, where there are no sections"
    )
    sections: Annotated[tuple[SectionEntry, ...], BeforeValidator(_none_as_empty)] = Field(
        (), description="各栏目及其文章 · the sections with their articles"
    )
    colophon: Annotated[dict[str, Text], BeforeValidator(_none_as_no_keys)] = Field(
        default_factory=dict,
        description="版权页：“主办: 单位”等各行，照印 · the imprint: lines “label: text”, printed as typed",
    )

    @model_validator(mode="after")
    def _has_articles(self) -> IssueEntry:
        if self.articles and self.sections:
            raise PydanticCustomError("cst_both", "")
        if self.date is None and self.number is None:
            raise PydanticCustomError("cst_date_or_number", "")
        if not self.articles and not self.sections:
            raise PydanticCustomError("cst_missing", "", {"key": "articles"})
        if not self.articles and not any(section.articles for section in self.sections):
            raise PydanticCustomError("cst_no_articles", "")
        return self


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of ``issue.yaml``, for editors that complete and check while typing."""
    schema = IssueEntry.model_json_schema(mode="validation")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "cstprint issue.yaml"
    schema["anyOf"] = [{"required": ["date"]}, {"required": ["number"]}]
    schema["oneOf"] = [{"required": ["articles"]}, {"required": ["sections"]}]
    return _without_titles(schema)


def _without_titles(schema: dict[str, Any]) -> dict[str, Any]:
    """Drop the titles that pydantic derives from names: an editor would show them as noise."""
    for definition in (schema, *schema.get("$defs", {}).values()):
        for prop in definition.get("properties", {}).values():
            prop.pop("title", None)
    return schema
