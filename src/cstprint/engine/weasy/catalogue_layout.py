"""What cstprint replaces while pages are laid out, by our lines or by WeasyPrint's own: a part of the catalogue."""

from __future__ import annotations

from cstprint.diagnostics import msg
from cstprint.engine.weasy.patch import Feature, Phase, Replacement

_BLOCK, _INLINE, _PAGE = ("weasyprint.layout.block", "weasyprint.layout.inline", "weasyprint.layout.page")
_CONTEXT = "weasyprint.layout:LayoutContext"
_BUILD = "weasyprint.document:build_formatting_structure"

LAYOUT: tuple[Feature, ...] = (
    Feature(
        msg("single links"),
        Phase.LAYOUT,
        "A link is one annotation a line, not one for each box inside it.",
        (Replacement("weasyprint.anchors:gather_anchors", "draw.links:one_annotation"),),
        upstream=("link-boxes",),
    ),
    Feature(
        msg("whole lines"),
        Phase.LAYOUT,
        "Blocks and floats take the height of whole lines, so that the text after them meets the line grid.",
        (
            Replacement(f"{_BLOCK}:block_box_layout", "blocks.line_grid:whole_blocks"),
            Replacement(f"{_BLOCK}:float_layout", "blocks.line_grid:whole_floats"),
            Replacement(f"{_INLINE}:get_next_linebox", "blocks.line_grid:exact_lines"),
        ),
        needs=("weasyprint.text.line_break:strut", "weasyprint.css:AnonymousStyle"),
    ),
    Feature(
        msg("trailing spaces"),
        Phase.LAYOUT,
        "A space at the end of a line takes no room, also before other markup.",
        (Replacement(f"{_INLINE}:split_first_line", "lines.trailing_space:without_trailing_space"),),
        upstream=("trailing-space",),
    ),
    Feature(
        msg("lines made once"),
        Phase.LAYOUT,
        "The same text is laid out once for a width, and for the least width no more of it than has to be.",
        (
            Replacement(f"{_INLINE}:split_first_line", "speed.text_lines:made_once"),
            Replacement("weasyprint.layout.preferred:split_first_line", "speed.text_lines:words_made_once"),
        ),
        needs=("weasyprint.text.line_break:Layout", "weasyprint.text.line_break:get_log_attrs"),
        speed=True,
    ),
    Feature(
        msg("footnotes stay with their calls"),
        Phase.LAYOUT,
        "No footnote leaves the page of its call so that one more line has room.",
        (
            Replacement(f"{_INLINE}:get_next_linebox", "blocks.footnotes:new_line"),
            Replacement(f"{_CONTEXT}.layout_footnote", "blocks.footnotes:called"),
            Replacement(f"{_CONTEXT}.report_footnote", "blocks.footnotes:kept"),
            Replacement(f"{_BLOCK}:_linebox_layout", "blocks.footnotes:lines"),
            Replacement(f"{_BLOCK}:_break_line", "blocks.footnotes:broken"),
        ),
        upstream=("note-orphans",),
    ),
    Feature(
        msg("heights of footnotes"),
        Phase.LAYOUT,
        "The same footnotes of a page are laid out once.",
        (Replacement(f"{_CONTEXT}._update_footnote_area", "speed.note_heights:remembered"),),
        speed=True,
    ),
    Feature(
        msg("starts of articles"),
        Phase.LAYOUT,
        "A section or an article opens a page only where the layout says so or too little of the page is left.",
        (
            Replacement(f"{_BLOCK}:block_level_layout", "blocks.starts:Starts.with_room"),
            Replacement(f"{_BLOCK}:block_level_page_break", "blocks.starts:page_break"),
            Replacement(f"{_BLOCK}:block_level_page_name", "blocks.starts:page_name"),
        ),
    ),
    Feature(
        msg("longer pages"),
        Phase.LAYOUT,
        "Facing pages are a line longer where the last page of an article would hold a few lines alone.",
        (
            Replacement(f"{_PAGE}:make_page", "blocks.longer_pages:LongerPages.making"),
            Replacement(f"{_PAGE}:page_height", "blocks.longer_pages:LongerPages.height"),
        ),
    ),
    Feature(
        msg("named strings"),
        Phase.LAYOUT,
        "A running head names the article with which the page begins, unless its title stands right below.",
        (Replacement(f"{_CONTEXT}.get_string_or_element_for", "blocks.named_strings:of_page_begin"),),
    ),
    Feature(
        msg("long footnotes"),
        Phase.LAYOUT,
        "A footnote that is longer than a page continues at the foot of the next page.",
        (
            Replacement(f"{_PAGE}:make_page", "blocks.long_notes:parted"),
            Replacement(f"{_CONTEXT}.layout_footnote", "blocks.long_notes:left_to_next_page"),
            Replacement(f"{_CONTEXT}.report_footnote", "blocks.long_notes:left_once"),
        ),
        needs=(
            "weasyprint.formatting_structure.build:create_anonymous_boxes",
            f"{_BLOCK}:block_level_layout",
            f"{_CONTEXT}.unlayout_footnote",
            f"{_CONTEXT}.create_block_formatting_context",
            f"{_CONTEXT}.finish_block_formatting_context",
        ),
    ),
    Feature(
        msg("long boxes"),
        Phase.LAYOUT,
        "A block that fits on no page begins where it stands.",
        (Replacement(f"{_BLOCK}:block_container_layout", "blocks.long_boxes:torn"),),
        needs=(
            f"{_BLOCK}:avoid_page_break",
            f"{_CONTEXT}.create_block_formatting_context",
            f"{_CONTEXT}.finish_block_formatting_context",
        ),
    ),
    Feature(
        msg("text beside figures"),
        Phase.LAYOUT,
        "A paragraph ends beside a float where one or two lines of it would stand below.",
        (Replacement(f"{_BLOCK}:block_container_layout", "blocks.beside_floats:ended"),),
    ),
    Feature(
        msg("initials"),
        Phase.LAYOUT,
        "As many lines as an initial is high stay together: it never hangs out of a column or a page.",
        (Replacement(f"{_BLOCK}:block_container_layout", "blocks.initials:kept_in"),),
    ),
    Feature(
        msg("plain titles"),
        Phase.LAYOUT,
        "Bookmarks and running heads repeat titles without the calls of footnotes.",
        (
            Replacement(
                "weasyprint.formatting_structure.boxes:ParentBox.content_text",
                "blocks.plain_titles:plain_text",
            ),
        ),
        upstream=("call-in-string",),
    ),
    Feature(
        msg("smaller figures"),
        Phase.LAYOUT,
        "A figure that just does not fit becomes smaller where no text could fill the rest of the page.",
        (Replacement(f"{_BLOCK}:block_level_layout", "blocks.smaller_figures:fitted"),),
    ),
    Feature(
        msg("page floats"),
        Phase.LAYOUT,
        "A figure that does not fit on its page moves to the next, and the text after it fills the page.",
        (
            Replacement(_BUILD, "page_floats.flow:PageFloats.building"),
            Replacement(f"{_BLOCK}:block_level_layout", "page_floats.flow:PageFloats.in_flow"),
            Replacement(f"{_BLOCK}:float_layout", "page_floats.flow:PageFloats.beside"),
            Replacement(f"{_PAGE}:block_level_layout", "page_floats.flow:PageFloats.on_page"),
        ),
        needs=(
            f"{_BLOCK}:remove_placeholders",
            "weasyprint.layout.absolute:absolute_layout",
            f"{_BLOCK}:avoid_page_break",
            f"{_BLOCK}:block_level_page_break",
            f"{_BLOCK}:block_level_page_name",
            "weasyprint.layout.percent:resolve_percentages",
            "weasyprint.css:ComputedStyle.anonymous_style",
            f"{_CONTEXT}.overflows_page",
        ),
    ),
    Feature(
        msg("footnotes of a page"),
        Phase.LAYOUT,
        "Footnotes stand in the order of their calls, one for each address, and many short ones in columns.",
        (
            Replacement(f"{_CONTEXT}.layout_footnote", "blocks.note_order:once"),
            Replacement(f"{_PAGE}:block_level_layout", "blocks.note_order:in_order"),
            Replacement(f"{_BLOCK}:block_container_layout", "blocks.note_columns:in_columns"),
        ),
        needs=("weasyprint.layout.percent:percentage",),
    ),
    Feature(
        msg("columns on the grid"),
        Phase.LAYOUT,
        "Columns are of whole lines, level where they end, with their footnotes at the foot of the page.",
        (Replacement(f"{_BLOCK}:columns_layout", "columns.page:GridColumns.replacing"),),
        needs=(
            f"{_BLOCK}:block_level_layout",
            f"{_BLOCK}:block_box_layout",
            f"{_BLOCK}:block_level_width",
            f"{_BLOCK}:collapse_margin",
            f"{_BLOCK}:avoid_page_break",
            f"{_BLOCK}:block_level_page_break",
            f"{_BLOCK}:block_level_page_name",
            "weasyprint.layout.percent:percentage",
            "weasyprint.layout.percent:resolve_percentages",
            "weasyprint.text.line_break:strut",
            "weasyprint.css:ComputedStyle.anonymous_style",
            f"{_CONTEXT}.report_footnote",
        ),
    ),
    Feature(
        msg("lengths resolved once"),
        Phase.LAYOUT,
        "The lengths of a style are resolved once for a containing block, and the height of its lines once.",
        (
            Replacement(f"{_BLOCK}:resolve_percentages", "speed.lengths:resolved_once"),
            Replacement(f"{_INLINE}:resolve_percentages", "speed.lengths:resolved_once"),
            Replacement(f"{_INLINE}:strut", "speed.lengths:strut_once"),
        ),
        needs=(
            "weasyprint.layout.percent:resolve_one_percentage",
            "weasyprint.layout.percent:adjust_box_sizing",
        ),
        speed=True,
    ),
    Feature(
        msg("style sheets parsed ahead"),
        Phase.LAYOUT,
        "Style sheets that the server has parsed are not parsed again.",
        (Replacement("weasyprint.css:CSS", "speed.sheets:or_ready"),),
        speed=True,
    ),
    Feature(
        msg("a layer for each layout"),
        Phase.LAYOUT,
        "A rule of a layout wins over those of the layouts that it extends, whatever their selectors.",
        (Replacement("weasyprint.css:CSS", "weasy.layers:in_layers"),),
    ),
    Feature(
        msg("quick styles"),
        Phase.LAYOUT,
        "Pages that match the same rules share their styles, and common values are computed first.",
        (
            Replacement(f"{_PAGE}:set_page_type_computed_styles", "speed.styles:shared"),
            Replacement("weasyprint.css:ComputedStyle.__missing__", "speed.styles:common_first"),
            Replacement("weasyprint.css:AnonymousStyle.__init__", "speed.styles:begun"),
            Replacement(f"{_PAGE}:resolve_percentages", "speed.styles:if_printed"),
        ),
        needs=(
            "weasyprint.css.functions:check_math",
            "weasyprint.css:StyleFor._page_type_match",
            "weasyprint.css:StyleFor.get_computed_styles",
        ),
        upstream=("margin-styles",),
        speed=True,
    ),
    Feature(
        msg("whole side floats"),
        Phase.LAYOUT,
        "Figures and boxes beside the text are kept whole: one that does not fit begins the next page.",
        (Replacement(f"{_BLOCK}:float_layout", "blocks.side_floats:kept_whole"),),
        needs=(f"{_BLOCK}:avoid_page_break",),
        upstream=("float-torn",),
    ),
    Feature(
        msg("footnotes carried over"),
        Phase.LAYOUT,
        "What one page leaves to the next is not lost when pages are laid out again.",
        (Replacement("weasyprint.layout:make_all_pages", "passes.carried:Carried.all_pages"),),
        upstream=("note-repagination",),
    ),
    Feature(
        msg("texts noted"),
        Phase.LAYOUT,
        "The texts of the document are compared with those of the pages.",
        (Replacement(_BUILD, "passes.integrity:NotedTexts.building"),),
    ),
    Feature(
        msg("pages of their own"),
        Phase.LAYOUT,
        "Turned tables, and pictures that fill a page or two, have pages of their own; text fills the one before.",
        (
            Replacement(_BUILD, "blocks.own_pages:OwnPages.building"),
            Replacement(f"{_PAGE}:make_page", "blocks.own_pages:OwnPages.making_page"),
            Replacement(f"{_BLOCK}:block_level_page_break", "blocks.own_pages:OwnPages.between"),
        ),
        needs=("weasyprint.css:ComputedStyle.anonymous_style", f"{_PAGE}:remake_page"),
    ),
    Feature(
        msg("outer margins"),
        Phase.LAYOUT,
        "Notes, figures and boxes stand in the outer margin, level with their lines, none over another.",
        (
            Replacement(_BUILD, "blocks.side_notes:SideNotes.building"),
            Replacement(f"{_PAGE}:block_level_layout", "blocks.side_notes:SideNotes.on_page"),
        ),
        needs=("weasyprint.css:ComputedStyle.anonymous_style",),
    ),
    Feature(
        msg("page numbers"),
        Phase.LAYOUT,
        "Page numbers that are printed elsewhere are those of the final pages.",
        (
            Replacement(
                "weasyprint.css.targets:TargetCollector.collect_anchor",
                "passes.page_numbers:Numbers.collect_anchor",
            ),
            Replacement(
                "weasyprint.css.targets:TargetCollector.lookup_target",
                "passes.page_numbers:Numbers.lookup_target",
            ),
            Replacement(
                "weasyprint.css.targets:TargetCollector.cache_target_page_counters",
                "passes.page_numbers:Numbers.cache_target_page_counters",
            ),
            Replacement("weasyprint.layout:make_all_pages", "passes.page_numbers:Numbers.make_all_pages"),
        ),
        upstream=("stale-number",),
    ),
    # After all others that replace its target: what these do to a note is done once, too.
    Feature(
        msg("notes measured once"),
        Phase.LAYOUT,
        "A footnote is laid out once while the heights of footnotes on its page are tried.",
        (Replacement(f"{_BLOCK}:block_level_layout", "speed.note_heights:laid_out_once"),),
        needs=(f"{_CONTEXT}._update_footnote_area",),
        speed=True,
    ),
)
