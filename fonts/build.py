"""Makes the fonts of this folder, and coverage.json, from the recipe in fonts.yaml.

Only for whoever changes the recipe: the result is committed. The source archives are fetched with
`npm pack` and `apt-get download` into a cache folder, or taken from a folder given with --archives. Two runs give
the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import fontTools
import yaml  # type: ignore[import-untyped, unused-ignore]
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable
from outlines import BLANKS, add_blanks, add_glyphs, blend, fill, map_char, move_up, redraw
from recipe import HERE, WEIGHT_NAMES, Archives, Donor, Face, faces_of, ranges_text

DROPPED_TABLES = ["BASE", "FFTM", "STAT", "bsln", "feat", "gasp", "morx", "prop", "vhea", "vmtx"]
OFL = "This Font Software is licensed under the SIL Open Font License, Version 1.1."
OS2_VERSION = 4  # the first that has USE_TYPO_METRICS
KEPT_NAMES = (0, 7, 13, 14)  # copyright, trademark, licence, licence URL


def settle_language(font: TTFont, language: str) -> None:
    """Make the forms that locl gives Chinese characters in this language the plain ones."""
    gsub = font["GSUB"].table
    script = next(r.Script for r in gsub.ScriptList.ScriptRecord if r.ScriptTag == "hani")
    system = next(r.LangSys for r in script.LangSysRecord if r.LangSysTag.strip() == language)
    records = [gsub.FeatureList.FeatureRecord[index] for index in system.FeatureIndex]
    lookups = [i for r in records if r.FeatureTag == "locl" for i in r.Feature.LookupListIndex]
    forms: dict[str, str] = {}
    for index in lookups:
        for subtable in gsub.LookupList.Lookup[index].SubTable:
            forms |= getattr(subtable, "ExtSubTable", subtable).mapping
    for code, glyph in font.getBestCmap().items():
        if glyph in forms:
            map_char(font, code, forms[glyph])


def subset(font: TTFont, face: Face, charset: frozenset[int]) -> None:
    """Keep the face's characters, the wanted features and no hinting."""
    options = Options()
    options.layout_features = list(face.features)
    options.hinting = False
    options.legacy_kern = False
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.name_legacy = True
    options.name_languages = ["*"]
    options.recalc_timestamp = False
    options.recalc_average_width = True
    options.drop_tables += DROPPED_TABLES
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=(charset | BLANKS.keys()) & font.getBestCmap().keys())
    subsetter.subset(font)


def rename(font: TTFont, face: Face, release: str, package: str, notices: Sequence[str]) -> None:
    """Write the name table anew: our family, the sources' copyright, the source's licence."""
    old = font["name"]
    kept = {i: old.getDebugName(i) for i in KEPT_NAMES}
    kept[0] = " ".join(dict.fromkeys(notices))
    kept[13] = kept[13] or OFL
    source = f"{old.getDebugName(4)} {old.getDebugName(5)}"
    ribbi = face.weight in (400, 700)
    family = face.family if ribbi else f"{face.family} {WEIGHT_NAMES[face.weight]}"
    italic = "Italic" if face.style == "italic" else "Regular"
    names = {
        **kept,
        1: family,
        2: face.style_name if ribbi else italic,
        3: f"{release};CST;{face.postscript_name}",
        4: f"{face.family} {face.style_name}",
        5: f"Version {release}; made from {source}, {package}",
        6: face.postscript_name,
        16: None if ribbi else face.family,
        17: None if ribbi else face.style_name,
    }
    table = font["name"] = newTable("name")
    table.names = []
    for number, text in sorted(names.items()):
        if text is not None:
            table.setName(text, number, 3, 1, 0x409)


def set_style(font: TTFont, face: Face) -> None:
    """Write the weight and the style bits."""
    bold, italic = face.weight == 700, face.style == "italic"
    os2 = font["OS/2"]
    if os2.version < OS2_VERSION:
        os2.version, os2.sxHeight, os2.sCapHeight = OS2_VERSION, 0, 0
        os2.usDefaultChar, os2.usBreakChar, os2.usMaxContext = 0, 0x20, 1
    os2.usWeightClass = face.weight
    os2.achVendID = "CST "
    use_typo_metrics = os2.fsSelection & 1 << 7
    regular = not bold and not italic
    os2.fsSelection = use_typo_metrics | italic << 0 | bold << 5 | regular << 6
    font["head"].macStyle = bold << 0 | italic << 1


