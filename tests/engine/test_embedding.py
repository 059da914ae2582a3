"""Fonts and pictures are embedded without work that the bytes do not need."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.render


def test_arrays_of_values_are_of_one_type_whatever_their_length() -> None:
    from weasyprint.pdf import fonts

    from cstprint.engine.embedding import nothing_copied

    with nothing_copied():
        three = fonts.ffi.new("hb_codepoint_t[3]", [7, 8, 9])
        two = fonts.ffi.new("hb_codepoint_t[2]", (1, 2))
        empty = fonts.ffi.new("hb_tag_t[100]")
    assert [list(three), list(two), len(empty)] == [[7, 8, 9], [1, 2], 100]
    assert fonts.ffi.typeof(three) is fonts.ffi.typeof(two)


def test_weasyprint_is_afterwards_as_it_was() -> None:
    from weasyprint import images

    from cstprint.engine.embedding import nothing_copied

    before = dict(vars(images.RasterImage))
    with nothing_copied():
        assert vars(images.RasterImage) != before
    assert dict(vars(images.RasterImage)) == before
