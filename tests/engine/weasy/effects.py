"""What each replacement of WeasyPrint's functions changes, measured on the smallest input that shows it.

``EFFECTS`` has for each replacement, by its name in the catalogue, what is measured and what comes out with all
replacements in place. Without the one, something else comes out: the test of that is in ``test_effects.py``.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, ClassVar
from urllib.parse import urljoin

import pytest
from pypdf import PdfReader

from cstprint.engine.weasy.patch import Feature, Phase, applied
from tests.engine import test_upstream as upstream
from tests.support.pages import catalog

#: Measures what comes out with these features in place.
Measure = Callable[[Sequence[Feature]], object]
FONT = "body { margin: 0; font: 10pt/20pt 'CST Song' } p { margin: 0 }"


@dataclass(frozen=True)
class Effect:
    """What is measured, and what comes out."""

    measure: Measure
    expected: object


def laid_out(html: str, features: Sequence[Feature], *owners: object, **options: Any) -> Any:
    """The document of an input, laid out with features."""
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    layout = [one for one in features if one.phase is not Phase.WRITE]
    with applied(layout, *owners):
        return HTML(string=html).render(font_config=FontConfiguration(), **options)


def written(html: str, features: Sequence[Feature], *owners: object) -> bytes:
    """The PDF of an input, with tags."""
    document = laid_out(html, features, pdf_tags=True)
    with applied([one for one in features if one.phase is not Phase.LAYOUT], *owners):
        return bytes(document.write_pdf(pdf_tags=True))


def boxes_of(document: Any) -> list[Any]:
    """All boxes of the pages."""
    return [box for page in document.pages for box in page._page_box.descendants(placeholders=True)]


def of_tag(document: Any, tag: str) -> list[Any]:
    """The boxes of an element."""
    return [box for box in boxes_of(document) if box.element_tag == tag]


def texts(document: Any) -> list[str]:
    """The texts of each page, letters alone."""
    return [
        re.sub(r"\W", "", "".join(getattr(box, "text", "") for box in page._page_box.descendants()))
        for page in document.pages
    ]


def content(pdf: bytes, page: int = 0) -> str:
    """The content of a page of a PDF."""
    stream = PdfReader(io.BytesIO(pdf)).pages[page].get_contents()
    assert stream is not None
    return stream.get_data().decode("latin-1")


def stubbed(target: str, stub: Callable[..., object], features: Sequence[Feature], *owners: object) -> Any:
    """A function of WeasyPrint's as the features make it of a stub."""
    from cstprint.engine.weasy.patch import place_of

    holder, name = place_of(target)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(holder, name, stub)
        with applied(features, *owners):
            return getattr(holder, name)


def of_bug(name: str, *only: str) -> Measure:
    """What is measured of an input of docs/upstream.md, with all features or ``only`` some, by their names."""
    bug = next(one for one in upstream.BUGS if one.name == name)

    def measure(features: Sequence[Feature]) -> object:
        with applied([one for one in features if not only or str(one.name) in only]):
            return bug.measure(upstream.INPUTS / f"{name}.html")

    return measure


# ── blocks ──


def heights_of_blocks(features: Sequence[Feature]) -> object:
    html = f"<style>{FONT} div {{ --cst-whole-lines: yes; padding-top: 3pt }}</style><div>甲</div>"
    block = of_tag(laid_out(html, features), "div")[0]
    return round(block.border_height() * 0.75, 2)


def heights_of_floats(features: Sequence[Feature]) -> object:
    html = f"<style>{FONT} div {{ --cst-whole-lines: yes; padding: 3pt; float: left }}</style><div>甲</div>乙"
    block = of_tag(laid_out(html, features), "div")[0]
    return round(block.margin_height() * 0.75, 1)


def heights_of_lines(features: Sequence[Feature]) -> object:
    from weasyprint.formatting_structure.boxes import LineBox

    sizes = "".join(
        f"<p style='font-size: {size / 10}pt; line-height: 17.3pt'>甲" for size in range(71, 140, 7)
    )
    document = laid_out(f"<style>{FONT}</style>{sizes}", features)
    return {line.height * 0.75 for line in boxes_of(document) if isinstance(line, LineBox)} == {17.3}


def called_footnote(features: Sequence[Feature]) -> object:
    """Which footnote is known as that of a line: none where the line begins, then the one that it calls."""
    from cstprint.engine.weasy.marks import context_marks

    context = SimpleNamespace()
    context_marks(context).called = "old"  # type: ignore[assignment]
    new = SimpleNamespace(element={})
    stubbed("weasyprint.layout.inline:get_next_linebox", lambda *_: (None, None), features)(context)
    before = context_marks(context).called
    context.in_column, context.current_footnote_area = (
        False,
        SimpleNamespace(height=0, page=SimpleNamespace(height=9)),
    )
    stubbed("weasyprint.layout:LayoutContext.layout_footnote", lambda *_: False, features)(context, new)
    return before, context_marks(context).called is new


def footnotes_after_lines(features: Sequence[Feature]) -> object:
    """The footnotes of a page, which were put aside for a line, when its block has been laid out and when it breaks."""
    from cstprint.engine.weasy.marks import context_marks

    found = []
    for name in ("_linebox_layout", "_break_line"):
        context = SimpleNamespace(current_page_footnotes=[])
        context_marks(context).kept = ["note"]  # type: ignore[list-item]
        stubbed(f"weasyprint.layout.block:{name}", lambda *_: None, features)(context)
        found.append(context.current_page_footnotes)
    return found


def layouts_of_footnotes(features: Sequence[Feature]) -> object:
    """How often the footnotes of a page are laid out."""
    from weasyprint.layout import build

    words = "".join(f"<p>{'字' * 9}<span style='float: footnote'>注</span>" for n in range(6))
    html = (
        f"<style>{FONT} @page {{ size: 300pt 200pt; margin: 0 }}"
        f"article {{ columns: 2; --cst-columns: grid }}</style><article>{words}</article>"
    )
    with upstream.counted(build, "create_anonymous_boxes") as calls:
        laid_out(html, features)
    return len(calls)


