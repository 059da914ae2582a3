"""Names of periodicals and titles of all lengths, in every layout: no line of one or two characters."""

from __future__ import annotations

import random
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

from cstprint.job import RenderOptions
from tests.support.placed import Placed, Run, lay_out
from tests.support.samples import crossed

pytestmark = [pytest.mark.render, pytest.mark.usefixtures("_built_in_fonts")]

LAYOUTS = ("newsletter", "brief", "bulletin", "jianbao", "gazette")
COUNT = 80
#: Phrases of titles, and what stands between or beside them.
_PHRASES = (
    *("关于", "进一步", "加强", "科学技术", "普及", "工作", "的", "意见", "全国", "青少年", "创新", "大赛", "在", "北京"),
    *("举行", "国家", "重点", "实验室", "与", "高校", "联合", "培养", "人才", "推动", "新时代", "事业", "发展", "研究"),
    *("报告", "长江", "流域", "生态", "保护", "修复", "规划", "纲要", "人工智能", "驱动", "材料", "发现", "新冠", "疫苗"),
    *("临床", "试验", "进展", "数据", "共享", "管理", "办法", "实施", "细则"),
)  # fmt: skip
_OTHERS = ("：", "——", "、", "，", "（试行）", "“十四五”", "《2035年远景规划》", "COVID-19", "2020年", "18家")
_NO_END, _NO_PAIR = "：—、，（“《", "：—、，"
#: Names of 2 to 16 characters, most of 4 to 10, and of Latin words.
NAMES = (
    *("科学", "求是", "新华社", "读书会", "科技导报", "中国科学", "人民日报", "学习时报", "科学通报社", "自然辩证法", "中国教育报"),
    *("科技工作简报", "中国科学技术史学会通讯", "国际科技动态", "城乡建设工作通讯", "中国科学院院刊", "青少年科技博览", "高等教育研究参考"),
    *("科学技术与社会通讯", "长江流域生态通讯", "市科学技术局工作简报", "国家自然科学基金通讯", "中国人工智能学会通讯"),
    *("高等学校科学研究工作通讯", "全国科学道德建设工作简报", "新型冠状病毒防控科技动态", "省住房和城乡建设厅工作简报"),
    *("国家重点实验室建设工作快报", "国际科技合作与交流工作简讯", "长三角科技创新共同体建设通讯", "中国科学技术协会学术工作简报"),
    *("国家重点实验室建设工作快报通讯", "高等学校科技创新与成果转化通讯", "国家重点实验室建设工作快报通讯刊", "全国青少年科技创新大赛工作简报刊"),
    *("Nature", "Science & Society", "CST通讯", "Newsletter of the Chinese Society for Cell Biology", "Acta Physica Sinica"),
)  # fmt: skip


def titles() -> list[str]:
    """The titles, of 4 to 60 characters, from phrases, names in marks, numbers and Latin words."""
    drawn, found = random.Random(20), []
    for number in range(COUNT):
        length, title = 4 + round(56 * number / (COUNT - 1)), ""
        while len(title) < length:
            is_other = 4 < len(title) + 4 < length - 2 and title[-1] not in _NO_PAIR and drawn.random() < 0.15
            title += drawn.choice(_OTHERS if is_other else _PHRASES)
        title = title[:length].rstrip(_NO_END)
        found.append(title + "新" * (length - len(title)))
    return found


def placed(root: Path, layout: str, issue: dict[str, Any]) -> Placed:
    """Where all of an issue in this layout stands."""
    folder = root / "issues/one"
    folder.mkdir(parents=True)
    (root / "cstprint.toml").touch()
    head = {"layout": layout, "language": "zh-Hans", "publisher": "社", "date": "2026-11-01", "number": 1}
    (folder / "issue.yaml").write_text(yaml.safe_dump({**head, **issue}, allow_unicode=True), "utf-8")
    return lay_out(root, folder, RenderOptions(settings={"last-page": "allow"}))


def lines_of(runs: list[Run]) -> list[str]:
    """The texts of the lines that these runs are on."""
    lines: dict[int, str] = defaultdict(str)
    for run in runs:
        lines[run.line] += run.text
    return list(lines.values())


def short_lines(lines: list[str]) -> list[str]:
    """Those of one or two letters, without the page number that ends an entry of the contents."""
    return [line for line in lines if len([one for one in line.rstrip("0123456789") if one.isalnum()]) <= 2]


def test_the_titles_are_of_all_lengths() -> None:
    assert sorted({len(title) for title in titles()}) == [*range(4, 61)]
    assert len(titles()) == len(set(titles())) == COUNT
    assert len(NAMES) == len(set(NAMES)) == 40
    assert {len(name) for name in NAMES if not name.isascii()} >= {*range(2, 17)}


@pytest.fixture(scope="module", params=LAYOUTS)
def issue(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, _built_in_fonts: None
) -> Placed:
    text = "编辑部把稿件分给各组，逐篇核对。"
    articles = [{"title": one, "body": f"{text}\n\n# {one}\n\n{text}"} for one in titles()]
    more = {"title": "科技工作简报", "articles": articles}
    return placed(tmp_path_factory.mktemp(str(request.param)), str(request.param), more)


@pytest.mark.slow
@pytest.mark.parametrize("part", ["article-title", "heading", "entry"])
def test_no_line_of_a_title_a_heading_or_its_entry_has_only_one_or_two_characters(
    part: str, issue: Placed
) -> None:
    runs = [run for run in issue.of("body") if _is(part, run)]
    lines = lines_of(runs)
    assert len(lines) > COUNT
    assert short_lines(lines) == []


def _is(part: str, run: Run) -> bool:
    is_heading = "article-head" not in run.within and "nav" not in run.within and "h3" in run.within
    return is_heading if part == "heading" else part in run.within


@pytest.mark.parametrize("drawing", crossed(len(NAMES), LAYOUTS))
def test_no_line_of_a_name_of_a_periodical_has_only_one_or_two_characters(
    drawing: tuple[int, str], tmp_path: Path
) -> None:
    seed, layout = drawing
    name = NAMES[seed]
    made = placed(tmp_path, layout, {"title": name, "articles": [{"title": "题目", "body": "文。"}]})
    runs = [run for run in made.of("nameplate", "title") if run.page == 1]
    lines = lines_of(runs)
    assert "".join("".join(lines).split()) == "".join(name.split())
    assert len(lines) <= 2
    assert short_lines(lines) == ([name] if len(name) <= 2 else [])
    block = made.text_blocks[1]
    assert min(run.box.left for run in runs) >= block.left - 0.5
    assert max(run.box.right for run in runs) <= block.right + 0.5
