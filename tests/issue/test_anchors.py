"""Links within the text: to headings by their texts, to anything by its name."""

from __future__ import annotations

import pytest

from cstprint.diagnostics import Result
from cstprint.issue.anchors import slug_of
from cstprint.issue.model import Issue
from cstprint.issue.reader import read_issue
from cstprint.issue.tokens import tokens_in
from tests.support.projects import SmallProject

_ISSUE = """\
layout: base
language: zh-Hans
title: 刊名
publisher: 单位
date: 2026
number: 1
articles:
  - title: 第一篇
    id: first
    body: |
      # 方法 与“结果”

      # 方法

      # 方法

      # Some Heading, v2.0 {#named}

      <h2 id="html">别的</h2>

      [链接](#LINK)
  - title: 第二篇
    body: |
      # 结论
"""


def linked(project: SmallProject, anchor: str) -> Result[Issue]:
    return read_issue(project.issue(_ISSUE.replace("LINK", anchor)))


@pytest.mark.parametrize(
    ("anchor", "target"),
    [
        ("方法-与结果", "b1"),
        ("方法", "b2"),
        ("方法-1", "b3"),
        ("some-heading-v20", "named"),
        ("Some-Heading-v20", "named"),
        ("named", "named"),
        ("html", "b5"),
        ("结论", "b7"),
        ("第二篇", "a2"),
        ("first", "first"),
        ("a2", "a2"),
        ("%E7%BB%93%E8%AE%BA", "b7"),
    ],
)
def test_a_link_leads_to_what_is_called_so(anchor: str, target: str, project: SmallProject) -> None:
    found = linked(project, anchor)
    assert found.value is not None
    assert [token.attrGet("href") for token in tokens_in(found.value.sections, "link_open")] == [f"#{target}"]
    assert found.diagnostics == ()


def test_a_link_to_nothing_is_reported_and_no_link(project: SmallProject) -> None:
    found = linked(project, "nowhere")
    assert found.value is not None
    assert [token.attrGet("href") for token in tokens_in(found.value.sections, "link_open")] == [None]
    (problem,) = found.diagnostics
    assert (problem.code, problem.is_error, problem.span.line if problem.span else 0) == (
        "CST-M010",
        False,
        21,
    )
    assert "(#nowhere)" in str(problem.message)


def test_what_a_heading_is_called_is_what_github_calls_it() -> None:
    assert [slug_of(text) for text in ("Hello, World!", "一、方法（1）", "A_b-c  d")] == [
        "hello-world",
        "一方法1",
        "a_b-c--d",
    ]
