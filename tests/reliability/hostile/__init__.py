"""What hostile input of one kind do we try, and what came of it? A module per kind, each with ``tried``."""
