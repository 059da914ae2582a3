"""What the web platform tests ask of the classes of UAX 14, character by character.

Source: https://github.com/web-platform-tests/wpt/tree/master/css/css-text/i18n, the files
``css3-text-line-break-opclns-*.html`` (classes OP, CL and NS beside Han) and ``css3-text-line-break-baspglwj-*.html``
(spaces, BA, GL and WJ between Latin letters), listed with their characters in https://github.com/w3c/i18n-tests
(results/line-breaks-ba-data). Only facts are taken from there: the code points and whether a line may break beside them.
"""

from __future__ import annotations

#: ``opclns-001`` to ``-065``: opening punctuation (OP) may not end a line.
OPENING = (
    "\u0028\u005b\u007b\u0f3a\u0f3c\u169b\u201a\u201e\u2045\u207d\u208d\u2329\u2768\u276a\u276c\u276e\u2770\u2772"
    "\u2774\u27e6\u27e8\u27ea\u2983\u2985\u2987\u2989\u298b\u298d\u298f\u2991\u2993\u2995\u2997\u29d8\u29da\u29fc"
    "\u3008\u300a\u300c\u300e\u3010\u3014\u3016\u3018\u301a\u301d\ufe35\ufe37\ufe39\ufe3b\ufe3d\ufe3f\ufe41\ufe43"
    "\ufe47\ufe59\ufe5b\ufe5d\uff08\uff3b\uff5b\uff5f\uff62"
)

#: ``opclns-100`` to ``-171``: closing punctuation (CL, CP) may not begin a line.
CLOSING = (
    "\u3001\u3002\ufe50\ufe52\uff0c\uff0e\uff61\uff64\u0029\u005d\u007d\u0f3b\u0f3d\u169c\u2046\u207e\u208e\u232a"
    "\u2769\u276b\u276d\u276f\u2771\u2773\u2775\u27e7\u27e9\u27eb\u2984\u2986\u2988\u298a\u298c\u298e\u2990\u2992"
    "\u2994\u2996\u2998\u29d9\u29db\u29fd\u3009\u300b\u300d\u300f\u3011\u3015\u3017\u3019\u301b\u301e\u301f\ufe36"
    "\ufe38\ufe3a\ufe3c\ufe3e\ufe40\ufe42\ufe44\ufe48\ufe5a\ufe5c\ufe5e\uff09\uff3d\uff5d\uff60\uff63"
)

#: ``opclns-200`` to ``-226``: what may not begin a line without being a bracket (NS, or BA by now).
NON_STARTERS = (
    "\u0e5a\u0e5b\u17d4\u17d6\u17da\u203c\u3005\u301c\u303c\u303b\u309b\u309c\u309d\u309e\u30a0\u30fb\u30fd\u30fe"
    "\ufe54\ufe55\uff1a\uff1b\uff65\uff9e\uff9f"
)

#: ``baspglwj-001`` to ``-118``: a line may break after them (SP, ZW, BA), between Latin letters. The Indic, Tibetan,
#: Khmer and historic scripts of that list are left out: no text of ours has them.
BREAK_AFTER = (
    "\u0020\u200b\u2002\u2003\u2004\u2005\u2006\u2000\u2001\u2008\u2009\u200a\u205f"
    "\u058a\u2010\u2012\u2013\u2027\u007c\u2056\u2058\u2059\u205a\u205b\u205d\u205e"
    "\u2e19\u2e2a\u2e2b\u2e2c\u2e2d\u2e30\u2e17"
)

#: ``baspglwj-120`` to ``-131``: no line breaks before or after them (GL, WJ).
GLUE = "\u00a0\u202f\u180e\u034f\u2007\u2011\u0f08\u0f0c\u0f12\u2060\ufeff"
