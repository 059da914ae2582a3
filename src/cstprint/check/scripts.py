"""Scripts: to which a character belongs, what it is called."""

from __future__ import annotations

from cstprint.diagnostics import Message, msg

#: Scripts whose characters are reported one by one: our fonts have most of them.
_OURS = frozenset({"Hani", "Hira", "Kana", "Bopo", "Latn", "Grek", "Cyrl", "Zyyy", "Zinh", "Zzzz"})
#: Scripts that are met in Chinese periodicals, by their codes (ISO 15924).
_NAMES = {
    "Arab": msg("the Arabic script"),
    "Armn": msg("the Armenian script"),
    "Beng": msg("the Bengali script"),
    "Deva": msg("Devanagari"),
    "Ethi": msg("the Ethiopic script"),
    "Geor": msg("the Georgian script"),
    "Hang": msg("Hangul"),
    "Jpan": msg("kana"),
    "Kore": msg("Hangul"),
    "Hebr": msg("the Hebrew script"),
    "Khmr": msg("the Khmer script"),
    "Laoo": msg("the Lao script"),
    "Mong": msg("the Mongolian script"),
    "Mymr": msg("the Burmese script"),
    "Talu": msg("the New Tai Lue script"),
    "Taml": msg("the Tamil script"),
    "Thai": msg("the Thai script"),
    "Tibt": msg("the Tibetan script"),
    "Yiii": msg("the Yi script"),
}


def script_of(character: str) -> str | None:
    """Return the code of a character's script (ISO 15924); ``None`` for Han, Latin and what all scripts share."""
    from fontTools.unicodedata import script, script_extension

    code = script(character)
    if code in ("Zyyy", "Zinh"):  # a mark of one script or of a few: ، is of Arabic and its kin
        code = next((one for one in sorted(script_extension(character)) if one in _NAMES), code)
    return None if code in _OURS else str(code)


def is_han(character: str) -> bool:
    """Return whether a character is Han, as Unicode knows it: Python's own tables may be older."""
    from fontTools.unicodedata import script

    return bool(script(character) == "Hani")


def script_name(code: str) -> Message:
    """Return what a script is called, within a sentence."""
    from fontTools.unicodedata import script_name as english_name

    return _NAMES.get(code) or msg("the script {name}", name=english_name(code).replace("_", " "))
