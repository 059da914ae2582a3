"""The standards that a PDF can be made to: PDF/A for archives (ISO 19005), PDF/UA for all readers (ISO 14289)."""

from __future__ import annotations

from dataclasses import dataclass

from cstprint.diagnostics import UsageError, error, msg

#: PDF/A wants every XMP property described that it does not know (ISO 19005-2, 6.6.2.3.3); it does not know PDF/UA's.
_PDFUA_SCHEMA = """\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"\
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
  <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
      <pdfaProperty:name>part</pdfaProperty:name>
      <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
      <pdfaProperty:category>internal</pdfaProperty:category>
      <pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
  </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


@dataclass(frozen=True, slots=True)
class Standard:
    """What a PDF claims to be: a part and level of PDF/A, PDF/UA-1, both or neither."""

    archive: str | None = None  #: “2a”, “2u”, “3a”
    accessible: bool = False

    @property
    def variant(self) -> str | None:
        """The engine's name for it; PDF/UA asks for nothing that PDF/A level A does not."""
        if self.archive:
            return f"pdf/a-{self.archive}"
        return "pdf/ua-1" if self.accessible else None

    @property
    def holds_files(self) -> bool:
        """Whether files of any kind may be inside: PDF/A before its part 3 forbids them."""
        return self.archive is None or self.archive[0] >= "3"

    def claims(self) -> str:
        """Return what the XMP packet says of it, as ``rdf:Description`` elements."""
        said = ""
        if self.archive:
            part, level = self.archive[0], self.archive[1].upper()
            said += (
                '<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">\n'
                f"  <pdfaid:part>{part}</pdfaid:part><pdfaid:conformance>{level}</pdfaid:conformance>\n"
                "</rdf:Description>\n"
            )
        if self.accessible:
            said += (
                '<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\n'
                "  <pdfuaid:part>1</pdfuaid:part>\n</rdf:Description>\n"
            )
        return said + (_PDFUA_SCHEMA if self.archive and self.accessible else "")


#: What `--standard` takes.
STANDARDS = {
    "none": Standard(),
    "a-2u": Standard("2u"),
    "a-2a": Standard("2a"),
    "a-3a": Standard("3a"),
    "ua-1": Standard(accessible=True),
    "a-2a+ua-1": Standard("2a", accessible=True),
    "a-3a+ua-1": Standard("3a", accessible=True),
}
DEFAULT = "a-2a+ua-1"
#: The same with files inside.
DEFAULT_WITH_FILES = "a-3a+ua-1"


def choose_standard(asked: str | None, *, with_files: bool) -> str:
    """Return the name of the standard asked for, or of the default.

    Raises :class:`~cstprint.diagnostics.UsageError` for one that cannot hold files where there are some.
    """
    name = asked or (DEFAULT_WITH_FILES if with_files else DEFAULT)
    if with_files and not STANDARDS[name].holds_files:
        problem = msg(
            "{standard} cannot contain the source: PDF/A-2 does not allow such files.", standard=name
        )
        able = tuple(other for other, standard in STANDARDS.items() if standard.holds_files)
        hint = msg("Omit --standard, or choose one of these: {known}.", known=able)
        raise UsageError(error("CST-U020", problem, subject="--embed-source", hint=hint))
    return name
