"""Page numbers that are printed elsewhere (``target-counter(…, page)``) are those of the pages that come out.

A number that changes may turn a line, and a line a page. WeasyPrint lays pages out again while it finds changes, but
a number may be old when it stops. Then all is laid out once more with the numbers taken as known, until they are
right.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import TypeVar

from cstprint.engine.passes.budget import Budget, Reason
from cstprint.engine.passes.carried import MakePages
from cstprint.engine.weasy.css import CounterItem, Counters, TargetItem
from cstprint.engine.weasy.types import Box, Context, Targets

#: Of 200 arrangements of small pages 6 needed a second layout, none a third.
MAX_FOR_NUMBERS = 8

#: A number that is printed: the box, and the token of its CSS.
Place = tuple[Box, str]
#: ``lookup_target``.
LookupTarget = Callable[[Targets, object, Box, str, object], TargetItem]
#: ``cache_target_page_counters``.
CacheCounters = Callable[[Targets, str, Counters, int, object], None]
T = TypeVar("T")


def with_right_numbers(render: Callable[[Numbers], T], budget: Budget) -> tuple[T, bool]:
    """Return what ``render`` lays out, and whether the page numbers printed in it are right.

    ``render`` puts in the replacements that are methods of the numbers that it is given.
    """
    known: dict[str, Counters] = {}
    for _ in range(MAX_FOR_NUMBERS):
        numbers = Numbers(known)
        document = render(numbers)
        if numbers.are_right():
            return document, True
        if budget.is_spent:
            break
        known = {**known, **numbers.found}
        budget.reason = Reason.NUMBERS
    return document, False


@dataclass
class Numbers:
    """The counters that are taken as known, by anchor; those that were printed; those of the pages that came out."""

    known: Mapping[str, Counters] = field(default_factory=dict)
    printed: dict[Place, tuple[str, Counters]] = field(default_factory=dict)
    found: dict[str, Counters] = field(default_factory=dict)
    _anchors: dict[TargetItem, str] = field(default_factory=dict, init=False)

    def are_right(self) -> bool:
        """Whether each number that is printed is that of its target's page."""
        return not self._wrong()

    def _wrong(self) -> list[Place]:
        """Return where a number is printed that is not that of its target's page."""
        return [
            place
            for place, (anchor, counters) in self.printed.items()
            if counters != self.found.get(anchor, counters)
        ]

    def collect_anchor(
        self, original: Callable[[Targets, object], None]
    ) -> Callable[[Targets, object], None]:
        """Replace ``collect_anchor``: note the anchor that an item is of."""

        def collect(collector: Targets, anchor: object) -> None:
            original(collector, anchor)
            if isinstance(anchor, str):
                self._anchors[collector.target_lookup_items[anchor]] = anchor

        return collect

    def lookup_target(self, original: LookupTarget) -> LookupTarget:
        """Replace ``lookup_target``: note which number is printed where."""

        def lookup(
            collector: Targets, token: object, source_box: Box, css_token: str, parse_again: object
        ) -> TargetItem:
            item = original(collector, token, source_box, css_token, parse_again)
            anchor = self._anchors.get(item)
            if anchor is not None:
                item.cached_page_counter_values = self.known.get(anchor, item.cached_page_counter_values)
                looked_up = anchor, copy.deepcopy(item.cached_page_counter_values)
                if source_box.style["display"] != ("inline", "flow-root"):
                    self.printed[source_box, css_token] = looked_up
                else:  # WeasyPrint keeps what an inline block was built with
                    self.printed.setdefault((source_box, css_token), looked_up)
            return item

        return lookup

    def cache_target_page_counters(self, original: CacheCounters) -> CacheCounters:
        """Replace ``cache_target_page_counters``: note the numbers of the pages that come out."""

        def cache(
            collector: Targets, anchor: str, counters: Counters, index: int, page_maker: object
        ) -> None:
            if not collector.collecting:
                self.found[anchor] = copy.deepcopy(counters)
            if anchor not in self.known:
                original(collector, anchor, counters, index, page_maker)

        return cache

    def make_all_pages(self, original: MakePages) -> MakePages:
        """Print the numbers that a layout has found before its pages are laid out again, not after that.

        WeasyPrint lays out such a page with the old ones, then with the new, and takes each for changed once more
        because the number of all pages is known meanwhile, whether that is printed or not.
        """

        def pages(context: Context, root_box: Box, html: object, known: list[Box]) -> Iterator[Box]:
            items: Mapping[Place, CounterItem] = context.target_collector.counter_lookup_items
            for (_, css_token), item in items.items() if known else ():
                counters = item.cached_page_counter_values
                printed = {*item.missing_counters, *chain(*item.missing_target_counters.values())}
                if css_token == "content" and counters and "pages" not in printed:
                    counters["pages"] = [len(known)]
                    item.parse_again(counters)
            yield from original(context, root_box, html, known)
            for place in self._wrong() if known else ():
                # WeasyPrint does not know the page of what stands in a grid or a flex box: all is laid out again.
                page = items[place].page_maker_index if place in items else None
                if page is not None and self.printed[place][0] not in self.known:
                    context.page_maker[page][-1]["content_changed"] = True

        return pages
