"""Does each request do at the exchange what it says, and come to the right result when it fails?"""

from collections.abc import Callable, Iterator

import pytest

from carrier.account import Account
from carrier.port import Busy, Carrier, Done, Gone, Refused, Result, RingOrder, Unknown
from carrier.twilio import Twilio
from directory.numbers import Number
from telephone import Fault, Person, RestFault
from tests.telephone.canned_twiml import ACCOUNT, HOST, LINE
from tests.telephone.exchange.world import CALLER, CONSULTED, HANDLER, Room, World

SOON = 0.4
NOBODY = "CA" + "f" * 32
ORDER = RingOrder(Number(CONSULTED), Number(LINE), f"{HOST}/calm", f"{HOST}/status", 15)
ELSEWHERE = f"{HOST}/elsewhere"

Plug = Callable[[World], Twilio]
Request = Callable[[Carrier, Room], Result]


@pytest.fixture
def plug() -> Iterator[Plug]:
    """A carrier that reaches the exchange of a world over a socket, and gives up soon."""
    ends: list[Callable[[], object]] = []

    def plugged(world: World) -> Twilio:
        served = world.exchange.served()
        carrier = Twilio(Account(ACCOUNT.sid, (ACCOUNT.token,), served.__enter__()), SOON)
        ends.extend([carrier.close, lambda: served.__exit__(None, None, None)])
        return carrier

    yield plugged
    for end in ends:
        end()


@pytest.fixture
def room() -> Room:
    made = Room()
    made.joins(HANDLER)
    return made


def placed(result: Result) -> str:
    assert isinstance(result, Done)
    return result.sid


def test_a_phone_rings_and_its_progress_is_told(room: Room, plug: Plug) -> None:
    room.exchange.phone(CONSULTED).will(Person("1", after=2))
    sid = placed(plug(room).ring(ORDER))
    room.exchange.advance(4)
    leg = room.exchange.leg(sid)
    assert (leg.called, leg.caller, leg.has_heard("Please hold the line")) == (CONSULTED, LINE, True)
    assert room.told("/status", "CallStatus") == ["initiated", "ringing", "in-progress"]


def test_a_phone_that_nobody_answers_rings_for_its_seconds_and_five_more(room: Room, plug: Plug) -> None:
    placed(plug(room).ring(ORDER))
    room.exchange.advance(18)
    assert room.exchange.ringing(CONSULTED)
    room.exchange.advance(5)
    assert room.told("/status", "CallStatus")[-1] == "no-answer"


def test_a_number_that_is_not_ours_is_not_shown(room: Room, plug: Plug) -> None:
    refused = plug(room).ring(RingOrder(Number(CONSULTED), Number(CALLER), f"{HOST}/calm", f"{HOST}/status"))
    assert isinstance(refused, Refused)
    assert (refused.code, CALLER in refused.words) == (21210, False)


def test_a_ring_whose_answer_was_lost_is_found_and_nobody_is_rung_twice(room: Room, plug: Plug) -> None:
    carrier, since = plug(room), room.exchange.legs[-1].plant.moment(room.exchange.now)
    room.exchange.rest.fails(RestFault(Fault.LOST_REPLY, method="POST"))
    assert carrier.ring(ORDER) == Unknown()
    assert carrier.find_ring(ORDER.to, since) == Done(room.exchange.legs[-1].sid)
    assert [leg.called for leg in room.exchange.legs].count(CONSULTED) == 1


def test_a_ring_that_never_got_there_is_not_found(room: Room, plug: Plug) -> None:
    carrier, since = plug(room), room.exchange.legs[-1].plant.moment(room.exchange.now)
    room.exchange.rest.fails(RestFault(Fault.HUNG, method="POST"))
    assert carrier.ring(ORDER) == Unknown()
    assert carrier.find_ring(ORDER.to, since) == Gone()


def test_an_earlier_call_to_the_same_number_is_not_taken_for_it(room: Room, plug: Plug) -> None:
    carrier = plug(room)
    assert carrier.ring(ORDER) == Done(room.exchange.legs[-1].sid)
    room.exchange.advance(60)
    assert carrier.find_ring(ORDER.to, room.exchange.legs[-1].plant.moment(room.exchange.now)) == Gone()


