"""What the files of blocks share: parts of texts, types of keys, base classes, and the list of all blocks."""
