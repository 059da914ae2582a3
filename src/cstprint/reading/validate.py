"""Trees to models: pydantic finds every error, and each is reported at its place in the file."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from cstprint.diagnostics import Diagnostic, Message, Result, error, msg, nearest, suggest
from cstprint.reading.models import TAG, Located, kind_name, shorten
from cstprint.reading.yaml import YamlList, YamlMap, YamlValue, shape_hint, span_of
from cstprint.source import SourceText, Span

M = TypeVar("M", bound=Located)


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
    """Drop “missing” where a misspelt key beside it is reported with “did you mean” this very key."""
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
        if kind == "cst_empty" and _is_required(model, location):
            hint = "Write the text: it cannot be left out."
        return error(code, msg(message, **values), span=span, hint=msg(hint, **values) if hint else None)
    if kind == "literal_error":
        return _not_a_choice(model, location, value, span)
    wanted = {"list_type": "list", "tuple_type": "list"}.get(kind, "mapping")
    slip = shape_hint(value) if wanted == "mapping" and isinstance(value, SourceText) else None
    return error(
        "CST-Y022",
        msg("Expected here: {wanted}; found: {kind}.", wanted=_NAMED[wanted], kind=_NAMED[kind_name(value)]),
        span=span,
        hint=slip or _SHAPE_HINTS[wanted],
    )


_NAMED: dict[str, Message] = {"text": msg("text"), "list": msg("list"), "mapping": msg("group of keys")}

_SHAPE_HINTS: dict[str, Message] = {
    "list": msg("A list has “- ” before each item."),
    "mapping": msg("Write lines of “key: value” here, indented by two spaces."),
}

#: pydantic error type → code, message, hint. The literals are marked for the catalogues by `msg` in the test
#: of the catalogues, which reads this table.
_SAYINGS: dict[str, tuple[str, str, str | None]] = {
    "cst_text": (
        "CST-Y022",
        "Expected here: text; found: {kind}.",
        "Write a text of several lines as “key: |” with the text below, indented.",
    ),
    "cst_empty": ("CST-Y023", "This is empty.", "Write the text, or delete the key."),
    "cst_line": (
        "CST-Y024",
        "This must be one line.",
        "Join the lines, or write the text as a Markdown block.",
    ),
    "cst_title": (
        "CST-Y024",
        "There is an empty line in this title.",
        "Delete it: each line of a title is printed as a line of its own.",
    ),
    "cst_flag": ("CST-Y025", "“{value}” is neither true nor false.", "Write true or false."),
    "cst_count": (
        "CST-Y026",
        "“{value}” is not a whole number from 1 to 9999.",
        "Write it in half-width digits, for example 12",
    ),
    "cst_columns": (
        "CST-Y033",
        "“{value}” is not a number of columns from 1 to 4.",
        "Write 1, 2, 3 or 4.",
    ),
    "cst_width": (
        "CST-Y061",
        "“{value}” is not a width.",
        "Write a percentage of the measure, up to 100 %, or a length: 60% or 80mm",
    ),
    "cst_address": (
        "CST-Y062",
        "“{value}” is not an address that a picture can link to.",
        "Write the complete address: https://example.org/page",
    ),
    "cst_decorative": (
        "CST-Y040",
        "A decorative picture has neither alt nor caption nor credit.",
        "Delete this line, or delete decorative: true.",
    ),
    "cst_date_form": (
        "CST-Y027",
        "“{value}” is not a date.",
        "Write 2020, 2020-02 or 2020-02-29, as far as it is known.",
    ),
    "cst_date": ("CST-Y027", "There is no such date: {value}.", "Check the month and the day."),
    "cst_language": (
        "CST-Y028",
        "“{value}” is not a language tag.",
        "Write the tag of the language, such as {languages}.",
    ),
    "cst_path": (
        "CST-Y029",
        "“{value}” leads out of the issue's folder.",
        "Put the file into the issue's folder and write its path from there: images/photo.jpg",
    ),
    "cst_backslash": (
        "CST-Y029",
        "“{value}” has backslashes: write a path with “/”.",
        "Write {path}",
    ),
    "cst_block": (
        "CST-Y030",
        "The kind of this block cannot be determined.",
        "A block is Markdown text (- |), or begins with a key such as figure: or box:.",
    ),
    "cst_block_empty": ("CST-Y023", "This is empty.", "Write the text, or delete the key."),
    "cst_token_empty": (
        "CST-Y023",
        "This is empty.",
        "Write a value. A colour needs quotes, '#17406d': in YAML # begins a comment.",
    ),
    "cst_token_name": (
        "CST-L006",
        "“{value}” cannot be the name of a token.",
        "Use lower-case letters, digits and hyphens: figure-gap",
    ),
    "cst_both": (
        "CST-Y035",
        "Articles are either below `articles` or in `sections`, not both.",
        "Move the articles into a section.",
    ),
    "cst_date_or_number": (
        "CST-Y060",
        "The issue has neither a date nor a number.",
        "Write what is known: date: 2020-02, or number: 3, or both.",
    ),
    "cst_missing": ("CST-Y021", "The key “{key}” is missing here.", None),
    "cst_no_articles": ("CST-Y031", "There is no article.", "Add one below `articles:`."),
    "cst_small_count": (
        "CST-Y026",
        "“{value}” is not a whole number from 0 to 9.",
        "Write it in half-width digits, for example 1",
    ),
    "cst_name": (
        "CST-Y036",
        "“{value}” cannot be a name.",
        "Use letters, digits and hyphens, without spaces: fig-lab",
    ),
    "cst_class": (
        "CST-Y063",
        "“{value}” cannot be a class.",
        "A class has only lower-case letters a–z, digits and -, and begins with a letter.",
    ),
    "cst_none": ("CST-Y031", "This list has no items.", "Add one, or delete the key."),
}


def _unknown_key(
    model: type[BaseModel], location: tuple[str | int, ...], parent: YamlValue, key: str
) -> Diagnostic:
    span = (
        parent.key_spans[key] if isinstance(parent, YamlMap) and key in parent.key_spans else span_of(parent)
    )
    owner = _owner(model, location)
    known = list(fields_of(owner)) if owner else []
    hint = _at_other_level(model, location) or suggest(key, known)
    return error(
        "CST-Y020", msg("The key “{key}” is not known here.", key=shorten(key)), span=span, hint=hint
    )


def _at_other_level(model: type[BaseModel], location: tuple[str | int, ...]) -> Message | None:
    """Return where a key belongs that is known one level deeper or one level up."""
    key, owner = str(location[-1]), _owner(model, location)
    for name, field in fields_of(owner).items() if owner else ():
        if any(key in fields_of(inner) for inner in _models_in(field.annotation)):
            return msg("“{key}” belongs one level deeper, in the items of “{name}”.", key=key, name=name)
    names = [
        index
        for index, step in enumerate(location[:-1])
        if isinstance(step, str) and not step.startswith(TAG)
    ]
    if names:
        outer = _owner(model, location[: names[-1] + 1])
        if outer and key in fields_of(outer):
            return msg(
                "“{key}” belongs beside “{name}”: indent it equally.", key=key, name=location[names[-1]]
            )
    return None


def _not_a_choice(
    model: type[BaseModel], location: tuple[str | int, ...], value: object, span: Span
) -> Diagnostic:
    field = _field(model, location)
    choices = _choices(field.annotation) if field is not None else []
    meant = nearest(str(value), choices)
    return error(
        "CST-Y032",
        msg("“{value}” is not one of: {choices}.", value=shorten(str(value)), choices=tuple(choices)),
        span=span,
        hint=msg("Did you mean “{meant}”?", meant=meant) if meant else None,
    )


def _choices(annotation: object) -> list[str]:
    found: list[str] = []
    for part in getattr(annotation, "__args__", ()):
        found += [part] if isinstance(part, str) else _choices(part)
    return found


def _is_required(model: type[BaseModel], location: tuple[str | int, ...]) -> bool:
    field = _field(model, location)
    return bool(field is not None and field.is_required())


def _describe(model: type[BaseModel], location: tuple[str | int, ...]) -> Message | None:
    """Return what the missing key is for, in words that the schema shows in editors too."""
    field = _field(model, location)
    if field is None or not field.description:
        return None
    meaning = Message(english(field.description))
    return msg("Add a line “{key}: …”: {meaning}", key=str(location[-1]), meaning=meaning)


def english(description: str) -> str:
    """Return the English half of a description “中文 · English”; the catalogue leads from it to the other."""
    return description.rpartition(" · ")[2]


def _field(model: type[BaseModel], location: tuple[str | int, ...]) -> Any:
    owner = _owner(model, location)
    return fields_of(owner).get(str(location[-1])) if owner else None


def fields_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Return the fields of a model by the keys that stand in files: `class` is none that Python takes as a name."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _owner(model: type[BaseModel], location: tuple[str | int, ...]) -> type[BaseModel] | None:
    """Return the model that holds the last key of ``location``."""
    current: type[BaseModel] | None = model
    steps = iter(location[:-1])
    for step in steps:
        if isinstance(step, int) or current is None:
            continue
        tagged = _tagged_models(current).get(step)
        field = fields_of(current).get(step)
        if tagged is not None:
            current = tagged
        elif field is not None:
            candidates = _models_in(field.annotation)
            if get_origin(field.annotation) is dict:
                next(steps, None)  # the key under which the model stands
            if len(candidates) < 2:  # otherwise a union: its tag comes next in the location
                current = candidates[0] if candidates else None
    return current


@cache  # a file may have as many errors as values, and each asks
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
