"""All sizes of a layout follow the size of its text."""

from __future__ import annotations

from pathlib import Path

import pytest

from cstprint.job import RenderOptions
from tests.support.placed import Placed, lay_out
from tests.support.projects import ISSUE as HEAD
from tests.support.projects import SmallProject

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]

ISSUE = (
    HEAD.partition("articles:")[0]
    + """\
sections:
  - section: 栏目
    intro: 引言
    articles:
      - title: 标题
        kicker: 眉题
        subtitle: 副题
        standfirst: 导语。
        byline: [{name: 张三, affiliation: 单位}]
        date: 2026-11-30
        source: 来源
        body: |
          # 一级

          正文^[脚注。]。

          ## 二级

          正文。
      - title: 另一篇
        body:
          - box: 框
            body: 框里的字。
          - notice: 启事
            body: 启事的字。
          - events: [{date: 1 日, title: 事}]
"""
)


def sizes(placed: Placed) -> dict[str, float]:
    """The sizes of all that is printed in the flow but the nameplate, by its class or tag and text."""
    return {
        f"{run.text.strip()} {run.page if run.generated else ''}": run.size
        for run in placed.runs
        if "nameplate" not in run.within and run.text.strip()
    }


@pytest.mark.parametrize("layout", ["newsletter", "bulletin", "brief", "jianbao"])
def test_all_that_is_printed_grows_with_the_text(layout: str, project: SmallProject) -> None:
    folder = Path(project.issue(ISSUE, "one")).parent
    usual = lay_out(project.root, folder, RenderOptions(layout=layout))
    size = float(str(usual.ready.layout.values["size"]).removesuffix("pt"))
    leading = float(str(usual.ready.layout.values["leading"]).removesuffix("pt"))
    larger = {
        "size": f"{size * 1.25:g}pt",
        "leading": f"{leading * 1.25:g}pt",
        "measure": "20em",
        "lines": "20",
    }
    grown = lay_out(project.root, folder, RenderOptions(layout=layout, settings=larger))
    before, after = sizes(usual), sizes(grown)
    shared = before.keys() & after.keys()
    assert len(shared) > 12
    assert {text: round(after[text] / before[text], 2) for text in shared} == dict.fromkeys(shared, 1.25)
