"""``python -m cstprint``."""

from cstprint.cli import main

main()
