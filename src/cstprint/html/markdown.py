"""Markdown tokens to HTML: markdown-it's renderer, with the block's id on its outermost element."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from functools import cache

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import Markup


@cache
def _renderer() -> tuple[RendererHTML, OptionsDict]:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False})
    return RendererHTML(), parser.options


def render_inline(tokens: Sequence[Token]) -> Markup:
    """Return a run of text as HTML; markdown-it has escaped what people typed."""
    renderer, options = _renderer()
    return Markup(renderer.renderInline(list(tokens), options, {}))


def render_prose(tokens: Sequence[Token], block_id: str) -> Markup:
    """Return one block of text as HTML, ``block_id`` on its outermost element."""
    renderer, options = _renderer()
    first = copy(tokens[0])
    first.attrs = {"id": block_id, **first.attrs}
    counted = [_counted(token) for token in (first, *tokens[1:])]
    return Markup(renderer.render(counted, options, {}))


def _counted(token: Token) -> Token:
    """Return the token with its list's first number said in CSS: WeasyPrint does not read ``start``."""
    start = token.attrs.get("start")
    if token.type != "ordered_list_open" or start is None:
        return token
    counted = copy(token)
    counted.attrs = {**token.attrs, "style": f"counter-reset: list-item {int(start) - 1}"}
    return counted
