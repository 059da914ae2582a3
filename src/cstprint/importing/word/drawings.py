"""What is drawn in a Word file: pictures, boxes with text, charts, diagrams, objects, shapes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from cstprint.diagnostics import msg
from cstprint.importing.word.media import Media, crop_of, turn_of
from cstprint.importing.word.package import Package
from cstprint.importing.word.tally import Tally, shortened
from cstprint.importing.word.xml import at, descendants, number_of

#: English Metric Units (ECMA-376, part 1, 20.1.2.1) in a pt.
_EMU_PT = 12_700
_LENGTH = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]+)\s*(pt|in|cm|mm|px)", re.IGNORECASE)
_PT = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "px": 0.75}
#: What Word writes below an alternative text that it made itself.
_MADE = re.compile(
    r"\s*(?:描述已自动生成|已自动生成说明|AI 生成的内容可能不正确。?|(?:Description )?automatically generated.*)$",
    re.I | re.S,
)
_SAVE = msg("In Word: copy it, Paste Special as a picture (PNG), and put that into images/.")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture: its address, its alternative text, its size (pt, 0 where unknown), whether it stands in the line."""

    address: str
    alt: str
    width_pt: float
    height_pt: float
    in_line: bool


@dataclass(frozen=True, slots=True)
class Box:
    """A box with text; ``content`` holds its paragraphs and tables."""

    content: Element


@dataclass(frozen=True, slots=True)
class Listed:
    """The texts of a diagram (SmartArt), in its order."""

    texts: tuple[str, ...]


Thing = Drawn | Box | Listed


