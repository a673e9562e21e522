"""Is a line open at the very minute at which its hours turn?"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from routing.clock import LONDON
from routing.hours import Holidays, State, verdict
from routing.reasons import NeverCloses, OutsideHours, WithinHours
from tests.routing.given import ALWAYS, ENGLISH, HOLIDAYS, OFFICE, hours
from tests.telling import at

OPEN, CLOSED = State.OPEN, State.CLOSED
EDGES = {
    "Mon 00:00": CLOSED,
    "Mon 08:59": CLOSED,
    "Mon 09:00": OPEN,
    "Mon 16:00": OPEN,
    "Thu 15:59": OPEN,
    "Thu 16:00": OPEN,
    "Thu 16:59": OPEN,
    "Thu 17:00": CLOSED,
    "Thu 23:59": CLOSED,
    "Fri 08:59": CLOSED,
    "Fri 09:00": OPEN,
    "Fri 15:59": OPEN,
    "Fri 16:00": CLOSED,
    "Fri 16:59": CLOSED,
    "Sat 00:00": CLOSED,
    "Sat 12:00": CLOSED,
    "Sun 12:00": CLOSED,
    "Sun 23:59": CLOSED,
}


@pytest.mark.parametrize(("moment", "state"), EDGES.items())
def test_devon_opens_and_closes_on_the_minute(moment: str, state: State) -> None:
    assert verdict(OFFICE, at(moment), ENGLISH).state is state


def test_the_last_second_before_closing_is_open_and_the_next_is_not() -> None:
    closing = at("Fri 16:00")
    assert verdict(OFFICE, closing - timedelta(microseconds=1), ENGLISH).is_open
    assert not verdict(OFFICE, closing, ENGLISH).is_open


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("2026-07-03T08:59", CLOSED),
        ("2026-07-03T09:00", OPEN),
        ("2026-07-03T15:59", OPEN),
        ("2026-07-03T16:00", CLOSED),
        ("2026-07-03T08:00+00:00", OPEN),
        ("2026-07-03T15:00+00:00", CLOSED),
        ("2026-07-03T07:59+00:00", CLOSED),
    ],
)
def test_in_summer_the_wall_clock_in_england_counts(text: str, state: State) -> None:
    assert verdict(OFFICE, at(text), ENGLISH).state is state


def test_the_same_moment_has_one_verdict_in_whichever_zone_it_is_told() -> None:
    moment = at("2026-07-03T15:59")
    told = [moment, moment.astimezone(ZoneInfo("UTC")), moment.astimezone(ZoneInfo("Asia/Kolkata"))]
    assert {verdict(OFFICE, one, ENGLISH).is_open for one in told} == {True}


@pytest.mark.parametrize("day", ["2026-03-27", "2026-03-30", "2026-10-23", "2026-10-26"])
def test_the_working_days_round_both_clock_changes_keep_their_hours(day: str) -> None:
    edges = [f"{day}T08:59", f"{day}T09:00", f"{day}T15:59"]
    assert [verdict(OFFICE, at(edge), ENGLISH).is_open for edge in edges] == [False, True, True]


def test_both_passes_of_the_autumn_hour_are_read_by_the_wall_clock() -> None:
    night = hours("Sun 01:15-01:45")
    passes = [datetime(2026, 10, 25, 1, 30, tzinfo=LONDON, fold=fold) for fold in (0, 1)]
    assert [verdict(night, one, ENGLISH).is_open for one in passes] == [True, True]


def test_a_lunch_break_is_closed() -> None:
    split = hours("Wed 09:00-12:30 13:30-17:00")
    moments = ["Wed 12:29", "Wed 12:30", "Wed 13:29", "Wed 13:30", "Wed 17:00"]
    assert [verdict(split, at(moment), ENGLISH).is_open for moment in moments] == [True, False, False, True, False]


def test_the_verdict_says_why() -> None:
    assert verdict(OFFICE, at("Wed 10:00"), ENGLISH).because == WithinHours("office")
    assert verdict(OFFICE, at("Wed 18:00"), ENGLISH).because == OutsideHours("office")
    assert verdict(ALWAYS, at("Wed 03:00"), ENGLISH).because == NeverCloses()


def test_a_line_that_never_closes_is_open_on_christmas_day() -> None:
    assert verdict(ALWAYS, at("2026-12-25T03:00"), ENGLISH).is_open


@pytest.mark.parametrize("day", [day for day in HOLIDAYS if day.year >= 2026])
def test_a_rule_that_keeps_holidays_as_usual_is_open_on_each_of_them(day: datetime) -> None:
    usual = hours("Mon-Sun 09:00-17:00", Holidays.AS_USUAL)
    assert verdict(usual, at(f"{day.isoformat()}T10:00"), ENGLISH).is_open
