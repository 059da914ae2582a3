"""The READMEs list the languages as their records and the check have them."""

from __future__ import annotations

import pytest

from tests.guide.languages import PAGES, written


@pytest.mark.parametrize("page", PAGES)
def test_the_list_of_languages_is_up_to_date(page: str) -> None:
    text = PAGES[page].read_text("utf-8")
    assert written(page, text) == text, "run `make guide`"
