"""The police as a third party, a colleague who is consulted, and what a handler hears meanwhile."""

from datetime import timedelta

from desk.presence import WRAP_UP
from desk.prompts import prompts
from store.keys import Role
from store.presence import Status
from telephone import Busy, Fault, NoAnswer, Person, RestFault
from tests.admin.desk_client import Holder, codes, holder
from tests.desk.stage import CALLER, CONSULTED, DEPUTY, HANDLER, SECOND, Stage

FORCE = "+442079460355"


def enters_the_force(stage: Stage) -> None:
    editor = holder(stage.application, Role.EDITOR, "Edith Editor")
    role = {"authority": "derbyshire", "name": "Police", "numbers": ["020 7946 0355"]}
    reply = editor.sends("POST", "/roles", role)
    assert (reply.status_code, reply.get_json()["slug"]) == (201, "derbyshire-police")


def test_police_join_at_once_and_nobody_is_put_on_hold(stage: Stage, handler: Holder) -> None:
    enters_the_force(stage)
    caller = stage.talking()
    stage.exchange.phone(FORCE).will(Person("1", after=4))
    begun = handler.sends("POST", f"/calls/{caller.sid}/transfers", {"to": {"police": "derbyshire-police"}}).get_json()
    assert (begun["mode"], begun["state"], begun["can"]) == ("join", "ringing", ["cancel"])
    stage.exchange.advance(3)
    assert stage.hears(caller) == {HANDLER}, "the two talk on while it rings"
    stage.until(lambda: stage.hears(caller) == {HANDLER, FORCE}, 30)
    assert stage.state(begun["id"]) == "joined"
    assert stage.exchange.phone(FORCE).leg.has_heard("Press 1 to accept: Police, Call Derbyshire")
    stage.commands(handler, begun["id"], "complete")
    stage.until(lambda: stage.hears(caller) == {FORCE}, 20)
    assert not [leg for leg in stage.exchange.legs if leg.has_heard("Thank you for holding")]


def test_police_who_do_not_answer_are_told_of_and_the_two_talk_on(stage: Stage, handler: Holder) -> None:
    enters_the_force(stage)
    caller = stage.talking()
    stage.exchange.phone(FORCE).will(Busy(after=2))
    transfer = stage.transfer(caller, handler, "join", police="derbyshire-police")
    stage.until(lambda: stage.state(transfer["id"]) == "failed", 30)
    stage.exchange.advance(4)
    assert stage.hears(caller) == {HANDLER}
    assert stage.exchange.phone(HANDLER).leg.has_heard("Nobody could be reached; the caller is with you.")


def test_without_a_number_of_the_force_the_refusal_says_how_to_enter_it(stage: Stage, handler: Holder) -> None:
    caller = stage.talking()
    reply = handler.sends("POST", f"/calls/{caller.sid}/transfers", {"to": {"police": "derbyshire-police"}})
    assert (reply.status_code, codes(reply)) == (422, {"to.police": "no-force"})
    message = reply.get_json()["errors"][0]["message"]
    assert "POST /api/v1/roles" in message
    assert "999 and 101 are never dialled" in message
    editor = holder(stage.application, Role.EDITOR, "Edith Editor")
    for number in ("999", "101"):
        role = {"authority": "derbyshire", "name": "Police", "numbers": [number]}
        assert codes(editor.sends("POST", "/roles", role)) == {"numbers.0": "number-short-code"}


def test_a_handler_hears_whose_phone_rings_and_that_the_next_is_tried(stage: Stage, handler: Holder) -> None:
    caller = stage.talking()
    stage.exchange.phone(CONSULTED).will(Busy(after=3))
    stage.exchange.phone(DEPUTY).will(NoAnswer())
    stage.transfer(caller, handler)
    mine = stage.exchange.phone(HANDLER).leg
    stage.until(lambda: mine.has_heard("Calling Social Care Specialist and Safeguarding Team."), 10)
    stage.until(lambda: mine.has_heard("Team: engaged. Trying the next number."), 15)
    assert not caller.has_heard("Trying the next number")


def test_a_wrap_up_ends_by_itself_though_no_page_looks(stage: Stage, handler: Holder) -> None:
    stage.set_status(handler, Status.WRAP_UP)
    stage.exchange.advance(WRAP_UP / timedelta(seconds=1) - 2)
    assert stage.status(handler) is Status.WRAP_UP
    stage.exchange.advance(4)
    assert stage.status(handler) is Status.AVAILABLE


def consulted_colleague(stage: Stage, handler: Holder) -> tuple[Holder, str]:
    """The locality's second number is the phone of a colleague who is at the desk."""
    other = stage.signs_in(CONSULTED, "Olga Other", ("sheffield-cpet",))
    caller = stage.talking()
    path = f"/calls/{caller.sid}/contact"
    saved = handler.sends("PUT", path, {"fields": {"concern": "told on the phone", "staff_family": "yes"}})
    assert saved.get_json()["locked"]
    stage.exchange.phone(CONSULTED).will(Person("1", after=3))
    transfer = stage.transfer(caller, handler)
    assert stage.status(other) is Status.RINGING
    stage.until(lambda: stage.state(transfer["id"]) == "consulting", 20)
    return other, transfer["id"]


