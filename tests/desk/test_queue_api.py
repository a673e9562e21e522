"""Who waits, and who answers whom, by the API?"""

import pytest

from store.keys import Role
from store.presence import Status
from telephone import NoAnswer, Person
from tests.admin.desk_client import Holder, holder
from tests.desk.stage import HANDLER, SECOND, Stage


def items(by: Holder) -> list[dict[str, object]]:
    reply = by.asks("/desk/queue")
    assert reply.status_code == 200, reply.get_json()
    found: list[dict[str, object]] = reply.get_json()["items"]
    return found


def test_the_queue_shows_who_waits_and_what_they_chose(stage: Stage, handler: Holder) -> None:
    stage.exchange.phone(HANDLER).will(NoAnswer())
    caller = stage.queued()
    stage.until(lambda: stage.status(handler) is Status.AWAY, 40)
    (shown,) = items(handler)
    assert (shown["call"], shown["line"], shown["priority"]) == (caller.sid, "call-derbyshire", "risk")
    assert shown["chosen"] == ["a child at risk, or if you are a member of the public"]
    assert shown["caller"]["national"] == "020 7946 0999"  # type: ignore[index]  # a number as it is answered
    assert shown["waited_seconds"] in range(15, 30)
    auditor = holder(stage.application, Role.AUDITOR)
    assert len(items(auditor)) == 1
    assert auditor.sends("POST", f"/desk/queue/{caller.sid}/answer", {}).status_code == 403


def test_a_handler_takes_a_caller_out_of_turn_once(stage: Stage, handler: Holder) -> None:
    stage.exchange.phone(HANDLER).will(NoAnswer())
    caller = stage.queued()
    stage.until(lambda: stage.status(handler) is Status.AWAY, 40)
    refused = handler.sends("POST", f"/desk/queue/{caller.sid}/answer", {})
    assert (refused.status_code, "become available first" in refused.get_json()["detail"]) == (409, True)
    stage.exchange.phone(SECOND).will(Person("1", after=2))
    second = stage.signs_in(SECOND, "Hugo Handler", lines=())
    assert second.sends("POST", f"/desk/queue/{caller.sid}/answer", {}).get_json()["state"] == "ringing"
    stage.set_status(handler, Status.AVAILABLE)
    slower = handler.sends("POST", f"/desk/queue/{caller.sid}/answer", {})
    assert (slower.status_code, slower.get_json()["detail"]) == (409, "Somebody else is answering this caller.")
    stage.until(lambda: stage.hears(caller) == {SECOND}, 30)
    assert stage.status(second) is Status.ON_CALL


def test_nobody_answers_without_being_signed_in(stage: Stage, handler: Holder) -> None:
    stage.exchange.phone(HANDLER).will(NoAnswer())
    caller = stage.queued()
    stranger = holder(stage.application, Role.HANDLER, "Nobody Yet")
    reply = stranger.sends("POST", f"/desk/queue/{caller.sid}/answer", {})
    assert (reply.status_code, "sign in" in reply.get_json()["detail"]) == (409, True)
    assert handler.sends("POST", "/desk/queue/CA123/answer", {}).status_code == 404


def test_a_handler_who_does_not_answer_is_away_and_the_next_one_is_rung(stage: Stage, handler: Holder) -> None:
    stage.exchange.phone(HANDLER).will(NoAnswer())
    stage.exchange.advance(1)
    stage.signs_in(SECOND, "Hugo Handler")
    stage.exchange.phone(SECOND).will(Person("1", after=2))
    caller = stage.queued()
    stage.until(lambda: stage.hears(caller) == {SECOND}, 60)
    assert stage.status(handler) is Status.AWAY
    assert stage.exchange.rung_twice_at_once() == []


def test_the_phone_stops_when_the_caller_hangs_up_and_the_handler_is_free_again(stage: Stage, handler: Holder) -> None:
    stage.exchange.phone(HANDLER).will(NoAnswer())
    caller = stage.queued()
    stage.until(lambda: stage.exchange.phone(HANDLER).is_ringing, 10)
    caller.hangs_up()
    stage.exchange.advance(3)
    assert stage.exchange.ringing_after(caller) == []
    assert stage.status(handler) is Status.AVAILABLE
    assert items(handler) == []


def test_a_conversation_ends_in_wrap_up(stage: Stage, handler: Holder) -> None:
    caller = stage.talking()
    caller.hangs_up()
    stage.exchange.advance(8)
    assert stage.exchange.phone(HANDLER).leg.has_heard("The caller has hung up. Goodbye.")
    assert stage.status(handler) is Status.WRAP_UP


@pytest.mark.usefixtures("handler")
def test_a_caller_whose_handler_hangs_up_is_told_and_looked_after(stage: Stage) -> None:
    caller = stage.talking()
    stage.exchange.phone(HANDLER).hangs_up()
    stage.exchange.advance(6)
    assert caller.has_heard("The person you were speaking to has left the call")
    stage.exchange.advance(60)
    assert caller.is_connected
    assert stage.exchange.longest_silence(caller).seconds <= 5 or caller.has_heard("ask us to call you back")
