"""Which texts and paragraphs are set by our lines; the others take WeasyPrint's own way."""

from __future__ import annotations

import re

from cstprint.engine.lines.style import is_head, token
from cstprint.engine.weasy.boxes import ReplacedBox
from cstprint.engine.weasy.text import ffi, get_log_attrs
from cstprint.engine.weasy.types import Box, Style
from cstprint.languages.known import language_of
from cstprint.languages.scripts import Lines

#: Texts with any of these take WeasyPrint's own way: tabs, soft hyphens, controls of direction, scripts written from
#: right to left, line ends of other systems.
STOCK_TEXT = re.compile(
    "[\t\f\r\x85\xad\u0590-\u08ff\u200e\u200f\u2028-\u202e\u2061-\u2069\ufb1d-\ufdff\ufe70-\ufefe]"
)
#: A paragraph of a Western language with words that no spaces part, as in Thai, is WeasyPrint's.
UNSPACED = re.compile("[\u0e00-\u109f\u1780-\u17ff\u3040-\u30ff\u3130-\u318f\uac00-\ud7af]")
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff，。、；：？！“”（）《》①-⑳]")


def is_ours(style: Style) -> bool:
    """Return whether lines of this style are set by our rules, left to right.

    They are Chinese, heads of Latin letters, or justified Western text.
    """
    lines = language_of(style["lang"] or "").lines
    ours = lines.is_chinese or (lines is Lines.WESTERN and is_head(style)) or is_western(style)
    return ours and style["direction"] == "ltr" and token(style, "line_setting") != "stock"


def is_western(style: Style) -> bool:
    """Return whether lines of this style are fitted by word spaces; what is not justified is WeasyPrint's."""
    language = style["lang"]
    justified = style["text_align_all"] == "justify" and not is_head(style)
    return bool(justified and language and language_of(language).lines is Lines.WESTERN)


def line_breaks(text: str, language: str) -> list[bool]:
    """Return for each character whether UAX 14, as Pango knows it, allows a break before it."""
    attributes = get_log_attrs(text, language)
    size = ffi.sizeof(attributes) // len(attributes) // 4
    # PangoLogAttr: bit fields, of which the first is is_line_break.
    fields = memoryview(ffi.buffer(attributes)).cast("I")[: size * len(text) : size]
    return [bool(field & 1) for field in fields]


def is_plain(box: Box) -> bool:
    """Whether a text can be ours. ``hyphens: auto`` of a foreign word is let be: no word is divided.

    WeasyPrint keeps the spaces of generated content that has a leader.
    """
    style = box.style
    kept = style["white_space"] == "pre" and "::" in (box.element_tag or "")
    return bool(
        (kept or style["white_space"] in ("normal", "nowrap", "pre-line"))
        and not style["word_spacing"]
        and style["word_break"] == "normal"
        and style["font_size"] > 0
        and style["direction"] == "ltr"
    )


def is_whole(box: Box) -> bool:
    """Whether a float stays on one page: a picture or a drop cap. WeasyPrint loses or doubles text of others."""
    return isinstance(box, ReplacedBox) or (box.element_tag or "").endswith("::first-letter")
