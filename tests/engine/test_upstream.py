"""WeasyPrint alone still has each bug of docs/upstream.md.

Each input is rendered by WeasyPrint without our replacements. A test that fails here says that a bug is mended: then
the replacement can be taken out.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.support.pages import read_pages, structure

pytestmark = pytest.mark.render

ROOT = Path(__file__).resolve().parents[2]
INPUTS = ROOT / "tests/data/upstream"
DOCUMENT = ROOT / "docs/upstream.md"


@pytest.fixture(scope="module", autouse=True)
def _fonts_are_found(_built_in_fonts: None) -> None:
    """Let WeasyPrint and its fonts be loaded before the first test."""
    lines(INPUTS / "trailing-space.html")


def render(path: Path, **options: object) -> Any:
    """The pages of an input, by WeasyPrint alone."""
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    return HTML(filename=path).render(font_config=FontConfiguration(), **options)


def write(path: Path, **options: object) -> bytes:
    """The PDF of an input, with tags."""
    options = {"pdf_tags": True, **options}
    return bytes(render(path, **options).write_pdf(**options))


@contextmanager
def counted(owner: Any, name: str) -> Iterator[list[int]]:
    """Count the calls of a function; the list grows by one item a call."""
    calls: list[int] = []
    original = getattr(owner, name)

    def call(*arguments: Any, **named: Any) -> Any:
        calls.append(1)
        return original(*arguments, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(owner, name, call)
        yield calls


def lines(path: Path) -> list[list[str]]:
    """The texts of the lines of each page, in layout order."""
    from weasyprint.formatting_structure.boxes import LineBox, TextBox

    return [
        [
            "".join(part.text for part in box.descendants() if isinstance(part, TextBox))
            for box in page._page_box.descendants()
            if isinstance(box, LineBox)
        ]
        for page in render(path).pages
    ]


def lines_or_error(path: Path) -> object:
    """The lines, or the name of the exception."""
    try:
        return lines(path)
    except AssertionError as failure:
        return type(failure).__name__


def painted(path: Path) -> list[str]:
    """What the first page paints, in content order: texts and filled areas."""
    content = PdfReader(io.BytesIO(write(path))).pages[0].get_contents()
    assert content is not None
    operators = re.findall(rb"\b(Tj|TJ|f\*?)\n", content.get_data())
    return ["area" if operator.startswith(b"f") else "text" for operator in operators]


def count_annotations(path: Path) -> int:
    """How many annotations the first page has."""
    return len(PdfReader(io.BytesIO(write(path))).pages[0].get("/Annots", []))


def kinds(path: Path) -> list[str]:
    """The kinds of the structure elements but those of text runs, indented by depth."""
    return [". " * depth + kind for depth, kind, _ in structure(write(path)) if kind != "/Span"]


def scopes(path: Path) -> list[str | None]:
    """The scope of each head cell."""
    found = []
    for _, kind, element in structure(write(path)):
        attributes: Any = element.get("/A")
        if kind == "/TH":
            found.append(attributes.get("/Scope"))
    return found


def artifacts(path: Path) -> list[str]:
    """The kinds of artifacts with properties on the first page."""
    content = PdfReader(io.BytesIO(write(path))).pages[0].get_contents()
    assert content is not None
    return re.findall(r"/Artifact\s*<<([^>]*)>>\s*BDC", content.get_data().decode("latin-1"))


def content_references(path: Path) -> list[str]:
    """How structure elements refer to marked content: by a number of the page, or of another stream."""
    found = []
    for _, kind, element in structure(write(path)):
        kids: Any = element["/K"]
        if kind == "/Span":
            found += ["number" if isinstance(kid, int) else str(kid["/Type"]) for kid in kids]
    return found


def shapings(path: Path) -> int:
    """How many texts are shaped while the pages are drawn."""
    from weasyprint.text.line_break import Layout

    document = render(path)
    with counted(Layout, "setup") as calls:
        document.write_pdf()
    return len(calls)


def subsettings(path: Path) -> int:
    """How often a font is subset."""
    from weasyprint.pdf import fonts

    original = fonts.harfbuzz_subset
    calls = []

    class Counting:
        def __getattr__(self, name: str) -> Any:
            if name == "hb_subset_or_fail":
                calls.append(name)
            return getattr(original, name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fonts, "harfbuzz_subset", Counting())
        write(path)
    return len(calls)


def encodings(path: Path) -> int:
    """How many pictures Pillow encodes."""
    from PIL import Image

    with counted(Image.Image, "save") as calls:
        write(path)
    return len(calls)


def lists_of_pages(path: Path) -> int:
    """How often the list of all pages is made."""
    import pydyf

    original = pydyf.PDF.page_references
    calls = []

    def references(pdf: Any) -> Any:
        calls.append(1)
        return original.fget(pdf)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pydyf.PDF, "page_references", property(references))
        write(path)
    return len(calls)


def compressions(path: Path) -> list[int]:
    """How many compressed streams there are, and how often one is compressed."""
    import pydyf

    with counted(pydyf.zlib, "compressobj") as calls:
        data = write(path, pdf_identifier=True)
    return [data.count(b"/FlateDecode"), len(calls)]


def styles_of_pages(path: Path) -> int:
    """How many styles the pages have."""
    return len({id(page._page_box.style) for page in render(path).pages})


def open_files(path: Path) -> list[str]:
    """The names of the files that are left open."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        write(path, pdf_variant="pdf/a-2b")
    return [
        Path(match[1]).name
        for warning in caught
        if (match := re.search(r"unclosed file .*name='([^']*)'", str(warning.message)))
    ]


