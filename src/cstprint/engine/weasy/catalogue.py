"""All that cstprint replaces in WeasyPrint and pydyf, as data: what, by what, why, in which order.

The order is that in which replacements are put in: the later of two with one target wraps the earlier one. Those that
are for layout alone, whoever sets the lines, stand in :mod:`.catalogue_layout`.
"""

from __future__ import annotations

from cstprint.diagnostics import msg
from cstprint.engine.weasy.catalogue_layout import LAYOUT
from cstprint.engine.weasy.patch import Feature, Phase, Replacement

_BLOCK, _INLINE, _PAGE = ("weasyprint.layout.block", "weasyprint.layout.inline", "weasyprint.layout.page")
_DRAW = "weasyprint.draw"
_BUILD = "weasyprint.document:build_formatting_structure"

__all__ = ["ALWAYS", "FEATURES", "LAYOUT", "LINES", "WRITE"]

ALWAYS: tuple[Feature, ...] = (
    Feature(
        msg("addresses of the issue and the layout"),
        Phase.ALWAYS,
        "Addresses that begin with cst: resolve like those of the web.",
        (
            Replacement("urllib.parse:uses_relative", "weasy.addresses:with_our_scheme"),
            Replacement("urllib.parse:uses_netloc", "weasy.addresses:with_our_scheme"),
        ),
    ),
    Feature(
        msg("sums of lengths"),
        Phase.ALWAYS,
        "calc() takes functions in parentheses, and one with a property that is not set is invalid, not a crash.",
        (Replacement("weasyprint.css:_resolve_calc_sum", "weasy.calc:with_functions"),),
        needs=("weasyprint.css:resolve_math", "weasyprint.css.functions:check_math"),
        upstream=("calc-function", "calc-unset"),
    ),
)

LINES: tuple[Feature, ...] = (
    Feature(
        msg("Chinese lines"),
        Phase.LINES,
        "Lines are set as clreq asks: breaks, marks at line ends, gaps between Han and Latin, justification.",
        (
            Replacement(f"{_INLINE}:split_inline_box", "lines.replacing:our_line"),
            Replacement(f"{_INLINE}:text_align", "lines.replacing:aligned"),
            Replacement("weasyprint.layout.preferred:inline_max_content_width", "lines.replacing:most_width"),
            Replacement(
                "weasyprint.layout.preferred:inline_min_content_width", "lines.replacing:least_width"
            ),
            Replacement("weasyprint.draw.text:draw_first_line", "lines.replacing:drawn_with_gaps"),
            Replacement("weasyprint.text.line_break:Layout.set_text", "lines.cells:with_cells"),
            Replacement("weasyprint.pdf.fonts:_build_vector_font_dictionary", "lines.glyph_texts:with_codes"),
        ),
        needs=(
            f"{_INLINE}:_adjust_line_height",
            f"{_INLINE}:_out_of_flow_layout",
            f"{_INLINE}:atomic_box",
            "weasyprint.layout.preferred:shrink_to_fit",
            "weasyprint.layout.preferred:max_content_width",
            "weasyprint.layout.percent:resolve_one_percentage",
            "weasyprint.layout.percent:resolve_percentages",
            "weasyprint.text.line_break:create_layout",
            "weasyprint.text.line_break:line_size",
            "weasyprint.text.line_break:strut",
            "weasyprint.text.line_break:get_log_attrs",
            "weasyprint.text.line_break:Layout",
            "weasyprint.pdf.fonts:Font",
            "weasyprint.pdf.stream:Stream.add_font",
        ),
        structs=(
            "PangoGlyphInfo",
            "PangoGlyphGeometry",
            "PangoGlyphString",
            "PangoGlyphItem",
            "PangoItem",
            "PangoAnalysis",
            "PangoLayoutLine",
            "PangoRectangle",
        ),
    ),
    Feature(
        msg("names that fit"),
        Phase.LINES,
        "The name of a periodical becomes smaller where it has no room, and running heads share their line.",
        (
            Replacement(f"{_BLOCK}:block_container_layout", "blocks.names:fitted"),
            Replacement(f"{_PAGE}:compute_variable_dimension", "blocks.running_heads:shared"),
        ),
        needs=("weasyprint.layout.preferred:max_content_width", "weasyprint.css:ComputedStyle.copy"),
    ),
    Feature(
        msg("columns of tables"),
        Phase.LINES,
        "Numbers, words and short cells of tables are not torn; a table is no wider than it needs to be.",
        (
            Replacement(_BUILD, "blocks.tables:Tables.building"),
            Replacement("weasyprint.layout.table:auto_table_layout", "blocks.tables:Tables.fitted"),
            Replacement(f"{_BLOCK}:block_container_layout", "blocks.table_rows:parted"),
        ),
        needs=(
            "weasyprint.layout.preferred:table_and_columns_preferred_widths",
            "weasyprint.layout.preferred:max_content_width",
            "weasyprint.layout.table:table_layout",
            "weasyprint.css:ComputedStyle.copy",
        ),
    ),
    Feature(
        msg("turned tables"),
        Phase.LINES,
        "A table that is wider than the text is turned by 90° on a page of its own.",
        (
            Replacement(_BUILD, "blocks.turned:TurnedTables.building"),
            Replacement(f"{_BLOCK}:block_level_layout", "blocks.turned:TurnedTables.in_flow"),
            Replacement(f"{_PAGE}:page_height", "blocks.turned:TurnedTables.turning"),
        ),
        needs=(
            "weasyprint.css:ComputedStyle.anonymous_style",
            "weasyprint.anchors:gather_anchors",
        ),
    ),
    Feature(
        msg("drop caps made once"),
        Phase.LINES,
        "A drop cap is made once, however often its paragraph is laid out.",
        (Replacement(f"{_INLINE}:first_letter_to_box", "lines.replacing:first_letter_once"),),
        upstream=("first-letter",),
    ),
)

