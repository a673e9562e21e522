"""Does a report fall due on the first working day after its month or week, whatever the bank holidays and the clocks do?"""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest

from routing.clock import local
from routing.days import Days
from routing.report_times import A_DAY, Every, following, last_over, latest, turn, week_of
from tests.routing.given import HOLIDAYS
from tests.telling import at

DUE = [
    ("2026-11-01", "2026-12-01T08:00+00:00"),  # a Tuesday
    ("2026-12-01", "2027-01-04T08:00+00:00"),  # New Year's Day, then a weekend
    ("2026-02-01", "2026-03-02T08:00+00:00"),  # the first is a Sunday
    ("2026-03-01", "2026-04-01T07:00+00:00"),  # summer time since Sunday the 29th
    ("2026-10-01", "2026-11-02T08:00+00:00"),  # winter time since Sunday the 25th
    ("2027-12-01", "2028-01-04T08:00+00:00"),  # the holiday is kept on Monday the 3rd
    ("2028-04-01", "2028-05-02T07:00+00:00"),  # Monday the 1st is the early May bank holiday
]
WEEKS = [
    ("2026-11-18", "2026-11-23T08:00+00:00"),
    ("2026-12-22", "2026-12-29T08:00+00:00"),  # Boxing Day is kept on Monday
    ("2026-03-27", "2026-03-30T07:00+00:00"),  # the clocks go on in the night before
    ("2026-04-01", "2026-04-07T07:00+00:00"),  # Easter Monday
    ("2026-10-25", "2026-10-26T08:00+00:00"),  # the clocks go back on the last day of the week
]


@pytest.mark.parametrize(
    ("every", "day", "due"), [*((Every.MONTH, *one) for one in DUE), *((Every.WEEK, *one) for one in WEEKS)]
)
def test_it_is_due_on_the_first_working_day_after_it_at_its_hour(every: Every, day: str, due: str) -> None:
    assert turn(every, date.fromisoformat(day), 8, HOLIDAYS).due_at == datetime.fromisoformat(due)


def test_a_day_that_is_proclaimed_puts_it_off() -> None:
    proclaimed = {**HOLIDAYS, date(2026, 12, 1): "a jubilee"}
    assert local(turn(Every.MONTH, date(2026, 11, 9), 8, proclaimed).due_at).date() == date(2026, 12, 2)


def test_a_month_is_compared_with_the_month_before_and_a_week_with_the_week_before() -> None:
    month, week = turn(Every.MONTH, date(2026, 3, 9), 8, {}), turn(Every.WEEK, date(2026, 3, 9), 8, {})
    assert (month.days, month.before) == (
        Days(date(2026, 3, 1), date(2026, 3, 31)), Days(date(2026, 2, 1), date(2026, 2, 28)),
    )  # fmt: skip
    assert (week.days, week.before) == (
        Days(date(2026, 3, 9), date(2026, 3, 15)), Days(date(2026, 3, 2), date(2026, 3, 8)),
    )  # fmt: skip
    assert week_of(date(2026, 3, 15)) == week.days


def test_until_its_hour_the_one_before_is_the_last_that_fell_due() -> None:
    november, october = date(2026, 11, 1), date(2026, 10, 1)
    found = [
        latest(Every.MONTH, 8, HOLIDAYS, at(when)).days.first
        for when in ("2026-12-01T07:59", "2026-12-01T08:00", "2026-12-31T23:59")
    ]
    assert found == [october, november, november]
    assert last_over(Every.MONTH, at("2026-12-01T00:00")).first == november
    assert following(Every.MONTH, 8, HOLIDAYS, at("2026-12-01T07:59")).days.first == november


@pytest.mark.parametrize("every", Every)
@pytest.mark.parametrize("hour", [0, 1, 2, 8, 23])
def test_over_three_years_each_comes_once_in_order_and_on_a_working_day(every: Every, hour: int) -> None:
    now, turns = at("2026-01-01T12:00"), []
    while now < at("2028-11-01T12:00"):
        turns.append(following(every, hour, HOLIDAYS, now))
        now = turns[-1].due_at
    assert len(turns) == len({one.days.first for one in turns})
    assert all(one.last + A_DAY == other.first for one, other in pairwise(turn.days for turn in turns))
    assert all(one.due_at < other.due_at for one, other in pairwise(turns))
    for one in turns:
        due = local(one.due_at)
        assert due.hour == hour
        assert due.weekday() < 5
        assert due.date() not in HOLIDAYS
        between = [one.days.last + timedelta(days=ahead) for ahead in range(1, (due.date() - one.days.last).days)]
        assert all(day.weekday() > 4 or day in HOLIDAYS for day in between)