LONG_NOTE = "".join(f"第{n}句说明。" for n in range(80))
LONG_HTML = (
    f"<html lang=zh-Hans><style>{FONT} @page {{ size: 200pt 200pt; margin: 0; @footnote {{ margin: 0 }} }}</style>"
    f"<p>甲<span style='float: footnote'>{LONG_NOTE}</span>乙<p>{'丙' * 200}"
)


def texts_of_long_footnotes(features: Sequence[Feature]) -> object:
    """Whether the whole footnote is printed on the pages, inside of each."""
    document = laid_out(LONG_HTML, features)
    printed = "".join(texts(document))
    inside = all(box.position_y >= -0.1 for box in boxes_of(document) if getattr(box, "text", ""))
    return all(f"第{n}句说明" in printed for n in range(80)), inside


def footnotes_left_twice(features: Sequence[Feature]) -> object:
    """What is left to the next page of a footnote that is not on this one."""
    context = SimpleNamespace(current_page_footnotes=[], in_column=True)
    left: list[object] = []
    report = stubbed(
        "weasyprint.layout:LayoutContext.report_footnote", lambda _, note: left.append(note), features
    )
    report(context, "note")
    return left


NOTE = "字<span class=note data-address={}>注</span>"
NOTES_STYLE = f"<style>{FONT} @page {{ size: 300pt 400pt; margin: 0 }} .note {{ float: footnote }}</style>"


def notes_of_an_address(features: Sequence[Feature]) -> object:
    """How many footnotes two calls with one address make."""
    document = laid_out(f"{NOTES_STYLE}<p>{NOTE.format('a') * 2}", features)
    return sum(text.count("注") for text in texts(document))


def notes_that_calls_share(features: Sequence[Feature]) -> object:
    """Which of the calls are known to be about the footnote of another."""
    from cstprint.engine.blocks.note_order import is_shared

    document = laid_out(f"{NOTES_STYLE}<p>{NOTE.format('a') * 2}{NOTE.format('b')}", features)
    return [is_shared(box.footnote) for box in boxes_of(document) if box.footnote is not None]


def columns_of_notes(features: Sequence[Feature]) -> object:
    """In how many columns eight footnotes stand."""
    words = "".join(NOTE.format(n) for n in range(8))
    document = laid_out(f"{NOTES_STYLE}<style>:root {{ --cst-note-columns: 2 }}</style><p>{words}", features)
    return len({box.position_x for box in of_tag(document, "span::footnote-marker")})


def begin_of_long_boxes(features: Sequence[Feature]) -> object:
    html = (
        f"<style>{FONT} @page {{ size: 200pt 200pt; margin: 0 }} div {{ break-inside: avoid }}</style>"
        f"<p>甲</p><div>{'<p>乙</p>' * 15}</div>"
    )
    return [text.count("乙") for text in texts(laid_out(html, features))]


def starts_of_articles(start: str, lines: int, page: str = "auto") -> Measure:
    """The pages of two articles, the first with so many of the ten lines of a page, the second on a named page."""

    def measure(features: Sequence[Feature]) -> object:
        html = (
            f"<style>{FONT} @page {{ size: 200pt 200pt; margin: 0 }} @page other {{ size: 300pt 200pt }}"
            f":root {{ --cst-article-start: {start} }} #b {{ page: {page} }}</style>"
            f"<article class=article>{'<p>甲</p>' * lines}</article>"
            f"<article class=article id=b>{'<p>乙</p>' * 6}</article>"
        )
        return texts(laid_out(html, features))

    return measure


def named_strings(features: Sequence[Feature]) -> object:
    """What is printed above three pages: one begins with a title, one assigns it below, one not at all."""
    html = (
        f"<style>{FONT} @page {{ size: 200pt 100pt; margin: 40pt 0 0; @top-left {{ content: string(a, first-except) }} }}"
        "h2 { margin: 0; font: inherit; string-set: a content() }</style>"
        "<h2>甲</h2><p>一<p>二<p>三<h2>乙</h2><p>四<p>五"
    )
    return [text[-1] if text[-1] in "甲乙" else "" for text in texts(laid_out(html, features))]


# ── figures and columns ──

FIGURES = (
    "<html lang=zh-Hans><style>" + FONT + " @page { size: 200pt 200pt; margin: 0 } figure { margin: 0 }"
    " .figures { break-inside: avoid } figure { height: 120pt } .side { float: left; width: 50pt; height: 20pt }"
    "</style><article>"
)


def pages_of_figures(features: Sequence[Feature]) -> object:
    """The pages of the figure and of the text after it: 100 pt are left where a figure of 120 pt stands."""
    from cstprint.engine.page_floats.flow import PageFloats

    body = f"<p>{'甲' * 90}</p><div class=figures id=f><figure id=g>图</figure></div><p>{'乙' * 200}</p></article>"
    document = laid_out(FIGURES + body, features, PageFloats(fills_gaps=True))
    return [sorted(set(re.sub("[^甲乙图]", "", text))) for text in texts(document)]


def height_of_last_figure(features: Sequence[Feature]) -> object:
    """The page of a figure that ends an article, and how high it is there (pt): 100 at its own size, 80 have room."""
    picture = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 200 100'/>"
    html = (
        f"<style>{FONT} @page {{ size: 200pt 200pt; margin: 0 }} img {{ display: block; width: 100% }}</style>"
        f"<article>{'<p>甲</p>' * 6}<div class=figures><div class=figure-grid><div class=figure-row>"
        f'<div class=figure-picture><img src="{picture}"></div></div></div></div></article>'
    )
    document = laid_out(html, features)
    return len(document.pages), round(of_tag(document, "img")[0].height * 0.75)


