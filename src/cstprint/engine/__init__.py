"""The only importer of WeasyPrint: HTML to pages, what may be read, what the pages hold.

WeasyPrint is imported inside functions, never at the top of a module: the fontconfig file must be named before
it is imported (:mod:`.environment`), and commands that lay out nothing must answer at once.
"""
