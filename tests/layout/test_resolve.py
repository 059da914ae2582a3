"""A layout's name to its chain of folders and its tokens' values."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from cstprint.diagnostics import Diagnostic, Result
from cstprint.layout.resolve import Layout, list_layouts, resolve_layout
from cstprint.project import builtin_folder
from cstprint.source import SourceFile, Span
from tests.support.projects import SmallProject

BUILT_IN = builtin_folder("layouts")

TOKENS = """\
title: Mine
tokens:
  colour: {type: color, default: '#123456', help: h}
  length: {type: length, default: 1.5pt, help: h}
  number: {type: number, default: 0.5, help: h}
  integer: {type: integer, default: 2, help: h}
  family: {type: family, default: '"A", serif', help: h}
  keyword: {type: keyword, default: left, help: h, choices: [left, right]}
"""


def resolve(
    project: SmallProject,
    name: str = "mine",
    settings: Mapping[str, str] | None = None,
    span: Span | None = None,
) -> Result[Layout]:
    return resolve_layout(name, [project.root / "layouts", BUILT_IN], settings or {}, span)


def layout_of(result: Result[Layout]) -> Layout:
    assert result.diagnostics == ()
    assert result.value is not None
    return result.value


def the_error(result: Result[Layout]) -> Diagnostic:
    assert result.value is None
    (found,) = result.diagnostics
    return found


def test_a_chain_has_the_first_ancestor_first(project: SmallProject) -> None:
    project.layout("mine", "title: M\nextends: newsletter\n")
    layout = layout_of(resolve(project))
    assert [part.name for part in layout.parts] == ["base", "newsletter", "mine"]
    assert layout.name == "mine"


def test_style_sheets_are_in_the_order_of_the_chain_and_may_be_absent(project: SmallProject) -> None:
    folder = project.layout("mine", blocks_css="p { color: red }")
    sheets = layout_of(resolve(project)).style_sheets()
    assert sheets == [BUILT_IN / "base/page.css", BUILT_IN / "base/blocks.css", folder / "blocks.css"]


def test_a_layout_of_the_project_stands_before_the_built_in_one_of_its_name(project: SmallProject) -> None:
    folder = project.layout("newsletter", "title: Ours\nextends: base\n")
    assert layout_of(resolve(project, "newsletter")).parts[-1].folder == folder


def test_a_childs_token_stands_over_its_parents(project: SmallProject) -> None:
    project.layout(
        "mine", "title: M\nextends: base\ntokens:\n  size: {type: length, default: 9pt, help: h}\n"
    )
    layout = layout_of(resolve(project))
    assert (layout.values["size"], layout.values["leading"]) == ("9pt", "18pt")


def test_a_plain_value_changes_an_inherited_token_and_keeps_the_rest(project: SmallProject) -> None:
    folder = project.layout("mine", "title: M\nextends: newsletter\ntokens: {accent: '#a00', size: 11pt}\n")
    layout = layout_of(resolve(project))
    inherited = layout_of(resolve(project, "newsletter")).tokens["accent"]
    accent = layout.tokens["accent"]
    assert (layout.values["accent"], layout.values["size"], layout.values["leading"]) == (
        "#a00",
        "11pt",
        "20pt",
    )
    assert (accent.type, accent.help) == (inherited.type, inherited.help)
    assert (accent.default.span.file.path, accent.default.span.line) == (folder / "layout.yaml", 3)


def test_a_grandchild_may_change_what_a_child_has_changed_or_declared(project: SmallProject) -> None:
    project.layout("one", TOKENS)
    project.layout("two", "title: T\nextends: one\ntokens: {length: 2pt, keyword: right}\n")
    project.layout("mine", "title: M\nextends: two\ntokens: {length: 3pt}\n")
    values = layout_of(resolve(project)).values
    assert (values["length"], values["keyword"]) == ("3pt", "right")


def test_tokens_with_nothing_but_notes_are_none(project: SmallProject) -> None:
    project.layout("mine", "title: M\nextends: base\ntokens:\n  # accent: '#a00'\n")
    assert layout_of(resolve(project)).values == layout_of(resolve(project, "base")).values


WRONG_VALUES = [
    ("  acent: '#a00'\n", "CST-L003", 4, 3, "Did you mean “accent”?"),
    ("  zzz: '#a00'\n", "CST-L003", 4, 3, "give its type, default and help"),
    ("  size: 12\n", "CST-L004", 4, 9, "a number and its unit without a space: 10.5pt"),
    ("  size: 12 pt\n", "CST-L004", 4, 9, "without a space"),
    ("  accent: red\n", "CST-L004", 4, 11, "'#17406d'"),
    ("  song: CST Song\n", "CST-L004", 4, 9, "each family in double quotes"),
    ("  contents-depth: '2pt'\n", "CST-L004", 4, 19, "a whole number"),
    ("  line-setting: clrq\n", "CST-L004", 4, 17, "Did you mean “clreq”?"),
    ("  accent: #a00\n", "CST-Y023", 4, 10, "A colour needs quotes"),
    ("  accent: [a]\n", "CST-Y022", 4, 11, "key: value"),
    ("  accent：'#a00'\n", "CST-Y022", 4, 3, "half-width colon"),
    ("  small: calc(var(--cst-sze) * 7 / 8)\n", "CST-L003", 4, 10, "Did you mean “size”?"),
    ("  small: calc(var(--cst-accent) * 2)\n", "CST-L004", 4, 10, "Refer to a token of the same type."),
    ("  small: calc(var(--cst-small) * 2)\n", "CST-L004", 4, 10, "Give one of them a plain value."),
    ("  small: calc(10pt; 2pt)\n", "CST-L004", 4, 10, "a number and its unit"),
    ("  small: calc((10pt)\n", "CST-L004", 4, 10, "a number and its unit"),
    ("  accent: calc(1 + 2)\n", "CST-L004", 4, 11, "'#17406d'"),
    ("  size: calc(var(--cst-small) * 2)\n", "CST-L004", 4, 9, "a number and its unit"),
    ("  leading: calc(var(--cst-size) * 2)\n", "CST-L004", 4, 12, "a number and its unit"),
    ("  paper-width: calc(100mm * 2)\n", "CST-L004", 4, 16, "a number and its unit"),
    ("\taccent: '#a00'\n", "CST-Y010", 4, 1, "YAML does not accept tabs"),
    ("  {accent: #a00}\n", "CST-Y010", 4, 12, "Put the colour in quotes"),
    ("  accent:'#a00'\n", "CST-Y022", 4, 3, "Put a space after the colon"),
]


@pytest.mark.parametrize(("line", "code", "row", "column", "hint"), WRONG_VALUES, ids=lambda v: str(v)[:20])
def test_a_wrong_plain_value_is_told_at_its_place_with_a_way_out(
    line: str, code: str, row: int, column: int, hint: str, project: SmallProject
) -> None:
    project.layout("mine", f"title: M\nextends: newsletter\ntokens:\n{line}")
    found = the_error(resolve(project))
    assert found.span is not None
    assert (found.code, found.span.line, found.span.column) == (code, row, column)
    assert hint in str(found.hint)


@pytest.mark.parametrize(
    ("token", "value"),
    [
        ("small", "calc(var(--cst-size) * 7 / 8)"),
        ("small", "calc((var(--cst-size) + 2pt) / 1.5)"),
        ("small", "var(--cst-size)"),
        ("quiet", "var(--cst-accent)"),
    ],
)
def test_a_token_may_be_worked_out_from_others(token: str, value: str, project: SmallProject) -> None:
    project.layout("mine", f"title: M\nextends: newsletter\ntokens:\n  {token}: {value}\n")
    assert layout_of(resolve(project)).values[token] == value


def test_a_setting_stands_over_all(project: SmallProject) -> None:
    project.layout("mine")
    layout = layout_of(resolve(project, settings={"accent": "#abcdef"}))
    assert layout.values["accent"] == "#abcdef"


def test_layouts_that_extend_each_other_in_a_circle_are_told(project: SmallProject) -> None:
    project.layout("mine", "title: M\nextends: other\n")
    other = project.layout("other", "title: O\nextends: mine\n")
    found = the_error(resolve(project))
    assert found.code == "CST-L002"
    assert "mine → other → mine" in str(found.message)
    assert found.span is not None
    assert (found.span.file.path, found.span.line, found.span.column) == (other / "layout.yaml", 2, 10)


def test_a_layout_that_extends_itself_is_told(project: SmallProject) -> None:
    project.layout("mine", "title: M\nextends: mine\n")
    assert the_error(resolve(project)).code == "CST-L002"


def test_an_unknown_layout_is_told_where_it_was_written_with_what_was_meant(project: SmallProject) -> None:
    span = Span.point(SourceFile(Path("issue.yaml"), "layout: newsleter\n"), 1, 9)
    found = the_error(resolve(project, "newsleter", span=span))
    assert (found.code, str(found.span)) == ("CST-L001", "issue.yaml:1:9")
    assert str(found.hint) == "Did you mean “newsletter”?"


@pytest.mark.parametrize(
    ("name", "way_out"),
    [
        ("layout.yml", "Rename layouts/mine/layout.yml to layout.yaml."),
        ("layuot.yaml", "Rename layouts/mine/layuot.yaml to layout.yaml."),
        ("page.css", "Its folder has no layout.yaml. The minimum is a line “title: mine”."),
    ],
)
def test_a_folder_without_its_layout_yaml_is_told_what_it_lacks(
    name: str, way_out: str, project: SmallProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.root)
    project.write(f"layouts/mine/{name}", "title: M\n")
    found = the_error(resolve(project))
    assert (found.code, str(found.hint)) == ("CST-L001", way_out)


def test_an_unknown_parent_is_told_in_the_childs_file(project: SmallProject) -> None:
    project.layout("mine", "title: M\nextends: bse\n")
    found = the_error(resolve(project))
    assert found.code == "CST-L001"
    assert found.span is not None
    assert (found.span.line, found.span.column) == (2, 10)
    assert "“base”" in str(found.hint)


@pytest.mark.parametrize("name", ["../base", "..", "", ".", "base/", "base/blocks", "/etc"])
def test_a_name_with_a_path_in_it_is_no_layout(name: str, project: SmallProject) -> None:
    assert the_error(resolve(project, name)).code == "CST-L001"


def test_an_unknown_token_is_told_with_what_was_meant(project: SmallProject) -> None:
    found = the_error(resolve(project, "base", {"acent": "#000000"}))
    assert (found.code, found.subject) == ("CST-L003", "--set")
    assert "“accent”" in str(found.hint)


@pytest.mark.parametrize(
    "token", ["contents-depth", "picture-dpi", "line-setting", "measure", "size", "picture-width"]
)
@pytest.mark.parametrize("parent", ["extends: base\n", ""])
def test_a_token_that_is_read_here_has_the_type_that_is_read(
    token: str, parent: str, project: SmallProject
) -> None:
    manifest = f"title: M\n{parent}tokens:\n  {token}: {{type: color, default: '#000', help: h}}\n"
    folder = project.layout("mine", manifest)
    found = the_error(resolve(project))
    assert found.code == "CST-L004"
    assert found.span is not None
    assert (found.span.file.path, found.span.line) == (folder / "layout.yaml", manifest.count("\n"))


def test_a_childs_token_has_the_type_of_its_parents(project: SmallProject) -> None:
    project.layout("one", "title: O\ntokens:\n  gap: {type: length, default: 9pt, help: h}\n")
    project.layout("mine", "title: M\nextends: one\ntokens:\n  gap: {type: number, default: 9, help: h}\n")
    assert "is of type length, not number" in str(the_error(resolve(project)).message)


def test_a_layout_without_the_token_has_no_contents(project: SmallProject) -> None:
    project.layout("mine", "title: M\n")
    assert layout_of(resolve(project)).integer("contents-depth") == 0


GOOD_VALUES = [
    *(("colour", value) for value in ("#fff", "#17406D", "transparent")),
    *(("length", value) for value in ("0", "12pt", "-1.5mm", "2em", "1in", "3q", "4cm", "5px")),
    *(("number", value) for value in ("0", "-1", "1.25")),
    *(("integer", value) for value in ("0", "-3", "12")),
    *(("family", value) for value in ('"CST Song"', '"A", "B", sans-serif')),
    ("keyword", "right"),
]
BAD_VALUES = [
    *(("colour", value) for value in ("red", "#12", "#12345g", "rgb(0,0,0)", "", "#fff;", "#fff\n")),
    *(("length", value) for value in ("12", "12 pt", "pt", "1.pt", "calc(1pt", "12pt; color: red", "１2pt")),
    *(("number", value) for value in ("", "1e3", "1,5", "½", "١", "9" * 400)),
    *(("integer", value) for value in ("1.0", "two", "１", "", "9" * 10, "9" * 5000)),
    *(("family", value) for value in ("CST Song", '"A" "B"', '"</style>"', '"A\\"', "serif")),
    *(("keyword", value) for value in ("centre", "Left", "")),
]


@pytest.mark.parametrize(("token", "value"), GOOD_VALUES)
def test_a_token_takes_values_of_its_type(token: str, value: str, project: SmallProject) -> None:
    project.layout("mine", TOKENS)
    assert layout_of(resolve(project, settings={token: value})).values[token] == value


@pytest.mark.parametrize(("token", "value"), BAD_VALUES)
def test_a_token_takes_no_other_value(token: str, value: str, project: SmallProject) -> None:
    project.layout("mine", TOKENS)
    found = the_error(resolve(project, settings={token: value}))
    assert (found.code, found.subject) == ("CST-L004", "--set")


def test_a_wrong_keyword_is_told_with_those_there_are(project: SmallProject) -> None:
    project.layout("mine", TOKENS)
    assert "left, right" in str(the_error(resolve(project, settings={"keyword": "centre"})).hint)


def test_all_wrong_settings_are_told_at_once(project: SmallProject) -> None:
    found = resolve(project, "base", {"zzz": "1", "size": "big", "accent": "#fff"}).diagnostics
    assert [d.code for d in found] == ["CST-L003", "CST-L004"]


TOKEN = "title: M\ntokens:\n  a: "


@pytest.mark.parametrize(
    ("manifest", "code", "line", "column"),
    [
        ("extends: base\n", "CST-Y021", 1, 1),
        ("titel: M\n", "CST-Y020", 1, 1),
        ("title: M\nfonts: CST Song\n", "CST-Y022", 2, 8),
        ("title: M\ntokens: [a]\n", "CST-Y022", 2, 9),
        (TOKEN + "1pt\n", "CST-L003", 3, 3),
        (TOKEN + "[1pt]\n", "CST-Y022", 3, 6),
        (TOKEN + "{type: lenght, default: 1pt, help: h}\n", "CST-Y032", 3, 13),
        (TOKEN + "{type: length, default: 1, help: h}\n", "CST-L004", 3, 30),
        (TOKEN + "{type: color, default: , help: h}\n", "CST-Y023", 3, 29),
        (TOKEN + "{type: length, default: 1pt}\n", "CST-Y021", 3, 6),
        (TOKEN + "{type: length, default: 1pt, halp: h}\n", "CST-Y020", 3, 35),
        ("title: M\nextends: base\nextends: base\n", "CST-Y016", 3, 1),
        ("title：M\n", "CST-Y022", 1, 1),
    ],
)
def test_an_error_in_layout_yaml_is_told_at_its_place(
    manifest: str, code: str, line: int, column: int, project: SmallProject
) -> None:
    project.layout("mine", manifest)
    found = the_error(resolve(project))
    assert found.span is not None
    assert (found.code, found.span.line, found.span.column) == (code, line, column)
    assert found.span.file.path.name == "layout.yaml"


@pytest.mark.parametrize("name", ["a b", "a:b", "a;b", "a}b", "a/b", "</style>", ""])
def test_a_token_whose_name_is_no_name_in_css_is_told(name: str, project: SmallProject) -> None:
    project.layout("mine", f"title: M\ntokens:\n  {name!r}: {{type: integer, default: 1, help: h}}\n")
    found = the_error(resolve(project))
    assert found.span is not None
    assert found.span.line == 3


def test_the_built_in_layouts_are_listed(project: SmallProject) -> None:
    project.layout("mine")
    project.write("layouts/notes/readme.txt", "no layout")
    listed = list_layouts([project.root / "layouts", BUILT_IN])
    assert {"base", "mine", "newsletter"} <= set(listed)
    assert "notes" not in listed


@pytest.mark.parametrize("name", list_layouts([BUILT_IN]))
def test_every_built_in_layout_resolves_and_names_only_fonts_there_are(name: str, tmp_path: Path) -> None:
    from cstprint.fonts import load_library

    layout = layout_of(resolve_layout(name, [BUILT_IN], {}))
    library = load_library([builtin_folder("fonts")], tmp_path).value
    assert library is not None
    assert set(layout.families) <= set(library.families)
    assert layout.style_sheets()


def test_a_layouts_folder_that_is_a_link_is_refused_where_it_was_named(project: SmallProject) -> None:
    project.layout("other").rename(project.root / "elsewhere")
    (project.root / "layouts" / "mine").symlink_to(project.root / "elsewhere")
    span = Span.point(SourceFile(Path("issue.yaml"), "layout: mine\n"), 1, 9)
    found = the_error(resolve(project, span=span))
    assert (found.code, str(found.span)) == ("CST-U013", "issue.yaml:1:9")


def test_a_layout_yaml_that_is_a_link_is_refused(project: SmallProject) -> None:
    manifest = project.layout("mine") / "layout.yaml"
    manifest.rename(project.root / "elsewhere.yaml")
    manifest.symlink_to(project.root / "elsewhere.yaml")
    assert the_error(resolve(project)).code == "CST-Y001"


def test_a_style_sheet_that_is_no_file_is_not_left_out(project: SmallProject) -> None:
    folder = project.layout("mine")
    os.mkfifo(folder / "page.css")
    (folder / "blocks.css").symlink_to("nowhere")
    assert layout_of(resolve(project)).style_sheets()[-2:] == [folder / "page.css", folder / "blocks.css"]


SIGNED = """\
title: Mine
tokens:
  above: {type: length, default: 1pt, help: h, sign: positive}
  least: {type: number, default: 0, help: h, sign: not-negative}
  any: {type: length, default: -1pt, help: h}