WRITE: tuple[Feature, ...] = (
    Feature(
        msg("emphasis dots"),
        Phase.WRITE,
        "Emphasis dots stand below Han characters.",
        (Replacement(f"{_DRAW}:draw_text", "draw.emphasis:with_dots"),),
    ),
    Feature(
        msg("interlinear lines"),
        Phase.WRITE,
        "Lines below proper nouns and waves below titles of books, each apart from its neighbour.",
        (Replacement(f"{_DRAW}:draw_inline_level", "draw.interlinear:with_lines"),),
        needs=("weasyprint.pdf.stream:Stream.begin_marked_content",),
    ),
    Feature(
        msg("paint order"),
        Phase.WRITE,
        "Floats, marks of list items and what clips are painted where they stand in the text.",
        (
            Replacement("weasyprint.stacking:_dispatch", "draw.paint_order:in_place"),
            Replacement(f"{_DRAW}:draw_block_level", "draw.paint_order:with_contexts"),
            Replacement(f"{_DRAW}:draw_inline_level", "draw.paint_order:any_context"),
        ),
        needs=("weasyprint.stacking:StackingContext", f"{_DRAW}:draw_stacking_context"),
        upstream=("overflow-order",),
    ),
    Feature(
        msg("tags"),
        Phase.WRITE,
        "The structure tree has contents, captions, footnotes, languages, and whole lists and tables.",
        (
            Replacement("weasyprint.pdf.tags:_build_box_tree", "draw.tags:Tags.building"),
            Replacement("weasyprint.pdf:add_tags", "draw.tags:Tags.completing"),
            Replacement("weasyprint.pdf.stream:Stream.marked", "draw.tags:Tags.marking"),
        ),
        upstream=("table-scope", "list-item-body", "opacity-tags"),
        essential=True,
    ),
    Feature(
        msg("references of pages"),
        Phase.WRITE,
        "The references of all pages are listed once, not once for each structure element.",
        (Replacement("pydyf:PDF.page_references", "speed.page_references:listed_once"),),
        upstream=("page-references",),
        speed=True,
    ),
    Feature(
        msg("artifacts"),
        Phase.WRITE,
        "Leaders, decoration, running heads and page numbers are artifacts.",
        (
            Replacement(f"{_DRAW}:draw_inline_level", "draw.artifacts:leaders"),
            Replacement(f"{_DRAW}:draw_stacking_context", "draw.artifacts:margin_boxes"),
            Replacement("weasyprint.pdf.stream:Stream.marked", "draw.artifacts:decoration"),
        ),
        needs=("weasyprint.pdf.stream:Stream.begin_marked_content", "weasyprint.text.line_break:Layout"),
        upstream=("margin-box-artifact", "leader-shaping"),
        essential=True,
    ),
    Feature(
        msg("crop marks"),
        Phase.WRITE,
        "Crop marks are not drawn inside the bleed, but outside, where the paper is larger for them.",
        (Replacement(f"{_DRAW}:draw_background", "draw.crop_marks:left_out"),),
        needs=("weasyprint.pdf:generate_pdf",),
    ),
    Feature(
        msg("painting noted"),
        Phase.WRITE,
        "All that is painted is noted, to report what nobody sees.",
        (
            Replacement("weasyprint.document:draw_page", "draw.painting:Painting.on_page"),
            Replacement(f"{_DRAW}:draw_stacking_context", "draw.painting:Painting.in_context"),
            Replacement(f"{_DRAW}:draw_background", "draw.painting:Painting.background"),
            Replacement(f"{_DRAW}:draw_border", "draw.painting:Painting.border"),
            Replacement(f"{_DRAW}:draw_outline", "draw.painting:Painting.outline"),
            Replacement(f"{_DRAW}.border:draw_outline", "draw.painting:Painting.outline"),
            Replacement(f"{_DRAW}:draw_replacedbox", "draw.painting:Painting.picture"),
            Replacement(f"{_DRAW}:draw_text", "draw.painting:Painting.text"),
        ),
        needs=("weasyprint.layout.replaced:replacedbox_layout", "weasyprint.stacking:StackingContext"),
    ),
    Feature(
        msg("fonts and pictures embedded without copies"),
        Phase.WRITE,
        "Fonts and plain PNGs are embedded from where they lie, and each font is subset once.",
        (
            Replacement("weasyprint.pdf.fonts:get_hb_object_data", "speed.embedding:Fonts.no_copy"),
            Replacement("weasyprint.pdf.fonts:Font.__init__", "speed.embedding:Fonts.opened"),
            Replacement("weasyprint.pdf.fonts:Font.clean", "speed.embedding:cleaned"),
            Replacement("weasyprint.pdf.fonts:Font._harfbuzz_subset", "speed.embedding:subset_once"),
            Replacement("weasyprint.images:RasterImage._get_png_data", "speed.embedding:plain_png"),
        ),
        upstream=("font-subset", "png-rows"),
    ),
    Feature(
        msg("streams compressed once"),
        Phase.WRITE,
        "The streams of the PDF are compressed once, at zlib's usual level.",
        (
            Replacement("pydyf:zlib", "speed.compression:usual_level"),
            Replacement("pydyf:Stream.data", "speed.compression:kept_data"),
        ),
        upstream=("identifier-compression",),
    ),
)

FEATURES: tuple[Feature, ...] = (*ALWAYS, *LAYOUT, *LINES, *WRITE)
