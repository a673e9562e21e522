"""Is a line closed on England's bank holidays, and are next year's known?"""

from datetime import date, timedelta

import pytest

from ivr.moment import World
from routing.calendar import Calendar, calendar
from routing.clock import LONDON
from routing.hours import State, verdict
from routing.reasons import BankHoliday
from tests.routing.given import ENGLISH, HOLIDAYS, OFFICE
from tests.telling import MONDAY, at

NAMED = {
    "2026-01-01": "New Year’s Day",
    "2026-04-03": "Good Friday",
    "2026-04-06": "Easter Monday",
    "2026-05-04": "Early May bank holiday",
    "2026-05-25": "Spring bank holiday",
    "2026-08-31": "Summer bank holiday",
    "2026-12-25": "Christmas Day",
    "2026-12-28": "Boxing Day",
    "2027-01-01": "New Year’s Day",
    "2027-03-26": "Good Friday",
    "2027-03-29": "Easter Monday",
    "2027-08-30": "Summer bank holiday",
    "2027-12-27": "Christmas Day",
    "2027-12-28": "Boxing Day",
    "2028-01-03": "New Year’s Day",
    "2028-12-26": "Boxing Day",
}
WORKING = [
    "2026-08-03",
    "2026-12-24",
    "2026-12-29",
    "2026-12-31",
    "2026-03-17",
    "2026-11-30",
    "2027-12-24",
    "2027-12-29",
    "2028-01-04",
]


@pytest.mark.parametrize(("day", "name"), NAMED.items())
def test_a_bank_holiday_is_closed_all_day_by_its_name(world: World, day: str, name: str) -> None:
    for minute in ("00:00", "09:00", "12:00", "15:59", "23:59"):
        found = verdict(OFFICE, at(f"{day}T{minute}"), world.calendar)
        assert found.state is State.CLOSED
        assert found.because == BankHoliday(name)


@pytest.mark.parametrize("day", WORKING)
def test_scotlands_and_irelands_holidays_and_the_days_between_are_working_days(world: World, day: str) -> None:
    assert verdict(OFFICE, at(f"{day}T10:00"), world.calendar).is_open


def test_the_day_itself_is_a_weekend_when_its_substitute_is_the_holiday(world: World) -> None:
    assert date(2026, 12, 26) not in world.calendar.holidays
    assert not verdict(OFFICE, at("2026-12-26T10:00"), world.calendar).is_open
    assert date(2026, 12, 28) in world.calendar.holidays


def test_a_holiday_ends_at_midnight_in_england_and_not_at_midnight_utc() -> None:
    night = calendar({date(2026, 8, 31): "Summer bank holiday"}, ())
    assert verdict(OFFICE, at("2026-08-31T00:00"), night).because == BankHoliday("Summer bank holiday")
    assert verdict(OFFICE, at("2026-09-01T00:00"), night).because != BankHoliday("Summer bank holiday")


def test_the_bundled_calendar_holds_every_official_day(world: World) -> None:
    assert HOLIDAYS.items() <= dict(world.calendar.holidays).items()


def test_next_years_bank_holidays_are_known(world: World) -> None:
    """Fails when the library that holds the official dates is too old: renew it, or the lines open on a bank holiday."""
    today = MONDAY.astimezone(LONDON).date() + timedelta(days=1)
    assert today == date(2026, 11, 24)
    assert world.calendar.known_until >= date(today.year + 1, 12, 31)
    assert sum(day.year == today.year + 1 for day in world.calendar.holidays) >= 8


def test_years_beyond_the_last_known_one_are_unknown() -> None:
    assert ENGLISH.known_until == date(2028, 12, 31)
    assert calendar({date(2026, 1, 1): "New Year’s Day"}, ()).known_until == date(2026, 12, 31)
    assert Calendar().known_until < date(2026, 1, 1)
