"""By when is a reply due? Where a procedure can be read in two ways both readings are kept: the later is promised, the earlier aimed at."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from routing.calendar import Calendar
from routing.clock import LONDON, local
from routing.hours import Hours, open_spans

FURTHEST = 60
FRIDAY = 4


class ReplyClass(StrEnum):
    """The class that a CETR request names in its header (D:8)."""

    SAME_DAY = "same-day"
    NEXT_DAY = "next-day"


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a deadline: how it was read, and the moment in UTC."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline under every reading (ruling 12)."""

    readings: tuple[Reading, ...]

    @property
    def promise(self) -> datetime:
        """The later reading: what the caller is told."""
        return max(reading.at for reading in self.readings)

    @property
    def target(self) -> datetime:
        """The earlier reading: what the desk works to."""
        return min(reading.at for reading in self.readings)


@dataclass(frozen=True, slots=True)
class CutOff:
    """From which minute of the day a same-day request counts as the following working day's (D:8: 16:00)."""

    minute: int


@lru_cache(maxsize=256)
def class_due(wanted: ReplyClass, received: datetime, cut_off: CutOff, hours: Hours, calendar: Calendar) -> Due:
    """When a reply of this class is due, by the cut-off and by the note on Fridays (D:8, D:10, X10, X11)."""
    today = local(received).date()
    following = _close(_working_day(today + timedelta(days=1), hours, calendar), hours, calendar)
    by_cut_off = following
    if wanted is ReplyClass.SAME_DAY and _before(cut_off, received) and _works(today, hours, calendar):
        by_cut_off = _close(today, hours, calendar)
    readings = [Reading("by the cut-off", by_cut_off)]
    if today.weekday() == FRIDAY:
        readings.append(Reading("by the note on Fridays", following))
    if wanted is ReplyClass.NEXT_DAY and not _works(today, hours, calendar):
        opens = _working_day(today, hours, calendar)
        after = _working_day(opens + timedelta(days=1), hours, calendar)
        readings.append(Reading("counted from the next opening", _close(after, hours, calendar)))
    return Due(tuple(readings))


@lru_cache(maxsize=256)
def call_back_due(received: datetime, within: timedelta, hours: Hours, calendar: Calendar) -> Due:
    """When a call-back is due: on the clock, and counted on working time only (B:72, X49: both are shown)."""
    on_the_clock = received + within
    if hours.always:
        return Due((Reading("on the clock", on_the_clock), Reading("on working time", on_the_clock)))
    begins = _next_opening(received, hours, calendar)
    days, rest = divmod(within, timedelta(days=1))
    working = _working_days_on(begins, days, hours, calendar) if days else begins
    return Due(
        (Reading("on the clock", on_the_clock), Reading("on working time", _open_for(working, rest, hours, calendar)))
    )


def _working_days_on(begins: datetime, days: int, hours: Hours, calendar: Calendar) -> datetime:
    day = local(begins).date()
    for _ in range(days):
        day = _working_day(day + timedelta(days=1), hours, calendar)
    wall = datetime.combine(day, local(begins).time(), LONDON).astimezone(UTC)
    return min(wall, _close(day, hours, calendar))


def _open_for(begins: datetime, rest: timedelta, hours: Hours, calendar: Calendar) -> datetime:
    """The moment at which the line will have been open for ``rest``."""
    today = local(begins).date()
    for day in (today + timedelta(days=ahead) for ahead in range(FURTHEST)):
        for opens, closes in open_spans(hours, day, calendar):
            left = closes - max(opens, begins)
            if timedelta(0) < rest <= left:
                return max(opens, begins) + rest
            rest -= max(left, timedelta(0))
    return begins


def _before(cut_off: CutOff, received: datetime) -> bool:
    wall = local(received)
    return wall.hour * 60 + wall.minute < cut_off.minute


def _works(day: date, hours: Hours, calendar: Calendar) -> bool:
    return bool(open_spans(hours, day, calendar))


def _working_day(day: date, hours: Hours, calendar: Calendar) -> date:
    days = (day + timedelta(days=ahead) for ahead in range(FURTHEST))
    return next((candidate for candidate in days if _works(candidate, hours, calendar)), day)


def _close(day: date, hours: Hours, calendar: Calendar) -> datetime:
    spans = open_spans(hours, day, calendar)
    midnight = datetime.combine(day + timedelta(days=1), datetime.min.time(), LONDON).astimezone(UTC)
    return spans[-1][1] if spans else midnight


def _next_opening(received: datetime, hours: Hours, calendar: Calendar) -> datetime:
    """The moment from which the line is open next, or is open already."""
    today = local(received).date()
    days = (today + timedelta(days=ahead) for ahead in range(FURTHEST))
    spans = (span for day in days for span in open_spans(hours, day, calendar))
    return next((max(opens, received) for opens, closes in spans if closes > received), received)