"""


def test_a_token_says_whether_it_may_be_zero_or_negative(project: SmallProject) -> None:
    project.layout("mine", SIGNED)
    for setting in ("above=0.1pt", "least=0", "least=2", "any=-5mm", "any=0"):
        name, _, value = setting.partition("=")
        assert layout_of(resolve(project, settings={name: value})).values[name] == value
    for setting in ("above=0", "above=0pt", "above=-5pt", "least=-0.1"):
        name, _, value = setting.partition("=")
        found = the_error(resolve(project, settings={name: value}))
        assert (found.code, str(found.message)) == ("CST-L004", f"The token {name} cannot be {value}.")


def test_a_child_cannot_give_a_value_that_its_parents_token_refuses(project: SmallProject) -> None:
    project.layout("mine", "title: M\nextends: base\ntokens:\n  leading: 0pt\n")
    found = the_error(resolve(project))
    assert (found.code, found.span.line if found.span else 0) == ("CST-L004", 4)


@pytest.mark.parametrize(
    "token", ["size", "leading", "measure", "lines", "paper-width", "small", "figure-height"]
)
def test_no_built_in_layout_takes_sizes_of_nothing(project: SmallProject, token: str) -> None:
    for value in ("0", "-5" if token == "lines" else "-5pt"):
        found = the_error(resolve(project, "base", {token: value}))
        assert found.code == "CST-L004"
