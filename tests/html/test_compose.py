"""An issue in a layout to HTML: templates of the chain, views, escaping, errors at their lines."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from cstprint.diagnostics import Diagnostic, Result
from cstprint.html.compose import HtmlDocument, compose, tokens_css
from cstprint.issue.model import Issue
from cstprint.issue.reader import read_issue
from cstprint.layout.resolve import Layout, resolve_layout
from cstprint.project import builtin_folder
from tests.support.projects import ISSUE, SEED, SmallProject


def issue_of(project: SmallProject, text: str = ISSUE) -> Issue:
    issue = read_issue(project.issue(text)).value
    assert issue is not None
    return issue


def layout_of(project: SmallProject, name: str = "mine", **settings: str) -> Layout:
    given = {key.replace("_", "-"): value for key, value in settings.items()}
    result = resolve_layout(name, [project.root / "layouts", builtin_folder("layouts")], given)
    assert result.value is not None, result.diagnostics
    return result.value


def composed(project: SmallProject, text: str = ISSUE, name: str = "base", **settings: str) -> str:
    result = compose(issue_of(project, text), layout_of(project, name, **settings))
    assert result.diagnostics == ()
    assert result.value is not None
    return result.value.html


def with_template(project: SmallProject, template: str, file: str = "issue.html.j2") -> Result[HtmlDocument]:
    project.layout("mine", **{file: template})
    return compose(issue_of(project), layout_of(project))


def the_error(result: Result[HtmlDocument]) -> Diagnostic:
    assert result.value is None
    (found,) = result.diagnostics
    return found


def body(markdown: str) -> str:
    lines = "".join(f"      {line}\n" for line in markdown.split("\n"))
    return ISSUE.replace("body: 正文。\n", f"body: |\n{lines}")


# ── templates of a chain ──


def test_a_childs_template_stands_over_its_parents(project: SmallProject) -> None:
    project.layout("mine", **{"blocks/heading.html.j2": "<i>{{ block.plain }}</i>"})
    html = composed(project, body("# 甲\n\n乙"), "mine")
    assert "<i>甲</i>" in html
    assert "乙</p>" in html


def test_a_child_may_extend_its_parents_template_of_the_same_name(project: SmallProject) -> None:
    template = '{% extends "base/issue.html.j2" %}{% block contents %}<hr>{% endblock %}'
    project.layout("mine", **{"issue.html.j2": template})
    html = composed(project, name="mine")
    assert "<hr>" in html
    assert 'class="contents"' not in html
    assert '<article class="article">' in html


def test_a_parents_template_is_what_the_parent_itself_would_take(project: SmallProject) -> None:
    project.layout("elder", **{"blocks/heading.html.j2": "<i>{{ block.plain }}</i>"})
    project.layout("parent", "title: P\nextends: elder\n")
    template = '<b></b>{% include "parent/blocks/heading.html.j2" %}'
    project.layout("mine", "title: M\nextends: parent\n", **{"blocks/heading.html.j2": template})
    assert "<b></b><i>甲</i>" in composed(project, body("# 甲"), "mine")


def test_a_child_may_include_its_parents_block(project: SmallProject) -> None:
    template = '<b></b>{% include "base/blocks/heading.html.j2" %}'
    project.layout("mine", **{"blocks/heading.html.j2": template})
    assert re.search(r"<b></b><h3[^>]*>甲</h3>", composed(project, body("# 甲"), "mine"))


def test_what_a_parent_inherits_is_found_by_the_parents_name(project: SmallProject) -> None:
    """A designer need not know which ancestor a template comes from."""
    template = '<b></b>{% include "newsletter/blocks/heading.html.j2" %}'
    project.layout("mine", "title: M\nextends: newsletter\n", **{"blocks/heading.html.j2": template})
    assert re.search(r"<b></b><h3[^>]*>甲</h3>", composed(project, body("# 甲"), "mine"))


def test_style_sheets_are_linked_by_relative_addresses_in_the_order_of_the_chain(
    project: SmallProject,
) -> None:
    project.layout("mine", blocks_css="p {}")
    html = composed(project, name="mine")
    assert re.findall(r'<link rel="stylesheet" href="([^"]+)"', html) == [
        "layout/base/page.css",
        "layout/base/blocks.css",
        "layout/mine/blocks.css",
    ]


def test_tokens_are_custom_properties_of_the_root(project: SmallProject) -> None:
    html = composed(project, accent="#abcdef")
    assert "  --cst-accent: #abcdef;\n" in html
    assert (
        '--cst-song: "CST Latin Serif", "CST Song", "CST Song Ext", "CST Song Rare", "CST Symbols";' in html
    )
    assert tokens_css(layout_of(project, "base")).startswith(":root {\n  --cst-")


def test_the_measure_is_counted_in_characters_of_running_text(project: SmallProject) -> None:
    assert "--cst-measure: 420pt;" in tokens_css(layout_of(project, "newsletter"))
    assert "--cst-measure: 441.0pt;" in tokens_css(layout_of(project, "base", measure="42em"))
    assert "--cst-measure: 90mm;" in tokens_css(layout_of(project, "newsletter", measure="90mm"))


# ── what goes wrong in a template ──


def test_a_name_that_is_not_there_is_told_with_file_and_line(project: SmallProject) -> None:
    found = the_error(with_template(project, "<p>\n{{ issue.titel }}\n"))
    assert found.code == "CST-L005"
    assert found.span is not None
    assert (found.span.file.path.name, found.span.line) == ("issue.html.j2", 2)
    assert "titel" in str(found.message)


def test_a_wrong_form_of_a_template_is_told_with_file_and_line(project: SmallProject) -> None:
    found = the_error(with_template(project, "<p>\n\n{% if %}\n"))
    assert found.code == "CST-L005"
    assert found.span is not None
    assert (found.span.file.path.name, found.span.line) == ("issue.html.j2", 3)


def test_a_template_that_is_not_there_is_told(project: SmallProject) -> None:
    found = the_error(with_template(project, '<p>\n{% include "blocks/nothing.html.j2" %}'))
    assert found.code == "CST-L005"
    assert "nothing.html.j2" in str(found.message)
    assert found.span is not None
    assert (found.span.file.path.name, found.span.line) == ("issue.html.j2", 2)


@pytest.mark.parametrize(
    "template",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ issue.__class__.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__.os }}",
        "{{ (1).__class__ }}",
        "{{ issue.blocks.__func__.__globals__ }}",
        "{{ words.update({'a': 'b'}) }}",
        "{{ tokens.clear() }}",
        "{{ articles.__class__.__base__.__subclasses__() }}",
    ],
)
def test_a_template_cannot_leave_its_sandbox(template: str, project: SmallProject) -> None:
    found = the_error(with_template(project, f"<p>\n{template}"))
    assert found.code == "CST-L005"
    assert found.span is not None
    assert (found.span.file.path.name, found.span.line) == ("issue.html.j2", 2)


@pytest.mark.parametrize(
    "template",
    [
        "{{ 1 / 0 }}",
        "{{ 'a' + 1 }}",
        "{{ issue.title.foo() }}",
        "{{ issue.number() }}",
        "{{ '%d' | format('a') }}",
        "{% for a in 5 %}{% endfor %}",
        "{{ range(10**9) | list }}",
    ],
)
def test_whatever_fails_in_a_template_is_told_as_the_templates_fault(
    template: str, project: SmallProject
) -> None:
    found = the_error(with_template(project, f"<p>\n{template}"))
    assert found.code == "CST-L005"
    assert found.span is not None
    assert (found.span.file.path.name, found.span.line) == ("issue.html.j2", 2)


@pytest.mark.parametrize(
    "template",
    [
        "{{ issue.folder.joinpath('found.txt').write_text('x') }}",
        "{{ (issue.folder / 'issue.yaml').unlink() }}",
        "{{ (issue.folder / 'issue.yaml').read_text() }}",
        "{{ issue.file.path.resolve().parent.mkdir() }}",
    ],
)
def test_a_template_reads_writes_and_deletes_no_files(template: str, project: SmallProject) -> None:
    found = the_error(with_template(project, template))
    assert found.code == "CST-L005"
    assert [path.name for path in (project.root / "issues" / "one").iterdir()] == ["issue.yaml"]


def test_a_template_that_includes_itself_is_told(project: SmallProject) -> None:
    assert the_error(with_template(project, '{% include "issue.html.j2" %}')).code == "CST-L005"


def test_a_template_that_is_not_utf8_is_told(project: SmallProject) -> None:
    project.layout("mine")
    project.write("layouts/mine/issue.html.j2", "中文".encode("gbk"))
    assert the_error(compose(issue_of(project), layout_of(project))).code == "CST-L005"


@pytest.mark.parametrize("path", ["../../issues/one/issue.yaml", "/etc/passwd", "base/../mine/layout.yaml"])
def test_a_template_includes_nothing_from_outside(path: str, project: SmallProject) -> None:
    assert the_error(with_template(project, "{% include '" + path + "' %}")).code == "CST-L005"


# ── what people typed ──


def test_what_people_typed_is_escaped(project: SmallProject) -> None:
    html = composed(
        project,
        ISSUE.replace("刊名", "<script>alert(1)</script>")
        .replace("单位", "'\"A\" & B'")
        .replace("正文。", "'甲 <x>乙</x> & \"丙\"'"),
    )
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "&#34;A&#34; &amp; B" in html
    assert "甲 &lt;x&gt;乙&lt;/x&gt; &amp;" in html


def test_a_link_to_a_script_is_no_link(project: SmallProject) -> None:
    assert "href" not in composed(project, body("[甲](javascript:alert(1))")).partition("<body>")[2].replace(
        'href="#a1"', ""
    )


def test_a_pictures_path_is_an_address(project: SmallProject) -> None:
    text = body("").replace(
        "body: |\n      \n", "body:\n      - figure: '图片/a b#1?%.png'\n        alt: '\"甲\"'\n"
    )
    html = composed(project, text)
    assert f'src="issue/{"%E5%9B%BE%E7%89%87"}/a%20b%231%3F%25.png"' in html
    assert 'alt="&#34;甲&#34;"' in html


# ── views ──


def test_headings_have_tags_below_the_articles_and_all_have_bookmarks(
    project: SmallProject,
) -> None:
    html = composed(project, body("# 甲\n\n## 乙\n\n### 丙"))
    assert re.findall(r"<(h\d) class=\"heading level-(\d)\"", html) == [("h3", "1"), ("h4", "2"), ("h5", "3")]
    assert re.findall(r'data-bookmark="(\d)"', html) == ["1", "2", "3", "4"]
    assert re.findall(r'class="entry level-(\d)"', html) == ["1", "2", "3"]


@pytest.mark.parametrize(("depth", "entries"), [("0", 0), ("1", 1), ("2", 2), ("3", 3), ("4", 4)])
def test_the_contents_are_as_deep_as_the_layout_says(depth: str, entries: int, project: SmallProject) -> None:
    html = composed(project, body("# 甲\n\n## 乙\n\n### 丙"), contents_depth=depth)
    assert len(re.findall(r'class="entry ', html)) == entries
    assert len(re.findall(r"data-bookmark=", html)) == 4


def test_every_entry_of_the_contents_leads_to_an_id(project: SmallProject) -> None:
    html = composed(project, SEED.read_text(encoding="utf-8"), "newsletter")
    targets = re.findall(r'<a href="#([^"]+)"', html)
    assert len(targets) == 4
    assert set(targets) <= set(re.findall(r'id="([^"]+)"', html))


def test_ids_are_unique_and_each_has_its_place(project: SmallProject) -> None:
    issue = issue_of(project, SEED.read_text(encoding="utf-8"))
    document = compose(issue, layout_of(project, "newsletter")).value
    assert document is not None
    ids = re.findall(r' id="([^"]+)"', document.html)
    assert len(ids) == len(set(ids))
    assert set(ids) == set(document.spans)


GROUP = """\
body:
      - figures:
          - {image: a.png, alt: 甲, caption: 乙, credit: 丙}
          - {image: b.png, alt: 丁}
