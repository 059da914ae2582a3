"""Newsletters of Markdown, made from a grammar: each becomes an issue that prints every letter of it."""

from __future__ import annotations

import random
import re
from collections import Counter
from pathlib import Path

import pytest
from PIL import Image

from cstprint import rendering
from cstprint.importing.bring import Wishes, bring
from cstprint.job import RenderOptions
from cstprint.project import open_project
from cstprint.web import Web
from tests.support.pages import letters, read_pages
from tests.support.pasted import document
from tests.support.samples import seeds

COUNT = 300
LAYOUTS = ("newsletter", "bulletin")
#: What the grammar may draw and no font of ours has.
UNPRINTABLE = "Hangul"


def newsletter(seed: int) -> tuple[str, str]:
    """Return a newsletter of several documents as Markdown, 5 to 40 KB, and the letters that are printed of it."""
    draw = random.Random(seed)
    source, printed = f"# 编辑周刊 第 {seed + 1} 期\n\n", ""
    least = draw.choice((5_000, 8_000, 14_000, 34_000))
    while len(source.encode()) < least:
        part = document(draw.randrange(10**6))
        if UNPRINTABLE in part.holds or "front matter" in part.holds or "reference links" in part.holds:
            continue  # in a part: front matter is a rule, and labels are those of other parts
        source += re.sub(r"(?m)^(?=#{1,5} )", "#", part.source) + "\n"
        printed += part.printed
    return source, letters(printed)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    images = tmp_path / "from" / "images"
    images.mkdir(parents=True)
    (tmp_path / "issues").mkdir()
    for name in ("a.png", "a.webp"):
        Image.effect_noise((900, 600), 60).save(images / name)
    return tmp_path


def imported(folder: Path, seed: int, layout: str) -> tuple[Path, str]:
    """Import a newsletter; return the issue's file and the letters that have to be printed."""
    source, printed = newsletter(seed)
    (folder / "from/weekly.md").write_text(source, "utf-8")
    made = bring(folder / "from/weekly.md", Wishes(layout), {}, Web()).value
    assert made is not None
    for name, data in made.files.items():
        target = folder / "issues/weekly" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return folder / "issues/weekly/issue.yaml", printed


@pytest.mark.render
@pytest.mark.slow
@pytest.mark.usefixtures("_built_in_fonts")
@pytest.mark.parametrize("number", seeds(COUNT * len(LAYOUTS), few=1))
def test_a_newsletter_prints_every_letter(number: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "use_fonts", lambda _library: None)
    layout = LAYOUTS[number % len(LAYOUTS)]
    path, printed = imported(folder, number // len(LAYOUTS), layout)
    result = rendering.render(path, open_project(folder), RenderOptions())
    assert result.value is not None, [str(found) for found in result.diagnostics]
    lost = Counter(printed) - Counter(letters("".join(page.text for page in read_pages(result.value.pdf))))
    assert {letter for letter in lost if not letter.isspace()} == set()
