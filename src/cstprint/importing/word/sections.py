"""How wide the text of each section of a Word file is."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from cstprint.importing.word.xml import at, descendants, number_of

#: Twentieths of a pt.
_TWIPS = 20
#: A4 with Word's margins, where nothing says it.
_USUAL_PT = 415.3


class Measures:
    """The measure (pt) of the section that is being read; it ends with the paragraph that has its properties."""

    def __init__(self, body: Element) -> None:
        self._measures = [_measure(section) for section in descendants(body, "w:sectPr")] or [_USUAL_PT]
        self._at = 0

    @property
    def measure_pt(self) -> float:
        """The width of a column of the text, pt."""
        return self._measures[min(self._at, len(self._measures) - 1)]

    def pass_paragraph(self, paragraph: Element) -> None:
        """Take note that a paragraph has been read."""
        if at(paragraph, "w:pPr", "w:sectPr") is not None:
            self._at += 1


def _measure(section: Element) -> float:
    size, margins, columns = at(section, "w:pgSz"), at(section, "w:pgMar"), at(section, "w:cols")
    if size is None or margins is None:
        return _USUAL_PT
    width = number_of(size.get("w:w")) - sum(
        number_of(margins.get(f"w:{side}")) for side in ("left", "right", "gutter")
    )
    count = number_of(columns.get("w:num"), 1) if columns is not None else 1
    if columns is not None and count > 1:
        width = (width - (count - 1) * number_of(columns.get("w:space"), 720)) // count
    return width / _TWIPS if width > 0 else _USUAL_PT
