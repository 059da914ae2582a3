"""Pages and pictures from the web to issues: by request only, whole or not at all, addresses kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from cstprint.importing.bring import Wishes, bring
from cstprint.web import Web, WebLimits
from tests.conftest import Run
from tests.support.loopback import LoopbackServer, answer, loopback_server
from tests.support.pages import read_pages
from tests.support.projects import ISSUE, SmallProject, picture_bytes

PHOTOGRAPH = picture_bytes(size=(640, 480))
LAST = {"title": "通讯", "publisher": "编辑部"}


@pytest.fixture(scope="module")
def server() -> Iterator[LoopbackServer]:
    with loopback_server(
        {
            "/p/lab.png": answer(PHOTOGRAPH),
            "/p/mp?wx_fmt=png": answer(picture_bytes(size=(90, 60))),
            "/p/page.png": answer(b"<!doctype html><title>Not found</title>"),
            "/p/none.png": answer(b""),
            "/p/away.png": answer(b"", "302 Found", {"Location": "http://127.0.0.2/x.png"}),
            "/a/article.html": answer(
                "<meta charset=gb2312><title>网页的题目</title><article><h1>实验室开放</h1><p>正文第一段，镕。</p>"
                "<figure><img data-src='../p/lab.png' alt='实验室'><figcaption>图为实验室</figcaption></figure>"
                "<p>正文第二段。</p></article>".encode("gb18030")
            ),
            "/a/notes.md": answer("# 通讯\n\n## 一篇\n\n正文。\n\n![图](/p/lab.png)\n".encode()),
            "/a/file.html": answer(b"%PDF-1.7\0\xff\xfe"),
        }
    ) as server:
        yield server


Made = Callable[..., tuple[dict[str, Any], dict[str, bytes], list[str]]]


@pytest.fixture
def made(tmp_path: Path, server: LoopbackServer) -> Made:
    """Import a text or an address: the issue's keys, its files, and the codes of what was found."""

    def make(
        text: str = "", *, address: str = "", download: bool = True, limits: WebLimits | None = None
    ) -> tuple[dict[str, Any], dict[str, bytes], list[str]]:
        source: Path | str = server.address(address) if address else tmp_path / "第3期.md"
        if isinstance(source, Path):
            source.write_text(text.replace("HOST", server.address("")), "utf-8")
        web = Web(limits or WebLimits(seconds_each=2.0), server.place)
        result = bring(source, Wishes("newsletter", download=download), LAST, web)
        found = [f"{one.code}: {one}" for one in result.diagnostics]
        if result.value is None:
            return {}, {}, found
        files = dict(result.value.files)
        return yaml.load(files["issue.yaml"], Loader=yaml.BaseLoader), files, found

    return make


def body_of(issue: dict[str, Any]) -> list[Any]:
    articles = issue["articles"] if "articles" in issue else issue["sections"][0]["articles"]
    body: list[Any] = articles[0]["body"]
    return body


PASTED = (
    "# 一篇\n\n正文。\n\n![实验室](HOST/p/lab.png)\n\n图为实验室。\n\n句中![章](HOST/p/mp?wx_fmt=png)的图。\n"
)


def test_nothing_is_fetched_that_nobody_asked_for(made: Made, server: LoopbackServer) -> None:
    before = len(server.requests)
    _, files, found = made(PASTED, download=False)
    assert list(files) == ["issue.yaml"]
    assert any(one.startswith("CST-I003") for one in found)
    assert len(server.requests) == before


def test_pictures_are_fetched_and_their_addresses_kept(made: Made, server: LoopbackServer) -> None:
    issue, files, found = made(PASTED)
    figure = next(block for block in body_of(issue) if isinstance(block, dict))
    assert figure["figure"] == "images/lab.png"
    assert figure["source"] == server.address("/p/lab.png")
    assert figure["caption"] == "图为实验室。"
    assert files["images/lab.png"] == PHOTOGRAPH
    assert "images/mp.png" in files  # named by its content where its address has no suffix
    assert "![章](images/mp.png)" in "".join(block for block in body_of(issue) if isinstance(block, str))
    assert any("CST-I021" in one and "2" in one for one in found)


