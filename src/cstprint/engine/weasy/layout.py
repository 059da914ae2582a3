"""The functions of WeasyPrint's layout that cstprint calls. To be imported once fonts are named.

``block`` and ``inline`` are modules: a function that is looked up in them is the one that is in place, with its
replacements; the others are WeasyPrint's own.
"""

from weasyprint import draw
from weasyprint.css.properties import ZERO_PIXELS
from weasyprint.formatting_structure.build import create_anonymous_boxes
from weasyprint.layout import block, inline, preferred
from weasyprint.layout.absolute import absolute_layout
from weasyprint.layout.block import (
    avoid_page_break,
    block_level_page_break,
    block_level_page_name,
    block_level_width,
    collapse_margin,
    remove_placeholders,
)
from weasyprint.layout.inline import _adjust_line_height as adjust_line_height
from weasyprint.layout.inline import _out_of_flow_layout as out_of_flow_layout
from weasyprint.layout.inline import atomic_box
from weasyprint.layout.percent import percentage, resolve_one_percentage, resolve_percentages
from weasyprint.layout.preferred import shrink_to_fit
from weasyprint.layout.replaced import replacedbox_layout

__all__ = [
    "ZERO_PIXELS",
    "absolute_layout",
    "adjust_line_height",
    "atomic_box",
    "avoid_page_break",
    "block",
    "block_level_page_break",
    "block_level_page_name",
    "block_level_width",
    "collapse_margin",
    "create_anonymous_boxes",
    "draw",
    "inline",
    "out_of_flow_layout",
    "percentage",
    "preferred",
    "remove_placeholders",
    "replacedbox_layout",
    "resolve_one_percentage",
    "resolve_percentages",
    "shrink_to_fit",
]