def page_of_side_figure(features: Sequence[Feature]) -> object:
    """The page of a figure beside the text, after one that waits for the next page."""
    from cstprint.engine.page_floats.flow import PageFloats

    body = (
        f"<p>{'甲' * 90}</p><div class=figures id=f><figure id=g>图</figure></div><p>{'乙' * 20}</p>"
        "<div class=side><figure style='height: 10pt'>旁</figure></div>"
        f"<p>{'丙' * 200}</p></article>"
    )
    document = laid_out(FIGURES + body, features, PageFloats(fills_gaps=True))
    return next(number for number, text in enumerate(texts(document)) if "旁" in text)


def heads_of_columns(features: Sequence[Feature]) -> object:
    """Where the columns of a box begin and end on the grid."""
    html = (
        f"<style>{FONT} @page {{ size: 300pt 200pt; margin: 0 }}"
        "article { columns: 2; column-gap: 20pt; --cst-columns: grid } p { margin: 7pt 0 }</style>"
        f"<article>{'<p>甲乙丙丁</p>' * 8}</article>"
    )
    document = laid_out(html, features)
    columns = [box for box in boxes_of(document) if box.is_column]
    return [round(column.height * 0.75 % 20, 2) for column in columns]


# ── speed ──


def sheets_taken(features: Sequence[Feature]) -> object:
    """Whether the rules of a sheet that is parsed already are returned."""
    from cstprint.engine.speed import sheets
    from cstprint.engine.weasy.addresses import BASE_URL
    from cstprint.engine.weasy.fetcher import Fetcher
    from tests.support.projects import REPOSITORY

    url, ready = f"{BASE_URL}layout/base/blocks.css", SimpleNamespace(matcher=object())
    fetcher = Fetcher(REPOSITORY, {"base": REPOSITORY / "layouts/base"})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheets, "_ready", {(url, fetcher.look(url)): [(ready, [])]})
        make = stubbed("weasyprint.css:CSS", lambda **_: "parsed", features)
        taken = make(url=url, url_fetcher=fetcher, page_rules=[])
        return getattr(taken, "matcher", None) is ready.matcher


def lines_made(module: str) -> Measure:
    """How often a line of the same text, style and width is made."""

    def measure(features: Sequence[Feature]) -> object:
        made: list[str] = []

        def make(text: str, *_: object, **__: object) -> tuple[object, ...]:
            made.append(text)
            return SimpleNamespace(text=text), len(text), None, 10.0, 20.0, 15.0

        split = stubbed(f"weasyprint.layout.{module}:split_first_line", make, features)
        style = _Style(font_size=10.0, white_space="pre")
        for _ in range(2):
            split("字", style, None, None, 0)
        return len(made)

    return measure


def lines_of_notes(features: Sequence[Feature], count: int = 6) -> object:
    """How many lines are made for lines of text that have a footnote each."""
    from weasyprint.layout import inline

    words = "".join(f"<p>字<span style='float: footnote'>注{n}</span>" for n in range(count))
    html = f"<style>{FONT} @page {{ size: 300pt 1500pt; margin: 0 }}</style>{words}"
    with upstream.counted(inline, "get_next_linebox") as calls:
        laid_out(html, features)
    return len(calls)


def lengths_resolved(module: str) -> Measure:
    """How often the lengths of two boxes of one style are resolved."""

    def measure(features: Sequence[Feature]) -> object:
        resolved: list[object] = []

        def resolve(box: Any, _: object) -> None:
            resolved.append(box)
            vars(box).update(dict.fromkeys(lengths._LENGTHS, 1.0))

        from cstprint.engine.speed import lengths

        make = stubbed(f"weasyprint.layout.{module}:resolve_percentages", resolve, features)
        style = _Style(dict.fromkeys((*lengths._LENGTHS, "box_sizing", "border_collapse", "font_size"), 1.0))
        for _ in range(2):
            make(SimpleNamespace(style=style), (100.0, "auto"))
        return len(resolved)

    return measure


def struts_made(features: Sequence[Feature]) -> object:
    """How often the height of the lines of a style is found out."""
    made: list[object] = []

    def strut_of(style: object) -> tuple[float, float]:
        made.append(style)
        return 20.0, 15.0

    strut = stubbed("weasyprint.layout.inline:strut", strut_of, features)
    style = _Style(font_size=10.0, line_height=2.0)
    for _ in range(2):
        strut(style)
    return len(made)


def computed_by_weasyprint(features: Sequence[Feature]) -> object:
    """Whether an inherited value is computed by WeasyPrint's own way."""
    calls: list[str] = []
    missing = stubbed("weasyprint.css:ComputedStyle.__missing__", lambda _, key: calls.append(key), features)
    missing(_Style(), "widows")
    return calls


class _Style(dict[str, object]):
    cascaded: ClassVar[dict[str, object]] = {}
    parent_style: ClassVar[dict[str, object]] = {"widows": 2}


def values_of_anonymous_styles(features: Sequence[Feature]) -> object:
    """Whether a new anonymous style has values before any is asked for."""
    from weasyprint.css import AnonymousStyle

    html = laid_out("甲", [])
    with applied(features):
        return len(AnonymousStyle(html.pages[0]._page_box.style)) > 50


def percentages_of_margin_boxes(features: Sequence[Feature]) -> object:
    """How many empty margin boxes have their lengths resolved."""
    calls: list[object] = []
    resolve = stubbed("weasyprint.layout.page:resolve_percentages", lambda *_: calls.append(1), features)
    resolve(SimpleNamespace(is_generated=False), None)
    resolve(SimpleNamespace(is_generated=True), None)
    return len(calls)


def font_data_copied(features: Sequence[Feature]) -> object:
    """How many bytes of font files are copied when a PDF is written."""
    from weasyprint.pdf import fonts

    original, copied = fonts.get_hb_object_data, []

    def copy(face: object) -> bytes:
        data = bytes(original(face))
        copied.append(len(data))
        return data

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fonts, "get_hb_object_data", copy)
        written(f"<style>{FONT}</style>甲", features)
    return sum(copied) < 100_000


