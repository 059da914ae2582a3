"""Word files for tests, of XML as Word and WPS write it: parts by name, relations by what they are of."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cstprint.importing.document import Document, Head, Picture, Text
from cstprint.importing.word.reader import WordFile, read_word

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
#: A section of A4 with a measure of 400 pt.
SECTION = '<w:sectPr><w:pgSz w:w="11906"/><w:pgMar w:left="1953" w:right="1953"/></w:sectPr>'


def xml(tag: str, inside: str) -> str:
    """A part's XML with all namespaces declared."""
    return f'<?xml version="1.0" encoding="UTF-8"?><{tag} {_NAMESPACES}>{inside}</{tag}>'


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(inside: str = "", style: str = "", properties: str = "") -> str:
    """A paragraph; what is no XML is its text."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    content = inside if inside.startswith("<") or not inside else run(inside)
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{content}</w:p>"


def field_of(instruction: str, result: str = "") -> str:
    """A complex field."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result and run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def picture(
    relation: str = "rIdP", alt: str = "", width_pt: float = 400, height_pt: float = 200, inside: str = ""
) -> str:
    """A run with a picture in the line."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="{int(width_pt * 12700)}" cy="{int(height_pt * 12700)}"/>'
        f'<wp:docPr id="1" name="图片 1" descr="{alt}"/><a:graphic><a:graphicData><pic:pic><pic:blipFill>'
        f'<a:blip r:embed="{relation}"/>{inside}</pic:blipFill><pic:spPr/></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def table(*rows: str) -> str:
    """A table of rows."""
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def tr(*cells: str, properties: str = "") -> str:
    """A row."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tc(inside: str, properties: str = "") -> str:
    """A cell; what is no XML is its text."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside if inside.startswith('<') else p(inside)}</w:tc>"


def style(identity: str, name: str, inside: str = "", based_on: str = "", kind: str = "paragraph") -> str:
    """A style."""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="{kind}" w:styleId="{identity}"><w:name w:val="{name}"/>{base}{inside}</w:style>'


def level(number: int, form: str, text: str, start: int = 1, inside: str = "") -> str:
    """A level of a list."""
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{inside}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*levels: str, lists: Mapping[int, str] | None = None) -> str:
    """The part of numbers: one definition, and lists of it (by default list 1) with what they override."""
    nums = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="0"/>{inside}</w:num>'
        for number, inside in (lists or {1: ""}).items()
    )
    return xml("w:numbering", f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{nums}')


def numbered(number: int = 1, depth: int = 0) -> str:
    """The property of a paragraph in a list."""
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'


@dataclass
class Made:
    """A Word file being made. ``relations`` are (kind, target) by id; targets with :// are outside."""

    body: str
    styles: str = ""
    parts: dict[str, str | bytes] = field(default_factory=dict)
    relations: dict[str, tuple[str, str]] = field(default_factory=dict)

    def bytes(self) -> bytes:
        """The package."""
        parts: dict[str, str | bytes] = {
            "[Content_Types].xml": _CONTENT_TYPES,
            "_rels/.rels": _rels({"rId1": ("officeDocument", "word/document.xml")}),
            "word/document.xml": xml("w:document", f"<w:body>{self.body}{SECTION}</w:body>"),
        }
        relations = dict(self.relations)
        if self.styles:
            parts["word/styles.xml"] = xml("w:styles", self.styles)
        parts |= self.parts
        for kind in ("styles", "numbering", "footnotes", "endnotes", "comments"):
            if f"word/{kind}.xml" in parts:
                relations[f"rId-{kind}"] = (kind, f"{kind}.xml")
        parts["word/_rels/document.xml.rels"] = _rels(relations)
        return packed(parts)

    def document(self) -> Document:
        """What the reader makes of it."""
        return read_word(WordFile(Path("a.docx"), self.bytes()))


def _rels(relations: Mapping[str, tuple[str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="{identity}" Type="{_KINDS}{kind}" Target="{target}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if ':' in target or kind.startswith('linked') else ''}/>".replace(
            "linked", ""
        )
        for identity, (kind, target) in relations.items()
    )
    return f'<Relationships xmlns="{_RELATIONS}">{inside}</Relationships>'


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A package of parts, the same bytes every time."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            data = content.encode() if isinstance(content, str) else content
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def heads(document: Document) -> list[tuple[int, str]]:
    """The heads of a document, by level."""
    return [(piece.level, piece.text) for piece in document.pieces if isinstance(piece, Head)]


def markdown(document: Document) -> str:
    """The texts of a document."""
    return "\n\n".join(piece.markdown for piece in document.pieces if isinstance(piece, Text))


def pictures(document: Document) -> list[Picture]:
    """The pictures of a document."""
    return [piece for piece in document.pieces if isinstance(piece, Picture)]


def said(document: Document) -> list[str]:
    """What was reported: code, line of the paragraph, message."""
    return [f"{one.code} {one.span.line if one.span else '-'} {one.message}" for one in document.found]
