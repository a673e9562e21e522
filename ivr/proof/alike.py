"""Of which situations is one look enough? Those with the same hours, in which nobody has another number of phones than in a look before:
whose turn it is on a rota, or which worker is away, changes whom a call reaches and not what may become of it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from directory.model import Absence, Team
from directory.snapshot import Snapshot
from ivr.grid import Grid, Situation, Stretch, grid, handed_over
from ivr.kinds import Touched, kinds
from ivr.moment import World
from ivr.phones import Kind, kind_of, phones_of, phones_of_team
from ivr.plan import Plan
from ivr.proof.behind import Behind

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
        look = Look(stretches)
        shapes = varying.shapes(situation, look.at)
        known = seen.get(key := (situation.states, varying.resorts(look.at)))
        if known and shapes <= known.shapes:
            known.first.alike += len(stretches)
            continue
        found.append(look)
        seen.setdefault(key, Seen(found[-1])).shapes |= shapes
    return found


@dataclass(frozen=True, slots=True)
class Varying:
    """Whatever is not the same at all times: teams with dated numbers or a rota, workers who are away at times, and numbers that
    stand in. ``away`` are those whom each absence touches, by its place in the grid: who takes it, and whom they manage."""

    world: World
    plans: tuple[Plan, ...]
    teams: tuple[Team, ...]
    away: Mapping[int, Mapping[str, Touched]]
    workers: Behind
    known: dict[tuple[frozenset[int], int], frozenset[Shape]] = field(default_factory=dict)

    @classmethod
    def of(cls, world: World, plans: tuple[Plan, ...], depends: Grid) -> "Varying":
        """What varies of these plans."""
        directory = world.directory
        rung = [directory.teams[slug] for plan in plans for slug in sorted(plan.teams) if slug in directory.teams]
        teams = (team for team in rung if team.rota or any(duty.since or duty.until for duty in team.duty_numbers))
        found = kinds(directory).of(plan.authority for plan in plans)
        workers = {usual: len(slugs) for usual, slugs in found.items()}
        away = _touched(directory, depends)
        return cls(world, plans, tuple(teams), away, Behind.of(directory, workers))

    def shapes(self, situation: Situation, at: datetime) -> frozenset[Shape]:
        """The shapes in a situation, of which this is a moment."""
        key = situation.dated, self.workers.phase(at)
        if key not in self.known:
            self.known[key] = frozenset(self._shapes(situation, at))
        return self.known[key]

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
        yield from (("worker", *kind) for kind in self._workers(situation, at))
        for line, override in self.world.overrides.items():
            yield ("stand-in", line, override.in_force(at))

    def _workers(self, situation: Situation, at: datetime) -> Iterator[Kind]:
        directory, usual = self.world.directory, kinds(self.world.directory).usual
        away = {slug: found for place in situation.dated for slug, found in self.away.get(place, NONE).items()}
        present, singly = self.workers.kinds(at), {slug for found in away.values() for slug in found.singly}
        gone = Counter(self.workers.kind(usual[slug]) for slug in singly)
        yield from (kind_of(directory, directory.people[slug], at) for slug in singly)
        for slug, found in away.items():
            managers = phones_of(directory, directory.people[slug], at)
            for one, managed in found.managed.items():
                gone[self.workers.kind(one)] += len(managed)
                yield self.workers.kind(replace(one, managers=managers))
        yield from (kind for kind, count in present.items() if count > gone[kind])


NONE: Mapping[str, Touched] = {}


def _touched(directory: Snapshot, depends: Grid) -> Mapping[int, Mapping[str, Touched]]:
    """By the place of each absence, who takes it, and whom that touches."""
    takes: dict[Absence, dict[str, Touched]] = {}
    for slug, touched in kinds(directory).touched.items():
        for absence in directory.people[slug].away:
            takes.setdefault(absence, {})[slug] = touched
    return {place: takes.get(one, NONE) for place, one in enumerate(depends.dated) if isinstance(one, Absence)}
