"""The classes of WeasyPrint's boxes that cstprint asks for or makes. To be imported once fonts are named."""

from weasyprint.css import AnonymousStyle
from weasyprint.formatting_structure.boxes import (
    BlockBox,
    BlockLevelBox,
    Box,
    FootnoteAreaBox,
    InlineBlockBox,
    InlineBox,
    InlineLevelBox,
    LineBox,
    MarginBox,
    PageBox,
    ReplacedBox,
    TableRowGroupBox,
    TextBox,
)
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.stacking import StackingContext

__all__ = [
    "AbsolutePlaceholder",
    "AnonymousStyle",
    "BlockBox",
    "BlockLevelBox",
    "Box",
    "FootnoteAreaBox",
    "InlineBlockBox",
    "InlineBox",
    "InlineLevelBox",
    "LineBox",
    "MarginBox",
    "PageBox",
    "ReplacedBox",
    "StackingContext",
    "TableRowGroupBox",
    "TextBox",
]
