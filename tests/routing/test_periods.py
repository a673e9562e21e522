"""Years and days on the calendar: what is just inside a period, and what is past it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.periods import Period, period_from
from tests.telling import MONDAY, at

TWO_YEARS = Period(years=2)


@pytest.mark.parametrize(
    ("now", "begins"),
    [
        ("2026-11-25T10:00", "2024-11-25T10:00"),
        ("2026-02-28T10:00", "2024-02-28T10:00"),
        ("2026-03-01T00:00", "2024-03-01T00:00"),
        ("2028-02-29T10:00", "2026-03-01T00:00"),
        ("2026-07-01T10:00", "2024-07-01T10:00"),
    ],
)
def test_two_years_are_two_years_with_a_leap_day_in_them_or_not(now: str, begins: str) -> None:
    assert TWO_YEARS.begins(at(now)) == at(begins)


def test_what_was_made_on_a_leap_day_is_kept_to_the_end_of_february() -> None:
    made = at("2024-02-29T23:00")
    assert TWO_YEARS.begins(at("2026-02-28T23:59")) <= made < TWO_YEARS.begins(at("2026-03-01T00:00"))


def test_a_days_clock_is_the_one_on_the_wall() -> None:
    assert Period(days=7).begins(at("2026-10-28T09:00")) == at("2026-10-21T09:00")


@given(st.integers(0, 60 * 24 * 366 * 8), st.integers(1, 60 * 24 * 400), st.integers(1, 90))
def test_time_never_brings_anything_back(minute: int, later: int, years: int) -> None:
    period, now = Period(years=years), MONDAY + timedelta(minutes=minute)
    assert period.begins(now) <= period.begins(now + timedelta(minutes=later)) < now + timedelta(minutes=later)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2y", Period(years=2)), ("90d", Period(days=90)), ("1y", Period(years=1)), ("0y", None), ("2", None),
        ("y", None), ("-1d", None), ("2y90d", None), ("1000y", None), ("", None),
    ],
)  # fmt: skip
def test_a_period_is_written_shortly(text: str, period: Period | None) -> None:
    assert period_from(text) == period


def test_a_period_is_said_in_words() -> None:
    assert [Period(years=2).words, Period(years=1).words, Period(days=1).words, Period(days=90).words] == [
        "2 years", "1 year", "1 day", "90 days",
    ]  # fmt: skip
