"""What a designer may have meant by CSS that WeasyPrint ignores.

Each proposal for a declaration is put to WeasyPrint's own validation first, so none is made that it would ignore.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from functools import cache

from cstprint.diagnostics import Message, msg, nearest

_UNITS = (
    "pt",
    "mm",
    "cm",
    "in",
    "px",
    "em",
    "rem",
    "ch",
    "ex",
    "q",
    "pc",
    "%",
    "lh",
    "vw",
    "vh",
    "deg",
    "fr",
)
#: Selectors 4 and CSS Generated Content: those that WeasyPrint has, with those that never match on paper.
_PSEUDO_CLASSES = (
    *(
        "first-child",
        "last-child",
        "only-child",
        "nth-child",
        "nth-last-child",
        "first-of-type",
        "last-of-type",
    ),
    *(
        "only-of-type",
        "nth-of-type",
        "nth-last-of-type",
        "not",
        "is",
        "where",
        "has",
        "root",
        "empty",
        "lang",
    ),
    *("link", "any-link", "visited", "hover", "active", "focus", "target", "enabled", "disabled", "checked"),
)
_AT_RULES = ("page", "media", "import", "font-face", "counter-style", "layer", "color-profile", "footnote")
_PAGE_PSEUDO = ("first", "left", "right", "blank", "nth")


#: Properties that browsers have and WeasyPrint has not.
_OF_BROWSERS = frozenset(
    {
        "text-shadow",
        "filter",
        "backdrop-filter",
        "writing-mode",
        "text-orientation",
        "text-emphasis",
        "text-wrap",
    }
    | {"text-emphasis-style", "ruby-position", "ruby-align", "text-spacing-trim", "text-autospace", "zoom"}
    | {
        "line-break",
        "text-underline-position",
        "mix-blend-mode",
        "isolation",
        "clip-path",
        "mask",
        "mask-image",
    }
    | {
        "perspective",
        "backface-visibility",
        "initial-letter",
        "line-clamp",
        "line-grid",
        "line-snap",
        "contain",
    }
    | {"background-blend-mode", "scale", "rotate", "translate", "offset-path", "animation", "transition"}
    | {"aspect-ratio", "object-view-box", "text-wrap-mode", "text-wrap-style", "container", "container-type"}
    | {"text-size-adjust", "font-optical-sizing", "font-synthesis", "hanging-punctuation", "shape-outside"}
)
_CORRECT = msg("Correct it, or remove it.")


def meant_declaration(name: str, value: str) -> Message | None:
    """Return what to write instead of a declaration of an element or a page that is ignored."""
    if name.lower() not in _supported():
        return _instead(name.lower()) or _meant_property(name, value)
    if gap := _missing_semicolon(value):
        return msg("Put a semicolon after “{name}: {value}”.", name=name, value=gap)
    if absent := _absent_word(value):
        return msg(
            "WeasyPrint does not support {word}: remove the declaration, or use another value.", word=absent
        )
    for proposal in (*_papers(name.lower(), value), *_proposals(name.lower(), value)):
        if _is_valid(name.lower(), proposal):
            return msg("Did you mean “{meant}”?", meant=f"{name.lower()}: {proposal}")
    return _form_of(name.lower())


#: What browsers have and WeasyPrint has not, which is near to nothing that was meant.
_ABSENT_WORDS = re.compile(
    r"\b(sticky|conic-gradient|repeating-conic-gradient|color-mix|image-set|cross-fade|fit-content|max-content"
    r"|min-content|subgrid|masonry)\b",
    re.IGNORECASE,
)
_PAPERS = ("A3", "A4", "A5", "B4", "B5", "letter", "legal")


def _absent_word(value: str) -> str | None:
    """Return a word of a value that other engines know."""
    match = _ABSENT_WORDS.search(value)
    return match[1].lower() if match else None


def _papers(name: str, value: str) -> Iterator[str]:
    """Yield what a size of paper may have been meant to be: they are too short to be found by likeness."""
    words = value.split()
    for place, word in enumerate(words if name == "size" else ()):
        near = [one for one in _PAPERS if word.upper().startswith(one.upper())]
        for paper in (*near, nearest(word, _PAPERS)):
            if paper is not None and paper.lower() != word.lower():
                yield " ".join((*words[:place], paper, *words[place + 1 :]))


def _instead(name: str) -> Message | None:
    """Return what does here what a property does in browsers; the guide has the recipes."""
    if name in ("rotate", "scale", "translate"):
        return msg("WeasyPrint does not support this property: write transform: {name}(…).", name=name)
    if name == "initial-letter":
        return msg("WeasyPrint does not support this property: see “Drop cap” in layouts/README.md.")
    if name == "aspect-ratio":
        return msg("WeasyPrint does not support this property: write a width and a height.")
    if name == "text-wrap" or name.startswith("text-wrap-"):
        return msg("WeasyPrint does not support this property: write --cst-text-wrap: balance.")
    if name.startswith("text-emphasis"):
        return msg("WeasyPrint does not support this property: write --cst-emphasis-mark: dots.")
    return None


def meant_selector(selector: str) -> Message | None:
    """Return what may have been meant by a selector that is ignored."""
    from cstprint.engine.weasy.css import PSEUDO_ELEMENTS

    elements = sorted(name for name in PSEUDO_ELEMENTS if name)
    for colons, word in re.findall(r"(::?)([a-zA-Z-]+)", selector):
        known = elements if colons == "::" else [*_PSEUDO_CLASSES, *elements]
        if word.lower() not in known:
            meant = nearest(word, known)
            return msg("Did you mean “{meant}”?", meant=colons + meant) if meant else _CORRECT
    return _CORRECT


def meant_rule(keyword: str) -> Message | None:
    """Return what may have been meant by a rule that is not known: @top-middle, @page :frist."""
    from cstprint.engine.weasy.css import PAGE_MARGIN_BOXES

    side, dash, _rest = keyword.partition("-")
    boxes = [name for name in sorted(PAGE_MARGIN_BOXES) if dash and name.startswith(side)]
    meant = nearest(keyword, boxes or (*_AT_RULES, *sorted(PAGE_MARGIN_BOXES)))
    if meant and meant != keyword:
        return msg("Did you mean “{meant}”?", meant=f"@{meant}")
    return msg("Known here: {known}.", known=tuple(f"@{name}" for name in boxes)) if boxes else _CORRECT


def meant_page(selector: str) -> Message | None:
    """Return what may have been meant by the selector of an @page rule."""
    for word in re.findall(r":([a-zA-Z-]+)", selector):
        meant = nearest(word, _PAGE_PSEUDO)
        if meant and meant != word:
            return msg("Did you mean “{meant}”?", meant=f":{meant}")
    return msg("Known here: {known}.", known=tuple(f":{word}" for word in _PAGE_PSEUDO))


def _form_of(name: str) -> Message:
    """Return what may stand as the value of a property."""
    words = tuple(word for word in _words_of(name) if _is_valid(name, word))
    if _is_valid(name, "#000"):
        return msg("Write a colour such as #17406d, or use the colour of a token.")
    if len(words) > 2:
        return msg("Known here: {known}.", known=words[:12])
    if _is_valid(name, "1pt"):
        return msg("Write a number and its unit without a space: 10.5pt, 3mm, 2em; or 0.")
    return _CORRECT


def _meant_property(name: str, value: str) -> Message | None:
    meant = nearest(name, sorted(_supported()))
    if meant is None or name.lower() in _properties():
        return msg("WeasyPrint does not support this property: remove the declaration.")
    if _is_valid(meant, value):
        return msg("Did you mean “{meant}”?", meant=f"{meant}: {value.strip()}")
    return msg("Did you mean “{meant}”?", meant=meant)


def _missing_semicolon(value: str) -> str | None:
    """Return the value before the line in which the next declaration begins."""
    match = re.search(r"^(.*?)(?:\s*\n\s*|\s+)(--[\w-]+|[a-zA-Z-]+)\s*:", value, re.DOTALL)
    known = match is not None and (match[2].startswith("--") or match[2].lower() in _properties())
    return match[1].strip() if match and known else None


def _proposals(name: str, value: str) -> Iterator[str]:
    """Yield what the value may have been meant to be: the nearest first."""
    text = " ".join(value.split())
    yield re.sub(r"!\s*[a-zA-Z]*", "", text).strip() + (" !important" if "!" in text else "")
    yield text.translate(_HALF_WIDTH).rstrip("; ")
    yield re.sub(r"(\d)\s+([a-zA-Z%]+)", r"\1\2", text)
    yield re.sub(r"(?<=[\w)%])\s*([+-])\s*(?=[\d(])", r" \1 ", text)
    for match in re.finditer(r"(?<![\w#.])(-?[\d.]+)([a-zA-Z]+|%)?(?![\w(.])", text):
        head, tail = text[: match.start()] + match[1], text[match.end() :]
        wanted = nearest(match[2], _UNITS) if match[2] else None
        yield from (head + unit + tail for unit in ([wanted] if wanted else ("pt",)))
    for match in re.finditer(r"(?<![\w#-])[a-zA-Z-]{3,}(?![\w])", text):
        for pool in (_words_of(name), _colours(), _all_words()):
            if meant := nearest(match[0], pool):
                yield text[: match.start()] + meant + text[match.end() :]


_HALF_WIDTH = {
    ord(wide): ord(narrow) for wide, narrow in zip("，（）“”‘’；：％！＃", ",()\"\"'';:%!#", strict=True)
}


def _is_valid(name: str, value: str) -> bool:
    """Return whether WeasyPrint takes a declaration."""
    import tinycss2

    from cstprint.engine.weasy.css import (
        EXPANDERS,
        InvalidValues,
        remove_whitespace,
        validate_non_shorthand,
    )

    declaration = tinycss2.parse_one_declaration(f"{name}: {value}")
    if declaration.type == "error" or not remove_whitespace(declaration.value):
        return False
    validator = EXPANDERS.get(name, validate_non_shorthand)
    try:
        return bool(list(validator(remove_whitespace(declaration.value), name, "cst://render/")))
    except InvalidValues:
        return False
    except Exception:  # noqa: BLE001 - it asserts where a value is odd, and that is no value to propose
        return False


@cache
def _properties() -> frozenset[str]:
    """Return the names of the properties that CSS has: whoever writes one of them has not misspelt another."""
    from cstprint.engine.weasy.css import KNOWN_PROPERTIES, NOT_PRINT_MEDIA

    return _supported() | frozenset(KNOWN_PROPERTIES) | frozenset(NOT_PRINT_MEDIA) | _OF_BROWSERS


@cache
def _supported() -> frozenset[str]:
    """Return the names of those that WeasyPrint makes something of."""
    from cstprint.engine.weasy.css import EXPANDERS, PROPERTIES

    return frozenset(PROPERTIES) | frozenset(EXPANDERS)


@cache
def _words_of(name: str) -> tuple[str, ...]:
    """Return the words in the validation of a property: the keywords that it may have are among them."""
    from cstprint.engine.weasy.css import EXPANDERS, PROPERTIES

    found: list[str] = []
    for known in (
        name,
        *sorted(_supported()),
    ):  # a shorthand takes the words of its parts: text-align, text-align-all
        function = EXPANDERS.get(known) or PROPERTIES.get(known)
        if function and (known == name or known.startswith(f"{name}-")):
            found += _words_in(inspect.unwrap(function))
    return tuple(dict.fromkeys(found))


@cache
def _all_words() -> tuple[str, ...]:
    """Return the words of all properties and the functions of content."""
    words = [word for name in sorted(_supported()) for word in _words_of(name)]
    functions = (
        "counter",
        "counters",
        "string",
        "content",
        "attr",
        "leader",
        "target-counter",
        "target-text",
    )
    return tuple(dict.fromkeys((*words, *functions)))


@cache
def _colours() -> tuple[str, ...]:
    from tinycss2.color4 import _COLOR_KEYWORDS

    return tuple(_COLOR_KEYWORDS)


def _words_in(function: object) -> Iterator[str]:
    code = getattr(function, "__code__", None)
    documentation = getattr(function, "__doc__", None)
    for constant in code.co_consts if code else ():
        for word in constant if isinstance(constant, (tuple, frozenset)) else (constant,):
            if isinstance(word, str) and word != documentation and re.fullmatch(r"[a-z][a-z-]+", word):
                yield word
