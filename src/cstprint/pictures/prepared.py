"""What becomes of a picture: bytes fit for print, remarks on the way there, or the reason why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from cstprint.diagnostics import Diagnostic, Message, Severity, msg
from cstprint.source import Span


@dataclass(frozen=True, slots=True)
class PreparedPicture:
    """A picture as the layout engine gets it: PNG or JPEG, upright, grey or sRGB; or an SVG.

    An SVG has shapes and texts only. Its size may be a fraction of px.
    ``source_sha256`` is the hash of the file that it was made of, where there is one. ``file_width_px`` is how wide
    that is, upright; 0 of drawings, which have no pixels.
    """

    data: bytes = field(repr=False)
    media_type: str
    width_px: float
    height_px: float
    source_sha256: str = ""
    file_width_px: int = 0
    #: The characters of the texts of a drawing, each once.
    words: str = ""
    #: The words of its texts that are drawn as outlines, which readers find in the alternative text only.
    outlined: tuple[str, ...] = ()
    #: Whether it has texts whose letters are placed once the fonts are known (:mod:`cstprint.pictures.svg_writing`).
    by_letter: bool = False

    @property
    def ratio(self) -> float:
        """Its width ÷ its height."""
        return self.width_px / self.height_px


class UnprintableError(Exception):
    """A picture that cannot be printed: code, what is wrong, what to do."""

    def __init__(self, code: str, message: Message, hint: Message | None = None):
        super().__init__(str(message))
        self.code, self.message, self.hint = code, message, hint


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that a person should know about a picture that is printed all the same.

    ``kind`` is a key of :data:`_FORMS`; plain values, so that the cache can keep it, to be reported again.
    """

    kind: str
    values: Mapping[str, str | int] = field(default_factory=dict)

    def diagnostic(self, name: str, span: Span) -> Diagnostic:
        """Return the remark as a finding about the picture ``name``."""
        code, severity, message, hint = _FORMS[self.kind](name, **self.values)
        return Diagnostic(code, severity, message, span=span, hint=hint)


_Form = tuple[str, Severity, Message, Message | None]


def _other_ending(name: str, kind: str, suffix: str) -> _Form:
    message = msg(
        "“{name}” is a {kind}, which its name does not say. It is printed as one.", name=name, kind=kind
    )
    return "CST-P005", Severity.NOTE, message, msg("Rename it to end in {suffix}.", suffix=suffix)


def _broken_profile(name: str) -> _Form:
    message = msg("The colour profile in “{name}” is damaged. Its colours are read as sRGB.", name=name)
    hint = msg("Compare the colours on the page, or save the picture as sRGB.")
    return "CST-P008", Severity.WARNING, message, hint


def _no_profile(name: str) -> _Form:
    message = msg(
        "“{name}” is in CMYK without a profile. Its colours on the page are only approximate.", name=name
    )
    return "CST-P008", Severity.WARNING, message, msg("Ask for the picture in RGB, or save it as sRGB.")


def _several(name: str, count: int) -> _Form:
    message = msg("“{name}” contains {count} pictures. Only the first is printed.", name=name, count=count)
    return "CST-P009", Severity.WARNING, message, msg("Save the picture that you need as a file of its own.")


_FORMS: dict[str, Callable[..., _Form]] = {
    "other-ending": _other_ending,
    "broken-profile": _broken_profile,
    "no-profile": _no_profile,
    "several": _several,
}


def damaged(reason: object) -> UnprintableError:
    """Return the error for a file whose content does not decode."""
    message = msg("The picture is damaged: {reason}.", reason=reason)
    hint = msg("Ask for the file again, or open and save it in a picture editor.")
    return UnprintableError("CST-P003", message, hint)


#: A longer strip than this would print as a hairline, or run off the page.
MAX_RATIO = 200


def check_shape(width: float, height: float) -> None:
    """Refuse what has no area, or is a hairline."""
    if not (width > 0 and height > 0):
        raise UnprintableError(
            "CST-P007",
            msg("The picture has no area: {width} × {height}.", width=f"{width:g}", height=f"{height:g}"),
            msg("Export it again, with a width and a height."),
        )
    if max(width, height) > MAX_RATIO * min(width, height):
        message = msg(
            "The picture is {width} × {height} px: nothing could be seen of a strip as thin as this.",
            width=round(width),
            height=round(height),
        )
        hint = msg("Crop it: the longer side may be {limit} times the shorter side.", limit=MAX_RATIO)
        raise UnprintableError("CST-P007", message, hint)
