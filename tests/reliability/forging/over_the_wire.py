"""What does the shipped server make of forged bytes? Requests as no library would send them, over real sockets."""

import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from random import Random
from urllib.parse import urlencode

from tests.reliability.forging.classes import Tried, Twilio
from tests.reliability.service import Service

NUMBER = "+442079460101"
MOST_REPLY = 65_536


def forged_bytes(served: Service, dice: Random, many: int) -> Iterator[str]:
    """Send so many; what was let in, in words."""
    twilio, before = Twilio(served.address, served.token), rows(served)
    for _ in range(many):
        sid = f"CA{dice.getrandbits(128):032x}"
        honest = twilio.honest("/webhooks/voice", [("CallSid", sid), ("From", "+442079460999"), ("To", NUMBER)])
        name, request = dice.choice(list(_requests(honest, dice)))
        said = answered(served, request)
        if said.startswith((b"HTTP/1.1 2", b"HTTP/1.0 2")):
            yield f"{name}: {said[:60]!r}"
    if rows(served) != before:
        yield "rows have changed"


def rows(served: Service) -> int:
    """How many events there are; of the journals only what was moved, which is everything within a second."""
    path = served.database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path)) as connection:
        events = int(connection.execute("SELECT count(*) FROM event").fetchone()[0])
    return events + sum(file.stat().st_size for file in (served.state / "journal").glob("*.journal"))


def answered(served: Service, request: bytes) -> bytes:
    """What comes back for these bytes, until the server closes."""
    said = b""
    with socket.create_connection(("127.0.0.1", served.port), timeout=5) as connection, suppress(OSError):
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        while len(said) < MOST_REPLY and (piece := connection.recv(MOST_REPLY)):
            said += piece
    return said


def _requests(one: Tried, dice: Random) -> Iterator[tuple[str, bytes]]:
    body, signed = urlencode(one.pairs).encode(), f"X-Twilio-Signature: {one.signature}"
    wrong = f"X-Twilio-Signature: {'A' * 27}="
    other = body.replace(b"%2B44", b"%2B33")
    yield "none", _bytes(body)
    yield "two, the wrong one first", _bytes(body, wrong, signed)
    yield "two, the wrong one last", _bytes(body, signed, wrong)
    yield "underscores", _bytes(body, signed.replace("-", "_"))
    yield "a body that was not signed", _bytes(other, signed)
    yield "a blank before the colon", _bytes(body, signed.replace(":", " :"))
    yield "folded", _bytes(body, signed.replace(": ", ":\r\n "))
    yield (
        "in chunks",
        _bytes(b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body), signed, "Transfer-Encoding: chunked", length=None),
    )
    yield "two lengths", _bytes(other, signed, f"Content-Length: {dice.randint(0, len(body))}")
    yield "a length with zeros", _bytes(other, signed, length=f"{'0' * 40}{len(other)}")
    yield (
        "another place by a header",
        _bytes(body, signed, "Script-Name: /webhooks", "Path-Info: /webhooks/voice", path="/voice"),
    )
    yield "another place by an underscore", _bytes(body, signed, "SCRIPT_NAME: /x", path="/x/webhooks/voice")
    yield "a whole address", _bytes(body, signed, path="http://evil.example/webhooks/status")
    yield "dots", _bytes(body, signed, path="/webhooks/../webhooks/status")
    yield "a proxy's word", b"PROXY TCP4 192.0.2.7 127.0.0.1 1 2\r\n" + _bytes(body, wrong)
    yield "another method", _bytes(body, signed).replace(b"POST", dice.choice((b"GET", b"PUT", b"OPTIONS", b"post")), 1)
    yield "an older version", _bytes(other, signed).replace(b"HTTP/1.1", b"HTTP/0.9")
    yield "letters that are none", _bytes(body, "X-Twilio-Signature: \xe9\xff")


def _bytes(body: bytes, *headers: str, path: str = "/webhooks/voice", length: str | None = "") -> bytes:
    long = [] if length is None else [f"Content-Length: {length or len(body)}"]
    head = [
        f"POST {path} HTTP/1.1",
        "Host: 127.0.0.1",
        "Content-Type: application/x-www-form-urlencoded",
        "Connection: close",
        *long,
    ]
    return "\r\n".join([*head, *headers, "", ""]).encode("latin-1") + body
