"""Compare the catalogue of replacements with a WeasyPrint: what has changed, and which features that concerns.

``python tools/canary.py`` compares the installed one; with a folder, the packages in that folder. With ``--accept``
``known.json`` is written anew, after somebody has read each change.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path


def main() -> int:
    """Print what differs; return 1 if anything does."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", help="a folder with weasyprint and pydyf (pip install --target)")
    parser.add_argument("--accept", action="store_true", help="write known.json anew")
    given = parser.parse_args()
    if given.folder:
        sys.path.insert(0, str(Path(given.folder).resolve()))
    from cstprint.engine.weasy import compatibility
    from cstprint.engine.weasy.catalogue import FEATURES
    from cstprint.engine.weasy.environment import load_weasyprint

    load_weasyprint()
    if given.accept:
        described = compatibility.described(FEATURES)
        compatibility.KNOWN.write_text(json.dumps(described, indent=1, sort_keys=True) + "\n", "utf-8")
        return 0
    expected = compatibility.known()
    found = compatibility.compared(FEATURES, expected)
    wanted, version = expected["versions"]["weasyprint"], compatibility.installed_version()
    print(f"WeasyPrint {version}, compared with {wanted}: {len(found)} of {len(FEATURES)} features concerned")
    for feature, changes in found.items():
        print(f"{feature.name}: {feature.why}")
        for change in changes:
            print(f"  {change.message}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
