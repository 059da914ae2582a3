"""Which figures should leave their place, so that no page has a hole: facts of pages in, placements out.

A figure that does not fit on the rest of a page leaves that empty. It may head the next page instead, while the text
behind it fills the rest; never before the page that mentions it, nor further away than the layout allows.
Called again with the pages that came of its placements, :func:`plan` only adds to them, so it comes to rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice, pairwise

from cstprint.engine.pages.flow import ArticleFlow, Flow, Kind, Piece, TextArea
from cstprint.engine.placements import MIN_LINES, Hold, Placements, Way

#: In how many layouts figures find their places at most.
MAX_LAYOUTS = 8
#: The part of a text area that may stay empty, rather than leave a figure alone on an article's last page.
MAX_EMPTY = 0.25


def plan(flow: Flow, so_far: Placements, distance: int) -> Placements:
    """Return the placements to lay out with next, those ``so_far`` where nothing is to be mended in ``flow``.

    ``distance`` is how many pages a figure may stand behind the page that mentions it.
    """
    ways, behind, held = dict(so_far.ways), dict(so_far.behind), set(so_far.held)
    if distance < 1:
        for article in flow.articles:
            if article.in_columns:
                figures = (piece.block for piece in article.pieces if piece.kind is Kind.FIGURE)
                ways.update(dict.fromkeys(figures, Way.STAY))
        return Placements(ways, behind, so_far.held)
    for article in flow.articles:
        planner = _Article(article, flow.areas, ways)
        behind.update(planner.before_their_mention())
        if not article.in_columns:
            first = next(planner.behind_holes(), None)
            if first is not None:
                ways.update({later.block: Way.MOVE for later in planner.free_from(first)})
            else:  # no hole before it is to be filled, which would change where it stands
                ways.update({figure.block: Way.STAY for figure in planner.alone()})
        too_far = (hold for hold in planner.too_far(distance) if hold not in held)
        held.update(islice(too_far, 1))
    return Placements(ways, behind, frozenset(held))


class _Article:
    """One article as it was laid out, and the ways that its figures were given."""

    def __init__(self, flow: ArticleFlow, areas: Mapping[int, TextArea], ways: Mapping[str, Way]):
        self.pieces = flow.pieces
        self.mentions = flow.mentions
        self.line_pt = flow.line_pt
        self.in_columns = flow.in_columns
        self.areas = areas
        self.ways = ways
        #: Of a group that is torn over pages its first part.
        self.figures = list(
            {piece.block: piece for piece in reversed(flow.pieces) if piece.kind is Kind.FIGURE}.values()
        )[::-1]
        self.in_place = [piece for piece in flow.pieces if not piece.floats]

    def free_from(self, first: Piece) -> list[Piece]:
        """Return the figures from ``first`` on that have no way yet."""
        return [
            figure for figure in self.figures if figure.order >= first.order and figure.block not in self.ways
        ]

    def behind_holes(self) -> Iterator[Piece]:
        """Yield the figures that begin a page because they did not fit, where text could fill the page before."""
        for before, figure in pairwise(self.in_place):
            room = self.areas[before.page].bottom_pt - before.bottom_pt
            if (
                figure.kind is Kind.FIGURE
                and figure.page > before.page
                and room >= MIN_LINES * self.line_pt
                and figure.block not in self.ways
                and self._text_may_pass(figure)
            ):
                yield figure

    def _text_may_pass(self, figure: Piece) -> bool:
        for behind in self.in_place:
            if behind.order > figure.order and behind.kind is not Kind.FIGURE:
                return behind.kind is Kind.TEXT
        return False

    def before_their_mention(self) -> Iterator[tuple[str, str]]:
        """Yield the figures that stand before the page that mentions them first, each with the block that does.

        Not where it would have to pass another figure, or leave its section.
        """
        stops = [piece.order for piece in self.pieces if piece.kind is not Kind.TEXT]
        for figure in self.figures:
            mention = self.mentions.get(figure.block)
            if mention is None or not mention.block or figure.page >= mention.page:
                continue
            if not any(figure.order < order < mention.order for order in stops):
                yield figure.block, mention.block

    def alone(self) -> Iterator[Piece]:
        """Yield a figure that is alone on the article's last page, where it would leave a small hole instead."""
        last_of_text = max((piece.page for piece in self.in_place), default=0)
        for figure in self.figures:
            if figure.page <= last_of_text or self.ways.get(figure.block) is not Way.MOVE:
                continue
            behind = next((piece for piece in self.in_place if piece.order > figure.order), None)
            if behind is None or behind.page != figure.page - 1:
                continue
            area = self.areas[behind.page]
            if area.bottom_pt - behind.top_pt <= MAX_EMPTY * area.height_pt:
                yield figure
                return

    def _moves(self, figure: Piece) -> bool:
        """Whether a figure leaves its place where it does not fit."""
        return self.in_columns or self.ways.get(figure.block) is Way.MOVE

    def too_far(self, distance: int) -> Iterator[Hold]:
        """Yield what should wait for the figures before one that is too far from its mention."""
        for earlier, figure in pairwise([None, *self.figures]):
            if figure is None or not self._moves(figure):
                continue
            mention = self.mentions.get(figure.block)
            if mention is None or (earlier is not None and mention.order < earlier.order):
                # No mention of its own, or one that cannot wait: its place is where the text behind it begins.
                behind = [piece.page for piece in self.in_place if piece.order > figure.order]
                if behind and figure.page > behind[0] + distance:
                    yield Hold(figure.block, figure.block, distance - 1)
            elif figure.page > mention.page + distance:
                yield Hold(mention.block or figure.block, figure.block, distance - 1)
