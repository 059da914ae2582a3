"""What models of files are made of: a base that knows its place, and text values that keep theirs.

Each value type takes a :class:`~cstprint.source.SourceText`, names its own error, and guesses nothing.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PrivateAttr,
    WithJsonSchema,
    WrapValidator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from cstprint.languages.known import known_tags
from cstprint.languages.tags import is_tag
from cstprint.reading.yaml import YamlMap
from cstprint.source import SourceText, Span

#: What a reference may call a thing by: letters of any script, digits, hyphens; ``[@name]`` ends at the bracket.
NAME = re.compile(r"[^\W_][\w-]{0,63}")
#: What a class may be called, here and in texts.
CLASS = re.compile(r"[a-z][a-z0-9-]*")
#: Begins the tags of unions in error paths: a character that no key of a file can hold.
TAG = "\0"


class Located(BaseModel):
    """A model that knows where it stands: unknown keys are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    _span: Span | None = PrivateAttr(default=None)

    @model_validator(mode="wrap")
    @classmethod
    def _keep_span(cls, data: Any, handler: Any) -> Any:
        model = handler(data)
        if isinstance(data, YamlMap):
            model._span = data.span
        return model

    @property
    def span(self) -> Span:
        """Where the model stands in its file."""
        assert self._span is not None, "models are made from located trees only"
        return self._span


def kind_name(value: object) -> str:
    """Return what a value is, in a word: text, list or mapping."""
    if isinstance(value, Mapping):
        return "mapping"
    return "list" if isinstance(value, Sequence) and not isinstance(value, str) else "text"


def _text(value: object) -> SourceText:
    if not isinstance(value, SourceText):
        raise PydanticCustomError("cst_text", "", {"kind": kind_name(value)})
    if not value.strip():
        raise PydanticCustomError("cst_empty", "")
    return value


def _line(value: object) -> SourceText:
    text = _text(value)
    stripped = text.strip()
    if "\n" in stripped:
        raise PydanticCustomError("cst_line", "")
    lead = len(text) - len(text.lstrip())
    return SourceText.at(stripped, text.span, text.first_line, text.column + lead, block=False)


def _title(value: object) -> SourceText:
    text = _text(value)
    stripped = text.strip()
    if re.search(r"\n\s*\n", stripped):
        raise PydanticCustomError("cst_title", "")
    row, column = text.rows.place_of(len(text) - len(text.lstrip()))
    line = text.first_line + row if text.block else text.first_line
    return SourceText.at(stripped, text.span, line, text.column + column, block=text.block)


def _flag(value: object) -> bool:
    text = _text(value)
    if text not in ("true", "false"):
        raise PydanticCustomError("cst_flag", "", {"value": str(text)})
    return bool(text == "true")


def _count(value: object) -> int:
    text = _text(value)
    # isdecimal() alone would take ٣ and ３; a fifth digit is never meant, and int() of 5,000 digits raises.
    if not re.fullmatch(r"0{0,3}[1-9][0-9]{0,3}", text):
        raise PydanticCustomError("cst_count", "", {"value": shorten(text)})
    return int(text)


def _small_count(value: object) -> int:
    text = _text(value)
    if not re.fullmatch(r"[0-9]", text):
        raise PydanticCustomError("cst_small_count", "", {"value": shorten(text)})
    return int(text)


def _name(value: object) -> SourceText:
    text = _line(value)
    if not NAME.fullmatch(text):
        raise PydanticCustomError("cst_name", "", {"value": shorten(text)})
    return text


def _classes(value: object) -> tuple[SourceText, ...]:
    """Take the names of classes, separated by spaces, or as a list; `class:` without a value is none."""
    lines = value if isinstance(value, list) else [value]
    if lines == [""]:
        return ()
    names = tuple(name for line in lines for name in words_of(_line(line)))
    for name in names:
        if not CLASS.fullmatch(name):
            raise PydanticCustomError("cst_class", "", {"value": shorten(name)})
    return names


def words_of(line: SourceText) -> Iterator[SourceText]:
    """Yield the words of a line, each with its place."""
    for match in re.finditer(r"\S+", line):
        span = line.place_of(match.start(), len(match[0]))
        yield SourceText.at(match[0], span, span.line, span.column, block=False)


def _token_value(value: object) -> object:
    if isinstance(value, SourceText) and not value.strip():
        raise PydanticCustomError("cst_token_empty", "")
    return value


