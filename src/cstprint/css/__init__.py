"""Style sheets as their designer writes them: what CSS passes over in silence, at its place."""
