"""Scripts (ISO 15924): which one a language is written in, how its lines are set, a letter that its fonts have."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cstprint.languages.tags import Tag


class Lines(StrEnum):
    """By which rules lines are set."""

    CHINESE = "chinese"  #: clreq, marks as in the mainland: in a corner of their em, trimmed
    CHINESE_CENTRED = (
        "chinese-centred"  #: clreq, marks as in Taiwan and Hong Kong: in the middle, not trimmed
    )
    WESTERN = "western"  #: word spaces are fitted, words are divided by hyphens
    PLAIN = "plain"  #: those of WeasyPrint and Pango (UAX 14)

    @property
    def is_chinese(self) -> bool:
        """Whether Han stand in a grid of em squares and marks follow clreq."""
        return self in (Lines.CHINESE, Lines.CHINESE_CENTRED)


@dataclass(frozen=True, slots=True)
class Script:
    """How texts of a script are set.

    ``letters`` are some that every font for it has. ``forms`` is the region (ISO 3166) whose forms of Han its readers
    expect, if it has Han; ``wide_marks`` says whether quotes and dashes are as wide as Han beside them.
    """

    code: str
    letters: str
    lines: Lines = Lines.WESTERN
    forms: str | None = None
    wide_marks: bool = False
    right_to_left: bool = False

    @property
    def has_han(self) -> bool:
        """Whether Han are letters of it."""
        return self.forms is not None


SCRIPTS = {
    script.code.lower(): script
    for script in (
        Script("Hans", "的", Lines.CHINESE, forms="CN", wide_marks=True),
        Script("Hant", "的", Lines.CHINESE_CENTRED, forms="TW", wide_marks=True),
        Script("Jpan", "のア", Lines.PLAIN, forms="JP", wide_marks=True),
        Script("Kore", "한", Lines.PLAIN, forms="KR"),
        Script("Latn", "a"),
        Script("Cyrl", "ж"),
        Script("Grek", "λ"),
        Script("Arab", "ع", right_to_left=True),
        Script("Hebr", "א", right_to_left=True),
        Script("Thaa", "ހ", right_to_left=True),
        Script("Armn", "ա"),
        Script("Geor", "ა"),
        Script("Ethi", "አ"),
        Script("Deva", "अ"),
        Script("Beng", "অ"),
        Script("Gujr", "અ"),
        Script("Guru", "ਅ"),
        Script("Knda", "ಅ"),
        Script("Mlym", "അ"),
        Script("Orya", "ଅ"),
        Script("Sinh", "අ"),
        Script("Taml", "அ"),
        Script("Telu", "అ"),
        Script("Khmr", "ក"),
        Script("Laoo", "ກ"),
        Script("Mymr", "က"),
        Script("Thai", "ก"),
        Script("Tibt", "ཀ"),
        Script("Mong", "ᠠ"),
        Script("Yiii", "ꀀ"),
    )
}
LATIN = SCRIPTS["latn"]
#: The scripts that our faces for English have, whose words are divided by hyphens.
LIKE_LATIN = ("Latn", "Grek", "Cyrl")

#: Languages that are not written in Latin letters (CLDR, likelySubtags), by script; Chinese by region, too.
_WRITTEN_IN = {
    "hans": "zh",
    "hant": "zh-tw zh-hk zh-mo yue",
    "jpan": "ja ryu",
    "kore": "ko",
    "cyrl": "ab av ba be bg ce cu cv kk kv ky mk mn os ru rue sah sr tg tt tyv uk",
    "grek": "el grc",
    "arab": "ar arz ckb fa ks ps sd ug ur",
    "hebr": "he yi",
    "thaa": "dv",
    "armn": "hy",
    "geor": "ka",
    "ethi": "am gez ti",
    "deva": "bho hi kok mai mr ne sa",
    "beng": "as bn",
    "gujr": "gu",
    "guru": "pa",
    "knda": "kn",
    "mlym": "ml",
    "orya": "or",
    "sinh": "si",
    "taml": "ta",
    "telu": "te",
    "khmr": "km",
    "laoo": "lo",
    "mymr": "my shn",
    "thai": "th",
    "tibt": "bo dz",
    "yiii": "ii",
}
_LIKELY = {tag: script for script, tags in _WRITTEN_IN.items() for tag in tags.split()}
#: Subtags of a part of a script, or of one that is set as another is (ISO 15924).
_SAME_AS = {"hani": "hans", "hrkt": "jpan", "hira": "jpan", "kana": "jpan", "hang": "kore", "latf": "latn"}


def script_of(tag: Tag) -> Script:
    """Return the script that a tag names, or that its language is most likely written in; Latin of unknown ones."""
    if tag.script is not None:
        return SCRIPTS.get(_SAME_AS.get(tag.script, tag.script), LATIN)
    return SCRIPTS[next((_LIKELY[one] for one in tag.ranges() if one in _LIKELY), "latn")]