def test_two_imports_give_the_same_bytes(made: Made) -> None:
    assert made(PASTED)[1] == made(PASTED)[1]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/p/page.png", "a web page"),
        ("/p/none.png", "empty"),
        ("/p/gone.png", "404"),
        ("/p/away.png", "another host"),
    ],
)
def test_what_is_no_picture_is_framed_and_reported(made: Made, path: str, reason: str) -> None:
    issue, files, found = made(f"# 一篇\n\n正文。\n\n![图](HOST{path})\n")
    assert list(files) == ["issue.yaml"]
    assert [one for one in found if one.startswith("CST-I020") and reason in one]
    assert path in body_of(issue)[-1] if isinstance(body_of(issue), list) else path in str(issue)


def test_the_limits_hold_for_all_pictures_of_a_run(made: Made) -> None:
    _, files, found = made(PASTED, limits=WebLimits(files=1))
    assert sorted(files) == ["images/lab.png", "issue.yaml"]
    assert [one for one in found if "more than 1 files" in one]


def test_a_page_is_imported_by_its_address(made: Made, server: LoopbackServer) -> None:
    issue, files, _ = made(address="/a/article.html")
    article = issue["articles"][0] if "articles" in issue else issue["sections"][0]["articles"][0]
    assert "实验室开放" in (article["title"], issue.get("headline"))
    assert "镕" in str(body_of(issue))  # of GB 18030; the page says gb2312, as many do
    assert files["images/lab.png"] == PHOTOGRAPH
    head = files["issue.yaml"].decode().splitlines()[1]
    assert f"Imported from {server.address('/a/article.html')}" in head


def test_a_page_without_download_names_its_pictures_by_whole_addresses(
    made: Made, server: LoopbackServer
) -> None:
    issue, files, found = made(address="/a/article.html", download=False)
    assert list(files) == ["issue.yaml"]
    assert server.address("/p/lab.png") in str(issue)
    assert any(one.startswith("CST-I003") for one in found)


def test_markdown_on_the_web_is_read_as_markdown(made: Made) -> None:
    issue, files, _ = made(address="/a/notes.md")
    assert "images/lab.png" in files
    assert issue.get("articles", issue.get("sections"))


@pytest.mark.parametrize(
    ("path", "reason"),
    [("/a/file.html", "not a web page"), ("/a/none.html", "404"), ("/p/away.png", "another host")],
)
def test_a_page_that_cannot_be_had_makes_nothing(made: Made, path: str, reason: str) -> None:
    issue, files, found = made(address=path)
    assert (issue, files) == ({}, {})
    assert len(found) == 1
    assert found[0].startswith("CST-I020")
    assert reason in found[0]


def test_the_command_asks_public_hosts_only(project: SmallProject, run: Run, server: LoopbackServer) -> None:
    """No option, setting or file lets it ask this machine."""
    before = len(server.requests)
    project.write("第3期.md", f"# 一篇\n\n正文。\n\n![图]({server.address('/p/lab.png')})\n")
    outcome = run("import", "第3期.md", "--download", "--json")
    assert outcome.status == 0
    assert "CST-I020" in outcome.out
    outcome = run("import", server.address("/a/article.html"))
    assert outcome.status == 1
    assert "CST-I020" in outcome.err
    assert len(server.requests) == before


@pytest.mark.render
def test_the_source_of_a_picture_is_a_key_that_prints_nothing(project: SmallProject, run: Run) -> None:
    project.write("issues/one/images/a.png", PHOTOGRAPH)
    figure = "{figure: images/a.png, alt: 图, caption: 图注, source: 'https://example.org/lab.png'}"
    project.issue(ISSUE.replace("body: 正文。", f"body:\n      - 正文。\n      - {figure}"))
    assert run("render", "one", "-o", "one.pdf").status == 0
    pages = read_pages((project.root / "one.pdf").read_bytes())
    assert "example.org" not in "".join(page.text for page in pages)
