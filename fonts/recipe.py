"""The recipe, fonts.yaml, read: faces, characters, and the pinned archives that they are made from."""

from __future__ import annotations

import hashlib
import io
import subprocess
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
WEIGHT_NAMES = {400: "Regular", 500: "Medium", 700: "Bold"}


@dataclass(frozen=True)
class Graft:
    """Glyphs to put into a face: from its donor (or itself), moved up, centred in another advance."""

    chars: str
    archive: str | None = None
    dy: int = 0
    advance: int | None = None


@dataclass(frozen=True)
class Donor:
    """A font that gives the characters which a face's source lacks."""

    archive: str
    source: str


@dataclass(frozen=True)
class Face:
    """One font file to make.

    ``after`` names families made before: what they have is left out here. ``units`` per em replace the source's:
    without ``tolerance`` the glyphs keep their coordinates and change their size, moved up by ``rise``; with it they
    keep their size, and outlines of straight lines lose the points that are nearer to the line than ``tolerance``.
    """

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
    fill: tuple[Donor, ...]
    after: tuple[str, ...]
    language: str | None
    scale: float
    units: int | None
    rise: int
    tolerance: float | None

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
    """The pinned archives: packages of npm, and of Debian."""

    def __init__(self, recipe: dict[str, Any], folder: Path, *, fetch: bool) -> None:
        self.recipe = recipe
        self.folder = folder
        self.fetch = fetch

    @cache  # noqa: B019 (one object a run)
    def contents(self, name: str) -> bytes:
        """Return the archive's bytes, checked against the recipe."""
        registry, _, package = self.package(name).partition(":")
        path = self.folder / _file_name(registry, package)
        if not path.exists() and self.fetch:
            self.folder.mkdir(parents=True, exist_ok=True)
            command = (
                ["npm", "pack", "--silent", package]
                if registry == "npm"
                else ["apt-get", "download", package]
            )
            subprocess.run(command, cwd=self.folder, check=True)
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != self.recipe[name]["sha256"]:
            raise SystemExit(f"{path.name}: not the archive fonts.yaml names (sha256 differs)")
        return data

    def package(self, name: str) -> str:
        """Return registry, package and version, as in `npm:@scope/name@1.0.0` or `deb:name=1.0`."""
        return str(self.recipe[name]["package"])

    @cache  # noqa: B019
    def member(self, name: str, path: str) -> bytes:
        """Return one file of an archive."""
        data, folder = self.contents(name), "package/"
        if self.package(name).startswith("deb:"):
            data, folder = _debian_data(data), "./"
        with tarfile.open(fileobj=io.BytesIO(data)) as tar:
            stream = tar.extractfile(folder + path)
            if stream is None:
                raise SystemExit(f"{name}: no file {path}")
            return stream.read()

    def font(self, name: str, path: str) -> TTFont:
        """Return one font of an archive, freshly opened."""
        font = TTFont(io.BytesIO(self.member(name, path)), recalcTimestamp=False)
        font.flavor = None
        return font


def _file_name(registry: str, package: str) -> str:
    """Return the name that npm and apt-get give the file of a package."""
    if registry == "npm":
        return package.removeprefix("@").replace("/", "-").replace("@", "-") + ".tgz"
    return package.replace("=", "_") + "_all.deb"


def _debian_data(package: bytes) -> bytes:
    """Return the tar archive with the files of a Debian package, which is an `ar` archive (deb(5), ar(5))."""
    place = len(b"!<arch>\n")
    while place < len(package):
        name, size = package[place : place + 16].strip(), int(package[place + 48 : place + 58])
        place += 60
        if name.startswith(b"data.tar"):
            return package[place : place + size]
        place += size + size % 2
    raise SystemExit("a Debian package without data.tar")


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
            fill=tuple(Donor(**donor) for donor in face.get("fill", ())),
            after=tuple(family.get("after", ())),
            language=family.get("language"),
            scale=family.get("scale", 1.0),
            units=family.get("units"),
            rise=family.get("rise", 0),
            tolerance=family.get("tolerance"),
        )
        for family in recipe["families"]
        for face in family["faces"]
    ]
    if len({(face.family, face.style, face.weight) for face in faces}) < len(faces):
        raise SystemExit("fonts.yaml: two faces share family, style and weight")
    return faces
