"""What cstprint takes of WeasyPrint's CSS: properties, values, validation. To be imported once fonts are named.

The protocols name what is read of WeasyPrint's computed styles, and of the numbers of ``target-counter()``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from typing import Protocol

from weasyprint import CSS
from weasyprint.css import PAGE_MARGIN_BOXES, PSEUDO_ELEMENTS, resolve_math
from weasyprint.css.computed_values import COMPUTER_FUNCTIONS, PHYSICAL_FUNCTIONS
from weasyprint.css.functions import check_math
from weasyprint.css.properties import (
    INHERITED,
    INITIAL_NOT_COMPUTED,
    INITIAL_VALUES,
    KNOWN_PROPERTIES,
    Dimension,
)
from weasyprint.css.tokens import InvalidValues, remove_whitespace
from weasyprint.css.validation import EXPANDERS, NOT_PRINT_MEDIA
from weasyprint.css.validation.properties import PROPERTIES, validate_non_shorthand
from weasyprint.html import element_has_link_type
from weasyprint.logger import LOGGER, PROGRESS_LOGGER

from cstprint.engine.weasy.types import Style

__all__ = [
    "COMPUTER_FUNCTIONS",
    "CSS",
    "EXPANDERS",
    "INHERITED",
    "INITIAL_NOT_COMPUTED",
    "INITIAL_VALUES",
    "KNOWN_PROPERTIES",
    "LOGGER",
    "NOT_PRINT_MEDIA",
    "PAGE_MARGIN_BOXES",
    "PHYSICAL_FUNCTIONS",
    "PROGRESS_LOGGER",
    "PROPERTIES",
    "PSEUDO_ELEMENTS",
    "ComputedStyle",
    "CounterItem",
    "Counters",
    "Dimension",
    "InvalidValues",
    "StyleFor",
    "TargetItem",
    "check_math",
    "element_has_link_type",
    "remove_whitespace",
    "resolve_math",
    "validate_non_shorthand",
]

#: Counters of a page by their names.
Counters = MutableMapping[str, list[int]]


class ComputedStyle(Style, Protocol):
    """A style while its values are computed."""

    #: Declarations by property.
    cascaded: Mapping[str, object]
    parent_style: Style | None

    def update(self, values: Mapping[str, object], /) -> None:
        """Take over values."""


class Sheet(Protocol):
    """A style sheet."""

    #: For each rule for pages: the rule, its selectors (specificity, pseudo-type, page type), its declarations.
    page_rules: Sequence[tuple[object, Sequence[Sequence[object]], object]]
    #: The cascade layers of the document, the weakest first.
    layers: object


class StyleFor(Protocol):
    """The styles of a document."""

    #: The size of a page before any page is known.
    initial_page_sizes: Mapping[str, float]
    #: Each style sheet with its origin and specificity.
    _sheets: Sequence[tuple[Sheet, object, object]]

    def get_computed_styles(self) -> MutableMapping[tuple[object, str | None], Style]:
        """Return the computed styles, by element or page type and pseudo-element."""

    def _page_type_match(self, selector: object, page_type: object, /) -> bool:
        """Return whether a rule is for a type of pages."""


class TargetItem(Protocol):
    """What WeasyPrint knows of an anchor."""

    cached_page_counter_values: Counters


class CounterItem(Protocol):
    """A place where counters are printed that are not known yet."""

    #: The index of the page that it is on.
    page_maker_index: int | None
    cached_page_counter_values: Counters
    missing_counters: Iterable[str]
    missing_target_counters: Mapping[str, Iterable[str]]

    def parse_again(self, counters: Counters, /) -> None:
        """Print the counters."""
