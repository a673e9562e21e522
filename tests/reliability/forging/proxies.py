"""How may a proxy stand before us, and what do strangers put into headers? A small reverse proxy of our own, over real sockets."""

import itertools
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from threading import Thread
from typing import TYPE_CHECKING
from wsgiref.simple_server import WSGIRequestHandler, make_server

from flask import Flask

from ivr.moment import World
from rehearsal.staging import Memory
from routing.clock import FixedClock
from tests.reliability.forging.classes import Tried, Twilio
from tests.telling import at
from tests.webhooks.knocking import TOKEN, fields
from webhooks.guard import Guard
from webhooks.voice import Door, Ports

if TYPE_CHECKING:
    from socketserver import BaseServer

SIGNATURE = "X-Twilio-Signature"
VOICE = "/webhooks/voice"
HOSTS = ("calls.example.org", "127.0.0.1")
PORTS = ("", ":8443")
PREFIXES = ("", "/ivr")
HEADERS: Mapping[str, Mapping[str, str]] = {
    "none": {},
    "x-forwarded": {
        "X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "http", "X-Forwarded-Host": "inside.local", "X-Forwarded-Port": "8000",
        "X-Forwarded-Prefix": "/elsewhere", "X-Real-IP": "192.0.2.7",
    },
    "forwarded": {"Forwarded": "for=192.0.2.7;host=inside.local;proto=http", "Via": "1.1 inside"},
}  # fmt: skip
SPOOFED: Mapping[str, tuple[str, ...]] = {
    "X-Forwarded-Proto": ("https", "http", "ws", ""), "X-Forwarded-Host": ("evil.example", "evil.example:443", "a, b"),
    "X-Forwarded-Port": ("443", "80", "x"), "X-Forwarded-Prefix": ("/ivr", "//evil.example", ".."), "Host": ("evil.example", "", "["),
    "X-Forwarded-For": ("127.0.0.1", "::1", "x" * 500), "Forwarded": ("host=evil.example;proto=https", ";"), "X-Forwarded-Ssl": ("on",),
    "X-Original-URL": ("/webhooks/status",), "X-Rewrite-URL": ("/healthz",), "Script-Name": ("/webhooks", "/x"),
    "X-Url-Scheme": ("https",), "Front-End-Https": ("on",), "X-HTTP-Method-Override": ("GET",), "User-Agent": ("TwilioProxy/1.1",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SetUp:
    """Where Twilio finds us, and what a proxy says of it when it hands a request on."""

    scheme: str
    host: str
    port: str
    prefix: str
    headers: Mapping[str, str]

    @property
    def public(self) -> str:
        """The public address, as in DUTYLINE_PUBLIC_URL."""
        return f"{self.scheme}://{self.host}{self.port}{self.prefix}"

    @property
    def signed_for(self) -> str:
        """The address that Twilio signs: it drops the port of an https URL."""
        return f"{self.scheme}://{self.host}{'' if self.scheme == 'https' else self.port}{self.prefix}"


def set_ups() -> list[SetUp]:
    """24 of them: scheme, port, path and what is said in headers; every other one by another host."""
    cells = itertools.product(("http", "https"), PORTS, PREFIXES, HEADERS.values())
    return [SetUp(scheme, HOSTS[at % 2], *rest) for at, (scheme, *rest) in enumerate(cells)]  # type: ignore[arg-type]  # of the product


def accepted(world: World, one: SetUp) -> bool:
    """Whether a call that comes through this proxy is answered, and recorded once, and a wrong one is not."""
    memory = Memory(world)
    ports = Ports(memory, memory, memory, FixedClock(at("Wed 10:00")))
    answering = Door(Flask("elsewhere").wsgi_app, Guard([TOKEN], one.public), ports, one.prefix)
    with _serving(make_server("127.0.0.1", 0, answering, handler_class=Quiet)) as port, _proxy(one, port) as outside:
        good = Twilio(one.signed_for, TOKEN).honest(VOICE, fields(world))
        wrong = Twilio("http://inside.local:8000", TOKEN).honest(VOICE, fields(world, CallSid="CA" + "8" * 32))
        answers = [_asked(outside, one, tried) for tried in (good, wrong)]
    return answers == [200, 403] and len(memory.records) == 1


def spoofed(dice: Random) -> dict[str, str]:
    """Some headers as a stranger may set them."""
    return {name: dice.choice(SPOOFED[name]) for name in dice.sample(list(SPOOFED), dice.randint(1, 6))}


def _asked(port: int, one: SetUp, tried: Tried) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    headers = {"Host": f"{one.host}{one.port}", SIGNATURE: tried.signature or "", "Content-Type": tried.content_type}
    connection.request("POST", f"{one.prefix}{tried.target}", tried.sent, headers)
    status = connection.getresponse().status
    connection.close()
    return status


class Quiet(WSGIRequestHandler):
    """Logs nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's name
        """Nothing."""


def _proxy(one: SetUp, port: int) -> AbstractContextManager[int]:
    """A reverse proxy that takes the prefix off, names itself as host, and says what the set-up says."""

    class Proxy(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # the library's name
            body = self.rfile.read(int(self.headers["Content-Length"]))
            kept = {name: value for name, value in self.headers.items() if name != "Host"}
            inner = HTTPConnection("127.0.0.1", port, timeout=20)
            inner.request(
                "POST", self.path.removeprefix(one.prefix), body, {**kept, **one.headers, "Host": "inside.local"}
            )
            answer = inner.getresponse()
            content = answer.read()
            self.send_response(answer.status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
            inner.close()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Nothing."""

    return _serving(ThreadingHTTPServer(("127.0.0.1", 0), Proxy))


@contextmanager
def _serving(server: "BaseServer") -> Iterator[int]:
    """A server on its port, until the block ends."""
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield int(server.server_address[1])  # type: ignore[index]  # of an internet address
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
