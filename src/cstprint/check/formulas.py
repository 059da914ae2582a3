"""Formulas of an issue: each as a drawing, or as its source with the reason why."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cstprint.diagnostics import Diagnostic, msg, warning
from cstprint.fonts import FontLibrary
from cstprint.html.drawings import DrawnFormula
from cstprint.issue.model import Issue
from cstprint.pictures.formulas import SIZE_PX, Formula, NotDrawnError, draw_formula
from cstprint.pictures.prepared import PreparedPicture


@dataclass
class CheckedFormulas:
    """The formulas that could be drawn, their drawings by their paths, and what is wrong with the others."""

    formulas: dict[tuple[str, bool], DrawnFormula] = field(default_factory=dict)
    drawings: dict[str, PreparedPicture] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)


def draw_formulas(issue: Issue, library: FontLibrary, values: Mapping[str, str]) -> CheckedFormulas:
    """Return the formulas of an issue as drawings; Han in them is set in the face of running text."""
    checked = CheckedFormulas()
    fonts = list(_faces(library, values.get("song", "")))
    for token in (token for token in issue.tokens if token.type == "formula"):
        key = (token.content, bool(token.meta["display"]))
        if key in checked.formulas:
            continue
        try:
            formula = draw_formula(key[0], display=key[1], han_fonts=fonts)
        except NotDrawnError as problem:
            checked.findings.append(
                warning(
                    "CST-M028",
                    msg("This formula is printed as it was typed: {reason}.", reason=problem.message),
                    span=token.meta["span"],
                    hint=msg("Use known commands, or put the formula into the issue as a picture."),
                )
            )
            continue
        path = f"formula:{hashlib.sha256(formula.svg).hexdigest()[:24]}.svg"
        checked.formulas[key] = DrawnFormula(path, formula.height_em, formula.depth_em)
        checked.drawings[path] = _drawing(formula)
    return checked


def _drawing(formula: Formula) -> PreparedPicture:
    width, height = formula.width_em * SIZE_PX, formula.height_em * SIZE_PX
    return PreparedPicture(formula.svg, "image/svg+xml", width, height)


def _faces(library: FontLibrary, families: str) -> Iterator[Path]:
    """Yield the files of the upright faces of a list of families as CSS has it."""
    for name in families.split(","):
        faces = library.families.get(name.strip().strip("\"'"), ())
        regular = sorted(
            (face for face in faces if face.style == "normal"), key=lambda face: abs(face.weight - 400)
        )
        yield from (face.path for face in regular[:1])
