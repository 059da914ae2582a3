"""Pictures beside and below each other: proportions and lengths in, shares of the width out; pure."""
