"""Units of length. 1 in = 72 pt = 96 px = 25.4 mm (CSS Values 4, § 6.2)."""

PT_PER_PX = 72 / 96
PT_PER_MM = 72 / 25.4


def px_to_pt(length_px: float) -> float:
    """Return a length in pt."""
    return length_px * PT_PER_PX


def mm_to_pt(length_mm: float) -> float:
    """Return a length in pt."""
    return length_mm * PT_PER_MM
