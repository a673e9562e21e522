"""Click to call on the telephone: the handler first and by key, then whoever is called back, who hears at once who is calling."""

import pytest

from app import Config, build
from store.presence import Status
from telephone import Busy, Declines, Fault, NoAnswer, Person, RestFault, Voicemail
from tests.admin.desk_client import Holder
from tests.desk.calling_back import HELLO, PERSON, books, dials, legs_to, listed, outcome, reads
from tests.desk.stage import CALLER, HANDLER, NUMBER, SECOND, Stage
from tests.desk.wall_clock import sent

CALLS = r"/Calls\.json$"
THERE = Person("1", after=3, talks=10)


def called_back(stage: Stage, by: Holder) -> str:
    key: str = books(by)["id"]
    dials(stage, by, key)
    return key


def is_over(stage: Stage, by: Holder, key: str) -> bool:
    return reads(by, key)["state"] in ("open", "escalated") and all(leg.is_over for leg in stage.exchange.legs)


def test_the_handler_presses_1_and_whoever_is_called_hears_at_once_who_is_calling(
    stage: Stage, handler: Holder
) -> None:
    stage.exchange.phone(HANDLER).will(THERE)
    stage.exchange.phone(PERSON).will(Person("", after=4))
    key = called_back(stage, handler)
    assert reads(handler, key)["state"] == "dialling"
    stage.until(lambda: bool(legs_to(stage, PERSON)), 30)
    (mine,), (theirs,) = legs_to(stage, HANDLER), legs_to(stage, PERSON)
    assert mine.has_heard("Press 1 to accept: a call back, Call Derbyshire.")
    assert (mine.caller, theirs.caller) == (NUMBER, NUMBER)
    stage.until(lambda: stage.hears(theirs) == {HANDLER}, 30)
    assert next(one for one in theirs.heard if one.kind != "act").text == HELLO
    stage.until(lambda: is_over(stage, handler, key), 60)
    (attempt,) = reads(handler, key)["attempts"]
    assert (attempt["outcome"], attempt["state"]) == ("answered", "over")
    assert attempt["seconds"] >= 9
    assert stage.status(handler) is Status.WRAP_UP
    assert outcome(handler, key, "reached")["state"] == "done"
    assert stage.exchange.warnings == ()


@pytest.mark.parametrize(("persona", "word"), [(NoAnswer(), "no answer"), (Busy(), "engaged"), (Declines(), "engaged")])
def test_who_is_not_reached_is_told_to_the_handler_and_kept(
    stage: Stage, handler: Holder, persona: NoAnswer | Busy | Declines, word: str
) -> None:
    stage.exchange.phone(HANDLER).will(Person("1", after=3))
    stage.exchange.phone(PERSON).will(persona)
    key = called_back(stage, handler)
    stage.until(lambda: is_over(stage, handler, key), 90)
    assert [attempt["outcome"] for attempt in reads(handler, key)["attempts"]] == [word]
    assert outcome(handler, key, "no-answer")["state"] == "open"
    assert legs_to(stage, HANDLER)[0].has_heard("Goodbye.")


@pytest.mark.parametrize("persona", [Voicemail(), NoAnswer(), Busy(), Person("2", after=2)])
def test_without_key_1_nobody_is_dialled_so_that_no_mailbox_speaks_to_anybody(
    stage: Stage, handler: Holder, persona: Voicemail | NoAnswer | Busy | Person
) -> None:
    stage.exchange.phone(HANDLER).will(persona)
    key = called_back(stage, handler)
    stage.until(lambda: is_over(stage, handler, key), 90)
    assert legs_to(stage, PERSON) == []
    (attempt,) = reads(handler, key)["attempts"]
    assert attempt["dialled_at"] is None
    assert stage.status(handler) is Status.AWAY


def test_of_two_handlers_who_dial_the_same_one_is_refused(stage: Stage, handler: Holder) -> None:
    other = stage.signs_in(SECOND, "Hugo Handler")
    key = called_back(stage, handler)
    sent(other, "POST", f"/callbacks/{key}/dial", {}, 409)
    sent(handler, "POST", f"/callbacks/{key}/dial", {}, 409)
    stage.exchange.advance(5)
    assert (len(legs_to(stage, HANDLER)), len(legs_to(stage, SECOND))) == (1, 0)


def test_a_handler_whose_phone_rings_for_one_is_offered_nothing_else(stage: Stage, handler: Holder) -> None:
    called_back(stage, handler)
    caller = stage.queued()
    stage.exchange.advance(5)
    assert caller.queue is not None
    sent(handler, "POST", f"/callbacks/{books(handler, '+442079460902')['id']}/dial", {}, 409)


