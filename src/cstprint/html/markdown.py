"""Markdown tokens to HTML: markdown-it's renderer, with what a frame prints for notes, references and links."""

# ruff: noqa: ARG002 - the renderer's methods have the parameters that markdown-it gives, a frame's those of Frame
from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import Markup

from cstprint.blocks.common.parts import Figure
from cstprint.html.drawings import Drawings
from cstprint.html.emphasis import with_latin
from cstprint.html.marks import FORMS, HAN, indent_em
from cstprint.issue.markdown.tables import align_of
from cstprint.languages.known import language_of
from cstprint.languages.record import Language

#: Names of programming languages that become a class.
_LANGUAGE = re.compile(r"[A-Za-z0-9][A-Za-z0-9+#_-]*")


class Frame(Protocol):
    """What stands around the text: it knows what notes, references and links print in the layout."""

    @property
    def language(self) -> Language:
        """The language of the issue."""

    def note(self, label: str) -> Markup:
        """Return what is printed where the note ``label`` is called."""

    def reference(self, name: str, page: bool) -> Markup:
        """Return what is printed for ``[@name]``, or for ``[@name page]``."""

    def link(self, address: str, text: str) -> Markup:
        """Return what is printed after a link to ``address`` whose own text is ``text``."""

    @property
    def drawings(self) -> Drawings:
        """What prints pictures and formulas."""


def render_inline(tokens: Sequence[Token], frame: Frame) -> Markup:
    """Return a run of text as HTML; what people typed is escaped."""
    renderer, options = _renderer()
    return Markup(renderer.renderInline(list(tokens), options, {"frame": frame}))


def render_prose(tokens: Sequence[Token], block_id: str, frame: Frame) -> Markup:
    """Return one block of text as HTML, ``block_id`` on its outermost element."""
    renderer, options = _renderer()
    first = _with(tokens[0], {"id": block_id, **tokens[0].attrs})
    marked = _marked((first, *tokens[1:]), frame.language.list_marks)
    return Markup(renderer.render(list(_aligned(marked)), options, {"frame": frame}))


def _attributes(given: Mapping[str, str]) -> Markup:
    return Markup().join(Markup(' {}="{}"').format(key, value) for key, value in given.items() if value)


def _aligned(tokens: Iterable[Token]) -> Iterator[Token]:
    """Yield the tokens with the alignment of cells as classes, as the tables' template writes them."""
    for token in tokens:
        if token.type in ("th_open", "td_open"):
            align = align_of(token)
            scope = {"scope": "col"} if token.type == "th_open" else {}
            yield _with(token, {**scope, **({"class": f"align-{align}"} if align else {})})
        else:
            yield token


def _with(token: Token, attributes: dict[str, str | int | float]) -> Token:
    changed = copy(token)
    changed.attrs = attributes
    return changed


# ── lists ──

#: How far the first line of a paragraph is indented, in em.
PARAGRAPH_INDENT = 2


def _marked(tokens: Sequence[Token], forms: Sequence[str]) -> Iterator[Token]:
    """Yield the tokens with the marks of ordered lists as custom properties.

    Each entry has its mark, ``--cst-mark``, each list the indent that its widest mark needs, ``--cst-mark-indent``.
    The form of a mark depends on how many ordered lists the list stands in; after the last form the first is next.
    """
    entries = _entries(tokens)
    lists: list[_List] = []
    for index, token in enumerate(tokens):
        if token.type in ("ordered_list_close", "bullet_list_close"):
            lists.pop()
        if index in entries:
            inner = _list(token, entries[index], lists[-1].below if lists else forms)
            lists.append(inner)
            indent = {"style": f"--cst-mark-indent: {_indent(inner, lists[:-1])}em"} if inner.marks else {}
            yield _with(token, {**token.attrs, **indent})
        elif token.type == "list_item_open" and lists[-1].marks:
            yield _with(token, {**token.attrs, "style": f"--cst-mark: '{lists[-1].marks.popleft()}'"})
        else:
            yield token


def _indent(inner: _List, outer: Sequence[_List]) -> int:
    """Return how many em the text of a list is further in than what is around it.

    The levels step by two, so a mark inside another list may stand out by the half em that （一） is wider. 一、
    begins where the first lines of paragraphs do.
    """
    if outer:
        return indent_em(inner.marks, room=0.5)
    return (
        PARAGRAPH_INDENT + indent_em(inner.marks, room=PARAGRAPH_INDENT)
        if inner.is_han
        else indent_em(inner.marks)
    )


def _entries(tokens: Sequence[Token]) -> dict[int, int]:
    """Return how many entries each list has, by the index of the token that opens it."""
    found: dict[int, int] = {}
    lists: list[int] = []
    for index, token in enumerate(tokens):
        if token.type in ("ordered_list_open", "bullet_list_open"):
            found[index] = 0
            lists.append(index)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            found[lists[-1]] += 1
    return found


