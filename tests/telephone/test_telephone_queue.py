"""How does a story tell of a caller who waits in a queue? (Twilio: voice/twiml/enqueue)"""

import pytest

from telephone import Call, OutOfTurn, Queued, Talking, play
from tests.telephone.canned_twiml import LINE, Canned, asked, telephone

VOICE = "<Response><Enqueue action='/left' waitUrl='/wait'>desk</Enqueue><Say>Behind</Say></Response>"
WAIT = "<Response><Say>You are waiting</Say><Pause length='8'/></Response>"
OFFER = (
    "<Response><Gather numDigits='1' timeout='4' action='/key'><Say>Press 1 for a call back</Say></Gather></Response>"
)
LEAVE = "<Response><Leave/></Response>"


def waiting(wait: Canned = WAIT, voice: str = VOICE) -> Call:
    documents: dict[str, Canned] = {
        "/wait": wait,
        "/left": "<Response><Say>You have left</Say></Response>",
        "/key": LEAVE,
    }
    return telephone(voice, documents).dial(LINE)


def ticks(call: Call) -> list[tuple[str | None, str | None]]:
    requests = [each for each in call.exchanges if each.request.url.endswith("/wait")]
    return [(each.parameter("QueuePosition"), each.parameter("QueueTime")) for each in requests]


def test_a_caller_hears_the_wait_document_at_the_place_that_the_story_says() -> None:
    call = waiting().is_queued(position=2).hears("You are waiting").is_queued(position=1).hears("You are waiting")
    assert ticks(call) == [("2", "0"), ("1", "9")]
    assert call.state == Queued("desk", 1)


def test_waiting_asks_for_the_document_until_the_time_is_over() -> None:
    call = waiting().waits_in_queue(30).hears("You are waiting You are waiting")
    assert [place for place, _ in ticks(call)] == ["1"] * 4
    assert call.elapsed >= 30


def test_a_key_in_the_wait_document_leads_out_of_the_queue() -> None:
    call = waiting(OFFER).is_queued(position=1).hears("call back").presses("1").hears("You have left").has_ended()
    assert asked(call.exchanges, "/left").parameter("QueueResult") == "leave"


def test_waiting_presses_nothing_at_the_wait_documents_prompts() -> None:
    call = waiting(OFFER).waits_in_queue(20).hears("Press 1 for a call back")
    assert [place for place, _ in ticks(call)] == ["1"] * 4


def test_a_key_is_pressed_at_the_next_prompt_of_the_wait_document() -> None:
    waiting([WAIT, OFFER]).waits_in_queue(5).presses("1").hears("You have left").has_ended()


def test_a_key_that_no_wait_document_asks_for_cannot_be_pressed() -> None:
    with pytest.raises(OutOfTurn, match="cannot press keys now"):
        waiting().presses("1")


def test_somebody_answers_and_the_action_comes_after_the_talk() -> None:
    call = waiting().is_queued(position=1).is_answered_from_queue()
    assert call.state == Talking("desk")
    call.talks(60).callee_hangs_up().hears("You have left").does_not_hear("Behind").has_ended()
    action = asked(call.exchanges, "/left")
    assert (action.parameter("QueueResult"), action.parameter("QueueTime")) == ("bridged", "9")


def test_somebody_answers_in_the_middle_of_a_prompt() -> None:
    call = waiting(OFFER).is_queued(position=1).is_answered_from_queue()
    assert isinstance(call.state, Talking)


@pytest.mark.parametrize("answered", [False, True])
def test_a_caller_who_hangs_up_is_told_and_the_reply_ignored(answered: bool) -> None:
    call = waiting().is_queued(position=1)
    call = (call.is_answered_from_queue() if answered else call).hangs_up().does_not_hear("You have left").has_ended()
    action = asked(call.exchanges, "/left")
    assert action.parameter("QueueResult") == ("bridged" if answered else "hangup")
    assert action.parameter("CallStatus") == "completed"


def test_without_an_action_leave_goes_on_with_the_next_verb() -> None:
    waiting(LEAVE, VOICE.replace("action='/left' ", "")).is_queued(position=1).hears("Behind").has_ended()


def test_a_wait_document_that_fails_is_an_error_and_the_caller_goes_on() -> None:
    call = waiting("nonsense").is_queued(position=1).hears("You have left")
    assert asked(call.exchanges, "/left").parameter("QueueResult") == "error"


def test_a_hangup_in_the_wait_document_ends_the_call() -> None:
    call = waiting("<Response><Hangup/></Response>").is_queued(position=1).has_ended()
    assert asked(call.exchanges, "/left").parameter("QueueResult") == "hangup"


def test_without_a_wait_document_there_is_music() -> None:
    waiting(voice="<Response><Enqueue>desk</Enqueue></Response>").is_queued(position=1).hears("hold music")


def test_a_dial_behind_the_queue_is_possible_again() -> None:
    voice = "<Response><Enqueue waitUrl='/wait'>desk</Enqueue><Dial>01392 388481</Dial></Response>"
    waiting(LEAVE, voice.replace("01392 388481", "+441392388481")).is_queued(position=1).rings("01392 388481")


@pytest.mark.parametrize("step", ["is_queued", "waits_in_queue", "is_answered_from_queue"])
def test_who_is_in_no_queue_cannot_wait_there(step: str) -> None:
    call = telephone("<Response><Gather><Say>Press a key</Say></Gather></Response>").dial(LINE)
    with pytest.raises(OutOfTurn, match="not in a queue"):
        getattr(call, step)(*([] if step.endswith("queue") and step.startswith("is_") else [1]))


def test_a_script_waits_and_is_answered() -> None:
    call = play(waiting()).has_ended()
    assert asked(call.exchanges, "/left").parameter("QueueResult") == "bridged"
