"""Who is told how a call goes on, and when does that arrive?"""

from typing import Unpack

from telephone import Call, Telephone, Unruly
from telephone.fetching import Attempt
from tests.telephone.canned_twiml import DUTY, HOST, LINE, MANAGER, Reply, Settings, telephone

EVENTS = "initiated ringing answered completed"


def rung(events: str | None = EVENTS, **settings: Unpack[Settings]) -> Telephone:
    asked_for = f'statusCallbackEvent="{events}"' if events else ""
    number = f'<Number statusCallback="/status" {asked_for}>+441392388481</Number>'
    voice = f'<Response><Dial timeout="15">{number}</Dial></Response>'
    return telephone(voice, {"/status": Reply("", None, 204)}, **settings)


def callbacks(call: Call) -> list[Attempt]:
    return [each for each in call.exchanges if each.purpose == "status"]


def told(call: Call, name: str = "CallStatus") -> list[str | None]:
    return [each.parameter(name) for each in callbacks(call)]


def test_answered_arrives_as_in_progress_and_events_are_counted() -> None:
    call = rung().dial(LINE).rings(DUTY).answers().talks(61).callee_hangs_up()
    assert told(call) == ["initiated", "ringing", "in-progress", "completed"]
    assert told(call, "SequenceNumber") == ["0", "1", "2", "3"]
    assert told(call, "CallDuration") == [None, None, None, "61"]
    assert set(told(call, "ParentCallSid")) == {call.sid}


def test_only_the_events_asked_for_are_sent_and_counted() -> None:
    call = rung("answered completed").dial(LINE).answers().callee_hangs_up()
    assert told(call, "SequenceNumber") == ["0", "1"]


def test_completed_is_the_default_and_carries_how_it_ended() -> None:
    assert told(rung(None).dial(LINE).no_answer()) == ["no-answer"]
    assert told(rung(None).dial(LINE).busy()) == ["busy"]
    assert told(rung(None).dial(LINE).fails()) == ["failed"]
    assert told(rung(None).dial(LINE).voicemail().callee_hangs_up()) == ["completed"]
    assert told(rung(None).dial(LINE).hangs_up()) == ["canceled"]


def test_telephones_that_stop_because_another_is_answered_are_canceled() -> None:
    number = '<Number statusCallback="/status">{}</Number>'
    both = number.format("+441392388481") + number.format("+442079460201")
    call = telephone(f"<Response><Dial>{both}</Dial></Response>", {"/status": "<Response/>"}).dial(LINE)
    call.rings(MANAGER).answers().callee_hangs_up()
    assert told(call) == ["canceled", "completed"]


def test_timestamps_follow_the_call() -> None:
    call = rung("initiated completed").dial(LINE).no_answer()
    assert told(call, "Timestamp") == ["Mon, 05 Jan 2026 09:00:00 +0000", "Mon, 05 Jan 2026 09:00:20 +0000"]


def test_the_number_of_the_line_is_told_at_the_end() -> None:
    voice = "<Response><Say>one two three four five</Say></Response>"
    call = telephone(voice, {"/end": "<Response/>"}, status_url=f"{HOST}/end").dial(LINE)
    assert told(call) == ["completed"]
    assert told(call, "CallDuration") == ["2"]
    assert call.warnings == ()


def test_a_callback_that_fails_or_answers_oddly_is_a_warning_and_nothing_more() -> None:
    for answer, code in ((Reply("", status=500), 11200), (Reply("ok", "text/html"), 12300)):
        phone = telephone("<Response><Say>Hello</Say></Response>", {"/end": answer}, status_url=f"{HOST}/end")
        assert phone.dial(LINE).hears("Hello").has_ended().warnings[0].code == code


def unruly(seed: int) -> Call:
    call = rung(delivery=Unruly(seed, latest=40.0, doubled=0.5)).dial(LINE)
    return call.answers().talks(60).callee_hangs_up()


def test_unruly_callbacks_come_late_out_of_order_and_twice() -> None:
    orders = [told(unruly(seed), "SequenceNumber") for seed in range(20)]
    assert all(set(order) == {"0", "1", "2", "3"} for order in orders)
    assert any(order != sorted(str(each) for each in order) for order in orders)
    assert any(len(order) > 4 for order in orders)


def test_the_same_seed_tells_the_same_story() -> None:
    assert [each.parameters for each in unruly(7).exchanges] == [each.parameters for each in unruly(7).exchanges]


def test_callbacks_take_none_of_the_callers_time() -> None:
    assert rung().dial(LINE).elapsed == rung(None).dial(LINE).elapsed == 0.0
