"""Languages: how tags are read (BCP 47), and one record for each language whose words layouts print.

A record is a file in ``records/``. All else that depends on a language is derived from its record, or, where it has
none, from its script (:mod:`cstprint.languages.scripts`).
"""

from __future__ import annotations
