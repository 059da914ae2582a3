"""Line ends within texts, and the boxes of a draft."""

from __future__ import annotations

from cstprint.html.characters import with_visible_characters


def test_a_line_end_in_a_text_is_a_line_break_and_in_an_attribute_a_blank() -> None:
    html = '<head><title>一\u2028二</title></head><img alt="一\u2028二"><p>一\u2028二</p>'
    assert with_visible_characters(html, ()) == (
        '<head><title>一 二</title></head><img alt="一 二"><p>一<br>二</p>'
    )


def test_a_missing_character_is_a_box_with_its_code_point_where_it_is_printed() -> None:
    html = '<style>p::before { content: "한" }</style><!-- 한 --><p title="한">한국</p>'
    box = '<span class="missing-glyph">U+D55C</span>'
    assert with_visible_characters(html, "한") == html.replace("한국", f"{box}국")


def test_a_tag_ends_behind_its_attributes() -> None:
    html = "<p title='a > 한' lang=zh>한</p>"
    assert with_visible_characters(html, "한").count("missing-glyph") == 1


def test_html_without_them_is_the_same() -> None:
    html = "<p>中文 &lt; 한</p>"
    assert with_visible_characters(html, ()) is html
