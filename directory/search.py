"""Which entries match some words? All words, any order, whole or prefix, accents folded.

A sight says which texts of an entry may match for whom; what a caller may not search by is not in their index at all.
Entries stand on shelves in the order of their slugs, each shelf with its own words: a query that matches nearly everybody is
answered by the first shelves, and a change makes only its own shelf anew. A shelf knows the group of each entry, so that whoever
asks for one authority looks only at its own: of a hundred thousand who match, hardly anybody may be.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, compress
from sys import intern
from threading import Lock
from typing import Generic, TypeVar

from directory.layered import differing
from directory.model import Entry, Person, Team
from directory.numbers import Number
from directory.snapshot import Snapshot

E = TypeVar("E", bound=Entry)
MOBILE = "+447"
WORD = re.compile(r"\w+")
BEYOND = "\U0010ffff"
"""Follows every sign that a word can have."""
SHELF = 500
"""How many entries a new shelf has; it may grow to twice as many. Made anew in some 4 milliseconds."""
FEW = 24
"""Up to so many groups are looked up in a shelf, each by halving it."""


def tokens(text: str) -> tuple[str, ...]:
    """The words of a text, folded: small letters, no accents, no signs."""
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text)
        text = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return tuple(WORD.findall(text.casefold()))


def spellings(number: Number) -> str:
    """The ways in which somebody may look for a number."""
    national = number.national
    return f"{national} {national.replace(' ', '')} {number.e164} +44 {national[1:]}"


def person_texts(person: Person, _: Snapshot) -> Iterator[str]:
    """Everything by which a person is known."""
    yield from (person.slug, person.name, person.extension or "", *map(spellings, person.numbers))


def workplace_texts(person: Person, _: Snapshot) -> Iterator[str]:
    """What of a person is not personal."""
    yield from (person.slug, person.team)


def team_texts(team: Team, directory: Snapshot) -> Iterator[str]:
    """Everything by which a team is known."""
    yield from _team_texts(team, directory, (duty.number for duty in team.duty_numbers))


def office_texts(team: Team, directory: Snapshot) -> Iterator[str]:
    """The same without mobiles, which are somebody's own."""
    numbers = (duty.number for duty in team.duty_numbers)
    yield from _team_texts(team, directory, (number for number in numbers if not number.e164.startswith(MOBILE)))


def _team_texts(team: Team, directory: Snapshot, numbers: Iterable[Number]) -> Iterator[str]:
    authority = directory.authorities.get(team.authority)
    rule = authority.extensions if authority else None
    yield from (team.slug, team.name, *team.aliases)
    for number in numbers:
        yield f"{spellings(number)} {(rule and rule.extension(number)) or ''}"


@dataclass(frozen=True, slots=True)
class Sight(Generic[E]):
    """Which entries are looked through, by which texts of each, and what else of the directory those texts come from; to which
    group each belongs by itself, and which groups are an authority's."""

    entries: Callable[[Snapshot], Mapping[str, E]]
    texts: Callable[[E, Snapshot], Iterable[str]]
    rules: Callable[[Snapshot], object]
    group: Callable[[E], str]
    groups: Callable[[str, Snapshot], Collection[str]]

    def words(self, entry: E, directory: Snapshot) -> Collection[str]:
        """The words by which an entry is found, each once."""
        return set(tokens("\n".join(self.texts(entry, directory))))


@dataclass(frozen=True, slots=True, eq=False)
class Shelf:
    """Some entries that follow each other: their slugs in order, every word of theirs in order, and at the same place of
    ``having`` where among the slugs the entry stands that has it; likewise their groups in order, and ``belonging``."""

    slugs: Sequence[str]
    words: Sequence[str]
    having: Sequence[int]
    groups: Sequence[str]
    belonging: Sequence[int]

    def matching(self, wanted: Collection[str], among: Collection[str] | None) -> Sequence[str]:
        """The slugs of the entries that have all of these words, whole or as beginnings; of all, where no word is wanted.
        Only of those ``among`` whose groups they are, where groups are given."""
        if among is not None and len(among) <= FEW and not any(map(self._has, among)):
            return ()
        everybody, found = range(len(self.slugs)), None
        parts: list[Sequence[int]] = [self.having[span.start : span.stop] for span in map(self._span, wanted)]
        for part in sorted(parts if among is None else [everybody, *parts], key=len):
            those = self._of(among or ()) if part is everybody else part
            if found is None:
                found = set(those)
            else:
                found.intersection_update(those)
            if not found:
                return ()
        return self.slugs if found is None else [self.slugs[place] for place in sorted(found)]

    def _has(self, group: str) -> bool:
        """Whether an entry of this group stands here."""
        at = bisect_left(self.groups, group)
        return at < len(self.groups) and self.groups[at] == group

    def _of(self, among: Collection[str]) -> Iterable[int]:
        """Where the entries of these groups stand: looked up by group, or one by one where that is less work."""
        if len(among) > FEW:
            return compress(self.belonging, map(among.__contains__, self.groups))
        spans = (slice(bisect_left(self.groups, one), bisect_right(self.groups, one)) for one in among)
        return chain.from_iterable(self.belonging[span] for span in spans)

    def _span(self, word: str) -> range:
        return range(bisect_left(self.words, word), bisect_left(self.words, word + BEYOND))


