"""What the web platform tests ask of ``line-break: strict`` in Chinese, character by character.

Source: https://github.com/web-platform-tests/wpt/tree/master/css/css-text/i18n/zh, seven files
``css-text-line-break-zh-*-strict.html`` of 92 cases. Each sets six Han, the character and two Han in a box of six
ems and asks that the line ends before the sixth Han: the character may not begin a line. Only facts are taken from
there: the code points of each file.
"""

from __future__ import annotations

#: File (the part of its name between ``zh-`` and ``-strict``) → the characters that may not begin a line.
NO_LINE_START = {
    # Conditional Japanese starters (UAX 14 class CJ): small kana and the sign of a long vowel.
    "cj": "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶー"
    "\u31f0\u31f1\u31f2\u31f3\u31f4\u31f5\u31f6\u31f7\u31f8\u31f9\u31fa\u31fb\u31fc\u31fd\u31fe\u31ff"
    "\uff67\uff68\uff69\uff6a\uff6b\uff6c\uff6d\uff6e\uff6f\uff70",
    # Marks that stand in the middle of their em.
    "cpm": "\u30fb\uff1a\uff1b\uff65\u203c\u2047\u2048\u2049\uff01\uff1f",
    # Hyphens of CJK: 〜 and ゠.
    "hyphens": "\u301c\u30a0",
    # Inseparable characters (IN): leaders and ellipses.
    "in": "\u2024\u2025\u2026\u22ef\ufe19",
    "iteration": "\u3005\u303b\u309d\u309e\u30fd\u30fe",
    # Postfixes (PO) of East Asian width A, F or W.
    "po": "\u00b0\u2030\u2032\u2033\u2035\u2103\u2109\ufe6a\uff05\uffe0",
}

#: File ``pr``: prefixes (PR) of East Asian width A, F or W. The tests forbid a line to begin with them too. Here it may,
#: and never ends with one: it is the place *after* a prefix that CSS Text forbids
#: (https://www.w3.org/TR/css-text-3/#line-break-property), and UAX 14 breaks between Han and a prefix (ID ÷ PR).
PREFIXES = "\u00b1\u20ac\u2116\ufe69\uff04\uffe1\uffe5\uffe6"
