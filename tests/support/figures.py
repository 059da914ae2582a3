"""The figures that lines are judged by, from the places of their glyphs. Lengths are in em.

Run as ``python -m tests.support.figures [WIDTH ...]``: prints them for our lines and for WeasyPrint's own.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from tests.support.line_rules import (
    NO_END,
    NO_START,
    OPENING,
    TRAILING,
    is_han,
    is_latin,
    is_letter,
    runs,
    splits_number,
)
from tests.support.set_lines import Placed, SetLine, set_plain

#: What still counts as the place that was meant.
NEAR = 0.02
WIDTHS = (42.0, 20.0, 12.0, 14.3, 15.5, 17.1, 18.7, 22.9, 25.6, 28.4, 31.7, 34.2, 37.9, 45.0)


@dataclass(frozen=True)
class Spread:
    """Some lengths: how many, the least, the mean and the largest. All 0 where there are none."""

    count: int
    least: float
    mean: float
    most: float

    @classmethod
    def of(cls, values: Iterable[float]) -> Spread:
        """Sum up ``values``."""
        found = list(values)
        return cls(len(found), min(found), statistics.fmean(found), max(found)) if found else cls(0, 0, 0, 0)


@dataclass(frozen=True)
class Fault:
    """A line that breaks a rule: its paragraph's number, its text, what is wrong, whether a long run is to blame."""

    paragraph: int
    text: str
    found: str
    near_run: (
        bool  #: holds or precedes a run, longer than a quarter of the measure, that no line's end may part
    )

    def __str__(self) -> str:
        return f"¶{self.paragraph} {self.found}{' by a long run' if self.near_run else ''}: {self.text}"


Faults = tuple[Fault, ...]


@dataclass(frozen=True)
class Figures:
    """What was measured on lines ``measure`` em wide. Full lines are all but each paragraph's last."""

    measure: float
    lines: int
    full: int
    deviation: Spread  #: distance of a full line's end from the edge, of a mark's half or full width
    off_edge: Faults  #: full lines that end further than ``NEAR`` from the edge
    ragged: Faults  #: lines before a long run, not counted as full, that gaps of half an em would not fill
    begins_off: Faults  #: lines that do not begin at the left edge, opening brackets aside
    marks_at_end: int  #: full lines that end with a closing mark
    full_width_at_end: Faults  #: … and it is not half width
    forbidden_starts: Faults
    forbidden_ends: Faults
    pairs: Spread  #: width of two adjacent marks
    pairs_off: Faults  #: pairs not 1.5 em, what their line was widened by aside
    openings: int  #: lines that begin with an opening bracket
    openings_off: Faults  #: … whose blank half is not outside the edge
    gaps: Spread  #: between Han and Latin, in full lines
    gaps_all: Spread  #: … in all lines
    gaps_off: Faults  #: gaps not within ⅛–⅓ em
    widening: Faults  #: the three most widened pairs of Han among lines that hold and precede no long run …
    worst: float  #: … and by how much the widest
    worst_near_run: float  #: the same among the lines that do
    near_run: int  #: how many those are
    number_splits: Faults
    lonely: Faults  #: last lines of one letter, marks aside

    @property
    def flush(self) -> float:
        """The share of full lines that end at the edge."""
        return 1 - len(self.off_edge) / self.full if self.full else 1.0


