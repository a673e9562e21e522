"""What would keep callers from reaching us, and who is told? Rounds that look for it, beside the calls."""
