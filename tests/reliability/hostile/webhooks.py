"""What do signed webhooks of any content come to? A document that Twilio would take, always, and never a fault of ours."""

import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from urllib.parse import urlencode
from xml.etree import ElementTree as Tree

from app import Application, build, prepare
from ivr.position import Stage
from telephone.signature import signature
from tests.conftest import TOKEN, WEDNESDAY, deployment
from tests.fuzz.mutating import HOSTILE
from tests.reliability.hostile.coming import Came
from tests.reliability.hostile.phones import spelt
from tests.webhooks.knocking import Answered, asked

BASE = "http://127.0.0.1:8000"
MOST_BYTES = 64_000
VERBS = frozenset(
    ("Response", "Say", "Gather", "Dial", "Number", "Redirect", "Hangup", "Pause", "Play", "Enqueue", "Conference", "Leave")
)  # fmt: skip
FIELDS = (
    "CallSid", "From", "To", "CallStatus", "Digits", "DialCallStatus", "DialBridged", "ParentCallSid", "SequenceNumber", "CallDuration",
    "QueueResult", "QueueTime", "QueuePosition", "ForwardedFrom", "ErrorCode", "msg", "FinishedOnKey", "Caller", "Called", "AccountSid",
)  # fmt: skip
VALUES = (
    "", "completed", "busy", "no-answer", "in-progress", "ringing", "true", "0", "1", "999", "-1", "9" * 30, "2301", "#", "*",
    "+442079460999", "anonymous",
)  # fmt: skip
DESK = "/webhooks/desk/1/" + "A" * 16


def tried(seed: int, many: int) -> Came:
    """Send so many webhooks, signed as Twilio signs, to one application."""
    dice, came = Random(seed), Came()  # dice
    logging.getLogger("dutyline").setLevel(logging.CRITICAL)  # a line for each rescue
    with _application() as application:
        places = list(_places(application))
        for _ in range(many):
            target, fields = _drawn(dice, places)
            came.of(lambda t=target, f=fields: _judged(_sent(application, t, f)), lambda t=target, f=fields: (t, f))  # type: ignore[misc]
    return came.weighed()


@contextmanager
def _application() -> Iterator[Application]:
    with tempfile.TemporaryDirectory() as folder:
        config = deployment(f"sqlite:///{folder}/test.db", Path(folder) / "state")
        prepare(config, WEDNESDAY)
        built = build(config, WEDNESDAY)
        try:
            yield built
        finally:
            built.close()


def _places(application: Application) -> Iterator[str]:
    """Every kind of address: each node of each line at each stage, the callbacks, the fallback, a leg of the desk."""
    world = application.publication.current()
    for line in world.directory.lines:
        plan = world.plans.of_line(line)
        for node in plan.nodes if plan else ():
            assert plan
            yield from (f"/webhooks/voice/1/{plan.digest}/{line}/{node}/{stage.value}3" for stage in Stage)
    yield from (
        "/webhooks/voice",
        "/webhooks/status",
        "/webhooks/voice/fallback",
        "/webhooks/voice/fallback/after",
    ) * 40
    yield from (f"{DESK}/{letter}1" for letter in "abcdefghijklmnopqrstuvwxyz")


def _drawn(dice: Random, places: list[str]) -> tuple[str, list[tuple[str, str]]]:
    target = dice.choice(places)
    if dice.random() < 1 / 3:
        query = urlencode({name: dice.choice((*VALUES, *HOSTILE)) for name in dice.sample("xbstm", dice.randint(1, 3))})
        target += f"?{query}"
    if dice.random() < 1 / 20:
        target = target[: dice.randint(len("/webhooks/"), len(target))]
    usual = {"CallSid": f"CA{dice.getrandbits(128):032x}", "From": "+442079460999", "To": "+442079460101"}
    pairs = list((usual | {name: _value(dice) for name in dice.sample(FIELDS, dice.randint(0, 8))}).items())
    return target, pairs + [(dice.choice(HOSTILE), _value(dice)) for _ in range(dice.randint(0, 2))]


def _value(dice: Random) -> str:
    return dice.choice((dice.choice(VALUES), dice.choice(HOSTILE), spelt(dice))).encode("utf-8", "replace").decode()


def _sent(application: Application, target: str, fields: list[tuple[str, str]]) -> Answered:
    signed = signature(TOKEN, f"{BASE}{target}", fields)
    return asked(application.flask.wsgi_app, target, urlencode(fields).encode(), HTTP_X_TWILIO_SIGNATURE=signed)


def _judged(reply: Answered) -> str:
    assert reply.status in (200, 204), reply.status
    if reply.status == 200:
        assert len(reply.body) <= MOST_BYTES
        elements = list(Tree.fromstring(reply.body).iter())  # noqa: S314  # our own document
        assert {element.tag for element in elements} <= VERBS
        assert not any(name.startswith("record") for element in elements for name in element.attrib)
    return str(reply.status)
