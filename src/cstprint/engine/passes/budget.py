"""How many layouts an issue takes, counted over all loops that lay out again, and why each was made.

Figures that leave their place, lines that lose text, floats that are longer than a page, page numbers, numbers of
notes and the imprint each ask for further layouts, one loop inside the other. The budget ends those of figures and of
page numbers; the others end by themselves: lines have two ways, each float becomes a part of the column once, notes
have three tries, the imprint has three places.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import Enum

from cstprint.diagnostics import Diagnostics, msg, note

#: The greatest number of layouts for one issue before the loops of figures and page numbers end.
MAX_IN_ALL = 32


class Reason(Enum):
    """Why a layout is made."""

    FIRST = msg("the first")
    FIGURES = msg("figures that move, or a last page of a few lines")
    LINES = msg("lines that lose text")
    FLOATS = msg("what is longer than a page beside the text")
    NUMBERS = msg("page numbers that are printed elsewhere")
    NOTES = msg("numbers of notes")
    IMPRINT = msg("the place of the imprint")


@dataclass
class Budget:
    """The layouts that were made, by the reasons for them; ``reason`` is that of the next one."""

    made: Counter[Reason] = field(default_factory=Counter)
    reason: Reason = Reason.FIRST

    def count(self) -> None:
        """Count a layout that begins."""
        self.made[self.reason] += 1

    def notes(self) -> Diagnostics:
        """Return a note on why there was more than one layout, if there was."""
        again = {reason: count for reason, count in self.made.items() if reason is not Reason.FIRST}
        if not again:
            return ()
        reasons = tuple(msg("{count} for {reason}", count=n, reason=one.value) for one, n in again.items())
        message = msg("Laid out {count} times: {reasons}.", count=self.made.total(), reasons=reasons)
        return (note("CST-E023", message, subject="WeasyPrint"),)

    @property
    def is_spent(self) -> bool:
        """Whether no further layout may be made for page numbers or figures."""
        return self.made.total() >= MAX_IN_ALL
