"""What stands around the text of an article: its notes, what its references are called, addresses of links."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote

from markupsafe import Markup

from cstprint.html.drawings import Drawings
from cstprint.html.markdown import render_inline
from cstprint.html.marks import FORMS
from cstprint.html.titles import Titles
from cstprint.issue.blocks import Note
from cstprint.issue.names import Kind, Target

#: What the token ``link-addresses`` says.
NOTE, BRACKETS = "note", "brackets"
_ENCODED = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")


class ArticleFrame:
    """Prints the notes of one article, numbered as they are called, and references to all of the issue."""

    def __init__(
        self,
        words: Mapping[str, str],
        targets: Mapping[str, Target],
        notes: Mapping[str, Note],
        addresses: str,
        drawings: Drawings | None = None,
    ):
        self.drawings = drawings or Drawings(words)
        self._words = words
        self._targets = targets
        self._notes = notes
        self._addresses = addresses
        self._marks: dict[str, str] = {}
        self._titles = Titles(words, targets)
        #: How many notes have a number; where a frame before had some, set to that before the first.
        self.numbered = 0

    @property
    def words(self) -> Mapping[str, str]:
        """The words of the issue's language."""
        return self._words

    def note(self, label: str) -> Markup:
        """Return the note itself where it is called for the first time, its mark where it is called again."""
        if label in self._marks:
            return Markup('<sup class="note-call">{}</sup>').format(self._marks[label])
        self._marks[label] = mark = self._next_mark()
        content = Markup("<br>").join(render_inline(part.tokens, self) for part in self._notes[label].content)
        return _note(mark, content)

    def reference(self, name: str, page: bool) -> Markup:
        """Return a link to what has the name, called by its number, its title or its page."""
        target = self._targets[name]
        link = Markup('<a class="reference{}" href="#{}">{}</a>')
        numbered = " numbered" if page or target.kind in (Kind.FIGURE, Kind.TABLE) else ""
        if page:
            before, after = self._words["page_reference"].split("{page}")
            number = Markup('<span class="page-number" data-target="#{}"></span>').format(target.id)
            return link.format(numbered, target.id, Markup.escape(before) + number + after)
        return link.format(numbered, target.id, self._titles.label(name))

    def link(self, address: str, text: str) -> Markup:
        """Return the address of a link as the layout prints it, a link too; nothing where it is the link's text."""
        shown = readable(address.removeprefix("mailto:"))
        if address.startswith("#") or text.strip() in (address, shown):
            return Markup()
        printed = Markup('<a class="address" href="{}">{}</a>').format(address, shown)
        if self._addresses == BRACKETS:
            before, after = self._words["address"].split("{address}")
            return Markup.escape(before) + printed + after
        return _note(self._next_mark(), printed) if self._addresses == NOTE else Markup()

    def _next_mark(self) -> str:
        self.numbered += 1
        return FORMS[self._words["note_marks"]](self.numbered).strip(" .")


def readable(address: str) -> str:
    """Return an address with letters of other scripts as such (RFC 3987), as browsers show it."""
    return _ENCODED.sub(lambda run: _decoded(run[0]), address)


def _decoded(run: str) -> str:
    try:
        text = unquote(run, errors="strict")
    except UnicodeDecodeError:
        return run
    return text if text.isprintable() else run


def _note(mark: str, content: Markup) -> Markup:
    html = Markup(
        '<span class="note" data-tag="note" data-mark="{}"><span class="note-text">{}</span></span>'
    )
    return html.format(mark, content)
