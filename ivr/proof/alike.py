"""Of which situations is one look enough? Those with the same hours, in which nobody has another number of phones than in a look before:
whose turn it is on a rota, or which worker is away, changes whom a call reaches and not what may become of it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from directory.model import Absence, Person, Team
from directory.snapshot import Snapshot
from ivr.grid import Grid, Situation, Stretch, grid, handed_over
from ivr.moment import World
from ivr.phones import NOBODY, manager_of, phones_of, phones_of_team
from ivr.plan import Plan

LONG_ENOUGH = timedelta(minutes=30)
"""A call that is told as an example should not outlast its stretch."""

Shape = tuple[object, ...]
"""What of a team or of a worker decides how a ladder goes, and not whom it reaches."""


@dataclass(slots=True)
class Look:
    """A situation that is looked at, with its own stretches, and how many others are alike."""

    stretches: tuple[Stretch, ...]
    alike: int = 0

    @property
    def at(self) -> datetime:
        """A moment of it."""
        long = (one.since for one in self.stretches if one.until - one.since >= LONG_ENOUGH)
        return next(long, self.stretches[0].since)

    @property
    def stands_for(self) -> int:
        """Stretches of time."""
        return len(self.stretches) + self.alike


@dataclass(slots=True)
class Seen:
    """What was looked at under the same hours: the first look, and every shape of a team or worker that occurred in one."""

    first: Look
    shapes: set[Shape] = field(default_factory=set)


def looks(world: World, plans: Iterable[Plan], since: datetime, until: datetime) -> list[Look]:
    """The situations of these plans that have to be looked at, so that every stretch of the time is one of them or like them."""
    reached = handed_over(world, plans)
    depends = grid(world, reached)
    varying = Varying.of(world, reached, depends)
    seen: dict[tuple[object, ...], Seen] = {}
    found: list[Look] = []
    for situation, stretches in depends.situations(since, until).items():
        at = stretches[0].since
        shapes = varying.shapes(situation, at)
        known = seen.get(key := (situation.states, varying.resorts(at)))
        if known and shapes <= known.shapes:
            known.first.alike += len(stretches)
            continue
        found.append(Look(stretches))
        seen.setdefault(key, Seen(found[-1])).shapes |= shapes
    return found


@dataclass(frozen=True, slots=True)
class Varying:
    """Whatever is not the same at all times: teams with dated numbers or a rota, workers who are away at times, and numbers that
    stand in. ``away`` are those whom each absence touches, by its place in the grid: who takes it, and whom they manage."""

    world: World
    plans: tuple[Plan, ...]
    teams: tuple[Team, ...]
    away: Mapping[int, tuple[Person, ...]]
    usual: Mapping[str, Shape]
    known: dict[frozenset[int], frozenset[Shape]] = field(default_factory=dict)

    @classmethod
    def of(cls, world: World, plans: tuple[Plan, ...], depends: Grid) -> "Varying":
        """What varies of these plans."""
        directory = world.directory
        rung = [directory.teams[slug] for plan in plans for slug in sorted(plan.teams) if slug in directory.teams]
        teams = (team for team in rung if team.rota or any(duty.since or duty.until for duty in team.duty_numbers))
        away = _touched(directory, depends)
        usual = {one.slug: _worker(directory, one, LONG_AGO) for people in away.values() for one in people}
        return cls(world, plans, tuple(teams), away, usual)

    def shapes(self, situation: Situation, at: datetime) -> frozenset[Shape]:
        """The shapes in a situation, of which this is a moment."""
        if situation.dated not in self.known:
            self.known[situation.dated] = frozenset(self._shapes(situation, at))
        return self.known[situation.dated]

    def resorts(self, at: datetime) -> Shape:
        """What every ladder of these plans ends in."""
        directory = self.world.directory
        ends = ((*plan.last_resort, plan.night_team) for plan in self.plans)
        found = ((directory.teams.get(slug) for slug in slugs) for slugs in ends)
        return tuple(tuple(phones_of_team(directory, team, at) for team in teams if team) for teams in found)

    def _shapes(self, situation: Situation, at: datetime) -> Iterator[Shape]:
        directory = self.world.directory
        for team in self.teams:
            yield ("team", team.slug, phones_of_team(directory, team, at))
        touched = {one.slug: one for place in situation.dated for one in self.away.get(place, ())}
        yield from (_worker(directory, one, at) for one in touched.values())
        left = Counter(self.usual.values())
        left.subtract(Counter(self.usual[slug] for slug in touched))
        yield from (shape for shape, count in left.items() if count)
        for line, override in self.world.overrides.items():
            yield ("stand-in", line, override.in_force(at))


LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""Nobody is away."""


def _touched(directory: Snapshot, depends: Grid) -> Mapping[int, tuple[Person, ...]]:
    """By the place of each absence, whom it touches."""
    takes: dict[Absence, list[Person]] = {}
    manages: dict[str, list[Person]] = {}
    for person in directory.people.values():
        for absence in person.away:
            takes.setdefault(absence, []).append(person)
        if directory.people.get(person.manager or "", NOBODY).away:
            manages.setdefault(person.manager or "", []).append(person)
    absences = ((place, one) for place, one in enumerate(depends.dated) if isinstance(one, Absence))
    return {
        place: tuple(touched for who in takes.get(one, ()) for touched in (who, *manages.get(who.slug, ())))
        for place, one in absences
    }


def _worker(directory: Snapshot, person: Person, at: datetime) -> Shape:
    """A worker's phones and their manager's, and what of their team stands behind both at all times."""
    team = directory.teams.get(person.team)
    behind = team.slug if team and team.rota else phones_of_team(directory, team, at) if team else ()
    return ("worker", phones_of(directory, person, at), phones_of(directory, manager_of(directory, person), at), behind)
