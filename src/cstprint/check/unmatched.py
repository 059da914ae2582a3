"""What style sheets of the project name and nothing has: rules that match nothing, pages, texts for running heads.

It may be meant for issues to come, so these are notes; with ``--strict`` they are warnings.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from cstprint.check.classes import classes_in, classes_in_template
from cstprint.check.sheets import Sheet
from cstprint.diagnostics import Diagnostic, Message, msg, nearest, note
from cstprint.project import builtin_folder
from cstprint.source import SourceFile, SourceText

_TAG = re.compile(r"<([a-zA-Z][\w-]*)")
_ATTRIBUTE = re.compile(r"\s([a-zA-Z][\w-]*)=[\"']")
_ID = re.compile(r"\sid=[\"']([^\"']+)")
_IN_TEXTS = """
html body div span p ul ol li dl dt dd blockquote pre code hr br table caption thead tbody tfoot tr th td
h1 h2 h3 h4 h5 h6 em strong a img figure figcaption sup sub s u mark small kbd ruby rt rp q cite b i del ins abbr svg
"""
_OF_TEXTS = "id class style lang dir title href src alt start reversed colspan rowspan scope"
#: What texts may hold, of this issue or another.
ELEMENTS, ATTRIBUTES = frozenset(_IN_TEXTS.split()), frozenset(_OF_TEXTS.split())


@dataclass(frozen=True)
class _Known:
    """What there is, by kinds: of the page and its templates, and what the ancestors' style sheets name."""

    classes: set[str]
    elements: set[str]
    attributes: set[str]
    ids: set[str]


def check_unmatched(
    sheets: Sequence[Sheet], templates: Collection[SourceFile], html: str
) -> Iterator[Diagnostic]:
    """Yield a note for each name in a sheet of the project that matches nothing."""
    known = _known(templates, html)
    ours = builtin_folder("layouts").resolve()
    for name in dict.fromkeys(sheet.part.name for sheet in sheets):
        own = [sheet for sheet in sheets if sheet.part.name == name]
        if own[0].part.folder.resolve().parent != ours:
            for sheet in own:
                yield from _in_selectors(sheet, known)
                yield from _in_pages(sheet, sheets, html)
        for sheet in own:
            known.classes.update(map(str, sheet.facts.classes))
            known.elements.update(map(str, sheet.facts.elements))
            known.attributes.update(map(str, sheet.facts.attributes))


def _known(templates: Collection[SourceFile], html: str) -> _Known:
    texts = (html, *(file.text for file in templates))
    return _Known(
        set(classes_in(html)).union(*(classes_in_template(file.text) for file in templates)),
        {tag.lower() for text in texts for tag in _TAG.findall(text)} | ELEMENTS,
        {name for text in texts for name in _ATTRIBUTE.findall(text)} | ATTRIBUTES,
        set(_ID.findall(html)),
    )


def _in_selectors(sheet: Sheet, known: _Known) -> Iterator[Diagnostic]:
    facts = sheet.facts
    elements = [name for name in facts.elements if name.lower() not in known.elements]
    kinds = (
        (facts.classes, known.classes, msg("No element has the class “{name}”.")),
        (elements, (), msg("There is no element “{name}”.")),
        (facts.attributes, known.attributes, msg("No element has the attribute “{name}”.")),
        (facts.ids, known.ids, msg("No element has the id “{name}” in this issue.")),
    )
    pools = (known.classes, known.elements, known.attributes, known.ids)
    for (named, there, saying), pool in zip(kinds, pools, strict=True):
        for one in named:
            if str(one) not in there:
                yield _note(one, saying, pool)


def _in_pages(sheet: Sheet, sheets: Sequence[Sheet], html: str) -> Iterator[Diagnostic]:
    used = {str(name) for other in sheets for name in other.facts.pages_used}
    used |= set(re.findall(r"\bpage:\s*([\w-]+)", html))
    declared = {str(name) for other in sheets for name in other.facts.page_names}
    for name in sheet.facts.page_names:
        if name not in used and not nearest(name, sorted(used - declared)):  # that one is reported
            yield _note(name, msg("No element is on pages with the name “{name}”."), used)
    given = {(kind, str(name)) for other in sheets for kind, name in other.facts.set}
    given |= {("string", name) for name in re.findall(r"string-set:\s*([\w-]+)", html)}
    given |= {("element", name) for name in re.findall(r"running\(\s*([\w-]+)", html)}
    read = {(kind, str(name)) for other in sheets for kind, name in other.facts.read}
    for kind, name in sheet.facts.read:
        if (kind, str(name)) not in given:
            saying = msg("No rule sets the text “{name}” for running heads (string-set), so it is empty.")
            moved = msg("No element is moved to running heads as “{name}” (position: running()).")
            pool = [other for like, other in given if like == kind]
            yield _note(name, saying if kind == "string" else moved, pool)
    for kind, name in sheet.facts.set:
        if (kind, str(name)) not in read:
            saying = msg("No running head prints “{name}” ({kind}()).", kind=kind)
            yield _note(name, saying, [other for like, other in read if like == kind])


def _note(name: SourceText, saying: Message, pool: Collection[str]) -> Diagnostic:
    message = Message(saying.template, (*saying.values, ("name", str(name))))
    meant = nearest(name, sorted(pool))
    hint = msg("Did you mean “{meant}”?", meant=meant) if meant else None
    return note("CST-L024", message, span=name.span, hint=hint)
