"""Rules that an issue, its pages and its PDF are held against: a file per family."""
