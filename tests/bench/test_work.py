"""Does a step do no more work than it did? Counted, not timed: calls of functions and records; none grows with the directory."""

import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from bench.inside import NAMES, asks
from directory.model import Person
from directory.numbers import Number
from directory.snapshot import written
from ivr.engine import advance
from ivr.moment import Call, Moment, World
from ivr.walk import walk
from rehearsal.staging import Memory
from tests.conftest import WEDNESDAY
from tests.scale.county import team
from tests.telling import at as moment_of

MOST_CALLS = {"the greeting": 360, "an area": 365, "a team": 352, "its phone rings": 485, "the next phone": 486}
"""What each step came to when this was written, and a twentieth more."""

PEOPLE, TEAMS = 5_000, 500


def calls_of(way: Callable[[], object]) -> int:
    """How many functions are called, once everything is warm."""
    seen = 0

    def count(_: object, event: str, __: object) -> None:
        nonlocal seen
        seen += event in ("call", "c_call")

    for _ in range(3):
        way()
    sys.setprofile(count)
    try:
        way()
    finally:
        sys.setprofile(None)
    return seen


@pytest.mark.parametrize("name", NAMES)
def test_a_step_calls_no_more_functions_than_it_did(world: World, name: str) -> None:
    assert calls_of(asks(Memory(world), WEDNESDAY.now())[name]) <= MOST_CALLS[name]


def test_a_step_is_one_append(world: World) -> None:
    memory = Memory(world)
    for way in asks(memory, WEDNESDAY.now()).values():
        memory.records.clear()
        way()
        assert len(memory.records) == 1


@pytest.fixture
def larger(world: World) -> World:
    """With many more people and teams."""
    people = (written(Person(f"w-{place:06}", f"Invently {place}", "devon-mash")) for place in range(PEOPLE))
    teams = (written(team(place)) for place in range(TEAMS))
    return replace(world, directory=world.directory.changed(world.directory.version + 1, (*teams, *people)))


def test_no_step_does_more_in_a_larger_directory(world: World, larger: World) -> None:
    few, many = (asks(Memory(one), WEDNESDAY.now()) for one in (world, larger))
    assert {name: calls_of(way) for name, way in few.items()} == {name: calls_of(way) for name, way in many.items()}


@pytest.mark.parametrize("at", ["Wed 10:00", "Sun 03:00"])
def test_nothing_that_can_happen_on_a_line_takes_more_work_in_a_larger_directory(
    world: World, larger: World, at: str
) -> None:
    caller = Number("+442079460999")
    for line, entry in world.directory.lines.items():
        call, now = Call("CA" + "0" * 32, caller, entry.numbers[0]), moment_of(at)
        for seen in walk(world, line, now, call):
            plan = world.plans.by_digest[seen.position.digest]
            few, many = (Moment(one, plan, call, seen.position, seen.event, now) for one in (world, larger))
            assert calls_of(partial(advance, few)) == calls_of(partial(advance, many)), (line, seen)