@dataclass(slots=True)
class Drawings:
    """Reads drawings of a part of the package, which ``part`` names."""

    package: Package
    part: str
    media: Media
    tally: Tally

    def read(self, node: Element, paragraph: Element) -> list[Thing]:
        """Return what a ``w:drawing``, ``w:pict`` or ``w:object`` holds; what is nothing of it is reported."""
        if node.tag == "w:drawing":
            frames = [child for child in node if child.tag in ("wp:inline", "wp:anchor")]
            return [thing for frame in frames for thing in self._frame(frame, paragraph)]
        return list(self._vml(node, paragraph))

    def _frame(self, frame: Element, paragraph: Element) -> Iterator[Thing]:
        properties = at(frame, "wp:docPr")
        alt = _alt(properties)
        inside = list(_drawn(frame))
        names = [one.tag for one in inside]
        extent = at(frame, "wp:extent")
        pictures = [one for one in inside if one.tag == "pic:pic"]
        for node in inside:
            if node.tag == "pic:pic":
                own = node if len(pictures) > 1 else None
                yield self._picture(
                    node, alt, _size(extent, own), paragraph, in_line=frame.tag == "wp:inline"
                )
            elif node.tag == "w:txbxContent":
                yield Box(node)
            elif node.tag == "c:chart":
                yield self._chart(node, alt, paragraph)
            elif node.tag == "dgm:relIds":
                yield from self._diagram(node, alt, paragraph)
        if not {"pic:pic", "w:txbxContent", "c:chart", "dgm:relIds"} & set(names):
            if alt:
                message = msg("A drawing is not printed: “{text}”.", text=shortened(alt))
                self.tally.warn("CST-I013", message, paragraph, _SAVE)
            else:
                self.tally.count("shapes", paragraph)

    def _picture(
        self, node: Element, alt: str, size: tuple[float, float], paragraph: Element, *, in_line: bool
    ) -> Drawn:
        own = _alt(at(node, "pic:nvPicPr", "pic:cNvPr"))
        fill = at(node, "pic:blipFill")
        blip = at(fill, "a:blip")
        crop = crop_of(at(fill, "a:srcRect"))
        form = at(node, "pic:spPr", "a:xfrm")
        turn = turn_of(None if form is None else form.get("rot"))
        identity = "" if blip is None else blip.get("r:embed") or blip.get("r:link") or ""
        relation = self.package.relations(self.part).get(identity)
        if relation is None:
            address = self.media.outside(identity, paragraph)
        elif relation.external:
            address = self.media.outside(relation.target, paragraph)
        else:
            address = self.media.part(relation.target, crop, turn, paragraph)
        return Drawn(address, alt or own, *size, in_line)

    def _chart(self, node: Element, alt: str, paragraph: Element) -> Drawn:
        relation = self.package.relations(self.part).get(node.get("r:id", ""))
        tree = None if relation is None or relation.external else self.package.tree(relation.target)
        texts = [] if tree is None else [one.text or "" for one in descendants(tree, "a:t")]
        title = alt or "".join(texts)
        message = msg("A chart is not printed: “{text}”.", text=shortened(title) or "?")
        self.tally.warn("CST-I013", message, paragraph, _SAVE)
        return self._stand_in("chart", title or "图表 · chart", paragraph)

    def _diagram(self, node: Element, alt: str, paragraph: Element) -> Iterator[Thing]:
        relation = self.package.relations(self.part).get(node.get("r:dm", ""))
        tree = None if relation is None or relation.external else self.package.tree(relation.target)
        points = [] if tree is None else list(descendants(tree, "dgm:t"))
        texts = tuple(
            text for one in points if (text := "".join(t.text or "" for t in descendants(one, "a:t")).strip())
        )
        message = msg(
            "A diagram (SmartArt) is not printed; its texts are kept as a list: {count}.", count=len(texts)
        )
        self.tally.warn("CST-I013", message, paragraph, _SAVE)
        yield Listed(texts) if texts else self._stand_in("diagram", alt or "示意图 · diagram", paragraph)

    def _stand_in(self, name: str, alt: str, paragraph: Element) -> Drawn:
        """Return a picture that is not there: a frame with a text is printed in the drawing's place."""
        address = f"{self.media.prefix}{name}-{self.tally.span(paragraph).line}"
        self.media.files[address] = None
        return Drawn(address, alt, 0, 0, in_line=False)

    def _vml(self, node: Element, paragraph: Element) -> Iterator[Thing]:
        """Yield what a drawing of Word's older form holds."""
        found = False
        for inner in _drawn(node):
            if inner.tag == "w:txbxContent":
                found = True
                yield Box(inner)
            elif inner.tag == "v:imagedata":
                found = True
                relation = self.package.relations(self.part).get(inner.get("r:id", inner.get("r:pict", "")))
                shape = next(
                    (one for one in descendants(node, "v:shape", "v:rect") if inner in list(one)), None
                )
                alt = _tidy((shape.get("alt") if shape is not None else "") or "")
                size = _vml_size(shape)
                target = "" if relation is None else relation.target
                inside = relation is not None and not relation.external
                address = (
                    self.media.part(target, (0, 0, 0, 0), 0, paragraph)
                    if inside
                    else self.media.outside(target, paragraph)
                )
                yield Drawn(address, alt, *size, in_line=True)
        thing = next(descendants(node, "o:OLEObject"), None)
        if thing is not None:
            message = msg(
                "Of an embedded object at most its picture is printed: {name}.",
                name=thing.get("ProgID", "?"),
            )
            self.tally.warn("CST-I013", message, paragraph, _SAVE)
        elif not found:
            self.tally.count("shapes", paragraph)


def _drawn(node: Element) -> Iterator[Element]:
    """Yield the pictures, boxes, charts and diagrams in a drawing; what is in a box is the box's."""
    for child in node:
        if child.tag in ("pic:pic", "w:txbxContent", "c:chart", "dgm:relIds", "v:imagedata"):
            yield child
        else:
            yield from _drawn(child)


def _alt(properties: Element | None) -> str:
    if properties is None:
        return ""
    return _tidy(properties.get("descr") or properties.get("title") or "")


def _tidy(text: str) -> str:
    return " ".join(_MADE.sub("", text).split())


def _size(extent: Element | None, picture: Element | None) -> tuple[float, float]:
    """Return width and height, pt: those of the frame, or of a picture in a group its own."""
    own = at(picture, "pic:spPr", "a:xfrm", "a:ext") if picture is not None else None
    found = own if own is not None else extent
    if found is None:
        return 0.0, 0.0
    return number_of(found.get("cx")) / _EMU_PT, number_of(found.get("cy")) / _EMU_PT


def _vml_size(shape: Element | None) -> tuple[float, float]:
    style = "" if shape is None else shape.get("style", "")
    found = {name.lower(): float(value) * _PT[unit.lower()] for name, value, unit in _LENGTH.findall(style)}
    return found.get("width", 0.0), found.get("height", 0.0)
