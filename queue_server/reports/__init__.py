"""A day of a branch in figures, and as its log tells it: for whoever checks, not for who serves."""
