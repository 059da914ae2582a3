"""Places where a line may end or not whatever the two characters beside them say.

Numbers with their units, names of standards, addresses: what is one thing is seen from the text around.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from cstprint.cjk.characters import MULTIPLIERS, NO_END, LineStarts
from cstprint.cjk.strings import LONG, LongString, long_strings

# Prices are in the unit of the badness of a line: 1 is a gap of .03 em between all Han, 11 one of .1 em, and a line
# whose gaps are above the cap costs breaks.OPEN_COST more. Each was set from the smallest text that shows its rule.

#: From this price on a break is taken only where there is no other: by lines that are not justified, too.
STRONG = 100.0
#: A number's end before a Han: 12|亩, 830|平方米. As dear as gaps of .4 em.
NUMBER_COST = 2500.0
#: … before a measure of money or time: 1 998.00|元. Dearer than a line that is 3 em short.
MEASURE_COST = 12000.0
#: … before a multiplier (10 954.39|亿元), which is a part of the number: dearer than a line that is 9 em short.
COUNT_COST = 20000.0
#: … after a multiplier: 8 万|多. Cheaper than gaps above the cap.
MULTIPLIER_COST = 120.0
#: A dash (——) that begins a line. clreq forbids that in its strictest level only (6.1.1), GB/T 15834 § 5.1.4 only to
#: part it. As dear as gaps of .24 em, so that it is taken before a line is left short: 10 em, “咚——咚——咚——”.
DASH_COST = 1000.0
#: A break in an address, as dear as gaps of .085 em; after a slash between words (and/|or), as gaps of .12 em.
ADDRESS_COST, SLASH_COST = 8.0, 16.0
#: Between two letters of an address: dearer than a line inside it that is 2.4 em short, cheaper than gaps above the
#: cap in the line before it.
ADDRESS_LETTER_COST = 120.0
#: In its host (commonmark.|org), which is read as one word: cheaper than 2020|年 on the next line (28 em); between
#: scheme and host (https://|commonmark.org); at last between two letters of it, which costs more than gaps of .3 em.
HOST_COST, SCHEME_COST, HOST_LETTER_COST = 40.0, 200.0, 1500.0
#: … after a digit, as dear as gaps of .4 em in the line before it, but cheaper than that it is left short.
ADDRESS_DIGIT_COST = 5000.0
#: … beside a letter or digit that then stands alone beside a mark (f|or_), or before a short part that ends the
#: address: this more.
ALONE_COST = 2500.0
#: Before a line is left short: in the name of a standard, after a sign of a formula.
STANDARD_COST, SIGN_COST = 4500.0, 300.0
#: After a mark of a long string; between two of its letters.
STRING_COST, STRING_LETTER_COST = 20.0, 130.0
#: As many characters stay together where an address begins. A part of fewer that ends it is short.
_ADDRESS_END = 4

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_DIGIT = "[0-9０-９]"
_OPERAND = "0-9A-Za-z\u0370-\u03ff²³¹⁰-₟"
_MULTIPLIER = f"[{''.join(sorted(MULTIPLIERS))}]"
#: Units of the SI (GB 3100—93) and those used with it: prefix and symbol, or a symbol that takes no prefix. Those
#: that are English words (a, at, as) are left out.
_SYMBOL = (
    "(?:(?:da|[PTGMkhdcmμµnpf])?"
    "(?:mol|cd|Hz|Pa|Wh|Ah|VA|var|Wb|lm|lx|Bq|Gy|Sv|kat|rad|sr|eV|bar|cal|bit|bps|bp|[gmsAKNJWCVFΩ\u2126STHLltBbU])"
    r"|min|mmHg|rpm|pp[mb]|px|pt|dpi|dB(?:\([A-Z]\)|m)?|ha|[dhr]|°[CF]|[KMGT]i?B|IU|kn|n(?= mile))"
    "(?:[-−⁻]?[0-9¹²³⁰-⁹])?"
)
_UNIT = rf"{_SYMBOL}(?:[/·⋅]\(?{_SYMBOL}(?:[·⋅]{_SYMBOL})*\)?)*(?![A-Za-z])"
#: What is never parted.
_WHOLE = tuple(
    map(
        re.compile,
        (
            # A quantity: 405/290 kN, 571.6 kJ/mol, 3.5万 km.
            rf"(?<![A-Za-z0-9]){_DIGIT}+(?:[.,]{_DIGIT}+)* ?(?:{_MULTIPLIER}+ ?)?{_UNIT}",
            "[０-９](?:[．，]?[０-９])+％?",
            rf"{_DIGIT}+ ?[{_HAN}]/{_UNIT}",  # 72 次/min
            f"{_DIGIT}(?:∶{_DIGIT}+)+",  # a ratio: 1∶50 000
            # A standard with its number and year: GB/T 15834—2011.
            r"(?<![A-Za-z0-9])[A-Z]{2,}(?:/[A-Z]{1,3})? [0-9]+(?:\.[0-9]+)*(?:[—–:-][0-9]{2,4})?(?![0-9A-Za-z])",
            f"(?:[图表第]|附[件录]|公式) ?[A-Z]?{_DIGIT}",  # what is referred to by its number
        ),
    )
)
#: A standard is parted before its number or its year, rather than that a line is left short.
_STANDARD = re.compile("(?<=[A-Z]{2} |/[A-Z] )(?=[0-9]{3})|(?<=[0-9][—–:])(?=[12][0-9]{3}(?![0-9]))")
#: So is a code, before its long number: SF|1234567890123.
_CODE = re.compile("(?<=[A-Z]{2})(?=[0-9]{6})")
#: … and a number of four groups and more, as an ISBN or that of a telephone, after a hyphen. A date has three.
_GROUPED = re.compile("(?<![0-9A-Za-z-])[0-9]+(?:-[0-9]+){3,}(?![0-9A-Za-z-])")
_AFTER_HYPHEN = re.compile("(?<=[0-9]-)(?=[0-9]{2})")
#: A sign between the operands of a formula, which is parted after it.
_SIGN = re.compile(f"(?<=[{_OPERAND})\\]|])(?:[=＝≈≤≥→](?=[−±]?[{_OPERAND}(|])|[+−·＋](?=[{_OPERAND}(|]))")
#: A solidus beside Han neither begins nor ends a line (GB/T 15834 § 5.1.9).
_WIDE = f"[{_HAN}\u3001-\u30ff\uff01-\uff5e“”‘’—…]"
_SOLIDUS = re.compile(f"(?<={_WIDE})/|(?<=.)/(?={_WIDE})")
#: A number before a Han, with what stands before it and the space between. COVID-19 is none.
_NUMBER = re.compile(f"([A-Za-z][-–]?)?[0-9]+(?:[.,:/–~～-][0-9]+)* ?(?=({_MULTIPLIER}*)([{_HAN}])?)")
#: The space between a date and a time, or between a number and one of these, parts two numbers: 2020-02-28 23:59.
_DATED = re.compile("(?<=[0-9][-:/][0-9]{2} )(?=[0-9])|(?<=[0-9] )(?=[0-9]{1,4}[-:/][0-9])")
_MEASURES = frozenset("元年月日时秒天周岁")
#: What stays with a name that ends with a number: G5次, A座.
_COUNTED = frozenset("次号座栋")
_ADDRESS = re.compile(
    f"(?:(?:https?|ftp)://|www\\.)[!-~]*(?:(?<=[-/=&_?#])[{_HAN}]+[!-~]*)*"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w.])[a-z0-9-]+(?:\.[a-z0-9-]+)+/[!-~]+",
    re.ASCII,
)
#: Inside an address a line ends after these, as UAX 14 has it after / and -, so that none begins with a mark. That a
#: full stop ends it misleads nobody in Chinese. Also between two characters that are written as numbers (%E4%B8).
_ADDRESS_BREAK = re.compile(
    r"(?<=[.?&=#@_-])(?<!www\.)(?<![0-9]\.(?=[0-9]))(?=[0-9A-Za-z])|(?<=%[0-9A-F]{2})(?=%[0-9A-F]{2})"
)
_HOST = re.compile("(?:(?:https?|ftp)://|[^@/?#]*@)?([^/?#:]*)")
#: … and where nothing else fills a line, between any two letters or digits; if it can be, two stay at each side.
_ADDRESS_LETTERS = re.compile("(?<=[0-9A-Za-z])(?=[0-9A-Za-z])")
_PAIRS = re.compile(
    "(?<=[0-9A-Za-z]{2})(?=[0-9A-Za-z]{2})|(?<=%[0-9A-F])(?=[0-9A-F])|(?<=%[0-9A-F]{2})(?=[0-9A-Za-z])"
)
_AFTER_CODED = re.compile("(?<=%[0-9A-F]{2})")
_SLASH = re.compile("(?<=[A-Za-z0-9]/)(?=[A-Za-z0-9])")
_DASH = re.compile("(?<![—\\s])(?=——(?!—))")
#: What a hyphen or two begin stays with them: git clone --depth.
_OPTION = re.compile("(?<![^ ])--?(?=[0-9A-Za-z])")
_ANY = re.compile("[0-9０-９/@—=＝≈≤≥→]|(?<![^ ])-|www\\.|[!-~′]{20}")


@dataclass(frozen=True)
class Places:
    """Places in a text, each that before a character."""

    kept: set[int] = field(default_factory=set)  #: no line ends there
    opened: set[int] = field(
        default_factory=set
    )  #: a line may end there, against the rules of its two characters
    prices: dict[int, float] = field(default_factory=dict)  #: what it costs to end a line there
    addresses: set[int] = field(default_factory=set)  #: it is inside an address
    weak: dict[int, float] = field(default_factory=dict)  #: … before a line is left short, at this price
    signs: set[int] = field(default_factory=set)  #: it is before or after a sign of a formula
    strings: set[int] = field(default_factory=set)  #: it is inside a long string
    names: set[int] = field(default_factory=set)  #: … which a hyphen would spoil


_NONE = Places()


def places_in(text: str, level: LineStarts = LineStarts.STRICT) -> Places:
    """Return the places of ``text`` that are decided by more than the two characters beside them.

    A level that lets dashes begin a line, or a solidus end one, has no rule for these.
    """
    if not _ANY.search(text):
        return _NONE
    found = Places()
    found.prices.update((slash.start(), SLASH_COST) for slash in _SLASH.finditer(text))
    _price_numbers(found, text)
    for dash in _DASH.finditer(text) if level is LineStarts.STRICT else ():
        place = dash.start()
        if place and text[place - 1] not in NO_END:
            found.opened.add(place)
            found.prices[place] = DASH_COST
    _keep_whole(found, text)
    for solidus in _SOLIDUS.finditer(text) if level in (LineStarts.STRICT, LineStarts.GB) else ():
        found.kept.update((solidus.start(), solidus.end()))
    for address in _ADDRESS.finditer(text):
        _open_address(found, text, address.start(), address.start() + len(address[0].rstrip(".,:;!?)'\"")))
    _weaken(found, text)
    for string in long_strings(text):
        if string.start + 1 not in found.addresses:
            _open_string(found, string)
    return found


def _keep_whole(found: Places, text: str) -> None:
    """Note what is one thing, and the spaces that look as if they were inside one and are not."""
    found.opened.update(place.start() for place in _DATED.finditer(text))
    for option in _OPTION.finditer(text):
        found.kept.update(range(option.start() + 1, option.end() + 1))
    for pattern in _WHOLE:
        for thing in pattern.finditer(text):
            found.kept.update(range(thing.start() + 1, thing.end()))


def _weaken(found: Places, text: str) -> None:
    """Note where a standard, a code, a long number or a formula is parted rather than that a line is left short."""
    for pattern in (_STANDARD, _CODE):
        found.weak.update((place.start(), STANDARD_COST) for place in pattern.finditer(text))
    for number in _GROUPED.finditer(text):
        groups = _AFTER_HYPHEN.finditer(text, *number.span())
        found.weak.update((place.start(), STANDARD_COST) for place in groups)
    for sign in _SIGN.finditer(text):
        if sign.start() not in found.addresses:
            found.weak[sign.end()] = SIGN_COST
            found.signs.update(sign.span())


def _open_string(found: Places, string: LongString) -> None:
    """Open a long string at its marks and, where nothing else helps, between its letters."""
    inside = range(string.start + 1, string.end)
    found.strings.update(inside)
    if string.is_name:
        found.names.update(inside)
    for places, price in ((string.others, STRING_LETTER_COST), (string.marks, STRING_COST)):
        opened = [place for place in places if place not in found.kept and place not in found.addresses]
        found.opened.update(opened)
        found.prices.update((place, price) for place in opened)


def _price_numbers(found: Places, text: str) -> None:
    """Price the places between a number and Han, with a typed space or without, and after its multiplier."""
    for number in _NUMBER.finditer(text):
        named, multiplier, han = number.groups()
        if (named and han not in _COUNTED) or not (multiplier or han):
            continue
        end = number.end()
        found.prices[end] = COUNT_COST if multiplier else MEASURE_COST if han in _MEASURES else NUMBER_COST
        for place in range(end + 1, end + len(multiplier) + bool(han)):
            found.prices[place] = COUNT_COST if place < end + len(multiplier) else MULTIPLIER_COST


def _open_address(found: Places, text: str, start: int, end: int) -> None:
    """Open an address where it may be parted: never in its first few characters, nor in its last if it is short."""
    is_long = end - start >= LONG
    inside = range(start + _ADDRESS_END, end if is_long else end - 1)
    found.kept.difference_update(range(start + 1, end))
    found.addresses.update(range(start + 1, end))
    marks = range(inside.start, end if is_long else end - _ADDRESS_END + 1)
    found.opened.update(
        place.start() for place in _ADDRESS_BREAK.finditer(text, start, end) if place.start() in marks
    )
    head = _HOST.match(text, start, end)
    host = range(*head.span(1)) if head is not None else range(0)
    for place in range(start + 1, end):
        found.prices[place] = HOST_COST if place in host[1:] else ADDRESS_COST
        if place > end - _ADDRESS_END:
            found.prices[place] += ALONE_COST
    has_scheme = text.endswith("//", start, host.start)
    for between in _ADDRESS_LETTERS.finditer(text, host.start if has_scheme else inside.start, end):
        place = between.start()
        is_host = place in host
        if not is_host or (place in inside and (is_long or _PAIRS.match(text, place))):
            found.opened.add(place)
            found.prices[place] = _price_of_letter(text, place, is_host=is_host)
    if has_scheme:
        found.prices[host.start] = SCHEME_COST


def _price_of_letter(text: str, place: int, *, is_host: bool) -> float:
    """Return what a break between two letters or digits of an address costs."""
    price = HOST_LETTER_COST if is_host else ADDRESS_LETTER_COST
    if text[place - 1].isdigit() and not _AFTER_CODED.match(text, place):
        price = ADDRESS_DIGIT_COST
    return price if _PAIRS.match(text, place) else price + ALONE_COST
