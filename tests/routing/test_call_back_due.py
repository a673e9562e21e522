"""By when is a caller rung back?"""

from datetime import UTC, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.model import Effect
from routing.calendar import Calendar
from routing.deadlines import Due, Reading, call_back_due
from routing.hours import Hours, verdict
from tests.routing.given import ALWAYS, ENGLISH, MINUTE, OFFICE, closing, closure, hours
from tests.telling import at

WEEKDAYS = hours("Mon-Fri 09:00-17:00", line="derbyshire-consultation", authority="derbyshire")
CLOCK, WORKING = "on the clock", "on working time"
A_DAY = {
    "Mon 10:00": ("Tue 10:00", "Tue 10:00"),
    "Thu 16:30": ("Fri 16:30", "Fri 16:00"),
    "Fri 15:00": ("Sat 15:00", "2026-11-30T15:00"),
    "Fri 16:00": ("Sat 16:00", "2026-12-01T09:00"),
    "Sat 12:00": ("Sun 12:00", "2026-12-01T09:00"),
    "Mon 08:00": ("Tue 08:00", "Tue 09:00"),
    "Mon 17:00": ("Tue 17:00", "Wed 09:00"),
    "2026-12-24T10:00": ("2026-12-25T10:00", "2026-12-29T10:00"),
    "2026-08-28T10:00": ("2026-08-29T10:00", "2026-09-01T10:00"),
}
FOUR_HOURS = {
    "Mon 10:00": ("Mon 14:00", "Mon 14:00"),
    "Mon 13:00": ("Mon 17:00", "Mon 17:00"),
    "Mon 16:00": ("Mon 20:00", "Tue 12:00"),
    "Mon 08:00": ("Mon 12:00", "Mon 13:00"),
    "Mon 18:00": ("Mon 22:00", "Tue 13:00"),
    "Fri 15:00": ("Fri 19:00", "2026-11-30T12:00"),
    "Sat 12:00": ("Sat 16:00", "2026-11-30T13:00"),
    "2026-12-24T16:00": ("2026-12-24T20:00", "2026-12-29T12:00"),
}


def due(moment: str, hours_long: int, rule: Hours = OFFICE, calendar: Calendar = ENGLISH) -> Due:
    return call_back_due(at(moment).astimezone(UTC), timedelta(hours=hours_long), rule, calendar)


def both(clock: str, working: str) -> Due:
    return Due((Reading(CLOCK, at(clock)), Reading(WORKING, at(working))))


@pytest.mark.parametrize(("moment", "readings"), A_DAY.items())
def test_a_call_back_within_24_hours_is_shown_on_the_clock_and_on_working_time(
    moment: str, readings: tuple[str, str]
) -> None:
    assert due(moment, 24) == both(*readings)


@pytest.mark.parametrize(("moment", "readings"), FOUR_HOURS.items())
def test_a_call_back_within_4_hours_counts_only_the_open_ones(moment: str, readings: tuple[str, str]) -> None:
    assert due(moment, 4) == both(*readings)


def test_a_friday_call_is_promised_for_monday_and_aimed_at_saturday() -> None:
    friday = due("Fri 15:00", 24)
    assert (friday.target, friday.promise) == (at("Sat 15:00"), at("2026-11-30T15:00"))


def test_on_a_service_that_closes_at_five_a_friday_call_keeps_its_hour_on_monday() -> None:
    assert due("Fri 16:30", 24, WEEKDAYS).promise == at("2026-11-30T16:30")


def test_a_closure_in_the_way_is_no_working_time() -> None:
    training = closing(closure("2026-11-24T00:00", "2026-11-25T00:00"))
    assert due("Mon 10:00", 24, OFFICE, training).promise == at("Wed 10:00")
    assert due("Mon 16:00", 4, OFFICE, training).promise == at("Wed 12:00")


def test_a_closure_of_some_hours_is_no_working_time_and_the_rest_of_the_day_is() -> None:
    meeting = closing(closure("2026-11-23T12:00", "2026-11-23T14:00"))
    assert due("Mon 11:00", 4, OFFICE, meeting).readings[1].at == at("Mon 17:00")
    assert due("Mon 13:00", 1, OFFICE, meeting).readings[1].at == at("Mon 15:00")
    afternoon = closing(closure("2026-11-23T15:00", "2026-11-23T17:00"))
    assert due("Mon 16:00", 4, OFFICE, afternoon).readings[1].at == at("Tue 13:00")


def test_an_extra_opening_is_working_time() -> None:
    saturday = closing(closure("2026-11-28T10:00", "2026-11-28T14:00", Effect.OPEN))
    assert due("Fri 15:00", 4, OFFICE, saturday).readings[1].at == at("Sat 13:00")
    evening = closing(closure("2026-11-23T17:00", "2026-11-23T20:00", Effect.OPEN))
    assert due("Mon 16:00", 4, OFFICE, evening).readings[1].at == at("Mon 20:00")


@pytest.mark.parametrize("moment", ["Mon 10:00", "Mon 20:00", "Mon 23:00", "Sat 22:30"])
@pytest.mark.parametrize("within", [1, 4, 24])
def test_on_a_line_that_never_closes_working_time_is_the_clock(moment: str, within: int) -> None:
    found = due(moment, within, ALWAYS)
    assert found.promise == found.target == at(moment) + timedelta(hours=within)


@pytest.mark.parametrize(("within", "working"), [(7, "Fri 16:00"), (8, "2026-11-30T10:00"), (16, "2026-12-01T10:00")])
def test_more_hours_than_a_day_has_go_on_into_the_days_that_follow(within: int, working: str) -> None:
    assert due("Thu 17:00", within).readings[1] == Reading(WORKING, at(working))


def test_the_hours_beyond_whole_days_are_not_dropped() -> None:
    found = due("Mon 10:00", 30)
    assert found.readings[1].at >= found.readings[0].at


def test_24_hours_over_the_autumn_night_are_24_hours_by_any_clock() -> None:
    assert due("2026-10-24T20:00", 24) == both("2026-10-25T19:00", "2026-10-27T09:00")
    assert due("2026-10-23T15:00", 24) == both("2026-10-24T15:00", "2026-10-26T15:00")
    assert due("2027-03-27T20:00", 24) == both("2027-03-28T21:00", "2027-03-31T09:00")


@settings(deadline=None)
@given(st.integers(0, 365 * 1440), st.sampled_from([1, 4, 24, 48]))
def test_a_promise_is_never_before_the_target_nor_before_the_request(minute: int, within: int) -> None:
    received = at("2026-11-01T00:00") + minute * MINUTE
    found = call_back_due(received, timedelta(hours=within), OFFICE, ENGLISH)
    assert received < found.target <= found.promise
    assert found.readings[0].at == received + timedelta(hours=within)
    working = found.readings[1].at
    assert verdict(OFFICE, working, ENGLISH).is_open or verdict(OFFICE, working - MINUTE, ENGLISH).is_open
