"""``layout.yaml``: what a layout says about itself, and its design tokens."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from cstprint.reading.models import Line, Located, NoneIfBlank

TokenKind = Literal["color", "length", "number", "integer", "family", "keyword"]

#: What Python cannot count with is no size of anything: nine digits before the point are the most.
_NUMBER = r"-?\d{1,9}(\.\d{1,9})?"
_FORMS: dict[str, re.Pattern[str]] = {
    "color": re.compile(r"#[0-9a-fA-F]{6}|#[0-9a-fA-F]{3}|transparent", re.ASCII),
    "length": re.compile(rf"0|{_NUMBER}(pt|mm|cm|em|px|in|q)", re.ASCII),
    "number": re.compile(_NUMBER, re.ASCII),
    "integer": re.compile(r"-?\d{1,9}", re.ASCII),
    "family": re.compile(r'"[^"<>\\]+"(\s*,\s*("[^"<>\\]+"|serif|sans-serif))*', re.ASCII),
    "keyword": re.compile(r"[a-z][a-z0-9-]*", re.ASCII),
}


def _token_name(value: object) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", str(value)):
        raise PydanticCustomError("cst_token_name", "", {"value": str(value)})
    return str(value)


TokenName = Annotated[str, BeforeValidator(_token_name)]


class Token(Located):
    """A design token: a value that a designer sets once and CSS reads as ``var(--cst-NAME)``."""

    type: TokenKind = Field(description="color, length, number, integer, family or keyword")
    default: Line = Field(description="the value unless set otherwise")
    help: Line = Field(description="what it does, in one line")
    choices: tuple[Line, ...] = Field((), description="the keywords that may stand here")

    @model_validator(mode="after")
    def _default_fits(self) -> Token:
        if not self.accepts(self.default):
            raise PydanticCustomError("cst_token", "", {"value": str(self.default), "type": self.type})
        return self

    def accepts(self, value: str) -> bool:
        """Return whether ``value`` is of the token's type."""
        if self.choices and value not in self.choices:
            return False
        return bool(_FORMS[self.type].fullmatch(value))


class Manifest(Located):
    """The whole file."""

    title: Line = Field(description="the layout's name for people")
    extends: Annotated[Line | None, NoneIfBlank] = Field(None, description="the layout it builds on")
    pages: Annotated[Line | None, NoneIfBlank] = Field(
        None, description="the pages it is made for, for people"
    )
    fonts: tuple[Line, ...] = Field((), description="the font families its CSS names")
    tokens: dict[TokenName, Token] = Field(default_factory=dict, description="its design tokens")