def lives_where_it_lies(features: Sequence[Feature]) -> object:
    """What the content of a font is when it has been opened, and when it has been cleaned."""
    from weasyprint.pdf import fonts

    kinds = []
    original = fonts.Font.clean

    def clean(font: Any, *rest: object) -> None:
        kinds.append(type(font.file_content).__name__)
        original(font, *rest)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fonts.Font, "clean", clean)
        written(f"<style>{FONT}</style>甲", features)
    return kinds


def cleaned_content(features: Sequence[Feature]) -> object:
    clean = stubbed("weasyprint.pdf.fonts:Font.clean", lambda *_: None, features)
    font = SimpleNamespace(file_content=memoryview(b"data"))
    clean(font)
    return type(font.file_content).__name__


def compression_level(features: Sequence[Feature]) -> object:
    import pydyf

    with applied(features):
        return pydyf.zlib.compressobj.__module__


# ── passes ──


def texts_noted(features: Sequence[Feature]) -> object:
    from cstprint.engine.passes.integrity import NotedTexts

    noted = NotedTexts()
    laid_out("甲", features, noted)
    return noted.texts


def numbers_noted(features: Sequence[Feature]) -> object:
    """The numbers that were printed, and those of the pages that came out."""
    from cstprint.engine.passes.page_numbers import Numbers

    numbers = Numbers()
    html = "<a href='#t'></a><style>a::after { content: target-counter(attr(href), page) }</style><p id=t>甲"
    laid_out(html, features, numbers)
    return sorted(anchor for anchor, _ in numbers.printed.values()), sorted(numbers.found)


def numbers_taken_as_known(features: Sequence[Feature]) -> object:
    """The page number that is printed where another one than that of the page is taken as known."""
    from cstprint.engine.passes.page_numbers import Numbers

    numbers = Numbers({"t": {"page": [9], "pages": [9]}})
    html = "<a href='#t'></a><style>a::after { content: target-counter('#t', page) }</style><p id=t>甲"
    return texts(laid_out(html, features, numbers))


# ── lines ──

MARKS = "他说：“好（很好）。”然后，走了；她也走了。"


def breaks(features: Sequence[Feature]) -> object:
    """Whether lines are as wide as their box, in which a mark would stand at the end with its blank."""
    from weasyprint.formatting_structure.boxes import LineBox

    from cstprint.engine.weasy.marks import line_marks

    html = f"<html lang=zh-Hans><style>{FONT} p {{ width: 85pt; text-align: justify }}</style><p>{MARKS * 3}"
    lines = [box for box in boxes_of(laid_out(html, features)) if isinstance(box, LineBox)]
    return all(line_marks(line).line is not None for line in lines)


def left_edges(features: Sequence[Feature]) -> object:
    """Where justified lines begin, with WeasyPrint's own work on them."""
    from cstprint.engine.weasy.marks import LineMarks, mark_line

    style = {"text_align_all": "justify", "text_align_last": "auto"}
    line = SimpleNamespace(style=style)
    mark_line(line, LineMarks(line=SimpleNamespace()))  # type: ignore[arg-type]
    align = stubbed("weasyprint.layout.inline:text_align", lambda *_: 7.0, features)
    return align(None, line, 100.0, False)


def shrunk_width(features: Sequence[Feature]) -> object:
    """Whether a text stands on one line in a box that is as wide as the text."""
    from weasyprint.formatting_structure.boxes import LineBox

    html = f"<html lang=zh-Hans><style>{FONT} p {{ float: left }}</style><p>在2020年用Python写了100行code，A4纸</p>"
    return len([box for box in boxes_of(laid_out(html, features)) if isinstance(box, LineBox)])


def least_width(features: Sequence[Feature]) -> object:
    """How many texts are shaped to find the least width of a paragraph of 40 characters."""
    from weasyprint.text.line_break import Layout

    html = f"<html lang=zh-Hans><style>{FONT} div {{ width: min-content }}</style><table><td>{'甲乙，丙丁' * 8}</table>"
    with upstream.counted(Layout, "setup") as calls:
        laid_out(html, features)
    return len(calls) < 20


def places_of_glyphs(features: Sequence[Feature]) -> object:
    """Whether the gap between Han and Latin is drawn."""
    html = f"<html lang=zh-Hans><style>{FONT}</style><p>甲A乙</p>"
    return bool(re.search(r"> ?-\d+ ?<", content(written(html, features))))


def width_of_spaces(features: Sequence[Feature]) -> object:
    """Whether a space of code after Han is as wide as one after a letter."""
    from weasyprint.formatting_structure.boxes import TextBox

    html = "<html lang=en><style>span {{ font: 10pt 'CST Code', 'CST Song'; --cst-cells: yes; white-space: pre }}</style>"
    html = (
        html.replace("{{", "{").replace("}}", "}")
        + "<span>甲 </span><br><span>甲</span><br><span>a </span><br><span>a</span>"
    )
    widths = [box.width for box in boxes_of(laid_out(html, features)) if isinstance(box, TextBox)]
    return round(widths[0] - widths[1] - (widths[2] - widths[3]), 2)


def copied_hearts(features: Sequence[Feature]) -> object:
    """What is copied of a heart with and without a selector."""
    from tests.support.pages import read_pages

    html = "<html lang=zh-Hans><style>body { font: 10pt 'CST Song', 'CST Symbols' }</style><p>甲❤\ufe0f乙❤丙"
    try:
        return "".join(read_pages(written(html, features))[0].text.split())
    except Exception as fault:  # noqa: BLE001 - codes without a map have no glyphs
        return type(fault).__name__


# ── what is written ──


def dots(features: Sequence[Feature]) -> object:
    html = f"<html lang=zh-Hans><style>{FONT} b {{ --cst-emphasis-mark: dots }}</style><b>甲乙</b>"
    return len(re.findall(r" c\n", content(written(html, features))))


