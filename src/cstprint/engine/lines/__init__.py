"""How a line is made: collect, shape, break, fit, draw.

:mod:`.collect` reads a paragraph's characters from its boxes and shapes each text once; :mod:`cstprint.cjk` chooses
the breaks and fits the gaps; :mod:`.build` makes the line's boxes; :mod:`.draw` writes the gaps into the glyphs;
:mod:`.hooks` has what replaces WeasyPrint's functions.
"""
