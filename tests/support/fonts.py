"""The built-in fonts for scripts; tests have the fixture ``_built_in_fonts``."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def use_built_in_fonts() -> Path:
    """Make the repository's fonts the only ones of this process; return the fontconfig file."""
    from cstprint.engine.weasy.environment import use_fonts
    from cstprint.fonts import load_library
    from cstprint.project import open_project

    project = open_project(ROOT)
    library = load_library(project.font_folders(), project.cache_folder).value
    assert library is not None
    return use_fonts(library)
