"""What stands around the text of an article: its notes, what its references are called, addresses of links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from cstprint.blocks.common.parts import Note, Target, TargetKind
from cstprint.blocks.links import LinksView, LinkView
from cstprint.html.drawings import Drawings
from cstprint.html.markdown import render_inline
from cstprint.html.marks import FORMS, indent_em
from cstprint.html.titles import Titles
from cstprint.issue.printed_address import is_same_address, printed_address
from cstprint.languages.record import Language

#: What the token ``link-addresses`` says.
NOTE, BRACKETS, END = "note", "brackets", "end"


class ArticleFrame:
    """Prints the notes of one article, numbered as they are called, and references to all of the issue."""

    def __init__(
        self,
        language: Language,
        targets: Mapping[str, Target],
        notes: Mapping[str, Note],
        addresses: str,
        drawings: Drawings | None = None,
    ):
        self.drawings = drawings or Drawings(language.words)
        self._language = language
        self._targets = targets
        self._notes = notes
        self._addresses = addresses
        self._marks: dict[str, str] = {}
        self._marks_of_addresses: dict[str, str] = {}
        self._titles = Titles(language, targets)
        #: The id of the article with whose notes these are numbered.
        self.series = ""
        #: How many notes have a number; where a frame before had some, set to that before the first.
        self.numbered = 0
        #: The addresses that stand at the end, in the order of their numbers; those of a frame before first.
        self.links: list[str] = []

    @property
    def language(self) -> Language:
        """The language of the issue."""
        return self._language

    def note(self, label: str) -> Markup:
        """Return the note itself where it is called for the first time, its mark where it is called again."""
        if label in self._marks:
            call = Markup('<sup class="note-call" data-series="{}" data-note="{}">{}</sup>')
            return call.format(self.series, label, self._marks[label])
        self._marks[label] = mark = self._next_mark()
        addresses = self._addresses
        if addresses == NOTE:  # a note calls no other
            self._addresses = BRACKETS
        content = Markup("<br>").join(render_inline(part.tokens, self) for part in self._notes[label].content)
        self._addresses = addresses
        return self._note(mark, content, "note", label)

    def reference(self, name: str, page: bool) -> Markup:
        """Return a link to what has the name, called by its number, its title or its page."""
        target = self._targets[name]
        link = Markup('<a class="reference{}" href="#{}">{}</a>')
        numbered = " numbered" if page or target.kind in (TargetKind.FIGURE, TargetKind.TABLE) else ""
        if page:
            before, after = self._language.words.page_reference.split("{page}")
            number = Markup('<span class="page-number" data-target="#{}"></span>').format(target.id)
            return link.format(numbered, target.id, Markup.escape(before) + number + after)
        return link.format(numbered, target.id, self._titles.label(name))

    def link(self, address: str, text: str) -> Markup:
        """Return the address of a link as the layout prints it, a link too; nothing where it is the link's text."""
        if address.startswith("#") or is_same_address(text, address):
            return Markup()
        if self._addresses == END:
            return self._link_call(address)
        printed = Markup('<a class="address" href="{}">{}</a>').format(address, printed_address(address))
        if self._addresses == BRACKETS:
            before, after = self._language.words.address.split("{address}")
            return Markup.escape(before) + printed + after
        if self._addresses == NOTE:
            # How many notes the pages make of it is known when these are laid out.
            mark = self._marks_of_addresses.get(address) or self._next_mark()
            self._marks_of_addresses[address] = mark
            return self._note(mark, printed, "address", address)
        return Markup()

    def end(self) -> Iterable[LinksView]:
        """Yield the list of the addresses that stand at the end of the article, if there are any."""
        if self.links:
            marks = [f"{_link_mark(number)} " for number in range(1, len(self.links) + 1)]
            entries = (
                LinkView(self._link_id(number), mark, address, printed_address(address))
                for number, (mark, address) in enumerate(zip(marks, self.links, strict=True), 1)
            )
            yield LinksView(f"{self.series}-links", tuple(entries), indent_em(marks))

    def _link_call(self, address: str) -> Markup:
        if address not in self.links:
            self.links.append(address)
        number = self.links.index(address) + 1
        call = Markup('<sup class="link-call"><a href="#{}">{}</a></sup>')
        return call.format(self._link_id(number), _link_mark(number))

    def _link_id(self, number: int) -> str:
        return f"{self.series}-link-{number}"

    def _next_mark(self) -> str:
        self.numbered += 1
        return note_mark(self._language.note_marks, self.numbered)

    def _note(self, mark: str, content: Markup, kind: str, name: str) -> Markup:
        """Return a note; its label, or the address in it, says which notes are one."""
        html = Markup(
            '<span class="note" data-tag="note" data-mark="{}" data-series="{}" data-{}="{}">'
            '<span class="note-text">{}</span></span>'
        )
        return html.format(mark, self.series, kind, name, content)


def note_mark(form: str, number: int) -> str:
    """Return the mark of a note in one of :data:`cstprint.html.marks.FORMS`."""
    return FORMS[form](number).strip(" .")


def _link_mark(number: int) -> str:
    return f"[{number}]"
