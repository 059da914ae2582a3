"""Lines into a PDF: the glyphs of a line, cut from those of its whole paragraph, with our gaps between them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, compress, groupby, pairwise

from cstprint.engine.lines.glyph_texts import SELECTED, code_of
from cstprint.engine.lines.shape import GLYPH_SIZE, Run, Slice, glyph_integers, runs_of
from cstprint.engine.lines.spoken import actual_text
from cstprint.engine.weasy.calls import DrawCall, DrawText
from cstprint.engine.weasy.marks import text_marks
from cstprint.engine.weasy.pdf import moved_right
from cstprint.engine.weasy.text import (
    FROM_UNITS,
    TO_UNITS,
    PangoLine,
    ffi,
    pango,
)
from cstprint.engine.weasy.types import PdfFont, Stream

#: Smaller type (px) is drawn by neither.
_NO_SIZE = 1e-6


def draw_first_line(original: DrawText, call: DrawCall) -> list[object]:
    """Draw a text box of ours as ``original`` would, WeasyPrint's function of this name; return its emoji.

    The original draws what we do not: a block's ellipsis, emoji, what is raised or missing in the font. No line of
    ours runs over, so that none is cut by ``text-overflow``.
    """
    stream, textbox = call.stream, call.textbox
    layout, marks = textbox.pango_layout, text_marks(textbox)
    gaps = marks.gaps or []
    assert isinstance(layout, Slice)
    if marks.cut:
        call = call._replace(matrix=moved_right(call.matrix, -marks.cut))
    if not layout.text.strip() or textbox.style["font_size"] < _NO_SIZE:
        return []
    runs = _visible_runs(stream, layout.runs(), layout.text)
    if runs is not None and call.block_ellipsis == "none" and layout.has_whole_clusters:
        characters = [c - layout.first for run, _, _ in runs for c in run.characters]
        with actual_text(stream, textbox, characters):
            stream.set_text_matrix(*call.matrix.values)
            _show(stream, layout.shaped.text, layout.first, runs, gaps)
        return []
    layout.shape_again()
    # For an ellipsis WeasyPrint has Pango lay the text out again, and our gaps are lost or fail.
    if call.block_ellipsis != "none":
        return original(*call)
    # Before the widths are changed: later Pango would lay the line out again and drop them.
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    line, _ = layout.get_first_line()
    characters = _write_line(line, layout.text, gaps, textbox.style["font_size"])
    with actual_text(stream, textbox, characters):
        emojis = original(*call._replace(text_overflow="clip"))
    layout.forget()
    return emojis


def draw_sequences(original: DrawText, call: DrawCall) -> list[object]:
    """Draw a text box of WeasyPrint's own lines; where it has sequences, so that each glyph stands for its text."""
    stream, textbox = call.stream, call.textbox
    layout = textbox.pango_layout
    is_cut = call.text_overflow == "ellipsis" or call.block_ellipsis != "none"
    if is_cut or not SELECTED.search(textbox.text):
        return original(*call)
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    line, _ = layout.get_first_line()
    runs = _visible_runs(stream, runs_of(line, layout.text), layout.text)
    if runs is None:
        return original(*call)
    stream.set_text_matrix(*call.matrix.values)
    _show(stream, layout.text, 0, runs, [0.0] * len(layout.text))
    return []


def _visible_runs(stream: Stream, runs: list[Run], text: str) -> list[tuple[Run, PdfFont, float]] | None:
    """Return the runs with the PDF's fonts and their sizes, ``None`` where WeasyPrint has to draw them.

    Selectors and joiners have glyphs that are empty: they go without a trace into the glyph before them.
    """
    if SELECTED.search(text):
        runs = [run.without(pango.PANGO_GLYPH_EMPTY) for run in runs]
    found = [(run, *stream.add_font(run.font)) for run in runs if run.characters]
    return found if all(_is_plain(run, font) for run, font, _ in found) else None


def _is_plain(run: Run, font: PdfFont) -> bool:
    """Whether a run has only glyphs of outlines."""
    if font.bitmap or font.png or font.svg or font.colr:
        return False
    # Glyphs that are empty or missing have numbers beyond any font's.
    return bool(max(run.integers(0)) < pango.PANGO_GLYPH_EMPTY)


def _show(
    stream: Stream, text: str, begin: int, runs: list[tuple[Run, PdfFont, float]], gaps: list[float]
) -> None:
    """Draw glyphs with gaps (px) after their characters, each within half a thousandth of an em of its place.

    The gaps are those from the character ``begin`` of the text on. Each run has the PDF's font and its size.
    """
    string, ahead = "", 0.0
    shown: PdfFont | None = None
    for run, font, size in runs:
        if font is not shown:
            if string := string.replace("<>", ""):
                stream.show_text(string)
            stream.set_font_size(font.hash, size)
            string, shown = "", font
        codes_of_run = _codes(stream, font, size, run, text)
        # Where the next glyph belongs and where the PDF would draw it, both in thousandths of an em.
        scale, widths, codes = 1000 / size, font.widths, []
        unit, place, pen = scale * FROM_UNITS, ahead * scale, 0
        advances, offsets, rises = run.integers(1), run.integers(2), run.integers(3)
        after = _gaps_after(run, gaps, begin)
        for glyph, advance, offset, rise, gap in zip(
            codes_of_run, advances, offsets, rises, after, strict=True
        ):
            kern = round(pen - place - offset * unit)
            codes.append(f">{kern}<{glyph:04x}" if kern else f"{glyph:04x}")
            if rise:  # a mark above or below a letter, or one that is put in the middle of its em
                _show_raised(stream, string, codes, -rise * FROM_UNITS)
                string, codes = "", []
            pen += widths[glyph] - kern
            place += advance * unit + gap * scale
        ahead = (place - pen) / scale
        string += f"<{''.join(codes)}>"
    if string := string.replace("<>", ""):
        stream.show_text(string)