def test_a_phone_that_a_dial_rings_is_not_taken_for_ours(plug: Plug) -> None:
    world = World(f"<Response><Dial><Number>{CONSULTED}</Number></Dial></Response>")
    caller = world.exchange.dial(LINE, CALLER)
    world.exchange.advance(2)
    assert world.exchange.ringing(CONSULTED)
    assert plug(world).find_ring(ORDER.to, caller.plant.moment(0)) == Gone()


def test_a_ringing_call_is_ended_once(room: Room, plug: Plug) -> None:
    carrier = plug(room)
    sid = placed(carrier.ring(ORDER))
    room.exchange.advance(2)
    assert (carrier.end(sid), carrier.end(sid)) == (Done(), Gone())
    assert room.exchange.leg(sid).status == "canceled"


def test_a_call_is_sent_to_another_document(room: Room, plug: Plug) -> None:
    assert plug(room).redirect(room.caller.sid, ELSEWHERE) == Done()
    room.exchange.advance(1)
    assert (room.caller.room, room.caller.has_heard("Somewhere else")) == (None, True)


def test_a_caller_is_held_by_label_and_hears_the_document(room: Room, plug: Plug) -> None:
    carrier = plug(room)
    assert carrier.hold("room", "caller", f"{HOST}/calm") == Done()
    room.exchange.advance(1)
    assert (room.caller.is_held, room.caller.has_heard("Please hold the line")) == (True, True)
    assert (carrier.unhold("room", "caller"), carrier.unhold("room", "caller")) == (Done(), Done())
    assert not room.caller.is_held
    assert [attempt.request.method for attempt in room.asked("/calm")][:1] == ["POST"]


def test_whoever_owns_the_room_ends_it(room: Room, plug: Plug) -> None:
    handler = room.exchange.phone(HANDLER)
    assert plug(room).owner("room", handler.leg.sid, ends=True) == Done()
    handler.hangs_up()
    room.exchange.advance(1)
    assert room.caller.has_heard("Out of the room")


def test_whoever_owns_it_no_more_leaves_the_others_there(room: Room, plug: Plug) -> None:
    carrier, handler = plug(room), room.exchange.phone(HANDLER)
    assert carrier.owner("room", handler.leg.sid, ends=True) == Done()
    assert carrier.owner("room", handler.leg.sid, ends=False) == Done()
    handler.hangs_up()
    room.exchange.advance(1)
    assert room.caller.room == "room"


def test_one_hears_an_announcement_and_the_other_does_not(room: Room, plug: Plug) -> None:
    handler = room.exchange.phone(HANDLER).leg
    assert plug(room).announce("room", handler.sid, f"{HOST}/calm") == Done()
    room.exchange.advance(1)
    assert (handler.has_heard("Please hold"), room.caller.has_heard("Please hold")) == (True, False)


def test_whoever_is_muted_is_not_heard_until_they_are_unmuted(room: Room, plug: Plug) -> None:
    carrier, handler = plug(room), room.exchange.phone(HANDLER).leg
    assert carrier.mute("room", handler.sid, muted=True) == Done()
    assert (room.exchange.who_hears(room.caller), room.exchange.who_hears(handler)) == ([], [room.caller])
    assert carrier.mute("room", handler.sid, muted=False) == Done()
    assert room.exchange.who_hears(room.caller) == [handler]


def test_whoever_is_removed_goes_on_behind_the_room_and_is_gone_the_second_time(room: Room, plug: Plug) -> None:
    carrier = plug(room)
    assert carrier.remove("room", "caller") == Done()
    room.exchange.advance(1)
    assert (room.caller.room, room.caller.has_heard("Out of the room")) == (None, True)
    assert carrier.remove("room", "caller") == Gone()


@pytest.mark.parametrize("fault", [Fault.TOO_MANY, Fault.BROKEN, Fault.HUNG, Fault.LOST_REPLY])
def test_a_removal_that_fails_comes_to_its_result(room: Room, plug: Plug, fault: Fault) -> None:
    room.exchange.rest.fails(RestFault(fault, method="DELETE"))
    assert plug(room).remove("room", "caller") == FAULTS[fault]


def test_a_room_is_ended_for_everybody(room: Room, plug: Plug) -> None:
    assert plug(room).end_room("room") == Done()
    room.exchange.advance(1)
    assert (room.caller.room, room.exchange.phone(HANDLER).leg.room) == (None, None)


