"""What is wrong with a layout's style sheets and CSS passes over in silence, at its place."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from pathlib import Path

from cstprint.check.own_values import check_own_values
from cstprint.check.sheets import Sheet, files_below, sheets_of, unread_sheets
from cstprint.check.template_places import TemplatePlaces
from cstprint.css.facts import StyleRule
from cstprint.css.slips import Slip, find_slips
from cstprint.diagnostics import Diagnostic, Message, error, msg, nearest, reason_of, suggest, warning
from cstprint.fonts import FontLibrary
from cstprint.layout.resolve import STYLE_SHEETS, Layout
from cstprint.source import SourceFile, SourceText, Span

#: Custom properties that cstprint's own HTML sets, and those that its engine reads.
OURS = (
    *(
        "--cst-mark",
        "--cst-mark-indent",
        "--cst-whole-lines",
        "--cst-cover-pictures",
        "--cst-page-foot",
        "--cst-columns",
        "--cst-may-move",
        "--cst-side",
        "--cst-emphasis-mark",
        "--cst-line-mark",
        "--cst-crop",
        "--cst-text-wrap",
        "--cst-fit",
        "--cst-running-head",
        "--cst-latin-marks",
        "--cst-cells",
        "--cst-address-lines",
    ),
    *(
        "--cst-table-fill",
        "--cst-table-least-size",
        "--cst-may-turn",
        "--cst-table-flush",
        "--cst-table-below",
        "--cst-whole-to",
        "--cst-whole-gap",
    ),
    *("--cst-share", "--cst-gaps", "--cst-most", "--cst-most-gaps", "--cst-picture", "--cst-ratio"),
    *("--cst-limit", "--cst-widest", "--cst-width"),
)
#: States that nothing on paper is ever in.
_ON_SCREEN = frozenset(
    {"hover", "active", "focus", "focus-within", "focus-visible", "visited", "target", "checked"}
)
#: Values that WeasyPrint 70 reads and then does nothing with.
_UNUSED_WORDS = {("grid-template-rows", "subgrid"), ("grid-template-columns", "subgrid")}
#: More of one kind would not be read; and what was meant is looked for each time.
MAX_FINDINGS = 200
_NO_FAMILIES = frozenset({"inherit", "initial", "unset", "revert"})
#: The families that designers have at home, and ours that stand for them.
_AT_HOME = {
    "CST Song": (
        "simsun",
        "nsimsun",
        "宋体",
        "stsong",
        "华文宋体",
        "songti sc",
        "source han serif sc",
        "noto serif sc",
    ),
    "CST Hei": ("simhei", "黑体", "heiti sc", "microsoft yahei", "微软雅黑", "pingfang sc", "noto sans sc"),
    "CST Kai": ("kaiti", "楷体", "kaiti sc", "stkaiti", "华文楷体", "lxgw wenkai"),
    "CST Serif": ("times", "times new roman", "georgia", "garamond", "serif", "source serif 4"),
    "CST Sans": ("arial", "helvetica", "helvetica neue", "verdana", "calibri", "sans-serif", "source sans 3"),
}


@dataclass(frozen=True)
class StyleFindings:
    """What was found, and what of the engine's own findings it explains."""

    diagnostics: tuple[Diagnostic, ...] = ()
    slips: tuple[Slip, ...] = ()
    #: Where each address stands that the engine may ask for, and the folder of the layout that asks.
    addresses: Mapping[str, tuple[SourceText, Path]] = field(default_factory=dict)
    sheets: tuple[Sheet, ...] = ()
    #: Families that are reported already.
    families: frozenset[str] = frozenset()
    templates: TemplatePlaces = field(default_factory=TemplatePlaces)

    def with_templates(self, templates: TemplatePlaces) -> StyleFindings:
        """Return the same that also knows the places in a layout's templates."""
        return replace(self, addresses={**templates.addresses(), **self.addresses}, templates=templates)

    @cached_property
    def rules(self) -> list[StyleRule]:
        """What the style sheets declare of fonts and of what may hide something, in the order in which it applies."""
        layers = {name: place for place, name in enumerate(dict.fromkeys(s.part.name for s in self.sheets))}
        return [
            replace(rule, layer=layers[sheet.part.name])
            for sheet in self.sheets
            for rule in sheet.facts.rules
        ]

    def explain(self, found: Iterable[Diagnostic]) -> list[Diagnostic]:
        """Return what the engine found without what is reported here, and with places where they are known."""
        return [self._placed(one) for one in found if not self._is_reported(one)]

    def _is_reported(self, one: Diagnostic) -> bool:
        values = dict(one.message.values)
        if one.code == "CST-F012":
            return values.get("family") in self.families
        if one.code != "CST-E002":
            return False
        if one.span is None:  # of a value that is known only when it is asked for
            return "no value" in str(values.get("reason")) and any(
                d.code == "CST-L003" for d in self.diagnostics
            )
        return self.is_in_slip(one.span)

    def unreported(self, found: Iterable[Diagnostic], before: Iterable[Diagnostic]) -> list[Diagnostic]:
        """Return what was found at places of which nothing was reported before, outside of slips."""
        places = {one.span for one in before}
        return [one for one in found if one.span not in places and not self.is_in_slip(one.span)]

    def is_in_slip(self, span: Span | None) -> bool:
        """Return whether a place is among the lines that CSS cannot make sense of because of a slip in them."""
        return span is not None and any(
            slip.diagnostic.span is not None
            and slip.diagnostic.span.file.path == span.file.path
            and slip.first_line <= span.line <= slip.last_line
            for slip in self.slips
        )

    def _placed(self, one: Diagnostic) -> Diagnostic:
        values = dict(one.message.values)
        address = str(values.get("address"))
        if one.span is not None:
            return one
        if one.code == "CST-E002" and (
            span := self._place_of(str(values.get("what")), str(values.get("at")))
        ):
            return replace(one, span=span, subject=None)
        if "svg" in one.message.template and (span := self.templates.of_drawing()):
            return replace(one, span=span, subject=None)
        if one.code == "CST-E008" and (found := self.addresses.get(str(values.get("source")))):
            return replace(one, span=found[0].span, subject=None)
        if one.code != "CST-E003" or address not in self.addresses:
            return one
        return self._refused(one, address)

    def _place_of(self, declaration: str, at: str) -> Span | None:
        """Return where a declaration stands that is known on the page only; ``at`` is where its value begins."""
        name = declaration.partition(":")[0].strip()
        known = (sheet.facts.pending.get((name, at)) for sheet in reversed(self.sheets))
        found = next((text for text in known if text is not None), None)
        return found.span if found is not None else self.templates.of_style(declaration)

    def _refused(self, one: Diagnostic, address: str) -> Diagnostic:
        """Return the refusal of a file with the place where it is named, as it is written there."""
        values = dict(one.message.values)
        written, folder = self.addresses[address]
        message = Message(one.message.template, tuple({**values, "address": str(written)}.items()))
        found = replace(one, message=message, span=written.span)
        name = address.rpartition("/")[2]
        if re.search(r"\.(ttf|otf|woff2?)$", name, re.IGNORECASE):
            hint = msg(
                "Put the font into the project's fonts folder and name its family; @font-face is not used."
            )
            return replace(found, hint=hint)
        if not address.startswith(("cst://render/layout/", "cst://render/issue/")) and not re.match(
            r"\.\./|/|[a-z]+:", written
        ):  # a template names a file of its layout
            absent = reason_of(FileNotFoundError(errno.ENOENT, ""))
            absent_file = msg("“{address}” cannot be read: {reason}.", address=str(written), reason=absent)
            put = msg("Put the file there, or correct the address.")
            found = replace(found, message=absent_file, hint=put)
        meant = nearest(name, files_below(folder))
        return replace(found, hint=msg("Did you mean “{meant}”?", meant=meant)) if meant else found


