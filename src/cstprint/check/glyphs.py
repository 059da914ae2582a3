"""Characters and fonts: before layout against what our fonts cover, after it against the PDF's own fonts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from cstprint.check.scripts import is_han, script_name, script_of
from cstprint.diagnostics import (
    Diagnostic,
    Message,
    PagePlace,
    Severity,
    error,
    msg,
    note,
    places_of,
    suggest,
    warning,
)
from cstprint.engine.pages.text import TextFact
from cstprint.fonts import FontLibrary
from cstprint.pdf.inspect import PdfFacts
from cstprint.reading.files import shown_path
from cstprint.source import SourceText, Span

#: WeasyPrint writes a face's weight and style after the family.
_STYLE_WORDS = frozenset(
    {"thin", "extralight", "ultralight", "light", "semilight", "book", "regular", "normal", "medium"}
    | {"semibold", "demibold", "bold", "extrabold", "ultrabold", "black", "heavy"}
    | {"italic", "oblique", "roman"}
)
#: Selectors of variants. U+FE0E and U+FE0F are none of them: they choose between text and emoji.
_VARIANT = re.compile("(.)([\ufe00-\ufe0d\U000e0100-\U000e01ef])")
#: As many places are listed of a whole script.
_FIRST_PLACES = 5


def check_characters(
    texts: Sequence[SourceText], library: FontLibrary, missing: frozenset[str], *, draft: bool = False
) -> Iterator[Diagnostic]:
    """Yield what is wrong with the characters of the texts, each with all its places; no font has the ``missing``.

    An error for each character that no font has; one for each script of which there is no font. In a draft these
    are warnings. A note says which variants are printed as the plain character.
    """
    found = _places(texts, missing) if missing else {}
    scripts: dict[str, list[str]] = {}
    for character in found:
        script = script_of(character)
        if script is None:
            problem = _no_glyph(character, found[character])
            yield _softened(problem) if draft else problem
        else:
            scripts.setdefault(script, []).append(character)
    for script, characters in scripts.items():
        problem = _no_script(script, texts, characters)
        yield _softened(problem) if draft else problem
    yield from _check_variants(texts, library)


def missing_characters(texts: Sequence[SourceText], library: FontLibrary) -> frozenset[str]:
    """Return the characters of the texts that no font has."""
    # The largest first: few characters are left for the others to be asked for.
    families = sorted(library.families, key=lambda name: -library.families[name][0].character_count)
    return frozenset(library.missing("".join(texts), families))


def _softened(problem: Diagnostic) -> Diagnostic:
    hint = msg("In the draft each of them is a box with its code.")
    return replace(problem, severity=Severity.WARNING, hint=hint)


def _any_of(characters: Iterable[str]) -> str:
    return f"[{''.join(map(re.escape, sorted(characters)))}]"


def _places(texts: Sequence[SourceText], characters: Iterable[str]) -> dict[str, list[Span]]:
    """Return the places of each of the characters, in the order of their first ones."""
    pattern = re.compile(_any_of(characters))
    found: dict[str, list[Span]] = {}
    for text in texts:
        for match in pattern.finditer(text):
            found.setdefault(match[0], []).append(text.place_of(match.start()))
    return found


def _no_glyph(character: str, places: Sequence[Span | None]) -> Diagnostic:
    message = msg(
        "No font has a glyph for “{character}” ({name}).", character=character, name=_name(character)
    )
    if len(places) > 1:
        message = msg(
            "No font has a glyph for “{character}” ({name}). It occurs in {count} places: {places}.",
            character=character,
            name=_name(character),
            count=len(places),
            places=places_of([place for place in places if place is not None]),
        )
    return error("CST-F010", message, span=places[0], hint=_advice(character))


def _no_script(script: str, texts: Sequence[SourceText], characters: Sequence[str]) -> Diagnostic:
    """Return the error that a script has no font: its words, separated by spaces, are counted as places."""
    pattern = re.compile(rf"{_any_of(characters)}(?:[^\w\n]?{_any_of(characters)})*")
    words = [(text, match) for text in texts for match in pattern.finditer(text)]
    count = sum(character in characters for _, match in words for character in match[0])
    places = [text.place_of(match.start(), len(match[0])) for text, match in words]
    return error(
        "CST-F010",
        msg(
            "There is no font for {script}: {count} characters, in {places}.",
            script=script_name(script),
            count=count,
            places=places_of(places, _FIRST_PLACES),
        ),
        span=places[0],
        hint=msg("Insert these passages as pictures, or put a font of this script into the fonts folder."),
    )


def _check_variants(texts: Sequence[SourceText], library: FontLibrary) -> Iterator[Diagnostic]:
    """Yield a note about the variation sequences that no font has a glyph for."""
    found = [
        (match, text.place_of(match.start()))
        for text in texts
        for match in _VARIANT.finditer(text)
        if not library.has_variant(match[1], match[2])
    ]
    if found:
        shown = (f"{match[1]} U+{ord(match[1]):04X} U+{ord(match[2]):04X}" for match, _ in found)
        yield note(
            "CST-F024",
            msg(
                "No font has these variants. The plain characters are printed: {sequences}. Places: "
                "{places}.",
                sequences=tuple(dict.fromkeys(shown)),
                places=places_of([place for _, place in found]),
            ),
            span=found[0][1],
        )


def check_families(
    texts: Iterable[TextFact], library: FontLibrary, spans: Mapping[str, Span]
) -> Iterator[Diagnostic]:
    """Yield a finding for each family that is not there, and each character that a text's families lack."""
    told: set[tuple[tuple[str, ...], str]] = set()
    for fact in texts:
        for family in fact.families:
            if family not in library.families and ((), family) not in told:
                told.add(((), family))
                yield _no_family(family, library, fact)
        if not any(family in library.families for family in fact.families):
            continue
        for character in library.missing(fact.text, fact.families):
            if (fact.families, character) in told:
                continue
            told.add((fact.families, character))
            yield _lacking(character, fact, library, spans.get(fact.block or ""))