def test_a_call_that_is_somebody_elses_is_not_taken_for_ours(room: Room, plug: Plug) -> None:
    carrier, since = plug(room), room.exchange.legs[-1].plant.moment(room.exchange.now)
    sid = placed(carrier.ring(ORDER))
    assert carrier.find_ring(ORDER.to, since) == Done(sid)
    assert carrier.find_ring(ORDER.to, since, frozenset((sid,))) == Gone()


def test_a_caller_is_taken_out_of_a_queue_once(plug: Plug) -> None:
    world = World("<Response><Enqueue>devon</Enqueue></Response>")
    caller, carrier = world.exchange.dial(LINE, CALLER), plug(world)
    assert carrier.dequeue("devon", caller.sid, ELSEWHERE) == Done()
    world.exchange.advance(1)
    assert caller.has_heard("Somewhere else")
    assert carrier.dequeue("devon", caller.sid, ELSEWHERE) == Gone()


CHANGES: dict[str, Request] = {
    "end": lambda carrier, room: carrier.end(room.caller.sid),
    "redirect": lambda carrier, room: carrier.redirect(room.caller.sid, ELSEWHERE),
    "hold": lambda carrier, _: carrier.hold("room", "caller", f"{HOST}/calm"),
    "unhold": lambda carrier, _: carrier.unhold("room", "caller"),
    "owner": lambda carrier, _: carrier.owner("room", "caller", ends=True),
    "announce": lambda carrier, _: carrier.announce("room", "caller", f"{HOST}/calm"),
    "mute": lambda carrier, _: carrier.mute("room", "caller", muted=True),
    "end_room": lambda carrier, _: carrier.end_room("room"),
    "ring": lambda carrier, _: carrier.ring(ORDER),
}
FAULTS = {
    Fault.TOO_MANY: Busy(),
    Fault.BROKEN: Unknown(),
    Fault.BROKEN_AFTER: Unknown(),
    Fault.HUNG: Unknown(),
    Fault.SLOW: Unknown(),
    Fault.RESET: Unknown(),
    Fault.LOST_REPLY: Unknown(),
}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
@pytest.mark.parametrize("change", CHANGES)
def test_every_fault_of_every_request_comes_to_its_result(room: Room, plug: Plug, change: str, fault: Fault) -> None:
    carrier, before = plug(room), len(room.exchange.rest.requests)
    room.exchange.rest.fails(RestFault(fault, method="POST"))
    assert CHANGES[change](carrier, room) == FAULTS[fault]
    assert [request.method for request in room.exchange.rest.requests[before:]].count("POST") == 1


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_of_the_look_up_changes_nothing(room: Room, plug: Plug, fault: Fault) -> None:
    room.exchange.rest.fails(RestFault(fault, method="GET"))
    assert plug(room).hold("room", "caller", f"{HOST}/calm") == FAULTS[fault]
    assert not room.caller.is_held


GONE: dict[str, Request] = {
    "end": lambda carrier, _: carrier.end(NOBODY),
    "redirect": lambda carrier, _: carrier.redirect(NOBODY, ELSEWHERE),
    "dequeue": lambda carrier, _: carrier.dequeue("no queue", NOBODY, ELSEWHERE),
    "hold": lambda carrier, _: carrier.hold("room", "nobody / here?", f"{HOST}/calm"),
    "unhold": lambda carrier, _: carrier.unhold("no room", "caller"),
    "owner": lambda carrier, _: carrier.owner("room", NOBODY, ends=True),
    "announce": lambda carrier, _: carrier.announce("no room", "caller", f"{HOST}/calm"),
    "mute": lambda carrier, _: carrier.mute("room", NOBODY, muted=False),
    "remove": lambda carrier, _: carrier.remove("room", NOBODY),
    "end_room": lambda carrier, _: carrier.end_room("no room"),
}


@pytest.mark.parametrize("request_", GONE)
def test_who_is_not_there_is_gone(room: Room, plug: Plug, request_: str) -> None:
    assert GONE[request_](plug(room), room) == Gone()


def test_a_room_that_has_ended_is_nobodys_and_its_name_finds_the_next_one(room: Room, plug: Plug) -> None:
    carrier = plug(room)
    for leg in room.exchange.legs:
        leg.hangs_up()
    assert carrier.hold("room", "caller", f"{HOST}/calm") == Gone()
    again = room.exchange.dial(LINE, CALLER)
    room.joins(HANDLER)
    assert carrier.hold("room", "caller", f"{HOST}/calm") == Done()
    assert again.is_held
