"""How large is a file, in words?"""

STEP = 1024
UNITS = ("kB", "MB", "GB")


def bytes_of(size: int) -> str:
    """``12 bytes``, ``3.4 MB``."""
    if size < STEP:
        return f"{size} bytes"
    much = float(size)
    for unit in UNITS:
        much /= STEP
        if much < STEP or unit == UNITS[-1]:
            return f"{much:.1f} {unit}"
    raise AssertionError
