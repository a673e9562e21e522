"""Which workers are alike, so that one of them stands for thousands? Those with as many phones of their own, of their manager and of
their team, each taken in the same way. Everybody is sorted once in a directory; at a moment only those are looked at whom an absence
touches."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import islice

from directory.model import Person
from directory.snapshot import Snapshot
from ivr.phones import Kind, Phones, kind_of, manager_of, standing_phones


@dataclass(frozen=True, slots=True)
class Usual:
    """What a worker has while nobody is away, by whose team it is, and whether callers can key an extension for them."""

    own: Phones
    managers: Phones
    team: str
    authority: str
    keyed: bool


@dataclass(frozen=True, slots=True)
class Touched:
    """Whom an absence touches: who takes it, and whom they manage, by kind unless these have absences of their own."""

    singly: tuple[str, ...]
    managed: Mapping[Usual, tuple[str, ...]]

    def __iter__(self) -> Iterator[str]:
        yield from self.singly
        for slugs in self.managed.values():
            yield from slugs


@dataclass(frozen=True, slots=True)
class Kinds:
    """The workers of a directory by what they usually have, whom each absent person's absence touches, and what those have usually
    who have an absence."""

    groups: Mapping[Usual, tuple[str, ...]]
    touched: Mapping[str, Touched]
    usual: Mapping[str, Usual]

    def at(self, directory: Snapshot, at: datetime) -> tuple[Touched, ...]:
        """The absences in force at a moment."""
        return tuple(found for slug, found in self.touched.items() if directory.people[slug].absence(at))

    def of(self, authorities: Iterable[str]) -> Mapping[Usual, tuple[str, ...]]:
        """Those of some authorities."""
        wanted = frozenset(authorities)
        return {usual: slugs for usual, slugs in self.groups.items() if usual.authority in wanted}


def kinds(directory: Snapshot) -> Kinds:
    """The kinds of a directory; remembered for the last one."""
    return _sorted(_Staff(directory))


def one_of_each(directory: Snapshot, authority: str, at: datetime) -> Iterator[Person]:
    """Of each kind at a moment somebody whom callers can key an extension for."""
    seen: set[Kind] = set()
    for usual, slug in _candidates(directory, authority, at):
        person = directory.people[slug]
        kind = kind_of(directory, person, at)
        if usual.keyed and usual.authority == authority and kind not in seen:
            seen.add(kind)
            yield person


def _candidates(directory: Snapshot, authority: str, at: datetime) -> Iterator[tuple[Usual, str]]:
    """Of all who have usually the same, one whom no absence touches now, and one for each absence."""
    sorting = kinds(directory)
    touched = sorting.at(directory, at)
    gone = {slug for found in touched for slug in found}
    for usual, slugs in sorting.of((authority,)).items():
        yield from ((usual, slug) for slug in islice((slug for slug in slugs if slug not in gone), 1))
    for found in touched:
        yield from ((sorting.usual[slug], slug) for slug in found.singly)
        yield from ((usual, slugs[0]) for usual, slugs in found.managed.items())


@dataclass(frozen=True, slots=True, eq=False)
class _Staff:
    """A directory, the same as another one while people, teams and rules of extensions are."""

    directory: Snapshot

    def __hash__(self) -> int:
        return hash((id(self.directory.people), id(self.directory.teams)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Staff) and _is_same(self.directory, other.directory)


def _is_same(one: Snapshot, other: Snapshot) -> bool:
    rules = [{slug: each.extensions for slug, each in some.authorities.items()} for some in (one, other)]
    return one.people is other.people and one.teams is other.teams and rules[0] == rules[1]


@lru_cache(maxsize=1)
def _sorted(staff: _Staff) -> Kinds:
    directory = staff.directory
    own = {slug: standing_phones(directory, person) for slug, person in directory.people.items()}
    groups: dict[Usual, list[str]] = {}
    for slug, person in directory.people.items():
        groups.setdefault(_usual(directory, person, own), []).append(slug)
    usual = {slug: _usual(directory, directory.people[slug], own) for slug in directory.absent}
    return Kinds({one: tuple(slugs) for one, slugs in groups.items()}, _touched(directory, groups), usual)


def _usual(directory: Snapshot, person: Person, own: Mapping[str, Phones]) -> Usual:
    team = directory.teams.get(person.team)
    authority = team.authority if team else ""
    keyed = person.extension is not None and directory.keyed.get((authority, person.extension)) == person.slug
    return Usual(own[person.slug], own.get(manager_of(directory, person).slug, ()), person.team, authority, keyed)


def _touched(directory: Snapshot, groups: Mapping[Usual, Iterable[str]]) -> Mapping[str, Touched]:
    absent, people = directory.absent, directory.people
    singly = {slug: [slug] for slug in sorted(absent)}
    managed: dict[str, dict[Usual, list[str]]] = {slug: {} for slug in singly}
    for usual, slugs in groups.items() if absent else ():
        for slug in slugs:
            manager = manager_of(directory, people[slug]).slug
            if manager in absent and slug in absent:
                singly[manager].append(slug)
            elif manager in absent:
                managed[manager].setdefault(usual, []).append(slug)
    return {
        slug: Touched(tuple(one), {usual: tuple(slugs) for usual, slugs in managed[slug].items()})
        for slug, one in singly.items()
    }
