"""What holds for the exchange as a whole: its number's set-up, its callbacks, its assertions?"""

import pytest

from telephone import Exchange, NoAnswer, Person, Unheard, Unruly, Untaught, WsgiTransport
from telephone.story import APPLICATION_ERROR
from tests.telephone.canned_twiml import ACCOUNT, HOST, LINE, THANKS, Application
from tests.telephone.exchange.world import CALLER, CONSULTED, HANDLER, Room, World

ALL = ["initiated", "ringing", "answered", "completed"]


def test_a_document_that_cannot_be_had_is_told_to_the_caller_who_is_hung_up() -> None:
    world = World("nonsense")
    caller = world.exchange.dial(LINE, CALLER)
    world.exchange.advance(10)
    assert (caller.status, caller.has_heard(APPLICATION_ERROR)) == ("completed", True)
    assert [warned.code for warned in world.exchange.warnings] == [12100]


def test_the_numbers_fallback_takes_over_anywhere_in_the_call() -> None:
    world = World("<Response><Redirect>/missing</Redirect></Response>", fallback_url=f"{HOST}/after")
    caller = world.exchange.dial(LINE, CALLER)
    assert (caller.has_heard("Afterwards"), world.told("/after", "ErrorUrl")) == (True, [f"{HOST}/missing"])


def test_the_numbers_own_callback_tells_the_end_alone() -> None:
    world = World("<Response><Say>Hello</Say></Response>", status_url=f"{HOST}/status")
    world.exchange.dial(LINE, CALLER)
    world.exchange.advance(5)
    assert (world.told("/status", "CallStatus"), world.told("/status", "Direction")) == (["completed"], ["inbound"])


@pytest.mark.parametrize(("reason", "status"), [("rejected", "no-answer"), ("busy", "busy")])
def test_a_rejected_call_is_filed_as_such(reason: str, status: str) -> None:
    world = World(f"<Response><Reject reason='{reason}'/></Response>")
    assert world.exchange.dial(LINE, CALLER).status == status


def test_a_slow_application_takes_time_in_which_others_act() -> None:
    app = Application({"/voice": "<Response><Say>Hello</Say></Response>"})

    class Slow:
        def send(self, request: object) -> object:
            from dataclasses import replace  # noqa: PLC0415 - beside its only use

            return replace(WsgiTransport(app).send(request), seconds=3.0)  # type: ignore[arg-type]

    exchange = Exchange(Slow(), ACCOUNT, f"{HOST}/voice")  # type: ignore[arg-type]
    first = exchange.dial(LINE, CALLER)
    exchange.advance(1)
    second = exchange.dial(LINE, "+442079460998")
    exchange.advance(2.2)
    assert (first.has_heard("Hello"), second.has_heard("Hello")) == (True, False)
    exchange.advance(1)
    assert second.has_heard("Hello")


def test_callbacks_come_late_doubled_and_out_of_order_and_tell_the_same() -> None:
    def told(seed: int) -> list[tuple[str | None, str | None]]:
        world = World(documents={"/hello": THANKS}, delivery=Unruly(seed))
        world.exchange.phone(HANDLER).will(Person())
        world.calls(HANDLER, "/hello", StatusCallback=f"{HOST}/status", StatusCallbackEvent=ALL)
        world.exchange.advance(60)
        return [(each.parameter("SequenceNumber"), each.parameter("CallStatus")) for each in world.asked("/status")]

    in_order = [("0", "initiated"), ("1", "ringing"), ("2", "in-progress"), ("3", "completed")]
    seen = [told(seed) for seed in range(8)]
    assert all(set(each) == set(in_order) for each in seen)
    assert any(each != in_order for each in seen)
    assert any(len(each) > len(in_order) for each in seen)
    assert told(3) == seen[3]


def test_a_callback_that_is_answered_wrongly_is_a_warning_and_no_more() -> None:
    world = World(documents={"/hello": THANKS, "/status": "thanks"})
    world.exchange.phone(HANDLER).will(Person())
    world.calls(HANDLER, "/hello", StatusCallback=f"{HOST}/status")
    world.exchange.advance(10)
    assert [warned.code for warned in world.exchange.warnings] == [12300]


def test_the_clock_is_followed_and_background_work_is_done() -> None:
    moments: list[float] = []
    app = Application({"/voice": "<Response><Pause length='3'/></Response>"})
    exchange = Exchange(WsgiTransport(app), ACCOUNT, f"{HOST}/voice", follow=moments.append)
    worked: list[float] = []
    exchange.between(lambda: worked.append(exchange.now))
    exchange.dial(LINE, CALLER)
    exchange.advance(5)
    assert moments == [1.0, 2.0, 3.0, 4.0, 5.0]
    assert set(moments) <= set(worked)


def test_background_work_may_use_the_api() -> None:
    world = World(documents={"/hello": THANKS})
    world.exchange.between(lambda: world.exchange.legs or world.calls(HANDLER, "/hello"))
    world.exchange.advance(3)
    assert len(world.exchange.ringing(HANDLER)) == 1


def test_what_never_comes_is_told_with_every_transcript() -> None:
    world = World("<Response><Say>Only this</Say></Response>")
    world.exchange.dial(LINE, CALLER)
    with pytest.raises(Unheard, match="Only this"):
        world.exchange.until(lambda: False, within=5)


def test_whoever_is_left_on_hold_is_named() -> None:
    room = Room()
    handler = room.joins(HANDLER)
    room.updates("caller", Hold=True)
    assert room.exchange.left_on_hold() == []
    handler.hangs_up()
    assert room.exchange.left_on_hold() == [room.caller]
    room.caller.hangs_up()
    assert room.exchange.left_on_hold() == []


def test_a_number_that_is_rung_twice_at_once_is_named() -> None:
    world = World()
    first, second = world.calls(HANDLER, "/after"), world.calls(HANDLER, "/after")
    world.exchange.advance(3)
    assert world.exchange.rung_twice_at_once() == [(first, second)]


def test_a_number_that_is_rung_again_later_is_not() -> None:
    world = World()
    world.exchange.phone(HANDLER).will(NoAnswer())
    for _ in range(2):
        world.calls(HANDLER, "/after", Timeout=5)
        world.exchange.advance(15)
    assert world.exchange.rung_twice_at_once() == []


def test_whoever_still_rings_for_a_caller_who_has_gone_is_named() -> None:
    world = World("<Response><Pause length='60'/></Response>")
    caller = world.exchange.dial(LINE, CALLER)
    leg = world.calls(CONSULTED, "/after")
    world.exchange.advance(2)
    assert world.exchange.ringing_after(caller) == []
    caller.hangs_up()
    assert world.exchange.ringing_after(caller) == [leg]


def test_the_same_story_told_twice_is_the_same() -> None:
    def story() -> str:
        room = Room()
        room.joins(HANDLER)
        room.updates("caller", Hold=True, HoldUrl=f"{HOST}/calm")
        room.exchange.advance(20)
        room.caller.hangs_up()
        return room.exchange.told()

    assert story() == story()


def test_a_verb_that_it_has_not_been_taught_is_said_so() -> None:
    with pytest.raises(Untaught):
        World("<Response><Record/></Response>").exchange.dial(LINE, CALLER)


def test_a_call_is_found_by_its_sid_alone() -> None:
    world = World()
    caller = world.exchange.dial(LINE, CALLER)
    assert world.exchange.leg(caller.sid) is caller
    with pytest.raises(KeyError):
        world.exchange.leg("CA404")
