"""Does an independent reading of every bundled line's hours say the same at every minute?"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

import pytest
from opening_hours import OpeningHours

from ivr.moment import World
from routing.hours import Hours, verdict
from routing.reasons import BankHoliday
from tests.routing.given import HOLIDAYS
from tests.routing.oracle import BY_EXPRESSION, ENGLAND, EXPRESSIONS, UTC, YEARS, Oracle

MINUTE = timedelta(minutes=1)
FIRST, END = datetime(YEARS[0], 1, 1, tzinfo=UTC), datetime(YEARS[-1] + 1, 1, 1, tzinfo=UTC)
MINUTES = 1_578_240
TURNS = (0, 9 * 60, 10 * 60, 16 * 60, 17 * 60)
CHANGES = [
    date(2026, 3, 29),
    date(2026, 10, 25),
    date(2027, 3, 28),
    date(2027, 10, 31),
    date(2028, 3, 26),
    date(2028, 10, 29),
]
DAYS = [FIRST.date() + timedelta(days=day) for day in range((END - FIRST).days)]
OBSERVED = [day for day in HOLIDAYS if day.year in YEARS]
WEEKLY = [expression for expression in BY_EXPRESSION if expression != "24/7"]
OPEN_MINUTES = {
    "Mo-Th 09:00-17:00; Fr 09:00-16:00": 2340,
    "Mo-Fr 09:00-17:00": 2400,
    "Mo-Fr 10:00-16:00": 1800,
    "24/7": 10080,
}


def rule(world: World, line: str, name: str) -> Hours:
    plan = world.plans.of_line(line)
    assert plan is not None
    return plan.hours[name]


def wall(day: date, minute: int) -> datetime:
    midnight = datetime(day.year, day.month, day.day, tzinfo=ENGLAND)
    return (midnight + minute * MINUTE).astimezone(UTC)


def run(since: datetime, until: datetime) -> Iterator[datetime]:
    return (since + step * MINUTE for step in range((until - since) // MINUTE))


def differences(world: World, hours: Hours, expression: str, moments: Iterable[datetime]) -> tuple[int, list[str]]:
    """How many moments were compared, and those at which the two readings differ."""
    reading, calendar, found, compared = Oracle(expression), world.calendar, [], 0
    for at in moments:
        compared += 1
        if verdict(hours, at, calendar).is_open != reading.open(at):
            found.append(at.isoformat())
    return compared, found


def test_every_rule_of_every_bundled_line_has_an_independent_reading(world: World) -> None:
    rules = {(plan.line, name) for plan in world.plans.by_digest.values() for name in plan.hours}
    assert rules == set(EXPRESSIONS)


@pytest.mark.parametrize(("line", "name"), sorted(EXPRESSIONS))
def test_at_every_opening_and_closing_of_three_years_both_readings_agree(world: World, line: str, name: str) -> None:
    moments = [wall(day, turn + off) for day in DAYS for turn in TURNS for off in (-1, 0, 1)]
    assert differences(world, rule(world, line, name), EXPRESSIONS[line, name], moments) == (len(DAYS) * 15, [])


@pytest.mark.parametrize("expression", WEEKLY)
def test_through_every_bank_holiday_both_readings_agree_and_name_it_the_same(world: World, expression: str) -> None:
    hours, reading = rule(world, *BY_EXPRESSION[expression]), Oracle(expression)
    for day in OBSERVED:
        _, found = differences(world, hours, expression, [wall(day, quarter) for quarter in range(-60, 1500, 15)])
        assert found == []
        assert verdict(hours, wall(day, 720), world.calendar).because == BankHoliday(reading.comment(wall(day, 720)))


@pytest.mark.parametrize("expression", BY_EXPRESSION)
@pytest.mark.parametrize("sunday", CHANGES)
def test_on_the_nights_that_the_clocks_change_every_minute_agrees(world: World, expression: str, sunday: date) -> None:
    moments = run(wall(sunday, -180), wall(sunday, 2 * 1440))
    compared, found = differences(world, rule(world, *BY_EXPRESSION[expression]), expression, moments)
    assert found == []
    assert compared == 180 + 2 * 1440 + (60 if sunday.month == 10 else -60)


@pytest.mark.parametrize("expression", BY_EXPRESSION)
def test_the_independent_reading_knows_the_hours_of_a_week(expression: str) -> None:
    reading, monday = Oracle(expression), datetime(2026, 11, 23, tzinfo=UTC)
    assert sum(reading.open(at) for at in run(monday, monday + timedelta(days=7))) == OPEN_MINUTES[expression]


@pytest.mark.parametrize("wrong", ["Mo-Fr 09:00-17:00", "Mo-Th 09:00-17:00; Fr 09:00-16:01"])
def test_a_reading_that_is_a_minute_out_is_noticed(world: World, wrong: str) -> None:
    moments = [wall(date(2026, 11, 27), 16 * 60 + off) for off in (-1, 0, 1)]
    assert "2026-11-27T16:00:00+00:00" in differences(world, rule(world, "devon", "office"), wrong, moments)[1]


@pytest.mark.parametrize("sunday", [day for day in CHANGES if day.month == 10])
def test_the_library_still_errs_in_the_minute_before_the_clocks_go_back(sunday: date) -> None:
    """Fails when it no longer does: the detour of ``Oracle.open`` can go then."""
    always = OpeningHours("24/7", timezone=ENGLAND, auto_country=False)
    night = run(wall(sunday, 0), wall(sunday, 300))
    assert [at for at in night if not always.is_open(at)] == [wall(sunday, 60) + 59 * MINUTE]


@pytest.mark.minutes
@pytest.mark.timeout(900)
@pytest.mark.parametrize("expression", BY_EXPRESSION)
def test_every_minute_of_three_years_agrees(world: World, expression: str) -> None:
    hours = rule(world, *BY_EXPRESSION[expression])
    assert differences(world, hours, expression, run(FIRST, END)) == (MINUTES, [])


@pytest.mark.minutes
def test_rules_that_share_a_reading_are_the_same_rule(world: World) -> None:
    """Why each distinct reading is walked once only: what the others say at a minute hangs on the same week."""
    for (line, name), expression in EXPRESSIONS.items():
        one, other = rule(world, line, name), rule(world, *BY_EXPRESSION[expression])
        assert (one.week, one.holidays) == (other.week, other.holidays)
