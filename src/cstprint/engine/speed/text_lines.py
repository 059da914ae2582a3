"""Lines of text that WeasyPrint sets are made once, and least widths are found in time that grows with the text.

WeasyPrint lays out a text anew each time a box with it is measured, fitted or tried. Where it looks for the least
width, it lays out all that is left of a text for each of its words, or letters, where words may be parted anywhere:
that grows with the square of the text. What follows the next words changes nothing. Lines and widths are the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from cstprint.engine.weasy.calls import TextCall, TextLine
from cstprint.engine.weasy.marks import kept_with
from cstprint.engine.weasy.text import get_log_attrs
from cstprint.engine.weasy.types import Style

#: ``split_first_line``.
SplitText = Callable[..., TextLine]

#: Longer texts (in characters) are not kept: each of their lines would keep the rest of the text.
_MOST_KEPT = 1000
#: So many characters of a text hold its first line in most texts, where each of its words has a line of its own.
_HEADS = (24, 64)
#: A letter that is a cluster of its own.
_LETTER = re.compile("[!-~][ -~]")
#: The rules of line breaks, of clusters and of shaping look no further ahead.
_AHEAD = 8
#: Characters whose lines depend on no others than their neighbours: no scripts that are written from right to left,
#: or whose words are looked up.
_PLAIN = re.compile(
    "[ -~\xa0-\xac\xae-\u024f\u0370-\u052f\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u23ff\u2460-\u27bf"
    "\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff01-\uffee]*"
)
#: Soft hyphens are tried from the last of a text; line feeds end what Pango sees.
_WHOLE = re.compile("[\n\t\xad]")


def made_once(original: SplitText) -> SplitText:
    """Replace ``split_first_line``: return the line that was made of the same text, style and width."""

    def split(*arguments: object, **options: object) -> TextLine:
        call = TextCall(*arguments, **options)  # type: ignore[arg-type]
        line = _kept(original, call)
        # WeasyPrint changes the layout where a line is drawn.
        layout = type(line.layout).__new__(type(line.layout))
        vars(layout).update(vars(line.layout))
        return line._replace(layout=layout)

    return split


def words_made_once(original: SplitText) -> SplitText:
    """Replace ``split_first_line`` where texts are measured: look at no more of a text than its first words."""

    def split(*arguments: object, **options: object) -> TextLine:
        call = TextCall(*arguments, **options)  # type: ignore[arg-type]
        if call.max_width != 0 or _WHOLE.search(call.text):
            return _kept(original, call)
        if _is_parted_anywhere(call):
            letter = _kept(original, call._replace(text=call.text[0]))
            if letter.width > 0:
                return letter._replace(resume_at=1)
        for head in _heads(call.text, call.style):
            made = _kept(original, call._replace(text=head))
            if made.resume_at is not None and made.resume_at <= len(head[:-_AHEAD].encode()):
                return made
        return _kept(original, call)

    return split


def _is_parted_anywhere(call: TextCall) -> bool:
    """Return whether a line is as long as its first letter."""
    style = call.style
    return (
        style["overflow_wrap"] == "anywhere"
        and call.is_line_start
        and style["white_space"] in ("normal", "pre-wrap", "pre-line")
        and style["letter_spacing"] == "normal"
        and bool(_LETTER.match(call.text))
    )


def _heads(text: str, style: Style) -> Iterator[str]:
    """Yield beginnings of a text that may hold all that its narrowest first line depends on."""
    for length in _HEADS:
        head = text[:length]
        if len(text) <= length or not _PLAIN.fullmatch(head):
            return
        if _is_enough(head, style):
            yield head


def _kept(original: SplitText, call: TextCall) -> TextLine:
    """Return a line, which is made only if none was made of the same text in the same style."""
    style = call.style
    if len(call.text) > _MOST_KEPT:
        return TextLine(*original(*call))
    known: dict[tuple[object, ...], TextLine] = kept_with(style, "text_lines", dict)
    # The size of the type is the one value that is changed in a style of ours after it was copied.
    key = call.text, style["font_size"], *call[3:]
    line = known.get(key)
    if line is None:
        line = known[key] = TextLine(*original(*call))
    return line


def _is_enough(head: str, style: Style) -> bool:
    """Return whether the first line, as narrow as may be, is decided by the first characters of a text."""
    attributes = get_log_attrs(head, style["lang"])
    breaks = [place for place in range(1, len(head) - _AHEAD) if attributes[place].is_line_break]
    if len(breaks) < 2:
        return False
    # Where a line may end after one character, WeasyPrint looks for words to part in all of the text; unless that
    # character is a space, which has no width at a line's end.
    is_bare_space = head[0] == " " and style["letter_spacing"] == "normal" and not style["word_spacing"]
    return style["hyphens"] != "auto" or breaks[0] > 1 or is_bare_space
