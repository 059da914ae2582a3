"""Characters and fonts: before layout against what our fonts cover, after it against the PDF's own fonts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cstprint.diagnostics import Diagnostic, Message, PagePlace, error, msg, suggest, warning
from cstprint.engine.facts import TextFact
from cstprint.fonts import FontLibrary
from cstprint.pdf.inspect import PdfFacts
from cstprint.reading.files import shown_path
from cstprint.source import SourceText, Span

#: WeasyPrint writes a face's weight and style behind the family.
_STYLE_WORDS = frozenset(
    {"thin", "extralight", "ultralight", "light", "semilight", "book", "regular", "normal", "medium"}
    | {"semibold", "demibold", "bold", "extrabold", "ultrabold", "black", "heavy"}
    | {"italic", "oblique", "roman"}
)


def check_characters(texts: Sequence[SourceText], library: FontLibrary) -> Iterator[Diagnostic]:
    """Yield an error for each character of the texts that no font has, at its first place."""
    missing = set(library.missing("".join(texts), list(library.families)))
    if not missing:
        return
    any_of_them = re.compile(f"[{''.join(map(re.escape, missing))}]")
    for text in texts:
        for match in any_of_them.finditer(text):
            if match[0] in missing:
                missing.remove(match[0])
                yield _no_glyph(match[0], text.place_of(match.start()))


def _no_glyph(character: str, span: Span) -> Diagnostic:
    return error(
        "CST-F010",
        msg("No font has a glyph for “{character}” ({name}).", character=character, name=_name(character)),
        span=span,
        hint=_advice(character),
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
            if (fact.families, character) not in told:
                told.add((fact.families, character))
                yield _other_face(character, fact, spans.get(fact.block or ""))


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
            "“{character}” ({name}) is not in {families}; another face is printed instead.",
            character=character,
            name=_name(character),
            families=fact.families,
        ),
        span=span,
        place=_place(fact),
        hint=msg("Use another character, or let the layout name a family that has it."),
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
                msg("The PDF uses the font “{name}”, which is none of ours.", name=font.name),
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
                "This font says of itself that it {refused} (fsType).", refused=_REFUSED[face.refuses]
            )
            hint = msg("Ask its maker for a licence to embed it, or take another font.")
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
        return msg("This is a private-use character from another program's font. Type the real one.")
    if 0x1F000 <= ord(character) <= 0x1FAFF:
        return msg("Emoji are not printed. Use a picture, or leave it out.")
    return msg(
        "Use another form of the character, or put a font that has it into the project's fonts folder."
    )
