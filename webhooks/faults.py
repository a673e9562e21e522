"""What does the log say of a fault that a caller met? Where it was, free of whatever callers bring."""


class UnknownPositionError(LookupError):
    """A URL that is not one of ours, or a line that is not here."""


class UnansweredNumberError(LookupError):
    """A number of the account that no line lists."""


def told(fault: Exception) -> str:
    """A fault in words for the log."""
    if isinstance(fault, UnansweredNumberError):
        return f"no line answers the number {fault}, which was dialled: list it under a line, or give it up"
    return f"a caller met a fault: {type(fault).__name__} ({_place(fault)})"


def _place(fault: Exception) -> str:
    trail = fault.__traceback__
    while trail and trail.tb_next:
        trail = trail.tb_next
    return f"{trail.tb_frame.f_globals.get('__name__')}:{trail.tb_lineno}" if trail else "nowhere"
