"""The texts of drawings: set in the faces of the layout, each character of which must be there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from cstprint.blocks.common.parts import Figure
from cstprint.check.pictures import path_of
from cstprint.diagnostics import Diagnostic, error, msg, note
from cstprint.fonts import FontFace, FontLibrary
from cstprint.glyphs import GlyphFile, open_glyphs
from cstprint.issue.gathered import gathered
from cstprint.issue.model import Issue
from cstprint.issue.names import pictures_of
from cstprint.pdf.inspect import PdfFacts
from cstprint.pictures.prepared import PreparedPicture, UnprintableError
from cstprint.pictures.svg_setting import FindGlyphs
from cstprint.pictures.svg_text import FACES, missing_words, with_faces
from cstprint.pictures.svg_writing import set_texts

Families = Mapping[str, tuple[str, ...]]


@dataclass
class SetDrawings:
    """Pictures by their paths, drawings with their texts set, and what there is to say, each with its figure's id."""

    pictures: dict[str, PreparedPicture] = field(default_factory=dict)
    findings: list[tuple[str, Diagnostic]] = field(default_factory=list)
    #: The words of each figure that are drawn as outlines, by its id.
    outlined: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def without(self, issue: Issue, missing: Set[str]) -> dict[str, PreparedPicture]:
        """Return the pictures but those of the figures ``missing``."""
        left_out = {path_of(figure) for figure in pictures_of(issue) if figure.id in missing}
        return {path: picture for path, picture in self.pictures.items() if path not in left_out}


def families_of(values: Mapping[str, str], library: FontLibrary) -> dict[str, tuple[str, ...]]:
    """Return the families of each face that drawings have, by the layout's token, those of emoji last."""
    named = {token: re.findall(r'"([^"]+)"', values.get(token, "")) for token in FACES}
    every = tuple(library.families)
    return {token: (*(names or every), *library.emoji_families) for token, names in named.items()}


def set_drawings(
    issue: Issue, prepared: Mapping[str, PreparedPicture], library: FontLibrary, families: Families
) -> SetDrawings:
    """Return the pictures with their texts in the families of the layout.

    A drawing has an error where its face lacks a character, or its letters cannot be placed.
    """
    made = SetDrawings(dict(prepared))
    find = finder(library, families)
    problems: dict[str, UnprintableError | None] = {}
    notes: list[Diagnostic] = []
    for figure in pictures_of(issue):
        path = path_of(figure)
        picture = prepared.get(path)
        if picture is None or not picture.words:
            continue
        if path not in problems:
            problems[path] = _missing(picture, library, families)
            if problems[path] is None:
                made.pictures[path], problems[path] = _set(picture, families, find)
        problem = problems[path]
        if problem is not None:
            span = figure.image.place(0, 0, len(figure.image))
            found = error(problem.code, problem.message, span=span, hint=problem.hint)
            made.findings.append((figure.id, found))
        elif picture.outlined and figure.alt:
            made.outlined[figure.id] = picture.outlined
            notes.append(_outlined(figure))
    made.findings += (("", one) for one in gathered(notes))
    return made


def check_outlined(
    issue: Issue, outlined: Mapping[str, Sequence[str]], facts: PdfFacts, may_lack: Set[str]
) -> Iterator[Diagnostic]:
    """Yield an error for each drawing whose outlined words no alternative text of the PDF holds.

    ``outlined`` are these words by the ids of figures, of which the layout may leave out ``may_lack``.
    """
    if not outlined:
        return
    held = ["".join(element.alt.split()) for element in facts.structure.walk() if element.alt]
    for figure in pictures_of(issue):
        words = ["".join(one.split()) for one in outlined.get(figure.id, ())]
        lost = figure.id not in may_lack and not any(all(one in alt for one in words) for alt in held)
        if words and lost:
            yield error(
                "CST-P072",
                msg(
                    "The words of “{name}” that are drawn as outlines are in no alternative text.",
                    name=str(figure.image),
                ),
                span=figure.image.place(0, 0, len(figure.image)),
                hint=msg(
                    "The layout's template for figures should print the picture's alternative text (alt)."
                ),
            )


def finder(library: FontLibrary, families: Families) -> FindGlyphs:
    """Return what finds the font of a character: the first family of its face that has it."""

    def find(token: str, weight: int, italic: bool, character: str) -> GlyphFile | None:
        for family in families[token]:
            faces = [face for face in library.families.get(family, ()) if face.covers(character)]
            if faces:
                nearest = _nearest(faces, weight, "italic" if italic else "normal")
                return open_glyphs(nearest.path, nearest.sha256)
        return None

    return find


def _nearest(faces: Sequence[FontFace], weight: int, style: str) -> FontFace:
    """Return the face that CSS takes for a weight and a style (CSS Fonts 3, 5.2)."""

    def distance(face: FontFace) -> tuple[bool, int, int]:
        bolder = face.weight - weight
        if 400 <= weight <= 500 and 0 <= bolder <= 500 - weight:
            return face.style != style, 0, bolder
        wanted = bolder > 0 if weight > 500 else bolder < 0
        return face.style != style, 0 if bolder == 0 else 1 if wanted else 2, abs(bolder)

    return min(faces, key=distance)


def _missing(picture: PreparedPicture, library: FontLibrary, families: Families) -> UnprintableError | None:
    used = [token for token, face in FACES.items() if face.encode() in picture.data] or ["hei"]
    missing = [character for token in used for character in library.missing(picture.words, families[token])]
    if not missing:
        return None
    return UnprintableError("CST-P011", *missing_words(" ".join(dict.fromkeys(missing))))


def _set(
    picture: PreparedPicture, families: Families, find: FindGlyphs
) -> tuple[PreparedPicture, UnprintableError | None]:
    try:
        data = set_texts(picture.data, find) if picture.by_letter else picture.data
    except UnprintableError as problem:
        return picture, problem
    return replace(picture, data=with_faces(data, families)), None


def _outlined(figure: Figure) -> Diagnostic:
    return note(
        "CST-P070",
        msg(
            "Text along a path or from top to bottom is drawn as outlines; the alternative text has its words."
        ),
        span=figure.image.place(0, 0, len(figure.image)),
        subject=str(figure.image),
        hint=msg("An alternative text that contains these words is left as it is."),
    )
