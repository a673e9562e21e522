"""What stands on the other side of the doctor's questions? An account at Twilio, a host with files, a proxy, the service: real servers."""

import json
import ssl
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from socket import MSG_PEEK, socket
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from flask import Flask, jsonify
from werkzeug.serving import WSGIRequestHandler, make_server

from ivr.moment import World
from rehearsal.staging import Memory
from routing.clock import FixedClock, SystemClock
from tests.telling import at
from webhooks.guard import Guard
from webhooks.voice import Door, Ports

SID, TOKEN = "AC" + "2" * 32, "0123456789abcdef" * 2
PUBLIC = "https://calls.example.org"
OVERRIDES = "#ct=2000&rt=5000&rc=2&rp=ct,rt,5xx"
Sent = tuple[int, Mapping[str, str], bytes]
Reply = Callable[["Handler", bytes], Sent]


class Server(ThreadingHTTPServer):
    """Answers with what a function says. A first byte of TLS is answered with TLS, where there is a certificate."""

    daemon_threads, block_on_close = True, False

    def __init__(self, reply: Reply, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.reply, self.tls = reply, tls

    def get_request(self) -> tuple[Any, Any]:
        connection, address = super().get_request()
        if self.tls and connection.recv(1, MSG_PEEK) == b"\x16":
            connection.settimeout(2)
            return self.tls.wrap_socket(connection, server_side=True), address
        return connection, address

    def handle_error(self, request: socket | tuple[bytes, socket], client_address: Any) -> None:
        """A client that does not trust us is no news."""


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's name
        """Nothing is logged."""

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The clock that this server shows."""
        return getattr(self.server, "shown", super().date_time_string(timestamp))

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        status, headers, sent = self.server.reply(self, body)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)


@contextmanager
def serving(reply: Reply, tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server, while the block runs."""
    with Server(reply, tls) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@dataclass
class Account:
    """An account at Twilio in which all is well, until a test spoils it."""

    numbers: list[dict[str, Any]]
    tokens: list[str] = field(default_factory=lambda: [TOKEN])
    account: dict[str, Any] = field(
        default_factory=lambda: {"status": "active", "type": "Full", "owner_account_sid": SID}
    )
    balance: dict[str, Any] = field(default_factory=lambda: {"balance": "120.5", "currency": "GBP"})
    verified: list[str] = field(default_factory=list)
    countries: list[dict[str, Any]] = field(default_factory=lambda: [country("GB", "United Kingdom", ordinary=True)])
    applications: dict[str, dict[str, Any]] = field(default_factory=dict)
    away: set[str] = field(default_factory=set)
    ahead: timedelta = timedelta(0)

    def __call__(self, asked: Handler, _: bytes) -> Sent:
        asked.server.shown = format_datetime(SystemClock().now() + self.ahead, usegmt=True)  # type: ignore[attr-defined]
        path = asked.path.partition("?")[0]
        token = b64decode(asked.headers["Authorization"].partition(" ")[2]).decode().partition(":")[2]
        if token not in self.tokens:
            return sent(401, {"code": 20003, "message": "Authenticate", "status": 401})
        if any(name in path for name in self.away):
            return sent(503, {})
        found = self._documents(asked).get(path.removeprefix(f"/2010-04-01/Accounts/{SID}"))
        return sent(200, found) if found else sent(404, {"code": 20404, "message": "not found", "status": 404})

    def _documents(self, asked: Handler) -> dict[str, dict[str, Any]]:
        half = len(self.countries) // 2
        second = "page=2" in asked.path
        home = f"http://{asked.headers['Host']}/v1/DialingPermissions/Countries"
        return {
            ".json": self.account,
            "/Balance.json": self.balance,
            "/IncomingPhoneNumbers.json": {"incoming_phone_numbers": self.numbers, "next_page_uri": None},
            "/OutgoingCallerIds.json": {"outgoing_caller_ids": [{"phone_number": one} for one in self.verified]},
            "/v1/DialingPermissions/Countries": {
                "content": self.countries[half:] if second else self.countries[:half],
                "meta": {"next_page_url": None if second else f"{home}?page=2"},
            },
            **{f"/Applications/{sid}.json": one for sid, one in self.applications.items()},
        }


def sent(status: int, document: object) -> Sent:
    """A document as JSON."""
    return status, {"Content-Type": "application/json"}, json.dumps(document).encode()


def country(
    code: str, name: str, *, ordinary: bool = False, special: bool = False, fraud: bool = False
) -> dict[str, Any]:
    """A country as Twilio tells it."""
    return {"iso_code": code, "name": name, "low_risk_numbers_enabled": ordinary,
            "high_risk_special_numbers_enabled": special, "high_risk_tollfraud_numbers_enabled": fraud}  # fmt: skip


def number(e164: str, fallback: str, public: str = PUBLIC, **more: Any) -> dict[str, Any]:
    """A number as Twilio tells it, set as docs/operations.md prints it."""
    usual = {
        "phone_number": e164, "capabilities": {"voice": True}, "voice_receive_mode": "voice", "trunk_sid": None,
        "voice_application_sid": "", "voice_url": f"{public}/webhooks/voice{OVERRIDES}", "voice_method": "POST",
        "voice_fallback_url": fallback, "voice_fallback_method": "GET",
        "status_callback": f"{public}/webhooks/status{OVERRIDES}", "status_callback_method": "POST",
    }  # fmt: skip
    return usual | more


@dataclass
class Files:
    """A host that hands out files."""

    held: dict[str, bytes]
    types: dict[str, str] = field(default_factory=lambda: {"xml": "text/xml", "json": "application/json"})
    allowed: tuple[str, ...] = ("GET",)

    def __call__(self, asked: Handler, _: bytes) -> Sent:
        path = asked.path.partition("?")[0].removeprefix("/")
        if asked.command not in self.allowed:
            return 405, {}, b""
        if path not in self.held:
            return 404, {}, b"not here"
        kind = self.types.get(path.rpartition(".")[2], "")
        return 200, {"Content-Type": kind} if kind else {}, self.held[path]


@dataclass
class Proxy:
    """A reverse proxy before the service: it takes a prefix off, and spoils what a test tells it to."""

    upstream: int
    strip: str = ""
    drop: tuple[str, ...] = ()
    spoil: Callable[[str, bytes], tuple[str, bytes]] = lambda path, body: (path, body)

    def __call__(self, asked: Handler, body: bytes) -> Sent:
        path, body = self.spoil(asked.path, body)
        path = path.removeprefix(self.strip) if path.startswith(f"{self.strip}/") else path
        kept = {
            name: value for name, value in asked.headers.items() if name.lower() not in (*self.drop, "content-length")
        }
        connection = HTTPConnection("127.0.0.1", self.upstream, timeout=5)
        try:
            connection.request(asked.command, path, body, {**kept, "Host": "upstream", "X-Forwarded-Proto": "gopher"})
            reply = connection.getresponse()
            return reply.status, {"Content-Type": reply.headers.get("Content-Type", "")}, reply.read()
        finally:
            connection.close()


READY: dict[str, object] = {"status": "ready", "because": []}


@contextmanager
def door_served(world: World, public: str, token: str = TOKEN, ready: dict[str, object] = READY) -> Iterator[int]:
    """The answering path of a service that reckons with a public address; its port. Nothing of it is ever kept."""
    memory, site = Memory(world), Flask("elsewhere")
    site.add_url_rule("/readyz", view_func=lambda: jsonify(ready))
    ports = Ports(memory, memory, memory, FixedClock(at("Wed 10:00")))
    through = Door(site.wsgi_app, Guard([token], public), ports, urlsplit(public).path)
    server = make_server("127.0.0.1", 0, through, threaded=True, request_handler=Quiet)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()
    assert memory.records == []


class Quiet(WSGIRequestHandler):
    """Logs nothing."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Nothing is logged."""


@dataclass(frozen=True)
class Certificate:
    """A certificate of our own making, for a server and for whoever is to trust it."""

    path: Path

    def server(self) -> ssl.SSLContext:
        """For a server."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.path)
        return context

    def trust(self) -> ssl.SSLContext:
        """For whoever trusts it."""
        return ssl.create_default_context(cafile=str(self.path))


def certificate(
    path: Path, *, begins: datetime, ends: datetime, hosts: tuple[str, ...] = ("localhost",)
) -> Certificate:
    """One for 127.0.0.1 to 127.0.0.3 and these hosts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "doctor.invalid")])
    names = [*map(x509.DNSName, hosts), *(x509.IPAddress(ip_address(f"127.0.0.{last}")) for last in (1, 2, 3))]
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
        .not_valid_before(begins).not_valid_after(ends).add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(key, hashes.SHA256())
    )  # fmt: skip
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return Certificate(path)