def shelf(slugs: Sequence[str], words: Callable[[str], Iterable[str]], group: Callable[[str], str]) -> Shelf:
    """The entries of these slugs, in order, on a shelf."""
    having = defaultdict[str, list[int]](list)
    for place, slug in enumerate(slugs):
        for word in words(slug):
            having[word].append(place)
    ordered = sorted(having)
    places = chain.from_iterable(having[word] for word in ordered)
    groups = [intern(group(slug)) for slug in slugs]
    belonging = sorted(range(len(slugs)), key=groups.__getitem__)
    return Shelf(
        slugs,
        [word for word in ordered for _ in having[word]],
        array("H", places),
        [groups[place] for place in belonging],
        array("H", belonging),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Index(Generic[E]):
    """All entries of a directory on shelves; ``rules`` is what else their words were made from."""

    rules: object
    entries: Mapping[str, E]
    shelves: Sequence[Shelf]

    def matching(self, wanted: Collection[str], after: str, among: Collection[str] | None) -> Iterator[E]:
        """The entries that have all of these words, in order of their slugs, from the first beyond ``after``; only of these
        groups, where any are given."""
        for one in self.shelves[self.shelf_of(after) :]:
            yield from (self.entries[slug] for slug in one.matching(wanted, among) if slug > after)

    def shelf_of(self, slug: str) -> int:
        """On which shelf a slug stands, or would stand."""
        return max(bisect_right(self.shelves, slug, key=_first) - 1, 0)


def _first(one: Shelf) -> str:
    return one.slugs[0]


class Finder(Generic[E]):
    """Finds entries of a sight. Keeps the index of the directory that was last looked through, for all threads."""

    def __init__(self, sight: Sight[E]) -> None:
        self._sight = sight
        self._lock = Lock()
        self._kept: Index[E] = Index(None, {}, ())

    def found(self, words: str, directory: Snapshot, after: str = "", authority: str = "") -> Iterator[E]:
        """The entries that match, in order of their slugs, from the first beyond ``after``. Without a word: all of them.
        With an authority: no others than its own."""
        among = self._sight.groups(authority, directory) if authority else None
        return self.ready(directory).matching(frozenset(tokens(words)), after, among)

    def ready(self, directory: Snapshot, between: Callable[[], object] = tuple) -> Index[E]:
        """The index of a directory; ``between`` is called after every shelf that had to be made."""
        with self._lock:
            kept, entries, rules = self._kept, self._sight.entries(directory), self._sight.rules(directory)
            if kept.rules != rules:
                kept = Index(rules, {}, ())
            if kept.entries is not entries:
                kept = Index(rules, entries, tuple(self._shelves(kept, directory, between)))
            self._kept = kept
        return kept

    def _shelves(self, kept: Index[E], directory: Snapshot, between: Callable[[], object]) -> Iterator[Shelf]:
        """The shelves as they are to be: those on which nothing differs, and the others made anew."""
        entries, touched = self._sight.entries(directory), dict[int, set[str]]()
        for slug in differing(kept.entries, entries):
            touched.setdefault(kept.shelf_of(slug), set()).add(slug)
        shelves = kept.shelves or ((NOTHING,) if touched else ())
        for place, one in enumerate(shelves):
            if place not in touched:
                yield one
                continue
            for slugs in _in_parts(sorted((touched[place] | set(one.slugs)) & entries.keys())):
                yield shelf(
                    slugs,
                    lambda slug: self._sight.words(entries[slug], directory),
                    lambda slug: self._sight.group(entries[slug]),
                )
                between()


NOTHING = Shelf((), (), (), (), ())


def _in_parts(slugs: Sequence[str]) -> Iterator[Sequence[str]]:
    size = SHELF if len(slugs) > 2 * SHELF else 2 * SHELF
    return (slugs[first : first + size] for first in range(0, len(slugs), size))


def _people(directory: Snapshot) -> Mapping[str, Person]:
    return directory.people


def _teams(directory: Snapshot) -> Mapping[str, Team]:
    return directory.teams


def _authorities(directory: Snapshot) -> object:
    return directory.authorities


def _none(_: Snapshot) -> object:
    return None


def _team_of(person: Person) -> str:
    return person.team


def _authority_of(team: Team) -> str:
    return team.authority


def _teams_of(authority: str, directory: Snapshot) -> Collection[str]:
    return {team.slug for team in directory.teams.values() if team.authority == authority}


def _itself(authority: str, _: Snapshot) -> Collection[str]:
    return (authority,)


PEOPLE = Finder(Sight(_people, person_texts, _none, _team_of, _teams_of))
"""For those who see personal data."""
WORKPLACES = Finder(Sight(_people, workplace_texts, _none, _team_of, _teams_of))
"""For those who do not: people by slug and team."""
TEAMS = Finder(Sight(_teams, team_texts, _authorities, _authority_of, _itself))
"""By every number, mobiles among them."""
OFFICES = Finder(Sight(_teams, office_texts, _authorities, _authority_of, _itself))
"""For those who see no personal data: no team by a mobile."""

FINDERS: tuple[Finder[Person] | Finder[Team], ...] = (PEOPLE, TEAMS, WORKPLACES, OFFICES)
"""All of them, those first that are asked most."""