def _list(opener: Token, entries: int, forms: Sequence[str]) -> _List:
    if opener.type == "bullet_list_open":
        return _List(deque(), forms)
    is_han = "han" in str(opener.attrs.get("class", "")).split()
    forms = HAN if is_han else forms
    start = int(opener.attrs.get("start", 1))
    marks = deque(FORMS[forms[0]](number) for number in range(start, start + entries))
    return _List(marks, [*forms[1:], forms[0]], is_han)


@dataclass(frozen=True, slots=True)
class _List:
    """A list that is being rendered: the marks of its entries to come, the forms of ordered lists in it."""

    marks: deque[str]
    below: Sequence[str]
    #: Whether its marks are those of official documents: 一、 and so on.
    is_han: bool = False


# ── tokens ──


@cache
def _renderer() -> tuple[RendererHTML, OptionsDict]:
    from markdown_it import MarkdownIt

    return _Renderer(), MarkdownIt("commonmark", {"html": False, "xhtmlOut": False}).options


Environment = MutableMapping[str, Any]


class _Renderer(RendererHTML):
    """Each method renders the token at ``index`` of the type that is its name; ``env`` has the frame."""

    def em_open(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: Environment) -> str:
        env["emphasis"] = env.get("emphasis", 0) + 1
        return self.renderToken(tokens, index, options, env)

    def em_close(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: Environment) -> str:
        env["emphasis"] -= 1
        return self.renderToken(tokens, index, options, env)

    def span_open(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: Environment) -> str:
        env.setdefault("languages", []).append(str(tokens[index].attrGet("lang") or ""))
        return self.renderToken(tokens, index, options, env)

    def span_close(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: Environment) -> str:
        env["languages"].pop()
        return self.renderToken(tokens, index, options, env)

    def text(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: Environment) -> str:
        frame: Frame = env["frame"]
        foreign = any(tag and not language_of(tag).lines.is_chinese for tag in env.get("languages", ()))
        if env.get("emphasis") and not foreign and frame.language.lines.is_chinese:
            return str(with_latin(tokens[index].content))
        return super().text(tokens, index, options, env)

    def footnote_ref(
        self, tokens: Sequence[Token], index: int, options: OptionsDict, env: Environment
    ) -> str:
        frame: Frame = env["frame"]
        return str(frame.note(tokens[index].meta["label"]))

    def reference(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: Environment) -> str:
        frame: Frame = env["frame"]
        return str(frame.reference(tokens[index].meta["name"], tokens[index].meta["page"]))

    def link_open(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: Environment) -> str:
        env.setdefault("links", []).append(index)
        return self.renderToken(tokens, index, options, env)

    def link_close(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: Environment) -> str:
        opened = env["links"].pop()
        frame: Frame = env["frame"]
        address = str(tokens[opened].attrGet("href") or "")
        text = self.renderInlineAsText(tokens[opened + 1 : index], options, env)
        after = frame.link(address, text) if address else ""  # one that led astray has lost its address
        return self.renderToken(tokens, index, options, env) + str(after)

    def picture(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: Environment) -> str:
        frame: Frame = env["frame"]
        meta = tokens[index].meta
        return str(frame.drawings.picture(meta["figure"], meta["height"], meta["width"]))

    def figures(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: Environment) -> str:
        frame: Frame = env["frame"]
        token = tokens[index]
        printed = (
            frame.drawings.figure(figure, _caption(figure, frame), token.meta["width"])
            for figure in token.meta["figures"]
        )
        html = Markup("").join(printed)
        named = token.attrs.get("id")
        return str(Markup('<div id="{}">{}</div>').format(named, html) if named else html)

    def formula(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: Environment) -> str:
        frame: Frame = env["frame"]
        return str(frame.drawings.formula(tokens[index].content, display=tokens[index].meta["display"]))

    def task(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: Environment) -> str:
        return f'<span class="task-box">{tokens[index].content}</span>'

    def fence(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: Environment) -> str:
        token = tokens[index]
        name = _LANGUAGE.match(token.info)
        code = _attributes({"class": f"language-{name[0]}" if name else ""})
        html = Markup("<pre{}><code{}>{}</code></pre>\n")
        return str(html.format(Markup(self.renderAttrs(token)), code, token.content))


def _caption(figure: Figure, frame: Frame) -> Markup | None:
    """Return the caption of a picture in a text, with what is printed of the address that it leads to."""
    caption = render_inline(figure.caption.tokens, frame) if figure.caption else None
    if figure.link and caption is not None:
        caption += frame.link(str(figure.link), "")
    return caption
