"""Layouts that ask too much of pages: tiny papers, deep trees, huge grids, loops of CSS."""

from __future__ import annotations

from tests.hostile.case import SHORT, Box, Ends, hostile

_TEXT = "一段普通的文字，用来把页面填满。" * 30


@hostile(Ends.EITHER, limits={**SHORT, "pages": "500"}, slow=True)
def page_of_one_millimetre(box: Box) -> None:
    """a page of 1 mm"""
    box.layout(css="@page { size: 1mm 1mm; margin: 0 }", body=_TEXT)


@hostile(Ends.EITHER, limits={**SHORT, "pages": "500"}, slow=True)
def margins_larger_than_the_page(box: Box) -> None:
    """margins larger than the page"""
    box.layout(css="@page { size: A4; margin: 400mm }", body=_TEXT)


@hostile(Ends.EITHER, limits=SHORT)
def page_of_nothing(box: Box) -> None:
    """a page of 0 by 0"""
    box.layout(css="@page { size: 0 0; margin: 0 }", body=_TEXT)


@hostile(Ends.EITHER, limits=SHORT)
def page_of_a_million_kilometres(box: Box) -> None:
    """a page of 10¹² mm with negative margins"""
    box.layout(css="@page { size: 1000000000000mm 1000000000000mm; margin: -1000000mm }", body=_TEXT)


@hostile(Ends.EITHER, limits=SHORT)
def sizes_without_measure(box: Box) -> None:
    """type of 10⁹ pt and of 0, lines of 0, spaces of 10⁹ pt"""
    box.layout(
        css="p { font-size: 1000000000pt } h1 { font-size: 0; line-height: 0 } "
        "h2 { letter-spacing: 1e9pt; word-spacing: -1e9pt; text-indent: 1e300pt }",
        body=_TEXT,
    )


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def table_of_60_000_cells(box: Box) -> None:
    """a table of 3,000 rows and 20 columns"""
    row = f"<tr>{'<td>字</td>' * 20}</tr>"
    box.layout(html=f"<table>{row * 3000}</table>")


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def nested_divs(box: Box) -> None:
    """3,000 div elements in each other"""
    box.layout(html=f"{'<div>' * 3000}字{'</div>' * 3000}")


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def nested_spans(box: Box) -> None:
    """800 span elements in each other"""
    box.layout(html=f"<p>{'<span>' * 800}字{'</span>' * 800}</p>")


@hostile(Ends.EITHER, limits=SHORT)
def nested_tables(box: Box) -> None:
    """60 tables in each other"""
    box.layout(html=f"{'<table><tr><td>' * 60}字{'</table>' * 60}")


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def nested_flex_and_grid(box: Box) -> None:
    """30 flex boxes and grids in each other"""
    inner = '<div style="display: flex"><div style="display: grid">' * 15
    box.layout(html=f"{inner}字{'</div>' * 30}")


@hostile(Ends.LIMIT, limits={**SHORT, "pages": "300"}, slow=True)
def five_thousand_page_breaks(box: Box) -> None:
    """5,000 page breaks"""
    box.layout(html='<p style="break-before: page">页</p>' * 5000)


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def two_hundred_footnotes(box: Box) -> None:
    """200 long footnotes"""
    note = f'<span class="note">{"注释的文字很长，一行放不下。" * 30}</span>'
    box.layout(css=".note { float: footnote }", html=f"<p>正文{note}</p>" * 200)


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def one_endless_footnote(box: Box) -> None:
    """a footnote of ten pages in a footnote area of one line"""
    note = f'<span class="note">{_TEXT * 10}</span>'
    box.layout(
        css="@page { @footnote { max-height: 1em } } .note { float: footnote }", html=f"<p>字{note}</p>"
    )


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def grid_of_a_million_columns(box: Box) -> None:
    """a grid of a million columns"""
    box.layout(
        css=".g { display: grid; grid-template-columns: repeat(1000000, 1fr) }",
        html='<div class="g">字</div>',
    )


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def grid_item_far_away(box: Box) -> None:
    """a grid whose one item stands in row and column 10⁸"""
    box.layout(
        css=".g { display: grid } .g p { grid-area: 100000000 / 100000000 }",
        html='<div class="g"><p>字</p></div>',
    )


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def colspan_of_a_hundred_million(box: Box) -> None:
    """a cell over 10⁸ columns"""
    box.layout(html='<table><tr><td colspan="100000000">字</td></tr></table>')


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def rowspan_of_a_hundred_million(box: Box) -> None:
    """a cell over 10⁸ rows and a column element for 10⁸"""
    box.layout(html='<table><col span="100000000"><tr><td rowspan="100000000">字</td></tr></table>')


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def a_hundred_thousand_columns(box: Box) -> None:
    """text in 100,000 columns"""
    box.layout(css="article { column-count: 100000; column-gap: 0 }", body=_TEXT)


