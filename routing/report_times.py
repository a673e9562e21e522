"""When is a report due that comes by itself? On the first working day after its month or week, by England's bank holidays and clock."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from routing.clock import LONDON
from routing.days import Days, day_of, month_of

A_DAY = timedelta(days=1)
WEEKEND = (5, 6)


class Every(StrEnum):
    """How often a report comes."""

    MONTH = "month"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Turn:
    """One report that is due: of which days, compared with which, and when (UTC)."""

    days: Days
    before: Days
    due_at: datetime


def week_of(day: date) -> Days:
    """The week of a day, from Monday on."""
    first = day - timedelta(days=day.weekday())
    return Days(first, first + timedelta(days=6))


def whole(every: Every, day: date) -> Days:
    """The month or week of a day."""
    return month_of(day) if every is Every.MONTH else week_of(day)


def turn(every: Every, day: date, hour: int, holidays: Container[date]) -> Turn:
    """The report of the month or week of this day."""
    days = whole(every, day)
    return Turn(days, whole(every, days.first - A_DAY), _due(days.last, hour, holidays))


def last_over(every: Every, now: datetime) -> Days:
    """The last month or week that is over."""
    return whole(every, whole(every, day_of(now)).first - A_DAY)


def latest(every: Every, hour: int, holidays: Container[date], now: datetime) -> Turn:
    """The report that fell due last. Of several that were missed it is the one."""
    here = turn(every, last_over(every, now).first, hour, holidays)
    while here.due_at > now:
        here = turn(every, here.before.first, hour, holidays)
    return here


def following(every: Every, hour: int, holidays: Container[date], now: datetime) -> Turn:
    """The report that falls due next."""
    return turn(every, latest(every, hour, holidays, now).days.last + A_DAY, hour, holidays)


def _due(last: date, hour: int, holidays: Container[date]) -> datetime:
    day = last + A_DAY
    while day.weekday() in WEEKEND or day in holidays:
        day += A_DAY
    return datetime.combine(day, time(hour), LONDON).astimezone(UTC)
