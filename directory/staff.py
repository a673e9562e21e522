"""Whose extension is it, or whose number, within an authority? Kept from one version of the directory to the next.

A directory may hold 100,000 people, and a change is made ready while callers wait: it looks at nobody whom it does not touch
unless an extension or a number comes, goes or moves, and then only at that.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from directory.layered import changed
from directory.model import Listing, Person, Team

Key = tuple[str, str]
"""An authority, and an extension of it or an E.164 text."""
Holders = Mapping[Key, str]
"""Who has what, by slug. Of several the one with the greatest slug, whatever the order in which they were entered."""
Marks = Callable[[Person], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Staff:
    """The people and teams of one version."""

    people: Mapping[str, Person]
    teams: Mapping[str, Team]

    def keys(self, slug: str, marks: Marks) -> frozenset[Key]:
        """By what a person is known; nothing without a team, since that says to which authority they belong."""
        person = self.people.get(slug)
        team = self.teams.get(person.team) if person else None
        return frozenset((team.authority, mark) for mark in marks(person)) if person and team else frozenset()


def extension_of(person: Person) -> tuple[str, ...]:
    """What callers key for a person."""
    return (person.extension,) if person.extension else ()


def numbers_of(person: Person) -> tuple[str, ...]:
    """What rings for a person."""
    return tuple(number.e164 for number in person.numbers)


def listing_of(person: Person) -> tuple[str, ...]:
    """Whether a person may be dialled by name."""
    return (person.listed,) if person.listed is Listing.LISTED else ()


def touched(before: Staff, now: Staff, changed: Iterable[str]) -> frozenset[str]:
    """The people who changed, and those whose team came, went or moved to another authority."""
    moved = frozenset(_moved(before.teams, now.teams)) if now.teams is not before.teams else frozenset[str]()
    theirs = (one.slug for one in now.people.values() if one.team in moved) if moved else ()
    return frozenset((*changed, *theirs))


def _moved(before: Mapping[str, Team], now: Mapping[str, Team]) -> Iterator[str]:
    for slug in before.keys() | now.keys():
        old, new = before.get(slug), now.get(slug)
        if (old and old.authority) != (new and new.authority):
            yield slug


def holders(held: Holders, marks: Marks, before: Staff, now: Staff, slugs: Collection[str]) -> Holders:
    """Who has what after these people changed."""
    other = {key for slug in slugs for key in before.keys(slug, marks) ^ now.keys(slug, marks)}
    if not other:
        return held
    found: dict[Key, str | None] = dict.fromkeys(other)
    wanted = {mark for _, mark in other}
    for person in now.people.values():
        if not wanted.isdisjoint(marks(person)):
            for key in other & now.keys(person.slug, marks):
                found[key] = max(found[key] or "", person.slug)
    return changed(held, found)


def naming(named: frozenset[str], before: Staff, now: Staff, slugs: Collection[str]) -> frozenset[str]:
    """The authorities in which anybody may be dialled by name, after these people changed."""
    come = {key for slug in slugs for key in now.keys(slug, listing_of)}
    gone = {key for slug in slugs for key in before.keys(slug, listing_of)} - come
    empty = {key for key in gone if not any(key in now.keys(slug, listing_of) for slug in now.people)}
    return named.union(authority for authority, _ in come).difference(authority for authority, _ in empty)


def absent(known: frozenset[str], now: Staff, slugs: Collection[str]) -> frozenset[str]:
    """Who has an absence, after these people changed."""
    found = {slug for slug in slugs if slug in now.people and now.people[slug].away}
    return known if found == known.intersection(slugs) else known.difference(slugs) | found