def indent(path: Path) -> float:
    """The left margin of the paragraph (px)."""
    (page,) = render(path).pages
    return float(next(box.margin_left for box in page._page_box.descendants() if box.element_tag == "p"))


@dataclass(frozen=True)
class Bug:
    """What is measured of an input: what WeasyPrint gives, and what it should."""

    name: str
    measure: Callable[[Path], object]
    stock: object
    expected: object


BUGS = [
    Bug("trailing-space", lines, [["a", "bb ccc", "dddd"]], [["a bb ccc", "dddd"]]),
    Bug(
        "first-letter",
        lines_or_error,
        "AssertionError",
        [["aaa bbb ccc ddd", "a", "eee fff ggg hhh"]],
    ),
    Bug(
        "note-repagination",
        lines,
        [["a", "b", "c", "d1"], ["e2"]],
        [["a", "b", "c", "d1"], ["e2", "1. note"]],
    ),
    Bug(
        "note-orphans",
        lines,
        [["a1", "b", "c", "d", "e", "f"], ["g", "h", "1. note"]],
        [["a1", "b", "c", "d", "1. note"], ["e", "f", "g", "h"]],
    ),
    Bug("stale-number", lines, [["xxxx", "ii"], ["b", "c"], ["t"]], [["xxxx", "iii"], ["b", "c"], ["t"]]),
    Bug(
        "float-torn",
        lines,
        [["a", "b", "c", "1", "2", "3", "d", "e", "f"]],
        [["a", "b", "c"], ["1", "2", "3", "4", "5", "d", "e", "f"]],
    ),
    Bug("call-in-string", lines, [["Title1", "1. note", "Title1"]], [["Title1", "1. note", "Title"]]),
    Bug("overflow-order", painted, ["text", "area", "text"], ["area", "text", "text"]),
    Bug("link-boxes", count_annotations, 3, 1),
    Bug("table-scope", scopes, [None, None, None], ["/Column", "/Column", "/Row"]),
    Bug(
        "list-item-body",
        kinds,
        ["/Document", ". /L", ". . /LI", ". . . /Lbl", ". . . /P", ". . . /P"],
        ["/Document", ". /L", ". . /LI", ". . . /Lbl", ". . . /LBody", ". . . . /P", ". . . . /P"],
    ),
    Bug("margin-box-artifact", artifacts, [], ["/Type /Pagination/Subtype /Header"]),
    Bug("opacity-tags", content_references, ["number"], ["/MCR"]),
    Bug("leader-shaping", shapings, 148, 6),
    Bug("font-subset", subsettings, 2, 1),
    Bug("png-rows", encodings, 1, 0),
    Bug("page-references", lists_of_pages, 8, 1),
    Bug("identifier-compression", compressions, [5, 9], [5, 5]),
    Bug("margin-styles", styles_of_pages, 6, 2),
    Bug("icc-file", open_files, ["sRGB2014.icc"], []),
    Bug("calc-function", indent, 0, 50),
    Bug("calc-unset", lines_or_error, "AssertionError", [["text"]]),
]


#: Inputs that newer versions of Pango hide: seen with 1.50.12, not with 1.56.3.
SEEN_WITH_OLD_PANGO = frozenset({"trailing-space"})
NEW_PANGO = 15600


def skip_where_pango_hides(name: str) -> None:
    """Skip a test of a bug that the installed Pango does not show."""
    from weasyprint.text.ffi import pango

    if name in SEEN_WITH_OLD_PANGO and pango.pango_version() >= NEW_PANGO:
        pytest.skip("this Pango does not show it")


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name)
def test_weasyprint_alone_still_has_the_bug(bug: Bug) -> None:
    skip_where_pango_hides(bug.name)
    measured = bug.measure(INPUTS / f"{bug.name}.html")
    mended = f"{bug.name} is mended upstream: take the replacement out (docs/upstream.md)"
    assert measured != bug.expected, mended
    assert measured == bug.stock, f"{bug.name} has changed upstream: measure it again (docs/upstream.md)"


def test_each_input_is_described_and_each_description_has_an_input() -> None:
    sections = dict(re.findall(r"^## ([a-z-]+): (.*?)(?=^## |\Z)", DOCUMENT.read_text("utf-8"), re.M | re.S))
    inputs = {path.stem: path.read_text("utf-8") for path in INPUTS.iterdir()}
    assert sorted(sections) == sorted(inputs) == sorted(bug.name for bug in BUGS)
    assert [name for name, text in inputs.items() if f"```html\n{text}```" not in sections[name]] == []


def test_text_beside_an_area_is_read_in_the_order_of_its_painting() -> None:
    (page,) = read_pages(write(INPUTS / "overflow-order.html"))
    assert page.text.split() == ["two", "one"]
