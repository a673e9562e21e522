"""Of which times does a sheet of paper speak? Now, when the lines open next, tonight, the weekend, and each coming bank holiday."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from ivr.moment import World
from ivr.plan import Plan
from routing.clock import LONDON, local
from routing.hours import HORIZON, edges, verdict
from routing.reasons import clock_time

EVENING, MORNING = time(18), time(8)
SATURDAY = 5
A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Time:
    """A time from ``since`` until ``until`` in UTC, as it is called on paper; ``is_day`` where its ladders go by day at its beginning."""

    title: str
    since: datetime
    until: datetime
    is_day: bool


def times(world: World, plan: Plan, now: datetime) -> tuple[Time, ...]:
    """The times that are told of a line on a sheet that is printed now."""
    return (*_present(world, plan, now), *_tonight(now), *_weekend(now), *_holidays(world, now))


def _present(world: World, plan: Plan, now: datetime) -> Iterator[Time]:
    """Now; and when the line goes by day again, if it does not now."""
    is_day = verdict(plan.day, now, world.calendar).is_open
    yield Time(f"Now, {clock_time(now)}", now, now + A_MINUTE, is_day)
    opens = None if is_day else _opens(world, plan, now)
    if opens:
        yield Time(f"In office hours, from {clock_time(opens)}", opens, opens + A_MINUTE, is_day=True)


def _opens(world: World, plan: Plan, now: datetime) -> datetime | None:
    moments = edges(plan.day, now, world.calendar)
    return next((at for at in moments if verdict(plan.day, at, world.calendar).is_open), None)


def _tonight(now: datetime) -> Iterator[Time]:
    """From this evening, or from now in the middle of a night, until the morning."""
    today = local(now).date()
    is_night = local(now).time() < MORNING
    since = now if is_night else max(now, _at(today, EVENING))
    until = _at(today if is_night else today + timedelta(days=1), MORNING)
    yield Time(f"Tonight, until {clock_time(until)}", since, until, is_day=False)


def _weekend(now: datetime) -> Iterator[Time]:
    """The next Saturday and Sunday, or what is left of them."""
    today = local(now).date()
    saturday = (
        today + timedelta(days=(SATURDAY - today.weekday()))
        if today.weekday() <= SATURDAY
        else today - timedelta(days=1)
    )
    since = max(now, _at(saturday, time()))
    until = _at(saturday + timedelta(days=2), time())
    title = f"This weekend, {_day(saturday)} and {_day(saturday + timedelta(days=1))}"
    yield Time(title, since, until, is_day=False)


def _holidays(world: World, now: datetime) -> Iterator[Time]:
    """Every bank holiday of the next 400 days that is known."""
    today = local(now).date()
    for day, name in sorted(world.calendar.holidays.items()):
        if today <= day <= (now + HORIZON).date():
            since = max(now, _at(day, time()))
            yield Time(f"{name}, {_day(day)}", since, _at(day + timedelta(days=1), time()), is_day=False)


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b %Y}"


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, LONDON).astimezone(UTC)
