"""When is silence improbable? Against calls by chance, with seeds; at closures, bank holidays and clock changes; never on thin ice."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from routing.hours import Holidays
from routing.silence import Habit, Line, Thin, habit, improbable_at
from tests.routing.ringing import line, rung

START = datetime(2026, 1, 5, tzinfo=UTC)


def known(calls: list[datetime], of: Line, now: datetime) -> Habit:
    found = habit(calls, of, now)
    assert isinstance(found, Habit), found
    return found


@pytest.mark.parametrize(("an_hour", "least", "most"), [(2.0, 3.0, 8.0), (5.0, 1.2, 3.0), (30.0, 0.25, 0.6)])
def test_calls_that_stop_in_the_morning_are_missed_within_hours_or_minutes(
    an_hour: float, least: float, most: float
) -> None:
    office, stops = line(), datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
    calls = list(rung(Random(7), office, START, stops, an_hour))
    enough = improbable_at(known(calls, office, stops), office, stops)
    assert enough
    assert least <= (enough - stops).total_seconds() / 3600 <= most


def test_a_night_and_a_weekend_say_nothing() -> None:
    office, friday = line(), datetime(2026, 3, 6, 16, 55, tzinfo=UTC)
    calls = list(rung(Random(7), office, START, friday, 5))
    enough = improbable_at(known(calls, office, friday), office, friday)
    assert enough
    assert datetime(2026, 3, 9, 10, tzinfo=UTC) < enough < datetime(2026, 3, 9, 13, tzinfo=UTC)


def test_a_bank_holiday_is_a_day_of_its_own() -> None:
    easter, thursday = (date(2026, 4, 3), date(2026, 4, 6)), datetime(2026, 4, 2, 15, 55, tzinfo=UTC)
    for holidays in Holidays:
        office = line("Mon-Fri 09:00-17:00", holidays, *easter)
        calls = list(rung(Random(7), office, START, thursday, 5))
        enough = improbable_at(known(calls, office, thursday), office, thursday)
        assert enough
        assert enough.date() == date(2026, 4, 7)  # on Friday and Monday nothing is known of holidays


def test_what_holidays_are_like_is_learned_from_holidays() -> None:
    christmas = (date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1))
    always = line("always", Holidays.AS_USUAL, *christmas)
    since, until = datetime(2026, 11, 2, tzinfo=UTC), datetime(2026, 12, 30, tzinfo=UTC)
    calls = [at for at in rung(Random(3), always, since, until, 6) if at.date() not in christmas or at.hour >= 12]
    usual = known(calls, always, until)
    assert all((7, hour, True) not in usual.calls for hour in range(12))
    assert all(usual.calls[7, hour, True] for hour in range(12, 24))
    new_year = improbable_at(usual, always, datetime(2026, 12, 31, 23, 59, tzinfo=UTC))
    assert new_year
    assert new_year > datetime(2027, 1, 1, 12, 30, tzinfo=UTC)


def test_a_closure_that_is_entered_is_no_silence() -> None:
    office, shut = line(), line("Mon-Wed 09:00-17:00; Fri 09:00-17:00")
    wednesday = datetime(2026, 3, 4, 16, 50, tzinfo=UTC)
    usual = known(list(rung(Random(7), office, START, wednesday, 5)), office, wednesday)
    on_thursday, on_friday = improbable_at(usual, office, wednesday), improbable_at(usual, shut, wednesday)
    assert on_thursday
    assert on_friday
    assert (on_thursday.day, on_friday.day) == (5, 6)


@pytest.mark.parametrize(
    ("sunday", "hours"), [(date(2026, 3, 29), {0: 8, 1: 7, 2: 8}), (date(2026, 10, 25), {0: 8, 1: 9, 2: 8})]
)
def test_hours_count_as_they_pass_when_the_clocks_change(sunday: date, hours: dict[int, int]) -> None:
    always, now = line("always"), datetime.combine(sunday + timedelta(days=1), datetime.min.time(), UTC)
    now += timedelta(hours=12)
    calls = list(rung(Random(5), always, now - timedelta(weeks=10), now, 4))
    usual = known(calls, always, now)
    assert {hour: round(usual.hours[6, hour, True]) for hour in hours} == hours
    assert sum(usual.hours.values()) == pytest.approx(8 * 168 + {3: -1, 10: 1}[sunday.month])
    last = datetime.combine(sunday, datetime.min.time(), UTC) + timedelta(minutes=30)
    enough = improbable_at(usual, always, last)
    assert enough
    assert timedelta(hours=1.5) < enough - last < timedelta(hours=5)


@pytest.mark.parametrize(
    ("days", "an_hour", "words"),
    [
        (60, 0.01, "calls in the last eight weeks"),
        (20, 5.0, "28 are needed"),
        (60, 0.0, "nobody rang it"),
    ],
)
def test_a_thin_history_is_never_judged_and_says_so(days: int, an_hour: float, words: str) -> None:
    office, now = line(), datetime(2026, 6, 1, 12, tzinfo=UTC)
    since = now - timedelta(days=days)
    found = habit(list(rung(Random(2), office, since, now, an_hour)) if an_hour else [], office, now)
    assert isinstance(found, Thin)
    assert words in found.words


def test_days_that_differ_ask_for_more_patience_than_days_that_are_alike() -> None:
    office, now = line(), datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
    calm, restless = (
        known(list(rung(Random(4), office, START, now, 20, unrest)), office, now) for unrest in (0.0, 0.1)
    )
    assert calm.variance < 0.03 < restless.variance
    assert restless.needed > calm.needed


def test_what_a_slot_says_does_not_depend_on_how_the_silence_is_cut() -> None:
    office, now = line(), datetime(2026, 3, 4, 12, tzinfo=UTC)
    usual = known(list(rung(Random(4), office, START, now, 5)), office, now)
    early = improbable_at(usual, office, datetime(2026, 3, 4, 9, 0, tzinfo=UTC))
    before = improbable_at(usual, office, datetime(2026, 3, 4, 8, 17, 43, tzinfo=UTC))
    assert early == before
