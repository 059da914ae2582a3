"""Places where more than two characters decide whether a line may end."""

from __future__ import annotations

import pytest

from cstprint.cjk.places import (
    ADDRESS_COST,
    ADDRESS_DIGIT_COST,
    ADDRESS_LETTER_COST,
    ALONE_COST,
    COUNT_COST,
    DASH_COST,
    HOST_COST,
    HOST_LETTER_COST,
    MEASURE_COST,
    MULTIPLIER_COST,
    NUMBER_COST,
    SCHEME_COST,
    STANDARD_COST,
    STRONG,
    places_in,
)
from tests.support.line_breaks import our_breaks

pytestmark = pytest.mark.usefixtures("_built_in_fonts")

#: Things that no line parts.
WHOLE = [
    *(
        "405/290 kN",
        "200 µL",
        "67 µg/m³",
        "571.6 kJ/mol",
        "7.0 mmol/L",
        "3 000 r/min",
        "72 dB(A)",
        "140/90 mmHg",
    ),
    *(
        "3.5万 km",
        "3.5 万 km",
        "1.2 W/(m·K)",
        "101.325 kPa",
        "5 m/s²",
        "14.2 L/h",
        "20 °C",
        "25 kW·h",
        "16 GiB",
    ),
    *("３６５", "３６．５％", "1∶50 000", "2∶3", "1∶2∶3"),
    *("GB/T 15834—2011", "ISO 9001:2015", "ISO/IEC 10646", "图 1", "表 2", "图 A1", "附录 3", "第 3"),
    *("和/或", "A/乙", "元/m²"),
]


@pytest.mark.parametrize("whole", WHOLE)
def test_no_line_ends_inside(whole: str) -> None:
    found = our_breaks("文" + whole + "。")
    assert [place for place in found if 1 < place < 1 + len(whole)] == []


@pytest.mark.parametrize("text", ["第3 at the", "共5 words", "图中 1", "TCP/IP", "A4 B5"])
def test_what_only_looks_like_one_thing_may_be_parted(text: str) -> None:
    assert len([place for place in our_breaks("文" + text + "。") if place > 1]) >= 1


@pytest.mark.parametrize(("text", "place"), [("12亩", 2), ("830平方米", 3), ("6 处", 2), ("第3期", 2)])
def test_a_number_keeps_the_han_after_it_for_a_price(text: str, place: int) -> None:
    assert places_in(text).prices == {place: NUMBER_COST}
    assert place in our_breaks(text)


def test_after_a_multiplier_the_price_is_lower() -> None:
    assert places_in("8 万多人").prices == {2: COUNT_COST, 3: MULTIPLIER_COST}
    assert MULTIPLIER_COST < NUMBER_COST


def test_a_multiplier_is_a_part_of_the_number() -> None:
    assert places_in("9亿").prices == {1: COUNT_COST}
    assert COUNT_COST > NUMBER_COST


@pytest.mark.parametrize("text", ["COVID-19疫情", "H7N9病毒", "A4纸", "中国"])
def test_a_name_with_a_number_costs_nothing(text: str) -> None:
    assert places_in(text).prices == {}


def test_a_dash_begins_a_line_for_a_price() -> None:
    assert places_in("咚——咚").prices == {1: DASH_COST}
    assert our_breaks("咚——咚") == [1, 3]
    assert our_breaks("“——咚") == [3]
    assert places_in("咚—咚").opened == set()


@pytest.mark.parametrize(
    "expected",
    [
        "https://‖www.stats.¦gov.¦cn/⏎tjsj/⏎zxfb/⏎t20200827_⏎1786198.⏎html",
        "https://‖a.¦example.¦org/⏎register?⏎lang=⏎zh-⏎CN&⏎track=⏎A%26B#⏎step-2",
        "conf2020@⏎example.org",
        "https://‖example.¦org/⏎路⏎径/⏎a_⏎bcdef",
    ],
)
def test_an_address_is_parted_where_a_reader_sees_that_it_goes_on(expected: str) -> None:
    signs = {ADDRESS_COST: "⏎", HOST_COST: "¦", SCHEME_COST: "‖"}
    text = "见" + "".join(one for one in expected if one not in signs.values()) + "。"
    prices = places_in(text).prices
    found = {place: signs.get(prices.get(place, 0.0), "") for place in our_breaks(text)}
    assert "".join(found.get(at, "") + one for at, one in enumerate(text)) == f"见{expected}。"


def test_between_letters_of_an_address_it_costs_more() -> None:
    text = "见https://example.org/abcdefgh。"
    found = {place: price for place, price in places_in(text).prices.items() if place in our_breaks(text)}
    assert [place for place, price in found.items() if price == HOST_LETTER_COST] == [11, 12, 13, 14]
    assert [place for place, price in found.items() if price == ADDRESS_LETTER_COST] == [*range(23, 28)]
    # A letter that then stands alone beside a mark costs more.
    alone = [place for place, price in found.items() if price == ADDRESS_LETTER_COST + ALONE_COST]
    assert alone == [22, 28]
    assert ADDRESS_COST < HOST_COST < STRONG < ADDRESS_LETTER_COST < SCHEME_COST < HOST_LETTER_COST


@pytest.mark.parametrize(
    ("address", "price"),
    [
        ("https://example.org/a%26|Bcd", ADDRESS_LETTER_COST),  # after a coded character, which is no number
        ("https://example.org/a26|Bcd", ADDRESS_DIGIT_COST),
        ("https://example.org/step-|2", ADDRESS_COST + ALONE_COST),  # a short part at its end
        ("https://example.or|g/step", HOST_LETTER_COST + ALONE_COST),
        ("https://d|oi.org/10.1038", HOST_LETTER_COST + ALONE_COST),
    ],
)
def test_where_nothing_else_fills_a_line_an_address_ends_it_anywhere(address: str, price: float) -> None:
    place = 1 + address.index("|")
    text = f"见{address.replace('|', '')}。"
    assert place in our_breaks(text)
    assert places_in(text).prices[place] == price


@pytest.mark.parametrize(
    "expected",
    [
        "单号SF|1234567890123",
        "试验NCT|04252664",
        "书号978-7-|03-|057482-4",
        "电话+86-|10-|5555-|0123",
        "2020-02-28",
        "COVID-19",
        "GB12345",
    ],
)
def test_a_code_and_a_long_number_are_parted_rather_than_that_a_line_is_left_short(expected: str) -> None:
    weak = places_in(expected.replace("|", "")).weak
    assert set(weak.values()) <= {STANDARD_COST}
    text = expected.replace("|", "")
    assert "".join("|" * (at in weak) + one for at, one in enumerate(text)) == expected


def test_a_line_may_end_between_a_date_and_a_time() -> None:
    assert 3 + len("2020-02-28") in our_breaks("截止2020-02-28 23:59止")
    assert 6 in our_breaks("甲 120 2020-02-28乙")
    assert not {4, 5} & {*our_breaks("甲1 000乙")}
    assert not {*range(2, 8)} & {*our_breaks("甲10 954.39乙")}


def test_a_number_is_parted_from_a_measure_of_money_or_time_rather_late() -> None:
    assert places_in("价1 998.00元").prices == {9: MEASURE_COST}
    assert MEASURE_COST > NUMBER_COST


def test_the_hyphens_of_an_option_stay_with_it() -> None:
    text = "输入git clone --depth=1 -v再执行"
    found = our_breaks(text)
    assert text.index("--depth") in found
    assert not {text.index("-depth"), text.index("depth"), text.index("v再")} & {*found}
