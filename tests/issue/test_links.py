"""Where a link may lead, whoever wrote it."""

from __future__ import annotations

import pytest

from cstprint.blocks.common.links import may_lead


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "HTTP://EXAMPLE.ORG:80/%E7%94%B2?a#b",
        "https://[::1]/",
        "mailto:a@b.cn?subject=x",
        "#a1",
    ],
)
def test_to_the_web_to_a_mailbox_and_within_the_document(address: str) -> None:
    assert may_lead(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "#",
        "a.pdf",
        "/etc/passwd",
        "//example.org",
        "cst://render/issue/a.png",
        "file:///etc/passwd",
        "FILE:x",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "ftp://example.org/a",
        "tel:123",
        "http:",
        "http:example.org",
        "https:///x",
        "http://[",
        "http://[x]/",
        "mailto:",
        "\\\\server\\share",
    ],
)
def test_to_nowhere_else(address: str) -> None:
    assert not may_lead(address)
