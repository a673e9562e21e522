"""On which days is a line open or closed unlike an ordinary week, and what do callers get then? Bank holidays, closures, openings."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice, pairwise

from ivr.causes import Cause, RouteChange
from ivr.moment import World
from ivr.period_words import span_words
from ivr.plan import Plan
from ivr.route import silent_ladder
from ivr.rung_words import ladder_words
from routing.calendar import Calendar
from routing.clock import local
from routing.hours import Hours, Verdict, edges, verdict
from routing.ladder import Rung
from routing.reasons import BankHoliday, Override, Reason

USUAL = Calendar()
"""A year without bank holidays and entries."""

BESIDE = timedelta(days=62)
"""So far before and after is looked, that a closure is told with its own beginning and end."""

MOST_EDGES = 100
"""More than a week has."""


@dataclass(frozen=True, slots=True)
class Unusual:
    """A time in which the same rules say what an ordinary week does not."""

    since: datetime
    until: datetime
    rules: tuple[Hours, ...]
    found: Verdict


def changes_of_hours(world: World, plan: Plan, since: datetime, until: datetime) -> Iterator[RouteChange]:
    """Every time, begun before ``until`` and not over at ``since``, in which the line's hours are not those of its weekly rules."""
    usual = replace(world, calendar=USUAL)
    beside = _unusual(world, plan, since - BESIDE, until + BESIDE)
    for one in (one for one in beside if one.since < until and one.until > since):
        before, after = (silent_ladder(in_, plan, one.since).rungs for in_ in (usual, world))
        what = f"{_what(plan, one)}, {_why(one.found.because)}; {_so(plan, one, after)}"
        when, lines = span_words(one.since, one.until), (plan.line,)
        yield RouteChange(one.since, one.until, lines, (), _cause(one.found), when, what, before, after)


def _unusual(world: World, plan: Plan, since: datetime, until: datetime) -> Iterator[Unusual]:
    standing: Unusual | None = None
    for at, following in pairwise(_moments(world, plan, since, until)):
        found = _at(world, plan, at, following)
        if standing and found and _alike(standing, found):
            standing = replace(standing, until=found.until)
        else:
            yield from [standing] if standing else []
            standing = found
    yield from [standing] if standing else []


def _moments(world: World, plan: Plan, since: datetime, until: datetime) -> tuple[datetime, ...]:
    found = {since, until}
    for rule in plan.hours.values():
        for edge in edges(rule, since, world.calendar):
            if edge >= until:
                break
            found.add(edge)
    return tuple(sorted(found))


def _alike(one: Unusual, other: Unusual) -> bool:
    return one.until == other.since and one.rules == other.rules and one.found == other.found


def _at(world: World, plan: Plan, at: datetime, following: datetime) -> Unusual | None:
    """The rules that say something else than by their week alone; those of the whole line alone where it is among them."""
    rules = tuple(rule for rule in plan.hours.values() if _departs(world, rule, at))
    whole = tuple(rule for rule in (plan.day, plan.opens) if rule in rules)[:1]
    told = whole or rules
    return Unusual(at, following, told, verdict(told[0], at, world.calendar)) if told else None


def _departs(world: World, rule: Hours, at: datetime) -> bool:
    return verdict(rule, at, world.calendar).state is not verdict(rule, at, USUAL).state


def _cause(found: Verdict) -> Cause:
    if isinstance(found.because, BankHoliday):
        return Cause.BANK_HOLIDAY
    return Cause.OPENING if found.is_open else Cause.CLOSURE


def _what(plan: Plan, one: Unusual) -> str:
    if plan.opens in one.rules or (plan.day in one.rules and plan.open_by == plan.day_by):
        return f"{plan.name} is {one.found.state.value}"
    if plan.day in one.rules:
        return f"{plan.name} goes by {'day' if one.found.is_open else 'night'}"
    names = " and ".join(f"“{rule.name}”" for rule in one.rules)
    return f"on {plan.name}, the hours {names} are {one.found.state.value}"


def _why(because: Reason) -> str:
    match because:
        case BankHoliday(name=name):
            return f"as it is a bank holiday ({name})"
        case Override(reason=reason):
            return f"as somebody entered it ({reason})"
        case _:
            return "by its hours"


def _so(plan: Plan, one: Unusual, after: tuple[Rung, ...]) -> str:
    """What callers get then."""
    if not {plan.day, plan.opens} & set(one.rules):
        return f"the choices that go by them lead {'there' if one.found.is_open else 'elsewhere'}."
    if one.found.is_open:
        return f"callers reach the teams as by day, and {ladder_words(after)} where they choose none."
    return reached_words(after)


def reached_words(rungs: tuple[Rung, ...]) -> str:
    """Whom callers reach."""
    if not rungs:
        return "nobody rings: callers hear the safe message and may book a call-back."
    return f"callers reach {ladder_words(rungs)}."


def usual_closed(world: World, plan: Plan, at: datetime) -> tuple[Rung, ...] | None:
    """Whom callers reach when the line is closed in an ordinary week, in the night to a Monday where it is closed then; nothing
    where it never is."""
    usual = replace(world, calendar=USUAL, overrides={})
    here = local(at)
    monday = (here + timedelta(days=7 - here.weekday())).replace(hour=3, minute=0, second=0, microsecond=0)
    moments = (monday, *islice(edges(plan.day, at, USUAL), MOST_EDGES))
    when = next((when for when in moments if not verdict(plan.day, when, USUAL).is_open), None)
    return silent_ladder(usual, plan, when).rungs if when else None
