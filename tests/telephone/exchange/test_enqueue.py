"""How does a caller wait in a queue, and what does the action hear? (Twilio: voice/twiml/enqueue, queue)"""

import pytest

from telephone import Person
from telephone.exchange import Leg
from tests.telephone.canned_twiml import HOST, LINE, Canned
from tests.telephone.exchange.world import CALLER, CONSULTED, HANDLER, World

VOICE = "<Response><Enqueue action='/left' waitUrl='/wait'>desk</Enqueue><Say>Behind</Say></Response>"
WAIT = "<Response><Say>You are waiting</Say><Pause length='8'/></Response>"
LEFT = "<Response><Say>You have left</Say><Pause length='5'/></Response>"
TAKES = "<Response><Dial action='/done' timeout='10'><Queue url='/hello'>desk</Queue></Dial></Response>"
HELLO = "<Response><Say>You are next</Say></Response>"


def queue(voice: str = VOICE, wait: Canned = WAIT) -> World:
    return World(voice, {"/wait": wait, "/left": LEFT, "/takes": TAKES, "/hello": HELLO, "/done": LEFT})


def waits(world: World, seconds: float = 20, caller: str = CALLER) -> Leg:
    leg = world.exchange.dial(LINE, caller)
    world.exchange.advance(seconds)
    return leg


def test_the_wait_document_is_asked_for_again_each_time_it_ends() -> None:
    world = queue()
    caller = waits(world, 30)
    assert caller.queue == "desk"
    assert [round(each.at) for each in world.asked("/wait")] == [0, 9, 18, 28]
    assert world.told("/wait", "QueuePosition") == ["1"] * 4
    assert world.told("/wait", "QueueTime") == ["0", "9", "18", "27"]
    assert world.told("/wait", "MaxQueueSize") == ["1000"] * 4


def test_positions_move_up() -> None:
    world = queue()
    first = waits(world, 1)
    second = waits(world, 1, "+442079460998")
    first.hangs_up()
    world.exchange.advance(10)
    told = [(each.parameter("QueuePosition"), each.parameter("CurrentQueueSize")) for each in world.asked("/wait")]
    assert told == [("1", "1"), ("2", "2"), ("1", "1")]
    assert second.queue == "desk"


def test_leave_goes_on_with_the_action() -> None:
    world = queue(wait=[WAIT, "<Response><Leave/></Response>"])
    caller = waits(world, 12)
    assert (world.told("/left", "QueueResult"), world.told("/left", "QueueTime")) == (["leave"], ["9"])
    assert (caller.queue, caller.has_heard("You have left"), caller.has_heard("Behind")) == (None, True, False)


def test_without_an_action_leave_goes_on_with_the_next_verb() -> None:
    world = queue(VOICE.replace("action='/left' ", ""), "<Response><Leave/></Response>")
    assert waits(world, 1).has_heard("Behind")


def test_a_key_in_the_wait_document_can_lead_out() -> None:
    offer = "<Response><Gather numDigits='1' action='/key'><Say>Press 1 for a call back</Say></Gather></Response>"
    world = World(VOICE, {"/wait": offer, "/key": "<Response><Leave/></Response>", "/left": LEFT})
    caller = waits(world, 3)
    caller.presses("1")
    world.exchange.advance(1)
    assert world.told("/key", "Digits") == ["1"]
    assert world.told("/left", "QueueResult") == ["leave"]


def test_a_caller_who_hangs_up_is_told() -> None:
    world = queue()
    caller = waits(world, 5)
    caller.hangs_up()
    (action,) = world.asked("/left")
    assert (action.parameter("QueueResult"), action.parameter("CallStatus")) == ("hangup", "completed")
    world.exchange.advance(10)
    assert not caller.has_heard("You have left")


def test_a_hangup_in_the_wait_document_ends_the_call() -> None:
    world = queue(wait="<Response><Hangup/></Response>")
    assert waits(world, 2).is_over
    assert world.told("/left", "QueueResult") == ["hangup"]


def test_a_wait_document_that_fails_is_an_error_and_the_caller_goes_on() -> None:
    world = queue(wait="nonsense")
    assert waits(world, 2).has_heard("You have left")
    assert world.told("/left", "QueueResult") == ["error"]


