"""When may the answer to a call change? Every moment at which hours, a closure, a holiday, a dated number, a turn of a rota or an
absence alters who would ring; between two neighbours nothing does, so that one look at a stretch is a look at all its minutes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import takewhile

from directory.model import Absence, DutyNumber, Person, Shift, Team
from directory.snapshot import Snapshot
from ivr.moment import World
from ivr.override import Override
from ivr.plan import HandOver, Plan
from routing.calendar import Calendar
from routing.hours import Hours, State, edges, verdict

Dated = DutyNumber | Shift | Absence | Override


@dataclass(frozen=True, slots=True)
class Situation:
    """What decides who would ring, and nothing besides: the state of each rule of hours, in the grid's order, and the places of the
    dated numbers, turns and absences in force, in its order, too. Two stretches of the same situation route alike."""

    states: tuple[State, ...]
    dated: frozenset[int]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time in which nothing changes, from ``since`` until ``until``, in UTC."""

    since: datetime
    until: datetime
    situation: Situation


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """The rules of hours and the dated entries that some lines depend on."""

    hours: tuple[Hours, ...]
    dated: tuple[Dated, ...]
    calendar: Calendar

    def situation(self, at: datetime) -> Situation:
        """What decides at a moment."""
        states = tuple(verdict(rule, at, self.calendar).state for rule in self.hours)
        return Situation(states, frozenset(place for place, one in enumerate(self.dated) if _in_force(one, at)))

    def moments(self, since: datetime, until: datetime) -> tuple[datetime, ...]:
        """``since``, and every later moment before ``until`` at which something may change; in UTC. At most 400 days."""
        begin, end = since.astimezone(UTC), until.astimezone(UTC)
        found = {begin}
        for rule in self.hours:
            found |= set(takewhile(lambda edge: edge < end, edges(rule, begin, self.calendar)))
        bounds = (at.astimezone(UTC) for one in self.dated for at in (one.since, one.until) if at)
        return tuple(sorted(found | {at for at in bounds if begin < at < end}))

    def stretches(self, since: datetime, until: datetime) -> Iterator[Stretch]:
        """The whole time, cut where the situation changes; neighbours differ."""
        moments = self.moments(since, until)
        begun, standing = moments[0], self.situation(moments[0])
        for at in moments[1:]:
            found = self.situation(at)
            if found != standing:
                yield Stretch(begun, at, standing)
                begun, standing = at, found
        yield Stretch(begun, until.astimezone(UTC), standing)

    def situations(self, since: datetime, until: datetime) -> dict[Situation, tuple[Stretch, ...]]:
        """Each situation that occurs, with every stretch in which it does; in the order of their first."""
        found: dict[Situation, list[Stretch]] = {}
        for stretch in self.stretches(since, until):
            found.setdefault(stretch.situation, []).append(stretch)
        return {situation: tuple(stretches) for situation, stretches in found.items()}


def grid(world: World, plans: Iterable[Plan], teams: Iterable[Team] = ()) -> Grid:
    """What these plans depend on, those included that they hand over to: their hours, their teams and whoever callers ask for;
    and what ``teams`` depend on."""
    lines = handed_over(world, plans)
    slugs = {slug for plan in lines for slug in plan.teams} | {team.slug for team in teams}
    found = [world.directory.teams[slug] for slug in sorted(slugs) if slug in world.directory.teams]
    rules = dict.fromkeys(rule for plan in lines for rule in plan.hours.values())
    people = _people(world.directory, found, {plan.authority for plan in lines})
    dated: dict[Dated, None] = {}
    for team in found:
        dated |= dict.fromkeys(duty for duty in team.duty_numbers if duty.since or duty.until)
        dated |= dict.fromkeys(team.rota)
    for person in people:
        dated |= dict.fromkeys(person.away)
    dated |= dict.fromkeys(world.overrides[plan.line] for plan in lines if plan.line in world.overrides)
    return Grid(tuple(rules), tuple(dated), world.calendar)


def handed_over(world: World, plans: Iterable[Plan]) -> tuple[Plan, ...]:
    """These plans, and every plan that a caller may come to from them."""
    found: dict[str, Plan] = {}
    ahead = list(plans)
    while ahead:
        plan = ahead.pop(0)
        if plan.line not in found:
            found[plan.line] = plan
            lines = [node.line for node in plan.nodes.values() if isinstance(node, HandOver)]
            ahead += [other for other in map(world.plans.of_line, lines) if other]
    return tuple(found.values())


def _people(directory: Snapshot, teams: Iterable[Team], authorities: set[str]) -> Iterator[Person]:
    """Whoever has an absence and may be asked for, or is on a rota; then whoever covers for them."""
    rotas = {shift.who for team in teams for shift in team.rota if isinstance(shift.who, str)}
    covers: set[str] = set()
    for person in (directory.people[slug] for slug in sorted(directory.absent)):
        team = directory.teams.get(person.team)
        if person.slug in rotas or (team and team.authority in authorities):
            covers |= {gap.cover for gap in person.away if gap.cover}
            yield person
    yield from (directory.people[slug] for slug in sorted(covers) if slug in directory.people)


def _in_force(one: Dated, at: datetime) -> bool:
    return (one.since is None or one.since <= at) and (one.until is None or at < one.until)
