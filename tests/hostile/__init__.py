"""Hostile input: each case ends in a clear error or a whole PDF, and touches nothing that is not its own.

A case is a small function that writes a project; ``cases_*.py`` hold them, ``runner.py`` runs one and judges it.
"""
