"""What an author or a layout can do wrong: the HTML is changed and rendered again."""

from __future__ import annotations

from tests.conformance.breaking import in_html, replaced

ALT = ' alt="一块灰色的杂点"'
LAST = "<p>完。</p>"


@in_html("ua1 7.3-1")
def no_alt(html: str) -> str:
    """a picture without alt."""
    return replaced(html, ALT, "")


@in_html("ua1 7.3-1")
def empty_alt(html: str) -> str:
    """a picture whose alt is empty."""
    return replaced(html, ALT, ' alt=""')


@in_html("ua1 7.3-1")
def drawing_without_title(html: str) -> str:
    """an SVG drawing that has a label but no title."""
    drawing = '<svg aria-label="圆" width="20" height="20"><circle cx="9" cy="9" r="8"/></svg>'
    return replaced(html, LAST, LAST + drawing)


@in_html("ua1 7.2-29")
def no_language(html: str) -> str:
    """no language."""
    return replaced(html, ' lang="zh-Hans"', "")


@in_html("2a 6.7.4-1", "ua1 7.2-29")
def bad_language(html: str) -> str:
    """a language that is no language tag."""
    return replaced(html, "zh-Hans", "中文")


@in_html("ua1 7.1-9")
def no_title(html: str) -> str:
    """no title."""
    return replaced(html, "<title>示例通讯</title>", "")


@in_html("ua1 7.4.2-1")
def heading_jump(html: str) -> str:
    """a heading of level four after one of level two."""
    return replaced(html, "h3>", "h4>")


@in_html("ua1 7.4.2-1")
def heading_start(html: str) -> str:
    """a first heading of level two."""
    return replaced(html, "h1>", "h2>")


@in_html("2a 6.2.11.8-1", "ua1 7.21.8-1")
def missing_glyph(html: str) -> str:
    """a character that no font has."""
    return replaced(html, LAST, "<p>完\ue123。</p>")


@in_html("2a 6.2.8-3")
def smoothed_picture(html: str) -> str:
    """a picture that asks viewers to smooth it, which is WeasyPrint's default."""
    return replaced(html, "image-rendering: crisp-edges; ", "")


@in_html("ua1 7.1-3")
def opacity(html: str) -> str:
    """text in an element of half opacity, which WeasyPrint draws outside of all tags."""
    return replaced(html, "<p>完", '<p style="opacity: .5">完')


@in_html("2a 6.2.4.3-3")
def ink_colour(html: str) -> str:
    """a colour of four inks beside an RGB output intent."""
    return replaced(html, "<p>完", '<p style="color: device-cmyk(0 1 1 0)">完')


@in_html("ua1 7.18.5-1")
def picture_in_link(html: str) -> str:
    """a picture inside a link."""
    linked = replaced(html, "<figure>", '<figure><a href="https://example.org/">')
    return replaced(linked, "<figcaption>", "</a><figcaption>")


@in_html("ua1 7.5-1")
def spanning_header(html: str) -> str:
    """a table whose only header cell spans its columns."""
    columns = '<th scope="col">年份</th><th scope="col">项目数</th>'
    return replaced(html, columns, '<th scope="col" colspan="2">年份和项目数</th>')


@in_html("ua1 7.2-43")
def uneven_table(html: str) -> str:
    """a row that lacks a cell."""
    return replaced(html, "<td>12</td>", "")


@in_html("ua1 7.2-19")
def paragraph_in_list(html: str) -> str:
    """a paragraph between the items of a list."""
    return replaced(html, "<li>乙项", "<p>不是项</p><li>乙项")


@in_html("ua1 7.2-17")
def item_without_list(html: str) -> str:
    """an item outside of any list."""
    return replaced(html, LAST, "<div><li>丙项</li></div>")


@in_html("2a 6.4.1-3", "ua1 7.18.1-3")
def form_field(html: str) -> str:
    """a field to fill in."""
    return replaced(html, LAST, '<input style="appearance: auto">')
