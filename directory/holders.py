"""Whom does a text on a rota mean: a number, or a person by slug, extension or name?"""

import re
import unicodedata
from collections.abc import Iterator

from directory.model import Team
from directory.numbers import DIALLABLE, Number
from directory.problems import Code, Fault
from directory.rota import reachable
from directory.rows import number_for
from directory.snapshot import Snapshot

NUMBER_WITHIN = re.compile(r"\+?\d[\d ()-]{8,}\d")
LONGEST_NAME = 5
Words = tuple[str, ...]


class Holders:
    """Everybody of a team's authority who may stand on its rota, found by what people write in calendars."""

    def __init__(self, team: Team, directory: Snapshot) -> None:
        self._team, self._directory = team, directory
        self._named: dict[Words, list[str]] = {}
        teams = {one.slug for one in directory.teams.values() if one.authority == team.authority}
        for person in directory.people.values():
            if person.team in teams:
                self._named.setdefault(words(person.name), []).append(person.slug)

    def meant(self, text: str) -> Number | str | Code:
        """The number, or the slug of the person, or why it is neither."""
        text = text.strip()
        if not text:
            return Fault.MISSING
        found = self._person(text) or self._number(text) or self._by_name(text)
        return self._reached(found) if isinstance(found, str) and not isinstance(found, Code) else found

    def _reached(self, slug: str) -> str | Code:
        person = self._directory.people.get(slug)
        return Fault.UNREACHABLE if person and not reachable(person, self._directory) else slug

    def _person(self, text: str) -> str | None:
        keyed = self._directory.person_keyed(self._team.authority, text)
        return keyed.slug if keyed else text if text in self._directory.people else None

    def _number(self, text: str) -> Number | Code | None:
        return number_for(text, self._directory, self._team.authority) if DIALLABLE.fullmatch(text) else None

    def _by_name(self, text: str) -> Number | str | Code:
        for name in _names_within(text):
            slugs = self._named.get(name, [])
            ours = [slug for slug in slugs if self._directory.people[slug].team == self._team.slug]
            if slugs:
                return slugs[0] if len(slugs) == 1 else ours[0] if len(ours) == 1 else Fault.SEVERAL
        within = NUMBER_WITHIN.search(text)
        return self._number(within[0]) or Fault.HOLDER if within else Fault.HOLDER


def words(text: str) -> Words:
    """The words of a text, folded: small letters, no accents, no signs."""
    plain = unicodedata.normalize("NFKD", text)
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return tuple(re.findall(r"\w+", bare.casefold()))


def _names_within(text: str) -> Iterator[Words]:
    """What may be a name: the whole text, “Surname, First” turned round, then two words or more of it, the longest first."""
    whole = words(text)
    yield whole
    last, comma, first = text.rpartition(":")[2].partition(",")
    if comma:
        yield words(f"{first} {last}")
    for length in range(min(LONGEST_NAME, len(whole) - 1), 1, -1):
        yield from (whole[at : at + length] for at in range(len(whole) - length + 1))
