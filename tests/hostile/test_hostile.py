"""Every hostile case ends as it must. Two run at a time, in the background, while the tests wait for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from tests.hostile import cases
from tests.hostile.case import CASES, Case
from tests.hostile.runner import AT_A_TIME, Run, run_case

cases.load()


@pytest.fixture(scope="session")
def runs(request: pytest.FixtureRequest) -> Iterator[dict[str, Future[Run]]]:
    """Start the cases that this session has chosen."""
    items = (item for item in request.session.items if isinstance(item, pytest.Function))
    given = (item.callspec.params.get("case") for item in items if hasattr(item, "callspec"))
    chosen = [case for case in given if isinstance(case, Case)]
    pool = ThreadPoolExecutor(AT_A_TIME)
    yield {case.name: pool.submit(run_case, case) for case in chosen}
    pool.shutdown(cancel_futures=True)


pytestmark = pytest.mark.hostile


def _parameter(case: Case) -> object:
    marks = [pytest.mark.slow] if case.slow else []
    return pytest.param(case, id=case.sentence, marks=[*marks, pytest.mark.render])


@pytest.mark.parametrize("case", [_parameter(case) for case in CASES.values()])
def test_a_hostile_input_ends_as_it_must(case: Case, runs: dict[str, Future[Run]]) -> None:
    run = runs[case.name].result()
    if run.skipped:
        pytest.skip(run.skipped)
    assert not run.wrong, f"exit {run.status}, {run.codes}: {run.verdict}"


def test_no_two_cases_say_the_same() -> None:
    sentences = [case.sentence for case in CASES.values()]
    assert len(set(sentences)) == len(sentences) >= 80


def test_the_cases_that_end_at_once_cover_every_family() -> None:
    families = {case.build.__module__ for case in CASES.values()}
    quick = Counter(case.build.__module__ for case in CASES.values() if not case.slow)
    assert quick.total() >= 80
    assert set(quick) == families
    assert min(quick.values()) >= 5
