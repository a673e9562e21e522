"""Is a plan safe, whatever happens and whenever? Proved or refuted with the engine that answers calls."""
