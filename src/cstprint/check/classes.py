"""Classes that style sheets name and nothing has: reported where they are nearly one that there is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import lru_cache

from cstprint.check.sheets import Sheet
from cstprint.diagnostics import Diagnostic, Message, msg, nearest, warning
from cstprint.issue.gathered import gathered
from cstprint.issue.model import Issue
from cstprint.issue.names import classes_of
from cstprint.layout.resolve import Layout
from cstprint.source import SourceFile

#: In templates and HTML; what Jinja2 puts in is left out.
_ATTRIBUTE = re.compile(r"""class=(?:"([^"]*)"|'([^']*)')""")
_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
#: Of shorter words, too many are like each other. Of this length, those are that end alike: side, wide.
SHORTEST = 4
#: Classes of our layouts that texts take and no template has.
OF_TEXTS = frozenset({"side"})


def check_classes(
    layout: Layout, sheets: Sequence[Sheet], templates: Iterable[SourceFile], html: str
) -> Iterator[Diagnostic]:
    """Yield a warning for each class that differs only by a slip from one of the templates, the text, its ancestors.

    A class that is like none is the designer's own, for issues to come: nothing is said.
    """
    known = OF_TEXTS.union(classes_in(html), *(classes_in_template(file.text) for file in templates))
    for part in layout.parts:
        named = [name for sheet in sheets if sheet.part.name == part.name for name in sheet.facts.classes]
        by_ends: dict[str, set[str]] = {}  # one slip leaves the first letter or the last
        for word in known:
            by_ends.setdefault(word[0], set()).add(word)
            by_ends.setdefault(word[-1], set()).add(word)
        for name in (name for name in named if name not in known):
            alike = by_ends.get(name[0], set()) | by_ends.get(name[-1], set())
            if meant := min((word for word in alike if _is_slip(name, word)), default=None):
                message = msg("No template and no text has the class “{name}”.", name=str(name))
                hint = msg("Did you mean “{meant}”?", meant=meant)
                yield warning("CST-L016", message, span=name.span, hint=hint)
        known |= {str(name) for name in named}  # for the layouts that extend this one


#: Classes of texts that no style sheet names: what prints them knows them.
BUILT_IN = frozenset({"han"})


def check_classes_of_texts(issue: Issue, sheets: Sequence[Sheet]) -> Iterator[Diagnostic]:
    """Yield a warning for each class that a writer gave to a text and that no style sheet of the layout knows."""
    known = {str(name) for sheet in sheets for name in sheet.facts.classes} | BUILT_IN
    unknown = (name for name in classes_of(issue) if name not in known)
    yield from gathered(
        warning(
            "CST-M031",
            msg(
                "The layout has no class “{name}”: the text is printed without a style of its own.",
                name=str(name),
            ),
            span=name.span,
            hint=_meant(name, known),
        )
        for name in unknown
    )


def _meant(name: str, known: Set[str]) -> Message:
    meant = nearest(name, sorted(known))
    if meant:
        return msg("Did you mean “{meant}”?", meant=meant)
    return msg(
        "Write rules for .{name} into a style sheet of the layout, or delete the class.", name=str(name)
    )


@lru_cache(maxsize=128)  # the templates of the package are read for every issue
def classes_in_template(text: str) -> frozenset[str]:
    """Return the classes that a template writes itself."""
    return frozenset(classes_in(_JINJA.sub(" ", text)))


def classes_in(text: str) -> Iterator[str]:
    """Yield the classes of all elements of a page."""
    return (name for found in _ATTRIBUTE.findall(text) for value in found for name in value.split())


@lru_cache(maxsize=1 << 14)  # those of the package are compared for every issue
def _is_slip(written: str, meant: str) -> bool:
    """Return whether a word has one letter too many, too few, wrong or exchanged against another; no digits.

    A short word with another first letter is another word.
    """
    if min(len(written), len(meant)) < SHORTEST or abs(len(written) - len(meant)) > 1:
        return False
    start = next(
        (n for n, (a, b) in enumerate(zip(written, meant, strict=False)) if a != b),
        min(len(written), len(meant)),
    )
    left, right = written[start:], meant[start:]
    if any(letter.isdigit() for letter in (left[:1], right[:1])):
        return False
    return (
        left[1:] == right  # one too many
        or left == right[1:]
        or (left[1:] == right[1:] and (start > 0 or len(written) > SHORTEST))
        or (left[:2] == right[:2][::-1] and left[2:] == right[2:])
    )
