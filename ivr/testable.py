"""Which duty numbers may be rung for a test at a moment, why not the others, and when next? Pure: what is published, and a moment.

A team's own hours are those of every line that rings it by day, and of every switch behind whose open side alone it stands. Only while
all of them are open may it be tested: whoever is at work for one line need not be for another.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache
from heapq import merge
from itertools import takewhile

from directory.model import ANSWERED_BY_AN_ANNOUNCEMENT, Accept, DutyNumber, Team
from directory.numbers import Number
from directory.policy import denial
from directory.rota import holding
from directory.snapshot import Snapshot
from ivr.behind_switches import is_by_night, switches_of
from ivr.moment import World
from ivr.plan import Plan
from routing.clock import LONDON, local
from routing.hours import Hours, edges, verdict

WAKING = (time(8), time(20))
"""Whatever a plan's hours say, nobody's phone is tested outside of these, on England's clock, nor on a bank holiday."""

LONGEST_TEST = timedelta(minutes=2)
"""So long before its hours end a team is left in peace: a test ends within them."""

AHEAD = timedelta(days=31)

CONNECTS = "it connects on answer: what answers there would never press 1"
ANNOUNCEMENT = "it is an 03 number, which answers with an announcement or a queue"
OURS = "it is one of our own lines"
BY_NIGHT = "it is rung out of hours, and those are never tested"
DENIED = "the policy refuses it, so that it is never rung"
NO_LINE = "no line that rings the team has a number to call from"
NO_HOURS = "the team's hours are not known: no line that closes rings it"
NOT_IN_FORCE = "it is not in force at that moment"
ON_ROTA = "somebody else's turn on the rota is on, so that it would not ring"
NIGHT = "it is night, or a bank holiday, or later than bank holidays are known"
CLOSED = "the team is outside its hours, or closed"


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty number of a team."""

    team: Team
    duty: DutyNumber

    @property
    def number(self) -> Number:
        """The number itself."""
        return self.duty.number


def duties(directory: Snapshot) -> Iterator[Duty]:
    """Every duty number of every team, in order."""
    for slug in sorted(directory.teams):
        team = directory.teams[slug]
        yield from (Duty(team, duty) for duty in team.duty_numbers)


def never(world: World, one: Duty) -> str:
    """Why a number is not tested at any hour; empty where it may be."""
    e164, here, known = one.number.e164, world.directory, _known(world)
    if e164 in here.line_answering:
        return OURS
    if e164 in known.by_night:
        return BY_NIGHT
    if e164.startswith(ANSWERED_BY_AN_ANNOUNCEMENT):
        return ANNOUNCEMENT
    if e164 in known.connecting:
        return CONNECTS
    if denial(one.number, here.excepted.get(one.team.authority, frozenset())):
        return DENIED
    if shown(world, one.team) is None:
        return NO_LINE
    return "" if rules(world, one.team) else NO_HOURS


def not_now(world: World, one: Duty, at: datetime) -> str:
    """Why a number that may be tested is not tested at this moment; empty where it may be."""
    turns = holding(one.team.rota, at)
    if not one.duty.in_force(at):
        return NOT_IN_FORCE
    if turns and all(turn.who != one.number for turn in turns):
        return ON_ROTA
    for moment in (at, at + LONGEST_TEST):
        if not _is_by_day(world, moment):
            return NIGHT
        if not all(verdict(rule, moment, world.calendar).is_open for rule in rules(world, one.team)):
            return CLOSED
    return ""


def next_time(world: World, one: Duty, since: datetime) -> datetime | None:
    """The first moment from then on at which a number may be tested; nothing where none comes within a month."""
    dated = [edge for turn in one.team.rota for edge in (turn.since, turn.until)]
    dated += [edge for edge in (one.duty.since, one.duty.until) if edge]
    openings = merge(
        *(edges(rule, since, world.calendar) for rule in rules(world, one.team)), _mornings(since), sorted(dated)
    )
    moments = takewhile(lambda at: at <= since + AHEAD, (at for at in openings if at > since))
    return next((at for at in (since, *moments) if not not_now(world, one, at)), None)


def _mornings(since: datetime) -> Iterator[datetime]:
    for day in range(AHEAD.days + 1):
        yield datetime.combine(local(since).date() + timedelta(days=day), WAKING[0], LONDON)


def _is_by_day(world: World, at: datetime) -> bool:
    wall = local(at)
    holidays = world.calendar.holidays
    is_known = not holidays or wall.date() <= world.calendar.known_until
    return is_known and WAKING[0] <= wall.time() < WAKING[1] and wall.date() not in holidays


def rules(world: World, team: Team) -> tuple[Hours, ...]:
    """A team's own hours: all of them must be open. Of a team that no line names, those of its authority's lines, which reach it
    behind a worker."""
    return _known(world).rules.get(team.slug) or _of_authority(world, team.authority)


def _of_authority(world: World, authority: str) -> tuple[Hours, ...]:
    return _closing(rule for plan in _plans(world) if plan.authority == authority for rule in (plan.opens, plan.day))


def _of_team(world: World, slug: str) -> tuple[Hours, ...]:
    plans = [plan for plan in _plans(world) if slug in plan.teams]
    return _closing(rule for plan in plans for rule in (plan.opens, plan.day, *switches_of(plan, slug)))


def _closing(found: Iterable[Hours]) -> tuple[Hours, ...]:
    """Each rule once, without those that never close."""
    return tuple(dict.fromkeys(rule for rule in found if not rule.always))


def shown(world: World, team: Team) -> Number | None:
    """The number that a test call shows: of a line that rings the team, else of another one of its authority."""
    lines = world.directory.lines
    rings = sorted(_plans(world), key=lambda plan: (team.slug not in plan.teams, plan.line))
    own = (lines[plan.line].numbers for plan in rings if plan.authority == team.authority and plan.line in lines)
    return next((numbers[0] for numbers in own if numbers), None)


def ends_a_ladder(world: World, team: Team) -> bool:
    """Whether the last phone of the team may be the last one of a ladder, which connects whatever answers (ruling 2)."""
    plans = _plans(world)
    rings = [plan for plan in plans if team.slug in plan.teams] or [
        plan for plan in plans if plan.authority == team.authority
    ]
    return any((plan.last_resort or (team.slug,))[-1] == team.slug for plan in rings)


def _plans(world: World) -> tuple[Plan, ...]:
    return tuple(plan for line in sorted(world.plans.current) if (plan := world.plans.of_line(line)))


@dataclass(frozen=True, slots=True)
class _Known:
    """What is worked out once for a world: the numbers (E.164) that somewhere connect on answer, those that are rung out of hours,
    and the hours of each team that a line names."""

    connecting: frozenset[str]
    by_night: frozenset[str]
    rules: Mapping[str, tuple[Hours, ...]]


@lru_cache(maxsize=2)
def _known(world: World) -> _Known:
    every, night = tuple(duties(world.directory)), _night_teams(world)
    connecting = frozenset(one.number.e164 for one in every if one.duty.accept is Accept.CONNECT)
    standing = {one.number.e164 for one in every if one.team.slug in night}
    turns = (turn.who for slug in night if slug in world.directory.teams for turn in world.directory.teams[slug].rota)
    by_night = frozenset(standing | {who.e164 for who in turns if isinstance(who, Number)})
    named = {slug for plan in _plans(world) for slug in plan.teams}
    return _Known(connecting, by_night, {slug: _of_team(world, slug) for slug in named})


def _night_teams(world: World) -> frozenset[str]:
    """The teams that a line rings while it is closed."""
    declared = {plan.night_team for plan in _plans(world)}
    return frozenset(declared | {slug for plan in _plans(world) for slug in plan.teams if is_by_night(plan, slug)})
