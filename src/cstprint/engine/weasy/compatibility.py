"""Whether the installed WeasyPrint is the one that the catalogue was written for, function by function.

``known.json`` has a fingerprint of each function and class that the catalogue names: the SHA-256 of its source
without comments, docstrings and blank lines, and its parameters; and the layout of each struct of Pango and HarfBuzz
that is read. Files whose bytes are known are not looked into.
"""

from __future__ import annotations

import ast
import hashlib
import inspect
import io
import json
import textwrap
import tokenize
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from types import FunctionType, ModuleType
from typing import TypedDict

from cstprint.diagnostics import Diagnostics, Message, error, msg, warning
from cstprint.engine.weasy import catalogue
from cstprint.engine.weasy.environment import load_weasyprint
from cstprint.engine.weasy.patch import Feature, Phase, place_of

KNOWN = Path(__file__).with_name("known.json")
#: The packages whose functions are compared; those of Python itself are not.
PACKAGES = ("weasyprint", "pydyf")


class Fingerprint(TypedDict):
    """A function or class: the hash of its source, and its parameters."""

    source: str
    parameters: list[str]


class Known(TypedDict):
    """What is known of the WeasyPrint that the catalogue was written for."""

    versions: dict[str, str]
    #: Path below the packages' folder → SHA-256 of a file that has something of the catalogue.
    files: dict[str, str]
    functions: dict[str, Fingerprint]
    #: Type → its fields with their offsets in bytes.
    structs: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Change:
    """A function, class or struct that is not as it is known, and how it differs."""

    target: str
    how: Message
    #: Whether it is not there any more.
    is_gone: bool = False

    @property
    def message(self) -> Message:
        """What is reported of it."""
        return msg("{target} ({how})", target=self.target.removeprefix("weasyprint."), how=self.how)


def known() -> Known:
    """Return what ``known.json`` has."""
    found: Known = json.loads(KNOWN.read_text("utf-8"))
    return found


def targets_of(feature: Feature) -> Iterator[str]:
    """Yield the functions and classes that a feature replaces or needs."""
    for target in (*(one.target for one in feature.replaces), *feature.needs):
        if target.partition(":")[0].partition(".")[0] in PACKAGES:
            yield target


def compared(features: Iterable[Feature], expected: Known) -> dict[Feature, tuple[Change, ...]]:
    """Return what differs from ``expected``, by the features that it concerns."""
    same = {path for path, hashed in expected["files"].items() if _hash_of_file(path) == hashed}
    found: dict[Feature, tuple[Change, ...]] = {}
    for feature in features:
        changes = [change for target in targets_of(feature) if (change := _compared(target, expected, same))]
        changes += [change for struct in feature.structs if (change := _struct_compared(struct, expected))]
        if changes:
            found[feature] = tuple(changes)
    return found


@cache
def changes() -> dict[Feature, tuple[Change, ...]]:
    """Return what of the installed WeasyPrint is not as the catalogue knows it, by the features that it concerns."""
    load_weasyprint()
    expected = known()
    if all(_hash_of_file(path) == hashed for path, hashed in expected["files"].items()):
        return {}
    return compared(catalogue.FEATURES, expected)


def features_of(*phases: Phase) -> tuple[Feature, ...]:
    """Return the features of phases that fit the installed WeasyPrint, in the order of the catalogue.

    That is all of them, unless stock lines were asked for under a WeasyPrint that is not known.
    """
    unfit = changes()
    return tuple(
        feature for feature in catalogue.FEATURES if feature.phase in phases and feature not in unfit
    )


def unknown_weasyprint(*, stock_lines: bool = False) -> Diagnostics:
    """Return an error where the installed WeasyPrint is not the one that the catalogue was written for.

    An archive must not fall back to other pages without a word. With ``stock_lines`` the features that do not fit
    are left out, unless the claim of PDF/UA-1 needs one of them.
    """
    unfit = changes()
    vital = any(feature.essential or _lacks(feature, group) for feature, group in unfit.items())
    if not unfit or (stock_lines and not vital):
        return ()
    message = msg(
        "This WeasyPrint ({version}) differs where cstprint depends on it: {changes}. This concerns: {features}.",
        version=installed_version(),
        changes=tuple(dict.fromkeys(change.message for group in unfit.values() for change in group)),
        features=tuple(feature.name for feature in unfit),
    )
    wanted = known()["versions"]["weasyprint"]
    hint = msg("Install WeasyPrint {version}.", version=wanted)
    if not vital:
        hint = msg(
            "Install WeasyPrint {version}, or render without these parts and with WeasyPrint's own lines: "
            "--set line-setting=stock.",
            version=wanted,
        )
    return (error("CST-E005", message, subject="WeasyPrint", hint=hint),)


def _lacks(feature: Feature, changes: Iterable[Change]) -> bool:
    """Whether something that the feature calls is gone: code that other features share cannot be imported."""
    return any(change.is_gone and change.target in feature.needs for change in changes)


