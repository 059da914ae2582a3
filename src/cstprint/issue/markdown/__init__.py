"""Markdown text to blocks, runs of text, tables and notes, each with its place in the file.

CommonMark, less what hurts people who write Chinese, with tables, footnotes, definition lists, attributes and
references. ``grammar`` says what is read, ``blocks`` and ``tables`` make the model of it, ``inline`` and ``slips``
tell what was probably meant otherwise.
"""

from cstprint.issue.markdown.blocks import TextBlocks, read_blocks, read_inline, read_title
from cstprint.issue.markdown.notes import Notes
from cstprint.issue.markdown.tables import read_table

__all__ = ["Notes", "TextBlocks", "read_blocks", "read_inline", "read_table", "read_title"]
