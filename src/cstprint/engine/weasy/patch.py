"""Replacements of WeasyPrint's functions: put in together, in the order of the catalogue, and taken out again.

WeasyPrint has no hooks for what :mod:`.catalogue` lists. Each replacement is made from the function that it replaces,
so where several have one target, the later one wraps the earlier one.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from importlib import import_module
from inspect import getattr_static
from types import ModuleType

from cstprint.diagnostics import Message

#: Where ``Replacement.by`` begins.
ENGINE = "cstprint.engine"


class Phase(Enum):
    """When a feature is in effect."""

    #: Whenever WeasyPrint reads, lays out or writes for cstprint.
    ALWAYS = auto()
    #: While pages are laid out, by our lines or by WeasyPrint's own.
    LAYOUT = auto()
    #: While pages are laid out and while they are written, unless lines are WeasyPrint's own.
    LINES = auto()
    #: While pages are written.
    WRITE = auto()


@dataclass(frozen=True, slots=True)
class Replacement:
    """A function of ``target`` (``module:name`` or ``module:Class.name``) and what takes its place.

    ``by`` names, below ``cstprint.engine``, what makes the new function of the original: a function, or a method of
    a class that keeps the state. What each of them changes is measured in ``tests/engine/weasy/effects.py``.
    """

    target: str
    by: str

    @property
    def name(self) -> str:
        """Its name in messages and tests: the target and the folder and file that replace it."""
        return f"{self.target.removeprefix('weasyprint.')} by {self.by.partition(':')[0]}"


@dataclass(frozen=True, slots=True)
class Feature:
    """What replacements do together; a WeasyPrint that does not fit one of them has none of them.

    ``needs`` are further functions and classes of WeasyPrint that the feature calls or reads, ``structs`` the C types
    that it reads. ``upstream`` are sections of ``docs/upstream.md``. With ``speed`` it saves time
    and changes no byte. Nothing is rendered without an ``essential`` one: the claim of PDF/UA-1 rests on it.
    """

    name: Message
    phase: Phase
    why: str
    replaces: tuple[Replacement, ...]
    needs: tuple[str, ...] = ()
    structs: tuple[str, ...] = ()
    upstream: tuple[str, ...] = ()
    speed: bool = False
    essential: bool = False


#: A maker of a new function from the original. Targets are functions, properties, classes and modules.
Maker = Callable[[object], object]
#: WeasyPrint's functions are those of the whole process.
_LOCK = threading.RLock()


@cache
def place_of(target: str) -> tuple[ModuleType | type, str]:
    """Return the module or class that holds a target, and the target's name in it.

    Raises ``ImportError`` or ``AttributeError`` where there is none.
    """
    module, _, path = target.partition(":")
    *classes, name = path.split(".")
    holder: ModuleType | type = import_module(module)
    for one in classes:
        holder = getattr(holder, one)
    getattr_static(holder, name)
    return holder, name


def maker_of(by: str, owners: list[object]) -> Maker:
    """Return what makes a replacement. A method is that of the owner of its class, which is made if there is none."""
    module, _, path = by.partition(":")
    holder, _, name = path.rpartition(".")
    imported = import_module(f"{ENGINE}.{module}")
    if not holder:
        maker: Maker = getattr(imported, name)
        return maker
    kind: type = getattr(imported, holder)
    owner = next((one for one in owners if isinstance(one, kind)), None)
    if owner is None:
        owner = kind()
        owners.append(owner)
    method: Maker = getattr(owner, name)
    return method


@contextmanager
def applied(features: Collection[Feature], *owners: object) -> Iterator[None]:
    """Put all replacements of ``features`` in, in their order, and take them out when the context is left.

    ``owners`` are the objects whose methods replace functions; of a class that none of them is of, a new one is made.
    A second thread waits until the context is left.
    """
    with _LOCK:
        known = list(owners)
        originals: list[tuple[ModuleType | type, str, object]] = []
        try:
            for feature in features:
                for one in feature.replaces:
                    holder, name = place_of(one.target)
                    make = maker_of(one.by, known)
                    # As it lies there: what getattr returns of a static method is none any more.
                    originals.append((holder, name, getattr_static(holder, name)))
                    setattr(holder, name, make(getattr(holder, name)))
            yield
        finally:
            for holder, name, original in reversed(originals):
                setattr(holder, name, original)
