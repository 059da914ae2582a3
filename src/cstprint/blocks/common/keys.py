"""Types of keys that several blocks have, and the descriptions of these keys."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

from cstprint.blocks.common.links import may_lead
from cstprint.reading.models import Date, Line, Name, NoneIfBlank, Text, Title, shorten


def _not_empty(value: tuple[Any, ...]) -> tuple[Any, ...]:
    if not value:
        raise PydanticCustomError("cst_none", "")
    return value


NotEmpty = AfterValidator(_not_empty)


def as_list(value: object) -> object:
    """Return a text as a list of one entry, anything else unchanged: most bodies are one text."""
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

#: The description of the key ``id``.
NAME = "名称，文中用 [@名称] 引用 · a name, for references: [@name]"
CLASS = "类名，印在 HTML 里，供版式使用；几个之间空格 · classes for the layout, separated by spaces"