def waves(features: Sequence[Feature]) -> object:
    """How many curves are drawn below a title of two characters."""
    html = f"<html lang=zh-Hans><style>{FONT} i {{ --cst-line-mark: wave }}</style><i>甲乙</i>"
    return len(re.findall(r" c\n", content(written(html, features))))


def order_of_floats(features: Sequence[Feature]) -> object:
    """The order in which a float in a line of text is painted."""
    from tests.support.pages import read_pages

    html = "<style>i { float: left }</style><p>one</p><p><i>two</i>three</p>"
    return read_pages(written(html, features))[0].text.split()


def order_of_pictures(features: Sequence[Feature]) -> object:
    """The order in which a picture that clips, and the text of its line, are painted."""
    html = f"<style>{FONT} img {{ overflow: hidden }}</style><p>甲{PICTURE}>乙</p>"
    return re.findall(r"\b(Do|Tj|TJ|f)\n", content(written(html, features)))


def lists_of_pages(features: Sequence[Feature]) -> object:
    """How often the list of all pages is made, for a document of several elements."""
    import pydyf

    original, calls = pydyf.PDF.page_references, []

    def references(pdf: Any) -> Any:
        calls.append(1)
        return original.fget(pdf)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pydyf.PDF, "page_references", property(references))
        written("<p>甲<p>乙<p>丙", features)
    return len(calls)


def identifiers(features: Sequence[Feature]) -> object:
    """Whether the tree has an index of the identifiers of notes."""
    return "/IDTree" in catalog(written("<p data-tag=note>甲</p>", features))["/StructTreeRoot"]  # type: ignore[operator]


def leaders_tagged(features: Sequence[Feature]) -> object:
    html = "<style>p::after { content: leader('.') '1' }</style><p>one"
    return content(written(html, features)).count("/Artifact")


PICTURE = (
    "<img src='data:image/svg+xml,<svg xmlns=%22http://www.w3.org/2000/svg%22 width=%2210%22 height=%2210%22>"
    "<rect width=%2210%22 height=%2210%22 fill=%22red%22/></svg>'"
)


def decoration_tagged(features: Sequence[Feature]) -> object:
    return content(written(f"<p>甲{PICTURE} data-tag=decoration alt=''>", features)).count("/Artifact")


def painted(part: str) -> Measure:
    """Count a part of what is noted while pages are painted."""

    def measure(features: Sequence[Feature]) -> object:
        from cstprint.engine.draw.painting import Painting

        painting = Painting()
        html = (
            f"<style>{FONT} p {{ border: 5px solid red; outline: 6px solid blue; background: lime; opacity: .5 }}"
            f" b {{ outline: 6px solid }}</style><p>甲<b>乙</b>{PICTURE}></p>"
        )
        written(html, features, painting)
        page = painting.pages[0] if painting.pages else None
        if page is None:
            return "no page"
        counts = {"page": len(painting.pages), "texts": len(page.texts), "pictures": len(page.pictures)}
        sources = [type(ground.source).__name__ for ground in page.grounds]
        return {
            **counts,
            "backgrounds": sources.count("Background"),
            "boxes": len(sources) - sources.count("Background"),
            "faded": sum(text.state.opacity < 1 for text in page.texts),
        }[part]

    return measure


def size_of_a_name(features: Sequence[Feature]) -> object:
    """The size (pt) of a name of ten characters of 20 pt in 100 pt: its lines have room for five."""
    html = f"<style>{FONT} h1 {{ margin: 0; width: 100pt; font-size: 20pt; --cst-fit: 40% }}</style><h1>{'名' * 10}</h1>"
    lines = [box for box in of_tag(laid_out(html, features), "h1") if hasattr(box, "text")]
    return round(lines[0].style["font_size"] * 0.75, 2)


def running_heads(features: Sequence[Feature]) -> object:
    """The text at the head of a page, where one of two boxes needs more than the half that it has."""
    heads = "".join(
        f"@top-{side} {{ content: '{text}'; width: 50%; white-space: nowrap; --cst-running-head: keeps }}"
        for side, text in (("left", "甲" * 4), ("right", "乙" * 8))
    )
    html = f"<style>{FONT} @page {{ size: 160pt 100pt; margin: 20pt 10pt; font: 10pt 'CST Song'; {heads} }}</style>文"
    document = laid_out(html, features)
    boxes = [box for box in boxes_of(document) if type(box).__name__ == "MarginBox"]
    fits = all(box.width >= len(text) * 10 / 0.75 for box in boxes for text in [_text_in(box)])
    return ["".join(map(_text_in, boxes))] if fits else []


def _text_in(box: Any) -> str:
    return "".join(inner.text for inner in box.descendants() if hasattr(inner, "text"))


def type_of_a_table(features: Sequence[Feature]) -> object:
    """The size (pt) of the type of a table of numbers that has no room in the size that its style names."""
    style = f"{FONT} div {{ width: 200pt }} table {{ --cst-table-fill: 60%; --cst-table-least-size: 7pt }} td {{ padding: 0 }}"
    row = "<table>" + "<td>12345" * 9 + "</table>"
    cells = of_tag(laid_out(f"<style>{style}</style><div>{row}</div>", features), "td")
    return round(cells[0].style["font_size"] * 0.75, 2)


def place_below_a_table(features: Sequence[Feature]) -> object:
    """How far to the right of a narrow table the text below it begins."""
    html = f"""<html lang=zh-Hans><style>{FONT} div {{ width: 200pt }}
    table {{ --cst-table-fill: 60%; margin: 0 auto; border-spacing: 0 }} p {{ --cst-table-below: yes }} td {{ padding: 0 }}</style><div><table><tr><td>甲</table><p>乙</div>"""
    document = laid_out(html, features)
    cell, below = of_tag(document, "td")[0], of_tag(document, "p")[0]
    return round(below.content_box_x() - cell.content_box_x(), 2)


