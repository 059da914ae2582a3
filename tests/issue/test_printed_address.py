"""Addresses as they are printed."""

from __future__ import annotations

import pytest

from cstprint.issue.printed_address import is_same_address, printed_address


@pytest.mark.parametrize(
    ("address", "printed"),
    [
        ("https://zh.example.org/wiki/%E4%B8%AD%E6%96%87", "https://zh.example.org/wiki/中文"),
        ("https://xn--fiqs8s.xn--fiqz9s/a", "https://中国.中國/a"),
        ("mailto:a@xn--fiqs8s.cn", "a@中国.cn"),
        ("https://example.org/xn--fiqs8s", "https://example.org/xn--fiqs8s"),
        ("https://example.org/a%20b%2Fc", "https://example.org/a%20b%2Fc"),
        ("https://example.org/%E4%B8", "https://example.org/%E4%B8"),
        ("https://example.org/%E3%80%80", "https://example.org/%E3%80%80"),
        ("https://xn--0.org", "https://xn--0.org"),
    ],
)
def test_letters_of_other_scripts_stand_as_such(address: str, printed: str) -> None:
    assert printed_address(address) == printed


def test_a_text_is_an_address_with_its_scheme_or_without() -> None:
    assert is_same_address(" example.org/中 ", "https://example.org/%E4%B8%AD/")
    assert not is_same_address("example.org/b", "https://example.org/a")
