"""The walls of the house: who may import whom, who may print, how large a file may be."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import cstprint

SOURCE = Path(cstprint.__file__).resolve().parent

#: From bottom to top: a part may import what stands below its own row, and itself. Parts of one row do not
#: know each other.
LEVELS: tuple[tuple[str, ...], ...] = (
    ("source", "stack", "units", "version"),
    ("placement",),
    ("diagnostics", "temporary"),
    ("reading", "web"),
    ("font_file", "glyphs"),
    ("fonts", "pictures", "project", "output"),
    ("cjk", "css", "figures"),
    ("issue", "layout"),
    ("html", "importing"),
    ("engine", "pdf"),
    ("job", "watching"),
    ("check", "provenance"),
    ("rendering",),
    ("worker",),
    ("batch",),
    ("cli",),
    ("__main__",),
)
#: Parts that may import less than their row allows.
NARROWER: dict[str, set[str]] = {"pdf": {"version", "diagnostics", "units"}, "placement": {"units"}}
#: The package itself opens doors lazily; its imports are held by the test of public names.
DOOR = "__init__"

#: Third-party package → the parts that may import it: one, but for the objects that WeasyPrint hands on to be finished.
KEPT_BY: dict[str, set[str]] = {
    "weasyprint": {"engine"},
    "pydyf": {"engine", "pdf"},
    "pypdf": {"pdf"},
    "pypdfium2": {"pdf"},
    "watchfiles": {"watching"},
    "click": {"cli"},
    "rich": {"cli"},
    "distributed": {"batch"},
    "http": {"web"},
    "ssl": {"web"},
}
#: The files, or folders with a slash, that may import WeasyPrint when they are themselves imported.
IMPORT_WEASYPRINT_AT_ONCE: tuple[str, ...] = (
    "engine/weasy/fetcher.py",
    "engine/lines/",
    "engine/passes/page_numbers.py",
    "engine/speed/styles.py",
    "engine/passes/integrity.py",
)
#: The one module that may print.
PRINTS = "cli/report.py"
MAX_LINES = 400

FILES = sorted(SOURCE.rglob("*.py"))
NAMES = [str(path.relative_to(SOURCE)) for path in FILES]


def part_of(name: str) -> str:
    """The part of the package that a file belongs to."""
    return Path(name).parts[0].removesuffix(".py")


@cache
def tree_of(name: str) -> ast.Module:
    return ast.parse((SOURCE / name).read_text(encoding="utf-8"))


def imports(node: ast.AST) -> Iterator[str]:
    """The modules that a tree imports, wherever in it."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Import):
            yield from (alias.name for alias in inner.names)
        elif isinstance(inner, ast.ImportFrom):
            assert inner.level == 0, f"line {inner.lineno}: imports are absolute"
            yield inner.module or ""
            yield from (f"{inner.module}.{alias.name}" for alias in inner.names)


def imports_at_once(tree: ast.Module) -> Iterator[str]:
    """The modules that are imported as soon as the module is: not those in functions or for types only."""
    for node in tree.body:
        for_types = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        if not for_types and not isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield from imports(node)


def own_parts(names: Iterator[str]) -> set[str]:
    """The parts of cstprint among imported modules."""
    return {name.split(".")[1] for name in names if name.startswith("cstprint.")}


def may_import(part: str) -> set[str]:
    row = next(number for number, level in enumerate(LEVELS) if part in level)
    below = {name for level in LEVELS[:row] for name in level}
    return NARROWER.get(part, below) | {part}


def test_every_file_belongs_to_a_level() -> None:
    known = {part for level in LEVELS for part in level} | {DOOR}
    assert {part_of(name) for name in NAMES} <= known


@pytest.mark.parametrize("name", [name for name in NAMES if name != f"{DOOR}.py"])
def test_a_file_imports_only_what_stands_below_it(name: str) -> None:
    assert own_parts(imports(tree_of(name))) <= may_import(part_of(name))


@pytest.mark.parametrize("name", NAMES)
def test_heavy_packages_are_imported_by_the_part_that_keeps_them(name: str) -> None:
    packages = {module.partition(".")[0] for module in imports(tree_of(name))}
    strangers = {package for package in packages & KEPT_BY.keys() if part_of(name) not in KEPT_BY[package]}
    assert not strangers


@pytest.mark.parametrize("name", NAMES)
def test_nothing_but_the_import_of_documents_knows_the_network(name: str) -> None:
    if "web" in own_parts(imports(tree_of(name))):
        assert part_of(name) in {"importing", "cli"}


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith(IMPORT_WEASYPRINT_AT_ONCE)])
def test_weasyprint_is_imported_inside_functions(name: str) -> None:
    assert "weasyprint" not in {module.partition(".")[0] for module in imports_at_once(tree_of(name))}


def test_nothing_that_is_imported_at_the_start_imports_weasyprint() -> None:
    start = ["cstprint.cli", "cstprint.cli.command", "cstprint.cli.language", "cstprint.cli.report"]
    start += [
        f"cstprint.cli.{name}"
        for name in ("render", "batch", "new", "schema", "layouts", "fonts", "explain", "doctor")
    ]
    reached: set[str] = set()
    while start:
        module = start.pop()
        file = module.removeprefix("cstprint").replace(".", "/").strip("/")
        name = next((n for n in (f"{file}.py", f"{file}/__init__.py".strip("/")) if n in NAMES), None)
        if name and name not in reached:
            reached.add(name)
            start += [found for found in imports_at_once(tree_of(name)) if found.startswith("cstprint.")]
    assert "cli/render.py" in reached
    assert not [name for name in reached if name.startswith(IMPORT_WEASYPRINT_AT_ONCE)]


@pytest.mark.parametrize("name", [name for name in NAMES if name != PRINTS])
def test_nobody_prints_but_the_reporter(name: str) -> None:
    calls = [node for node in ast.walk(tree_of(name)) if isinstance(node, ast.Call)]
    printed = [
        node.lineno
        for node in calls
        if ast.unparse(node.func)
        in ("print", "click.echo", "click.secho", "sys.stdout.write", "sys.stderr.write")
    ]
    assert printed == []


@pytest.mark.parametrize("name", NAMES)
def test_a_file_stays_readable_in_one_sitting(name: str) -> None:
    assert len((SOURCE / name).read_text(encoding="utf-8").splitlines()) < MAX_LINES


def test_the_public_names_are_these_and_can_be_imported() -> None:
    assert cstprint.__all__ == [
        "CstprintError",
        "Diagnostic",
        "InternalError",
        "Project",
        "RenderOptions",
        "Rendering",
        "Result",
        "Severity",
        "UsageError",
        "__version__",
        "find_project",
        "open_project",
        "prepare",
        "render",
    ]
    for name in cstprint.__all__:
        assert getattr(cstprint, name) is not None


def test_a_name_that_is_not_public_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'publish'"):
        _ = cstprint.publish
