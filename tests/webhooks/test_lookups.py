"""How many names may one caller look up? Through the door: ten in ten minutes, whoever else rings, and a retry counts once."""

import pytest
from flask import Flask

from ivr.moment import World
from ivr.position import Stage
from ivr.steps.dial_by_name import MOST_LOOKUPS
from rehearsal.staging import FollowingClock, Memory
from tests.telling import at
from tests.webhooks.knocking import CALLER, PUBLIC, TOKEN, fields, knock, place
from webhooks.guard import Guard
from webhooks.links import path_of
from webhooks.lookups import LATELY
from webhooks.voice import Door, Ports

FOUND = "For Rowan, in Children &amp; Families North 1, press 1."
ENOUGH = "You have looked up many names, so we cannot look up another just now."
ROWAN = "726"


class Caller:
    """Somebody who keys names at Devon's line, step after step; the clock stands still unless it is told to follow."""

    def __init__(self, world: World) -> None:
        self.clock, self._world = FollowingClock(at("Wed 10:00")), world
        memory = Memory(world)
        ports = Ports(memory, memory, memory, self.clock)
        self._door = Door(Flask("elsewhere").wsgi_app, Guard([TOKEN], PUBLIC), ports, "")

    def looks_up(self, hop: int, keys: str = ROWAN, sender: str = CALLER, sid: str = "CA1") -> str:
        """What is said to these letters at a step of a call."""
        target = path_of(place(self._world, "by-name", Stage.LETTERS, hop=hop))
        return knock(self._door, target, fields(self._world, Digits=keys, From=sender, CallSid=sid)).text

    def is_worn_out(self, sender: str = CALLER, sid: str = "CA1") -> None:
        """As many look-ups as are allowed, each of them answered."""
        for hop in range(MOST_LOOKUPS):
            assert FOUND in self.looks_up(hop, sender=sender, sid=sid)


@pytest.fixture
def caller(world: World) -> Caller:
    return Caller(world)


def test_one_more_name_than_is_allowed_is_not_looked_up_and_the_call_goes_on(caller: Caller) -> None:
    caller.is_worn_out()
    said = caller.looks_up(MOST_LOOKUPS)
    assert ENOUGH in said
    assert "Which area is the team in?" in said
    assert FOUND not in said


def test_ringing_again_does_not_help(caller: Caller) -> None:
    caller.is_worn_out()
    assert ENOUGH in caller.looks_up(3, sid="CA2")


def test_other_callers_are_not_held_up(caller: Caller) -> None:
    caller.is_worn_out()
    assert FOUND in caller.looks_up(3, sender="+442079460998", sid="CA2")


def test_withheld_callers_are_counted_call_by_call(caller: Caller) -> None:
    caller.is_worn_out("anonymous")
    assert ENOUGH in caller.looks_up(MOST_LOOKUPS, sender="anonymous")
    assert FOUND in caller.looks_up(3, sender="anonymous", sid="CA2")


def test_a_retry_of_a_step_counts_once_and_says_the_same(caller: Caller) -> None:
    assert len({caller.looks_up(1) for _ in range(2 * MOST_LOOKUPS)}) == 1
    assert FOUND in caller.looks_up(2)


def test_a_retry_of_the_last_allowed_one_says_the_same(caller: Caller) -> None:
    caller.is_worn_out()
    assert FOUND in caller.looks_up(MOST_LOOKUPS - 1)
    assert len({caller.looks_up(MOST_LOOKUPS) for _ in range(3)}) == 1


def test_after_ten_minutes_names_are_looked_up_again_although_some_were_refused(caller: Caller) -> None:
    caller.is_worn_out()
    caller.clock.follow(LATELY.total_seconds() - 60)
    assert ENOUGH in caller.looks_up(MOST_LOOKUPS)
    caller.clock.follow(LATELY.total_seconds())
    assert FOUND in caller.looks_up(MOST_LOOKUPS + 1)


@pytest.mark.parametrize("keys", ["72", "*", "0", ""])
def test_what_looks_nobody_up_is_not_counted(caller: Caller, keys: str) -> None:
    for hop in range(2 * MOST_LOOKUPS):
        caller.looks_up(hop, keys)
    assert FOUND in caller.looks_up(2 * MOST_LOOKUPS)
