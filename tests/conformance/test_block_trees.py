"""Issues of random trees of blocks: each PDF is what it claims to be, whatever stands in what."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conformance.outloud import FALSE_ALARMS, findings
from tests.conformance.verapdf import judge
from tests.support.block_trees import write_block_tree
from tests.support.samples import drawn

pytestmark = pytest.mark.conformance

COUNT = 400
LAYOUTS = ("newsletter", "brief", "bulletin")
TENTH = drawn(COUNT)
PARTS = [
    pytest.param(TENTH, id="a tenth"),
    *(
        pytest.param(
            frozenset(range(first, first + 50)) - TENTH, id=f"{first} to {first + 49}", marks=pytest.mark.long
        )
        for first in range(0, COUNT, 50)
    ),
]


@pytest.mark.parametrize("seeds", PARTS)
def test_any_tree_of_blocks_is_what_it_claims_to_be(seeds: frozenset[int], tmp_path: Path) -> None:
    (tmp_path / "cstprint.yaml").touch()
    for seed in seeds:
        for layout in LAYOUTS:
            write_block_tree(tmp_path / "issues" / f"tree-{seed}-{layout}", seed, layout)
    batch = [sys.executable, "-m", "cstprint", "batch", "--all", "-j2", "-o", "pdf"]
    done = subprocess.run(batch, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    made = sorted((tmp_path / "pdf").glob("*.pdf"))
    assert len(made) == len(seeds) * len(LAYOUTS)
    assert [str(verdict) for verdict in judge(made) if not verdict.passed] == []
    assert list(map(str, findings(made))) == []


def test_few_rules_are_false_alarms_and_each_has_a_reason() -> None:
    assert len(FALSE_ALARMS) <= 5
    assert all(FALSE_ALARMS.values())
