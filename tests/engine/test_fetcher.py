"""What may be read during layout: files of the issue's and the layouts' folders, and nothing else."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.projects import SmallProject, picture_bytes

if TYPE_CHECKING:
    from cstprint.engine.weasy.fetcher import Fetcher

pytestmark = pytest.mark.render


@pytest.fixture
def fetcher(tmp_path: Path, _built_in_fonts: None) -> Fetcher:
    """A fetcher of an issue's folder and one layout, with files that it may and may not read around."""
    from cstprint.engine.weasy.fetcher import Fetcher

    for path, data in {
        "issue/a.png": picture_bytes(),
        "issue/图 片/b#1.jpg": picture_bytes("JPEG"),
        "issue/notes.txt": b"text",
        "issue/none": b"",
        "mine/page.css": b"p { color: red }",
        "mine/images/logo.PNG": picture_bytes(),
        "outside.png": picture_bytes(),
        "outside/a.png": picture_bytes(),
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    (tmp_path / "issue/folder.png").mkdir()
    (tmp_path / "issue/link.png").symlink_to(tmp_path / "outside.png")
    (tmp_path / "issue/inner.png").symlink_to("a.png")
    (tmp_path / "issue/linked").symlink_to(tmp_path / "outside")
    os.mkfifo(tmp_path / "issue/pipe.png")
    return Fetcher(tmp_path / "issue", {"mine": tmp_path / "mine"})


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("issue/a.png", "image/png"),
        ("issue/%E5%9B%BE%20%E7%89%87/b%231.jpg", "image/jpeg"),
        ("issue//a.png", "image/png"),
        ("issue/a.png?x=1#y", "image/png"),
        ("layout/mine/page.css", "text/css"),
        ("layout/mine/images/logo.PNG", "image/png"),
    ],
)
def test_files_of_the_issue_and_its_layouts_are_read(address: str, kind: str, fetcher: Fetcher) -> None:
    response = fetcher.fetch(f"cst://render/{address}")
    assert response.headers["Content-Type"] == kind
    assert response.read()
    assert fetcher.refusals == []


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "file:outside.png",
        "http://example.org/a.png",
        "https://example.org/a.png",
        "ftp://example.org/a.png",
        "//example.org/a.png",
        "data:image/png;base64,AAAA",
        "/etc/a.png",
        "a.png",
        "",
        "cst:",
        "cst://render",
        "cst://render/",
        "cst://other/issue/a.png",
        "CST://render/issue/a.png",
        "cst://render@example.org/issue/a.png",
        "cst://render/issue",
        "cst://render/issue/",
        "cst://render/a.png",
        "cst://render/other/a.png",
        "cst://render/layout/a.png",
        "cst://render/layout/other/page.css",
        "cst://render/layout/mine",
        "cst://render/issue/../outside.png",
        "cst://render/issue/%2e%2e/outside.png",
        "cst://render/issue/..%2foutside.png",
        "cst://render/issue/./a.png",
        "cst://render/issue/%2fetc%2fa.png",
        "cst://render/issue/a%00.png",
        "cst://render/layout/../issue/a.png",
        "cst://render/layout/mine/../issue/a.png",
        "cst://render/layout/mine/images/../page.css",
        "cst://render/issue/missing.png",
        "cst://render/issue/a.png/b.png",
        "cst://render/issue/link.png",
        "cst://render/issue/inner.png",
        "cst://render/issue/linked/a.png",
        "cst://render/issue/pipe.png",
        "cst://render/issue/folder.png",
        "cst://render/issue/notes.txt",
        "cst://render/issue/none",
        "cst://render/issue/a.svg",
        "cst://render/issue/" + "a" * 300 + ".png",
    ],
)
def test_anything_else_is_refused_and_told(address: str, fetcher: Fetcher) -> None:
    with pytest.raises(ValueError, match="refused: "):
        fetcher.fetch(address)
    (found,) = fetcher.refusals
    assert (found.code, found.is_error) == ("CST-E003", True)


def test_a_long_address_is_told_in_short(fetcher: Fetcher) -> None:
    with pytest.raises(ValueError, match="refused"):
        fetcher.fetch("https://example.org/" + "a" * 5000)
    assert len(str(fetcher.refusals[0])) < 400


def test_a_file_that_is_too_large_is_refused(fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    import cstprint.engine.weasy.fetcher

    monkeypatch.setattr(cstprint.engine.weasy.fetcher, "MAX_FILE_BYTES", 100)
    with pytest.raises(ValueError, match="too large"):
        fetcher.fetch("cst://render/issue/a.png")


def test_no_file_stays_open(fetcher: Fetcher) -> None:
    handles = Path("/dev/fd")
    before = len(list(handles.iterdir()))
    for address in (
        "a.png",
        "missing.png",
        "pipe.png",
        "folder.png",
        "linked/a.png",
        "none/a.png",
        "../x.png",
    ):
        with suppress(ValueError):
            fetcher.fetch(f"cst://render/issue/{address}").close()
    assert len(list(handles.iterdir())) == before


@pytest.mark.render
@pytest.mark.usefixtures("_built_in_fonts")
def test_the_addresses_of_other_programs_are_resolved_as_before(project: SmallProject) -> None:
    """Our scheme is known to ``urllib.parse`` only while WeasyPrint works."""
    from urllib import parse

    from cstprint import open_project, render

    before = [*parse.uses_relative], [*parse.uses_netloc]
    assert render(project.issue(), open_project(project.root)).value is not None
    assert (parse.uses_relative, parse.uses_netloc) == before
    assert parse.urljoin("cst://render/a/b", "c") == "c"
