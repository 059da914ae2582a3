"""``layout.yaml``: what a layout says about itself, and its design tokens."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, PrivateAttr, Tag, model_validator
from pydantic_core import PydanticCustomError

from cstprint.reading.models import TAG, Line, Located, NoneIfBlank, TokenValue
from cstprint.reading.yaml import YamlMap
from cstprint.source import SourceText, Span

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
#: A value that is worked out from other tokens: sums and products of numbers, lengths and ``var(--cst-NAME)``, or one
#: of these alone. CSS reads it; no character ends the declaration.
_REFERENCE = r"var\(\s*--cst-[a-z0-9]+(?:-[a-z0-9]+)*\s*\)"
_TERM = rf"(?:{_REFERENCE}|{_NUMBER}(?:pt|mm|cm|em|px|in|q)?)"
_DERIVED = re.compile(rf"{_REFERENCE}|calc\((?:[()\s]|{_TERM}|(?<=\s)[-+](?=\s)|[*/])+\)", re.ASCII)
#: The types that may have such values: for the others cstprint itself has to know the value.
_MAY_DERIVE = ("color", "length")


def _token_name(value: object) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", str(value)):
        raise PydanticCustomError("cst_token_name", "", {"value": str(value)})
    return str(value)


def _token_tag(value: object) -> str:
    return TAG + ("value" if isinstance(value, SourceText) else "token")


def _no_tokens(value: object) -> object:
    """Take ``tokens:`` with nothing but comments below it as no tokens."""
    if isinstance(value, SourceText) and not value.strip():
        return YamlMap()
    return value


TokenName = Annotated[str, BeforeValidator(_token_name)]


class Token(Located):
    """A design token: a value that a designer sets once and CSS reads as ``var(--cst-NAME)``."""

    type: TokenKind = Field(description="color, length, number, integer, family or keyword")
    default: TokenValue = Field(description="the value unless set otherwise")
    help: Line = Field(description="what it does, in one line")
    choices: tuple[Line, ...] = Field((), description="the keywords that may stand here")
    sign: Literal["positive", "not-negative"] | None = Field(
        None, description="positive or not-negative: which lengths and numbers may stand here"
    )

    def accepts(self, value: str) -> bool:
        """Return whether ``value`` is of the token's type."""
        if self.choices and value not in self.choices:
            return False
        return bool(_FORMS[self.type].fullmatch(value)) or self._accepts_derived(value)

    def _accepts_derived(self, value: str) -> bool:
        """Return whether a value is worked out from other tokens, and may be."""
        if not _DERIVED.fullmatch(value) or self.choices or self.type not in _MAY_DERIVE:
            return False
        is_sum = value.startswith("calc")
        return not is_sum or (self.type == "length" and value.count("(") == value.count(")"))

    def accepts_sign(self, value: str) -> bool:
        """Return whether ``value``, which is of the token's type, is not less than the token's ``sign`` allows."""
        number = re.match(_NUMBER, value)
        if self.sign is None or number is None:
            return True
        return float(number[0]) > 0 if self.sign == "positive" else float(number[0]) >= 0


#: A mapping declares a token; a plain value is the new default of one that an ancestor declares.
TokenEntry = Annotated[
    Annotated[TokenValue, Tag(TAG + "value")] | Annotated[Token, Tag(TAG + "token")],
    Discriminator(_token_tag),
]


class Manifest(Located):
    """The whole file."""

    title: Line = Field(description="the layout's name for people")
    extends: Annotated[Line | None, NoneIfBlank] = Field(None, description="the layout it builds on")
    pages: Annotated[Line | None, NoneIfBlank] = Field(
        None, description="the pages it is made for, for people"
    )
    fonts: tuple[Line, ...] = Field((), description="the font families its CSS names")
    omits: tuple[Line, ...] = Field((), description="the parts of an issue that it leaves out on purpose")
    tokens: Annotated[dict[TokenName, TokenEntry], BeforeValidator(_no_tokens)] = Field(
        default_factory=dict, description="its design tokens"
    )

    _token_spans: dict[str, Span] = PrivateAttr(default_factory=dict)

    @model_validator(mode="wrap")
    @classmethod
    def _keep_token_spans(cls, data: Any, handler: Any) -> Any:
        manifest = handler(data)
        tokens = data.get("tokens") if isinstance(data, YamlMap) else None
        if isinstance(tokens, YamlMap):
            manifest._token_spans = tokens.key_spans
        return manifest

    def token_span(self, name: str) -> Span:
        """Return where the name of one of its tokens stands."""
        return self._token_spans[name]
