"""The import of newsletters of Markdown beside the render of the issues that they become.

Run by `make bench`, as ``python -m tests.bench.imports``.
"""

from __future__ import annotations

import gc
import tempfile
from functools import partial
from pathlib import Path

from PIL import Image
from tests.bench.paired import paired
from tests.importing.test_generated import newsletter

from cstprint.importing.bring import Wishes, bring
from cstprint.output import write_folder
from cstprint.project import open_project
from cstprint.rendering import render
from cstprint.web import Web

#: What an import may take of its render's time.
GOAL = 0.2
NEWSLETTERS = 10


def main() -> None:
    """Measure the newsletters one after the other, in both layouts in turn."""
    gc.disable()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "in/images").mkdir(parents=True)
        (root / "issues").mkdir()
        for name in ("a.png", "a.webp"):
            Image.effect_noise((900, 600), 60).save(root / "in/images" / name)
        project = open_project(root)
        for seed in range(NEWSLETTERS):
            source = root / f"in/{seed}.md"
            source.write_text(newsletter(seed)[0], "utf-8")
            wishes = Wishes(("newsletter", "bulletin")[seed % 2])
            made = bring(source, wishes, {}, Web()).value
            assert made is not None
            write_folder(root / f"issues/{seed}", made.files)
            paired(
                f"import of {source.stat().st_size // 1000} kB, beside its render",
                partial(bring, source, wishes, {}, Web()),
                partial(render, root / f"issues/{seed}/issue.yaml", project),
                GOAL,
                pairs=3,
                before=gc.collect,
            )


if __name__ == "__main__":
    main()
