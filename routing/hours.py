"""Is a line open at a moment, because of what, and until when? Out of hours is the complement of these rules, never a rule."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from functools import lru_cache
from itertools import pairwise

from directory.model import Effect
from routing.calendar import Calendar
from routing.clock import LONDON, local
from routing.reasons import BankHoliday, NeverCloses, OutsideHours, Override, Reason, WithinHours

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PART = re.compile(r"([a-z]{3})(?:-([a-z]{3}))?((?:\s+\d\d:\d\d-\d\d:\d\d)+)")
HORIZON = timedelta(days=400)
WHOLE_DAY = 24 * 60
CLOCKS_CHANGE = time(1)
"""In UTC, on the last Sundays of March and October."""


class State(Enum):
    """Open or closed."""

    OPEN = "open"
    CLOSED = "closed"


class Holidays(Enum):
    """What a bank holiday does to a weekly rule."""

    CLOSED = "closed"
    AS_USUAL = "as-usual"


@dataclass(frozen=True, slots=True)
class Span:
    """From minute to minute of a day, the end not included; 1440 is midnight."""

    opens: int
    closes: int


Week = tuple[tuple[Span, ...], ...]
"""Seven days from Monday, each with its spans."""


@dataclass(frozen=True, slots=True, eq=False)
class Hours:
    """A weekly rule by its name, with the line and authority whose closures alter it. Compared by identity."""

    name: str
    week: Week
    holidays: Holidays
    authority: str
    line: str

    @property
    def always(self) -> bool:
        """Whether the rule never closes."""
        return self.holidays is Holidays.AS_USUAL and all(day == (Span(0, WHOLE_DAY),) for day in self.week)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Open or closed at a moment, and because of what."""

    state: State
    because: Reason

    @property
    def is_open(self) -> bool:
        """Whether the line is open."""
        return self.state is State.OPEN


def week_from(text: str) -> Week | str:
    """Read ``Mon-Thu 09:00-17:00; Fri 09:00-16:00`` or ``always``. What cannot be read comes back as the part at fault."""
    if text.strip().lower() == "always":
        return ((Span(0, WHOLE_DAY),),) * 7
    days: list[tuple[Span, ...]] = [()] * 7
    for part in text.lower().split(";"):
        read = _part(part.strip())
        if read is None or any(days[day] for day in read[0]):
            return part.strip()
        for day in read[0]:
            days[day] = read[1]
    return tuple(days)


def _part(text: str) -> tuple[range, tuple[Span, ...]] | None:
    match = PART.fullmatch(text)
    if match is None or match[1] not in DAYS or (match[2] or match[1]) not in DAYS:
        return None
    first, last = DAYS.index(match[1]), DAYS.index(match[2] or match[1])
    spans = tuple(Span(*map(_minute, span.split("-"))) for span in match[3].split())
    ordered = [minute for span in spans for minute in (span.opens, span.closes)]
    sound = first <= last and ordered == sorted(set(ordered)) and ordered[-1] <= WHOLE_DAY
    return (range(first, last + 1), spans) if sound else None


def _minute(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute) if int(minute) < 60 else WHOLE_DAY + 1


@lru_cache(maxsize=4096)
def verdict(hours: Hours, at: datetime, calendar: Calendar) -> Verdict:
    """Open or closed at an aware moment. An entered closure or opening outweighs a bank holiday, which outweighs the week."""
    override = calendar.override(hours.authority, hours.line, at)
    if override:
        state = State.OPEN if override.effect is Effect.OPEN else State.CLOSED
        return Verdict(state, Override(override.effect.value, override.reason))
    wall = local(at)
    holiday = calendar.holidays.get(wall.date())
    if holiday and hours.holidays is Holidays.CLOSED:
        return Verdict(State.CLOSED, BankHoliday(holiday))
    return _weekly(hours, wall)


def _weekly(hours: Hours, wall: datetime) -> Verdict:
    if hours.always:
        return Verdict(State.OPEN, NeverCloses())
    minute = wall.hour * 60 + wall.minute
    if any(span.opens <= minute < span.closes for span in hours.week[wall.weekday()]):
        return Verdict(State.OPEN, WithinHours(hours.name))
    return Verdict(State.CLOSED, OutsideHours(hours.name))


def until(hours: Hours, at: datetime, calendar: Calendar) -> datetime | None:
    """When open next turns to closed or closed to open, in UTC; nothing within 400 days means never."""
    state = verdict(hours, at, calendar).state
    changes = (edge for edge in edges(hours, at, calendar) if verdict(hours, edge, calendar).state is not state)
    return next(changes, None)


def edges(hours: Hours, at: datetime, calendar: Calendar) -> Iterator[datetime]:
    """Every later moment within 400 days at which a verdict could change, in order, in UTC."""
    dated = sorted({edge for window in calendar.windows for edge in (window.since, window.until) if edge > at})
    day = local(at).date()
    while day <= (at + HORIZON).date():
        midnight = _at(day + timedelta(days=1), 0)
        todays = {edge for edge in dated if _at(day, 0) <= edge < midnight} | set(_day_edges(hours, day))
        yield from sorted(edge for edge in todays if edge > at)
        day += timedelta(days=1)


def _day_edges(hours: Hours, day: date) -> Iterator[datetime]:
    """A day's midnight, openings and closings; in the autumn hour that comes twice, each of them both times."""
    yield _at(day, 0)
    yield datetime.combine(day, CLOCKS_CHANGE, UTC)
    for minute in [minute for span in hours.week[day.weekday()] for minute in (span.opens, span.closes)]:
        yield _at(day, minute)
        yield _at(day, minute, fold=1)


def _at(day: date, minute: int, fold: int = 0) -> datetime:
    if minute == WHOLE_DAY:
        return _at(day + timedelta(days=1), 0)
    return datetime.combine(day, time(minute // 60, minute % 60, fold=fold), LONDON).astimezone(UTC)


def open_spans(hours: Hours, day: date, calendar: Calendar) -> tuple[tuple[datetime, datetime], ...]:
    """When the line is really open on a day, in UTC: the weekly rule as closures, openings and holidays leave it."""
    midnight, next_midnight = _at(day, 0), _at(day + timedelta(days=1), 0)
    dated = {edge for window in calendar.windows for edge in (window.since, window.until)}
    todays = {*(edge for edge in dated if midnight < edge < next_midnight), *_day_edges(hours, day), next_midnight}
    marks = sorted(edge for edge in todays if midnight <= edge <= next_midnight)
    spans: list[tuple[datetime, datetime]] = []
    for since, until_ in pairwise(marks):
        if not verdict(hours, since, calendar).is_open:
            continue
        joined = spans and spans[-1][1] == since
        spans[-1:] = [(spans[-1][0], until_)] if joined else [*spans[-1:], (since, until_)]
    return tuple(spans)
