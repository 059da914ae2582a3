"""Pictures and formulas within texts as HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from math import inf
from pathlib import PurePosixPath
from urllib.parse import quote

from markupsafe import Markup

from cstprint.blocks.common.links import may_lead
from cstprint.blocks.common.parts import Figure
from cstprint.figures.geometry import Shape
from cstprint.languages.record import Words
from cstprint.source import SourceText


@dataclass(frozen=True, slots=True)
class DrawnFormula:
    """A formula that was drawn: the path of its drawing, how high it is, how far it reaches below the baseline."""

    path: str
    height_em: float
    depth_em: float


#: Source, and whether it is set off → the drawing.
Formulas = Mapping[tuple[str, bool], DrawnFormula]


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """What is known of pictures before they are printed, by their figures' ids, and of formulas."""

    #: By their shapes, groups of pictures are arranged.
    shapes: Mapping[str, Shape] = field(default_factory=dict)
    #: Those that were drawn.
    formulas: Formulas = field(default_factory=dict)
    #: Words that are drawn as outlines: they are added to the alternative texts that do not hold them.
    outlined: Mapping[str, Sequence[str]] = field(default_factory=dict)


NO_FACTS = PictureFacts()


@dataclass(frozen=True, slots=True)
class Drawings:
    """Prints pictures and formulas of texts; the pictures of the figures ``missing`` are boxes."""

    words: Words
    missing: Set[str] = frozenset()
    facts: PictureFacts = NO_FACTS

    def picture(self, figure: Figure, height: str, width: str | None = None) -> Markup:
        """Return a picture in a line, of this height or width, or as high as the layout sets such pictures."""
        if figure.id in self.missing:
            box = Markup('<span class="missing-picture in-line">{}</span>')
            return box.format(self.missing_words(figure))
        style = Markup()
        if height:
            style = Markup(' style="height: {}"').format(height)
        elif width:
            style = Markup(' style="width: {}; height: auto"').format(width)
        return self._image(figure, "picture", style)

    def figure(self, figure: Figure, caption: Markup | None, width: str | None = None) -> Markup:
        """Return a picture that stands for itself within a list, a quotation or a table, of this width if any."""
        if figure.id in self.missing:
            picture = Markup('<p class="missing-picture">{}</p>').format(self.missing_words(figure))
        else:
            picture = self._image(figure, "", self._widest(figure, width))
            if figure.link:
                picture = Markup('<a class="picture-link" href="{}">{}</a>').format(figure.link, picture)
        below = Markup()
        if caption:
            below = Markup('<figcaption><span class="caption">{}</span></figcaption>').format(caption)
        html = Markup(
            '<figure class="figure in-text" id="{}"><div class="figure-picture">{}</div>{}</figure>\n'
        )
        return html.format(figure.id, picture, below)

    def _widest(self, figure: Figure, width: str | None) -> Markup:
        """Return how wide a picture is at most: as the editor says, or as its dots allow."""
        shape = self.facts.shapes.get(figure.id)
        if shape is None or (width is None and shape.widest == inf):
            return Markup()
        style = Markup(' style="--cst-ratio: {}; --cst-widest: {}"')
        return style.format(f"{shape.ratio:.7f}", width or f"{shape.widest:.4f}pt")

    def alternative(self, figure: Figure) -> str:
        """Return the alternative text of a picture, with the words of it that are no text and not in it yet."""
        alt = str(figure.alt or "").strip()
        held = _letters(alt)
        words = [one for one in self.facts.outlined.get(figure.id, ()) if _letters(one) not in held]
        if not alt or not words:
            return alt
        return self.words.words_in_picture.format(
            alt=alt, words=self.words.picture_words_separator.join(words)
        )

    def missing_words(self, figure: Figure) -> Markup:
        """Return what is printed in the place of a picture that is not there."""
        words = Markup.escape(self.words.missing_picture) + (figure.alt or "")
        return words + Markup(" ") + address_of(figure)

    def formula(self, source: str, *, display: bool) -> Markup:
        """Return a formula: its drawing, or its source where it has none."""
        drawn = self.facts.formulas.get((source, display))
        sign = "$$" if display else "$"
        if drawn is None:
            return Markup('<code class="formula-source">{}</code>').format(f"{sign}{source}{sign}")
        image = Markup(
            '<img class="formula" data-tag="formula" src="{}" alt="{}" style="height: {}em; vertical-align: {}em">'
        ).format(issue_address(drawn.path), source, f"{drawn.height_em:.4f}", f"{-drawn.depth_em:.4f}")
        return Markup('<span class="formula-display">{}</span>').format(image) if display else image

    def _image(self, figure: Figure, kind: str, style: Markup) -> Markup:
        image = Markup('<img{} src="{}" alt="{}"{}{}>')
        named = Markup(' class="{}"').format(kind) if kind else ""
        decorative = "" if figure.alt else Markup(' data-tag="decoration"')
        return image.format(named, issue_address(figure.image), self.alternative(figure), style, decorative)


def _letters(text: str) -> str:
    """Return a text without its blanks."""
    return "".join(text.split())


def address_of(figure: Figure) -> Markup:
    """Return what a picture of a text is called there, a link where it lies on the web."""
    if may_lead(figure.image):
        return Markup('<a class="address" href="{}">{}</a>').format(figure.image, figure.image)
    return Markup('<span class="address">{}</span>').format(figure.image)


def issue_address(path: SourceText | str) -> str:
    """Return the address of a file of the issue's folder."""
    return "issue/" + quote(str(PurePosixPath(path)))
