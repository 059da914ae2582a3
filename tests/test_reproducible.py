"""The same input gives the same bytes: in any folder, for any hash seed, in any time zone, cold and warm."""

from __future__ import annotations

import hashlib
import itertools
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.odd_pictures import goods, svg
from tests.support.projects import REPOSITORY, picture_bytes

pytestmark = pytest.mark.render

FOLDERS = ("a", "another folder/里面")
SEEDS = ("1", "2")
#: With each time zone another language of the system.
ZONES = (("Asia/Shanghai", "C.UTF-8"), ("America/New_York", "C"))
NEWSLETTER, ENGLISH = "issue-2020-02", "english"

_ENGLISH = """\
layout: base
language: en
title: Notes
publisher: Editors
date: 2020-02-29
number: 2
articles:
  - title: An article
    body:
      - The text of an *article*, with a [link](https://example.org/).
      - figure: one.jpg
        alt: noise
        caption: A photograph
"""


#: The command renders each issue in a child of its own; this renders them in one process.
_ONE_PROCESS = """
import sys
from pathlib import Path
from cstprint import RenderOptions, open_project, render
project = open_project(Path.cwd())
for name in sys.argv[2:]:
    made = render(project.issue_file(name), project, RenderOptions(embed_source=sys.argv[1] == "1"))
    Path("out", name + ".pdf").write_bytes(made.value.pdf)
"""


@dataclass(frozen=True)
class Made:
    """A PDF of an issue: how it came about, and the hash of its bytes."""

    issue: str
    way: str
    sha256: str


def write_issues(root: Path, pictures: dict[str, bytes]) -> None:
    """Put the two issues into a project's folder; odd pictures of all kinds are added to the first."""
    folder = root / "issues" / NEWSLETTER
    shutil.copytree(REPOSITORY / "issues" / NEWSLETTER, folder)
    entries = "".join(f"      - image: images/{file}\n        alt: 图\n" for file in pictures)
    with (folder / "issue.yaml").open("a", encoding="utf-8") as stream:
        stream.write(f"\n  - title: 图\n    body:\n    - figures:\n{entries}")
    for file, data in pictures.items():
        (folder / "images" / file).write_bytes(data)
    english = root / "issues" / ENGLISH
    english.mkdir()
    (english / "issue.yaml").write_text(_ENGLISH, "utf-8")
    (english / "one.jpg").write_bytes(pictures["noise.jpg"])


def ways(*, all_of_them: bool) -> Iterator[tuple[str, str, tuple[str, str]]]:
    """Yield folders, hash seeds and time zones: every two of them together, or all combinations of the three."""
    for number, way in enumerate(itertools.product(FOLDERS, SEEDS, ZONES)):
        if all_of_them or number.bit_count() % 2 == 0:
            yield way


@pytest.fixture(
    scope="module",
    params=[
        pytest.param((options, all_of_them), id=f"{name}{', all' * all_of_them}", marks=mark)
        for all_of_them, mark in ((False, pytest.mark.slow), (True, pytest.mark.long))
        for name, options in (("plain", ()), ("with files", ("--embed-source",)))
    ],
)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Made]:
    """Each issue in each way: alone, beside the other, and in one process with it; the order changes each time."""
    root = tmp_path_factory.mktemp("reproducible")
    # Made once: profiles hold the time at which they were made.
    pictures = {picture.file: picture.data for picture in list(goods())[::4]}
    pictures |= {"noise.jpg": picture_bytes("JPEG", (900, 600)), "图 1.svg": svg('<path d="M0 0L9 9"/>')}
    for name in FOLDERS:
        (root / name).mkdir(parents=True)
        write_issues(root / name, pictures)
    options, all_of_them = request.param
    found: list[Made] = []
    wanted = 3 * len(list(ways(all_of_them=all_of_them)))
    for number, (name, seed, (zone, locale)) in enumerate(ways(all_of_them=all_of_them)):
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": locale}
        both = (NEWSLETTER, ENGLISH) if number % 2 else (ENGLISH, NEWSLETTER)
        command = [sys.executable, "-m", "cstprint", "render", "-q", "-o", "out/", *options]
        one_process = [sys.executable, "-c", _ONE_PROCESS, str(len(options))]
        for start, run in (
            (command, both),
            (command, (NEWSLETTER,)),
            (command, (ENGLISH,)),
            (one_process, both),
        ):
            done = subprocess.run(
                [*start, *run], cwd=root / name, env=environment, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stderr
            way = f"{name}, seed {seed}, {zone}, {' then '.join(run)}, {start[1]}"
            for issue in run:
                pdf = root / name / "out" / f"{issue}.pdf"
                found.append(Made(issue, way, hashlib.sha256(pdf.read_bytes()).hexdigest()))
                pdf.unlink()
    assert Counter(one.issue for one in found) == {NEWSLETTER: wanted, ENGLISH: wanted}
    return found


@pytest.mark.parametrize("issue", [NEWSLETTER, ENGLISH])
def test_no_byte_differs(made: list[Made], issue: str) -> None:
    ours = [one for one in made if one.issue == issue]
    assert ours
    assert [one.way for one in ours if one.sha256 != ours[0].sha256] == []
