"""Colours as they are seen: channels of RGB from 0 to 1, mixtures, contrasts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from cstprint.engine.weasy.drawing import Colour

#: Red, green and blue, from 0 to 1.
Channels: TypeAlias = tuple[float, ...]
#: The least contrast of text that everyone can read, and of large text (WCAG 2.2, 1.4.3).
LEAST, LEAST_LARGE = 4.5, 3.0
#: Text is large from this size on, and bold text from this one on, in pt (WCAG 2.2, "large scale").
_LARGE, _LARGE_BOLD = 18.0, 14.0
_BOLD = 700


def least_contrast(size: float, weight: int) -> float:
    """Return the contrast that text of a size, in pt, and a weight needs."""
    is_large = round(size, 3) >= (_LARGE_BOLD if weight >= _BOLD else _LARGE)
    return LEAST_LARGE if is_large else LEAST


def channels(colour: Colour) -> tuple[float, float, float] | None:
    """Return the channels of a colour, ``None`` of one that is not in the spaces of RGB."""
    try:
        red, green, blue = (max(0.0, min(1.0, float(c))) for c in colour.to("srgb").coordinates)
    except (NotImplementedError, TypeError, ValueError, AttributeError):
        return None
    return red, green, blue


def mixed(colour: Sequence[float], below: Sequence[float], alpha: float) -> tuple[float, ...]:
    """Return what is seen of a colour of the opacity ``alpha`` and of the colour below."""
    return tuple(alpha * one + (1 - alpha) * other for one, other in zip(colour, below, strict=True))


def contrast(one: Sequence[float], other: Sequence[float]) -> float:
    """Return the contrast of two colours (WCAG 2.2, contrast ratio)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(rgb: Sequence[float]) -> float:
    """Return the relative luminance (WCAG 2.2)."""
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb)
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
