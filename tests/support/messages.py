"""All messages in one file: their codes, the English and the Chinese text, so that a change can be read as a whole.

``python -m tests.support.messages`` writes ``tests/data/messages.txt``; ``make messages`` does so, too.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.support.catalogues import PACKAGE, descriptions, templates, texts, translations

SNAPSHOT = Path(__file__).resolve().parents[1] / "data" / "messages.txt"
_CODE = re.compile(r"CST-[A-Z]\d{3}")
_HEAD = """\
# Every message: the codes of the diagnostics that have it, English, Chinese. `make messages` writes this file.
# A message without a code is a part of others, of the help, or of what a command prints.
"""


def codes_of_messages(tree: ast.Module, name: str) -> dict[str, set[str]]:
    """Return template → codes, as near as the source has them.

    They are those of the call that has the template, or the constant that holds it; else those in the function that is
    called with it; else those in the function around it.
    """
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    inside = {function.name: set(_codes_in(function)) for function in functions}
    held = _held_by_constants(tree, name)
    found: dict[str, set[str]] = {}
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        codes = set(_codes_in(*call.args[:1]))
        if not codes and isinstance(call.func, ast.Name):
            codes = inside.get(call.func.id, set())
        if codes:
            used = {node.id for node in ast.walk(call) if isinstance(node, ast.Name)}
            for text in {*texts(call, name), *(text for one in used for text in held.get(one, ()))}:
                found.setdefault(text, set()).update(codes)
    for function in functions:
        for text in set(texts(function, name)) - found.keys():
            found[text] = inside[function.name]
    return found


def _held_by_constants(tree: ast.Module, name: str) -> dict[str, set[str]]:
    """Return the templates in each constant of a module."""
    held = {}
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                if isinstance(target, ast.Name):
                    held[target.id] = set(texts(node, name))
    return held


def _codes_in(*trees: ast.AST) -> Iterator[str]:
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _CODE.fullmatch(node.value):
                yield node.value


def snapshot() -> str:
    """Return the messages by the first file that has them, in the order of their English texts."""
    codes: dict[str, set[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        for text, its in codes_of_messages(ast.parse(path.read_text("utf-8")), name).items():
            codes.setdefault(text, set()).update(its)
    chinese, described = translations(), descriptions()
    parts, file = [_HEAD], ""
    for template in templates():
        if template.is_clicks or template.singular in described:
            continue
        if template.files[0] != file:
            file = template.files[0]
            parts.append(f"## {file}\n")
        first = " ".join(sorted(codes.get(template.singular, ()))) or "-"
        parts.append(
            "\n".join((first, _indented(template.singular), _indented(chinese[template.singular]), ""))
        )
    return "\n".join(parts)


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.split("\n"))


def main() -> None:
    """Write the snapshot."""
    SNAPSHOT.write_text(snapshot(), encoding="utf-8")


if __name__ == "__main__":
    main()
