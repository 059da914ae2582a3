"""Makes the fonts of this folder, and coverage.json, from the recipe in fonts.yaml.

Only for whoever changes the recipe: the result is committed. The source archives are fetched with
`npm pack` into a cache folder, or taken from a folder given with --archives. Two runs give the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import subprocess
import sys
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import fontTools
import yaml  # type: ignore[import-untyped, unused-ignore]
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates

HERE = Path(__file__).resolve().parent
WEIGHT_NAMES = {400: "Regular", 500: "Medium", 700: "Bold"}
DROPPED_TABLES = ["BASE", "FFTM", "STAT", "bsln", "feat", "gasp", "morx", "prop", "vhea", "vmtx"]
KEPT_NAMES = (0, 7, 13, 14)  # copyright, trademark, licence, licence URL


@dataclass(frozen=True)
class Graft:
    """Glyphs to put into a face: from its donor (or itself), moved up, centred in another advance."""

    chars: str
    archive: str | None = None
    dy: int = 0
    advance: int | None = None


@dataclass(frozen=True)
class Face:
    """One font file to make."""

    family: str
    style: str
    weight: int
    archive: str
    source: str
    lighter: str | None
    donor: str | None
    charset: frozenset[int]
    features: tuple[str, ...]
    grafts: tuple[Graft, ...]
    language: str | None
    scale: float

    @property
    def style_name(self) -> str:
        """The style in words, as in "Bold Italic"."""
        weight = WEIGHT_NAMES[self.weight]
        if self.style == "normal":
            return weight
        return "Italic" if weight == "Regular" else f"{weight} Italic"

    @property
    def postscript_name(self) -> str:
        """The PostScript name, which is also the file's."""
        return f"{self.family}-{self.style_name}".replace(" ", "")

    @property
    def file(self) -> str:
        """The name of the file to write."""
        return f"{self.postscript_name}.ttf"


class Archives:
    """The pinned npm archives."""

    def __init__(self, recipe: dict[str, Any], folder: Path, *, fetch: bool) -> None:
        self.recipe = recipe
        self.folder = folder
        self.fetch = fetch

    @cache  # noqa: B019 (one object a run)
    def contents(self, name: str) -> bytes:
        """Return the archive's bytes, checked against the recipe."""
        package = self.package(name)
        path = self.folder / (package.removeprefix("@").replace("/", "-").replace("@", "-") + ".tgz")
        if not path.exists() and self.fetch:
            self.folder.mkdir(parents=True, exist_ok=True)
            subprocess.run(["npm", "pack", "--silent", package], cwd=self.folder, check=True)
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != self.recipe[name]["sha256"]:
            raise SystemExit(f"{path.name}: not the archive fonts.yaml names (sha256 differs)")
        return data

    def package(self, name: str) -> str:
        """Return the npm package and version, as in `@scope/name@1.0.0`."""
        return str(self.recipe[name]["package"]).removeprefix("npm:")

    @cache  # noqa: B019
    def member(self, name: str, path: str) -> bytes:
        """Return one file of an archive."""
        with tarfile.open(fileobj=io.BytesIO(self.contents(name))) as tar:
            stream = tar.extractfile(f"package/{path}")
            if stream is None:
                raise SystemExit(f"{name}: no file {path}")
            return stream.read()

    def font(self, name: str, path: str) -> TTFont:
        """Return one font of an archive, freshly opened."""
        font = TTFont(io.BytesIO(self.member(name, path)), recalcTimestamp=False)
        font.flavor = None
        return font


def ranges_of(text: str) -> Iterator[int]:
    """Yield the code points of hexadecimal ranges, as in `20-7e a0`."""
    for part in text.split():
        first, _, last = part.partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


def ranges_text(codes: Iterable[int]) -> str:
    """Write code points as the ranges of coverage.json, as in `20-7e,a0`."""
    runs: list[list[int]] = []
    for code in sorted(codes):
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return ",".join(f"{a:x}" if a == b else f"{a:x}-{b:x}" for a, b in runs)


def codec_chars(codec: str, first: int = 0xA1A1, last: int = 0xFEFE) -> Iterator[int]:
    """Yield the characters of a double-byte codec between two codes."""
    for code in range(first, last + 1):
        try:
            text = code.to_bytes(2, "big").decode(codec)
        except UnicodeDecodeError:
            continue
        if len(text) == 1:
            yield ord(text)


def term_chars(term: dict[str, str]) -> Iterator[int]:
    """Yield the characters of one term of a charset."""
    if "ranges" in term:
        yield from ranges_of(term["ranges"])
    elif "chars" in term:
        yield from map(ord, term["chars"])
    elif "file" in term:
        lines = (HERE / term["file"]).read_text(encoding="utf-8").splitlines()
        yield from (ord(char) for line in lines if not line.startswith("#") for char in line.strip())
    else:
        yield from codec_chars(
            term["codec"], int(term.get("first", "A1A1"), 16), int(term.get("last", "FEFE"), 16)
        )


