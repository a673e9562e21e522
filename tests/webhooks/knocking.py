"""How do the tests stand before the door? Signed forms, a door over a world that stands still, and what it replied."""

import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from flask import Flask

from ivr.moment import World
from ivr.position import Position, Stage
from rehearsal.staging import Memory
from routing.clock import FixedClock
from telephone import Account, Telephone, WsgiTransport
from tests.telling import at
from webhooks.guard import Guard
from webhooks.ports import Alarm, Journal, Publication
from webhooks.voice import Door, Ports

TOKEN = "a-token-for-the-door-only"
PUBLIC = "http://door.invalid"
SID = "CA" + "7" * 32
CALLER = "+442079460999"
MASH, EDT = "+443451551071", "+443456000388"
Pairs = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


def number(world: World, line: str = "devon") -> str:
    """The number that a line answers."""
    return world.directory.lines[line].numbers[0].e164


def place(world: World, node: str, stage: Stage, **more: Any) -> Position:
    """A position on Devon's line."""
    plan = world.plans.of_line("devon")
    assert plan is not None
    return replace(Position(plan.digest, "devon", node, stage, hop=3), **more)


def fields(world: World, **more: str) -> list[tuple[str, str]]:
    """What Twilio sends of a call to Devon's line, with these fields besides or instead."""
    usual = {"CallSid": SID, "From": CALLER, "To": number(world), "CallStatus": "in-progress", "FromCity": ""}
    return list((usual | more).items())


def opened(memory: Memory, when: str = "Wed 10:00", public: str = PUBLIC) -> Door:
    """A door whose world, journal and alarm are this memory."""
    return door(memory, memory, memory, when, public)


def door(
    publication: Publication, journal: Journal, alarm: Alarm, when: str = "Wed 10:00", public: str = PUBLIC
) -> Door:
    """A door with ports of the test's own."""
    ports = Ports(publication, journal, alarm, FixedClock(at(when)))
    return Door(Flask("elsewhere").wsgi_app, Guard([TOKEN], public), ports, public.removeprefix(PUBLIC))


def telephone(through: Door, world: World) -> Telephone:
    """A telephone plugged into a door."""
    return Telephone(
        WsgiTransport(through), account=Account("AC" + "1" * 32, TOKEN), voice_url=f"{PUBLIC}/webhooks/voice",
        fallback_url=f"{PUBLIC}/webhooks/voice/fallback", status_url=f"{PUBLIC}/webhooks/status",
        owned=[number(world)],
    )  # fmt: skip


def knock(at_door: Door, target: str, pairs: Pairs, **environ: str) -> Answered:
    """Post a form, signed unless ``HTTP_X_TWILIO_SIGNATURE`` is given; other WSGI variables as given."""
    sent = list(pairs)
    body = urlencode(sent).encode()
    signature = Guard([TOKEN], PUBLIC).signature(target, sent)
    return asked(at_door, target, body, **{"HTTP_X_TWILIO_SIGNATURE": signature, **environ})


def redirected(at_door: Door, world: World, reply: Answered, first: str = "") -> Answered:
    """What a call hears that follows a reply's redirect, before which nothing is said but ``first``."""
    found = re.fullmatch(
        rf'<\?xml [^>]*><Response>{re.escape(first)}<Redirect method="POST">([^<#]*)[^<]*</Redirect></Response>',
        reply.text,
    )
    assert found, reply.text
    return knock(at_door, found[1], fields(world))


def asked(at_door: Callable[..., Iterable[bytes]], target: str, body: bytes, **environ: str) -> Answered:
    """Send any bytes to the door."""
    path, _, query = target.partition("?")
    began: list[tuple[str, list[tuple[str, str]]]] = []
    sent: dict[str, Any] = {
        "REQUEST_METHOD": "POST", "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": query,
        "CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(body)),
        "SERVER_NAME": "door.invalid", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(body), "wsgi.errors": io.StringIO(),
    }  # fmt: skip
    chunks = at_door(sent | environ, lambda status, headers, *_: began.append((status, headers)))
    status, headers = began[0]
    return Answered(int(status.split()[0]), dict(headers), b"".join(chunks))