def turned_table(features: Sequence[Feature]) -> object:
    """The letters of each page, and the width (pt) of what they stand in, where a table is wider than the text."""
    html = f"""<html lang=zh-Hans><style>{FONT} @page {{ size: 200pt 400pt; margin: 20pt }}
    div {{ --cst-may-turn: yes }} table {{ --cst-table-fill: 60%; --cst-table-least-size: 7pt; border-spacing: 0 }}
    td {{ padding: 0 }}</style><article><p>甲</p><div><table><tr>{"<td>1234567" * 9}</table></div><p>乙</article>"""
    document = laid_out(html, features)
    widths = [round(page._page_box.children[0].width * 0.75) for page in document.pages]
    return list(zip(texts(document), widths, strict=True))


def initials(features: Sequence[Feature]) -> object:
    """The letters of each page where there is room for two lines, and an initial is three lines high."""
    style = f"<style>{FONT} @page {{ size: 60pt 100pt; margin: 0 }} div {{ height: 60pt }} p {{ orphans: 1 }}"
    letter = "p::first-letter { float: left; font-size: 50pt; line-height: 60pt }</style>"
    return texts(laid_out(f"{style} {letter}<div>甲</div><p>乙{'丙' * 9}", features))


def pictures_of_their_own(features: Sequence[Feature]) -> object:
    """The letters of each page where a picture that fills a page stands between two paragraphs."""
    style = f"<style>{FONT} @page {{ size: 200pt; margin: 20pt }} div {{ height: 160pt }}</style>"
    return texts(
        laid_out(f"{style}<article><p>甲</p><div class=place-page>图</div><p>乙</article>", features)
    )


def picture_before_the_next_article(features: Sequence[Feature]) -> object:
    """The letters of each page where an article with a picture that fills a page ends and the next goes on below."""
    style = f"<style>{FONT} @page {{ size: 200pt; margin: 20pt }} div {{ height: 160pt }}"
    style += "article { --cst-article-start: run-on }</style>"
    first = "<article class=article><p>甲</p><div class=place-page>图</div></article>"
    return texts(laid_out(f"{style}{first}<article class=article><p>乙</article>", features))


def last_line_beside(features: Sequence[Feature]) -> object:
    """Where the last line of a paragraph begins (pt) that is a line longer than what floats beside it."""
    style = (
        f"<style>{FONT} @page {{ size: 100pt; margin: 0 }} div {{ float: left; width: 50pt; height: 40pt }}"
    )
    document = laid_out(f"{style}</style><div class=place-left></div><p>{'甲' * 12}", features)
    return round([box for box in boxes_of(document) if getattr(box, "text", "")][-1].position_x * 0.75)


def longer_page(features: Sequence[Feature]) -> object:
    """The letters of each page, the first a line longer."""
    from cstprint.engine.blocks.longer_pages import LongerPages

    style = f"<style>{FONT} @page {{ size: 100pt; margin: 10pt 0 70pt }}</style>"
    return texts(laid_out(f"{style}<p>甲<p>乙<p>丙", features, LongerPages({1: 20.0})))


def marks_inside(features: Sequence[Feature]) -> object:
    """How many pieces of artifacts and pictures a page with crop marks and nothing else has."""
    html = "<html lang=en><style>@page { size: 100pt; marks: crop; bleed: 9pt }</style><title>a</title>"
    return content(written(html, features)).count(" Do")


def outer_margins(features: Sequence[Feature]) -> object:
    """Where notes of the same line begin (pt) on a left and on a right page."""
    style = f"<style>{FONT} @page {{ size: 200pt; margin: 60pt }} p + p {{ break-before: page }}"
    note = "i { position: absolute; width: 40pt; --cst-side: outer }</style>"
    document = laid_out(f"{style} {note}<p>甲<i>乙</i><i>丙</i><p>丁<i>戊</i>", features)
    found = [box for box in of_tag(document, "i") if type(box).__name__ == "BlockBox"]
    return [(round(box.position_x * 0.75), round(box.position_y * 0.75)) for box in found]


def tall_row(features: Sequence[Feature]) -> object:
    """The letters of each page where there is room for two lines of a tall row, and one of its cells takes three."""
    html = f"""<html lang=zh-Hans><style>{FONT} @page {{ size: 100pt 200pt; margin: 0 }} td {{ padding: 0 }}
    tr {{ break-inside: avoid; --cst-whole-to: 30% }}
    table {{ --cst-table-fill: 60%; border-spacing: 0; width: 100pt }}</style><table><tr><td>{"甲<br>" * 8}<td>
    <tr><td>{"乙<br>" * 9}<td style="orphans: 3">{"丙<br>" * 3}</table>"""
    return texts(laid_out(html, features))


def colour_of_layouts(features: Sequence[Feature]) -> str:
    """The colour that a child layout gives to what its parent gives another, by a selector that counts for more."""
    import weasyprint.css
    from weasyprint.urls import URLFetcherResponse

    sheets = {"parent": "html body #a { color: #f00 }", "child": "p { color: #00f }"}
    layers: list[str] = []
    with applied([one for one in features if one.phase is not Phase.WRITE]):
        made = [
            (
                weasyprint.css.CSS(
                    url=f"cst://render/layout/{name}/page.css",
                    layers=layers,
                    url_fetcher=lambda url, text=text: URLFetcherResponse(
                        url, text, {"Content-Type": "text/css"}
                    ),
                ),
                "author",
                None,
            )
            for name, text in sheets.items()
        ]
        html = weasyprint.HTML(string="<p id=a>a")
        style_for = weasyprint.css.StyleFor(html, made, False, None, None)
    return str(style_for(html.etree_element.find("body/p"))["color"].to("srgb").coordinates)