def left_out() -> Diagnostics:
    """Return a warning that names what was left out because it does not fit the installed WeasyPrint."""
    unfit = changes()
    if not unfit:
        return ()
    message = msg(
        "Left out, as they do not fit WeasyPrint {version}: {features}.",
        version=installed_version(),
        features=tuple(feature.name for feature in unfit),
    )
    hint = msg("Look at each page, and check the PDF with veraPDF before it is kept.")
    return (warning("CST-E022", message, subject="WeasyPrint", hint=hint),)


def described(features: Iterable[Feature]) -> Known:
    """Return what the installed WeasyPrint is: the content of ``known.json`` after it has been accepted."""
    load_weasyprint()
    features = tuple(features)
    targets = sorted({target for feature in features for target in targets_of(feature)})
    structs = sorted({struct for feature in features for struct in feature.structs})
    files = {path for target in targets for path in _files_of(target)}
    if structs:
        files.add("weasyprint/text/ffi.py")
    return {
        "versions": {package: str(import_module(package).__version__) for package in PACKAGES},
        "files": {path: _hash_of_file(path) for path in sorted(files)},
        "functions": {target: fingerprint(target) for target in targets},
        "structs": {struct: _fields(struct) for struct in structs},
    }


def fingerprint(target: str) -> Fingerprint:
    """Return the fingerprint of a function, property or class; raises ``LookupError`` where there is none."""
    try:
        holder, name = place_of(target)
    except (ImportError, AttributeError) as exception:
        raise LookupError(target) from exception
    found = _function(inspect.getattr_static(holder, name))
    if isinstance(found, ModuleType):
        return {"source": "", "parameters": []}
    try:
        source = _normal(inspect.getsource(found))
    except (OSError, SyntaxError) as exception:
        raise LookupError(target) from exception
    parameters = list(inspect.signature(found).parameters) if isinstance(found, FunctionType) else []
    return {"source": hashlib.sha256(source.encode()).hexdigest()[:32], "parameters": parameters}


def _function(found: object) -> type | FunctionType | ModuleType:
    """Return the class or function under a property, a static method, a decorator."""
    if isinstance(found, property):
        found = found.fget
    elif isinstance(found, (staticmethod, classmethod)):
        found = found.__func__
    elif isinstance(found, cached_property):
        found = found.func
    plain = inspect.unwrap(found) if callable(found) else found
    if isinstance(plain, (type, FunctionType, ModuleType)):
        return plain
    raise LookupError(repr(found))


def _compared(target: str, expected: Known, same: set[str]) -> Change | None:
    """Return how a target differs from what is expected; ``same`` are the files whose bytes are known."""
    wanted = expected["functions"].get(target)
    try:
        if wanted and same.issuperset(_files_of(target)):
            return None
        found = fingerprint(target)
    except (LookupError, ImportError, AttributeError):
        return Change(target, msg("it is not there"), is_gone=True)
    if wanted is None:
        return Change(target, msg("it is not known"))
    if found["parameters"] != wanted["parameters"]:
        old, new = (", ".join(one["parameters"]) for one in (wanted, found))
        return Change(target, msg("its parameters were {old} and are {new}", old=old, new=new))
    return None if found == wanted else Change(target, msg("its code has changed"))


def _struct_compared(struct: str, expected: Known) -> Change | None:
    return (
        None
        if _fields(struct) == expected["structs"].get(struct)
        else Change(struct, msg("its fields have changed"))
    )


def _fields(struct: str) -> list[str]:
    """Return the fields of a struct with their offsets, as cffi knows them; none where the type is unknown."""
    from weasyprint.text.ffi import ffi

    try:
        fields = ffi.typeof(struct).fields or ()
    except ffi.error:
        return []
    return [f"{name} {field.offset} {field.type.cname}" for name, field in fields]


def _normal(source: str) -> str:
    """Return source without comments, docstrings and blank lines: the same under all versions of Python."""
    source = textwrap.dedent(source)
    lines = source.splitlines()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            row, column = token.start
            lines[row - 1] = lines[row - 1][:column]
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, (ast.FunctionDef, ast.ClassDef))
            and ast.get_docstring(node, clean=False) is not None
        ):
            first = node.body[0]
            for row in range(first.lineno, (first.end_lineno or first.lineno) + 1):
                lines[row - 1] = ""
    return "\n".join(line.rstrip() for line in lines if line.strip())


def _files_of(target: str) -> Iterator[str]:
    """Yield the file that a target is looked up in, and the one that it is defined in."""
    holder, name = place_of(target)
    found = _function(inspect.getattr_static(holder, name))
    modules = {target.partition(":")[0]}
    if not isinstance(found, ModuleType):
        modules.add(found.__module__)
    for module in modules:
        path = Path(str(import_module(module).__file__))
        package = Path(str(import_module(module.partition(".")[0]).__file__)).parent
        yield path.relative_to(package.parent).as_posix()


def _hash_of_file(path: str) -> str:
    package, _, inner = path.partition("/")
    folder = Path(str(import_module(package).__file__)).parent
    try:
        return hashlib.sha256((folder / inner).read_bytes()).hexdigest()
    except OSError:
        return ""


def installed_version() -> str:
    """Return the version of the installed WeasyPrint."""
    return str(import_module("weasyprint").__version__)
