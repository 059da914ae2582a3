"""Our lines in WeasyPrint's place: eight functions wrapped, for as long as a context lasts.

WeasyPrint has no door for line setting, so its own functions are replaced, but only while :func:`chinese_lines` is
open and only if its modules are those that this was written for (known by the hashes of their files).
"""

from __future__ import annotations

import hashlib
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from weasyprint import anchors, css, draw, images, layout
from weasyprint.css import targets
from weasyprint.draw import text as draw_text
from weasyprint.formatting_structure import boxes
from weasyprint.layout import block, inline, page, preferred
from weasyprint.pdf import fonts, stream, tags
from weasyprint.text import line_break

from cstprint.engine.lines.build import Surroundings
from cstprint.engine.lines.cells import with_cells
from cstprint.engine.lines.collect import measure
from cstprint.engine.lines.draw import draw_first_line, draw_sequences
from cstprint.engine.lines.glyph_texts import with_codes
from cstprint.engine.lines.next_line import last_alignment, make_line
from cstprint.engine.weasy.patch import replaced

#: Module → SHA-256 of its file in WeasyPrint 70.0. The last ten are those of :mod:`cstprint.engine.draw.links`,
#: ``tags``, ``page_numbers``, ``grid``, ``columns``, ``floats``, ``carried``, ``page_floats``, ``embedding``
#: and ``styles``.
FINGERPRINTS = {
    inline: "0e7c1569330f54734ed61b568789c4f279ba103c0385115efa6444f3c43b96b4",
    preferred: "a7973703cd8ac5fada246b35e7fea6e728a364002adc5dbb248ee08f084c0a6e",
    draw_text: "c9a450aa209277e760227e1fed2da492647bd28e5a5ebc4c9d8aaedecc400d77",
    line_break: "1f5a855ad992e0bebaf5512d2b806fd991090e0e91bf79d3d5a3a0176b22af97",
    fonts: "9ad9a202a416b84585e59d758e6b5e1b35604807dc3fa4472b6829bc5c4cdcb7",
    stream: "4faf9169d1970d4688b9cf41f733659ca6b1c4c098707c64f67c47a07309e81e",
    draw: "fb6fcee79a80059c72a3142ef941d4968e3aeeddc8fbbcac2e8519e8be55e348",
    anchors: "c9778a69d84f23b2a40592563d24e3497e808f57c82584b99a398512988fc558",
    targets: "dc7a175f80bbca473564d4462cc60a240c6f4a45456e83165de73dd2c5d574b8",
    layout: "f226ba97ad21e44772b571aa64bfd446ecf3080d236c4861dcab25407a04d66a",
    block: "9457dca0528c378f3ff6dd2ca5126d04ca017542de2fb77b1db48c3073401085",
    page: "d99c5aceb36d458619a9cecb466a09df8827b9160fafacab7b4972a0d354dcca",
    tags: "fae488b773686ea7fb685967c78a5b011854b88b61377f426ffb4e9ec00d76d2",
    images: "a1637ab32a69f6f9e0a113d7d82dc4e91243a22b56c09b27acf3a20cc4560d3f",
    css: "77ad7287f90d7cfaf85eb00ebe7af47d2bedfb856d7dc68717152f2d8a7605fd",
}


def changed_modules() -> list[str]:
    """Return the modules of WeasyPrint that are not those that our lines were written for."""
    return [
        module.__name__
        for module, known in FINGERPRINTS.items()
        if hashlib.sha256(Path(str(module.__file__)).read_bytes()).hexdigest() != known
    ]


def chinese_lines() -> AbstractContextManager[None]:
    """Set lines by our rules until the context is left."""
    return replaced(
        (inline, "split_inline_box", _split_inline_box),
        (inline, "text_align", _text_align),
        (inline, "first_letter_to_box", _first_letter_to_box),
        (preferred, "inline_max_content_width", _inline_max_content_width),
        (preferred, "inline_min_content_width", _inline_min_content_width),
        (draw_text, "draw_first_line", _draw_first_line),
        (fonts, "_build_vector_font_dictionary", with_codes),
        (line_break.Layout, "set_text", with_cells),
    )


def _split_inline_box(original: Any) -> Any:
    def split(context: Any, box: Any, *rest: Any) -> Any:
        if isinstance(box, boxes.LineBox) and rest[-1] is None:  # no ::first-line style
            position_x, max_x, bottom_space, skip_stack, containing_block = rest[:5]
            around = Surroundings(box.position_y, context, containing_block, bottom_space, *rest[5:9])
            made = make_line(box, position_x, max_x, skip_stack, around)
            if made is not None:
                return made
        return original(context, box, *rest)

    return split


def _text_align(original: Any) -> Any:
    def align(context: Any, line: Any, available_width: float, last: bool) -> float:
        alignment = last_alignment(line.style) if last else line.style["text_align_all"]
        if alignment == "justify" and getattr(line, "cst_line", None) is not None:
            return 0  # the gaps have been fitted
        return float(original(context, line, available_width, last))

    return align


def _first_letter_to_box(original: Any) -> Any:
    """Make a drop cap once: WeasyPrint makes it anew each time a paragraph is laid out, and fails on its own box."""

    def made_once(box: Any, skip_stack: Any, style: Any) -> Any:
        if box.children and (box.children[0].element_tag or "").endswith("::first-letter"):
            return skip_stack
        return original(box, skip_stack, style)

    return made_once


def _inline_max_content_width(original: Any) -> Any:
    """Measure our lines by our gaps, or boxes that shrink to fit would wrap."""

    def measured(context: Any, box: Any, *rest: Any, **options: Any) -> Any:
        widths = measure(box, context) if isinstance(box, boxes.LineBox) else None
        return original(context, box, *rest, **options) if widths is None else widths.most

    return measured


def _inline_min_content_width(original: Any) -> Any:
    """Find our lines' least width from their breaks: WeasyPrint shapes the text anew for each of them."""

    def measured(context: Any, box: Any, *rest: Any, **options: Any) -> Any:
        part = options.get("skip_stack") or options.get("first_line") or len(rest) > 1
        widths = measure(box, context) if isinstance(box, boxes.LineBox) and not part else None
        if widths is None or widths.least is None:
            return original(context, box, *rest, **options)
        return widths.least

    return measured


def _draw_first_line(original: Any) -> Any:
    def draw(stream: Any, textbox: Any, *rest: Any) -> Any:
        if hasattr(textbox, "cst_gaps"):
            return draw_first_line(original, stream, textbox, *rest)
        return draw_sequences(original, stream, textbox, *rest)

    return draw
