"""A cold transfer, on the telephone: the caller's own leg goes on to whomever the handler chose, and is never lost on the way."""

import pytest

from store.keys import Role
from telephone import Busy, NoAnswer, Person
from tests.admin.desk_client import Holder, holder
from tests.desk.stage import CALLER, CONSULTED, DEPUTY, HANDLER, SECOND, TEAM, Stage

WORKER, WORKERS_MANAGER = "+442079460231", "+442079460234"
"""The samples' worker w-c5e812, and the manager."""

ROLE = "derbyshire-head-of-service"


def entered(stage: Stage, role: str = ROLE, *numbers: str) -> None:
    """A named role gets numbers of its own."""
    editor = holder(stage.application, Role.EDITOR, "Edith Editor")
    reply = editor.changes("PATCH", f"/roles/{role}", {"numbers": list(numbers)})
    assert reply.status_code == 200, reply.get_json()


def test_to_a_worker_it_climbs_worker_manager_and_duty(stage: Stage, handler: Holder) -> None:
    caller = stage.talking()
    for number, persona in ((WORKER, NoAnswer()), (WORKERS_MANAGER, Busy(after=2)), (CONSULTED, Person("1", after=3))):
        stage.exchange.phone(number).will(persona)
    shown = stage.transfer(caller, handler, "cold", person="w-c5e812")
    assert shown["state"] == "completed"
    stage.until(lambda: stage.hears(caller) == {CONSULTED}, 120)
    assert [leg.called for leg in stage.exchange.legs if leg.direction == "outbound-dial"] == [
        WORKER, WORKERS_MANAGER, CONSULTED
    ]  # fmt: skip
    assert caller.has_heard("We are putting you through to a worker in Social Care Specialist and Safeguarding Team.")
    assert not caller.has_heard("Nell")
    assert stage.exchange.longest_silence(caller).seconds <= 5


def test_to_a_named_role_it_rings_whoever_holds_it(stage: Stage, handler: Holder) -> None:
    entered(stage, ROLE, DEPUTY)
    caller = stage.talking()
    stage.exchange.phone(DEPUTY).will(Person("1", after=3))
    stage.transfer(caller, handler, "cold", role=ROLE)
    stage.until(lambda: stage.hears(caller) == {DEPUTY}, 40)
    assert caller.has_heard("We are putting you through to Head of Service.")
    assert stage.exchange.phone(DEPUTY).leg.has_heard("Press 1 to accept") is False, "the last rung connects (ruling 2)"


def test_a_role_that_nobody_holds_leaves_the_caller_with_the_safe_message(stage: Stage, handler: Holder) -> None:
    caller = stage.talking()
    stage.transfer(caller, handler, "cold", role=ROLE)
    stage.exchange.advance(30)
    assert not caller.is_over
    assert caller.has_heard("dial 9 9 9")


def test_to_a_number_it_asks_for_a_key_and_goes_on_where_it_is_not_answered(stage: Stage, handler: Holder) -> None:
    caller = stage.talking()
    stage.exchange.phone(CONSULTED).will(Person("1", after=3))
    stage.transfer(caller, handler, "cold", number="020 7946 0301")
    stage.until(lambda: stage.hears(caller) == {CONSULTED}, 40)
    assert stage.exchange.phone(CONSULTED).leg.has_heard(
        "Press 1 to accept: a caller who is passed on to you, Call Derbyshire"
    )


@pytest.mark.parametrize("persona", [NoAnswer(), Busy(after=1), Person("", after=2)])
def test_a_number_that_does_not_take_the_call_leaves_the_line_s_own_way(
    stage: Stage, handler: Holder, persona: NoAnswer | Busy | Person
) -> None:
    caller = stage.talking()
    stage.exchange.phone(CONSULTED).will(persona)
    stage.transfer(caller, handler, "cold", number=CONSULTED)
    stage.exchange.advance(60)
    assert not caller.is_over
    assert caller.has_heard("dial 9 9 9")
    assert len(stage.exchange.phone(CONSULTED).calls) == 1
    assert stage.exchange.longest_silence(caller).seconds <= 11, "ten of them are the caller's own turn (ruling 32)"


def test_no_number_and_no_name_stands_in_a_web_address(stage: Stage, handler: Holder) -> None:
    caller = stage.talking()
    stage.exchange.phone(CONSULTED).will(Person("1", after=3))
    stage.transfer(caller, handler, "cold", number=CONSULTED)
    stage.until(lambda: stage.hears(caller) == {CONSULTED}, 40)
    for attempt in stage.exchange.attempts:
        assert CONSULTED[3:] not in attempt.request.url
        assert CALLER[3:] not in attempt.request.url


def test_the_way_on_is_the_same_when_twilio_asks_again(stage: Stage, handler: Holder) -> None:
    caller = stage.talking()
    stage.exchange.phone(CONSULTED).will(Person("1", after=9))
    stage.transfer(caller, handler, "cold", team=TEAM)
    stage.until(lambda: stage.exchange.phone(CONSULTED).is_ringing, 20)
    left = next(one for one in reversed(stage.exchange.attempts) if "-queue/f" in one.request.url)
    assert stage.sends_again(left) == left.answer


def test_the_written_record_goes_to_whoever_answers_next(stage: Stage, handler: Holder) -> None:
    """The second handler answers the line to which the first has sent the caller on; the record is locked to the first."""
    second = stage.signs_in(SECOND, "Hugo Handler", ("derby-consultation",))
    caller = stage.talking()
    path = f"/calls/{caller.sid}/contact"
    saved = handler.sends("PUT", path, {"fields": {"concern": "told on the phone", "staff_family": "yes"}})
    assert saved.get_json()["locked"]
    assert second.asks(path).status_code == 403
    stage.exchange.phone(SECOND).will(Person("1", after=3))
    stage.transfer(caller, handler, "cold", line="derby-consultation")
    stage.may_come_to(lambda: bool(stage.hears(caller)), 40)
    assert stage.hears(caller) == {SECOND}
    assert second.asks(path).get_json()["fields"]["concern"] == "told on the phone"
    assert HANDLER not in stage.hears(caller)
