"""How long text takes from layout to written bytes with our lines beside WeasyPrint's own, warm, in one process.

Run by `make bench`; ``python -m tests.bench.lines chinese`` for one of its texts.
"""

from __future__ import annotations

import gc
import re
import sys
from functools import partial

from tests.bench.paired import paired
from tests.support import corpus
from tests.support.fonts import use_built_in_fonts
from tests.support.set_lines import to_pdf

_ENGLISH = (
    "The rules of a line are older than the press: a scribe who ran out of room drew his letters closer, and where "
    "there was too much he let them stand apart. A paragraph is set well when no reader sees how it was done, neither "
    "from rivers of white that run down the page nor from words that have been pushed together. "
)


def texts() -> dict[str, tuple[str, float]]:
    """Return the page and the goal of each text."""
    newsletter = corpus.paragraphs()
    chinese = [re.sub(r"[A-Za-z0-9 .,:;/@?=%&()+-]+", "", text) for text in newsletter]
    latin = corpus.plain([_ENGLISH * 2] * 80, 42).replace('lang="zh-Hans"', 'lang="en"')
    return {
        "chinese": (corpus.plain(chinese * 8, 42), 1.10),
        "latin": (latin, 1.05),
        "mixed": (corpus.plain(newsletter * 8, 42), 1.25),
    }


def main(names: list[str]) -> None:
    """Measure the texts, or those named."""
    use_built_in_fonts()
    gc.disable()  # as the command does; what one layout leaves behind is not the next one's affair
    for name, (page, goal) in texts().items():
        if name in names or not names:
            paired(
                f"lines, {name}",
                partial(_set, page),
                partial(_set, page, stock=True),
                goal,
                before=gc.collect,
            )


def _set(page: str, *, stock: bool = False) -> None:
    to_pdf(page, stock=stock)


if __name__ == "__main__":
    main(sys.argv[1:])