def faces_of(recipe: dict[str, Any]) -> list[Face]:
    """Read all faces of the recipe."""
    charsets = {
        name: frozenset(code for term in terms for code in term_chars(term))
        for name, terms in recipe["charsets"].items()
    }
    grafts = {name: tuple(Graft(**item) for item in items) for name, items in recipe["grafts"].items()}
    faces = [
        Face(
            family=family["family"],
            style=face.get("style", "normal"),
            weight=face["weight"],
            archive=family["archive"],
            source=face["source"],
            lighter=face.get("lighter"),
            donor=face.get("donor"),
            charset=charsets[family["charset"]] - charsets.get(family.get("without"), frozenset()),
            features=tuple(recipe["features"][family["features"]]),
            grafts=grafts.get(family.get("graft"), ()),
            language=family.get("language"),
            scale=family.get("scale", 1.0),
        )
        for family in recipe["families"]
        for face in family["faces"]
    ]
    if len({(face.family, face.style, face.weight) for face in faces}) < len(faces):
        raise SystemExit("fonts.yaml: two faces share family, style and weight")
    return faces


def map_char(font: TTFont, code: int, glyph: str) -> None:
    """Give a character another glyph."""
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format != 14 and (code <= 0xFFFF or table.format == 12):
            table.cmap[code] = glyph


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


def blend(font: TTFont, other: TTFont) -> None:
    """Draw every glyph halfway between the font and a compatible one (kerning and anchors stay)."""
    glyf, others = font["glyf"], other["glyf"]
    if font.getGlyphOrder() != other.getGlyphOrder():
        raise SystemExit("fonts to blend must have the same glyphs")
    for name in font.getGlyphOrder():
        glyph, second = glyf[name], others[name]
        if glyph.isComposite():
            for part, match in zip(glyph.components, second.components, strict=True):
                part.x, part.y = (part.x + match.x) // 2, (part.y + match.y) // 2
        elif glyph.numberOfContours:
            pairs = zip(glyph.coordinates, second.coordinates, strict=True)
            glyph.coordinates = GlyphCoordinates([((x + u) // 2, (y + v) // 2) for (x, y), (u, v) in pairs])
    for name in font.getGlyphOrder():
        glyf[name].recalcBounds(glyf)
        advance = (font["hmtx"][name][0] + other["hmtx"][name][0]) // 2
        font["hmtx"][name] = (advance, getattr(glyf[name], "xMin", 0))


def add_glyphs(font: TTFont, donor: TTFont, graft: Graft) -> None:
    """Copy glyphs from a donor as new glyphs of the font."""
    if font["head"].unitsPerEm != donor["head"].unitsPerEm:
        raise SystemExit("a graft's donor must have the same units per em")
    outlines = donor.getGlyphSet()
    glyf = font["glyf"]
    for char in graft.chars:
        source = donor.getBestCmap()[ord(char)]
        name = f"graft.{ord(char):04X}"
        advance = donor["hmtx"][source][0]
        record = DecomposingRecordingPen(outlines)
        outlines[source].draw(record)
        bounds = donor["glyf"][source]
        dx = 0
        if graft.advance is not None:
            advance = graft.advance
            dx = round((advance - bounds.xMin - bounds.xMax) / 2)
        pen = TTGlyphPen(None)
        record.replay(TransformPen(pen, (1, 0, 0, 1, dx, graft.dy)))
        font.setGlyphOrder([*font.getGlyphOrder(), name])
        glyf[name] = pen.glyph()
        glyf[name].recalcBounds(glyf)
        font["hmtx"][name] = (advance, glyf[name].xMin)
        map_char(font, ord(char), name)


def subset(font: TTFont, face: Face) -> None:
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
    subsetter.populate(unicodes=face.charset & font.getBestCmap().keys())
    subsetter.subset(font)


def rename(font: TTFont, face: Face, release: str, package: str) -> None:
    """Write the name table anew: our family, the source's copyright and licence."""
    old = font["name"]
    kept = {i: old.getDebugName(i) for i in KEPT_NAMES}
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
        5: f"Version {release}; made from {source}, npm:{package}",
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


def build(face: Face, archives: Archives, release: str) -> bytes:
    """Make one font file."""
    font = archives.font(face.archive, face.source)
    if face.lighter:
        blend(font, archives.font(face.archive, face.lighter))
    if face.language:
        settle_language(font, face.language)
    for graft in face.grafts:
        donor = archives.font(graft.archive, face.donor) if graft.archive and face.donor else font
        add_glyphs(font, donor, graft)
    subset(font, face)
    font["head"].unitsPerEm = round(font["head"].unitsPerEm / face.scale)
    rename(font, face, release, archives.package(face.archive))
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
    parser.add_argument("--archives", type=Path, help="folder with the .tgz files, already fetched")
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
    for name, archive in recipe["archives"].items():
        source = next(face.source for face in faces if face.archive == name)
        path = options.output / archive["licence"]["file"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(licence_text(archives, name, source), encoding="utf-8")
    entries = []
    for face in faces:
        data = build(face, archives, recipe["release"])
        (options.output / face.file).write_bytes(data)
        entries.append(coverage_of(face, data))
        sys.stdout.write(f"{face.file:32} {len(data):>10,} bytes\n")
    lines = ",\n".join(json.dumps(entry, separators=(",", ":")) for entry in entries)
    text = f'{{"version":1,"faces":[\n{lines}\n]}}\n'
    (options.output / "coverage.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
