"""What is the whole directory at one version, and what does a change make of it?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeVar

from directory.keypad import LEAST_KEYS, Openings, reopened, spells
from directory.layered import changed
from directory.model import Authority, BankHolidays, Closure, Entry, LineNumbers, Person, Role, Team
from directory.staff import Staff, absent, extension_of, holders, naming, numbers_of, touched

E = TypeVar("E", bound=Entry)


class Kind(StrEnum):
    """The kinds of entry, in the order in which they may refer to each other."""

    AUTHORITY = "authority"
    TEAM = "team"
    PERSON = "person"
    ROLE = "role"
    CLOSURE = "closure"
    LINE = "line"
    HOLIDAYS = "holidays"


KINDS: Mapping[type[Entry], Kind] = {
    Authority: Kind.AUTHORITY, Team: Kind.TEAM, Person: Kind.PERSON, Role: Kind.ROLE, Closure: Kind.CLOSURE,
    LineNumbers: Kind.LINE, BankHolidays: Kind.HOLIDAYS,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One entry written (``entry``) or removed (none)."""

    kind: Kind
    slug: str
    entry: Entry | None


def written(entry: Entry) -> Change:
    """The change that writes this entry."""
    return Change(KINDS[type(entry)], entry.slug, entry)


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """The directory at one version of one epoch. Never altered: ``changed`` makes the next one.

    Indexes: ``line_answering`` line by number dialled, ``keyed`` person by (authority, extension), ``staff`` person by
    (authority, number), ``duty`` the teams by each duty number, ``limits`` how many calls one of them takes at once, ``excepted`` what an
    authority's policy allows by name,
    ``openings`` everybody listed by the first keys of the name, ``naming`` the authorities that have somebody listed, ``absent``
    whoever has an absence, at whatever time. Numbers are E.164 texts.
    """

    version: int = 0
    epoch: str = ""
    authorities: Mapping[str, Authority] = field(default_factory=dict)
    teams: Mapping[str, Team] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)
    closures: Mapping[str, Closure] = field(default_factory=dict)
    lines: Mapping[str, LineNumbers] = field(default_factory=dict)
    holidays: Mapping[str, BankHolidays] = field(default_factory=dict)
    line_answering: Mapping[str, str] = field(default_factory=dict)
    keyed: Mapping[tuple[str, str], str] = field(default_factory=dict)
    staff: Mapping[tuple[str, str], str] = field(default_factory=dict)
    duty: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    limits: Mapping[str, int] = field(default_factory=dict)
    excepted: Mapping[str, frozenset[str]] = field(default_factory=dict)
    openings: Openings = field(default_factory=dict)
    naming: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()

    def entries(self) -> Iterable[Entry]:
        """Everything, in an order in which each entry follows those it refers to."""
        for kind in Kind:
            yield from self.of(kind).values()

    def of(self, kind: Kind) -> Mapping[str, Entry]:
        """The entries of a kind by their slugs."""
        groups: dict[Kind, Mapping[str, Entry]] = {
            Kind.AUTHORITY: self.authorities, Kind.TEAM: self.teams, Kind.PERSON: self.people,
            Kind.ROLE: self.roles, Kind.CLOSURE: self.closures, Kind.LINE: self.lines, Kind.HOLIDAYS: self.holidays,
        }  # fmt: skip
        return groups[kind]

    def authority_of(self, team: Team) -> Authority:
        """The authority that a team belongs to."""
        return self.authorities.get(team.authority) or Authority(team.authority, team.authority)

    def person_keyed(self, authority: str, extension: str) -> Person | None:
        """Whose extension a caller keyed."""
        return self.people.get(self.keyed.get((authority, extension), ""))

    def people_spelt(self, authority: str, keys: str) -> Iterator[Person]:
        """Everybody listed of an authority whose name these keys begin to spell, three or more of them; in no order."""
        for person in map(self.people.__getitem__, self.openings.get(keys[:LEAST_KEYS], ())):
            team = self.teams.get(person.team)
            if team and team.authority == authority and spells(keys, person):
                yield person

    def changed(self, version: int, changes: Iterable[Change]) -> "Snapshot":
        """The next version. Costs one copy of each small group that changes; over a large one the changes are laid."""
        by_kind: dict[Kind, list[Change]] = {}
        for change in changes:
            by_kind.setdefault(change.kind, []).append(change)
        people = _merged(self.people, by_kind.get(Kind.PERSON, ()), Person)
        changed = [change.slug for change in by_kind.get(Kind.PERSON, ())]
        return _indexed(
            replace(
                self,
                version=version,
                authorities=_merged(self.authorities, by_kind.get(Kind.AUTHORITY, ()), Authority),
                teams=_merged(self.teams, by_kind.get(Kind.TEAM, ()), Team),
                people=people,
                openings=reopened(self.openings, changed, self.people, people),
                roles=_merged(self.roles, by_kind.get(Kind.ROLE, ()), Role),
                closures=_merged(self.closures, by_kind.get(Kind.CLOSURE, ()), Closure),
                lines=_merged(self.lines, by_kind.get(Kind.LINE, ()), LineNumbers),
                holidays=_merged(self.holidays, by_kind.get(Kind.HOLIDAYS, ()), BankHolidays),
            ),
            self,
            changed,
        )


def _merged(group: Mapping[str, E], changes: Iterable[Change], kind: type[E]) -> Mapping[str, E]:
    return changed(group, {one.slug: one.entry if isinstance(one.entry, kind) else None for one in changes})


def _indexed(now: Snapshot, before: Snapshot, changed: Iterable[str]) -> Snapshot:
    if now.authorities is not before.authorities:
        now = replace(now, excepted={slug: one.excepted for slug, one in now.authorities.items()})
    if now.lines is not before.lines:
        now = replace(now, line_answering=_lines_by_number(now))
    if now.teams is not before.teams:
        now = replace(now, duty=_duty(now), limits=_limits(now))
    if now.people is not before.people or now.teams is not before.teams:
        now = _staffed(now, before, changed)
    return now


def _staffed(now: Snapshot, before: Snapshot, changed: Iterable[str]) -> Snapshot:
    old, new = Staff(before.people, before.teams), Staff(now.people, now.teams)
    slugs = touched(old, new, changed)
    return replace(
        now,
        keyed=holders(before.keyed, extension_of, old, new, slugs),
        staff=holders(before.staff, numbers_of, old, new, slugs),
        naming=naming(before.naming, old, new, slugs),
        absent=absent(before.absent, new, slugs),
    )


def _duty(snapshot: Snapshot) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for team in snapshot.teams.values():
        for number in {duty.number.e164 for duty in team.duty_numbers}:
            found[number] = (*found.get(number, ()), team.slug)
    return found


def _limits(snapshot: Snapshot) -> Mapping[str, int]:
    duties = (duty for team in snapshot.teams.values() for duty in team.duty_numbers)
    return {duty.number.e164: duty.at_once for duty in duties if duty.at_once}


def _lines_by_number(snapshot: Snapshot) -> Mapping[str, str]:
    return {number.e164: line.slug for line in snapshot.lines.values() for number in line.numbers}
