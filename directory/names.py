"""Which words does a name have, and which of them may be said to a caller? The given name may; a surname never."""

import re

ASIDE = re.compile(r"\([^)]*\)")
TITLES = frozenset(("dame", "dr", "miss", "mr", "mrs", "ms", "mx", "prof", "professor", "rev", "sir"))


def words(name: str) -> tuple[str, ...]:
    """The words of a name, given name first, without titles and asides: ``Dr Rowan Hart (he)`` and ``Hart, Rowan`` alike."""
    last, comma, first = (ASIDE.sub("", name) if "(" in name else name).partition(",")
    found = (f"{first} {last}" if comma else last).split()
    while found and found[0].rstrip(".").lower() in TITLES:
        del found[0]
    return tuple(found)


def given(name: str) -> str:
    """The given name; empty where it may be the surname: one word alone, a surname before initials or in other capitals."""
    found = words(name)
    whole = [word for word in found if len(word.rstrip(".")) > 1]
    alike = len({word.isupper() for word in whole}) == 1
    return found[0] if len(found) > 1 and alike and found[-1] == whole[-1] else ""
