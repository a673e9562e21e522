"""Which keys of a telephone spell a name? A, B and C are 2; accents, hyphens and apostrophes have no keys."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping

from directory.model import Listing, Person
from directory.names import words

LEAST_KEYS = 3
"""So many letters at least, or the directory could be read out by trying."""

LETTERS = ("abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz")
"""Of the keys from 2 to 9."""

DIVIDERS = " -‐‑‒–—/."
UNDIVIDED = {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
"""Letters that Unicode does not take apart into a letter and its accent."""

Openings = Mapping[str, frozenset[str]]
"""The slugs of everybody who is listed, by the first keys that spell them."""


class _Keys(dict[int, str]):
    """What becomes of each sign of a name: its key, a space where it divides, else nothing."""

    def __missing__(self, code: int) -> None:
        """An apostrophe, an accent, a figure."""


KEYS = _Keys(
    {ord(letter): str(key) for key, letters in enumerate(LETTERS, 2) for letter in letters}
    | dict.fromkeys(map(ord, DIVIDERS), " ")
)


def parts(name: str) -> tuple[str, ...]:
    """The keys of each part of a name: ``Anna Smith-Jones`` has ``2662``, ``76484`` and ``56637``."""
    text = " ".join(words(name))
    if not text.isascii():
        folded = unicodedata.normalize("NFKD", text).casefold()
        text = "".join(UNDIVIDED.get(sign, sign) for sign in folded)
    return tuple(text.casefold().translate(KEYS).split())


def spellings(name: str) -> tuple[str, ...]:
    """A name from each of its parts on, and round again: callers may begin with the given name or any part of a surname."""
    found = parts(name)
    return tuple("".join(found[at:] + found[:at]) for at in range(len(found)))


def openings(person: Person | None) -> frozenset[str]:
    """The first keys of each spelling of somebody who is listed."""
    if person is None or person.listed is Listing.UNLISTED:
        return frozenset()
    return frozenset(spelling[:LEAST_KEYS] for spelling in spellings(person.name) if len(spelling) >= LEAST_KEYS)


def spells(keys: str, person: Person) -> bool:
    """Whether these keys begin a spelling of the name."""
    return any(spelling.startswith(keys) for spelling in spellings(person.name))


def reopened(before: Openings, slugs: Iterable[str], was: Mapping[str, Person], now: Mapping[str, Person]) -> Openings:
    """The openings after people of these slugs changed: only they are looked at, for there are many others."""
    gone, come = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for slug in set(slugs):
        old, new = openings(was.get(slug)), openings(now.get(slug))
        for keys in old - new:
            gone[keys].add(slug)
        for keys in new - old:
            come[keys].add(slug)
    touched = {keys: (before.get(keys, frozenset()) - gone[keys]) | come[keys] for keys in gone.keys() | come.keys()}
    return {keys: held for keys, held in {**before, **touched}.items() if held}