"""


def test_a_keyed_group_has_marks_and_one_key(project: SmallProject) -> None:
    html = composed(project, ISSUE.replace("body: 正文。\n", GROUP + "        captions: keyed\n"))
    assert re.findall(r'figure-mark">(?:<span>)?([^<]+)<', html) == ["①", "②"]
    assert "<figcaption>" not in html
    key = re.sub(r"<[^>]+>|\n", "", html.partition('class="figure-key">')[2].partition("</p>")[0])
    assert key == "图 1：乙（丙）；图 2：丁。"


def test_the_marks_of_a_group_without_numbers_stand_in_its_key(project: SmallProject) -> None:
    keys = "        captions: keyed\n        numbered: false\n"
    html = composed(project, ISSUE.replace("body: 正文。\n", GROUP + keys))
    assert re.findall(r'key-label marked">([^<]+)<', html) == ["①", "②"]


def test_a_group_of_captions_each_has_them_below_its_pictures(project: SmallProject) -> None:
    html = composed(project, ISSUE.replace("body: 正文。\n", GROUP))
    captions = [re.sub(r"<[^>]+>", "", c) for c in re.findall(r"<figcaption>(.*?)</figcaption>", html)]
    assert captions == ["图 1乙（丙）"]  # without a caption there is no number
    assert "figure-key" not in html


def test_a_layout_may_set_the_captions_of_a_keyed_group_below_its_pictures(project: SmallProject) -> None:
    project.layout("mine", "title: mine\nextends: base\ntokens:\n  figure-captions: each\n")
    html = composed(project, ISSUE.replace("body: 正文。\n", GROUP + "        captions: keyed\n"), "mine")
    captions = [re.sub(r"<[^>]+>", "", c) for c in re.findall(r"<figcaption>(.*?)</figcaption>", html)]
    assert captions == ["图 1乙（丙）", "图 2"]  # the entries of a key are counted together
    assert "figure-key" not in html
    assert "figure-mark" not in html


def test_a_missing_picture_of_a_draft_is_a_gap_with_its_description(project: SmallProject) -> None:
    issue = issue_of(project, ISSUE.replace("body: 正文。\n", GROUP))
    document = compose(issue, layout_of(project, "base"), {"f2"}).value
    assert document is not None
    assert document.html.count("<img") == 1
    assert '<p class="missing-picture">缺图：丁</p>' in document.html


@pytest.mark.parametrize(
    ("language", "source"), [("zh-Hans", "（来源：甲）"), ("zh-Hant", "（來源：甲）"), ("en", "(Source: 甲)")]
)
def test_the_words_are_of_the_issues_language(language: str, source: str, project: SmallProject) -> None:
    html = composed(project, ISSUE.replace("zh-Hans", language) + "    source: 甲\n")
    assert f'<html lang="{language}" ' in html
    assert source in html


def test_composing_twice_gives_the_same(project: SmallProject) -> None:
    text = SEED.read_text(encoding="utf-8")
    assert composed(project, text, "newsletter") == composed(project, text, "newsletter")


def test_no_address_leads_out(project: SmallProject) -> None:
    html = composed(project, SEED.read_text(encoding="utf-8"), "newsletter")
    addresses = re.findall(r'(?:src|href)="([^"]+)"', html)
    assert all(re.match(r"issue/|layout/|#", address) for address in addresses)
    assert not re.search(str(Path.home()), html)


def test_a_template_that_is_a_link_is_refused_where_it_stands(project: SmallProject) -> None:
    project.write("secret.txt", "secret")
    folder = project.layout("mine")
    (folder / "blocks").mkdir()
    (folder / "blocks" / "prose.html.j2").symlink_to(project.root / "secret.txt")
    found = the_error(compose(issue_of(project), layout_of(project)))
    assert (found.code, found.subject) == ("CST-L005", str(folder / "blocks" / "prose.html.j2"))
    assert str(found.message) == "The template cannot be read: it is a symbolic link."


def test_a_folder_of_templates_that_is_a_link_is_refused(project: SmallProject) -> None:
    project.write("elsewhere/prose.html.j2", "secret")
    (project.layout("mine") / "blocks").symlink_to(project.root / "elsewhere")
    assert "it is a symbolic link" in str(the_error(compose(issue_of(project), layout_of(project))).message)


def test_a_template_that_is_a_pipe_is_refused(project: SmallProject) -> None:
    os.mkfifo(project.layout("mine") / "issue.html.j2")
    assert "regular file" in str(the_error(compose(issue_of(project), layout_of(project))).message)


# ── what no page can show, and what no two renders have in common ──


@pytest.mark.parametrize(
    "printed",
    [
        "{{ '\\ud800' }}",
        "{{ '%c'|format(57343) }}",
        "{% set half = '\\ud83d' %}\n<i class='{{ half }}'></i>",
        "{{ ['a']|map('upper') }}",
        "{{ joiner(',') }}",
    ],
)
def test_half_characters_and_objects_are_told_at_their_line(project: SmallProject, printed: str) -> None:
    found = the_error(with_template(project, f"<p>\n{printed}</p>"))
    assert (found.code, found.span.line if found.span else 0) == ("CST-L005", 2 + printed.count("\n"))


def test_what_looks_like_an_object_in_an_issue_is_text(project: SmallProject) -> None:
    assert "at 0x7f3c1d2e4a90" in composed(project, body("Python 说：object at 0x7f3c1d2e4a90"))


@pytest.mark.parametrize(
    ("printed", "name"), [("{{ [1, 2]|random }}", "random"), ("{{ lipsum() }}", "lipsum")]
)
def test_nothing_in_templates_is_left_to_chance(project: SmallProject, printed: str, name: str) -> None:
    found = the_error(with_template(project, printed))
    assert found.code == "CST-L005"
    assert f"“{name}”" in str(found.message)
