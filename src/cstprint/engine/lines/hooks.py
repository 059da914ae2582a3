"""Our lines in WeasyPrint's place: four functions wrapped, for as long as a context lasts.

WeasyPrint has no door for line setting, so its own functions are replaced, but only while :func:`chinese_lines` is
open and only if its modules are those that this was written for (known by the hashes of their files).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

from weasyprint.draw import text as draw_text
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline, preferred

from cstprint.cjk.characters import kind_of
from cstprint.cjk.rules import gap_between
from cstprint.engine.lines.build import build_line, place_of
from cstprint.engine.lines.collect import Collected, collect, is_ours
from cstprint.engine.lines.draw import gaps_written

#: Module → SHA-256 of its file in WeasyPrint 70.0.
FINGERPRINTS = {
    inline: "0e7c1569330f54734ed61b568789c4f279ba103c0385115efa6444f3c43b96b4",
    preferred: "a7973703cd8ac5fada246b35e7fea6e728a364002adc5dbb248ee08f084c0a6e",
    draw_text: "c9a450aa209277e760227e1fed2da492647bd28e5a5ebc4c9d8aaedecc400d77",
}


def changed_modules() -> list[str]:
    """Return the modules of WeasyPrint that are not those that our lines were written for."""
    return [
        module.__name__
        for module, known in FINGERPRINTS.items()
        if hashlib.sha256(Path(str(module.__file__)).read_bytes()).hexdigest() != known
    ]


@contextmanager
def chinese_lines() -> Iterator[None]:
    """Set lines by our rules until the context is left."""
    originals = (
        (inline, "split_inline_box", inline.split_inline_box),
        (inline, "text_align", inline.text_align),
        (preferred, "split_first_line", preferred.split_first_line),
        (draw_text, "draw_first_line", draw_text.draw_first_line),
    )
    wrappers = (_split_inline_box, _text_align, _split_first_line, _draw_first_line)
    for (module, name, original), wrap in zip(originals, wrappers, strict=True):
        setattr(module, name, wrap(original))
    try:
        yield
    finally:
        for module, name, original in originals:
            setattr(module, name, original)


def _split_inline_box(original: Any) -> Any:
    def split(context: Any, box: Any, *rest: Any) -> Any:
        first_letter_style, first_line_style = rest[-2:]
        # A paragraph that WeasyPrint began, it ends: its places to resume are not always ours.
        if isinstance(box, boxes.LineBox) and first_letter_style is None and first_line_style is None:
            position_x, max_x, _, skip_stack, containing_block = rest[:5]
            collected = collect(box, context, containing_block)
            if collected is not None and (skip_stack is None or box.__dict__.get("cst_ours")):
                made = _our_line(box, collected, position_x, max_x, skip_stack)
                box.cst_ours = made is not None
                if made is not None:
                    return made
        return original(context, box, *rest)

    return split


def _our_line(box: Any, collected: Collected, position_x: float, max_x: float, skip_stack: Any) -> Any:
    """Return what ``split_inline_box`` returns for a line, or ``None`` where this line cannot be ours."""
    start = place_of(collected, skip_stack)
    if start is None or start >= len(collected.paragraph.text):
        return None
    justified = box.style["text_align_all"] == "justify"
    width = max_x - position_x
    if start == 0 and not collected.fits(width, box.text_indent, justified=justified):
        return None
    line = collected.line(start, width, box.text_indent, justified=justified)
    new_line, resume = build_line(box, collected, line, position_x)
    text = collected.paragraph.text
    return new_line, resume, False, text[line.start], text[line.end - 1], {"left": 0, "right": 0}


def _text_align(original: Any) -> Any:
    def align(context: Any, line: Any, available_width: float, last: bool) -> float:
        style = line.style
        align_last = last and style["text_align_last"] != "auto"
        align = style["text_align_last"] if align_last else style["text_align_all"]
        if align == "justify" and getattr(line, "cst_line", None) is not None:
            return 0  # the gaps have been fitted
        return float(original(context, line, available_width, last))

    return align


def _split_first_line(original: Any) -> Any:
    """Add our gaps to max-content widths, or boxes that shrink to fit would wrap."""

    def split(text: str, style: Any, context: Any, max_width: Any, *rest: Any, **options: Any) -> Any:
        layout, length, resume, width, height, baseline = original(
            text, style, context, max_width, *rest, **options
        )
        if max_width is None and is_ours(style):
            width += natural_gaps(layout.text) * style["font_size"]
        return layout, length, resume, width, height, baseline

    return split


def natural_gaps(text: str) -> float:
    """Return how much wider (em) a text becomes by its natural gaps; marks that close up are left out."""
    kinds = [kind_of(character) for character in text]
    gaps = (gap_between(before, after).natural for before, after in pairwise(kinds))
    return sum(gap for gap in gaps if gap > 0)


def _draw_first_line(original: Any) -> Any:
    def draw(stream: Any, textbox: Any, *rest: Any) -> Any:
        if not getattr(textbox, "cst_gaps", None):
            return original(stream, textbox, *rest)
        with gaps_written(stream, textbox):
            return original(stream, textbox, *rest)

    return draw
