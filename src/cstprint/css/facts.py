"""What a style sheet names: files, tokens, fonts, pages, media, classes, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

import tinycss2

from cstprint.css.nodes import CssNode
from cstprint.source import SourceFile, SourceText, Span

#: The rules that hold rules, and those that hold declarations.
_HOLD_RULES = ("media", "layer", "supports")
#: Functions that read something for the heads of pages, or set it: ``position: running(x)``.
_FOR_HEADS = {"string": ("string", False), "element": ("element", False), "running": ("element", True)}
_HOLD_SELECTORS = ("is", "where", "not", "has")
#: What decides which face a text is set in.
FONTS = frozenset({"font", "font-family", "font-weight", "font-style"})
#: What can keep a text or a picture from being seen.
HIDING = frozenset(
    {
        *(
            "display",
            "visibility",
            "opacity",
            "position",
            "top",
            "right",
            "bottom",
            "left",
            "inset",
            "z-index",
        ),
        *("color", "background", "background-color", "background-image", "box-shadow", "outline", "border"),
        *("transform", "rotate", "scale", "translate", "float", "overflow", "overflow-x", "overflow-y"),
        *("width", "height", "max-width", "max-height", "block-size", "inline-size", "max-block-size"),
        *("clip", "text-overflow", "max-lines", "line-clamp", "continue", "object-fit"),
        *("font", "font-size", "line-height", "text-indent", "letter-spacing"),
        *("margin", "margin-top", "margin-right", "margin-bottom", "margin-left"),
        *("margin-block", "margin-inline", "margin-block-start", "margin-inline-start"),
    }
)
_TRACED = FONTS | HIDING


@dataclass(frozen=True, slots=True)
class StyleRule:
    """A declaration: the selector of its rule, the property, where it stands, and how it was written."""

    selector: str
    name: str
    span: Span
    important: bool = False
    #: Which layout of the chain it is of, from 0 for the first ancestor: a later one wins, whatever the selectors.
    layer: int = 0
    tokens: Sequence[CssNode] = field(default=(), compare=False, repr=False)

    @property
    def value(self) -> str:
        """The value as it was written."""
        return str(tinycss2.serialize(self.tokens)).strip()


@dataclass(frozen=True, slots=True)
class Declared:
    """Which of some rules gives an element a property, and by which element it does so.

    ``tag`` is that of the element itself, at ``depth`` 0, or of the nearest one around it that a rule is for, so many
    elements further out.
    """

    rule: int
    tag: str
    depth: int


@dataclass(frozen=True)
class StyleFacts:
    """All that a style sheet names, in its order; each text knows where it stands."""

    imports: list[SourceText] = field(default_factory=list)
    #: Files, those imported and those of fonts among them.
    addresses: list[SourceText] = field(default_factory=list)
    #: Names of properties read by ``var()``, and whether each has something to fall back on.
    variables: list[tuple[SourceText, bool]] = field(default_factory=list)
    custom_properties: list[SourceText] = field(default_factory=list)
    #: Texts in quotes by the custom property that they stand in.
    custom_texts: list[tuple[str, SourceText]] = field(default_factory=list)
    families: list[SourceText] = field(default_factory=list)
    page_names: list[SourceText] = field(default_factory=list)
    pages_used: list[SourceText] = field(default_factory=list)
    media: list[SourceText] = field(default_factory=list)
    font_faces: list[Span] = field(default_factory=list)
    #: Colours in inks: ``device-cmyk()``.
    inks: list[SourceText] = field(default_factory=list)
    classes: list[SourceText] = field(default_factory=list)
    pseudo_classes: list[SourceText] = field(default_factory=list)
    #: What selectors name besides: elements, attributes, ids.
    elements: list[SourceText] = field(default_factory=list)
    attributes: list[SourceText] = field(default_factory=list)
    ids: list[SourceText] = field(default_factory=list)
    #: What heads of pages read and what is set for them, by the word before it: ``string``, ``element``.
    read: list[tuple[str, SourceText]] = field(default_factory=list)
    set: list[tuple[str, SourceText]] = field(default_factory=list)
    #: Names of our own properties and the values that are given to them.
    own_values: list[tuple[SourceText, SourceText]] = field(default_factory=list)
    #: The declarations about fonts and those that may hide something.
    rules: list[StyleRule] = field(default_factory=list)
    #: Functions of transforms that leave no area.
    flat_transforms: list[SourceText] = field(default_factory=list)
    #: Properties whose values are known on the page only, by name and place of the value's first word.
    pending: dict[tuple[str, str], SourceText] = field(default_factory=dict)
    #: Words that the engine reads and then ignores, by their properties.
    words: list[tuple[str, SourceText]] = field(default_factory=list)


@lru_cache(maxsize=64)  # the sheets of the package are read for every issue
def facts_of(file: SourceFile) -> StyleFacts:
    """Return what the style sheet names."""
    reader = _Reader(file, StyleFacts())
    with suppress(RecursionError):  # brackets thousands deep: the engine says so
        reader.read(tinycss2.parse_stylesheet(file.text, skip_comments=True, skip_whitespace=True))
    return reader.facts


@dataclass
class _Reader:
    file: SourceFile
    facts: StyleFacts

    def read(self, rules: Sequence[CssNode]) -> None:
        """Take all rules, those inside others too; without recursion, which a hostile sheet would make deep."""
        waiting = [(rule, "") for rule in reversed(rules)]
        while waiting:
            rule, outer = waiting.pop()
            if rule.type == "declaration":
                self._declaration(rule)
            elif rule.type == "qualified-rule":
                self._selector(rule.prelude)
                contents = _contents(rule)
                selector = _resolved(tinycss2.serialize(rule.prelude).strip(), outer)
                self._trace(selector, contents)
                waiting += ((inner, selector) for inner in reversed(contents))
            elif rule.type == "at-rule":
                self._at_rule(rule)
                if rule.lower_at_keyword in _HOLD_RULES and rule.content is not None:
                    inside = tinycss2.parse_rule_list(rule.content, True, True)
                    waiting += ((inner, outer) for inner in reversed(inside))
                elif rule.lower_at_keyword != "font-face":
                    waiting += ((inner, "") for inner in reversed(_contents(rule)))

    def _at_rule(self, rule: CssNode) -> None:
        words = [token for token in rule.prelude if token.type not in ("whitespace", "comment")]
        if rule.lower_at_keyword == "font-face":
            self.facts.font_faces.append(self._text("@font-face", rule).span)
            self._addresses(rule.content or ())
        elif rule.lower_at_keyword == "media" and words:
            text = tinycss2.serialize(rule.prelude).strip()
            self.facts.media.append(self._text(text, words[0]))
        elif rule.lower_at_keyword == "page" and words and words[0].type == "ident":
            self.facts.page_names.append(self._text(words[0].value, words[0]))
        elif rule.lower_at_keyword == "import" and words:
            for address in self._addresses_in(words[:1], plain=True):
                self.facts.imports.append(address)
                self.facts.addresses.append(address)

    def _selector(self, prelude: Sequence[CssNode]) -> None:
        for inner in _nested(prelude):
            for before, token in pairwise(inner):
                if before == "." and token.type == "ident":
                    self.facts.classes.append(self._text(token.value, token))
                elif before == ":" and token.type == "ident":
                    self.facts.pseudo_classes.append(self._text(token.value, token))
        self._matched(prelude)

    def _matched(self, prelude: Sequence[CssNode]) -> None:
        """Take the elements, attributes and ids of a selector, those inside :is() and the like, too."""
        waiting = [prelude]
        while waiting:
            before: CssNode | None = None
            for token in waiting.pop():
                if token.type == "ident" and before not in (".", ":"):
                    self.facts.elements.append(self._text(token.value, token))
                elif token.type == "hash":
                    self.facts.ids.append(self._text(token.value, token))
                elif token.type == "[] block":
                    named = next((one for one in token.content or () if one.type == "ident"), None)
                    if named is not None:
                        self.facts.attributes.append(self._text(named.value, named))
                elif token.type == "function" and token.lower_name in _HOLD_SELECTORS:
                    waiting.append(token.arguments)
                before = token

    def _trace(self, selector: str, contents: Sequence[CssNode]) -> None:
        for one in contents:
            if one.type == "declaration" and one.lower_name in _TRACED:
                span = self._text(one.name, one).span
                self.facts.rules.append(
                    StyleRule(selector, one.lower_name, span, bool(one.important), tokens=one.value)
                )

    def _declaration(self, declaration: CssNode) -> None:
        name = declaration.name if declaration.name.startswith("--") else declaration.lower_name
        self._pending(name, declaration)
        self._named(name, declaration.value)
        if name.startswith("--"):
            self.facts.custom_properties.append(self._text(name, declaration))
        for inner in _nested(declaration.value):
            for token in inner:
                if token.type == "function" and name == "transform" and _is_flat(token):
                    self.facts.flat_transforms.append(self._text(token.serialize(), token))
                elif token.type == "function":
                    self._function(token)
                elif token.type == "string" and name.startswith("--"):
                    self.facts.custom_texts.append((name, self._text(token.value, token)))
                elif token.type == "ident":
                    self.facts.words.append((name, self._text(token.value, token)))
        self._addresses(declaration.value)
        if name in ("font-family", "font"):
            self.facts.families.extend(self._families(declaration.value, only_quoted=name == "font"))
        elif name == "page":
            used = [token for token in declaration.value if token.type == "ident" and token.value != "auto"]
            self.facts.pages_used.extend(self._text(token.value, token) for token in used)

    def _named(self, name: str, value: Sequence[CssNode]) -> None:
        """Take what a declaration sets for heads of pages, and the value of one of our own properties."""
        words = [token for token in value if token.type not in ("whitespace", "comment")]
        if name == "string-set":
            first = [word for place, word in enumerate(words) if place == 0 or words[place - 1] == ","]
            named = (word for word in first if word.type == "ident" and word.value != "none")
            self.facts.set.extend(("string", self._text(word.value, word)) for word in named)
        elif name.startswith("--cst-") and words:
            text = tinycss2.serialize(value).strip()
            self.facts.own_values.append((self._text(name, words[0]), self._text(text, words[0])))

    def _pending(self, name: str, declaration: CssNode) -> None:
        words = [token for token in declaration.value if token.type not in ("whitespace", "comment")]
        if words and "var(" in tinycss2.serialize(words).lower():
            place = f"{words[0].source_line}:{words[0].source_column}"
            self.facts.pending[name, place] = self._text(declaration.name, declaration)

    def _function(self, function: CssNode) -> None:
        if function.lower_name == "device-cmyk":
            self.facts.inks.append(self._text(function.name, function))
        elif function.lower_name == "var":
            self._variable(function)
        elif function.lower_name in _FOR_HEADS:
            named = next((token for token in function.arguments if token.type == "ident"), None)
            if named is not None:
                kind, is_set = _FOR_HEADS[function.lower_name]
                (self.facts.set if is_set else self.facts.read).append((kind, self._text(named.value, named)))

    def _variable(self, function: CssNode) -> None:
        arguments = [token for token in function.arguments if token.type not in ("whitespace", "comment")]
        if arguments and arguments[0].type == "ident":
            name = self._text(arguments[0].value, arguments[0])
            self.facts.variables.append((name, len(arguments) > 1))

    def _addresses(self, tokens: Sequence[CssNode]) -> None:
        for inner in _nested(tokens):
            self.facts.addresses.extend(self._addresses_in(inner))

    def _addresses_in(self, tokens: Sequence[CssNode], *, plain: bool = False) -> Iterator[SourceText]:
        for token in tokens:
            if token.type == "url" or (plain and token.type == "string"):
                yield self._text(token.value, token)
            elif token.type == "function" and token.lower_name == "url":
                yield from (
                    self._text(inner.value, inner) for inner in token.arguments if inner.type == "string"
                )

    def _families(self, tokens: Sequence[CssNode], *, only_quoted: bool) -> Iterator[SourceText]:
        """Yield the families of a list; a name without quotes may be several words."""
        words: list[CssNode] = []
        for token in (*tokens, None):
            if token is not None and token.type == "ident":
                words.append(token)
            elif token is None or token == ",":
                if words and not only_quoted:
                    yield self._text(" ".join(word.value for word in words), words[0])
                words = []
            elif token.type == "string":
                yield self._text(token.value, token)

    def _text(self, value: str, token: CssNode) -> SourceText:
        line, column = token.source_line, token.source_column
        span = Span(self.file, line, column, line, column + max(1, len(value.partition("\n")[0])))
        return SourceText.at(value, span, line, column, block=False)


def _resolved(selector: str, outer: str) -> str:
    """Return the selector of a rule that stands inside the rule of ``outer`` (CSS Nesting 1, 3)."""
    if not outer:
        return selector
    parent = f":is({outer})"
    return selector.replace("&", parent) if "&" in selector else f"{parent} {selector}"


def _is_flat(function: CssNode) -> bool:
    """Whether a function of a transform makes a line or a point of everything (CSS Transforms 1, 13.1)."""
    numbers = [token.value for token in function.arguments if token.type in ("number", "percentage")]
    if function.lower_name in ("scale", "scalex", "scaley"):
        return 0 in numbers
    if function.lower_name == "matrix" and len(numbers) == 6:
        return bool(numbers[0] * numbers[3] == numbers[1] * numbers[2])
    return False


def _contents(rule: CssNode) -> list[CssNode]:
    if rule.content is None:
        return []
    return list(tinycss2.parse_blocks_contents(rule.content, True, True))


def _nested(tokens: Sequence[CssNode]) -> Iterator[Sequence[CssNode]]:
    """Yield a list of tokens and those inside its brackets and functions."""
    waiting = [tokens]
    while waiting:
        inner = waiting.pop()
        yield inner
        for token in inner:
            held = getattr(token, "arguments", None) or (
                token.content if token.type in ("() block", "[] block", "{} block") else None
            )
            if held:
                waiting.append(held)
