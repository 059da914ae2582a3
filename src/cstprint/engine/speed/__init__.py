"""Replacements that save time and change no byte."""
