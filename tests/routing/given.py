"""Which hours and calendars do the routing tests speak of?"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from govuk_bank_holidays.bank_holidays import BankHolidays

from directory.model import Closure, Effect
from routing.calendar import Calendar, calendar
from routing.hours import Holidays, Hours, week_from
from tests.telling import at

ENGLAND = BankHolidays(use_cached_holidays=True).get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
HOLIDAYS: dict[date, str] = {holiday["date"]: holiday["title"] for holiday in ENGLAND}
ENGLISH = Calendar(HOLIDAYS)
MINUTE = timedelta(minutes=1)


def hours(text: str, holidays: Holidays = Holidays.CLOSED, authority: str = "devon", line: str = "devon") -> Hours:
    """A sound weekly rule."""
    week = week_from(text)
    assert not isinstance(week, str), week
    return Hours("office", week, holidays, authority, line)


OFFICE = hours("Mon-Thu 09:00-17:00; Fri 09:00-16:00")
ALWAYS = hours("always", Holidays.AS_USUAL)


def closure(
    since: str,
    until: str,
    effect: Effect = Effect.CLOSED,
    authority: str | None = None,
    line: str | None = None,
    rrule: str = "",
) -> Closure:
    """An override between two moments, kept in UTC as the directory keeps it, with its scope as its reason."""
    reason = line or authority or "all"
    return Closure("c", effect, at(since).astimezone(UTC), at(until).astimezone(UTC), reason, authority, line, rrule)


def closing(*closures: Closure) -> Calendar:
    """England's calendar with these overrides."""
    return calendar(HOLIDAYS, closures)


def minutes(since: datetime, until: datetime) -> Iterator[datetime]:
    """Every minute from one moment until another, in UTC."""
    moment, end = since.astimezone(UTC), until.astimezone(UTC)
    while moment < end:
        yield moment
        moment += MINUTE
