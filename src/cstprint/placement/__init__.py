"""Where figures may stand: facts of laid-out pages in, placements for the next layout out; pure.

No boxes, no files, no WeasyPrint: the engine reads the facts from its boxes and lays out by the placements.
"""