def _settings(value: object) -> object:
    """Give the keys their places; `tokens:` without anything below it sets none."""
    if isinstance(value, SourceText) and not value.strip():
        return {}
    if not isinstance(value, YamlMap):
        return value
    spans = value.key_spans
    return {
        SourceText.at(key, spans[key], spans[key].line, spans[key].column, block=False): inner
        for key, inner in value.items()
    }


def _columns(value: object) -> int:
    text = _text(value)
    if text not in ("1", "2", "3", "4"):
        raise PydanticCustomError("cst_columns", "", {"value": shorten(text)})
    return int(text)


def _date(value: object) -> SourceText:
    text = _text(value)
    match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", text, re.ASCII)
    if not match:
        raise PydanticCustomError("cst_date_form", "", {"value": shorten(text)})
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        datetime.date(year, month, day)
    except ValueError:
        raise PydanticCustomError("cst_date", "", {"value": str(text)}) from None
    return text


def _width(value: object) -> str:
    text = _line(value)
    match = re.fullmatch(r"([0-9]{1,3}(?:\.[0-9]{1,3})?)\s*(%|pt|mm|cm|in)", text)
    if not match or not float(match[1]) or (match[2] == "%" and float(match[1]) > 100):
        raise PydanticCustomError("cst_width", "", {"value": shorten(text)})
    return f"{float(match[1]):g}{match[2]}"


def _language(value: object) -> SourceText:
    text = _text(value)
    if not is_tag(text):
        raise PydanticCustomError("cst_language", "", {"value": shorten(text), "languages": known_tags()})
    return text


def _file_path(value: object) -> SourceText:
    text = _line(value)
    if "\\" in text and not re.match(r"[A-Za-z]:", text):
        raise PydanticCustomError(
            "cst_backslash", "", {"value": shorten(text), "path": text.replace("\\", "/")}
        )
    path = PurePosixPath(text)
    if path.is_absolute() or ".." in path.parts or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", text):
        raise PydanticCustomError("cst_path", "", {"value": shorten(text)})
    return text


def _none_if_blank(value: object, handler: Any) -> Any:
    """Take a key without a value as not given: editors leave `author:` empty."""
    if isinstance(value, SourceText) and not value.strip():
        return None
    return None if value is None else handler(value)


_STRING = WithJsonSchema({"type": "string"})
_NUMBER_OR_TEXT = WithJsonSchema({"type": ["string", "integer"]})

Text = Annotated[SourceText, BeforeValidator(_text), _STRING]
Line = Annotated[SourceText, BeforeValidator(_line), WithJsonSchema({"type": ["string", "number"]})]
#: A line, or more of them: each line end is a break.
Title = Annotated[SourceText, BeforeValidator(_title), WithJsonSchema({"type": ["string", "number"]})]
Flag = Annotated[bool, BeforeValidator(_flag), WithJsonSchema({"type": "boolean"})]
Count = Annotated[int, BeforeValidator(_count), WithJsonSchema({"type": "integer", "minimum": 1})]
Columns = Annotated[
    int, BeforeValidator(_columns), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 4})
]
SmallCount = Annotated[
    int, BeforeValidator(_small_count), WithJsonSchema({"type": "integer", "minimum": 0, "maximum": 9})
]
#: How wide a picture is, as CSS has it: a share of the room that there is, or a length.
Width = Annotated[str, BeforeValidator(_width), _STRING]
Name = Annotated[SourceText, BeforeValidator(_name), _STRING]
Date = Annotated[SourceText, BeforeValidator(_date), _NUMBER_OR_TEXT]
Language = Annotated[SourceText, BeforeValidator(_language), _STRING]
FilePath = Annotated[SourceText, BeforeValidator(_file_path), _STRING]
NoneIfBlank = WrapValidator(_none_if_blank)
TokenValue = Annotated[Line, BeforeValidator(_token_value)]
#: Design tokens by their names, both with their places; the layout knows which there are.
Settings = Annotated[
    dict[SourceText, TokenValue],
    BeforeValidator(_settings),
    WithJsonSchema({"type": "object", "additionalProperties": {"type": ["string", "number"]}}),
]
_NAMES = WithJsonSchema({"type": ["string", "array"], "items": {"type": "string"}})
#: Classes of a block for the layout, one or several.
Classes = Annotated[tuple[SourceText, ...], BeforeValidator(_classes), _NAMES]


def shorten(text: str, limit: int = 40) -> str:
    """Return ``text`` on one line, cut to ``limit`` characters."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"
