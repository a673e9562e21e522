"""Is it noticed that Twilio itself is refused? Strangers are nobody's concern."""

import logging
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from app import Application, Config
from ivr.moment import World
from rehearsal.staging import Memory
from tests.reliability.forging.classes import Twilio
from tests.telling import at
from tests.webhooks.knocking import Answered, asked
from webhooks.refusals import Refusals

ACCOUNT, NOON = "AC" + "0" * 32, at("Wed 12:00")
SIGNED, AGENT = "x" * 28, "TwilioProxy/1.1"
BASE = "http://127.0.0.1:8000"


def refused(world: World, *requests: tuple[str, str, str]) -> tuple[Refusals, Memory]:
    memory = Memory(world)
    kept = Refusals(memory, ACCOUNT)
    for agent, account, signature in requests:
        kept.note(agent, account, signature, NOON)
    return kept, memory


def test_twilio_refused_three_times_is_told_once_and_is_amiss_for_ten_minutes(world: World) -> None:
    kept, memory = refused(world, *[(AGENT, ACCOUNT, SIGNED)] * 5)
    assert len(memory.faults) == 1
    assert "refused" in memory.faults[0]
    assert kept.are_many(NOON + timedelta(minutes=9))
    assert not kept.are_many(NOON + timedelta(minutes=10))


def test_it_is_told_again_after_five_minutes(world: World) -> None:
    kept, memory = refused(world, *[(AGENT, ACCOUNT, SIGNED)] * 3)
    kept.note(AGENT, ACCOUNT, SIGNED, NOON + timedelta(minutes=5))
    assert len(memory.faults) == 2


@pytest.mark.parametrize(
    "stranger",
    [("curl/8", ACCOUNT, SIGNED), (AGENT, "AC" + "1" * 32, SIGNED), (AGENT, "", SIGNED), (AGENT, ACCOUNT, "")],
)
def test_strangers_are_not_told(world: World, stranger: tuple[str, str, str]) -> None:
    kept, memory = refused(world, *[stranger] * 50)
    assert memory.faults == []
    assert not kept.are_many(NOON)


def test_two_refusals_are_no_alarm(world: World) -> None:
    kept, memory = refused(world, *[(AGENT, ACCOUNT, SIGNED)] * 2)
    assert not kept.are_many(NOON)
    assert memory.faults == []


def rings(application: Application, base: str, token: str, **more: str) -> Answered:
    """A call as Twilio brings it, signed for an address."""
    pairs = [("AccountSid", ACCOUNT), ("CallSid", "CA" + "3" * 32), ("From", "+442079460999"), ("To", "+442079460101")]
    signature = Twilio(base, token).honest("/webhooks/voice", pairs).signature or ""
    headers = {"HTTP_X_TWILIO_SIGNATURE": signature, "HTTP_USER_AGENT": AGENT, **more}
    return asked(application.flask.wsgi_app, "/webhooks/voice", urlencode(pairs).encode(), **headers)


@pytest.mark.parametrize("wrong", ["address", "token"])
def test_a_wrong_address_or_token_is_said_on_standard_error_and_by_readyz(
    application: Application, config: Config, caplog: pytest.LogCaptureFixture, wrong: str
) -> None:
    base, token = ("https://127.0.0.1", config.tokens[0]) if wrong == "address" else (BASE, "another-token-entirely")
    with caplog.at_level(logging.ERROR, "dutyline"):
        assert {rings(application, base, token).status for _ in range(3)} == {403}
    (line,) = [record.getMessage() for record in caplog.records if "refused" in record.getMessage()]
    assert "+44" not in line
    assert "CA3" not in line
    ready = application.flask.test_client().get("/readyz").get_json()
    assert ready["status"] == "degraded"
    assert any("refused by their signature" in reason for reason in ready["because"])