def test_a_locked_record_opens_to_the_colleague_who_has_the_call_now(stage: Stage, handler: Holder) -> None:
    other, transfer = consulted_colleague(stage, handler)
    caller = stage.exchange.legs[0]
    path = f"/calls/{caller.sid}/contact"
    assert stage.status(other) is Status.ON_CALL
    assert other.asks(path).status_code == 403, "only consulted so far"
    stage.commands(handler, transfer, "complete")
    stage.commands(handler, transfer, "complete")
    stage.until(lambda: stage.hears(caller) == {CONSULTED}, 10)
    assert other.asks(path).get_json()["fields"]["concern"] == "told on the phone"
    third = stage.signs_in(SECOND, "Theo Third", ("sheffield-cpet",))
    assert third.asks(path).status_code == 403
    caller.hangs_up()
    stage.exchange.advance(20)
    assert stage.status(other) is Status.WRAP_UP


def test_a_colleague_who_was_handed_the_call_may_pass_it_on(stage: Stage, handler: Holder) -> None:
    other, transfer = consulted_colleague(stage, handler)
    caller = stage.exchange.legs[0]
    stage.commands(handler, transfer, "complete")
    stage.until(lambda: stage.hears(caller) == {CONSULTED}, 10)
    stage.until(lambda: stage.exchange.phone(HANDLER).leg.is_over, 10)
    refused = handler.sends("POST", f"/calls/{caller.sid}/transfers", {"to": {"number": DEPUTY}})
    assert refused.status_code == 403
    stage.exchange.phone(DEPUTY).will(Person("1", after=3))
    onward = stage.transfer(caller, other, number=DEPUTY)
    stage.until(lambda: stage.state(onward["id"]) == "consulting", 30)
    assert caller.is_held
    again = handler.sends("POST", f"/transfers/{transfer}/complete", {})
    assert again.status_code == 200
    stage.exchange.advance(4)
    assert caller.is_held, "a hand-over asked for twice brings nobody into a live consultation"
    stage.commands(other, onward["id"], "complete")
    stage.until(lambda: stage.hears(caller) == {DEPUTY}, 20)
    assert stage.hears(stage.exchange.phone(DEPUTY).leg) == {CALLER}


def test_two_calls_that_ring_one_number_are_never_taken_for_each_other(stage: Stage, handler: Holder) -> None:
    """Two callers are consulted about with one number at once; the answers of both requests are lost."""
    other = stage.signs_in(SECOND, "Hugo Handler")
    stage.exchange.phone(HANDLER).will(Person("1", after=2))
    stage.exchange.phone(SECOND).will(Person("1", after=2))
    first, second = stage.queued(), stage.queued("+442079460998")
    stage.until(lambda: bool(stage.hears(first)) and bool(stage.hears(second)), 60)
    stage.exchange.phone(CONSULTED).will(Person("1", after=12))
    stage.exchange.rest.fails(RestFault(Fault.LOST_REPLY, "POST", r"/Calls\.json$", times=2))
    one_handler = handler if stage.talk(first).handler == stage.key_of(handler) else other
    two_handler = other if one_handler is handler else handler
    one = stage.transfer(first, one_handler, number=CONSULTED)
    two = stage.transfer(second, two_handler, number=CONSULTED)
    stage.exchange.advance(40)
    sids = [party.sid for caller in (first, second) for party in stage.parties(caller) if party.sid]
    assert len(sids) == len(set(sids)) == 4
    assert {stage.state(one["id"]), stage.state(two["id"])} == {"consulting"}


def test_what_may_be_told_in_great_urgency_is_asked_of_two_teams() -> None:
    urgent = {"protection_now": "yes", "purpose": "check"}
    said = {prompt.code: prompt for prompt in prompts(urgent, "cambridgeshire")}
    assert said["urgent-advice"].source == "C:102"
    assert "No number of either is printed" in said["urgent-advice"].words
    assert "urgent-advice" not in {prompt.code for prompt in prompts({"purpose": "check"}, "cambridgeshire")}
    assert "urgent-advice" not in {prompt.code for prompt in prompts(urgent, "derbyshire")}


def test_a_phone_whose_ring_may_yet_come_is_not_rung_a_second_time(stage: Stage, handler: Holder) -> None:
    """The request is under way when the transfer is cancelled, and comes about 20 seconds later."""
    caller = stage.talking()
    stage.exchange.phone(CONSULTED).will(NoAnswer())
    stage.exchange.phone(DEPUTY).will(Person("1", after=3))
    stage.exchange.rest.fails(RestFault(Fault.SLOW, "POST", r"/Calls\.json$"))
    first = stage.transfer(caller, handler, "join")
    stage.exchange.advance(2)
    stage.commands(handler, first["id"], "cancel")
    again = stage.transfer(caller, handler)
    stage.until(lambda: stage.state(again["id"]) == "consulting", 40)
    stage.exchange.advance(30)
    assert stage.exchange.rung_twice_at_once() == []
    assert len(stage.exchange.phone(CONSULTED).calls) == 1
