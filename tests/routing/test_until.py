"""Until when is a line open or closed?"""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.model import Effect
from routing.calendar import Calendar
from routing.hours import Hours, until, verdict
from tests.routing.given import ALWAYS, ENGLISH, HOLIDAYS, MINUTE, OFFICE, closing, closure, hours
from tests.telling import at

TURNS = {
    "Wed 10:00": "Wed 17:00",
    "Wed 08:59": "Wed 09:00",
    "Wed 09:00": "Wed 17:00",
    "Wed 17:00": "Thu 09:00",
    "Thu 17:00": "Fri 09:00",
    "Fri 15:59": "Fri 16:00",
    "Fri 16:00": "2026-11-30T09:00",
    "Sat 12:00": "2026-11-30T09:00",
    "2026-12-24T16:00": "2026-12-24T17:00",
    "2026-12-24T17:00": "2026-12-29T09:00",
    "2026-04-02T17:00": "2026-04-07T09:00",
    "2026-08-28T16:00": "2026-09-01T09:00",
    "2026-10-23T16:00": "2026-10-26T09:00",
    "2027-03-25T17:00": "2027-03-30T09:00",
}
NIGHTS = ["2026-03-28T23:00", "2026-10-24T23:00"]


def brute(rule: Hours, moment: datetime, calendar: Calendar, horizon: timedelta) -> datetime | None:
    """The next minute with another state, found by asking each."""
    state = verdict(rule, moment, calendar).state
    steps = (moment + step * MINUTE for step in range(1, horizon // MINUTE))
    return next((one for one in steps if verdict(rule, one, calendar).state is not state), None)


@pytest.mark.parametrize(("moment", "turn"), TURNS.items())
def test_the_next_turn_is_told_over_nights_weekends_and_holidays(moment: str, turn: str) -> None:
    assert until(OFFICE, at(moment), ENGLISH) == at(turn)


def test_a_line_that_never_closes_has_no_end() -> None:
    assert until(ALWAYS, at("Wed 10:00"), ENGLISH) is None


def test_a_line_that_never_opens_has_no_end_either() -> None:
    assert until(hours("Wed 09:00-17:00"), at("Wed 18:00"), closing(closure("2026-11-25T17:00", "2028-12-31"))) is None


def test_two_days_that_meet_at_midnight_are_one_opening() -> None:
    night = hours("Mon 09:00-24:00; Tue 00:00-12:00")
    assert until(night, at("Mon 10:00"), ENGLISH) == at("Tue 12:00")


def test_a_closure_in_the_middle_of_the_day_ends_the_opening() -> None:
    training = closing(closure("2026-11-25T12:00", "2026-11-25T14:00"))
    turns = [until(OFFICE, at(moment), training) for moment in ("Wed 10:00", "Wed 12:00", "Wed 14:00")]
    assert turns == [at("Wed 12:00"), at("Wed 14:00"), at("Wed 17:00")]


def test_a_closure_that_ends_at_night_leads_to_the_next_opening() -> None:
    storm = closing(closure("2026-11-25T12:00", "2026-11-25T22:00"))
    assert until(OFFICE, at("Wed 13:00"), storm) == at("Thu 09:00")


def test_an_opening_at_the_weekend_is_the_next_turn() -> None:
    saturday = closing(closure("2026-11-28T10:00", "2026-11-28T12:00", Effect.OPEN))
    assert until(OFFICE, at("Fri 16:00"), saturday) == at("Sat 10:00")
    assert until(OFFICE, at("Sat 10:00"), saturday) == at("Sat 12:00")


def test_a_closure_of_a_line_that_never_closes_has_a_beginning_and_an_end() -> None:
    drill = closing(closure("2026-11-25T12:00", "2026-11-25T12:10"))
    assert until(ALWAYS, at("Wed 10:00"), drill) == at("Wed 12:00")
    assert until(ALWAYS, at("Wed 12:00"), drill) == at("Wed 12:10")
    assert until(ALWAYS, at("Wed 12:10"), drill) is None


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(sorted(HOLIDAYS)[-24:]), st.integers(-2 * 1440, 1440))
def test_the_turn_is_the_very_minute_at_which_the_verdict_turns(day: date, minute: int) -> None:
    moment = at(f"{day.isoformat()}T00:00").astimezone(UTC) + minute * MINUTE
    found = until(OFFICE, moment, ENGLISH)
    assert found is not None
    state = verdict(OFFICE, moment, ENGLISH).state
    assert verdict(OFFICE, found, ENGLISH).state is not state
    assert verdict(OFFICE, found - MINUTE, ENGLISH).state is state
    assert brute(OFFICE, moment, ENGLISH, timedelta(days=6)) == found


@pytest.mark.parametrize("night", NIGHTS)
def test_hours_that_turn_while_the_clocks_change_are_told_to_the_minute(night: str) -> None:
    rule = hours("Mon-Sun 00:00-01:30")
    midnight = at(night).astimezone(UTC)
    for step in range(0, 240, 5):
        asked = midnight + step * MINUTE
        assert until(rule, asked, ENGLISH) == brute(rule, asked, ENGLISH, timedelta(days=2)), asked.isoformat()
