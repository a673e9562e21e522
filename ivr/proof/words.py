"""How long does a text take to say, how many words has it, and does it name 999? Counted as the telephone of the tests counts."""

import re
from functools import lru_cache

SECONDS_PER_WORD = 0.4
"""A calm voice says about 150 words a minute; digits are said one by one, each as long as a word."""

WORD = re.compile(r"[^\W\d]+(?:['’-][^\W\d]+)*|\d")
EMERGENCY = re.compile(r"(?<!\d)(?<!\d )9[ -]?9[ -]?9(?! ?\d)")


@lru_cache(maxsize=4096)
def words_of(text: str) -> int:
    """Words and digits."""
    return len(WORD.findall(text))


def seconds_of(text: str) -> float:
    """How long it takes to say."""
    return round(SECONDS_PER_WORD * words_of(text), 3)


@lru_cache(maxsize=4096)
def names_999(text: str) -> bool:
    """Whether the emergency number is said."""
    return EMERGENCY.search(text) is not None


def words_before_999(text: str) -> int | None:
    """How many words are said before the emergency number; nothing where it is not named."""
    found = EMERGENCY.search(text)
    return words_of(text[: found.start()]) if found else None