def _show_raised(stream: Stream, string: str, codes: list[str], rise: float) -> None:
    """Draw what waits, and the last of the codes ``rise`` px above the baseline."""
    *others, last = codes
    if before := f"{string}<{''.join(others)}>".replace("<>", ""):
        stream.show_text(before)
    stream.set_text_rise(rise)
    stream.show_text(f"<{last}>".replace("<>", ""))
    stream.set_text_rise(0)


def _gaps_after(run: Run, gaps: list[float], begin: int) -> list[float]:
    """Return the gap after each glyph; that of a cluster (——) is that of its characters, after its last glyph."""
    gaps = [*gaps, 0.0]  # none of the box's gaps is after its last character
    characters = run.characters
    if isinstance(characters, range):
        return gaps[characters.start - begin : characters.stop - begin]
    return [sum(gaps[one - begin : two - begin]) for one, two in pairwise([*characters, run.last])]


def _codes(stream: Stream, font: PdfFont, size: float, run: Run, text: str) -> list[int]:
    """Return the codes of a run's glyphs in the PDF; note in the font their widths and texts."""
    glyphs, characters = run.integers(0), run.characters
    texts = list(
        text[characters.start : characters.stop] if isinstance(characters, range) else _texts(run, text)
    )
    known, codes = font.to_unicode, []
    if list(map(known.get, glyphs)) == texts:
        return glyphs
    for glyph, meant in zip(glyphs, texts, strict=True):
        if known.get(glyph) == meant:
            codes.append(glyph)
            continue
        if glyph not in font.widths:
            pango.pango_font_get_glyph_extents(run.font, glyph, stream.ink_rect, stream.logical_rect)
            font.widths[glyph] = round(stream.logical_rect.width * 1000 * FROM_UNITS / size)
        codes.append(code_of(font, glyph, meant))
    return codes


def _texts(run: Run, text: str) -> Iterator[str]:
    """Yield what each glyph stands for: of a cluster of several, each has a character, and the last has the rest."""
    starts = sorted(set(run.characters))
    ends = dict(pairwise([*starts, run.last]))
    for first, glyphs in groupby(run.characters):
        yield from _spread(text[first : ends[first]], len(list(glyphs)))


def _spread(text: str, glyphs: int) -> list[str]:
    if len(text) < glyphs:
        return [""] * (glyphs - 1) + [text]
    return [*text[: glyphs - 1], text[glyphs - 1 :]]


def _write_line(line: PangoLine, text: str, gaps: list[float], size: float) -> list[int]:
    """Write the gaps into Pango's glyphs; return the character of each glyph that will be drawn."""
    offsets = accumulate(map(len, map(str.encode, text)), initial=0)
    place = {offset: index for index, offset in enumerate(offsets)}
    runs: list[tuple[memoryview[int], list[int]]] = []
    run = line.runs[0]
    while run != ffi.NULL:
        begin, glyphs = run.data.item.offset, run.data.glyphs
        run = run.next
        owners = [place[begin + c] for c in ffi.unpack(glyphs.log_clusters, glyphs.num_glyphs)]
        runs.append((glyph_integers(glyphs), owners))
    clusters = sorted(set().union(*(owners for _, owners in runs)))
    wanted = _thousandths(gaps, size)
    if len(clusters) < len(text):
        # The gap of a cluster (——) is that of its last character, and follows its last glyph.
        ends = pairwise([*clusters, len(text)])
        wanted = {first: sum(wanted.get(i, 0) for i in range(first, last)) for first, last in ends}
    # One unit more than asked, because WeasyPrint truncates towards zero when it draws.
    unit = size * TO_UNITS / 1000
    units = {
        owner: round(value * unit + (1 if value > 0 else -1)) for owner, value in wanted.items() if value
    }
    characters: list[int] = []
    for integers, owners in runs:
        drawn = [glyph != pango.PANGO_GLYPH_EMPTY for glyph in integers[::GLYPH_SIZE]]
        characters += owners if all(drawn) else list(compress(owners, drawn))
        for index, owner in enumerate(owners):
            if owner in units and (index + 1 == len(owners) or owners[index + 1] != owner):
                integers[GLYPH_SIZE * index + 1] += units[owner]
    return characters


def _thousandths(gaps: list[float], size: float) -> dict[int, int]:
    """Return the gaps in whole thousandths of an em, what is cut off carried to the next, by their characters."""
    whole, carried, scale = {}, 0.0, 1000 / size
    for index, gap in enumerate(gaps):
        if gap or abs(carried) > 1:
            exact = gap * scale + carried
            whole[index] = rounded = round(exact)
            carried = exact - rounded
    return whole
