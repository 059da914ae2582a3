"""Figures that leave their place for the head or the foot of a later page."""