def set_line_metrics(font: TTFont) -> None:
    """Give every face the em box of Chinese type (.88 em over, .12 em under the baseline).

    A line that mixes faces then has one baseline and one height; with the sources' own metrics WeasyPrint makes
    a line of Song with Source Serif in its strut 20.65 pt high where 20 pt were asked for.
    """
    em = font["head"].unitsPerEm
    ascent, descent = round(0.88 * em), round(0.88 * em) - em
    font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = ascent, descent, 0
    os2 = font["OS/2"]
    os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = ascent, descent, 0
    os2.fsSelection |= 1 << 7  # USE_TYPO_METRICS


def build(face: Face, archives: Archives, release: str, known: Mapping[str, set[int]]) -> bytes:
    """Make one font file; ``known`` are the characters of the families made before."""
    font = archives.font(face.archive, face.source)
    if face.lighter:
        blend(font, archives.font(face.archive, face.lighter))
    if face.language:
        settle_language(font, face.language)
    for graft in face.grafts:
        donor = archives.font(graft.archive, face.donor) if graft.archive and face.donor else font
        add_glyphs(font, donor, graft)
    charset = face.charset.difference(*(known[family] for family in face.after))
    subset(font, face, charset)
    if face.rise:
        move_up(font, face.rise)
    if face.units and face.tolerance is None:
        font["head"].unitsPerEm = face.units
    notices = [font["name"].getDebugName(0)]
    for source in face.fill:
        other = archives.font(source.archive, source.source)
        fill(font, other, charset)
        notices.append(other["name"].getDebugName(0))
    font["head"].unitsPerEm = round(font["head"].unitsPerEm / face.scale)
    add_blanks(font)
    if face.units and face.tolerance is not None:
        redraw(font, face.units, face.tolerance)
    rename(font, face, release, archives.package(face.archive), notices)
    set_style(font, face)
    set_line_metrics(font)
    stream = io.BytesIO()
    font.save(stream)
    return stream.getvalue()


def licence_text(archives: Archives, name: str, source: str) -> str:
    """Return the archive's licence, below the copyright notice of its fonts."""
    notice = archives.font(name, source)["name"].getDebugName(0).replace("\r\n", "\n")
    licence = archives.member(name, archives.recipe[name]["licence"]["member"]).decode("utf-8")
    lines = "\n".join(line.rstrip() for line in licence.replace("\r\n", "\n").splitlines()).strip() + "\n"
    return lines if notice in lines else f"{notice}\n\n{lines}"


def coverage_of(face: Face, data: bytes) -> dict[str, str | int]:
    """Make the entry of coverage.json for a font file."""
    return {
        "file": face.file,
        "family": face.family,
        "style": face.style,
        "weight": face.weight,
        "sha256": hashlib.sha256(data).hexdigest(),
        "size": len(data),
        "ranges": ranges_text(TTFont(io.BytesIO(data), lazy=True).getBestCmap()),
    }


def main() -> None:
    """Make everything."""
    parser = argparse.ArgumentParser(description="Make the font files from fonts.yaml.")
    parser.add_argument("--archives", type=Path, help="folder with the archives, already fetched")
    parser.add_argument(
        "--cache", type=Path, default=Path.home() / ".cache" / "cstprint-fonts", help="where to fetch to"
    )
    parser.add_argument("--output", type=Path, default=HERE, help="where to write")
    options = parser.parse_args()
    recipe = yaml.safe_load((HERE / "fonts.yaml").read_text(encoding="utf-8"))
    if fontTools.version != recipe["fonttools"]:
        sys.stderr.write(f"warning: this is fontTools {fontTools.version}, not {recipe['fonttools']}\n")
    archives = Archives(recipe["archives"], options.archives or options.cache, fetch=not options.archives)
    faces = faces_of(recipe)
    sources: list[Face | Donor] = [*faces, *(donor for face in faces for donor in face.fill)]
    for name, archive in recipe["archives"].items():
        source = next(source.source for source in sources if source.archive == name)
        path = options.output / archive["licence"]["file"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(licence_text(archives, name, source), encoding="utf-8")
    entries = []
    known: dict[str, set[int]] = {}
    for face in faces:
        data = build(face, archives, recipe["release"], known)
        known.setdefault(face.family, set()).update(TTFont(io.BytesIO(data), lazy=True).getBestCmap())
        (options.output / face.file).write_bytes(data)
        entries.append(coverage_of(face, data))
        sys.stdout.write(f"{face.file:32} {len(data):>10,} bytes\n")
    lines = ",\n".join(json.dumps(entry, separators=(",", ":")) for entry in entries)
    text = f'{{"version":1,"faces":[\n{lines}\n]}}\n'
    (options.output / "coverage.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