def _lacking(character: str, fact: TextFact, library: FontLibrary, span: Span | None) -> Diagnostic:
    """Return what is wrong with a character that the families of its text lack."""
    if any(face.covers(character) for face in library.faces):
        return _other_face(character, fact, span)
    return replace(_no_glyph(character, [span]), place=_place(fact))  # the layout's own text


def place_missing(
    problems: Iterable[Diagnostic], texts: Sequence[TextFact], spans: Mapping[str, Span]
) -> list[Diagnostic]:
    """Return the problems; those of glyphs that only the writing of the PDF missed with all their places.

    A blank, which Pango sets from the font of what stands before it, is in some font, and may not be in that one.
    """
    placed: list[Diagnostic] = []
    for problem in problems:
        values = dict(problem.message.values)
        character = str(values.get("character", ""))
        unplaced = problem.code == "CST-F010" and problem.span is None
        facts = [fact for fact in texts if character and character in fact.text] if unplaced else []
        if facts:
            first = next((fact for fact in facts if fact.block in spans), facts[0])
            span = spans.get(first.block or "")
            problem = replace(  # noqa: PLW2901
                problem,
                span=span,
                place=_place(first),
                hint=msg("Add a font that has the character to the font family list."),
            )
        placed.append(problem)
    return placed


def _no_family(family: str, library: FontLibrary, fact: TextFact) -> Diagnostic:
    return warning(
        "CST-F012",
        msg("There is no font family “{family}”.", family=family),
        place=_place(fact),
        subject="CSS",
        hint=suggest(family, sorted(library.families)),
    )


def _other_face(character: str, fact: TextFact, span: Span | None) -> Diagnostic:
    return warning(
        "CST-F011",
        msg(
            "“{character}” ({name}) is not in {families}. Another font is used.",
            character=character,
            name=_name(character),
            families=fact.families,
        ),
        span=span,
        place=_place(fact),
        hint=msg("Use another character, or name a font family that has it in the layout."),
    )


def _place(fact: TextFact) -> PagePlace:
    return PagePlace(fact.page, fact.x_pt, fact.y_pt, fact.width_pt, fact.height_pt)


def check_pdf_fonts(facts: PdfFacts, library: FontLibrary) -> Iterator[Diagnostic]:
    """Yield an error for each font of the PDF that is not ours, not embedded, or cannot be read as text."""
    ours = {family.replace(" ", "-").lower() for family in library.families}
    for font in facts.fonts:
        if not _is_ours(font.name.lower(), ours):
            yield error(
                "CST-F020",
                msg("The PDF uses the font “{name}”, which is not in the fonts folder.", name=font.name),
                hint=msg("Name only fonts of the fonts folder in the CSS; `cstprint fonts list` shows them."),
            )
        if not (font.embedded and font.to_unicode):
            yield error(
                "CST-F021",
                msg("The font “{name}” is not embedded, or its text cannot be searched.", name=font.name),
            )


_REFUSED = {
    "restricted": msg("must not be embedded"),
    "no-subsetting": msg("must not be embedded in parts"),
    "bitmap-only": msg("must not be embedded as outlines"),
}


def check_licences(facts: PdfFacts, library: FontLibrary) -> Iterator[Diagnostic]:
    """Yield a warning for each font of a family in the PDF whose licence bits refuse what the PDF does with it."""
    used = [font.name.lower() for font in facts.fonts]
    for face in library.faces:
        family = face.family.replace(" ", "-").lower()
        if face.refuses and any(_is_ours(name, {family}) for name in used):
            message = msg(
                "The licence flags of this font (fsType) say that it {refused}.",
                refused=_REFUSED[face.refuses],
            )
            hint = msg("Ask the maker of the font for a licence to embed it, or use another font.")
            yield warning("CST-X013", message, subject=str(shown_path(face.path)), hint=hint)


def _is_ours(name: str, families: set[str]) -> bool:
    return any(
        name == family
        or (name.startswith(family + "-") and set(name[len(family) + 1 :].split("-")) <= _STYLE_WORDS)
        for family in families
    )


def _name(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()


def _advice(character: str) -> Message:
    if unicodedata.category(character) == "Co":
        return msg(
            "This is a private-use character from the font of another program. Type the real character."
        )
    if is_han(character):
        return msg("Insert the character as a picture, or put a font that has it into the fonts folder.")
    return msg(
        "Use another form of the character, or put a font that has it into the project's fonts folder."
    )
