"""Does every call end, and every telephone stop, at whatever moment the caller hangs up?"""

import pytest

from telephone import Call, OutcomeWord, Unruly, play
from tests.telephone.canned_twiml import HOST, LINE, WHISPER, telephone

EVENTS = 'statusCallback="/status" statusCallbackEvent="initiated ringing answered completed"'
NUMBERS = "".join(f'<Number url="/whisper" {EVENTS}>{each}</Number>' for each in ("+441392388481", "+442079460201"))
VOICE = (
    '<Response><Say>one two three</Say><Gather numDigits="1" action="/menu"><Say>press one</Say></Gather></Response>'
)
DOCUMENTS = {
    "/menu": f'<Response><Dial timeout="10" action="/after">{NUMBERS}</Dial></Response>',
    "/whisper": WHISPER,
    "/screened": "<Response/>",
    "/after": '<Response><Say>Goodbye</Say><Pause length="2"/></Response>',
    "/status": "<Response/>",
}
END = f"{HOST}/status"


def statuses(call: Call) -> dict[str | None, list[str | None]]:
    """By CallSid, the CallStatus values that were told, in the order of the events."""
    told: dict[str | None, list[str | None]] = {}
    for exchange in call.exchanges:
        if exchange.purpose == "status":
            told.setdefault(exchange.parameter("CallSid"), []).append(exchange.parameter("CallStatus"))
    return told


@pytest.mark.parametrize("word", list(OutcomeWord), ids=lambda word: word.value)
def test_at_every_second_of_a_call(word: OutcomeWord) -> None:
    for second in range(90):
        phone = telephone(VOICE, DOCUMENTS, status_url=END)
        call = play(phone.dial(LINE, patience=float(second)), ["1"], default=word.outcome).has_ended()
        final = {"completed", "busy", "no-answer", "failed", "canceled"}
        assert all([each in final for each in told].count(True) == 1 for told in statuses(call).values())
        assert all(told[-1] in final for told in statuses(call).values())


def test_callbacks_that_come_late_all_come() -> None:
    for second in range(30):
        phone = telephone(VOICE, DOCUMENTS, status_url=END, delivery=Unruly(second, doubled=0.0))
        call = play(phone.dial(LINE, patience=float(second)), ["1"]).has_ended()
        assert all("completed" in told or "canceled" in told for told in statuses(call).values())


def test_a_caller_who_has_left_hears_no_more() -> None:
    for second in range(0, 90, 3):
        call = play(telephone(VOICE, DOCUMENTS).dial(LINE, patience=float(second)), ["1"])
        gone = [line.who for line in call.transcript if line.text == "hangs up" and line.who == "caller"]
        assert len(gone) <= 1
        if gone:
            assert call.transcript[-1].text == "ends: the caller hung up"
