"""Units of length. 1 in = 25.4 mm = 72 pt = 96 px (CSS Values 4, § 6.2)."""

PT_PER_PX = 72 / 96


def px_to_pt(length_px: float) -> float:
    """Return a length in pt."""
    return length_px * PT_PER_PX


def pt_to_px(length_pt: float) -> float:
    """Return a length in px."""
    return length_pt / PT_PER_PX


def pt_to_mm(length_pt: float) -> float:
    """Return a length in mm."""
    return length_pt * 25.4 / 72
