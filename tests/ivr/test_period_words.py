"""Are stretches of time told as somebody would say them?"""

from datetime import UTC, date, datetime, timedelta

import pytest

from ivr.period_words import Frame, period, rule_words
from ivr.spans import Span, joined, within, without
from routing.clock import LONDON
from routing.hours import week_from
from tests.telling import at

SINCE = at("2026-11-25T10:00").astimezone(UTC)
HOLIDAYS = {date(2026, 12, 25): "Christmas Day", date(2027, 1, 1): "New Year’s Day", date(2027, 3, 26): "Good Friday"}
FRAME = Frame(SINCE, SINCE + timedelta(days=200), HOLIDAYS)


def span(since: str, until: str) -> Span:
    return at(since).astimezone(UTC), at(until).astimezone(UTC)


def weekly(weekday: int, hours: tuple[int, int], weeks: int = 29, but: frozenset[date] = frozenset()) -> list[Span]:
    """The same hours of a day in each week, by the clock on the wall, but for some days."""
    monday = datetime(2026, 11, 23, tzinfo=LONDON)
    days = [monday + timedelta(days=7 * week + weekday) for week in range(weeks)]
    return [
        (day.replace(hour=hours[0]).astimezone(UTC), day.replace(hour=hours[1]).astimezone(UTC))
        for day in days
        if day.date() not in but and day.astimezone(UTC) > SINCE
    ]


@pytest.mark.parametrize(
    ("spans", "words"),
    [
        ([(FRAME.since, FRAME.until)], "always"),
        ([span("2026-12-24T17:00", "2026-12-28T09:00")],
         "Thursday 24 December 2026 17:00 until Monday 28 December 2026 09:00"),
        ([span("2026-12-04T09:00", "2026-12-04T12:00")], "Friday 4 December 2026 09:00–12:00"),
        ([span("2026-12-04T00:00", "2026-12-05T00:00")], "Friday 4 December 2026"),
        ([(SINCE, at("2026-12-01T09:00").astimezone(UTC))], "until Tuesday 1 December 2026 09:00"),
        ([(at("2026-12-01T09:00").astimezone(UTC), FRAME.until)], "from Tuesday 1 December 2026 09:00 on"),
        (weekly(4, (16, 17)), "Friday 16:00–17:00"),
        (weekly(4, (16, 17), but=frozenset(HOLIDAYS)), "Friday 16:00–17:00 but not on bank holidays"),
        ([one for day in range(4) for one in weekly(day, (9, 17))], "Monday to Thursday 09:00–17:00"),
        (weekly(0, (9, 12)) + weekly(2, (9, 12)), "Monday and Wednesday 09:00–12:00"),
        (weekly(1, (9, 12), weeks=10), "until Tuesday 26 January 2027, Tuesday 09:00–12:00"),
        ([span(f"{day}T09:00", f"{day}T17:00") for day in HOLIDAYS], "on bank holidays"),
    ],
)  # fmt: skip
def test_a_period_is_told_in_words(spans: list[Span], words: str) -> None:
    assert period(spans, FRAME) == words


def test_a_habit_keeps_its_hours_when_the_clocks_change() -> None:
    hours = {(since.hour, until.hour) for since, until in weekly(4, (16, 17))}
    assert hours == {(16, 17), (15, 16)}, "half of them are in summer time"
    assert period(weekly(4, (16, 17)), FRAME) == "Friday 16:00–17:00"


def test_single_departures_from_a_habit_are_told_with_their_dates() -> None:
    but = frozenset({date(2026, 12, 18)})
    told = period(weekly(4, (16, 17), but=but), FRAME)
    assert told == "Friday 16:00–17:00 but not Friday 18 December 2026 16:00–17:00"


def test_no_more_dates_are_told_than_somebody_reads() -> None:
    days = [span(f"2026-12-{day:02}T09:00", f"2026-12-{day:02}T10:00") for day in (1, 2, 4, 8, 13)]
    assert period(days, FRAME).endswith("; and 2 more times")


@pytest.mark.parametrize(
    ("week", "words"),
    [
        ("Mon-Thu 09:00-17:00; Fri 09:00-16:00", "Monday to Thursday 09:00–17:00, Friday 09:00–16:00"),
        ("always", "at all times"),
        ("Sat-Sun 00:00-24:00", "Saturday 00:00 until Monday 00:00"),
        ("Mon 09:00-12:00 13:00-17:00", "Monday 09:00–12:00, Monday 13:00–17:00"),
    ],
)
def test_a_weekly_rule_is_told_in_words(week: str, words: str) -> None:
    read = week_from(week)
    assert not isinstance(read, str)
    assert rule_words(read) == words


def test_stretches_are_joined_cut_and_taken_away() -> None:
    one, two, three, four = (SINCE + timedelta(hours=hour) for hour in range(4))
    assert joined([(two, three), (one, two), (three, four)]) == ((one, four),)
    assert within([(one, three)], (two, four)) == ((two, three),)
    assert without([(one, four)], ((two, three),)) == ((one, two), (three, four))
    assert without([(one, two)], ((one, four),)) == ()
