"""Which entries match some words? All words, any order, whole or prefix, accents folded.

A sight says which texts of an entry may match for whom; what a caller may not search by is not in their index at all.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from sys import intern
from threading import Lock
from typing import Generic, TypeVar

from directory.model import Entry, Person, Team
from directory.numbers import Number
from directory.snapshot import Snapshot

E = TypeVar("E", bound=Entry)
MOBILE = "+447"
BEYOND = "\U0010ffff"
"""Follows every sign that a word can have."""
MOST_TOUCHED = 500
"""How many entries may differ before all words are put in order again."""


def tokens(text: str) -> tuple[str, ...]:
    """The words of a text, folded: small letters, no accents, no signs."""
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text)
        text = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return tuple(re.findall(r"\w+", text.casefold()))


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
    """Which entries are looked through, by which texts of each, and what else of the directory those texts come from."""

    entries: Callable[[Snapshot], Mapping[str, E]]
    texts: Callable[[E, Snapshot], Iterable[str]]
    rules: Callable[[Snapshot], object]

    def words(self, entry: E, directory: Snapshot) -> tuple[str, ...]:
        """The words by which an entry is found, each once; entries share the same text of a word, for there are many."""
        return tuple(set(map(intern, tokens("\n".join(self.texts(entry, directory))))))


@dataclass(frozen=True, slots=True)
class WordList:
    """Every word of some entries in order, and at the same place of the other list the slug of an entry that has it."""

    words: list[str]
    slugs: list[str]

    def matching(self, wanted: Collection[str]) -> set[str]:
        """The entries that have all of one or more words, whole or as beginnings."""
        fewest, *others = sorted((self._span(word) for word in set(wanted)), key=len)
        found = set(self.slugs[fewest.start : fewest.stop])
        for span in others:
            if not found:
                break
            found.intersection_update(self.slugs[span.start : span.stop])
        return found

    def _span(self, word: str) -> range:
        return range(bisect_left(self.words, word), bisect_left(self.words, word + BEYOND))


def word_list(known: Mapping[str, tuple[str, ...]]) -> WordList:
    """The words of entries, by slug, in order."""
    having: dict[str, list[str]] = {}
    for slug, words in known.items():
        for word in words:
            having.setdefault(word, []).append(slug)
    ordered = sorted(having)
    return WordList(
        [word for word in ordered for _ in having[word]],
        list(chain.from_iterable(having[word] for word in ordered)),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Index(Generic[E]):
    """The words of all entries as they once were (``base``, ``known``, ``ordered``), and of those that differ now.

    ``entries`` are the present ones; ``touched`` those of them that differ, whose words ``fresh`` holds.
    """

    rules: object
    base: Mapping[str, E]
    known: Mapping[str, tuple[str, ...]]
    ordered: WordList
    entries: Mapping[str, E]
    touched: frozenset[str]
    fresh: WordList

    def matching(self, words: str) -> Collection[E]:
        """The entries that match."""
        wanted = tokens(words)
        if not wanted:
            return self.entries.values()
        found = (self.ordered.matching(wanted) - self.touched) | self.fresh.matching(wanted)
        return [self.entries[slug] for slug in found if slug in self.entries]


NOTHING = WordList([], [])


class Finder(Generic[E]):
    """Finds entries of a sight. Keeps the index of the directory that was last looked through, for all threads."""

    def __init__(self, sight: Sight[E]) -> None:
        self._sight = sight
        self._lock = Lock()
        self._kept: Index[E] | None = None

    def found(self, words: str, directory: Snapshot) -> Collection[E]:
        """The entries that match, in no order."""
        with self._lock:
            index = self._kept = self._index(directory)
        return index.matching(words)

    def _index(self, directory: Snapshot) -> Index[E]:
        kept, entries = self._kept, self._sight.entries(directory)
        if kept is None or self._sight.rules(directory) != kept.rules:
            return self._ordered(directory, {})
        if kept.entries is entries:
            return kept
        touched = _differing(entries, kept.base)
        if len(touched) <= MOST_TOUCHED:
            return self._touched(kept, directory, touched)
        return self._ordered(directory, {slug: kept.known[slug] for slug in entries if slug not in touched})

    def _ordered(self, directory: Snapshot, known: Mapping[str, tuple[str, ...]]) -> Index[E]:
        """All words in order; those that are known already are not read again."""
        entries = self._sight.entries(directory)
        words = {slug: known.get(slug) or self._sight.words(one, directory) for slug, one in entries.items()}
        return Index(
            self._sight.rules(directory), entries, words, word_list(words), entries, touched=frozenset(), fresh=NOTHING
        )

    def _touched(self, kept: Index[E], directory: Snapshot, touched: frozenset[str]) -> Index[E]:
        entries = self._sight.entries(directory)
        fresh = word_list({slug: self._sight.words(entries[slug], directory) for slug in touched})
        return Index(kept.rules, kept.base, kept.known, kept.ordered, entries, touched, fresh)


def _differing(entries: Mapping[str, E], base: Mapping[str, E]) -> frozenset[str]:
    return frozenset(
        slug for slug, one in entries.items() if (was := base.get(slug)) is not one and (was is None or was != one)
    )


def _people(directory: Snapshot) -> Mapping[str, Person]:
    return directory.people


def _teams(directory: Snapshot) -> Mapping[str, Team]:
    return directory.teams


def _authorities(directory: Snapshot) -> object:
    return directory.authorities


def _none(_: Snapshot) -> object:
    return None


PEOPLE = Finder(Sight(_people, person_texts, _none))
"""For those who see personal data."""
WORKPLACES = Finder(Sight(_people, workplace_texts, _none))
"""For those who do not: people by slug and team."""
TEAMS = Finder(Sight(_teams, team_texts, _authorities))
"""By every number, mobiles among them."""
OFFICES = Finder(Sight(_teams, office_texts, _authorities))
"""For those who see no personal data: no team by a mobile."""
