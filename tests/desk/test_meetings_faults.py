"""What becomes of a meeting when the telephone company does not answer, or a worker stops in the middle of it?"""

import pytest

from app import Config, build
from telephone import Fault, Person, RestFault, Unruly
from tests.admin.desk_client import Holder
from tests.desk.convening import (
    CHAIR,
    EVERYBODY,
    NURSE,
    SERGEANT,
    WORKER,
    arranged,
    begun,
    commands,
    convened,
    is_together,
    leg_of,
    reads,
    states,
)
from tests.desk.stage import Stage

CALLS = r"/Calls\.json$"


@pytest.mark.parametrize("fault", list(Fault))
def test_no_fault_rings_anybody_twice(stage: Stage, handler: Holder, fault: Fault) -> None:
    convened(stage)
    for number in EVERYBODY:
        stage.exchange.phone(number).will(Person("1", after=9))
    key = arranged(handler)["id"]
    commands(stage, handler, key, "start")
    stage.until(lambda: stage.exchange.phone(CHAIR).is_ringing, 10)
    stage.until(lambda: leg_of(stage, CHAIR).has_heard("You are the first"), 30)
    stage.exchange.rest.fails(RestFault(fault, "POST", CALLS, times=2))
    stage.exchange.advance(90)
    assert all(len(stage.exchange.phone(number).calls) <= 1 for number in EVERYBODY)
    shown = reads(handler, key)
    assert set(states(shown).values()) <= {"in", "unreached"}
    there = {number for number in EVERYBODY if stage.exchange.phone(number).calls and not leg_of(stage, number).is_over}
    assert CHAIR in there
    assert is_together(stage, *there)
    assert len(there) == list(states(shown).values()).count("in")


@pytest.mark.parametrize("fault", list(Fault))
def test_the_meeting_ends_for_everybody_when_it_is_ended(stage: Stage, handler: Holder, fault: Fault) -> None:
    key = begun(stage, handler)
    stage.exchange.rest.fails(RestFault(fault, "POST", "/Conferences/", times=3))
    assert commands(stage, handler, key, "end")["state"] == "ended"
    stage.until(lambda: all(leg.is_over for leg in stage.exchange.legs), 60)
    assert leg_of(stage, NURSE).has_heard("The meeting has ended. Goodbye.")


@pytest.mark.parametrize("fault", [Fault.TOO_MANY, Fault.BROKEN, Fault.HUNG, Fault.LOST_REPLY])
def test_somebody_is_muted_and_removed_in_spite_of_faults(stage: Stage, handler: Holder, fault: Fault) -> None:
    key = begun(stage, handler)
    nurse = next(one["id"] for one in reads(handler, key)["seats"] if one["code"] == "named-nurse")
    stage.exchange.rest.fails(RestFault(fault, path="/Participants/", times=2))
    commands(stage, handler, key, "mute", seat=nurse)
    stage.until(lambda: NURSE not in stage.hears(leg_of(stage, CHAIR)), 20)
    stage.exchange.rest.fails(RestFault(fault, path="/Participants/", times=2))
    commands(stage, handler, key, "remove", seat=nurse)
    stage.until(lambda: leg_of(stage, NURSE).is_over, 30)


def test_another_worker_goes_on_with_it(stage: Stage, handler: Holder, config: Config) -> None:
    convened(stage)
    key = arranged(handler)["id"]
    commands(stage, handler, key, "start")
    stage.until(lambda: stage.exchange.phone(CHAIR).is_ringing, 10)
    stage.moves_to(build(config, stage.hand, stage.carrier))
    again = stage.with_key(handler)
    stage.until(lambda: is_together(stage, *EVERYBODY), 60)
    commands(stage, again, key, "end")
    stage.until(lambda: all(leg.is_over for leg in stage.exchange.legs), 30)


def test_a_worker_that_died_while_asking_is_followed_by_one_that_looks_first(stage: Stage, handler: Holder) -> None:
    convened(stage)
    stage.exchange.phone(CHAIR).will(Person("1", after=14))
    key = arranged(handler)["id"]
    stage.dies_after_the_next_ring()
    commands(stage, handler, key, "start")
    stage.until(lambda: is_together(stage, *EVERYBODY), 90)
    assert len(stage.exchange.phone(CHAIR).calls) == 1


@pytest.mark.parametrize("seed", range(3))
def test_callbacks_late_doubled_and_in_disorder_tell_the_same_attendance(
    stage: Stage, handler: Holder, seed: int
) -> None:
    stage.plugs_in(Unruly(seed), seed)
    key = begun(stage, handler)
    stage.exchange.advance(20)
    leg_of(stage, WORKER).hangs_up()
    stage.exchange.advance(30)
    commands(stage, handler, key, "end")
    stage.exchange.advance(60)
    shown = reads(handler, key)
    assert sorted(stay["words"] for stay in shown["attendance"]) == [
        "Detective Sergeant", "Named Nurse", "Social Worker", "Starting Point Team Manager"
    ]  # fmt: skip
    left = {stay["words"]: stay["until"] for stay in shown["attendance"]}
    assert left["Social Worker"] < left["Detective Sergeant"]
    assert left["Detective Sergeant"] >= shown["ended_at"]
    assert leg_of(stage, SERGEANT).is_over
