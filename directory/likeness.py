"""Which spellings, numbers and names are nearly the same?"""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import accumulate

from directory.numbers import Number

COUNTED = re.compile(r"(.*\S) ([0-9]{1,2})")
KEYED = 4
"""How many digits at a number's end are compared: the extension, which people key or read off a list."""


def lacks_zero(printed: str, number: Number) -> bool:
    """Whether a number is printed without its leading 0: ``345 155 1071``."""
    return "0" + _digits(printed) == _digits(number.national)


def grouped_oddly(printed: str, number: Number) -> bool:
    """Whether the spaces contradict the usual ones: ``0345 6000 388``, but neither ``03456000388`` nor ``0345 600 03 88``."""
    if _digits(printed) != _digits(number.national):
        return False
    here, usual = _ends(printed), _ends(number.national)
    return not (here <= usual or usual <= here)


def _digits(text: str) -> str:
    return "".join(re.findall(r"[0-9]", text))


def _ends(text: str) -> set[int]:
    return set(accumulate(len(group) for group in re.findall(r"[0-9]+", text)))


def neighbours(digits: str) -> Iterator[str]:
    """Every text of digits that a hurried finger makes of this one: the next number, one digit wrong, two exchanged."""
    head, tail = digits[:-KEYED], digits[-KEYED:]
    return (head + text for text in _near(tail))


@lru_cache(maxsize=10_000)
def _near(tail: str) -> frozenset[str]:
    near = {f"{int(tail) + step:0{len(tail)}}" for step in (-1, 1)}
    for at, digit in enumerate(tail):
        near |= {tail[:at] + other + tail[at + 1 :] for other in "0123456789"}
        near.add(tail[:at] + tail[at + 1 : at + 2] + digit + tail[at + 2 :])
    return frozenset(text for text in near if text != tail and len(text) == len(tail) and text.isdecimal())


def counted(name: str) -> tuple[str, int] | None:
    """The stem and the number of a name that counts: ``Exeter 4``."""
    found = COUNTED.fullmatch(name)
    return (found[1], int(found[2])) if found else None


def missing(there: Collection[int]) -> tuple[int, ...]:
    """Which numbers a count lacks: what lies below its highest, and a second where there is a 1 alone. A count that lacks
    more than it has is none."""
    lacking = tuple(at for at in range(1, max(there, default=0)) if at not in there) or (
        (2,) if set(there) == {1} else ()
    )
    return lacking if len(lacking) <= len(there) else ()
