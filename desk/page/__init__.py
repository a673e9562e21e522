"""One screen for a handler's working day."""
