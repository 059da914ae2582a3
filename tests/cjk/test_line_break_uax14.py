"""The rules of UAX 14 (https://www.unicode.org/reports/tr14/): they hold wherever no rule of Chinese overrides them."""

from __future__ import annotations

import itertools

import pytest

from cstprint.cjk.characters import Kind, kind_of
from cstprint.cjk.places import places_in
from tests.cjk.wpt_uax14 import BREAK_AFTER, CLOSING, GLUE, NON_STARTERS, OPENING
from tests.support.line_breaks import our_breaks, western_breaks

pytestmark = pytest.mark.usefixtures("_built_in_fonts")


def code(character: str) -> str:
    return f"U+{ord(character):04X}"


# ── the web platform tests ──


def test_the_tables_have_the_cases_of_the_web_platform_tests() -> None:
    assert (len(OPENING), len(CLOSING), len(NON_STARTERS)) == (63, 70, 25)
    assert (len(BREAK_AFTER), len(GLUE)) == (33, 11)


@pytest.mark.parametrize("mark", OPENING, ids=code)
def test_between_han_a_line_may_begin_with_the_opening_mark_and_never_ends_with_it(mark: str) -> None:
    assert our_breaks("中中" + mark + "文") == [1, 2]


@pytest.mark.parametrize("mark", CLOSING + NON_STARTERS, ids=code)
def test_between_han_a_line_never_begins_with(mark: str) -> None:
    found = our_breaks("中中中" + mark + "文")
    assert 2 in found
    assert 3 not in found


@pytest.mark.parametrize("mark", BREAK_AFTER, ids=code)
def test_between_letters_a_line_may_end_after_and_not_before(mark: str) -> None:
    found = our_breaks("中aa" + mark + "bb中")
    assert 4 in found
    assert 3 not in found


@pytest.mark.parametrize("text", ["中aa{}bb中", "中文{}中文", "中99{}9中", "（中）{}（文）"])
@pytest.mark.parametrize("glue", GLUE, ids=code)
def test_no_line_ends_beside(glue: str, text: str) -> None:
    place = text.index("{")
    assert not {place, place + 1} & set(our_breaks(text.format(glue)))


# ── the rules, by hand ──

#: Rule → texts with ⏎ at every place where a line may end. They stand between two Han.
RULES = {
    "LB7, LB18: after spaces, not before": ["ab ⏎cd", "a  ⏎b", "a) ⏎b", 'a" ⏎b'],
    "LB8: after a zero width space": ["a\u200b⏎b", "a \u200b⏎b"],
    "LB8a, LB9: never inside a sequence of marks and joiners": ["e\u0301e", "👩\u200d🔬⏎x", "1\u20e31"],
    "LB11: not beside a word joiner": ["a\u2060b", "a-\u2060b", "a\ufeffb"],
    "LB12: not beside glue": ["a\u00a0b", "5\u00a0%", "non\u2011breaking", "1\u202f000"],
    "LB13: not before closing marks": [
        "a) ⏎b",
        "[a] ⏎{b} ⏎c",
        "good: ⏎no, ⏎yes; ⏎why? ⏎so! ⏎end.",
        "a.)",
        "use .NET",
    ],
    "LB14: not after opening marks": ["a ⏎(b) ⏎c", "a ⏎[1] ⏎b", "( a"],
    "LB19: not beside quotes": ['"a ⏎b" ⏎c', "'a' ⏎b", "«a» ⏎b", '5"'],
    "LB21: not before a hyphen": ["x-⏎ray", "e\u2010⏎mail", "soft\u00ad⏎hyphen", "A–⏎B", "3–⏎5", "α-⏎β"],
    "LB22: not before an ellipsis": ["a… ⏎b", "9…", ")…"],
    "LB23, LB28: not between letters and digits": [
        "A4",
        "4A",
        "mRNA",
        "H₂O",
        "10²",
        "Zürich",
        "a_b",
        "x=y",
        "a&b",
    ],
    "LB24: letters and prefixes": ["US$5", "$a", "%a"],
    "LB25: not inside a number": [
        "3.14",
        "1,000,000",
        "10:30",
        "12:30–⏎13:00",
        "2020-03-27",
        "COVID-19",
        "-5",
        "50%",
        "5‰",
        "5°",
        "$5",
        "€5",
        "№5",
        "±5",
        "−5",
        "$(12.35)",
        "(12)%",
        "1/2",
        "24/7",
        "50%–⏎60%",
    ],
    "LB26, LB27: Korean syllables": ["가⏎나", "가)", "가%"],
    "LB29: not after a full stop before letters": ["www.cas.cn", "a@b.cn", "v1.2.3", "9.a"],
    "LB30: not between letters and brackets": ["a(b)", "f(x)=1", "(a)b", "a(1)"],
    "LB30a, LB30b: flags and emoji": ["🇨🇳⏎🇫🇷", "👍🏽⏎x", "🙂⏎🙂"],
    "LB31: elsewhere": [
        "a/⏎b",
        "http://⏎www.x",
        "TCP/⏎IP",
        "A ⏎& ⏎B",
        "p ⏎< ⏎0.05",
        "5 ⏎× ⏎6",
        "a|⏎b",
        "C# ⏎and",
        "F# ⏎major",
    ],
}
BY_HAND = [
    pytest.param(text, id=f"{rule.partition(':')[0]} {text.encode('ascii', 'backslashreplace').decode()}")
    for rule, texts in RULES.items()
    for text in texts
]

