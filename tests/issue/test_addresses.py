"""Bare addresses in running text: what is a link, and where it ends."""

from __future__ import annotations

from itertools import pairwise

import pytest

from cstprint.issue.markdown.addresses import find_addresses
from cstprint.issue.markdown.grammar import parse

#: A text → the addresses in it, as they are printed.
CASES: list[tuple[str, list[str]]] = [
    (
        "网址 https://example.org/newsroom/a.html 与 ed@example.org。",
        ["https://example.org/newsroom/a.html", "ed@example.org"],
    ),
    ("见https://example.org/a。", ["https://example.org/a"]),
    ("见https://example.org/a，后文", ["https://example.org/a"]),
    ("见https://example.org/a；后文", ["https://example.org/a"]),
    ("见https://example.org/a、https://example.org/b", ["https://example.org/a", "https://example.org/b"]),
    ("（https://example.org/a）", ["https://example.org/a"]),
    ("(https://example.org/a)", ["https://example.org/a"]),
    ("(见 https://example.org/a_(b) 一页)", ["https://example.org/a_(b)"]),
    ("https://example.org/a_(b))", ["https://example.org/a_(b)"]),
    ("[https://example.org/a]", ["https://example.org/a"]),
    ("【https://example.org/a】", ["https://example.org/a"]),
    ("“https://example.org/a”", ["https://example.org/a"]),
    ("《https://example.org/a》", ["https://example.org/a"]),
    ("https://example.org/a网页", ["https://example.org/a"]),
    ("https://example.org/中文", ["https://example.org/"]),
    ("https://example.org/%E4%B8%AD", ["https://example.org/%E4%B8%AD"]),
    ("https://example.org.", ["https://example.org"]),
    ("https://example.org/a.", ["https://example.org/a"]),
    ("https://example.org/a, b", ["https://example.org/a"]),
    ("https://example.org/a!", ["https://example.org/a"]),
    ("https://example.org/a?b=1&c=2#d", ["https://example.org/a?b=1&c=2#d"]),
    ("https://example.org/a?", ["https://example.org/a"]),
    ("https://example.org/~user/a", ["https://example.org/~user/a"]),
    ("https://example.org/a_b_c_d", ["https://example.org/a_b_c_d"]),
    ("https://example.org/a*b*c", ["https://example.org/a*b*c"]),
    ("https://example.org/a-b--c", ["https://example.org/a-b--c"]),
    ("https://example.org:8080/a", ["https://example.org:8080/a"]),
    ("http://example.org", ["http://example.org"]),
    ("HTTP://EXAMPLE.ORG/A", ["HTTP://EXAMPLE.ORG/A"]),
    ("https://www.w3.org/TR/clreq/", ["https://www.w3.org/TR/clreq/"]),
    ("https://a.example.org/b/c/d.html#e", ["https://a.example.org/b/c/d.html#e"]),
    ("https://example.org/a@b", ["https://example.org/a@b"]),
    ("https://user@example.org/a", ["https://user@example.org/a"]),
    ("https://192.0.2.1/a", ["https://192.0.2.1/a"]),
    ("https://localhost/a", ["https://localhost/a"]),
    ("https://", []),
    ("https：//example.org/a", []),
    ("http:example.org", []),
    ("ftp://example.org/a", []),
    ("//example.org/a", []),
    ("file:///etc/passwd", []),
    ("javascript:alert(1)", []),
    ("www.example.org", []),
    ("example.org", []),
    ("README.md", []),
    ("ASP.NET 与 Node.js", []),
    ("a.py、b.rs、c.io", []),
    ("1.2.3.4", []),
    ("12:30", []),
    ("mailto:ed@example.org", ["mailto:ed@example.org"]),
    ("写信给ed@example.org，谢谢", ["ed@example.org"]),
    ("first.last+tag@mail.example.org", ["first.last+tag@mail.example.org"]),
    ("first_last@example.org", ["first_last@example.org"]),
    ("ed@example.org.", ["ed@example.org"]),
    ("（ed@example.org）", ["ed@example.org"]),
    ("ed@例子.中国", []),
    ("@user", []),
    ("a@b", []),
    ("git@example.org:owner/name.git", []),
    ("ed＠example.org", []),
    ("价格￥5@个", []),
    ("https://example.org/a|b", ["https://example.org/a"]),
    ("<https://example.org/a>", ["https://example.org/a"]),
    ("**https://example.org/a**，", ["https://example.org/a"]),
    ("*https://example.org/a*", ["https://example.org/a"]),
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_an_address_is_a_link_as_far_as_it_goes(text: str, wanted: list[str]) -> None:
    assert [text[found.start : found.end] for found in find_addresses(text)] == wanted


def links(text: str) -> list[tuple[str, str]]:
    """The links of a text: their addresses, their texts."""
    (inline,) = (token for token in parse(text) if token.type == "inline")
    children = inline.children or []
    return [
        (str(child.attrGet("href")), after.content)
        for child, after in pairwise(children)
        if child.type == "link_open"
    ]


def test_looking_for_addresses_takes_no_longer_than_the_text_is_long() -> None:
    assert find_addresses("https://a/(" * 10_000) == []
    assert len(find_addresses("https://a/(b) " * 1000)) == 1000


def test_an_address_of_mail_leads_to_a_mailbox() -> None:
    assert links("ed@example.org") == [("mailto:ed@example.org", "ed@example.org")]


def test_marks_around_an_address_are_marks() -> None:
    tokens = [
        child.type for token in parse("**https://example.org/a_b_c**，") for child in token.children or ()
    ]
    assert [kind for kind in tokens if kind != "text"] == [
        "strong_open",
        "link_open",
        "link_close",
        "strong_close",
    ]


@pytest.mark.parametrize(
    "text", ["[https://example.org/a](https://example.org/b)", "`https://example.org/a`"]
)
def test_an_address_in_a_link_or_in_code_is_no_link_of_its_own(text: str) -> None:
    assert [address for address, _ in links(text)] == (["https://example.org/b"] if "[" in text else [])
