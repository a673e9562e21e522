"""Does a caller wait because of those who connect and say nothing, or say it slowly? The shipped server, and 200 of them."""

import re
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from cli.gathering import MOST_WAITING
from tests.reliability.forging.classes import Twilio
from tests.reliability.service import Service, service

SOCKETS, CALLS, PER_SECOND = 200, 15, 5
HELD = 2.0
"""Twilio's patience, as all replies keep to it; with gunicorn's own threads a caller waits twenty seconds and longer."""

HEAD = b"POST /webhooks/voice HTTP/1.1\r\nHost: x\r\n"
KINDS = (
    b"",
    HEAD + b"X-A: ",
    HEAD + b"Content-Length: 500\r\n\r\nabc",
    b"GET / HT",
    HEAD + b"Content-Length: 60000\r\n\r\n",
)
STATUS = re.compile(rb"HTTP/1\.1 (\d{3})")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder: Path = tmp_path_factory.mktemp("slow")
    with service(folder / "state", f"sqlite:///{folder / 'slow.db'}") as made:
        yield made


@contextmanager
def slow_clients(served: Service, many: int) -> Iterator[list[socket.socket]]:
    """So many connections, each of which has begun something or nothing."""
    with ExitStack() as all_of_them:
        found = [all_of_them.enter_context(socket.create_connection(("127.0.0.1", served.port))) for _ in range(many)]
        for number, one in enumerate(found):
            one.sendall(KINDS[number % len(KINDS)])
        yield found


def waits(served: Service, number: int) -> float:
    """How long a caller waits for the first words."""
    pairs = [
        ("CallSid", f"CA{number:032x}"),
        ("From", "+442079460999"),
        ("To", "+442079460101"),
        ("CallStatus", "ringing"),
    ]
    tried = Twilio(served.address, served.token).honest("/webhooks/voice", pairs)
    head = (
        HEAD
        + f"X-Twilio-Signature: {tried.signature}\r\nContent-Length: {len(tried.sent)}\r\nConnection: close\r\n\r\n".encode()
    )
    began = time.monotonic()
    assert b"<Response>" in answered(served, head + tried.sent)
    return time.monotonic() - began


def answered(served: Service, request: bytes) -> bytes:
    """What comes back until the server closes."""
    said = b""
    with socket.create_connection(("127.0.0.1", served.port), timeout=10) as one:
        one.sendall(request)
        with suppress(ConnectionResetError):
            while piece := one.recv(65_536):
                said += piece
    return said


def status(served: Service, request: bytes) -> int:
    found = STATUS.match(answered(served, request))
    return int(found[1]) if found else 0


def test_nobody_on_the_line_waits_for_two_hundred_who_say_nothing_or_say_it_slowly(served: Service) -> None:
    with slow_clients(served, SOCKETS) as others:
        longest = 0.0
        for number in range(CALLS):
            for one in others[number % PER_SECOND :: PER_SECOND]:
                with suppress(OSError):
                    one.sendall(b"a")
            longest = max(longest, waits(served, number))
            time.sleep(1 / PER_SECOND)
    assert longest < HELD


def test_of_more_than_may_wait_the_longest_waiting_go(served: Service) -> None:
    with slow_clients(served, MOST_WAITING + 50) as others:
        assert waits(served, 1_000) < HELD
        others[0].settimeout(5)
        assert others[0].recv(1) == b""
        assert waits(served, 1_001) < HELD


def test_a_request_may_come_in_pieces_and_two_at_once(served: Service) -> None:
    whole = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
    with socket.create_connection(("127.0.0.1", served.port), timeout=10) as one:
        for at in range(len(whole)):
            one.sendall(whole[at : at + 1])
        assert one.recv(65_536).startswith(b"HTTP/1.1 200")
        one.sendall(whole + whole[:-3])
        time.sleep(0.2)
        one.sendall(whole[-3:])
        said = b""
        while said.count(b"HTTP/1.1 200") < 2:
            said += one.recv(65_536)


CLOSES = HEAD + b"Connection: close\r\n"
REFUSED = {
    "a long head": (431, HEAD + b"X: " + b"x" * 40_000 + b"\r\n\r\n"),
    "many headers": (431, HEAD + b"X: y\r\n" * 200 + b"\r\n"),
    "a large body": (413, HEAD + b"Content-Length: 2000000\r\n\r\n"),
    "a body that no webhook has": (413, CLOSES + b"Content-Length: 65537\r\n\r\n" + b"a" * 65_537),
    "chunks": (411, HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    "two lengths": (400, CLOSES + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef"),
    "many fields": (400, CLOSES + b"Content-Length: 202\r\n\r\n" + b"a&" * 101),
}


@pytest.mark.parametrize("what", REFUSED)
def test_more_than_a_webhook_ever_holds_is_refused(served: Service, what: str) -> None:
    expected, request = REFUSED[what]
    assert status(served, request) in (expected, 0)  # a server that closes may be faster than its answer
    assert waits(served, list(REFUSED).index(what)) < HELD