def test_a_full_queue_takes_nobody() -> None:
    world = queue(VOICE.replace("<Enqueue", "<Enqueue maxQueueSize='1'"))
    waits(world, 1)
    second = waits(world, 2, "+442079460998")
    assert (second.queue, world.told("/left", "QueueResult")) == (None, ["queue-full"])


def test_a_redirect_by_the_api_is_told_and_the_reply_ignored() -> None:
    world = queue()
    caller = waits(world, 5)
    world.post(f"/Calls/{caller.sid}.json", Url=f"{HOST}/elsewhere")
    world.exchange.advance(5)
    assert world.told("/left", "QueueResult") == ["redirected"]
    assert (caller.has_heard("Somewhere else"), caller.has_heard("You have left")) == (True, False)


def takes(world: World, number: str = HANDLER) -> Leg:
    world.exchange.phone(number).will(Person(after=1))
    return world.calls(number, "/takes")


def test_a_dial_queue_takes_the_caller_who_hears_its_document_first() -> None:
    world = queue()
    caller = waits(world, 5)
    handler = takes(world)
    world.exchange.until(lambda: world.exchange.who_hears(caller) == [handler], within=10)
    assert caller.has_heard("You are next")
    (hello,) = world.asked("/hello")
    assert (hello.parameter("DequeingCallSid"), hello.parameter("CallSid")) == (handler.sid, caller.sid)
    assert world.asked("/left") == []  # asked for only when the talk is over
    handler.hangs_up()
    world.exchange.advance(3)
    assert (world.told("/left", "QueueResult"), world.told("/left", "QueueTime")) == (["bridged"], ["6"])
    assert caller.has_heard("You have left")
    assert world.told("/done", "DialCallSid") == [caller.sid]


def test_the_handler_goes_on_when_the_caller_hangs_up() -> None:
    world = queue()
    caller = waits(world, 5)
    handler = takes(world)
    world.exchange.advance(5)
    caller.hangs_up()
    world.exchange.advance(1)
    assert world.told("/done", "DialCallStatus") == ["completed"]
    assert world.told("/done", "DialBridged") == ["true"]
    assert handler.has_heard("You have left")


@pytest.mark.parametrize(("seconds", "result"), [(1.5, "bridging-in-process"), (6, "redirected-from-bridged")])
def test_a_redirect_after_being_taken_is_told_apart(seconds: float, result: str) -> None:
    world = queue()
    caller = waits(world, 5)
    takes(world)
    world.exchange.advance(seconds)
    world.post(f"/Calls/{caller.sid}.json", Url=f"{HOST}/elsewhere")
    world.exchange.advance(1)
    assert world.told("/left", "QueueResult") == [result]


def test_a_dial_queue_waits_for_a_caller_and_then_gives_up() -> None:
    world = queue()
    waits(world, 1).hangs_up()
    handler = takes(world)
    world.exchange.advance(20)
    assert world.told("/done", "DialCallStatus") == ["no-answer"]
    assert [round(each.at) for each in world.asked("/done")] == [17]  # answered at 2, timeout 10, and 5 more
    assert handler.has_heard("[ringing tone]")


def test_a_caller_who_comes_while_a_dial_queue_waits_is_taken_at_once() -> None:
    world = queue()
    waits(world, 1).hangs_up()
    handler = takes(world)
    world.exchange.advance(3)
    caller = waits(world, 3)
    assert world.exchange.who_hears(caller) == [handler]


def test_two_dial_queues_take_two_callers() -> None:
    world = queue()
    first, second = waits(world, 1), waits(world, 1, "+442079460998")
    one, other = takes(world), takes(world, CONSULTED)
    world.exchange.advance(8)
    assert world.exchange.who_hears(first) == [one]
    assert world.exchange.who_hears(second) == [other]


def test_a_queue_that_never_was_is_an_error() -> None:
    world = queue()
    takes(world)
    world.exchange.advance(5)
    assert world.told("/done", "DialCallStatus") == ["failed"]


def test_without_a_wait_document_twilios_music_is_heard() -> None:
    world = queue("<Response><Enqueue>desk</Enqueue></Response>")
    caller = waits(world, 60)
    assert [heard.kind for heard in caller.hears_now] == ["music"]
    assert world.exchange.longest_silence(caller).seconds == 0
