"""Whether the text block that a layout's tokens ask for has room on its paper."""

from __future__ import annotations

from collections.abc import Iterator

from cstprint.diagnostics import Diagnostic, Message, msg, warning
from cstprint.layout.lengths import length_pt
from cstprint.layout.resolve import Layout


def check_text_block(layout: Layout) -> Iterator[Diagnostic]:
    """Yield a warning where the text block is wider than the paper or reaches below it, so that text is cut off.

    A layout whose CSS sets paper and margins without these tokens may mean it.
    """
    values = layout.values
    width, paper_width = length_pt(values, "measure"), length_pt(values, "paper-width")
    if width > paper_width > 0:
        wide = msg("The text block is {block} pt wide, the paper {paper} pt.", **_whole(width, paper_width))
        yield _too_large(layout, "measure", wide)
    foot = length_pt(values, "head-margin") + layout.integer("lines") * length_pt(values, "leading")
    paper_height = length_pt(values, "paper-height")
    if foot > paper_height > 0:
        high = msg(
            "The text block ends {block} pt below the top of the paper, which is {paper} pt high.",
            **_whole(foot, paper_height),
        )
        yield _too_large(layout, "lines", high)


def _whole(block: float, paper: float) -> dict[str, int]:
    return {"block": round(block), "paper": round(paper)}


def _too_large(layout: Layout, token: str, message: Message) -> Diagnostic:
    """Return the warning at the token's value, or at ``--set`` where it was set for this run."""
    hint = msg(
        "Check the tokens paper-width, measure and size; paper-height, head-margin, lines and leading."
    )
    default = layout.tokens[token].default
    if layout.values[token] != default:
        return warning("CST-L018", message, subject="--set", hint=hint)
    return warning("CST-L018", message, span=default.span, hint=hint)
