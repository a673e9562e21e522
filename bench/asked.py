"""What does Twilio send while many people ring? Signed form POSTs of as many fields as its own, each of another call."""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

from webhooks.guard import Guard

Pairs = list[tuple[str, str]]
TOKEN = "b" * 32
ACCOUNT = "AC" + "b" * 32
LINE = "+442079460101"
WHO, WHERE = ("Called", "Caller", "From", "To"), ("City", "State", "Zip", "Country")
ACTION = re.compile(r'action="([^"]*)"')
PEERS_PATH, OUR_PATH = "/voice", "/webhooks/voice"


@dataclass(frozen=True, slots=True)
class Step:
    """One webhook: where it goes, and the fields that tell what happened."""

    path: str
    more: tuple[tuple[str, str], ...] = ()


PEERS_STEPS = (
    Step(PEERS_PATH),
    *(Step(PEERS_PATH, (("Digits", key),)) for key in "211"),
    Step(PEERS_PATH, (("Digits", "6"),)),
)
KEYED = (
    (),
    (("Digits", "2"),),
    (("Digits", "1"),),
    (("Digits", "1"),),
    (("DialCallStatus", "no-answer"), ("DialBridged", "false")),
)
"""Devon's line: the menu, an area, a team, its duty phone rings, nobody answers and the next one rings."""


def fields(sid: str, to: str, *more: tuple[str, str]) -> Pairs:
    """The form of a webhook (Twilio: voice/twiml, request parameters)."""
    numbers = {"Called": to, "Caller": "+442079460999", "From": "+442079460999", "To": to}
    where = [(f"{who}{what}", "GB" if what == "Country" else "") for who in WHO for what in WHERE]
    usual = {
        "AccountSid": ACCOUNT, "ApiVersion": "2010-04-01", "CallSid": sid, "CallStatus": "in-progress", "Direction": "inbound",
        "CallToken": "%7B%22parentCallInfoToken%22%3A%22" + "e" * 300 + "%22%7D",
    }  # fmt: skip
    return [*(usual | numbers).items(), *where, *more]


def our_steps(said: Callable[[Step], str]) -> tuple[Step, ...]:
    """The steps of one call to us, each where the reply before, which ``said`` tells, sends it."""
    steps, path = list[Step](), OUR_PATH
    for more in KEYED:
        steps.append(Step(path, more))
        action = ACTION.search(said(steps[-1]))
        path = _path_of(unescape(action[1])) if action else path
    return tuple(steps)


def requests(base: str, to: str, steps: Sequence[Step], many: int, seed: int) -> Iterator[bytes]:
    """So many requests as they go over the wire, the steps in turn, each signed for ``base`` and of a call of its own."""
    guard, dice, host = Guard([TOKEN], base), random.Random(seed), base.partition("//")[2]  # noqa: S311  # calls that never were
    for at in range(many):
        step = steps[at % len(steps)]
        form = fields(f"CA{dice.getrandbits(128):032x}", to, *step.more)
        body = urlencode(form).encode()
        head = (
            f"POST {step.path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            f"X-Twilio-Signature: {guard.signature(step.path, form)}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        yield head.encode() + body


def posted(base: str, to: str, step: Step) -> str:
    """What a server replies to one step. Raises RuntimeError where it refuses."""
    form = fields("CA" + "0" * 32, to, *step.more)
    signature = Guard([TOKEN], base).signature(step.path, form)
    asked = Request(f"{base}{step.path}", urlencode(form).encode(), {"X-Twilio-Signature": signature})  # noqa: S310  # our own server
    try:
        with urlopen(asked) as answer:  # noqa: S310  # our own server
            said: str = answer.read().decode()
            return said
    except HTTPError as refused:
        raise RuntimeError(f"{step} was answered with {refused.code}") from refused


def _path_of(action: str) -> str:
    parts = urlsplit(action)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