#: The same beside Han, where no rule of Chinese says anything else: UAX 14's class ID.
BESIDE_HAN = [
    "文⏎a⏎文",
    "文⏎1⏎文",
    "文⏎(a)⏎文",
    "文⏎[1]⏎文",
    "文⏎5%⏎文",
    "文%⏎文",
    "文⏎$5⏎文",
    "文⏎€5⏎文",
    "文-⏎文",
    "文⏎a-⏎文",
    "文 ⏎-a⏎文",
    "文⏎a ⏎-b ⏎--c ⏎- ⏎d-⏎e⏎文",
    "文/文",
    "文:⏎文",
    "文,⏎文",
    "文.⏎文",
    "文!⏎文",
    "文?⏎文",
    "文⏎10:30⏎文",
    "文⏎a ⏎文",
    "文 ⏎a⏎文",
    "文\u00a0文",
    "文\u2060文",
    "文\u200b⏎文",
    "文⏎🙂⏎文",
    "文⏎5\u00a0km⏎文",
    "文⏎=⏎文",
    "文⏎&⏎文",
    "文⏎①⏎文",
    "文⏎（文）⏎文",
    "文，⏎文。⏎文",
    "文⏎《文》⏎文",
]


def marked(text: str, breaks: list[int]) -> str:
    return "".join("⏎" * (place in breaks) + character for place, character in enumerate(text))


@pytest.mark.parametrize("expected", BY_HAND)
def test_between_han_a_western_run_breaks_where_the_rule_says(expected: str) -> None:
    text = "文" + expected.replace("⏎", "") + "文"
    inner = range(2, len(text) - 1)
    for found in (western_breaks(text), our_breaks(text)):
        assert marked(text, [place for place in found if place in inner])[1:-1] == expected


@pytest.mark.parametrize(
    "expected",
    [pytest.param(text, id=text.encode("ascii", "backslashreplace").decode()) for text in BESIDE_HAN],
)
def test_beside_han_a_line_ends_where_the_rules_say(expected: str) -> None:
    text = expected.replace("⏎", "")
    assert marked(text, our_breaks(text)) == expected


# ── all pairs ──

WESTERN = "aZ0!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~£¥§©«°±»×÷αЯ–†•‰′″‹›₂€№℃™→−≈≤Ⅳ²🙂한\u00a0\u2060\u200b"
#: Rules of ours for any text: what belongs to a number keeps to it (line-break: strict), also across a typed space.
POSTFIXES, PREFIXES = "%‰°℃′″", "$£¥€№±"


def by_our_rules(text: str, place: int) -> bool:
    """Whether a rule of ours forbids a break that UAX 14 allows, before ``place`` in a Western text."""
    before, after = text[place - 1], text[place]
    spaced = before == " "
    if spaced:
        before = text[place - 2]
    if before == "\u200b":
        return False  # LB8 may not be tailored
    if after in POSTFIXES or before in PREFIXES:
        return True
    if before == "-" and not spaced and text[place - 2] == " " and after.isalnum():
        return True  # LB20a of Unicode 16, which Pango does not have yet: an option keeps its hyphen (git clone -b)
    # 1 000 is one number, and the sign # keeps to what it marks.
    return (spaced and before == after == "0") or (before == "#" and not spaced)


def test_western_characters_have_no_rule_of_chinese() -> None:
    assert {kind_of(character) for character in WESTERN} <= {Kind.LATIN, Kind.SIGN, Kind.OTHER, Kind.SPACE}


@pytest.mark.parametrize(
    "between", ["", " ", "  "], ids=["side by side", "a space between", "two spaces between"]
)
@pytest.mark.parametrize("first", WESTERN, ids=code)
def test_two_western_characters_break_where_uax_14_says_or_a_number_forbids(first: str, between: str) -> None:
    wrong = []
    for second in WESTERN:
        if first == "\u200b" and between == "  ":
            continue  # no text has this
        text = "文a" + first + between + second + "b文"
        inner = range(2, len(text) - 1)
        expected = [p for p in western_breaks(text) if p in inner and not by_our_rules(text, p)]
        if [p for p in our_breaks(text) if p in inner] != expected:
            wrong.append(first + between + second)
    assert wrong == []


def test_a_western_text_breaks_where_uax_14_says() -> None:
    text = (
        "文The International Health Regulations (2005), e.g. art. 6–8, see https://www.who.int/csr/don/en/; "
        "COVID-19 vs. SARS-CoV-2: p<0.05 at 10:30 (UTC+8), C++ and/or x-ray; 3.5% of US$1,000.文"
    )
    assert [place for place in our_breaks(text) if place not in places_in(text).opened] == western_breaks(
        text
    )
    assert len(list(itertools.pairwise(our_breaks(text)))) > 20
