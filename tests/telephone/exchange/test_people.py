"""What do people do with their telephones, by themselves and when a test says so?"""

import pytest

from telephone import Busy, HangsUpInWhisper, NoAnswer, OutOfTurn, Person, PicksUp
from tests.telephone.canned_twiml import LINE
from tests.telephone.exchange.world import CALLER, HANDLER, World

ASKS = (
    "<Response><Gather numDigits='1' timeout='6' action='/chosen'><Say>Press a key</Say></Gather>"
    "<Say>Nothing was pressed</Say></Response>"
)
KEYS = {"/ask": ASKS, "/chosen": "<Response><Say>Thank you</Say><Pause length='30'/></Response>"}


def called(person: Person | PicksUp | HangsUpInWhisper) -> World:
    world = World(documents=KEYS)
    world.exchange.phone(HANDLER).will(person)
    world.calls(HANDLER, "/ask")
    return world


def test_a_person_presses_after_the_prompt() -> None:
    world = called(Person("3", after=2, hesitates=1.5))
    world.exchange.advance(10)
    (asked,) = world.asked("/chosen")
    assert (asked.parameter("Digits"), asked.at) == ("3", 4.7)


def test_a_person_who_hesitates_too_long_presses_in_vain() -> None:
    world = called(Person("3", hesitates=6.5))
    world.exchange.advance(20)
    leg = world.exchange.phone(HANDLER).leg
    assert (world.asked("/chosen"), leg.has_heard("Nothing was pressed")) == ([], True)
    assert "presses 3 (nobody listens)" in leg.told()


def test_a_person_presses_one_key_at_each_of_several_prompts() -> None:
    documents = {**KEYS, "/chosen": [ASKS.replace("/chosen", "/again")], "/again": KEYS["/chosen"]}
    world = World(documents=documents)
    world.exchange.phone(HANDLER).will(Person("12"))
    world.calls(HANDLER, "/ask")
    world.exchange.advance(20)
    assert (world.told("/chosen", "Digits"), world.told("/again", "Digits")) == (["1"], ["2"])


def test_a_person_hangs_up_in_the_whisper() -> None:
    world = called(HangsUpInWhisper(during=0.5, after=2))
    world.exchange.advance(10)
    leg = world.exchange.phone(HANDLER).leg
    assert (leg.status, leg.ended_at, leg.has_heard("Press ...")) == ("completed", 2.5, True)


def test_a_test_presses_in_the_middle_of_a_prompt_and_stops_it() -> None:
    world = called(PicksUp(after=1))
    world.exchange.advance(1.5)
    world.exchange.phone(HANDLER).presses("7")
    assert world.told("/chosen", "Digits") == ["7"]
    assert world.exchange.phone(HANDLER).leg.has_heard("Press ...")


def test_keys_are_half_a_second_apart_and_end_at_the_finish_key() -> None:
    world = World("<Response><Gather action='/chosen'/></Response>", KEYS)
    caller = world.exchange.dial(LINE, CALLER)
    caller.presses("123#")
    world.exchange.advance(3)
    (asked,) = world.asked("/chosen")
    assert (asked.parameter("Digits"), asked.parameter("FinishedOnKey"), asked.at) == ("123", "#", 1.5)


def test_a_pause_between_keys_starts_the_timeout_again() -> None:
    world = World("<Response><Gather timeout='5' action='/chosen'/></Response>", KEYS)
    caller = world.exchange.dial(LINE, CALLER)
    for _ in range(3):
        world.exchange.advance(4)
        caller.presses("1")
    world.exchange.advance(6)
    assert (world.told("/chosen", "Digits"), world.asked("/chosen")[0].at) == (["111"], 17.0)


def test_a_caller_may_be_scripted_too() -> None:
    world = World(ASKS, KEYS)
    caller = world.exchange.dial(LINE, CALLER, persona=Person("9", hesitates=1))
    world.exchange.advance(5)
    assert world.told("/chosen", "Digits") == ["9"]
    assert caller.has_heard("Thank you")


def test_without_a_word_about_it_a_telephone_rings_until_somebody_acts() -> None:
    world = World(documents=KEYS)
    world.calls(HANDLER, "/ask")
    world.exchange.advance(8)
    phone = world.exchange.phone("020 7946 0201")
    assert phone.is_ringing
    phone.answers()
    assert not phone.is_ringing
    assert phone.leg.answered_at == 8.0
    phone.hangs_up()
    with pytest.raises(OutOfTurn, match="is not in a call"):
        phone.presses("1")
    with pytest.raises(OutOfTurn, match="does not ring"):
        phone.answers()


def test_declining_is_engaged() -> None:
    world = World(documents=KEYS)
    leg = world.calls(HANDLER, "/ask")
    world.exchange.advance(2)
    world.exchange.phone(HANDLER).declines()
    assert leg.status == "busy"


def test_a_telephone_does_one_thing_after_the_other_and_then_the_last_again() -> None:
    world = World(documents=KEYS)
    world.exchange.phone(HANDLER).will(Busy(), NoAnswer(), Busy())
    legs = []
    for _ in range(4):
        legs.append(world.calls(HANDLER, "/ask", Timeout=5))
        world.exchange.advance(20)
    assert [leg.status for leg in legs] == ["busy", "no-answer", "busy", "busy"]


def test_a_person_talks_for_a_while_and_hangs_up() -> None:
    world = World(f"<Response><Dial><Number>{HANDLER}</Number></Dial></Response>")
    world.exchange.phone(HANDLER).will(Person(after=2, talks=25))
    caller = world.exchange.dial(LINE, CALLER)
    world.exchange.advance(60)
    assert world.exchange.phone(HANDLER).leg.ended_at == caller.ended_at == 27.0


def test_a_telephone_that_was_never_in_a_call_has_no_leg() -> None:
    with pytest.raises(OutOfTurn, match="neither called nor been called"):
        World().exchange.phone(HANDLER).leg  # noqa: B018 - asking is what raises


def test_the_callers_own_telephone_is_in_the_call_too() -> None:
    world = World("<Response><Pause length='9'/></Response>")
    caller = world.exchange.dial(LINE, CALLER)
    world.exchange.phone(CALLER).hangs_up()
    assert caller.is_over


def test_a_withheld_caller_has_a_leg_and_no_number() -> None:
    world = World("<Response><Pause length='9'/></Response>")
    assert world.exchange.dial(LINE, "anonymous").is_over is False
    assert world.told("/voice", "From") == ["anonymous"]
