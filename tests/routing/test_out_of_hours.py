"""Is out of hours exactly what the hours leave, minute by minute, and does somebody hold every minute?"""

from datetime import timedelta

import pytest

from ivr.moment import World
from ivr.plan import Night, Plan
from routing.hours import State, verdict
from routing.ladder import Circumstances, Fallbacks, Step, Wanted, ladder
from tests.routing.given import minutes
from tests.telling import MONDAY, at

WEEK = timedelta(days=7)
OPEN_MINUTES = {
    ("devon", "office"): 39 * 60,
    ("call-derbyshire", "always"): 168 * 60,
    ("call-derbyshire", "day"): 40 * 60,
    ("derbyshire-consultation", "office"): 40 * 60,
    ("derby", "day"): 40 * 60,
    ("derby", "consultation"): 30 * 60,
    ("derby-consultation", "consultation"): 30 * 60,
    ("sheffield-cpet", "office"): 40 * 60,
    ("cambridgeshire-ifd", "office"): 40 * 60,
}
CASES = sorted(OPEN_MINUTES)


def plan(world: World, line: str) -> Plan:
    found = world.plans.of_line(line)
    assert found is not None
    return found


def night_only(world: World, line: str, moment: str) -> tuple[State, list[tuple[Step, str]]]:
    """The state of a line at a moment, and who rings then, as the fallbacks of its plan have it."""
    found = plan(world, line)
    teams = world.directory.teams
    state = verdict(found.opens, at(moment), world.calendar).state
    fallbacks = Fallbacks(tuple(teams[slug] for slug in found.last_resort), teams.get(found.night_team))
    rungs = ladder(world.directory, Wanted(), fallbacks, Circumstances(at(moment), state)).rungs
    return state, [(rung.step, rung.number.number.national) for rung in rungs]


def test_every_rule_of_every_line_is_measured_here(world: World) -> None:
    rules = {(found.line, name) for found in world.plans.by_digest.values() for name in found.hours}
    assert rules == set(OPEN_MINUTES)


@pytest.mark.parametrize(("line", "name"), CASES)
def test_every_minute_of_a_week_is_open_or_closed_and_the_open_ones_are_those_printed(
    world: World, line: str, name: str
) -> None:
    rule = plan(world, line).hours[name]
    states = [verdict(rule, moment, world.calendar).state for moment in minutes(MONDAY, MONDAY + WEEK)]
    assert len(states) == 7 * 1440
    assert states.count(State.OPEN) == OPEN_MINUTES[line, name]
    assert states.count(State.CLOSED) == 7 * 1440 - OPEN_MINUTES[line, name]


def test_in_devon_129_hours_of_the_week_are_the_nights(world: World) -> None:
    closed = [
        m for m in minutes(MONDAY, MONDAY + WEEK) if not verdict(plan(world, "devon").opens, m, world.calendar).is_open
    ]
    assert len(closed) == 129 * 60


@pytest.mark.parametrize("moment", ["Mon 00:00", "Mon 04:30", "Mon 08:59", "2026-11-30T00:00", "2026-11-30T08:59"])
def test_careline_holds_the_small_hours_of_monday(world: World, moment: str) -> None:
    assert night_only(world, "derby", moment) == (State.CLOSED, [(Step.NIGHT, "01332 956606")])


@pytest.mark.parametrize(
    "moment", ["2026-04-06T10:00", "2026-12-25T10:00", "2026-12-28T10:00", "Mon 17:00", "Sat 12:00", "Sun 23:59"]
)
def test_careline_holds_bank_holidays_evenings_and_weekends(world: World, moment: str) -> None:
    assert night_only(world, "derby", moment) == (State.CLOSED, [(Step.NIGHT, "01332 956606")])


def test_at_nine_on_monday_derby_is_the_receptions_again(world: World) -> None:
    state, rungs = night_only(world, "derby", "Mon 09:00")
    assert state is State.OPEN
    assert rungs[0] == (Step.LAST_RESORT, "01332 641172")


def test_no_minute_of_a_week_leaves_derby_or_devon_without_a_number(world: World) -> None:
    silent = [
        (line, moment.isoformat())
        for line in ("derby", "devon")
        for moment in minutes(MONDAY, MONDAY + WEEK)
        if moment.minute in (0, 59) and not night_only(world, line, moment.isoformat())[1]
    ]
    assert silent == []


def test_a_line_that_declares_a_night_team_has_one(world: World) -> None:
    for found in world.plans.by_digest.values():
        declared = found.night is not Night.NONE_PRINTED
        assert (found.night_team in world.directory.teams) == declared, found.line
        assert all(one.authority == found.authority and one.line == found.line for one in found.hours.values())


def test_call_derbyshire_itself_never_closes(world: World) -> None:
    opens = plan(world, "call-derbyshire").opens
    assert opens.always
    assert all(verdict(opens, at(moment), world.calendar).is_open for moment in ("Mon 03:00", "2026-12-25T03:00"))
