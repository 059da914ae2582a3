"""Facts that are read from finished pages."""
