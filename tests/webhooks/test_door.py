"""Who is let in at the door, and with what?"""

from urllib.parse import urlencode

import pytest

from ivr.moment import World
from ivr.position import Stage
from rehearsal.staging import Memory
from tests.webhooks.knocking import TOKEN, asked, fields, knock, opened, place
from tests.webhooks.test_reading import WITHHELD
from webhooks.guard import Guard
from webhooks.links import path_of

VOICE, STATUS = "/webhooks/voice", "/webhooks/status"
OURS = [
    "/webhooks/voice",
    "/webhooks/status",
    "/webhooks/voice/fallback",
    "/webhooks/voice/fallback/after",
    "/webhooks/x",
]


@pytest.fixture
def memory(world: World) -> Memory:
    return Memory(world)


@pytest.mark.parametrize("path", OURS)
@pytest.mark.parametrize("signature", [None, "", "x", "é", "=" * 28])
def test_nobody_is_let_in_without_twilios_signature(memory: Memory, path: str, signature: str | None) -> None:
    given = {} if signature is None else {"HTTP_X_TWILIO_SIGNATURE": signature}
    reply = asked(opened(memory), path, urlencode(fields(memory.world)).encode(), **given)
    assert reply.status == 403
    assert "<" not in reply.text
    assert memory.records == []
    assert memory.faults == []


def test_a_signed_call_is_answered_in_twiml_and_recorded_once(memory: Memory) -> None:
    reply = knock(opened(memory), VOICE, fields(memory.world))
    assert reply.status == 200
    assert reply.headers == {"Content-Type": "text/xml; charset=utf-8", "Content-Length": str(len(reply.body))}
    assert "<Gather" in reply.text
    assert [record.sequence for record in memory.records] == ["h0"]


def test_a_signature_for_another_form_or_address_is_refused(memory: Memory) -> None:
    signed = Guard([TOKEN], "http://door.invalid").signature(VOICE, fields(memory.world))
    given = {"HTTP_X_TWILIO_SIGNATURE": signed}
    assert knock(opened(memory), VOICE, fields(memory.world, Digits="1"), **given).status == 403
    assert knock(opened(memory), STATUS, fields(memory.world), **given).status == 403
    assert knock(opened(memory), f"{VOICE}?x=1", fields(memory.world), **given).status == 403
    assert memory.records == []


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", OURS)
def test_webhooks_are_posted(memory: Memory, path: str, method: str) -> None:
    assert knock(opened(memory), path, fields(memory.world), REQUEST_METHOD=method).status == 405
    assert memory.records == []


def test_a_body_larger_than_any_webhook_is_refused(memory: Memory) -> None:
    assert asked(opened(memory), VOICE, b"A=" + b"x" * 65_535).status == 413
    assert knock(opened(memory), VOICE, [*fields(memory.world), ("A", "x" * 60_000)]).status == 200


def test_a_form_of_more_fields_than_any_webhook_is_refused(memory: Memory) -> None:
    assert knock(opened(memory), VOICE, [(f"f{at}", "") for at in range(101)]).status == 400
    assert memory.records == []


@pytest.mark.parametrize(
    "spoofed",
    [
        {"HTTP_HOST": "evil.example"},
        {"HTTP_X_FORWARDED_HOST": "evil.example", "HTTP_X_FORWARDED_PROTO": "https"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1", "HTTP_X_FORWARDED_PREFIX": "/ivr"},
        {"HTTP_FORWARDED": "host=evil.example;proto=https"},
        {"HTTP_X_ORIGINAL_URL": "/webhooks/status", "SERVER_NAME": "evil.example", "SERVER_PORT": "443"},
        {"wsgi.url_scheme": "https", "SCRIPT_NAME": "/ivr"},
    ],
)
def test_what_a_proxy_or_a_stranger_puts_into_headers_changes_nothing(memory: Memory, spoofed: dict[str, str]) -> None:
    plain, pairs = opened(memory), fields(memory.world)
    assert knock(plain, VOICE, pairs, **spoofed) == knock(plain, VOICE, pairs)
    evil = Guard([TOKEN], "https://evil.example").signature(VOICE, pairs)
    assert knock(plain, VOICE, pairs, HTTP_X_TWILIO_SIGNATURE=evil, **spoofed).status == 403


def test_the_signature_is_for_the_public_address_with_its_path(memory: Memory) -> None:
    below, pairs = opened(memory, public="http://door.invalid/ivr"), fields(memory.world)
    signed = Guard([TOKEN], "http://door.invalid").signature(f"/ivr{VOICE}", pairs)
    reply = knock(below, VOICE, pairs, HTTP_X_TWILIO_SIGNATURE=signed)
    assert reply.status == 200
    assert 'action="/ivr/webhooks/voice/1/' in reply.text
    assert knock(below, VOICE, pairs).status == 403


def test_what_is_not_a_webhook_goes_to_the_site(memory: Memory) -> None:
    assert b"not found" in asked(opened(memory), "/webhooks", b"").body.lower()


@pytest.mark.parametrize("spelling", [*WITHHELD, "+442079460998"])
def test_a_caller_who_withholds_the_number_has_an_ordinary_call(memory: Memory, spelling: str) -> None:
    ordinary = knock(opened(memory), VOICE, fields(memory.world))
    assert knock(opened(memory), VOICE, fields(memory.world, From=spelling)) == ordinary
    pressed = knock(
        opened(memory),
        path_of(place(memory.world, "welcome", Stage.KEYS)),
        fields(memory.world, From=spelling, Digits="3"),
    )
    assert "<Number" in pressed.text
    assert ("callerId=" in pressed.text) == (spelling != "+442079460998")
    assert memory.faults == []


def test_a_status_callback_is_kept_and_answered_without_a_body(memory: Memory) -> None:
    sent = fields(
        memory.world,
        CallSid="CAchild",
        ParentCallSid="CAparent",
        CallStatus="ringing",
        SequenceNumber="1",
        To="+441392388481",
    )
    reply = knock(opened(memory), STATUS, sent)
    assert (reply.status, reply.body) == (204, b"")
    assert "Content-Type" not in reply.headers
    record = memory.records[0]
    assert (record.call, record.leg, record.sequence, record.kind) == ("CAparent", "CAchild", "s1:ringing", "status")
    assert record.body == {"status": "ringing", "seconds": None, "rings": "+441392388481"}


def test_the_callers_own_status_is_kept_under_their_call(memory: Memory) -> None:
    knock(opened(memory), STATUS, fields(memory.world, CallSid="CA1", CallStatus="completed", CallDuration="63"))
    record = memory.records[0]
    assert (record.call, record.leg, record.sequence) == ("CA1", "", "s:completed")
    assert record.body == {"status": "completed", "seconds": 63, "rings": None}


@pytest.mark.parametrize("duration", ["", "-1", "1.5", "²", "9" * 20, "9" * 5000])
def test_no_duration_is_a_fault(memory: Memory, duration: str) -> None:
    reply = knock(opened(memory), STATUS, fields(memory.world, CallStatus="completed", CallDuration=duration))
    assert reply.status == 204
    assert len(memory.records) == 1
