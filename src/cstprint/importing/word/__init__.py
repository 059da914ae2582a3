"""Word files (.docx) to documents: the package, its XML, styles, numbers, and what stands in the text.

The XML is read here, and not by a converter to HTML: what such a converter leaves out (numbers that Word makes,
hidden text, fields, text boxes, charts, crops, tracked changes, the number of a paragraph) is most of what has to be
kept or reported.
"""
