"""What does the action of a Dial hear at the exchange? Row for row (Twilio: voice/twiml/dial, number)."""

import pytest

from telephone import Busy, Declines, Fails, HangsUpInWhisper, NoAnswer, Person, Persona, ScreeningFailure, Voicemail
from telephone.exchange import Leg
from tests.telephone.canned_twiml import HOST, LINE
from tests.telephone.exchange.world import CALLER, CONSULTED, HANDLER, World

ONE = f"<Number url='/whisper'>{HANDLER}</Number>"
TWO = f"<Number url='/whisper'>{HANDLER}</Number><Number url='/whisper'>{CONSULTED}</Number>"


def dials(noun: str = ONE, attributes: str = "", screened: str = "<Response/>", **settings: object) -> World:
    voice = f"<Response><Dial action='/after' timeout='15' {attributes}>{noun}</Dial><Say>Unreachable</Say></Response>"
    return World(voice, {"/screened": screened}, **settings)  # type: ignore[arg-type]


def called(world: World, persona: Persona, seconds: float = 40) -> Leg:
    world.exchange.phone(HANDLER).will(persona)
    caller = world.exchange.dial(LINE, CALLER)
    world.exchange.advance(seconds)
    return caller


def told(world: World) -> tuple[str | None, str | None, str | None]:
    (action,) = world.asked("/after")
    return action.parameter("DialCallStatus"), action.parameter("DialBridged"), action.parameter("CallStatus")


REFUSED = "<Response><Hangup/></Response>"


@pytest.mark.parametrize(
    ("persona", "screened", "status", "bridged"),
    [
        (Person(talks=10), "<Response/>", "completed", "true"),
        (Person("2"), REFUSED, "completed", "false"),
        (Person(""), REFUSED, "completed", "false"),
        (Voicemail(), REFUSED, "completed", "false"),
        (HangsUpInWhisper(), REFUSED, "completed", "false"),
        (Person("1", hesitates=7), "<Response/>", "completed", "false"),
        (NoAnswer(), REFUSED, "no-answer", "false"),
        (Busy(), REFUSED, "busy", "false"),
        (Declines(), REFUSED, "busy", "false"),
        (Fails(), REFUSED, "failed", "false"),
    ],
)
def test_what_becomes_of_a_telephone_is_told(persona: Persona, screened: str, status: str, bridged: str) -> None:
    world = dials(screened=screened)
    caller = called(world, persona)
    assert told(world) == (status, bridged, "in-progress")
    assert caller.has_heard("Afterwards")
    assert not caller.has_heard("Unreachable")


def test_a_whisper_without_hangup_connects_the_caller_to_a_mailbox() -> None:
    voice = f"<Response><Dial action='/after'>{ONE}</Dial></Response>"
    gather = "<Response><Gather numDigits='1' timeout='6'><Say>Press 1</Say></Gather></Response>"
    world = World(voice, {"/whisper": gather})
    caller = called(world, Voicemail(), 8)
    assert [leg.called for leg in world.exchange.who_hears(caller)] == []  # the mailbox has finished its greeting
    caller.hangs_up()
    assert told(world) == ("completed", "true", "completed")


def test_it_rings_five_seconds_longer_than_the_timeout() -> None:
    world = dials()
    called(world, NoAnswer())
    (action,) = world.asked("/after")
    assert action.at == 20.0
    assert action.parameter("DialCallDuration") is None


def test_a_caller_who_hangs_up_while_it_rings_is_told_and_heard_no_more() -> None:
    world = dials()
    caller = called(world, NoAnswer(), 5)
    caller.hangs_up()
    assert told(world) == ("canceled", "false", "completed")
    assert world.exchange.phone(HANDLER).leg.status == "canceled"
    world.exchange.advance(30)
    assert not caller.has_heard("Afterwards")
    assert world.exchange.ringing_after(caller) == []


def test_a_caller_who_hangs_up_in_the_talk_is_told() -> None:
    world = dials()
    called(world, Person(), 12).hangs_up()
    assert told(world) == ("completed", "true", "completed")
    assert world.exchange.phone(HANDLER).leg.is_over


def test_a_telephone_whose_call_is_ended_before_it_rings_never_rings() -> None:
    world = dials()

    def ends_it() -> None:
        for leg in world.exchange.legs:
            if leg.direction == "outbound-dial" and not leg.is_over:
                world.post(f"/Calls/{leg.sid}.json", Status="completed")

    world.exchange.between(ends_it)
    called(world, Person(), 10)
    assert world.exchange.phone(HANDLER).leg.rang_at is None
    assert told(world) == ("canceled", "false", "in-progress")


