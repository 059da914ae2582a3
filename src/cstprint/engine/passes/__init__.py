"""Layouts that are made again until text, page numbers and notes are right."""
