"""The catalogues of translations: what is to be translated, collected from the sources, merged and compiled.

``python -m tests.support.catalogues`` (``make messages``) brings ``cstprint.po`` up to date with the sources,
compiles ``cstprint.mo`` beside it, and names what still wants a translation.
"""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter

import click
from babel.messages import pofile
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "cstprint"
LOCALE = "zh_CN"
CATALOGUE = PACKAGE / "locale" / LOCALE / "LC_MESSAGES" / "cstprint.po"
COMPILED = CATALOGUE.with_suffix(".mo")

#: Table of `reading/validate.py` whose rows are code, message, hint.
TABLE = "_SAYINGS"
#: Functions whose first argument is a template.
MARKERS = ("msg", "_", "Message")
#: Calls that may get their template from elsewhere: `msg` where it reads the table above, and `Message`,
#: which puts values into a template that `msg` has marked, or carries a description of both languages.
INDIRECT = {("reading/validate.py", "msg")}

#: click's own sentences. click looks them up in the text domain of the process, which `cli/language.py` sets to
#: ours, so they have to be in our catalogue. Here are those that our commands can bring up: help, a wrong
#: command, option, argument or value. Singular and plural where click asks for both.
CLICK: tuple[str | tuple[str, str], ...] = (
    "Usage:",
    "Options",
    "Commands",
    "Show this message and exit.",
    "default: {default}",
    "path",
    "Error: {message}",
    "Try '{command} {option}' for help.",
    "Missing command.",
    "Missing argument",
    "Missing option",
    "No such command {name!r}.",
    "No such option {name!r}.",
    ("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    ("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    ("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    "Option {name!r} does not take a value.",
    "Invalid value: {message}",
    "Invalid value for {param_hint}: {message}",
    ("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    "{name} {filename!r} is not readable.",
)

#: The head of the catalogue: nothing in it changes from run to run or with babel's version.
_HEADERS = (
    f"Language: {LOCALE}",
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: 8bit",
    "Plural-Forms: nplurals=1; plural=0;",
)
_COMMENT = (
    "# What cstprint says, in Chinese. `make messages` collects the sentences and compiles this file.\n"
)


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence to translate, its plural if it has one, and the files that say it."""

    singular: str
    plural: str | None
    files: tuple[str, ...]

    @property
    def is_clicks(self) -> bool:
        """Whether only click says it."""
        return self.files == ("click",)

    @property
    def places(self) -> frozenset[str]:
        """The names between braces, of the plural too."""
        return places(self.singular) | places(self.plural or "")


def places(template: str) -> frozenset[str]:
    """Return the names between braces."""
    return frozenset(
        name for _text, name, _form, _conversion in Formatter().parse(template) if name is not None
    )


def templates() -> list[Template]:
    """Return all that is to be translated: ours by file, then click's, without doubles."""
    found: dict[str, set[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        for text in texts(ast.parse(path.read_text("utf-8")), name):
            found.setdefault(text, set()).add(name)
    plurals: dict[str, str | None] = dict.fromkeys(found)
    for sentence in CLICK:
        singular, plural = (sentence, None) if isinstance(sentence, str) else sentence
        found.setdefault(singular, set()).add("click")
        plurals[singular] = plural
    collected = [Template(text, plurals[text], tuple(sorted(files))) for text, files in found.items()]
    return sorted(collected, key=lambda template: (template.is_clicks, template.files[0], template.singular))


def texts(tree: ast.AST, name: str) -> Iterator[str]:
    """Yield the templates of one source file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _marked(node, name)
            yield from (english for english, _ in _described(node))
        elif isinstance(node, ast.AnnAssign | ast.Assign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(target, ast.Name) and target.id == TABLE for target in targets):
                assert isinstance(node.value, ast.Dict), f"{name}: {TABLE} is no longer a plain table"
                for row in node.value.values:
                    assert isinstance(row, ast.Tuple)
                    yield from filter(None, (_literal(cell) for cell in row.elts[1:]))


def _marked(call: ast.Call, name: str) -> Iterator[str]:
    marker = call.func.id if isinstance(call.func, ast.Name) else None
    if marker not in MARKERS or not call.args:
        return
    text = _literal(call.args[0])
    if text:
        yield text
    elif marker != "Message" and (name, marker) not in INDIRECT:
        raise ValueError(f"{name}:{call.lineno}: {marker}(…) wants a literal, or nobody can translate it")


def _described(call: ast.Call) -> Iterator[tuple[str, str]]:
    """Yield English and Chinese of a key's description, which has both: “中文 · English”."""
    if isinstance(call.func, ast.Name) and call.func.id == "Field":
        for keyword in call.keywords:
            name = keyword.value.id if isinstance(keyword.value, ast.Name) else ""
            chinese, dot, english = (_constants().get(name) or _literal(keyword.value) or "").rpartition(
                " · "
            )
            if keyword.arg == "description" and dot:
                yield english, chinese


@cache
def _constants() -> dict[str, str]:
    """Return the descriptions that are constants of the sources, by their names: several keys share them."""
    trees = [ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py"))]
    assigned = (node for tree in trees for node in tree.body if isinstance(node, ast.Assign))
    return {
        target.id: text
        for node in assigned
        for target in node.targets
        if isinstance(target, ast.Name) and " · " in (text := _literal(node.value) or "")
    }


def descriptions() -> dict[str, str]:
    """Return English → Chinese of all descriptions of keys: they bring their translation with them."""
    trees = (ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py")))
    calls = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call))
    return dict(pair for call in calls for pair in _described(call))


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def click_literals() -> frozenset[str]:
    """Return every string literal of the installed click."""
    folder = Path(click.__file__).parent
    return frozenset(
        node.value
        for path in folder.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def codes_in_source() -> set[str]:
    """Return the code of every finding that the sources can tell."""
    return {
        node.value
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"CST-[A-Z][0-9]{3}", node.value)
    }


def translations() -> dict[str, str]:
    """Return template → Chinese as the catalogue has them; an empty string where there is none."""
    if not CATALOGUE.is_file():
        return {}
    with CATALOGUE.open("rb") as stream:
        catalogue = pofile.read_po(stream, locale=LOCALE)
    found = {}
    for message in catalogue:
        key, text = (
            value if isinstance(value, str) else (value or ("",))[0] for value in (message.id, message.string)
        )
        if key:
            found[key] = text
    return found


def catalogue_text(known: Mapping[str, str]) -> bytes:
    """Return the catalogue with the templates of the sources and the translations of them that are known."""
    catalogue = Catalog(locale=LOCALE)
    for template in templates():
        translation = known.get(template.singular, "")
        catalogue.add(
            template.singular if template.plural is None else (template.singular, template.plural),
            translation if template.plural is None else (translation,),
            locations=[(file, 0) for file in template.files],
        )
    stream = io.BytesIO()
    pofile.write_po(stream, catalogue, width=0, omit_header=True, include_lineno=False)
    head = _COMMENT + 'msgid ""\nmsgstr ""\n' + "".join(f'"{line}\\n"\n' for line in _HEADERS)
    return head.encode() + b"\n" + stream.getvalue().rstrip(b"\n") + b"\n"


def compiled(text: bytes) -> bytes:
    """Return the ``.mo`` of a catalogue: the same bytes whenever and wherever it is made."""
    catalogue = _WithFixedHeaders(locale=LOCALE)
    for message in pofile.read_po(io.BytesIO(text), locale=LOCALE):
        if message.id:
            catalogue.add(message.id, message.string)
    stream = io.BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


class _WithFixedHeaders(Catalog):
    """A catalogue without the dates and versions that babel writes into its head."""

    mime_headers = property(lambda self: [tuple(line.split(": ", 1)) for line in _HEADERS])  # noqa: ARG005


def main() -> None:
    """Bring the catalogue up to date and compile it."""
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    text = catalogue_text({**translations(), **descriptions()})
    CATALOGUE.write_bytes(text)
    COMPILED.write_bytes(compiled(text))
    missing = [template for template, translation in translations().items() if not translation]
    print(f"{len(templates())} sentences, {len(missing)} without a translation")
    for template in missing:
        print(f"  {template}")


if __name__ == "__main__":
    main()