def test_the_two_hear_each_other() -> None:
    world = dials()
    caller = called(world, Person(), 12)
    handler = world.exchange.phone(HANDLER).leg
    assert (world.exchange.who_hears(caller), world.exchange.who_hears(handler)) == ([handler], [caller])


def test_the_first_to_answer_stops_the_others_even_a_mailbox() -> None:
    world = dials(TWO, screened=REFUSED)
    world.exchange.phone(CONSULTED).will(Person(after=4))
    called(world, Voicemail(after=2))
    assert told(world)[:2] == ("completed", "false")
    assert world.exchange.phone(CONSULTED).leg.status == "canceled"


def test_sequential_numbers_ring_one_after_the_other() -> None:
    world = dials(TWO, "sequential='true'")
    world.exchange.phone(CONSULTED).will(Person(after=4, talks=5))
    called(world, Busy(after=2))
    assert told(world) == ("completed", "true", "in-progress")
    assert world.exchange.phone(CONSULTED).leg.rang_at == 2.0
    assert world.exchange.rung_twice_at_once() == []


def test_a_parent_redirected_while_it_rings_still_asks_its_action_whose_reply_is_ignored() -> None:
    world = dials()
    caller = called(world, NoAnswer(), 5)
    world.post(f"/Calls/{caller.sid}.json", Url=f"{HOST}/elsewhere")
    world.exchange.advance(10)
    assert told(world) == ("canceled", "false", "in-progress")
    assert caller.has_heard("Somewhere else")
    assert not caller.has_heard("Afterwards")
    assert world.exchange.ringing(HANDLER) == []


def test_a_parent_redirected_in_the_talk_drops_the_other() -> None:
    world = dials()
    caller = called(world, Person(), 12)
    world.post(f"/Calls/{caller.sid}.json", Url=f"{HOST}/elsewhere")
    world.exchange.settle()
    assert told(world) == ("completed", "true", "in-progress")
    assert world.exchange.phone(HANDLER).leg.status == "completed"
    assert caller.is_connected


def test_a_child_redirected_leaves_the_caller_and_the_action_hears_no_duration() -> None:
    world = dials()
    caller = called(world, Person(), 12)
    handler = world.exchange.phone(HANDLER).leg
    world.post(f"/Calls/{handler.sid}.json", Url=f"{HOST}/elsewhere")
    world.exchange.advance(5)
    (action,) = world.asked("/after")
    assert (action.parameter("DialBridged"), action.parameter("DialCallDuration")) == ("true", None)
    assert handler.has_heard("Somewhere else")
    assert caller.has_heard("Afterwards")


@pytest.mark.parametrize(
    ("failure", "bridged"), [(ScreeningFailure.DROPS, "false"), (ScreeningFailure.CONNECTS, "true")]
)
def test_a_whisper_that_fails_is_as_it_is_set_up(failure: ScreeningFailure, bridged: str) -> None:
    world = World(
        f"<Response><Dial action='/after'>{ONE}</Dial></Response>", {"/whisper": "no"}, screening_failure=failure
    )
    called(world, Person(talks=5))
    assert told(world)[1] == bridged


def test_a_number_in_national_format_cannot_be_dialled() -> None:
    world = dials("<Number>01392 388481</Number>")
    world.exchange.dial(LINE, CALLER)
    world.exchange.advance(1)
    assert told(world)[0] == "failed"
    assert [warned.code for warned in world.exchange.warnings] == [13223]


def test_a_caller_id_of_somebody_else_is_refused() -> None:
    world = dials(attributes=f"callerId='{CONSULTED}'")
    called(world, Person())
    assert told(world)[0] == "failed"
    assert [warned.code for warned in world.exchange.warnings] == [13214]


def test_star_hangs_up_on_the_other_where_the_dial_says_so() -> None:
    world = dials(attributes="hangupOnStar='true'")
    caller = called(world, Person(), 12)
    caller.presses("*")
    assert told(world) == ("completed", "true", "in-progress")
    assert world.exchange.phone(HANDLER).leg.is_over


def test_status_callbacks_of_a_number_are_numbered_as_they_are_sent() -> None:
    told = "statusCallback='/status' statusCallbackEvent='initiated ringing answered completed'"
    world = World(f"<Response><Dial action='/after'><Number {told}>{HANDLER}</Number></Dial></Response>")
    called(world, Person(talks=5))
    assert world.told("/status", "CallStatus") == ["initiated", "ringing", "in-progress", "completed"]
    assert world.told("/status", "SequenceNumber") == ["0", "1", "2", "3"]
    assert world.told("/status", "CallDuration") == [None, None, None, "5"]
