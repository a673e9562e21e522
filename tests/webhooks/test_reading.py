"""What do Twilio's parameters say happened?"""

from urllib.parse import unquote_plus, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.events import Arrived, CallerGone, Event, Keyed, LegEnd, Silent, Talked, Unreached
from ivr.position import Stage
from webhooks.reading import Form, call_from, event_from, form_from, number_of

LIVE = ["", "queued", "ringing", "in-progress"]
OVER = ["completed", "busy", "failed", "no-answer", "canceled"]
CALLERS_STAGES = [Stage.ENTER, Stage.KEYS, Stage.NUMBER, Stage.LEG]
UNBRIDGED = {
    "completed": LegEnd.NOT_ACCEPTED,
    "answered": LegEnd.NOT_ACCEPTED,
    "busy": LegEnd.BUSY,
    "failed": LegEnd.FAILED,
    "no-answer": LegEnd.NO_ANSWER,
    "canceled": LegEnd.NO_ANSWER,
    "": LegEnd.NO_ANSWER,
    "a word that Twilio invents tomorrow": LegEnd.NO_ANSWER,
}


def form(**fields: str) -> Form:
    """A form of these fields, as it comes over the wire."""
    return form_from(urlencode(fields).encode())


@pytest.mark.parametrize("call", LIVE)
@pytest.mark.parametrize("bridged", ["false", "", "TRUE"])
@pytest.mark.parametrize(("dial", "how"), UNBRIDGED.items())
def test_a_leg_that_was_not_bridged_reached_nobody_whatever_its_status(
    dial: str, how: LegEnd, bridged: str, call: str
) -> None:
    found = event_from(Stage.LEG, form(DialCallStatus=dial, DialBridged=bridged, CallStatus=call))
    assert found == Unreached(how)


@pytest.mark.parametrize("call", LIVE)
@pytest.mark.parametrize("dial", UNBRIDGED)
def test_a_leg_that_was_bridged_was_a_conversation(dial: str, call: str) -> None:
    assert event_from(Stage.LEG, form(DialCallStatus=dial, DialBridged="true", CallStatus=call)) == Talked()


@pytest.mark.parametrize("stage", CALLERS_STAGES)
@pytest.mark.parametrize("call", OVER)
@pytest.mark.parametrize("dial", UNBRIDGED)
@pytest.mark.parametrize(("bridged", "talked"), [("true", True), ("false", False), ("", False)])
def test_the_callers_hang_up_is_looked_at_first(
    dial: str, bridged: str, call: str, stage: Stage, *, talked: bool
) -> None:
    found = event_from(stage, form(DialCallStatus=dial, DialBridged=bridged, CallStatus=call, Digits="1"))
    assert found == CallerGone(talked)


@pytest.mark.parametrize("call", OVER)
def test_a_called_persons_leg_that_is_over_is_not_the_callers_hang_up(call: str) -> None:
    assert event_from(Stage.WHISPER, form(CallStatus=call)) == Arrived()
    assert event_from(Stage.ACCEPT, form(CallStatus=call, Digits="2")) == Keyed("2")


@pytest.mark.parametrize(
    ("fields", "event"),
    [
        ({}, Silent()),
        ({"Digits": ""}, Silent()),
        ({"Digits": " "}, Silent()),
        ({"FinishedOnKey": "#"}, Keyed("#")),
        ({"Digits": "", "FinishedOnKey": "#"}, Keyed("#")),
        ({"Digits": "", "FinishedOnKey": ""}, Silent()),
        ({"Digits": "1"}, Keyed("1")),
        ({"Digits": "0427", "FinishedOnKey": "#"}, Keyed("0427")),
        ({"Digits": "*#"}, Keyed("*#")),
        ({"Digits": "<1>'a٣²"}, Keyed("1")),
        ({"Digits": "1" * 500}, Keyed("1" * 20)),
    ],
)
@pytest.mark.parametrize("stage", [Stage.KEYS, Stage.NUMBER, Stage.ACCEPT])
def test_keys_are_read_whether_blank_absent_or_finished(fields: dict[str, str], event: Event, stage: Stage) -> None:
    assert event_from(stage, form(CallStatus="in-progress", **fields)) == event


@pytest.mark.parametrize("stage", [Stage.ENTER, Stage.WHISPER])
def test_where_nobody_was_asked_keys_and_dial_fields_say_nothing(stage: Stage) -> None:
    assert event_from(stage, form(CallStatus="ringing", Digits="1", DialBridged="true")) == Arrived()


WITHHELD = [
    "anonymous", "Anonymous", "unknown", "Restricted", "unavailable", "blocked", "PRIVATE", "+266696687", "+86282452253",
    "+8656696", "+2562533", "+7378742833", "", " ", "+", "client:desk", "sip:agent@example.org", "01392", "+44", "999",
    "+441392388481;ext=1", "ａｎｏｎ", "\x00",
]  # fmt: skip


@pytest.mark.parametrize("spelling", WITHHELD)
def test_a_withheld_number_in_any_spelling_is_nobodys(spelling: str) -> None:
    call = call_from(form(CallSid="CA1", From=spelling, To="+442079460101"))
    assert call.caller is None
    assert call.dialled is not None
    assert call.dialled.e164 == "+442079460101"


def test_a_number_is_read_from_each_field_that_may_hold_one() -> None:
    call = call_from(form(CallSid="CA1", From="+442079460999", To="+442079460101", ForwardedFrom="+441392388481"))
    assert (call.sid, call.caller, call.dialled, call.via) == (
        "CA1", number_of("+442079460999"), number_of("+442079460101"), number_of("+441392388481"),
    )  # fmt: skip


def test_blank_and_repeated_fields_are_kept_for_the_signature_and_the_first_is_read() -> None:
    read = form_from(b"A=1&FromCity=&A=2&A=1")
    assert read.pairs == (("A", "1"), ("FromCity", ""), ("A", "2"), ("A", "1"))
    assert (read.value("A"), read.value("FromCity"), read.value("Missing")) == ("1", "", "")


def test_a_form_of_more_fields_than_any_webhook_is_refused() -> None:
    assert len(form_from("&".join(f"f{at}=" for at in range(100)).encode()).pairs) == 100
    with pytest.raises(ValueError, match="fields"):
        form_from("&".join(f"f{at}=" for at in range(101)).encode())


@settings(max_examples=500, deadline=None, database=None)
@given(fields=st.lists(st.text("%2bB5c3eE9aA+=é ", max_size=12), max_size=6))
def test_a_form_is_decoded_as_the_library_decodes_it(fields: list[str]) -> None:
    split = [field.partition("=") for field in fields if field]
    decoded = tuple(
        (unquote_plus(name, errors="replace"), unquote_plus(value, errors="replace")) for name, _, value in split
    )
    assert form_from("&".join(fields).encode()).pairs == decoded


@settings(max_examples=300, deadline=None, database=None)
@given(body=st.binary(max_size=80), stage=st.sampled_from(Stage))
def test_no_bytes_of_a_form_are_a_fault(body: bytes, stage: Stage) -> None:
    read = form_from(body.replace(b"&", b"") + b"&CallSid=CA1")
    event_from(stage, read)
    call_from(read)
