"""How characters stand in lines from top to bottom: upright, turned, or in a form of their own (UAX 50)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import Enum

from cstprint.glyphs import GlyphFile

#: Marks → their forms for vertical lines (Unicode, FE10–FE1F and FE30–FE4F).
_FORMS: Mapping[str, str] = dict(
    zip(
        "，、。：；！？〖〗（）｛｝〔〕【】《》〈〉「」『』［］",
        "\ufe10\ufe11\ufe12\ufe13\ufe14\ufe15\ufe16\ufe17\ufe18\ufe35\ufe36\ufe37\ufe38\ufe39\ufe3a\ufe3b\ufe3c"
        "\ufe3d\ufe3e\ufe3f\ufe40\ufe41\ufe42\ufe43\ufe44\ufe47\ufe48",
        strict=True,
    )
)
#: Wide characters that are turned where a font has no form for them.
_TURNED = re.compile(
    "[\u3008-\u3011\u3014-\u301f\u3030\u30a0\u30fc\uff08\uff09\uff1a-\uff1e\uff3b-\uff3f\uff5b-\uff60]"
)
#: Marks that stand at the foot of their square on the left, and in vertical lines above on the right.
_AT_FOOT = frozenset("、。，．")
#: How far, in em.
_MOVED = 0.6
#: Not wide, and upright all the same: numbers in circles, fractions, units, signs, shapes.
_UPRIGHT = re.compile("[©®±¼-¾×÷‖※\u2100-\u214f\u2150-\u218f\u2460-\u24ff\u25a0-\u27bf\u2e80-\u2fff]")


class Stand(Enum):
    """How a character stands: upright, turned clockwise, or upright and moved to the upper right."""

    UPRIGHT = 0
    TURNED = 1
    MOVED = 2


#: What a character moves by that is moved, in em.
MOVED_BY = _MOVED


def vertical_glyph(character: str, glyphs: GlyphFile, name: str, orientation: str) -> tuple[str, Stand]:
    """Return the glyph that a character has in vertical lines, and how it stands there.

    ``orientation`` is that of CSS: ``mixed``, ``upright`` or ``sideways``.
    """
    if orientation == "sideways":
        return name, Stand.TURNED
    form = glyphs.vertical(name)
    if form is None and character in _FORMS:
        form = glyphs.name(_FORMS[character])
    if form is not None:
        return form, Stand.UPRIGHT
    if character in _AT_FOOT:
        return name, Stand.MOVED
    if orientation == "upright" and not _TURNED.match(character):
        return name, Stand.UPRIGHT
    wide = unicodedata.east_asian_width(character) in "WF" and not _TURNED.match(character)
    return name, Stand.UPRIGHT if wide or _UPRIGHT.match(character) else Stand.TURNED