def figures(lines: list[SetLine], measure: float) -> Figures:
    """Measure lines that were set ``measure`` em wide."""
    near = _near_long_runs(lines, measure)
    ragged = [
        line for line in lines if not line.last and id(line) in near and _cannot_be_filled(line, measure)
    ]
    full = [line for line in lines if not line.last and line not in ragged]
    marked = [line for line in full if line.glyphs[-1].text in TRAILING]
    opened = [line for line in lines if line.glyphs[0].text in OPENING]
    pairs = [(line, width) for line in lines for width in _mark_pairs(line)]
    gaps = [(line, gap) for line in lines for gap in _latin_gaps(line)]
    calm = [(line, _widening(line)) for line in full if id(line) not in near]
    calm.sort(key=lambda item: item[1])

    def told(found: Iterable[tuple[SetLine, str]]) -> Faults:
        return tuple(Fault(line.paragraph, line.text, what, id(line) in near) for line, what in found)

    def off(measured: Iterable[tuple[SetLine, float]]) -> Faults:
        return told((line, f"{by:.3f}") for line, by in measured if by > NEAR)

    return Figures(
        measure=measure,
        lines=len(lines),
        full=len(full),
        deviation=Spread.of(_off_edge(line, measure) for line in full),
        off_edge=off((line, _off_edge(line, measure)) for line in full),
        ragged=told((line, f"{_off_edge(line, measure):.3f}") for line in ragged),
        begins_off=off((line, abs(_begin(line) - line.edge)) for line in lines if line not in opened),
        marks_at_end=len(marked),
        full_width_at_end=off((line, abs(line.glyphs[-1].end - 0.5 - measure)) for line in marked),
        forbidden_starts=told((line, "begins") for line in lines if line.text[0] in NO_START),
        forbidden_ends=told((line, "ends") for line in full if line.text[-1] in NO_END),
        pairs=Spread.of(width for _, width in pairs),
        pairs_off=told((line, f"{width:.3f}") for line, width in pairs if not _is_pair(line, width)),
        openings=len(opened),
        openings_off=off((line, abs(_begin(line) + 0.5 - line.edge)) for line in opened),
        gaps=Spread.of(gap for line, gap in gaps if not line.last),
        gaps_all=Spread.of(gap for _, gap in gaps),
        gaps_off=told((line, f"{gap:.3f}") for line, gap in gaps if not 0.121 <= gap <= 1 / 3 + 0.004),
        widening=told((line, f"{width:.3f}") for line, width in calm[-3:]),
        worst=calm[-1][1] if calm else 0.0,
        worst_near_run=max((_widening(line) for line in full if id(line) in near), default=0.0),
        near_run=len(near),
        number_splits=told((line, "splits") for line in full if splits_number(line.source, line.stop)),
        lonely=told((line, "lonely") for line in lines if _is_lonely(line)),
    )


def _begin(line: SetLine) -> float:
    return line.glyphs[0].x


def _off_edge(line: SetLine, measure: float) -> float:
    """How far (em) the line's end is from the edge; a closing mark ends at its half or its full width."""
    last = line.glyphs[-1]
    off = abs(last.end - measure)
    return min(off, abs(last.end - 0.5 - measure)) if last.text in TRAILING else off


def _cannot_be_filled(line: SetLine, measure: float) -> bool:
    """Whether the line would be short with each gap that may open opened to half an em, from nothing."""
    may_open, opened = 0, 0.0
    for one, two, spaced in _neighbours(line):
        latin = is_latin(one.text[-1]) or is_latin(two.text[0])
        together = one.text in TRAILING + OPENING and two.text in TRAILING + OPENING
        may_open += spaced if latin else not together
        opened += max(0.0, two.x - one.end) if not (latin or together) else 0.0
    return _off_edge(line, measure) + opened > max(NEAR, 0.5 * may_open)


def _neighbours(line: SetLine) -> Iterator[tuple[Placed, Placed, bool]]:
    """Yield neighbouring glyphs, and whether a space was typed between them."""
    for one, two in pairwise(line.glyphs):
        yield one, two, two.at > one.at + len(one.text)


def _mark_pairs(line: SetLine) -> Iterator[float]:
    """Yield the width (em) of two marks that stand together, the second's blank included."""
    for one, two, spaced in _neighbours(line):
        closes = one.text in TRAILING and two.text in TRAILING + OPENING
        if not spaced and (closes or (one.text in OPENING and two.text in OPENING)):
            yield two.end - one.x


