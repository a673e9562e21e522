"""What becomes of a consultation when the telephone company does not answer, or a worker stops in the middle of it?"""

import pytest

from app import Config, build
from store.presence import Status
from telephone import Fault, Person, RestFault
from tests.admin.desk_client import Holder
from tests.desk.stage import CALLER, CONSULTED, DEPUTY, HANDLER, Stage

CALLS = r"/Calls\.json$"
PARTICIPANTS = "/Participants/"


@pytest.mark.parametrize("fault", list(Fault))
def test_a_consultation_that_cannot_be_had_is_told_in_words_and_the_caller_is_still_there(
    stage: Stage, handler: Holder, fault: Fault
) -> None:
    caller = stage.talking()
    stage.exchange.rest.fails(RestFault(fault, times=None))
    transfer = stage.transfer(caller, handler)
    stage.until(lambda: stage.state(transfer["id"]) == "failed", 60)
    shown = handler.asks(f"/transfers/{transfer['id']}").get_json()
    assert shown["reason"] == "We cannot reach the telephone company at the moment; the caller is still with you."
    stage.exchange.rest.is_well()
    stage.until(lambda: stage.hears(caller) == {HANDLER}, 40)
    assert stage.exchange.longest_silence(caller).seconds <= 5


@pytest.mark.parametrize("fault", list(Fault))
def test_one_fault_when_a_phone_should_ring_rings_nobody_twice(stage: Stage, handler: Holder, fault: Fault) -> None:
    caller = stage.talking()
    for number in (CONSULTED, DEPUTY):
        stage.exchange.phone(number).will(Person("1", after=9))
    stage.exchange.rest.fails(RestFault(fault, "POST", CALLS))
    transfer = stage.transfer(caller, handler)
    stage.until(lambda: stage.state(transfer["id"]) == "consulting", 60)
    stage.exchange.advance(40)
    assert len(stage.exchange.phone(CONSULTED).calls) <= 1
    assert len(stage.exchange.phone(DEPUTY).calls) <= 1
    assert len([leg for leg in stage.exchange.legs if leg.person in (CONSULTED, DEPUTY) and not leg.is_over]) == 1


@pytest.mark.parametrize("fault", list(Fault))
def test_a_caller_who_cannot_be_taken_off_hold_at_first_is_taken_off_later(
    stage: Stage, handler: Holder, fault: Fault
) -> None:
    caller = stage.talking()
    stage.exchange.phone(CONSULTED).will(Person("1", after=2))
    transfer = stage.transfer(caller, handler)
    stage.until(lambda: stage.state(transfer["id"]) == "consulting", 30)
    stage.exchange.rest.fails(RestFault(fault, "POST", PARTICIPANTS, times=3))
    stage.commands(handler, transfer["id"], "cancel")
    stage.until(lambda: stage.hears(caller) == {HANDLER}, 30)


def test_calls_start_one_a_second_for_the_whole_deployment(stage: Stage, handler: Holder) -> None:
    other = stage.signs_in("+442079460202", "Hugo Handler")
    first, second = stage.queued(CALLER), stage.queued("+442079460998")
    stage.exchange.advance(3)
    started = [request.at for request in stage.exchange.rest.requests if request.path == "/Calls.json"]
    assert len(started) == 2
    assert started[1] - started[0] >= 1.0
    assert {stage.talk(first).handler, stage.talk(second).handler} == {stage.key_of(handler), stage.key_of(other)}


def test_another_worker_goes_on_with_a_consultation(stage: Stage, handler: Holder, config: Config) -> None:
    caller = stage.talking()
    stage.exchange.phone(CONSULTED).will(Person("1", after=6))
    transfer = stage.transfer(caller, handler)
    stage.until(lambda: stage.exchange.phone(CONSULTED).is_ringing, 10)
    stage.moves_to(build(config, stage.hand, stage.carrier))
    stage.until(lambda: stage.state(transfer["id"]) == "consulting", 30)
    again = stage.with_key(handler)
    stage.commands(again, transfer["id"], "complete")
    stage.until(lambda: stage.hears(caller) == {CONSULTED}, 20)


def test_a_worker_that_died_while_asking_is_followed_by_one_that_looks_first(stage: Stage, handler: Holder) -> None:
    """The call was placed, and nobody noted it: after its lease it is found, not placed again."""
    caller = stage.talking()
    stage.exchange.phone(CONSULTED).will(Person("1", after=25))
    stage.dies_after_the_next_ring()
    stage.transfer(caller, handler)
    stage.exchange.advance(60)
    assert len(stage.exchange.phone(CONSULTED).calls) == 1


def test_two_workers_never_run_one_errand_twice(stage: Stage, handler: Holder, config: Config) -> None:
    other = build(config, stage.hand, stage.carrier)
    stage.exchange.between(other.desk.once)
    try:
        caller = stage.talking()
        stage.exchange.phone(CONSULTED).will(Person("1", after=3))
        transfer = stage.transfer(caller, handler)
        stage.until(lambda: stage.state(transfer["id"]) == "consulting", 30)
        stage.commands(handler, transfer["id"], "complete")
        stage.until(lambda: stage.hears(caller) == {CONSULTED}, 20)
        rings = [request for request in stage.exchange.rest.requests if request.path == "/Calls.json"]
        assert len(rings) == 2
    finally:
        other.close()


def test_a_handler_whose_phone_could_not_be_rung_for_sure_is_not_called_away(stage: Stage, handler: Holder) -> None:
    stage.exchange.rest.fails(RestFault(Fault.HUNG, "POST", CALLS))
    caller = stage.queued()
    stage.until(lambda: stage.status(handler) is not Status.RINGING, 40)
    assert stage.status(handler) is Status.WRAP_UP
    assert stage.talk(caller).state.value == "waiting"
    assert stage.exchange.phone(HANDLER).calls == []
