"""When Twilio asks for the fallback: does the caller still reach a person?"""

import pytest

from ivr.moment import World
from rehearsal.staging import Memory
from telephone import Answers, BrokenOff, Call, Request, Response, Telephone, WsgiTransport
from tests.webhooks.knocking import CALLER, EDT, MASH, PUBLIC, fields, knock, number, opened, redirected, telephone

FALLBACK, AFTER = "/webhooks/voice/fallback", "/webhooks/voice/fallback/after"
EMPTY = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'


@pytest.fixture
def memory(world: World) -> Memory:
    return Memory(world)


@pytest.mark.parametrize(("when", "expected"), [("Wed 10:00", MASH), ("Wed 17:00", EDT), ("Sat 11:00", EDT)])
def test_the_fallback_rings_the_default_destination_of_the_hour(memory: Memory, when: str, expected: str) -> None:
    reply = knock(opened(memory, when), FALLBACK, fields(memory.world, ErrorCode="11200", CallStatus="ringing"))
    assert reply.status == 200
    assert f"<Number>{expected}</Number>" in reply.text
    assert memory.faults == ["Twilio asked for the fallback: error 11200"]


def test_after_a_conversation_the_call_ends(memory: Memory) -> None:
    reply = knock(opened(memory), AFTER, fields(memory.world, DialCallStatus="completed", DialBridged="true"))
    assert "The call has ended. Goodbye." in reply.text
    assert reply.text.endswith("<Hangup/></Response>")


@pytest.mark.parametrize("status", ["completed", "no-answer", "busy", "failed", "canceled", ""])
def test_after_nobody_answered_the_lines_safe_message_is_spoken_and_nobody_is_rung_again(
    memory: Memory, status: str
) -> None:
    reply = knock(opened(memory), AFTER, fields(memory.world, DialCallStatus=status, DialBridged="false"))
    assert "<Dial" not in reply.text
    safe = redirected(opened(memory), memory.world, reply)
    assert "Nobody could take your call just now." in safe.text
    assert "If a child is in danger now, dial 9 9 9." in safe.text
    assert "For a call back, press 1." in safe.text
    assert memory.faults == []


def test_a_call_that_the_fallback_rang_for_nobody_may_have_a_call_back(world: World) -> None:
    memory = Memory(world)
    call = by_the_fallback(memory).rings("0345 155 1071").no_answer().hears("Nobody could take your call just now.")
    call.presses("1").hears("We will call you back on").presses("1").hears("Your call back is booked").has_ended()
    asked = [request["do"] for record in memory.records for request in record.body.get("requests", ())]
    assert asked == ["book"]


@pytest.mark.parametrize(
    ("path", "code", "ending"), [(FALLBACK, "rescue-rings", None), (AFTER, "rescue-safe-message", None)]
)
def test_a_rescue_is_kept_in_the_calls_record(memory: Memory, path: str, code: str, ending: str | None) -> None:
    knock(opened(memory), path, fields(memory.world, DialBridged="false"))
    (record,) = memory.records
    assert record.kind == "fault"
    assert [reason["code"] for reason in record.body["reasons"]] == [code]
    kept = (record.body["line"], record.body["from"], record.body["to"], record.body["ending"])
    assert kept == ("devon", CALLER, number(memory.world), ending)
    assert record.body["rings"] == (MASH if path == FALLBACK else None)


def test_a_retried_rescue_is_the_same_record_and_another_place_is_another(memory: Memory) -> None:
    for path in (FALLBACK, FALLBACK, AFTER):
        knock(opened(memory), path, fields(memory.world))
    first, retried, after = (record.sequence for record in memory.records)
    assert first == retried != after


def test_the_fallback_does_nothing_for_a_caller_who_has_gone(memory: Memory) -> None:
    assert knock(opened(memory), FALLBACK, fields(memory.world, CallStatus="completed")).text == EMPTY


def test_a_call_whose_every_webhook_breaks_off_reaches_a_person_by_the_fallback(world: World) -> None:
    call = by_the_fallback(Memory(world)).hears("hang up and dial 9 9 9").rings("0345 155 1071")
    assert call.phone_does(Answers()).talks(30).callee_hangs_up().hears("Goodbye").has_ended()
    assert call.warnings
    assert all(exchange.request.url.startswith(PUBLIC) for exchange in call.exchanges)


def by_the_fallback(memory: Memory) -> Call:
    """A call to Devon whose first webhook breaks off."""
    plugged = telephone(opened(memory), memory.world)
    broken = Telephone(
        OnlyFallback(plugged),
        plugged.account,
        plugged.voice_url,
        fallback_url=plugged.fallback_url,
        owned=plugged.owned,
    )
    return broken.dial(number(memory.world), CALLER)


class OnlyFallback:
    """A network on which the first address cannot be reached."""

    def __init__(self, plugged: Telephone) -> None:
        self._plugged = plugged

    def send(self, request: Request) -> Response:
        """The application's response, except where a call begins."""
        if request.url.partition("#")[0] == f"{PUBLIC}/webhooks/voice":
            raise BrokenOff("cut")
        assert isinstance(self._plugged.transport, WsgiTransport)
        return self._plugged.transport.send(request)