def _is_pair(line: SetLine, width: float) -> bool:
    """Whether two marks take 1.5 em, or that and what all gaps of their line were opened by."""
    return 1.5 - NEAR <= width <= 1.5 + max(0.0, _usual_widening(line)) + NEAR


def _latin_gaps(line: SetLine) -> Iterator[float]:
    """Yield the white (em) between Han and Latin; a space that was typed there is part of it."""
    for one, two, _ in _neighbours(line):
        before, after = one.text[-1], two.text[0]
        if (is_han(before) and is_latin(after)) or (is_latin(before) and is_han(after)):
            yield two.x - one.end


def _han_gaps(line: SetLine) -> list[float]:
    return [two.x - one.end for one, two, _ in _neighbours(line) if is_han(one.text) and is_han(two.text)]


def _widening(line: SetLine) -> float:
    """The widest gap (em) between two Han on the line."""
    return max(_han_gaps(line), default=0.0)


def _usual_widening(line: SetLine) -> float:
    return statistics.median(_han_gaps(line) or [0.0])


def _near_long_runs(lines: list[SetLine], measure: float) -> set[int]:
    """Return the ids of lines that hold, or come before, a run that no line's end may part, a quarter line long."""
    found: set[int] = set()
    for index, line in enumerate(lines):
        for start, stop in runs(line.source):
            inside = [glyph for glyph in line.glyphs if start <= glyph.at < stop]
            if inside and inside[-1].end - inside[0].x > measure / 4:
                found.add(id(line))
                if index and not line.first:
                    found.add(id(lines[index - 1]))
    return found


def _is_lonely(line: SetLine) -> bool:
    return line.last and not line.first and sum(map(is_letter, line.text)) <= 1


_HEADS = ("em", "", "lines", "full", "flush", "mean", "worst", "½ end", "start", "end", "pairs", "off", "open", "off")  # fmt: skip
_MORE = ("gap least", "mean", "most", "all least", "mean", "most", "off", "widest", "near run", "lines", "split", "lone")  # fmt: skip


def row(name: str, found: Figures) -> str:
    """Return the figures as a row of a table, cells between tabs."""
    f = found
    cells = (
        f"{f.measure:g}", name, f.lines, f.full, f"{f.flush:.1%}", f"{f.deviation.mean:.4f}", f"{f.deviation.most:.4f}",
        f"{f.marks_at_end - len(f.full_width_at_end)}/{f.marks_at_end}", len(f.forbidden_starts), len(f.forbidden_ends),
        f.pairs.count, len(f.pairs_off), f.openings, len(f.openings_off),
        *(f"{g:.3f}" for s in (f.gaps, f.gaps_all) for g in (s.least, s.mean, s.most)), len(f.gaps_off),
        f"{f.worst:.3f}", f"{f.worst_near_run:.3f}", f.near_run, len(f.number_splits), len(f.lonely),
    )  # fmt: skip
    return "\t".join(map(str, cells))


def faults(found: Figures) -> Iterator[str]:
    """Yield every fault, and the most widened line, in words."""
    for name, value in vars(found).items():
        if isinstance(value, tuple):
            yield from (f"{found.measure:g} em {name} {fault}" for fault in value)


def main(widths: Iterable[float]) -> None:
    """Print the table, then our faults."""
    from tests.support.corpus import paragraphs
    from tests.support.fonts import use_built_in_fonts

    use_built_in_fonts()
    texts, told = paragraphs(), list[str]()
    sys.stdout.write("\t".join(_HEADS + _MORE) + "\n")
    for width in widths:
        ours = figures(set_plain(texts, width), width)
        told += faults(ours)
        sys.stdout.write(row("ours", ours) + "\n")
        sys.stdout.write(row("stock", figures(set_plain(texts, width, stock=True), width)) + "\n")
        sys.stdout.flush()
    sys.stdout.write("\n".join(told) + "\n")


if __name__ == "__main__":
    main([float(argument) for argument in sys.argv[1:]] or WIDTHS)
