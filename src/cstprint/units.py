"""Units of length. 1 in = 72 pt = 96 px (CSS Values 4, § 6.2)."""

PT_PER_PX = 72 / 96


def px_to_pt(length_px: float) -> float:
    """Return a length in pt."""
    return length_px * PT_PER_PX
