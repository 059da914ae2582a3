"""Documents of all kinds pasted whole into an article: they are printed, whole, in every layout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5
from PIL import Image

from cstprint import rendering
from cstprint.diagnostics import Diagnostic, Result
from cstprint.job import Rendering, RenderOptions
from cstprint.project import Project, open_project
from cstprint.rendering import Preparation, prepare
from tests.support.pages import letters, read_pages
from tests.support.pasted import Document, document
from tests.support.samples import crossed, drawn

COUNT = 150
LAYOUTS = ("newsletter", "brief", "bulletin")
#: What is reported of what cannot be printed, or is printed otherwise: warnings, one for each cause.
CAUSES = {
    "remote pictures": "CST-M029",
    "missing pictures": "CST-M029",
    "relative links": "CST-M010",
    "unknown anchors": "CST-M010",
}
#: Elements of the page that are no text of the document.
BESIDE = {"note", "figure-label", "article-head"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    images = tmp_path / "issues" / "one" / "images"
    images.mkdir(parents=True)
    (tmp_path / "cstprint.toml").touch()
    for name in ("a.png", "a.webp"):
        Image.effect_noise((900, 600), 60).save(images / name)
    return tmp_path


def paste(folder: Path, pasted: Document) -> tuple[Path, Project]:
    """Write the issue with a document in its body, as an editor does."""
    lines = "".join(f"      {line}".rstrip() + "\n" for line in pasted.source.split("\n"))
    path = folder / "issues" / "one" / "issue.yaml"
    path.write_text(
        "layout: newsletter\nlanguage: zh-Hans\ntitle: 刊名\npublisher: 单位\ndate: 2026-11\nnumber: 1\n"
        f"articles:\n  - title: 标题\n    body: |\n{lines}",
        "utf-8",
    )
    return path, open_project(folder)


def told(result: Result[Preparation] | Result[Rendering], *, errors: bool) -> list[Diagnostic]:
    return [found for found in result.diagnostics if found.is_error == errors]


def texts(node: Element) -> Iterator[str]:
    """The texts of a page's document, in its order, without what stands beside it."""
    if BESIDE & set(node.get("class", "").split()):
        return
    yield node.text or ""
    for child in node:
        yield from texts(child)
        yield child.tail or ""


def printed(html: str) -> str:
    page = tinyhtml5.parse(html, namespace_html_elements=False)
    (article,) = page.iter("article")
    return letters("".join(texts(article)))


@pytest.mark.slow
def test_nearly_all_documents_are_printed_without_an_edit(folder: Path) -> None:
    """What is not, ends with messages that name every reason at once."""
    refused = 0
    for seed in range(COUNT):
        pasted = document(seed)
        result = prepare(*paste(folder, pasted), RenderOptions())
        if result.value is None:
            refused += 1
            assert "Hangul" in pasted.holds, [str(found) for found in told(result, errors=True)]
            named = "".join(str(found.message) for found in told(result, errors=True))
            assert "Hangul" in named
            continue
        assert printed(result.value.html.html) == letters(pasted.printed), seed
    assert refused <= COUNT * 0.05


@pytest.mark.parametrize("seed", sorted(drawn(COUNT)))
def test_each_cause_is_one_message(seed: int, folder: Path) -> None:
    pasted = document(seed)
    result = prepare(*paste(folder, pasted), RenderOptions())
    codes = Counter(found.code for found in result.diagnostics if found.code.startswith("CST-M"))
    wanted = {code for cause, code in CAUSES.items() if cause in pasted.holds}
    if result.value is not None:
        assert wanted <= set(codes)
    assert {code: count for code, count in codes.items() if count > 1} == {}


@pytest.mark.render
@pytest.mark.usefixtures("_built_in_fonts")
@pytest.mark.parametrize("drawing", list(crossed(COUNT, LAYOUTS, few=2)))
def test_the_pdf_holds_every_letter(
    drawing: tuple[int, str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendering, "use_fonts", lambda _library: None)
    seed, layout = drawing
    pasted = document(seed)
    result = rendering.render(*paste(folder, pasted), RenderOptions(layout=layout))
    if "Hangul" in pasted.holds and result.value is None:
        return
    assert result.value is not None, [str(found) for found in told(result, errors=True)]
    pages = "".join(page.text for page in read_pages(result.value.pdf))
    lost = Counter(letters(pasted.printed)) - Counter(letters(pages))
    assert {letter for letter in lost if not letter.isspace()} == set()
