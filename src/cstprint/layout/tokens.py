"""The tokens of a chain of layouts: who declares them, who changes them, and whether the values fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from cstprint.diagnostics import Diagnostic, Message, Severity, error, msg, nearest, suggest
from cstprint.layout.manifest import Manifest, Token, TokenKind
from cstprint.source import SourceText, Span

#: The tokens that not only CSS reads, and the type that each must have, whoever declares it.
READ_HERE: Mapping[str, TokenKind] = {
    "bleed": "length",
    "caption-width": "length",
    "contents-depth": "integer",
    "figure-captions": "keyword",
    "figure-columns": "integer",
    "figure-gap": "length",
    "figure-height": "length",
    "figure-least": "length",
    "head-margin": "length",
    "leading": "length",
    "line-setting": "keyword",
    "lines": "integer",
    "measure": "length",
    "paper-height": "length",
    "paper-width": "length",
    "picture-dpi": "integer",
    "picture-least-dpi": "integer",
    "picture-width": "length",
    "size": "length",
}

#: The others of the page, which is the same in the whole issue, and those that templates read for it.
OF_THE_PAGE = (
    *("spine", "gutter"),
    *("emphasis", "link-addresses", "note-columns", "figure-place", "figure-distance", "figure-barrier"),
)

_WAYS: Mapping[TokenKind, Message] = {
    "color": msg("Write a colour as '#17406d', or transparent, or var(--cst-accent)."),
    "length": msg(
        "Write a number and its unit without a space: 10.5pt, 3mm, 2em; or 0; or calc(var(--cst-size) * 7 / 6)."
    ),
    "number": msg("Write a number without a unit: 1.5"),
    "integer": msg("Write a whole number without a unit: 2"),
    "family": msg(
        'Write each family in double quotes and the whole list in single quotes: \'"CST Song", "CST Hei"\''
    ),
    "keyword": msg("Write one word in lower-case letters."),
}


def gather_tokens(chain: Sequence[Manifest]) -> tuple[dict[str, Token], list[Diagnostic]]:
    """Return the tokens of a chain, the first ancestor first, each with the default that counts; and all errors.

    A default knows its place, so it says which layout set it.
    """
    tokens: dict[str, Token] = {}
    types = dict(READ_HERE)
    problems: list[Diagnostic] = []
    for manifest in chain:
        for name, entry in manifest.tokens.items():
            if isinstance(entry, Token):
                problems += _check_declaration(name, entry, types)
                tokens[name] = entry
            elif name in tokens:
                problems += _check_value(name, entry, tokens[name])
                tokens[name] = tokens[name].model_copy(update={"default": entry})
            else:
                problems.append(_unknown(name, manifest.token_span(name), tokens))
    return tokens, problems


def check_settings(
    tokens: Mapping[str, Token],
    settings: Mapping[SourceText, str] | Mapping[str, str],
    *,
    lenient: bool = False,
) -> Iterator[Diagnostic]:
    """Yield an error for each setting of a token that is not there, or whose value does not fit.

    Names and values that know their places are an issue's, others those of ``--set``. With ``lenient`` a token of an
    issue that is not there is a warning: the issue was written for another layout.
    """
    for name, value in settings.items():
        token = tokens.get(name)
        if token is None:
            unknown = msg("There is no token “{name}”.", name=str(name))
            found = error("CST-L003", unknown, **where_set(name), hint=suggest(name, list(tokens)))
            written = isinstance(name, SourceText)
            yield replace(found, severity=Severity.WARNING) if lenient and written else found
        else:
            yield from _misfits(str(name), value, token, **where_set(value))


def where_set(text: str) -> dict[str, object]:
    """Return where a setting was written, for a message: its place in an issue, or ``--set``."""
    return {"span": text.span} if isinstance(text, SourceText) else {"subject": "--set"}


def _check_declaration(name: str, token: Token, types: dict[str, TokenKind]) -> Iterator[Diagnostic]:
    """Yield an error where an ancestor, or cstprint itself, gives another type, or where the default does not fit."""
    expected = types.setdefault(name, token.type)
    if token.type != expected:
        message = msg(
            "The token {name} is of type {expected}, not {type}.",
            name=name,
            expected=expected,
            type=token.type,
        )
        hint = msg("Choose another name for a token of another type.")
        yield error("CST-L004", message, span=token.span, hint=hint)
    else:
        yield from _check_value(name, token.default, token)


def _check_value(name: str, value: SourceText, token: Token) -> Iterator[Diagnostic]:
    yield from _misfits(name, value, token, span=value.span)


def _misfits(name: str, value: str, token: Token, **where: object) -> Iterator[Diagnostic]:
    """Yield an error where a value is not of the token's type, or less than it may be."""
    if name in READ_HERE and value.startswith(("calc(", "var(")):
        message = msg("The token {name} needs a plain value: cstprint computes with it.", name=name)
        yield error("CST-L004", message, hint=_WAYS[token.type], **where)
    elif not token.accepts(value):
        yield _misfit(name, value, token, **where)
    elif not token.accepts_sign(value):
        message = msg("The token {name} cannot be {value}.", name=name, value=str(value))
        above = msg("Write a value above 0.")
        hint = above if token.sign == "positive" else msg("Write 0 or a value above 0.")
        yield error("CST-L004", message, hint=hint, **where)


def _misfit(name: str, value: str, token: Token, **where: object) -> Diagnostic:
    message = msg(
        "“{value}” is not a value of type {type}, which is the type of the token {name}.",
        value=str(value),
        type=token.type,
        name=name,
    )
    hint = suggest(value, token.choices) if token.choices else _WAYS[token.type]
    return error("CST-L004", message, hint=hint, **where)


def _unknown(name: str, span: Span, tokens: Mapping[str, Token]) -> Diagnostic:
    """Return the error that a layout changes what none of its ancestors has."""
    meant = nearest(name, list(tokens), cutoff=0.75)
    declare = msg("To declare a token of your own, give its type, default and help.")
    hint = msg("Did you mean “{meant}”?", meant=meant) if meant else declare
    return error("CST-L003", msg("There is no token “{name}”.", name=name), span=span, hint=hint)
