"""Running text: runs, fields, links, calls of notes and marks of a paragraph, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from cstprint.blocks.common.links import may_lead
from cstprint.diagnostics import msg
from cstprint.importing.word.drawings import Box, Drawings, Drawn, Listed
from cstprint.importing.word.fields import Field, Fields, made_by, ruby
from cstprint.importing.word.formulas import latex_of
from cstprint.importing.word.package import Package
from cstprint.importing.word.styles import Styles
from cstprint.importing.word.symbols import UNKNOWN, symbol, without_symbols
from cstprint.importing.word.tally import Tally, shortened, text_within
from cstprint.importing.word.xml import at

#: Marks by the elements of HTML that they become; the outermost first.
_ORDER = ("strong", "em", "s", "u", "mark", "sub", "sup")


@dataclass(frozen=True, slots=True)
class Bit:
    """A piece of running text, or an element in it; ``size_pt`` is that of its type."""

    content: str | Element
    marks: frozenset[str] = frozenset()
    link: str = ""
    size_pt: float = 0.0


Item = Bit | Drawn | Box | Listed


@dataclass(slots=True)
class Inline:
    """Reads the paragraphs of one part of the package, in their order: fields may end in a later one.

    ``label_of`` returns the label of a note by the element that calls it, ``comment`` reports a comment by its id.
    """

    package: Package
    part: str
    styles: Styles
    drawings: Drawings
    tally: Tally
    label_of: Callable[[Element], str]
    comment: Callable[[str, Element], None]
    fields: Fields = field(default_factory=Fields)

    def items(self, paragraph: Element) -> list[Item]:
        """Return what a paragraph shows."""
        hidden: list[str] = []
        found = list(self._children(paragraph, paragraph, "", hidden))
        if text := "".join(hidden).strip():
            message = msg("Left out: hidden text: “{text}”.", text=shortened(text))
            self.tally.note("CST-I006", message, paragraph)
        return found

    def _children(self, node: Element, paragraph: Element, link: str, hidden: list[str]) -> Iterator[Item]:
        for child in node:
            if child.tag == "w:r":
                yield from self._run(child, paragraph, link, hidden)
            elif child.tag == "w:hyperlink":
                yield from self._children(child, paragraph, self._address(child) or link, hidden)
            elif child.tag == "w:fldSimple":
                field_ = Field(child, child.get("w:instr", ""), in_result=True)
                self.fields.stack.append(field_)
                yield from self._children(child, paragraph, link, hidden)
                self.fields.stack.pop()
                yield from self._ended(field_, paragraph)
            elif child.tag in ("m:oMath", "m:oMathPara") and self.fields.are_shown:
                yield from self._formula(child, paragraph)

    def _run(self, run: Element, paragraph: Element, link: str, hidden: list[str]) -> Iterator[Item]:
        properties = at(run, "w:rPr")
        if self.styles.run_is(paragraph, properties, "w:vanish"):
            self._pass(run)
            if self.fields.are_shown:
                hidden.append(text_within(run))
            return
        own = any(one.get("w:customMarkFollows") in ("1", "true", "on") for one in run)
        for child in run:
            if child.tag == "w:fldChar":
                ended = self.fields.mark(child)
                if ended is not None:
                    yield from self._ended(ended, paragraph)
            elif child.tag == "w:instrText":
                self.fields.instruct(child.text or "")
            elif self.fields.are_shown and not (own and child.tag == "w:t"):
                yield from self._shown(child, properties, paragraph, link)

    def _pass(self, run: Element) -> None:
        """Take the marks of fields in a run that is hidden."""
        for child in run:
            if child.tag == "w:fldChar":
                self.fields.mark(child)
            elif child.tag == "w:instrText":
                self.fields.instruct(child.text or "")

    def _shown(
        self, child: Element, properties: Element | None, paragraph: Element, link: str
    ) -> Iterator[Item]:
        if child.tag in ("w:drawing", "w:pict", "w:object"):
            yield from self.drawings.read(child, paragraph)
            return
        if child.tag == "w:commentReference":
            self.comment(child.get("w:id", ""), paragraph)
            return
        content = self._content(child, properties, paragraph)
        if content is None or content == "":
            return
        self.fields.has_text()
        link = self.fields.address or link
        if link and not may_lead(link):
            self.tally.count("links", paragraph)
            link = ""
        marks = self._marks(properties, paragraph, is_link=bool(link))
        if isinstance(content, Element) and content.tag == "Note":
            marks -= {"sup", "sub", "u"}
        yield Bit(content, marks, link, self.styles.size(paragraph, properties))

    def _content(
        self, child: Element, properties: Element | None, paragraph: Element
    ) -> str | Element | None:
        """Return what an element of a run prints."""
        found: str | Element | None = _CHARACTERS.get(str(child.tag))
        if child.tag == "w:t":
            found = self._text(child.text or "", properties, paragraph)
        elif child.tag == "w:sym":
            found = self._symbol(child, paragraph)
        elif child.tag in ("w:footnoteReference", "w:endnoteReference"):
            label = self.label_of(child)
            found = Element("Note", {"label": label}) if label else None
        elif child.tag == "w:ruby":
            found = ruby(_letters(at(child, "w:rubyBase")), _letters(at(child, "w:rt")))
        elif child.tag == "w:cr" or (child.tag == "w:br" and child.get("w:type") not in _BREAKS):
            found = Element("br")
        elif child.tag in ("w:br", "w:pgNum"):
            self.tally.count("breaks" if child.tag == "w:br" else "pages", paragraph)
        return found

    def _text(self, text: str, properties: Element | None, paragraph: Element) -> str:
        font = self.styles.run_value(paragraph, properties, "w:rFonts", "w:ascii")
        text = without_symbols(font, text)
        if UNKNOWN in text:
            self.tally.count("symbols", paragraph)
        return text.upper() if self.styles.run_is(paragraph, properties, "w:caps") else text

    def _symbol(self, child: Element, paragraph: Element) -> str:
        try:
            code = int(child.get("w:char", "0"), 16)
        except ValueError:
            code = 0
        text = symbol(child.get("w:font"), code)
        if text == UNKNOWN:
            self.tally.count("symbols", paragraph)
        return text

    def _marks(self, properties: Element | None, paragraph: Element, *, is_link: bool) -> frozenset[str]:
        def is_on(name: str) -> bool:
            return self.styles.run_is(paragraph, properties, name)

        def value(name: str) -> str:
            return self.styles.run_value(paragraph, properties, name) or "none"

        script = {"superscript": "sup", "subscript": "sub"}.get(value("w:vertAlign"))
        found = {
            "strong": is_on("w:b"),
            "em": is_on("w:i") or value("w:em") != "none",
            "s": is_on("w:strike") or is_on("w:dstrike"),
            "u": value("w:u") not in ("none", "") and not is_link,
            "mark": value("w:highlight") not in ("none", "white"),
        }
        return frozenset({mark for mark, on in found.items() if on} | ({script} if script else set()))

    def _address(self, node: Element) -> str:
        """Return where a hyperlink leads to; one that leads into this document is text."""
        relation = self.package.relations(self.part).get(node.get("r:id", ""))
        if relation is None:
            return ""
        anchor = node.get("w:anchor", "")
        return relation.target + (f"#{anchor}" if anchor and "#" not in relation.target else "")

    def _ended(self, ended: Field, paragraph: Element) -> Iterator[Item]:
        """Yield what a field prints that has ended without a result, and report what is known only now."""
        if ended.is_list and not any(one.is_list for one in self.fields.stack):
            self.tally.count("contents", paragraph)
        elif ended.is_page:
            self.tally.count("pages", paragraph)
        elif ended.kind == "PAGEREF" and ended.has_text and self.fields.are_shown:
            self.tally.count("references", paragraph)
        elif not ended.has_text and self.fields.are_shown:
            made = made_by(ended)
            if made != "" or isinstance(made, Element):
                yield Bit(made)
            elif not ended.is_silent:
                message = msg("A field has no text: {field}", field=shortened(ended.instruction))
                hint = msg("In Word: select all, press F9, and save; or type the text.")
                self.tally.warn("CST-I013", message, paragraph, hint)

    def _formula(self, node: Element, paragraph: Element) -> Iterator[Item]:
        formula = Element("Formula")
        formula.text = latex_of(node)
        if formula.text:
            self.fields.has_text()
            yield Bit(formula)
            message = msg(
                "A formula was converted to LaTeX; check it: {formula}", formula=shortened(formula.text)
            )
            self.tally.note("CST-I013", message, paragraph)


#: Breaks that a layout makes itself.
_BREAKS = ("page", "column")
#: Elements that are one character.
_CHARACTERS = {"w:tab": " ", "w:ptab": " ", "w:noBreakHyphen": "\u2011", "w:softHyphen": "\u00ad"}


def _letters(node: Element | None) -> str:
    return text_within(node) if node is not None else ""


def elements_of(bits: Sequence[Bit], without: frozenset[str] = frozenset()) -> list[Element]:
    """Return running text as elements of HTML, its marks around as much of it as they can stand around."""
    root = Element("span")
    opened: list[tuple[str, str, Element]] = []
    for bit in _evened(bits):
        wanted = [("a", bit.link)] if bit.link else []
        wanted += [(mark, "") for mark in _ORDER if mark in bit.marks - without]
        same = 0
        while same < min(len(opened), len(wanted)) and opened[same][:2] == wanted[same]:
            same += 1
        del opened[same:]
        for tag, address in wanted[same:]:
            inner = Element(tag, {"href": address} if address else {})
            (opened[-1][2] if opened else root).append(inner)
            opened.append((tag, address, inner))
        _append(opened[-1][2] if opened else root, bit.content)
    return [root]


def _evened(bits: Sequence[Bit]) -> Iterator[Bit]:
    """Yield the bits; a blank between two with the same marks has them, too."""
    for number, bit in enumerate(bits):
        around = [one.marks for one in (*bits[max(0, number - 1) : number], *bits[number + 1 : number + 2])]
        blank = isinstance(bit.content, str) and not bit.content.strip()
        yield replace(bit, marks=around[0]) if blank and len(around) == 2 and around[0] == around[1] else bit


def _append(node: Element, content: str | Element) -> None:
    if isinstance(content, Element):
        own = copy(content)  # what follows it becomes its tail, here and not wherever else it is written
        own.tail = None
        node.append(own)
    elif len(node):
        node[-1].tail = (node[-1].tail or "") + content
    else:
        node.text = (node.text or "") + content


def plain_text(bits: Sequence[Bit]) -> str:
    """Return the letters of running text."""
    return "".join(
        bit.content if isinstance(bit.content, str) else " " if bit.content.tag == "br" else ""
        for bit in bits
    ).strip()
