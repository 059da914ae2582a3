"""Trees to models: pydantic finds every error, and each is told at its place in the file."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Annotated, Any, TypeVar, get_origin

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PrivateAttr,
    ValidationError,
    WithJsonSchema,
    WrapValidator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from cstprint.diagnostics import Diagnostic, Message, Result, error, msg, nearest, suggest
from cstprint.reading.yaml import YamlList, YamlMap, YamlValue, span_of
from cstprint.source import SourceText, Span

M = TypeVar("M", bound="Located")

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


# ── scalar types: each takes a SourceText, keeps its place, and names its own error ──────────────────────────


def _kind(value: object) -> str:
    if isinstance(value, Mapping):
        return "mapping"
    return "list" if isinstance(value, Sequence) and not isinstance(value, str) else "text"


def _text(value: object) -> SourceText:
    if not isinstance(value, SourceText):
        raise PydanticCustomError("cst_text", "", {"kind": _kind(value)})
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


def _flag(value: object) -> bool:
    text = _text(value)
    if text not in ("true", "false"):
        raise PydanticCustomError("cst_flag", "", {"value": str(text)})
    return bool(text == "true")


def _count(value: object) -> int:
    text = _text(value)
    # isdecimal() alone would take ٣ and ３; a fourth digit is never meant, and int() of 5,000 digits raises.
    if not re.fullmatch(r"[1-9][0-9]{0,3}", text):
        raise PydanticCustomError("cst_count", "", {"value": _shorten(text)})
    return int(text)


def _date(value: object) -> SourceText:
    text = _text(value)
    match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", text, re.ASCII)
    if not match:
        raise PydanticCustomError("cst_date_form", "", {"value": _shorten(text)})
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        datetime.date(year, month, day)
    except ValueError:
        raise PydanticCustomError("cst_date", "", {"value": str(text)}) from None
    return text


def _language(value: object) -> SourceText:
    text = _text(value)
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}", text):
        raise PydanticCustomError("cst_language", "", {"value": _shorten(text)})
    return text


def _file_path(value: object) -> SourceText:
    text = _line(value)
    path = PurePosixPath(text)
    if (
        path.is_absolute()
        or ".." in path.parts
        or "\\" in text
        or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", text)
    ):
        raise PydanticCustomError("cst_path", "", {"value": _shorten(text)})
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
Flag = Annotated[bool, BeforeValidator(_flag), WithJsonSchema({"type": "boolean"})]
Count = Annotated[int, BeforeValidator(_count), WithJsonSchema({"type": "integer", "minimum": 1})]
Date = Annotated[SourceText, BeforeValidator(_date), _NUMBER_OR_TEXT]
Language = Annotated[SourceText, BeforeValidator(_language), _STRING]
FilePath = Annotated[SourceText, BeforeValidator(_file_path), _STRING]
NoneIfBlank = WrapValidator(_none_if_blank)


# ── errors: pydantic's types to located diagnostics ──────────────────────────────────────────────────────────


def validate(model: type[M], tree: YamlValue) -> Result[M]:
    """Return the model made from ``tree``, or every error, each at its own place."""
    try:
        return Result(model.model_validate(tree))
    except ValidationError as exception:
        problems = [
            _diagnostic(model, tree, problem)
            for problem in exception.errors(include_url=False, include_input=False)
        ]
        unique = dict.fromkeys(_without_echoes(problems))
        return Result(
            None, tuple(sorted(unique, key=lambda d: (d.span.line, d.span.column) if d.span else (0, 0)))
        )


def _without_echoes(problems: list[Diagnostic]) -> list[Diagnostic]:
    """Drop “missing” where a misspelt key beside it is told with “did you mean” this very key."""
    names = {dict(d.hint.values).get("meant") for d in problems if d.code == "CST-Y020" and d.hint}
    return [d for d in problems if not (d.code == "CST-Y021" and dict(d.message.values)["key"] in names)]


def _diagnostic(model: type[BaseModel], tree: YamlValue, problem: Any) -> Diagnostic:
    location: tuple[str | int, ...] = problem["loc"]
    context: dict[str, Any] = problem.get("ctx") or {}
    parent, value, key = _walk(tree, location)
    kind = problem["type"]
    if kind == "extra_forbidden":
        return _unknown_key(model, location, parent, str(key))
    if kind == "missing":
        return error(
            "CST-Y021",
            msg("The key “{key}” is missing here.", key=key),
            span=_head(span_of(parent)),
            hint=_describe(model, location),
        )
    span = _head(span_of(value)) if value is not None else span_of(parent)
    if kind in _SAYINGS:
        code, message, hint = _SAYINGS[kind]
        values = {name: _NAMED[item] if name == "kind" else item for name, item in context.items()}
        return error(code, msg(message, **values), span=span, hint=msg(hint, **values) if hint else None)
    if kind == "literal_error":
        return _not_a_choice(model, location, value, span)
    wanted = {"list_type": "list", "tuple_type": "list"}.get(kind, "mapping")
    return error(
        "CST-Y022",
        msg("Expected here: {wanted}; found: {kind}.", wanted=_NAMED[wanted], kind=_NAMED[_kind(value)]),
        span=span,
        hint=_SHAPE_HINTS[wanted],
    )


_NAMED: dict[str, Message] = {"text": msg("text"), "list": msg("list"), "mapping": msg("group of keys")}

_SHAPE_HINTS: dict[str, Message] = {
    "list": msg("A list has a “- ” before each entry."),
    "mapping": msg("Write “key: value” lines here, indented by two spaces."),
}

#: pydantic error type → code, message, hint. The literals are marked for the catalogues by `msg` in the test
#: of the catalogues, which reads this table.
_SAYINGS: dict[str, tuple[str, str, str | None]] = {
    "cst_text": (
        "CST-Y022",
        "Expected here: text; found: {kind}.",
        "Text of several lines: “key: |” and the text below, indented.",
    ),
    "cst_empty": ("CST-Y023", "This is empty.", "Write the text, or delete the key."),
    "cst_line": (
        "CST-Y024",
        "This must be one line.",
        "Join the lines, or write the text as a Markdown block.",
    ),
    "cst_flag": ("CST-Y025", "“{value}” is neither true nor false.", "Write true or false."),
    "cst_count": ("CST-Y026", "“{value}” is not a whole number from 1 to 9999.", "Write it in digits: 2"),
    "cst_date_form": (
        "CST-Y027",
        "“{value}” is not a date.",
        "Write 2020, 2020-02 or 2020-02-29: as much as is known.",
    ),
    "cst_date": ("CST-Y027", "There is no such day or month: {value}.", "Check the month and the day."),
    "cst_language": ("CST-Y028", "“{value}” is not a language tag.", "Write zh-Hans, zh-Hant or en."),
    "cst_path": (
        "CST-Y029",
        "“{value}” does not stay inside the issue's folder.",
        "Put the file into the issue's folder and write its path from there: images/photo.jpg",
    ),
    "cst_block": (
        "CST-Y030",
        "It cannot be told what kind of block this is.",
        "A block is Markdown text (- |), a figure (- figure: images/…) or a group (- figures:).",
    ),
    "cst_block_empty": ("CST-Y023", "This is empty.", "Write the text, or delete the key."),
    "cst_token": (
        "CST-L004",
        "The default “{value}” is not a value of type {type}.",
        "Write a value of that type: #17406d, 10.5pt, 2 …",
    ),
    "cst_token_name": (
        "CST-L006",
        "“{value}” cannot be the name of a token.",
        "Use small letters, digits and hyphens: figure-gap",
    ),
    "cst_none": ("CST-Y031", "This list has no entries.", "Add one, or delete the key."),
}


def _unknown_key(
    model: type[BaseModel], location: tuple[str | int, ...], parent: YamlValue, key: str
) -> Diagnostic:
    span = (
        parent.key_spans[key] if isinstance(parent, YamlMap) and key in parent.key_spans else span_of(parent)
    )
    owner = _owner(model, location)
    known = list(owner.model_fields) if owner else []
    hint = suggest(key, known)
    return error(
        "CST-Y020", msg("The key “{key}” is not known here.", key=_shorten(key)), span=span, hint=hint
    )


def _not_a_choice(
    model: type[BaseModel], location: tuple[str | int, ...], value: object, span: Span
) -> Diagnostic:
    field = _field(model, location)
    choices = _choices(field.annotation) if field is not None else []
    meant = nearest(str(value), choices)
    return error(
        "CST-Y032",
        msg("“{value}” is not one of: {choices}.", value=_shorten(str(value)), choices=tuple(choices)),
        span=span,
        hint=msg("Did you mean “{meant}”?", meant=meant) if meant else None,
    )


def _choices(annotation: object) -> list[str]:
    found: list[str] = []
    for part in getattr(annotation, "__args__", ()):
        found += [part] if isinstance(part, str) else _choices(part)
    return found


def _describe(model: type[BaseModel], location: tuple[str | int, ...]) -> Message | None:
    """Return the missing key's own description, which the schema shows in editors too."""
    field = _field(model, location)
    return Message(field.description) if field is not None and field.description else None


