"""Pictures in texts: from the tokens of Markdown and HTML to figures of the model."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import unquote

from markdown_it.token import Token

from cstprint.blocks.common.links import is_remote
from cstprint.blocks.common.parts import Figure, Inline
from cstprint.blocks.figures import FigureGroup
from cstprint.diagnostics import Diagnostic, msg, note
from cstprint.source import SourceText, Span

#: How high a picture in a line is, where its writer says so.
_HEIGHT = re.compile(
    r"\{[^{}]*?\bheight\s*=\s*[\"']?([0-9]{1,3}(?:\.[0-9]+)?)\s*(em|pt|px|mm|cm|)[\"']?[\s}]"
)
#: How wide a picture is that stands for itself.
_WIDTH = re.compile(
    r"\bwidth\s*=\s*[\"']?((?:100|[1-9][0-9]?)(?:\.[0-9]+)?%|[0-9]{1,4}(?:\.[0-9]+)?(?:pt|px|mm|cm|in))[\"']?(?=[\s}])"
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


def width_of(image: Token) -> str | None:
    """Return how wide a picture is that stands for itself, as CSS has it, where its writer says so."""
    match = _WIDTH.search(str(image.meta.get("attributes", "")))
    return match[1] if match else None


def attributes_left_out(image: Token, span: Span) -> Iterator[Diagnostic]:
    """Yield a note where a picture was given what it cannot take."""
    raw = str(image.meta.get("attributes", ""))
    rest = _WIDTH.sub("", _HEIGHT.sub("{ ", raw))
    if raw and (rest == raw or re.search(r"[\w.#]", rest)):
        yield note(
            "CST-M027",
            msg("A picture in a text takes only height= and width=. All other attributes are ignored."),
            span=span,
            hint=msg("A `figure:` block can give a picture a place, a caption and a credit."),
        )


def pictures_only(children: Sequence[Token]) -> tuple[Figure, ...]:
    """Return the pictures, with the links around them, of a run of text that is nothing but pictures."""
    found: list[Figure] = []
    link: SourceText | None = None
    for child in children:
        if child.type == "picture":
            figure: Figure = child.meta["figure"]
            found.append(replace(figure, link=link))
        elif child.type in ("link_open", "link_close"):
            link = _address_of(child)
        elif not _is_nothing(child):
            return ()
    return tuple(found)


def _is_nothing(child: Token) -> bool:
    if child.type == "text":
        return not child.content.strip()
    return child.type in ("hardbreak", "softbreak")


def _address_of(link: Token) -> SourceText | None:
    """Return where a link leads to outside of the document; nothing at its end."""
    address, span = str(link.attrGet("href") or ""), link.meta.get("span")
    if not address or address.startswith("#") or span is None:
        return None
    return SourceText.at(address, span, span.line, span.column, block=False)


def width_of_one(children: Sequence[Token]) -> str | None:
    """Return the width that was given to the only picture of a run of text."""
    pictures = [child for child in children if child.type == "picture"]
    return pictures[0].meta["width"] if len(pictures) == 1 else None


def lost_links(children: Sequence[Token], span: Span) -> Iterator[Diagnostic]:
    """Yield notes about what figures cannot take: links to places in the document, widths of several."""
    for child in children:
        if child.type == "link_open" and str(child.attrGet("href") or "").startswith("#"):
            yield note(
                "CST-M027",
                msg("The links of these pictures are left out: a figure can only link to a web address."),
                span=child.meta.get("span", span),
                subject=str(child.attrGet("href")),
            )
        if child.type == "picture" and child.meta["width"] and width_of_one(children) is None:
            yield note(
                "CST-M027",
                msg("The widths of these pictures are ignored: pictures in a row fill the row."),
                span=child.meta["figure"].span,
                subject=child.meta["width"],
            )


def unsaid(figures: Sequence[Figure]) -> Iterator[Diagnostic]:
    """Yield a note for each figure of a text that says nothing to those who cannot see it."""
    for figure in figures:
        if figure.alt is None:
            yield note(
                "CST-M032",
                msg("These pictures have no alternative text: a screen reader says nothing about them."),
                span=figure.span,
                hint=msg("Describe the picture: ![a microscope in the laboratory](images/lab.jpg)"),
            )


def group_of(block_id: str, span: Span, figures: tuple[Figure, ...], width: str | None = None) -> FigureGroup:
    """Return the pictures as a group; numbered where each has a caption."""
    numbered = all(figure.caption for figure in figures)
    counted = tuple(replace(figure, numbered=numbered) for figure in figures)
    return FigureGroup(block_id, span, counted, "each", None, width=width)
