"""When Twilio asks for the fallback: does the caller still reach a person?"""

import pytest

from cli.rehearsal import Memory
from ivr.moment import World
from telephone import Answers, BrokenOff, Request, Response, Telephone, WsgiTransport
from tests.webhooks.knocking import CALLER, EDT, MASH, PUBLIC, fields, knock, number, opened, telephone
from webhooks.last_resort import DANGER

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
    assert "Nobody could take your call just now." in reply.text
    assert DANGER in reply.text
    assert reply.text.endswith("<Hangup/></Response>")
    assert "<Dial" not in reply.text


def test_the_fallback_does_nothing_for_a_caller_who_has_gone(memory: Memory) -> None:
    assert knock(opened(memory), FALLBACK, fields(memory.world, CallStatus="completed")).text == EMPTY


def test_a_call_whose_every_webhook_breaks_off_reaches_a_person_by_the_fallback(world: World) -> None:
    memory = Memory(world)
    plugged = telephone(opened(memory), world)
    broken = Telephone(
        OnlyFallback(plugged),
        plugged.account,
        plugged.voice_url,
        fallback_url=plugged.fallback_url,
        owned=plugged.owned,
    )
    call = broken.dial(number(world), CALLER).hears("hang up and dial 9 9 9").rings("0345 155 1071")
    assert call.phone_does(Answers()).talks(30).callee_hangs_up().hears("Goodbye").has_ended()
    assert call.warnings
    assert all(exchange.request.url.startswith(PUBLIC) for exchange in call.exchanges)


class OnlyFallback:
    """A network on which the first address cannot be reached."""

    def __init__(self, plugged: Telephone) -> None:
        self._plugged = plugged

    def send(self, request: Request) -> Response:
        """The application's response below the fallback, and none elsewhere."""
        if FALLBACK not in request.url:
            raise BrokenOff("cut")
        assert isinstance(self._plugged.transport, WsgiTransport)
        return self._plugged.transport.send(request)
