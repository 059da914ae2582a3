"""The records: a file for each language, whose ``LANGUAGE`` is its record."""

from __future__ import annotations
