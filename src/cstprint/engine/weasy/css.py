"""What cstprint takes of WeasyPrint's CSS: properties, values, validation. To be imported once fonts are named."""

from weasyprint import CSS
from weasyprint.css import PAGE_MARGIN_BOXES, PSEUDO_ELEMENTS
from weasyprint.css.computed_values import COMPUTER_FUNCTIONS, PHYSICAL_FUNCTIONS
from weasyprint.css.functions import check_math
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES, KNOWN_PROPERTIES
from weasyprint.css.tokens import InvalidValues, remove_whitespace
from weasyprint.css.validation import EXPANDERS, NOT_PRINT_MEDIA
from weasyprint.css.validation.properties import PROPERTIES, validate_non_shorthand
from weasyprint.html import element_has_link_type
from weasyprint.logger import LOGGER, PROGRESS_LOGGER

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
    "InvalidValues",
    "check_math",
    "element_has_link_type",
    "remove_whitespace",
    "validate_non_shorthand",
]
