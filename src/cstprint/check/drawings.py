"""The texts of drawings: set in the faces of the layout, each character of which must be there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import replace

from cstprint.check.pictures import path_of
from cstprint.diagnostics import Diagnostic, error
from cstprint.fonts import FontLibrary
from cstprint.issue.model import Issue
from cstprint.issue.names import pictures_of
from cstprint.pictures.prepared import PreparedPicture
from cstprint.pictures.svg_text import FACES, missing_words, with_faces


def families_of(values: Mapping[str, str], library: FontLibrary) -> dict[str, tuple[str, ...]]:
    """Return the families of each face that drawings have, by the layout's token, those of emoji last."""
    named = {token: re.findall(r'"([^"]+)"', values.get(token, "")) for token in FACES}
    every = tuple(library.families)
    return {token: (*(names or every), *library.emoji_families) for token, names in named.items()}


def with_texts(
    issue: Issue,
    prepared: Mapping[str, PreparedPicture],
    families: Mapping[str, tuple[str, ...]],
    missing: Set[str],
) -> dict[str, PreparedPicture]:
    """Return the pictures but those of the figures ``missing``, those with texts in the families of the layout."""
    left_out = {path_of(figure) for figure in pictures_of(issue) if figure.id in missing}
    return {
        path: replace(picture, data=with_faces(picture.data, families)) if picture.words else picture
        for path, picture in prepared.items()
        if path not in left_out
    }


def check_texts(
    issue: Issue,
    prepared: Mapping[str, PreparedPicture],
    library: FontLibrary,
    families: Mapping[str, tuple[str, ...]],
) -> Iterator[tuple[str, Diagnostic]]:
    """Yield an error for each drawing that has characters that its face has not, with its figure's id."""
    for figure in pictures_of(issue):
        picture = prepared.get(path_of(figure))
        if picture is None or not picture.words:
            continue
        used = [token for token, face in FACES.items() if face.encode() in picture.data] or ["hei"]
        missing = [
            character for token in used for character in library.missing(picture.words, families[token])
        ]
        if missing:
            message, hint = missing_words(" ".join(dict.fromkeys(missing)))
            span = figure.image.place(0, 0, len(figure.image))
            yield figure.id, error("CST-P011", message, span=span, hint=hint)
