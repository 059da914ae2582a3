"""Set Chinese periodicals in print: an issue in YAML and Markdown to a PDF.

The public door: :func:`render` and :func:`prepare` run the stages, :func:`find_project` says where things are,
:class:`Result` carries a value and :class:`Diagnostic` findings; :class:`CstprintError` ends a run.
Threads may render: one render of a process waits for another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstprint.version import __version__

if TYPE_CHECKING:
    from cstprint.diagnostics import (
        CstprintError,
        Diagnostic,
        InternalError,
        Result,
        Severity,
        UsageError,
    )
    from cstprint.job import Rendering, RenderOptions
    from cstprint.project import Project, find_project, open_project
    from cstprint.rendering import prepare, render

__all__ = [
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

_HOMES = {
    "CstprintError": "diagnostics",
    "Diagnostic": "diagnostics",
    "InternalError": "diagnostics",
    "Result": "diagnostics",
    "Severity": "diagnostics",
    "UsageError": "diagnostics",
    "Project": "project",
    "find_project": "project",
    "open_project": "project",
    "Rendering": "job",
    "RenderOptions": "job",
    "prepare": "rendering",
    "render": "rendering",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used: `cstprint --version` must answer at once."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
