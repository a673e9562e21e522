"""How are the two legs of a call-back written and read at the door?"""

import pytest

from directory.numbers import Number
from ivr.legs import Answered, Called, LegEvent, LegPlace, LegStage, Turn
from ivr.replies import CallOut, HangUp, Say
from webhooks.desk_legs import event_of, without_desk
from webhooks.reading import Form
from webhooks.twiml import Writer

PARTY = "0123456789abcdef"
GREETING, THEN = LegPlace(PARTY, LegStage.GREETING), LegPlace(PARTY, LegStage.RETURN)


@pytest.mark.parametrize(
    ("stage", "sent", "event"),
    [
        (LegStage.GREETING, {}, Answered()),
        (LegStage.TICK, {}, Turn()),
        (
            LegStage.RETURN, {"DialBridged": "true", "DialCallStatus": "completed", "DialCallDuration": "61"},
            Called(bridged=True, status="completed", seconds=61),
        ),
        (LegStage.RETURN, {"DialCallStatus": "busy"}, Called(bridged=False, status="busy", seconds=0)),
        (
            LegStage.RETURN, {"CallStatus": "completed", "DialCallStatus": "no-answer"},
            Called(bridged=False, status="no-answer", seconds=0),
        ),
    ],
)  # fmt: skip
def test_what_became_of_the_called_is_read_though_the_handler_has_gone(
    stage: LegStage, sent: dict[str, str], event: LegEvent
) -> None:
    assert event_of(LegPlace(PARTY, stage), Form((), {"CallStatus": "in-progress"} | sent)) == event


def test_the_document_dials_with_the_lines_number_and_greets_before_the_two_are_connected() -> None:
    dials = CallOut(Number("+442079460901"), Number("+442079460102"), GREETING, THEN, 25)
    written = Writer("").document([dials]).decode()
    assert f'<Dial timeout="25" method="POST" action="/webhooks/desk/1/{PARTY}/r0' in written
    assert 'callerId="+442079460102"' in written
    assert f'<Number url="/webhooks/desk/1/{PARTY}/g0' in written
    assert written.endswith("+442079460901</Number></Dial></Response>")


def test_whoever_is_called_is_greeted_though_the_desk_cannot_be_asked() -> None:
    (greeting,) = without_desk(GREETING)
    assert greeting == Say("This is children's social care, returning your call.")
    assert HangUp() in without_desk(THEN)