def test_one_that_is_cancelled_while_the_handlers_phone_rings_dials_nobody(stage: Stage, handler: Holder) -> None:
    stage.exchange.phone(HANDLER).will(Person("1", after=8))
    key = called_back(stage, handler)
    stage.exchange.advance(3)
    outcome(handler, key, "cancelled")
    stage.until(lambda: all(leg.is_over for leg in stage.exchange.legs), 40)
    assert legs_to(stage, PERSON) == []
    assert legs_to(stage, HANDLER)[0].has_heard("This call back is not wanted any more. Goodbye.")
    stage.until(lambda: stage.status(handler) is Status.AVAILABLE, 5)


def test_a_handler_who_hangs_up_while_it_rings_leaves_nobody_ringing(stage: Stage, handler: Holder) -> None:
    stage.exchange.phone(HANDLER).will(Person("1", after=3))
    key = called_back(stage, handler)
    stage.until(lambda: stage.exchange.phone(PERSON).is_ringing, 30)
    legs_to(stage, HANDLER)[0].hangs_up()
    stage.until(lambda: is_over(stage, handler, key), 30)
    assert stage.status(handler) is Status.WRAP_UP
    assert len(reads(handler, key)["attempts"]) == 1


@pytest.mark.parametrize("fault", [Fault.TOO_MANY, Fault.BROKEN, Fault.BROKEN_AFTER, Fault.RESET, Fault.LOST_REPLY])
def test_a_fault_of_the_telephone_company_rings_nobody_twice(stage: Stage, handler: Holder, fault: Fault) -> None:
    """Accepted and its reply lost is one call (B16)."""
    stage.exchange.phone(HANDLER).will(THERE)
    stage.exchange.phone(PERSON).will(Person("", after=4))
    stage.exchange.rest.fails(RestFault(fault, "POST", CALLS))
    key = called_back(stage, handler)
    stage.until(lambda: is_over(stage, handler, key), 90)
    stage.exchange.advance(30)
    assert len(legs_to(stage, HANDLER)) <= 1
    if fault in (Fault.TOO_MANY, Fault.BROKEN_AFTER, Fault.LOST_REPLY):
        assert [attempt["outcome"] for attempt in reads(handler, key)["attempts"]] == ["answered"]
        assert len(legs_to(stage, PERSON)) == 1


def test_while_the_telephone_company_is_away_it_is_told_and_the_handler_is_free_again(
    stage: Stage, handler: Holder
) -> None:
    stage.exchange.rest.fails(RestFault(Fault.TOO_MANY, times=None))
    key = called_back(stage, handler)
    stage.until(lambda: is_over(stage, handler, key), 90)
    assert stage.status(handler) is Status.AVAILABLE
    stage.exchange.rest.is_well()
    stage.exchange.phone(HANDLER).will(THERE)
    stage.exchange.phone(PERSON).will(Person("", after=4))
    dials(stage, handler, key)
    stage.until(lambda: is_over(stage, handler, key), 90)
    assert reads(handler, key)["attempts"][-1]["outcome"] == "answered"


def test_another_worker_goes_on_with_it(stage: Stage, handler: Holder, config: Config) -> None:
    stage.exchange.phone(HANDLER).will(Person("1", after=6, talks=5))
    stage.exchange.phone(PERSON).will(Person("", after=4))
    stage.dies_after_the_next_ring()
    key = called_back(stage, handler)
    stage.moves_to(build(config, stage.hand, stage.carrier))
    again = stage.with_key(handler)
    stage.until(lambda: is_over(stage, again, key), 120)
    assert (len(legs_to(stage, HANDLER)), len(legs_to(stage, PERSON))) == (1, 1)


def test_a_caller_who_asks_for_one_is_in_the_list_and_is_called_back(stage: Stage, handler: Holder) -> None:
    stage.set_status(handler, Status.WRAP_UP)
    caller = stage.queued()
    stage.exchange.advance(16)
    caller.presses("1")
    stage.until(lambda: caller.has_heard("We will call you back on"), 30)
    caller.hangs_up()
    stage.exchange.advance(5)
    (booked,) = listed(handler)
    assert (booked["call"], booked["number"]["e164"], booked["booked_by"]) == (caller.sid, CALLER, "the caller")
    assert [reading["name"] for reading in booked["readings"]] == ["on the clock", "on working time"]
    assert booked["target"] == min(reading["at"] for reading in booked["readings"])
    stage.exchange.phone(HANDLER).will(THERE)
    stage.exchange.phone(CALLER).will(Person("", after=4))
    dials(stage, handler, booked["id"])
    stage.until(lambda: is_over(stage, handler, booked["id"]), 60)
    assert reads(handler, booked["id"])["attempts"][0]["outcome"] == "answered"