@hostile(Ends.EITHER, limits=SHORT)
def huge_counters(box: Box) -> None:
    """counters of 10¹⁸, as roman numbers too"""
    box.layout(
        css="p { counter-increment: x 1000000000000000000 } p::before { content: counter(x) counter(x, upper-roman) "
        "counter(x, simp-chinese-formal) counter(x, lower-alpha) }"
    )


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def counter_style_of_a_billion_signs(box: Box) -> None:
    """a counter style that writes 150,000,000 signs for a number"""
    box.layout(
        css="@counter-style x { system: additive; additive-symbols: 2 '二', 1 '一' } "
        "p { counter-reset: y 300000000 } p::before { content: counter(y, x) }"
    )


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def counter_style_padded(box: Box) -> None:
    """a counter style that pads to 100,000,000 signs"""
    box.layout(
        css="@counter-style x { system: extends decimal; pad: 100000000 '0' } p::before { content: counter(page, x) }"
    )


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def nested_calculations(box: Box) -> None:
    """500 calc() in each other"""
    box.layout(css=f"p {{ width: {'calc(1px + ' * 500}1px{')' * 500} }}")


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def variable_bomb(box: Box) -> None:
    """custom properties that double thirty times"""
    doubling = "".join(f"--x{n}: var(--x{n - 1}) var(--x{n - 1});" for n in range(1, 31))
    box.layout(css=f":root {{ --x0: '字'; {doubling} }} p::before {{ content: var(--x30) }}")


@hostile(Ends.EITHER)
def variable_circle(box: Box) -> None:
    """custom properties that refer to each other in a circle"""
    box.layout(
        css=":root { --a: var(--b); --b: var(--c, var(--a)); --c: var(--c) } p { color: var(--a); margin: var(--c) }"
    )


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def import_circle(box: Box) -> None:
    """style sheets that import each other in a circle"""
    folder = box.layout(css="@import 'a.css';")
    (folder / "a.css").write_text("@import 'page.css'; @import 'a.css';", "utf-8")


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def import_tree(box: Box) -> None:
    """style sheets that import two others each, sixteen deep"""
    folder = box.layout(css="@import 's1.css';")
    for n in range(1, 17):
        (folder / f"s{n}.css").write_text(f"@import 's{n + 1}.css'; @import 's{n + 1}.css';", "utf-8")
    (folder / "s17.css").write_text("p { color: red }", "utf-8")


@hostile(Ends.EITHER, limits=SHORT)
def nested_parentheses_in_css(box: Box) -> None:
    """50,000 open parentheses in CSS"""
    box.layout(css="p { width: " + "(" * 50_000)


@hostile(Ends.EITHER, limits=SHORT)
def nested_selectors(box: Box) -> None:
    """1,000 :not() in each other, and a selector of 3,000 descendants"""
    box.layout(css=f"{':not(' * 1000}p{')' * 1000} {{ color: red }} {'* ' * 3000} {{ color: blue }}")


@hostile(Ends.EITHER, limits=SHORT)
def nested_rules(box: Box) -> None:
    """2,000 @media rules in each other"""
    box.layout(css=f"{'@media all {' * 2000}p {{ color: red }}{'}' * 2000}")


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def sheet_of_many_rules(box: Box) -> None:
    """a style sheet of 100,000 rules"""
    box.layout(css="".join(f".c{n} p > span {{ color: red }}\n" for n in range(100_000)))


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def sheet_of_many_mistakes(box: Box) -> None:
    """a style sheet of 20,000 mistakes"""
    box.layout(css="".join(f"p {{ nonsense-{n}: 1 }}\n" for n in range(20_000)))


@hostile(Ends.EITHER)
def sheet_of_noise(box: Box) -> None:
    """a style sheet of noise"""
    (box.layout() / "page.css").write_bytes(bytes(range(256)) * 100)


@hostile(Ends.EITHER, limits=SHORT)
def targets_that_move(box: Box) -> None:
    """page numbers whose length moves what they point at"""
    box.layout(
        css=".t::after { content: target-counter(attr(data-t), page); font-size: 300pt } .t { break-after: right }",
        html="".join(f'<p class="t" id="t{n}" data-t="#t{(n + 7) % 12}">字</p>' for n in range(12)),
    )


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def rules_of_breaking_that_cannot_be_kept(box: Box) -> None:
    """everything avoids breaks and wants 10⁹ lines together"""
    box.layout(
        css="* { break-inside: avoid; break-after: avoid; break-before: avoid; orphans: 1000000000; widows: 1000000000 }",
        html="<p>字</p>" * 2000,
    )


@hostile(Ends.EITHER)
def unknown_font(box: Box) -> None:
    """a font family that is not there"""
    box.layout(css="p { font-family: 'No Such Font' } h1 { font-family: fantasy }")


@hostile(Ends.EITHER, limits=SHORT, slow=True)
def tabs_and_leaders(box: Box) -> None:
    """tabs 10⁹ wide and leaders of nothing"""
    box.layout(
        css="pre { tab-size: 1000000000 } p::after { content: leader('') leader(dotted) leader('') }",
        html="<pre>\t字\t字</pre>",
    )
