"""What changes soon on a line? The ordinary week in one sentence, and every change that is not part of it, each with its cause: a bank
holiday, a closure or opening, a turn of a rota, a dated number, an absence, a number that stands in, the clocks, a plan to come."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from ivr.causes import Cause, RouteChange
from ivr.changes_of_hours import changes_of_hours, reached_words, usual_closed
from ivr.changes_of_teams import changes_of_teams, changes_of_workers
from ivr.differences import differences
from ivr.moment import World
from ivr.period_words import day_words, moment_words, rule_words
from ivr.plan import Plan
from ivr.route import silent_ladder
from routing.clock import LONDON, local
from routing.ladder import Rung

MOST_OF_A_PLAN = 3
LOOKS_AHEAD = timedelta(days=100)
"""So far a plan to come is compared with the present one."""


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A plan that is published at a moment to come."""

    at: datetime
    plan: Plan


def changes(
    world: World, plan: Plan, since: datetime, until: datetime, scheduled: Iterable[Scheduled] = ()
) -> tuple[RouteChange, ...]:
    """Every change between two moments in order of time, the ordinary week first. ``scheduled`` are plans to come, of any line."""
    begin, end = since.astimezone(UTC), until.astimezone(UTC)
    found = [
        *changes_of_hours(world, plan, begin, end), *changes_of_teams(world, plan, begin, end),
        *changes_of_workers(world, plan, begin, end), *_standing_in(world, plan, begin, end),
        *_clocks(world, plan, begin, end), *_plans(world, plan, begin, end, scheduled),
    ]  # fmt: skip
    return (ordinary(world, plan, begin), *sorted(found, key=_order))


def changes_of_lines(
    world: World, plans: Iterable[Plan], since: datetime, until: datetime, scheduled: Collection[Scheduled] = ()
) -> tuple[RouteChange, ...]:
    """The same of several lines; what is the same on some of them is told once."""
    told: dict[tuple[object, ...], RouteChange] = {}
    for one in (one for plan in plans for one in changes(world, plan, since, until, scheduled)):
        same = one.at, one.cause, one.teams, one.sentence
        told[same] = replace(one, lines=(*told[same].lines, *one.lines)) if same in told else one
    return tuple(sorted(told.values(), key=lambda one: (one.cause is not Cause.ORDINARY, *_order(one))))


def _order(one: RouteChange) -> tuple[datetime, Cause, tuple[str, ...], str]:
    return one.at, one.cause, one.teams, one.what


def ordinary(world: World, plan: Plan, at: datetime) -> RouteChange:
    """What an ordinary week is like: when the line is open, and who rings at other times."""
    closed = usual_closed(world, plan, at)
    own, week = plan.open_by == plan.day_by, rule_words(plan.day.week)
    told = f"is open {week}" if own else f"never closes, and goes by day {week}"
    words = f"{plan.name} {told}. At other times {reached_words(closed)}" if closed is not None else ""
    return RouteChange(
        at, None, (plan.line,), (), Cause.ORDINARY, "", words or f"{plan.name} never closes.", (), closed or ()
    )


def _standing_in(world: World, plan: Plan, since: datetime, until: datetime) -> Iterator[RouteChange]:
    override = world.overrides.get(plan.line)
    if override is None:
        return
    for at, ends, words in (
        (override.since, override.until.astimezone(UTC), "a number stands in for"),
        (override.until, None, "no number stands in any more for"),
    ):
        if since < at < until:
            before, after = _around(world, plan, at)
            what = f"{words} {plan.name}; {reached_words(after)}"
            lines, when = (plan.line,), moment_words(at)
            yield RouteChange(at.astimezone(UTC), ends, lines, (), Cause.STAND_IN, when, what, before, after)


def _around(world: World, plan: Plan, at: datetime) -> tuple[tuple[Rung, ...], tuple[Rung, ...]]:
    just_before = at - timedelta(microseconds=1)
    return silent_ladder(world, plan, just_before).rungs, silent_ladder(world, plan, at).rungs


def _clocks(world: World, plan: Plan, since: datetime, until: datetime) -> Iterator[RouteChange]:
    day = local(since).date()
    while day <= local(until).date():
        at = datetime.combine(day, time(1), UTC)
        if since < at < until and (how := _change_of_clocks(day)):
            yield RouteChange(at, None, (plan.line,), (), Cause.CLOCKS, day_words(day), how, *_around(world, plan, at))
        day += timedelta(days=1)


def _change_of_clocks(day: date) -> str:
    """What the clocks do on a day, and what it means; nothing on most days."""
    offsets = [datetime.combine(one, time(), LONDON).utcoffset() for one in (day, day + timedelta(days=1))]
    if offsets[0] == offsets[1]:
        return ""
    goes_forward = offsets[0] == timedelta()
    words = "go forward from 01:00 to 02:00" if goes_forward else "go back from 02:00 to 01:00"
    return (
        f"the clocks {words}. Lines open and close by the clock on the wall as ever; a turn through that "
        f"night is an hour {'shorter' if goes_forward else 'longer'}."
    )


def _plans(
    world: World, plan: Plan, since: datetime, until: datetime, scheduled: Iterable[Scheduled]
) -> Iterator[RouteChange]:
    for one in scheduled:
        if one.plan.line != plan.line or not since < one.at < until:
            continue
        after = replace(world, plans=world.plans.with_current(one.plan))
        found = differences(world, after, [plan.line], one.at, one.at + LOOKS_AHEAD)
        words = " ".join(each.sentence for each in found[:MOST_OF_A_PLAN]) or "Nothing changes for callers."
        more = f" And {len(found) - MOST_OF_A_PLAN} more." if len(found) > MOST_OF_A_PLAN else ""
        what = f"a new plan of {plan.name} is published. {words}{more}"
        rungs = silent_ladder(world, plan, one.at).rungs, silent_ladder(after, one.plan, one.at).rungs
        at, when = one.at.astimezone(UTC), moment_words(one.at)
        yield RouteChange(at, None, (plan.line,), (), Cause.PLAN, when, what, *rungs)
