"""Pictures: found, fully decoded, and made fit for print before anything is laid out.

A truncated JPEG or a broken file would otherwise print as an empty box without a word. :mod:`prepare` is the way in:
what it returns is all that the layout engine ever gets to see.
"""
