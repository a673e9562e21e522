"""How is Dutyline used from a shell? A second composition root beside ``app``."""