def check_styles(layout: Layout, library: FontLibrary) -> StyleFindings:
    """Return what is wrong with the style sheets of a layout and the families that its tokens name."""
    sheets = sheets_of(layout)
    slips = tuple(slip for sheet in sheets for slip in find_slips(sheet.file))
    families = list(islice(_families(layout, sheets, library), MAX_FINDINGS))
    found = [
        *(slip.diagnostic for slip in slips),
        *islice(_variables(layout, sheets), MAX_FINDINGS),
        *(diagnostic for _family, diagnostic in families),
        *_never_applied(sheets),
        *islice(_pages(sheets), MAX_FINDINGS),
        *_flat_transforms(sheets),
        *islice(check_own_values(layout.tokens, sheets), MAX_FINDINGS),
        *_unread(layout, sheets),
    ]
    ordered = sorted(
        found, key=lambda d: (str(d.span.file.path), d.span.line, d.span.column) if d.span else ("", 0, 0)
    )
    addresses = {
        sheet.address_of(text): (text, sheet.part.folder)
        for sheet in sheets
        for text in sheet.facts.addresses
    }
    reported = frozenset(family for family, _diagnostic in families)
    return StyleFindings(tuple(ordered), slips, addresses, tuple(sheets), reported)


def _variables(layout: Layout, sheets: list[Sheet]) -> Iterator[Diagnostic]:
    """Yield a warning for each custom property that is read and never set, or set by a slip and never read."""
    tokens = [f"--cst-{name}" for name in layout.tokens]
    declared = {str(name) for sheet in sheets for name in sheet.facts.custom_properties}
    read = {str(name) for sheet in sheets for name, _fallback in sheet.facts.variables}
    known = {*tokens, *OURS, *declared}
    for sheet in sheets:
        for name, fallback in sheet.facts.variables:
            if name not in known and (name.startswith("--cst-") or not fallback):
                hint = suggest(name, tokens if name.startswith("--cst-") else sorted(known))
                message = msg("There is no token “{name}”.", name=str(name))
                yield warning("CST-L003", message, span=name.span, hint=hint)
        for name in sheet.facts.custom_properties:
            if not name.startswith("--cst-") or name in {*tokens, *OURS, *read}:
                continue
            if meant := nearest(name, [*tokens, *OURS]):
                message = msg("Nothing uses “{name}”.", name=str(name))
                hint = msg("Did you mean “{meant}”?", meant=meant)
                yield warning("CST-L003", message, span=name.span, hint=hint)


