"""Columns on the page's grid."""
