"""Blocks: the line grid, floats beside the text, footnotes, boxes that are higher than a page."""