def _families(layout: Layout, sheets: list[Sheet], library: FontLibrary) -> Iterator[tuple[str, Diagnostic]]:
    """Yield each family that is not there, with a warning where it is named."""
    of_families = {f"--cst-{name}" for name, token in layout.tokens.items() if token.type == "family"}
    named = [text for sheet in sheets for text in sheet.facts.families]
    named += [t for sheet in sheets for name, t in sheet.facts.custom_texts if name in of_families]
    for name, token in layout.tokens.items():
        value = layout.values[name]
        written = value if isinstance(value, SourceText) else token.default
        if token.type == "family" and written == value:
            for match in re.finditer(r'(?<=")[^",]+(?=")', written):
                span = written.place_of(match.start(), len(match[0]))
                named.append(SourceText.at(match[0], span, span.line, span.column, block=False))
    named += [family for part in layout.parts for family in part.manifest.fonts]
    for family in named:
        if family not in library.families and family.lower() not in _NO_FAMILIES:
            message = msg("There is no font family “{family}”.", family=str(family))
            yield (
                str(family),
                warning("CST-F012", message, span=family.span, hint=_family_hint(family, library)),
            )


def _family_hint(family: str, library: FontLibrary) -> Message | None:
    stand_in = next((ours for ours, theirs in _AT_HOME.items() if family.lower() in theirs), None)
    if stand_in in library.families:
        return msg("Did you mean “{meant}”?", meant=stand_in)
    return suggest(family, sorted(library.families))


def _never_applied(sheets: list[Sheet]) -> Iterator[Diagnostic]:
    """Yield a warning for each rule that never applies to pages, and each value that nothing comes of."""
    for sheet in sheets:
        for media in sheet.facts.media:
            kinds = [kind.strip().lower() for kind in media.split(",")]
            if all(re.fullmatch(r"[a-z-]+", kind) and kind not in ("print", "all") for kind in kinds):
                message = msg("These rules never apply: pages are print, not {media}.", media=str(media))
                hint = msg("Write @media print, or move the rules out of it.")
                yield warning("CST-L011", message, span=media.span, hint=hint)
        for state in sheet.facts.pseudo_classes:
            if state.lower() in _ON_SCREEN:
                message = msg(
                    "This rule never applies: nothing on paper has the state :{state}.", state=str(state)
                )
                yield warning("CST-L011", message, span=state.span, hint=msg("Remove the rule."))
        for name, word in sheet.facts.words:
            if (name, word.lower()) in _UNUSED_WORDS:
                reason = msg("WeasyPrint does not support it")
                message = msg(
                    "This CSS is ignored: {what} ({reason}).", what=f"{name}: {word}", reason=reason
                )
                hint = msg("Write the grid tracks explicitly.")
                yield warning("CST-E002", message, span=word.span, hint=hint)


def _pages(sheets: list[Sheet]) -> Iterator[Diagnostic]:
    names = sorted({str(name) for sheet in sheets for name in sheet.facts.page_names})
    for sheet in sheets:
        for used in sheet.facts.pages_used:
            if used not in names:
                message = msg("No @page rule has the name “{name}”.", name=str(used))
                meant = nearest(used, names)
                write = msg("Add it: @page {name} {{ … }}", name=str(used))
                hint = msg("Did you mean “{meant}”?", meant=meant) if meant else write
                yield warning("CST-L012", message, span=used.span, hint=hint)


def _flat_transforms(sheets: list[Sheet]) -> Iterator[Diagnostic]:
    """Yield an error for each transform that leaves no area: what it is for cannot be drawn."""
    for sheet in sheets:
        for function in sheet.facts.flat_transforms:
            message = msg("This transform leaves no area: {function}.", function=str(function))
            hint = msg("Use other numbers, or display: none for what should not be printed.")
            yield error("CST-E010", message, span=function.span, hint=hint)


def _unread(layout: Layout, sheets: list[Sheet]) -> Iterator[Diagnostic]:
    """Yield a warning for each style sheet that nothing reads."""
    for part, path in unread_sheets(layout, sheets):
        span = Span.point(SourceFile(part.source.path.parent / path, ""), 1, 1)
        base = path.rpartition("/")[2]
        meant = base if base in STYLE_SHEETS else nearest(base, STYLE_SHEETS, cutoff=0.8)
        hint = msg("Import it at the top of blocks.css: @import '{path}'", path=path)
        if meant and not (part.folder / meant).exists():
            hint = msg("Rename it to {meant}, beside layout.yaml.", meant=meant)
        yield warning("CST-L013", msg("Nothing uses this style sheet."), span=span, hint=hint)
