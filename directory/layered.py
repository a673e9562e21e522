"""How does a large group of entries change without being copied? What was there stays as it is, and over it lie the latest changes.

A copy of a million entries takes 20 milliseconds, in which nobody is answered. A small group is a plain ``dict``.
"""

from collections.abc import Collection, Iterator, Mapping
from itertools import compress, islice
from operator import is_not
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")

LARGE = 10_000
"""From here on changes lie over what was there."""
DEEP = 1_000
"""With so many changes over it a group is copied after all."""


class Layered(Mapping[K, V]):
    """A group that is never altered: ``below``, and ``over`` it what is another, new, or gone (none) since."""

    __slots__ = ("_below", "_gone", "_length", "_over")

    def __init__(self, below: Mapping[K, V], over: Mapping[K, V | None]) -> None:
        self._below, self._over = below, over
        self._gone = sum(one is None for one in over.values())
        self._length = len(below) - self._gone + sum(key not in below for key in over)

    def __getitem__(self, key: K) -> V:
        """Raises ``KeyError`` for what is gone, as for what never was."""
        if key not in self._over:
            return self._below[key]
        found = self._over[key]
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[K]:
        """In the order of a ``dict``: what was there in its place, what is new behind it."""
        over = self._over
        gone = {key for key, one in over.items() if one is None} if self._gone else ()
        yield from (key for key in self._below if key not in gone) if gone else self._below
        yield from (key for key in over if key not in self._below)

    def __len__(self) -> int:
        """How many there are."""
        return self._length

    def changed(self, changes: Mapping[K, V | None]) -> Mapping[K, V]:
        """The next one."""
        over = {**self._over, **changes}
        for key in changes:
            if over[key] is None and key not in self._below:
                del over[key]
        return Layered(self._below, over) if len(over) <= DEEP else _copied(self._below, over)

    def differing(self, before: Mapping[K, V]) -> Collection[K] | None:
        """The keys that may be new, another or gone since; nothing where that is not known at a glance."""
        if before is self._below:
            return self._over.keys()
        if isinstance(before, Layered) and before._below is self._below:  # of our own kind
            return self._over.keys() | before._over.keys()
        return None


def changed(group: Mapping[K, V], changes: Mapping[K, V | None]) -> Mapping[K, V]:
    """A group after some of its entries were written, or removed where there is none. The group stays as it was."""
    if not changes:
        return group
    if isinstance(group, Layered):
        return group.changed(changes)
    if len(group) >= LARGE and len(changes) <= DEEP:
        return Layered(group, {}).changed(changes)
    return _copied(group, changes)


def _copied(group: Mapping[K, V], changes: Mapping[K, V | None]) -> Mapping[K, V]:
    copy = dict(group)
    for key, value in changes.items():
        if value is None:
            copy.pop(key, None)
        else:
            copy[key] = value
    return copy


def differing(before: Mapping[K, V], after: Mapping[K, V]) -> Collection[K]:
    """The keys of entries that are new, another, or gone. A change keeps the order of what was there and appends what is new, so
    that hardly any entry has to be looked up."""
    at_a_glance = after.differing(before) if isinstance(after, Layered) else None
    if at_a_glance is not None:
        return [key for key in at_a_glance if before.get(key) is not after.get(key)]
    moved = compress(after, map(is_not, before.values(), after.values()))
    found = {key for key in (*moved, *islice(after, len(before), None)) if before.get(key) is not after[key]}
    new = sum(key not in before for key in found)
    return found | (before.keys() - after.keys()) if len(before) + new > len(after) else found
