"""Who would ring, for a line, a team or a person, at any moment, and why? The same ladder as a call's, without a call."""

from dataclasses import dataclass
from datetime import datetime

from directory.model import DutyNumber, Person, Team, default_accept
from ivr.moment import World
from ivr.override import WHO, standing_in
from ivr.plan import Deadline, DialByName, Extension, HandOver, Menu, Message, Plan, Queue, RingTeam, StaffOnly, Switch
from routing.hours import Verdict, until, verdict
from routing.ladder import Circumstances, Fallbacks, Ladder, Rung, Step, Wanted, ladder


@dataclass(frozen=True, slots=True)
class Route:
    """The answer for one moment: whether the line is open and until when, and the ladder."""

    plan: Plan
    open: Verdict
    until: datetime | None
    ladder: Ladder


def route(
    world: World,
    plan: Plan,
    wanted: Wanted,
    at: datetime,
    avoid: frozenset[str] = frozenset(),
    dialled: Plan | None = None,
) -> Route:
    """Who would ring for a wish on a line; ``avoid`` holds numbers (E.164) that this call must not ring. ``dialled`` is the line that
    was rung, where it handed over to ``plan``."""
    found = verdict(plan.opens, at, world.calendar)
    rungs = climbed(world, plan, wanted, at, avoid, dialled)
    return Route(plan, found, until(plan.opens, at, world.calendar), rungs)


def climbed(
    world: World,
    plan: Plan,
    wanted: Wanted,
    at: datetime,
    avoid: frozenset[str] = frozenset(),
    dialled: Plan | None = None,
) -> Ladder:
    """The ladder of ``route`` alone."""
    teams = world.directory.teams
    last_resort = tuple(teams[slug] for slug in plan.last_resort if slug in teams)
    fallbacks = Fallbacks(last_resort, teams.get(plan.night_team))
    now = Circumstances(at, verdict(plan.day, at, world.calendar).state, avoid)
    return _behind_stand_in(world, dialled or plan, ladder(world.directory, wanted, fallbacks, now), now)


def _behind_stand_in(world: World, plan: Plan, planned: Ladder, now: Circumstances) -> Ladder:
    """The ladder as it is when a number stands in for the line: that one rings before the menus, and once."""
    override = standing_in(world.overrides.get(plan.line), world.directory, plan.authority, now)
    if override is None:
        return planned
    duty = DutyNumber(override.number, default_accept(override.number))
    rest = (rung for rung in planned.rungs if rung.number.number != override.number)
    return Ladder((Rung(Step.STAND_IN, WHO, duty, plan.authority), *rest), planned.rejected)


def default_of(world: World, plan: Plan, at: datetime) -> tuple[Plan, Wanted]:
    """What 0, silence or a fault asks for at a moment: the team behind the line's default destination, and whose line that is."""
    return asked_at(world, plan, plan.otherwise, at)


def asked_at(
    world: World, plan: Plan, begins: str, at: datetime, passed: frozenset[str] = frozenset()
) -> tuple[Plan, Wanted]:
    """What a caller who presses nothing asks for from a node on, and whose line that is. A menu leads to the default destination;
    a way that leads round, through the lines that were ``passed``, to nobody."""
    node = plan.nodes[begins]
    for _ in range(len(plan.nodes)):
        match node:
            case RingTeam():
                return plan, Wanted(world.directory.teams.get(node.team))
            case Switch():
                found = verdict(plan.hours[node.hours], at, world.calendar)
                node = plan.nodes[node.open if found.is_open else node.closed]
            case Message() | Deadline():
                node = plan.nodes[node.go]
            case Queue() | Extension() | DialByName() | StaffOnly():
                node = plan.nodes[node.otherwise]
            case Menu() if begins != plan.otherwise:
                return asked_at(world, plan, plan.otherwise, at, passed)
            case HandOver() if (other := world.plans.of_line(node.line)) and other.line not in {plan.line, *passed}:
                return asked_at(world, other, other.start, at, passed | {plan.line})
            case _:
                break
    return plan, Wanted()


def default_route(world: World, plan: Plan, at: datetime, avoid: frozenset[str] = frozenset()) -> Route:
    """Who would ring for a caller who asks for nobody."""
    reached, wanted = default_of(world, plan, at)
    return route(world, reached, wanted, at, avoid, plan)


def silent_of(world: World, plan: Plan, at: datetime) -> tuple[Plan, Wanted]:
    """What a call comes to whose caller presses nothing from its beginning: where no menu is asked first, that need not be the
    default destination."""
    return asked_at(world, plan, plan.start, at)


def silent_ladder(world: World, plan: Plan, at: datetime) -> Ladder:
    """Who would ring for a caller who presses nothing."""
    return climbed(world, *silent_of(world, plan, at), at, dialled=plan)


def wanted_of(world: World, team: Team | None, person: Person | None) -> Wanted:
    """The wish for a person (with the team they belong to) or for a team."""
    return Wanted(team or world.directory.teams.get(person.team if person else ""), person)


def line_of(world: World, wanted: Wanted) -> Plan | None:
    """The line by which a team is reached where none is named: one that rings it, else the first of its authority."""
    slug, authority = (wanted.team.slug, wanted.team.authority) if wanted.team else ("", "")
    plans = [plan for plan in map(world.plans.of_line, world.plans.current) if plan]
    rings = (plan for plan in plans if slug in plan.teams)
    return next(rings, next((plan for plan in plans if plan.authority == authority), None))