def _field(model: type[BaseModel], location: tuple[str | int, ...]) -> Any:
    owner = _owner(model, location)
    return owner.model_fields.get(str(location[-1])) if owner else None


def _owner(model: type[BaseModel], location: tuple[str | int, ...]) -> type[BaseModel] | None:
    """Return the model that holds the last key of ``location``."""
    current: type[BaseModel] | None = model
    steps = iter(location[:-1])
    for step in steps:
        if isinstance(step, int) or current is None:
            continue
        tagged = _tagged_models(current).get(step)
        field = current.model_fields.get(step)
        if tagged is not None:
            current = tagged
        elif field is not None:
            candidates = _models_in(field.annotation)
            if get_origin(field.annotation) is dict:
                next(steps, None)  # the key under which the model stands
            if len(candidates) < 2:  # otherwise a union: its tag comes next in the location
                current = candidates[0] if candidates else None
    return current


def _tagged_models(model: type[BaseModel]) -> dict[str, type[BaseModel]]:
    return {
        TAG + tag: found
        for field in model.model_fields.values()
        for found in _models_in(field.annotation)
        if (tag := getattr(found, "block_tag", None))
    }


def _models_in(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in getattr(annotation, "__args__", ()) for model in _models_in(part)]


def _walk(tree: YamlValue, location: tuple[str | int, ...]) -> tuple[YamlValue, YamlValue | None, str | int]:
    """Return the last container on the way, the value there (``None`` if absent), and the last step.

    A step that begins with ``TAG`` names a member of a union and stands for no place in the file.
    """
    if location and location[-1] == "[key]":  # pydantic's word for a key that is wrong itself
        holder, _, name = _walk(tree, location[:-1])
        if isinstance(holder, YamlMap):
            return holder, SourceText.at(str(name), holder.key_spans[str(name)], 1, 1, block=False), name
    steps = [step for step in location if not (isinstance(step, str) and step.startswith(TAG))]
    parent, value = tree, tree
    for step in steps:
        following: YamlValue | None = None
        if isinstance(value, YamlMap) and isinstance(step, str):
            following = value.get(step)
        elif isinstance(value, YamlList) and isinstance(step, int) and step < len(value):
            following = value[step]
        if following is None:
            return value, None, steps[-1]
        parent, value = value, following
    return parent, value, steps[-1] if steps else ""


def _head(span: Span) -> Span:
    """Return the first line of a span: a caret under forty lines points at nothing."""
    if span.end_line == span.line:
        return span
    line = span.file.line(span.line)
    return Span(span.file, span.line, span.column, span.line, max(span.column + 1, len(line) + 1))


def _shorten(text: str, limit: int = 40) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"
