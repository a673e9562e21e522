"""Does the door know our own test call, and no other? It answers the first step, keeps nothing, and hangs up at a second."""

from datetime import timedelta

import pytest
from flask import Flask

from ivr.moment import World
from rehearsal.staging import Memory
from routing.clock import FixedClock
from tests.conftest import hashed
from tests.telling import at
from tests.webhooks.knocking import PUBLIC, TOKEN, fields, knock, number
from webhooks.guard import Guard
from webhooks.test_call import HANGS_UP, form_of, sid_of
from webhooks.voice import Door, Ports

VOICE, STATUS, FALLBACK = "/webhooks/voice", "/webhooks/status", "/webhooks/voice/fallback"
NOW = at("Wed 10:00")
ACCOUNT = "AC" + "1" * 32


@pytest.fixture
def memory(world: World) -> Memory:
    return Memory(world)


def opened(memory: Memory, when: str = "Wed 10:00") -> Door:
    ports = Ports(memory, memory, memory, FixedClock(at(when)), keyed=hashed)
    return Door(Flask("elsewhere").wsgi_app, Guard([TOKEN], PUBLIC), ports, "")


def test_the_first_step_is_what_a_caller_hears_and_leaves_no_record(memory: Memory) -> None:
    door = opened(memory)
    heard = knock(door, VOICE, form_of(number(memory.world), ACCOUNT, hashed, NOW))
    assert memory.records == []
    called = knock(door, VOICE, fields(memory.world, From="anonymous"))
    assert (heard.status, heard.body) == (200, called.body)
    assert len(memory.records) == 1


LINES = (
    "call-derbyshire", "cambridgeshire-ifd", "derby", "derby-consultation", "derbyshire-consultation", "devon", "sheffield-cpet",
)  # fmt: skip


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("when", ["Wed 10:00", "Sun 03:00"])
def test_every_line_names_999_first_by_day_and_night(memory: Memory, line: str, when: str) -> None:
    heard = knock(opened(memory, when), VOICE, form_of(number(memory.world, line), ACCOUNT, hashed, at(when)))
    assert "9 9 9" in heard.text.partition("</Say>")[0]
    assert memory.records == []


def test_a_second_step_and_the_fallback_hang_up_and_a_status_is_not_kept(memory: Memory) -> None:
    door, form = opened(memory), form_of(number(memory.world), ACCOUNT, hashed, NOW)
    plan = memory.world.plans.of_line("devon")
    assert plan
    onward = f"{VOICE}/1/{plan.digest}/devon/welcome/k1"
    assert [knock(door, path, form).body for path in (onward, FALLBACK, f"{FALLBACK}/after")] == [HANGS_UP] * 3
    assert knock(door, STATUS, [*form, ("CallStatus", "completed")]).status == 204
    assert memory.records == []


@pytest.mark.parametrize(
    "made",
    [
        NOW - timedelta(minutes=12),
        NOW + timedelta(minutes=2),
    ],
    ids=["old", "not yet"],
)
def test_a_sid_that_is_not_of_now_is_any_call(memory: Memory, made: object) -> None:
    form = form_of(number(memory.world), ACCOUNT, hashed, made)  # type: ignore[arg-type]  # a moment
    assert knock(opened(memory), VOICE, form).status == 200
    assert len(memory.records) == 1


def test_a_sid_for_another_number_or_of_another_deployment_is_any_call(memory: Memory) -> None:
    door, devon = opened(memory), number(memory.world)
    other = sid_of(number(memory.world, "sheffield-cpet"), hashed, NOW)
    foreign = sid_of(devon, lambda text: hashed(f"other {text}"), NOW)
    for sid in (other, foreign, other.upper(), "CA" + "é" * 32):
        knock(door, VOICE, fields(memory.world, CallSid=sid))
    assert len(memory.records) == 4


def test_unsigned_it_is_refused_like_any_other(memory: Memory) -> None:
    form = form_of(number(memory.world), ACCOUNT, hashed, NOW)
    assert knock(opened(memory), VOICE, form, HTTP_X_TWILIO_SIGNATURE="x").status == 403
