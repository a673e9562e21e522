"""Does the grid name every moment at which who would ring may change, and none that is missing?"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from directory.model import Closure, DutyNumber, Effect, Shift
from directory.numbers import Number
from directory.snapshot import written
from ivr.grid import grid
from ivr.moment import World
from ivr.plan import Plan
from ivr.route import route
from routing.calendar import calendar
from routing.ladder import Wanted
from tests.telling import at

ONE, TWO = Number("+442079460301"), Number("+442079460302")
SINCE, UNTIL = at("Wed 10:00"), at("Wed 10:00") + timedelta(days=120)


@pytest.fixture
def busy(world: World) -> World:
    """Devon with a dated number, a rota and a closure."""
    team = world.directory.teams["devon-mash"]
    dated = DutyNumber(ONE, since=at("Fri 10:30"), until=at("Fri 15:15"))
    turn = Shift(at("2026-12-07T08:00"), at("2026-12-14T08:00"), TWO)
    changed = replace(team, duty_numbers=(*team.duty_numbers, dated), rota=(turn,))
    closed = Closure("storm", Effect.CLOSED, at("Thu 11:07"), at("Thu 13:11"), "storm", "devon")
    directory = world.directory.changed(world.directory.version + 1, [written(changed), written(closed)])
    return replace(world, directory=directory, calendar=calendar(world.calendar.holidays, [closed]))


def devon(world: World) -> Plan:
    plan = world.plans.of_line("devon")
    assert plan is not None
    return plan


def answer(world: World, plan: Plan, when: datetime) -> object:
    found = route(world, plan, Wanted(world.directory.teams["devon-mash"]), when)
    return found.open.state, [rung.number.number for rung in found.ladder.rungs]


def test_between_two_neighbours_nothing_changes(busy: World) -> None:
    plan = devon(busy)
    stretches = list(grid(busy, [plan]).stretches(SINCE, UNTIL))
    assert (stretches[0].since, stretches[-1].until) == (SINCE.astimezone(UTC), UNTIL.astimezone(UTC))
    for stretch, following in pairwise(stretches):
        assert stretch.until == following.since
        assert stretch.situation != following.situation
    for stretch in stretches:
        inside = answer(busy, plan, stretch.since)
        length = (stretch.until - stretch.since) / 7
        assert all(answer(busy, plan, stretch.since + part * length) == inside for part in range(7))
        assert answer(busy, plan, stretch.until - timedelta(minutes=1)) == inside


def test_dated_numbers_turns_closures_and_holidays_are_edges(busy: World) -> None:
    bounds = {stretch.since for stretch in grid(busy, [devon(busy)]).stretches(SINCE, UNTIL)}
    for when in ("Fri 10:30", "Fri 15:15", "Thu 11:07", "Thu 13:11", "2026-12-07T08:00", "2026-12-14T08:00"):
        assert at(when).astimezone(UTC) in bounds
    assert at("2026-12-25T09:00").astimezone(UTC) not in bounds


def test_alike_stretches_are_one_situation(world: World) -> None:
    found = grid(world, [devon(world)]).situations(SINCE, UNTIL)
    assert len(found) == 2
    assert sum(len(stretches) for stretches in found.values()) > 100


def test_lines_that_are_handed_over_to_count(world: World) -> None:
    plan = world.plans.of_line("call-derbyshire")
    assert plan is not None
    named = {rule.line for rule in grid(world, [plan]).hours}
    assert {"call-derbyshire", "derby"} <= named
