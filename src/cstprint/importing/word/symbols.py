"""Characters of Symbol and the Wingdings as Unicode has them: those that texts hold."""

from __future__ import annotations

#: What is printed of a character that is not known here.
UNKNOWN = "\u25af"
_GREEK = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"
_SYMBOL = {
    **{0x61 + number: letter for number, letter in enumerate(_GREEK)},
    **{0x41 + number: letter for number, letter in enumerate("ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ")},
    0xA2: "′", 0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±",
    0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB5: "∝", 0xB6: "∂", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈",
    0xBC: "…", 0xC5: "⊕", 0xC7: "∩", 0xC8: "∪", 0xCC: "⊂", 0xCD: "⊆", 0xCE: "∈", 0xCF: "∉", 0xD1: "∇", 0xD2: "®",
    0xD3: "©", 0xD4: "™", 0xD5: "∏", 0xD6: "√", 0xD7: "·", 0xDB: "⇔", 0xDC: "⇐", 0xDE: "⇒", 0xE5: "∑", 0xF2: "∫",
}  # fmt: skip
_WINGDINGS = {
    0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x3F: "✍", 0x4A: "☺", 0x4C: "☹", 0x52: "☼", 0x54: "❄", 0x6C: "●", 0x6E: "■",
    0x6F: "□", 0x71: "❑", 0x72: "❒", 0x73: "◆", 0x74: "◆", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0xA1: "○", 0xA7: "▪",
    0xA8: "□", 0xAB: "★", 0xAC: "✶", 0xB2: "☆", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔",
    0xEF: "⇦", 0xF0: "⇨", 0xF1: "⇧", 0xF2: "⇩", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    **{0x80 + number: chr(0x245F + number) for number in range(1, 11)},
    **{0x8B + number: chr(0x2775 + number) for number in range(1, 11)},
}  # fmt: skip
_WINGDINGS_2 = {0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x4F: "✗", 0x98: "●", 0xA3: "□", 0xEA: "★"}
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}
_PRIVATE = range(0xF000, 0xF100)


def is_symbol_font(font: str | None) -> bool:
    """Return whether a font has symbols in the places of letters."""
    return bool(font) and str(font).strip().lower() in {*_FONTS, "wingdings 3", "webdings"}


def symbol(font: str | None, code: int) -> str:
    """Return a character of a symbol font; ``UNKNOWN`` for one that is not known here."""
    code = code - _PRIVATE.start if code in _PRIVATE else code
    known = _FONTS.get((font or "").strip().lower())
    if known is None:
        return UNKNOWN if is_symbol_font(font) or not 0x20 <= code < 0x110000 else chr(code)
    return known.get(code, chr(code) if known is _SYMBOL and 0x20 <= code < 0x40 else UNKNOWN)


def without_symbols(font: str | None, text: str) -> str:
    """Return a text of a font with Unicode's characters for those of a symbol font, which stand at U+F000 on."""
    if not any(ord(character) in _PRIVATE for character in text):
        return text
    return "".join(
        symbol(font if is_symbol_font(font) else "symbol", ord(character))
        if ord(character) in _PRIVATE
        else character
        for character in text
    )
