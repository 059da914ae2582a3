"""Pictures in texts: from the tokens of Markdown and HTML to figures of the model."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from markdown_it.token import Token

from cstprint.diagnostics import Diagnostic, msg, note
from cstprint.issue.blocks import Figure, FigureGroup, Inline
from cstprint.issue.links import is_remote
from cstprint.source import SourceText, Span

#: How high a picture in a line is, where its writer says so.
_HEIGHT = re.compile(
    r"\{[^{}]*?\bheight\s*=\s*[\"']?([0-9]{1,3}(?:\.[0-9]+)?)\s*(em|pt|px|mm|cm|)[\"']?[\s}]"
)


def picture_of(image: Token, span: Span, caption: Inline | None) -> Figure:
    """Return the figure of the token of an image."""
    typed = str(image.attrGet("src") or "")
    path = typed if is_remote(typed) else unquote(typed).removeprefix("./").partition("?")[0]
    identity = f"p{span.line}-{span.column}-{hashlib.sha256(path.encode()).hexdigest()[:6]}"
    alt = "".join(child.content for child in image.children or ()).strip()
    said = alt or (caption.plain if caption else "")

    def placed(text: str) -> SourceText:
        return SourceText.at(text, span, span.line, span.column, block=False)

    return Figure(
        id=identity,
        span=span,
        image=placed(path or typed),
        alt=placed(said) if said else None,
        caption=caption,
        credit=None,
        stand_in=False,
        pasted=True,
    )


def height_of(image: Token) -> str:
    """Return how high a picture in a line is, as CSS has it; nothing where its writer does not say."""
    match = _HEIGHT.match(str(image.meta.get("attributes", "")))
    if match:
        return f"{match[1]}{match[2] or 'px'}"
    pixels = image.meta.get("height_px")
    return f"{pixels:g}px" if pixels else ""


def attributes_left_out(image: Token, span: Span) -> Iterator[Diagnostic]:
    """Yield a note where a picture was given what it cannot take."""
    raw = str(image.meta.get("attributes", ""))
    rest = _HEIGHT.sub("", raw)
    if raw and (rest == raw or re.search(r"[\w.#]", rest)):
        yield note(
            "CST-M027",
            msg("Pictures in a text take height= only; all else in the braces is left out."),
            span=span,
            hint=msg("A `figure:` block says more of a picture: its place, its caption, who made it."),
        )


def pictures_only(children: Sequence[Token]) -> tuple[Figure, ...]:
    """Return the pictures of a run of text that is nothing but pictures; otherwise none."""
    found: list[Figure] = []
    for child in children:
        if child.type == "picture":
            found.append(child.meta["figure"])
        elif not _is_nothing(child):
            return ()
    return tuple(found)


def _is_nothing(child: Token) -> bool:
    if child.type == "text":
        return not child.content.strip()
    return child.type in ("hardbreak", "softbreak", "link_open", "link_close")


def lost_links(children: Sequence[Token], span: Span) -> Iterator[Diagnostic]:
    """Yield notes about links around pictures that become figures."""
    for child in children:
        if child.type == "link_open" and child.attrGet("href"):
            yield note(
                "CST-M027",
                msg("The links of these pictures are left out: a figure is no link."),
                span=child.meta.get("span", span),
                subject=str(child.attrGet("href")),
            )


def unsaid(figures: Sequence[Figure]) -> Iterator[Diagnostic]:
    """Yield a note for each figure of a text that says nothing to those who cannot see it."""
    for figure in figures:
        if figure.alt is None:
            yield note(
                "CST-M032",
                msg("These pictures have no alternative text: who listens does not hear of them."),
                span=figure.span,
                hint=msg("Say what can be seen: ![a microscope in the laboratory](images/lab.jpg)"),
            )


def group_of(block_id: str, span: Span, figures: tuple[Figure, ...]) -> FigureGroup:
    """Return the pictures as a group; numbered where each has a caption."""
    numbered = all(figure.caption for figure in figures)
    return FigureGroup(block_id, span, figures, "each", None, numbered=numbered)
