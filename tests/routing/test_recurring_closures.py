"""When does a closure that repeats take place, in winter and in summer?"""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from routing.calendar import MOST_OCCURRENCES, recurrence, windows_of
from routing.clock import LONDON
from routing.hours import verdict
from tests.routing.given import ALWAYS, ENGLISH, OFFICE, closing, closure
from tests.telling import at

START = datetime(2026, 11, 25, 12, tzinfo=UTC)


def walls(since: str, until: str, rrule: str) -> list[tuple[str, str]]:
    """Each occurrence as it stands on the wall clock in England."""
    windows = windows_of(closure(since, until, rrule=rrule))
    form = "%d %b %H:%M"
    return [(w.since.astimezone(LONDON).strftime(form), w.until.astimezone(LONDON).strftime(form)) for w in windows]


def test_a_weekly_meeting_keeps_its_hour_across_the_autumn_change() -> None:
    assert walls("2026-10-21T12:00", "2026-10-21T13:00", "FREQ=WEEKLY;COUNT=3") == [
        ("21 Oct 12:00", "21 Oct 13:00"),
        ("28 Oct 12:00", "28 Oct 13:00"),
        ("04 Nov 12:00", "04 Nov 13:00"),
    ]


def test_a_weekly_meeting_keeps_its_hour_across_the_spring_change() -> None:
    assert walls("2027-03-24T12:00", "2027-03-24T13:00", "FREQ=WEEKLY;UNTIL=20270407T235959") == [
        ("24 Mar 12:00", "24 Mar 13:00"),
        ("31 Mar 12:00", "31 Mar 13:00"),
        ("07 Apr 12:00", "07 Apr 13:00"),
    ]


@pytest.mark.parametrize("first", ["2026-10-17", "2027-03-20"])
def test_a_weekly_night_ends_at_its_hour_even_on_the_night_that_the_clocks_change(first: str) -> None:
    morning = at(f"{first}T12:00").replace(day=at(f"{first}T12:00").day + 1).strftime("%Y-%m-%d")
    found = walls(f"{first}T17:00", f"{morning}T09:00", "FREQ=WEEKLY;COUNT=3")
    assert [(since[-5:], until[-5:]) for since, until in found] == [("17:00", "09:00")] * 3


def test_a_recurring_closure_closes_each_time_and_only_then() -> None:
    meeting = closing(closure("2026-10-21T12:00", "2026-10-21T13:00", rrule="FREQ=WEEKLY;COUNT=2"))
    days = ["2026-10-21", "2026-10-28", "2026-11-04"]
    assert [verdict(OFFICE, at(f"{day}T12:30"), meeting).is_open for day in days] == [False, False, True]
    assert [verdict(OFFICE, at(f"{day}T11:59"), meeting).is_open for day in days] == [True, True, True]
    assert [verdict(OFFICE, at(f"{day}T13:00"), meeting).is_open for day in days] == [True, True, True]


def test_a_closure_that_does_not_repeat_happens_once_as_entered() -> None:
    [window] = windows_of(closure("2026-11-25T12:00", "2026-11-25T13:00"))
    assert (window.since, window.until) == (START, datetime(2026, 11, 25, 13, tzinfo=UTC))


@pytest.mark.parametrize("since", ["2026-10-24T17:00", "2027-03-27T17:00"])
def test_a_closure_told_in_englands_own_zone_is_the_one_told_in_utc(since: str) -> None:
    morning = at(since).replace(day=at(since).day + 1, hour=9)
    told = replace(closure(since, "2030-01-01"), since=at(since), until=morning)
    [window] = windows_of(told)
    assert window.until == morning.astimezone(UTC)


def test_the_first_occurrence_of_a_rule_is_the_closure_itself() -> None:
    once = closure("2026-11-25T12:00", "2026-11-25T13:00")
    assert windows_of(once)[0] == windows_of(replace(once, rrule="FREQ=DAILY;COUNT=5"))[0]


def test_a_rule_with_exceptions_of_weekday_is_followed() -> None:
    found = walls("2026-11-26T12:00", "2026-11-26T13:00", "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;COUNT=3")
    assert [since for since, _ in found] == ["26 Nov 12:00", "27 Nov 12:00", "30 Nov 12:00"]


@pytest.mark.parametrize(
    "text", ["FREQ=WEEKLY;COUNT=4", "FREQ=DAILY;UNTIL=20261231", "freq=weekly;count=2", "RRULE:FREQ=WEEKLY;COUNT=2"]
)
def test_a_rule_with_an_end_is_read(text: str) -> None:
    assert recurrence(text, START) is not None


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=WEEKLY",
        "FREQ=SECONDLY;UNTIL=20301231",
        f"FREQ=DAILY;COUNT={MOST_OCCURRENCES + 1}",
        "every Wednesday",
        "FREQ=FORTNIGHTLY;COUNT=2",
        "COUNT=2",
        "FREQ=WEEKLY;COUNT=x",
        "RRULE:FREQ=WEEKLY;COUNT=2\nRRULE:FREQ=DAILY;COUNT=2",
    ],
)
def test_a_rule_that_is_unreadable_endless_or_too_long_is_none(text: str) -> None:
    assert recurrence(text, START) is None


def test_the_longest_rule_is_still_one() -> None:
    assert recurrence(f"FREQ=DAILY;COUNT={MOST_OCCURRENCES}", START) is not None
    assert len(windows_of(closure("2026-11-25T12:00", "2026-11-25T13:00", rrule="FREQ=DAILY;COUNT=400"))) == 400


def test_a_line_that_never_closes_observes_a_recurring_closure_too() -> None:
    drill = closing(closure("2026-11-25T12:00", "2026-11-25T12:10", rrule="FREQ=WEEKLY;COUNT=2"))
    assert [
        verdict(ALWAYS, at(day), drill).is_open for day in ("Wed 12:05", "2026-12-02T12:05", "2026-12-09T12:05")
    ] == [
        False,
        False,
        True,
    ]
    assert verdict(ALWAYS, at("Wed 12:05"), ENGLISH).is_open