EFFECTS: dict[str, Effect] = {
    "css:CSS by weasy.layers": Effect(colour_of_layouts, "(0.0, 0.0, 1.0)"),
    "css:_resolve_calc_sum by weasy.calc": Effect(of_bug("calc-function"), 50),
    "urllib.parse:uses_relative by weasy.addresses": Effect(
        lambda features: join("cst://render/a/b", "c", features), "cst://render/a/c"
    ),
    "urllib.parse:uses_netloc by weasy.addresses": Effect(
        lambda features: join("cst://render/a/b", "c", features), "cst://render/a/c"
    ),
    "anchors:gather_anchors by draw.links": Effect(of_bug("link-boxes"), 1),
    "layout.block:block_box_layout by blocks.line_grid": Effect(heights_of_blocks, 40.0),
    "layout.block:float_layout by blocks.line_grid": Effect(heights_of_floats, 40.0),
    "layout.inline:get_next_linebox by blocks.line_grid": Effect(heights_of_lines, True),
    "layout.inline:split_first_line by lines.trailing_space": Effect(
        of_bug("trailing-space"), [["a bb ccc", "dddd"]]
    ),
    "layout.inline:get_next_linebox by blocks.footnotes": Effect(called_footnote, (None, True)),
    "layout:LayoutContext.layout_footnote by blocks.footnotes": Effect(called_footnote, (None, True)),
    "layout:LayoutContext.report_footnote by blocks.footnotes": Effect(
        of_bug("note-orphans"), [["a1", "b", "c", "d", "1. note"], ["e", "f", "g", "h"]]
    ),
    "layout.block:_linebox_layout by blocks.footnotes": Effect(footnotes_after_lines, [["note"], ["note"]]),
    "layout.block:_break_line by blocks.footnotes": Effect(footnotes_after_lines, [["note"], ["note"]]),
    "layout:LayoutContext._update_footnote_area by speed.note_heights": Effect(layouts_of_footnotes, 13),
    "layout.block:block_level_layout by blocks.starts": Effect(
        starts_of_articles("auto", 7), ["甲" * 7, "乙" * 6]
    ),
    "layout.block:block_level_page_break by blocks.starts": Effect(
        starts_of_articles("page", 2), ["甲甲", "乙" * 6]
    ),
    "layout.block:block_level_page_name by blocks.starts": Effect(
        starts_of_articles("run-on", 2, "other"), ["甲甲" + "乙" * 6]
    ),
    "layout:LayoutContext.get_string_or_element_for by blocks.named_strings": Effect(
        named_strings, ["", "甲", "乙"]
    ),
    "layout.page:make_page by blocks.long_notes": Effect(texts_of_long_footnotes, (True, True)),
    "layout:LayoutContext.layout_footnote by blocks.long_notes": Effect(
        texts_of_long_footnotes, (True, True)
    ),
    "layout:LayoutContext.report_footnote by blocks.long_notes": Effect(footnotes_left_twice, []),
    "layout:LayoutContext.layout_footnote by blocks.note_order": Effect(notes_of_an_address, 1),
    "layout.page:block_level_layout by blocks.note_order": Effect(
        notes_that_calls_share, [False, True, False]
    ),
    "layout.block:block_container_layout by blocks.note_columns": Effect(columns_of_notes, 2),
    "layout.block:block_container_layout by blocks.long_boxes": Effect(begin_of_long_boxes, [9, 6]),
    "formatting_structure.boxes:ParentBox.content_text by blocks.plain_titles": Effect(
        of_bug("call-in-string"), [["Title1", "1. note", "Title"]]
    ),
    "document:build_formatting_structure by page_floats.flow": Effect(
        pages_of_figures, [["乙", "甲"], ["乙", "图"], ["乙"]]
    ),
    "layout.block:block_level_layout by page_floats.flow": Effect(
        pages_of_figures, [["乙", "甲"], ["乙", "图"], ["乙"]]
    ),
    "layout.block:block_level_layout by blocks.smaller_figures": Effect(height_of_last_figure, (1, 80)),
    "layout.page:block_level_layout by page_floats.flow": Effect(
        pages_of_figures, [["乙", "甲"], ["乙", "图"], ["乙"]]
    ),
    "layout.block:float_layout by page_floats.flow": Effect(page_of_side_figure, 1),
    "layout.block:block_container_layout by blocks.initials": Effect(
        initials, ["甲", "乙丙丙丙丙丙丙丙丙丙"]
    ),
    "layout.block:columns_layout by columns.page": Effect(heads_of_columns, [0.0, 0.0]),
    "layout.inline:split_first_line by speed.text_lines": Effect(lines_made("inline"), 1),
    "layout.preferred:split_first_line by speed.text_lines": Effect(lines_made("preferred"), 1),
    "layout.block:block_level_layout by speed.note_heights": Effect(lines_of_notes, 18),
    "layout.block:resolve_percentages by speed.lengths": Effect(lengths_resolved("block"), 1),
    "layout.inline:resolve_percentages by speed.lengths": Effect(lengths_resolved("inline"), 1),
    "layout.inline:strut by speed.lengths": Effect(struts_made, 1),
    "css:CSS by speed.sheets": Effect(sheets_taken, True),
    "layout.page:set_page_type_computed_styles by speed.styles": Effect(of_bug("margin-styles"), 2),
    "css:ComputedStyle.__missing__ by speed.styles": Effect(computed_by_weasyprint, []),
    "css:AnonymousStyle.__init__ by speed.styles": Effect(values_of_anonymous_styles, True),
    "layout.page:resolve_percentages by speed.styles": Effect(percentages_of_margin_boxes, 1),
    "layout.block:float_layout by blocks.side_floats": Effect(
        of_bug("float-torn"), [["a", "b", "c"], ["1", "2", "3", "4", "5", "d", "e", "f"]]
    ),
    "layout:make_all_pages by passes.carried": Effect(
        of_bug("note-repagination", "footnotes carried over"), [["a", "b", "c", "d1"], ["e2", "1. note"]]
    ),
    "document:build_formatting_structure by passes.integrity": Effect(texts_noted, ["甲"]),
    "css.targets:TargetCollector.collect_anchor by passes.page_numbers": Effect(
        numbers_noted, (["t"], ["t"])
    ),
    "css.targets:TargetCollector.lookup_target by passes.page_numbers": Effect(numbers_noted, (["t"], ["t"])),
    "css.targets:TargetCollector.cache_target_page_counters by passes.page_numbers": Effect(
        numbers_noted, (["t"], ["t"])
    ),
    "layout:make_all_pages by passes.page_numbers": Effect(
        of_bug("stale-number"), [["xxxx", "iii"], ["b", "c"], ["t"]]
    ),
    "layout.inline:split_inline_box by lines.replacing": Effect(breaks, True),
    "layout.inline:text_align by lines.replacing": Effect(left_edges, 0.0),
    "layout.preferred:inline_max_content_width by lines.replacing": Effect(shrunk_width, 1),
    "layout.preferred:inline_min_content_width by lines.replacing": Effect(least_width, True),
    "draw.text:draw_first_line by lines.replacing": Effect(places_of_glyphs, True),
    "text.line_break:Layout.set_text by lines.cells": Effect(width_of_spaces, 0.0),
    "pdf.fonts:_build_vector_font_dictionary by lines.glyph_texts": Effect(copied_hearts, "甲❤\ufe0f乙❤丙"),
    "layout.block:block_container_layout by blocks.names": Effect(size_of_a_name, 10.0),
    "layout.page:compute_variable_dimension by blocks.running_heads": Effect(
        running_heads, ["甲" * 4 + "乙" * 8]
    ),
    "document:build_formatting_structure by blocks.tables": Effect(place_below_a_table, 0.0),
    "layout.table:auto_table_layout by blocks.tables": Effect(type_of_a_table, 7.5),
    "layout.block:block_container_layout by blocks.beside_floats": Effect(last_line_beside, 50),
    "layout.block:block_container_layout by blocks.table_rows": Effect(
        tall_row, ["甲" * 8, "乙" * 9 + "丙" * 3]
    ),
    **{
        f"{target} by blocks.turned": Effect(turned_table, [("甲乙", 160), ("1234567" * 9, 360)])
        for target in (
            "document:build_formatting_structure",
            "layout.block:block_level_layout",
            "layout.page:page_height",
        )
    },
    **{
        f"{target} by blocks.own_pages": Effect(pictures_of_their_own, ["甲乙", "图"])
        for target in ("document:build_formatting_structure", "layout.page:make_page")
    },
    "layout.block:block_level_page_break by blocks.own_pages": Effect(
        picture_before_the_next_article, ["甲", "图", "乙"]
    ),
    **{
        f"{target} by blocks.longer_pages": Effect(longer_page, ["甲乙", "丙"])
        for target in ("layout.page:make_page", "layout.page:page_height")
    },
    **{
        f"{target} by blocks.side_notes": Effect(outer_margins, [(140, 60), (140, 83), (20, 60)])
        for target in ("document:build_formatting_structure", "layout.page:block_level_layout")
    },
    "layout.inline:first_letter_to_box by lines.replacing": Effect(
        of_bug("first-letter"), [["aaa bbb ccc ddd", "a", "eee fff ggg hhh"]]
    ),
    "draw:draw_text by draw.emphasis": Effect(dots, 8),
    "draw:draw_background by draw.crop_marks": Effect(marks_inside, 0),
    "draw:draw_inline_level by draw.interlinear": Effect(waves, 8),
    "stacking:_dispatch by draw.paint_order": Effect(of_bug("overflow-order"), ["area", "text", "text"]),
    "draw:draw_block_level by draw.paint_order": Effect(order_of_floats, ["one", "twothree"]),
    "draw:draw_inline_level by draw.paint_order": Effect(order_of_pictures, ["TJ", "f", "TJ"]),
    "pdf.tags:_build_box_tree by draw.tags": Effect(of_bug("table-scope"), ["/Column", "/Column", "/Row"]),
    "pdf:add_tags by draw.tags": Effect(identifiers, True),
    "pdf.stream:Stream.marked by draw.tags": Effect(of_bug("opacity-tags"), ["/MCR"]),
    "pydyf:PDF.page_references by speed.page_references": Effect(lists_of_pages, 1),
    "draw:draw_inline_level by draw.artifacts": Effect(leaders_tagged, 1),
    "draw:draw_stacking_context by draw.artifacts": Effect(
        of_bug("margin-box-artifact"), ["/Type /Pagination/Subtype /Header"]
    ),
    "pdf.stream:Stream.marked by draw.artifacts": Effect(decoration_tagged, 1),
    "document:draw_page by draw.painting": Effect(painted("page"), 1),
    "draw:draw_stacking_context by draw.painting": Effect(painted("faded"), 2),
    "draw:draw_background by draw.painting": Effect(painted("backgrounds"), 1),
    "draw:draw_border by draw.painting": Effect(painted("boxes"), 3),
    "draw:draw_outline by draw.painting": Effect(painted("boxes"), 3),
    "draw.border:draw_outline by draw.painting": Effect(painted("boxes"), 3),
    "draw:draw_replacedbox by draw.painting": Effect(painted("pictures"), 1),
    "draw:draw_text by draw.painting": Effect(painted("texts"), 2),
    "pdf.fonts:get_hb_object_data by speed.embedding": Effect(font_data_copied, True),
    "pdf.fonts:Font.__init__ by speed.embedding": Effect(lives_where_it_lies, ["buffer"]),
    "pdf.fonts:Font.clean by speed.embedding": Effect(cleaned_content, "bytes"),
    "pdf.fonts:Font._harfbuzz_subset by speed.embedding": Effect(of_bug("font-subset"), 0),
    "images:RasterImage._get_png_data by speed.embedding": Effect(of_bug("png-rows"), 0),
    "pydyf:zlib by speed.compression": Effect(compression_level, "cstprint.engine.speed.compression"),
    "pydyf:Stream.data by speed.compression": Effect(of_bug("identifier-compression"), [5, 5]),
}


def join(base: str, address: str, features: Sequence[Feature]) -> str:
    with applied(features):
        return urljoin(base, address)
