"""The import rules: which package may import which, which may print, how large a file may be."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import cstprint

SOURCE = Path(cstprint.__file__).resolve().parent

#: From bottom to top: a part may import what stands below its own row, and itself. Parts of one row do not
#: know each other.
LEVELS: tuple[tuple[str, ...], ...] = (
    ("languages", "source", "stack", "units", "version"),
    ("placement",),
    ("diagnostics", "temporary"),
    ("reading", "web"),
    ("font_file", "glyphs"),
    ("fonts", "pictures", "project", "output"),
    ("cjk", "css", "figures"),
    ("blocks",),
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
    "pyphen": {"languages"},
    "watchfiles": {"watching"},
    "click": {"cli"},
    "rich": {"cli"},
    "distributed": {"batch"},
    "http": {"web"},
    "ssl": {"web"},
}
#: The same for the folders and files of the engine. The catalogue of ``weasy`` names what stands above it as texts.
ENGINE_LEVELS: tuple[tuple[str, ...], ...] = (
    ("weasy",),
    ("lines", "messages", "speed"),
    ("blocks",),
    ("columns", "page_floats"),
    ("draw", "passes"),
    ("pages",),
    ("document",),
    ("paginate", "write"),
)
#: The folder that alone knows what WeasyPrint and pydyf keep to themselves, and what WeasyPrint exports.
PORT = "engine/weasy/"
EXPORTED = {"HTML", "CSS", "Document", "Page", "Attachment", "default_url_fetcher"}
#: The files that import WeasyPrint at their top: commands that lay out nothing must not reach them at the start.
IMPORT_WEASYPRINT_AT_ONCE: tuple[str, ...] = tuple(
    f"engine/weasy/{name}.py" for name in ("boxes", "css", "fetcher", "layout", "text")
)
#: How often ``Any`` stands in the source, import lines excepted; a number that only falls.
MOST_ANY = 149
MAX_FUNCTION_LINES, MAX_PARAMETERS = 50, 6
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


def test_a_file_imports_only_what_stands_below_it() -> None:
    parts = {name: part_of(name) for name in NAMES if name != f"{DOOR}.py"}
    strangers = {name: own_parts(imports(tree_of(name))) - may_import(part) for name, part in parts.items()}
    assert {name: found for name, found in strangers.items() if found} == {}


def test_heavy_packages_are_imported_by_the_part_that_keeps_them() -> None:
    for name in NAMES:
        packages = {module.partition(".")[0] for module in imports(tree_of(name))}
        strangers = {one for one in packages & KEPT_BY.keys() if part_of(name) not in KEPT_BY[one]}
        assert not strangers, name


def test_nothing_but_the_import_of_documents_knows_the_network() -> None:
    parts = {part_of(name) for name in NAMES if "web" in own_parts(imports(tree_of(name)))}
    assert parts <= {"importing", "cli"}


def inner_imports() -> dict[str, set[str]]:
    """The modules of cstprint that each of its files imports, wherever in it."""
    modules = {
        f"cstprint.{name.removesuffix('.py').removesuffix('/__init__').replace('/', '.')}": name
        for name in NAMES
    }
    return {
        module: ({found for found in imports(tree_of(name)) if found in modules} - {module})
        for module, name in modules.items()
    }


def test_no_files_import_each_other_in_a_circle() -> None:
    waiting = inner_imports()
    while ready := {module for module, needs in waiting.items() if not needs}:
        waiting = {module: needs - ready for module, needs in waiting.items() if module not in ready}
    assert waiting == {}


def engine_part(name: str) -> str:
    return Path(name).relative_to("engine").parts[0].removesuffix(".py")


def test_a_part_of_the_engine_imports_only_what_stands_below_it() -> None:
    for name in NAMES:
        if not name.startswith("engine/") or name == f"engine/{DOOR}.py":
            continue
        part = engine_part(name)
        row = next(number for number, level in enumerate(ENGINE_LEVELS) if part in level)
        below = {one for level in ENGINE_LEVELS[:row] for one in level}
        used = {
            found.split(".")[2] for found in imports(tree_of(name)) if found.startswith("cstprint.engine.")
        }
        assert used <= below | {part}, name


def test_only_the_port_knows_what_weasyprint_keeps_to_itself() -> None:
    for name in NAMES:
        if name.startswith(PORT):
            continue
        for node in ast.walk(tree_of(name)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "weasyprint":
                assert node.module == "weasyprint", f"{name}:{node.lineno}"
                assert {alias.name for alias in node.names} <= EXPORTED, f"{name}:{node.lineno}"
            elif isinstance(node, ast.Import):
                assert not [one.name for one in node.names if one.name.startswith("weasyprint.")], name
        if not name.startswith("pdf/"):
            assert "pydyf" not in {module.partition(".")[0] for module in imports(tree_of(name))}, name


def test_languages_are_named_in_one_package() -> None:
    # The command chooses the language of messages, the import guesses that of a text.
    may_name = ("languages", "cli", "importing")
    tag = re.compile(r"(zh|en|ja|ko|yue)([-_]\w+)?", re.IGNORECASE)
    for name in (one for one in NAMES if part_of(one) not in may_name):
        texts = (node.value for node in ast.walk(tree_of(name)) if isinstance(node, ast.Constant))
        assert not [text for text in texts if isinstance(text, str) and tag.fullmatch(text)], name


def test_any_stands_in_few_places() -> None:
    lines = (line for name in NAMES for line in (SOURCE / name).read_text("utf-8").splitlines())
    found = sum(
        len(re.findall(r"\bAny\b", line)) for line in lines if not re.match(r"\s*(from|import)\b", line)
    )
    assert found <= MOST_ANY


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_a_function_can_be_read_without_scrolling() -> None:
    for name in NAMES:
        for one in functions(tree_of(name)):
            assert (one.end_lineno or 0) - one.lineno < MAX_FUNCTION_LINES, f"{name}: {one.name}"
            given = [*one.args.posonlyargs, *one.args.args, *one.args.kwonlyargs]
            parameters = [argument for argument in given if argument.arg not in ("self", "cls")]
            is_command = any("click.command" in ast.unparse(one) for one in one.decorator_list)
            assert is_command or len(parameters) <= MAX_PARAMETERS, f"{name}: {one.name}"


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


def test_nobody_prints_but_the_reporter() -> None:
    printing = ("print", "click.echo", "click.secho", "sys.stdout.write", "sys.stderr.write")
    printed = [
        f"{name}:{node.lineno}"
        for name in NAMES
        for node in ast.walk(tree_of(name))
        if name != PRINTS and isinstance(node, ast.Call) and ast.unparse(node.func) in printing
    ]
    assert printed == []


def test_a_file_stays_readable_in_one_sitting() -> None:
    lengths = {name: len((SOURCE / name).read_text("utf-8").splitlines()) for name in NAMES}
    assert {name: length for name, length in lengths.items() if length >= MAX_LINES} == {}


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
