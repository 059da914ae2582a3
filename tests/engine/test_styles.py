"""Computed styles are those that WeasyPrint computes by itself."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]

SHEET = """
@page { size: 80mm 50mm; margin: 10mm calc(2mm + 1%); @bottom-center { content: counter(page); color: red } }
@page :first { margin-top: 20mm; @top-left { content: 'first'; width: 50vw } }
@page :left { margin-left: 15mm; @bottom-center { color: blue } }
@page wide { size: 120mm 50mm; @top-right { content: string(head) } }
html { --gap: 3pt; font-size: 10pt; text-indent: calc(1em + 2%) }
h1 { string-set: head content(); text-decoration: underline; margin-inline-start: 2em; break-before: page }
section { page: wide; direction: rtl; padding-inline-end: var(--gap); border: thin solid; opacity: .5 }
b { text-decoration: overline; margin: inherit; color: inherit; display: initial; float: left; line-height: 150% }
p::before { content: '·'; position: absolute; inset-block-start: 0; margin-left: var(--none, 1em) }
li { list-style: none; --gap: 7pt; padding: var(--gap) } td { width: 3em; padding: 1pt }
"""
TEXT = f"""
<style>{SHEET}</style><h1 id=a>一</h1><p>甲<b lang=en>b</b>乙<p style="margin-top: 50vh">丙<h1>二</h1>
<section>丁<p>戊</section><ul><li>己<li id=c>庚</ul><table><tr><td>辛<td>壬</table><h1>三</h1>癸
"""


def styles(*, quick: bool) -> list[dict[str, Any]]:
    """Each value of each box of each page; those of anonymous boxes, too."""
    from weasyprint import HTML
    from weasyprint.css.properties import INITIAL_VALUES

    from cstprint.engine.weasy.patch import applied
    from tests.support.features import feature

    physical = [name for name in INITIAL_VALUES if not {"block", "inline"} & set(name.split("_"))]
    names = *physical, "__gap", "__none"
    with applied([feature("quick styles")] if quick else []):
        document = HTML(string=TEXT).render()
        boxes = [box for page in document.pages for box in page._page_box.descendants(placeholders=True)]
        return [{name: _shown(box.style[name]) for name in names} for box in boxes]


def _shown(value: Any) -> Any:
    """A value, or what it is made of: tokens are equal where they are the same one."""
    if isinstance(value, (tuple, list)):
        return [_shown(part) for part in value]
    return value.serialize() if hasattr(value, "serialize") else value


@pytest.mark.slow
def test_values_are_those_of_weasyprint_alone() -> None:
    assert styles(quick=True) == styles(quick=False)


def test_pages_that_the_same_rules_are_for_share_their_styles_and_no_others_do() -> None:
    from weasyprint import HTML

    from cstprint.engine.weasy.patch import applied
    from tests.support.features import feature

    css = "@page { size: 40mm } @page :first { margin: 1mm } @page :left { margin: 2mm } p { break-before: page }"
    with applied([feature("quick styles")]):
        pages = HTML(string=f"<style>{css}</style>" + "<p>文" * 6).render().pages
    first, *others = [page._page_box.style for page in pages]
    lefts, rights = others[::2], others[1::2]
    assert all(style is lefts[0] for style in lefts)
    assert all(style is rights[0] for style in rights)
    assert len({id(style) for style in (first, lefts[0], rights[0])}) == 3
