"""Addresses of what a layout may read: files of the issue and of the layout's chain.

They are ``cst://render/issue/PATH`` and ``cst://render/layout/NAME/PATH``.
"""

from __future__ import annotations

SCHEME = "cst"
BASE_URL = f"{SCHEME}://render/"


def with_our_scheme(schemes: list[str]) -> list[str]:
    """Return the schemes whose addresses ``urllib.parse`` resolves, and ours."""
    return [*schemes, SCHEME]
