"""How is a text message asked of Twilio? One request, and no other whatever it answers."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest

from carrier.account import Account
from carrier.port import Busy, Done, Refused, Result, Unknown
from carrier.texts import TwilioTexts
from directory.numbers import Number


class Company(ThreadingHTTPServer):
    """Answers every request with the same status."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Desk)
        self.status, self.body = 201, b'{"sid": "SM1"}'
        self.asked: list[tuple[str, dict[str, list[str]]]] = []


class _Desk(BaseHTTPRequestHandler):
    server: Company

    def do_POST(self) -> None:
        form = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.asked.append((self.path, parse_qs(form)))
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def company() -> Iterator[Company]:
    made = Company()
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


def sends(company: Company) -> Result:
    account = Account("AC" + "0" * 32, ("a" * 32,), f"http://127.0.0.1:{company.server_port}")
    texts = TwilioTexts(account, "+442079460104")
    try:
        return texts.text(Number("+447700900123"), "The form.")
    finally:
        texts.close()


def test_a_message_is_asked_for_with_sender_receiver_and_words(company: Company) -> None:
    assert sends(company) == Done()
    path, form = company.asked[0]
    assert path.endswith("/Messages.json")
    assert form == {"To": ["+447700900123"], "From": ["+442079460104"], "Body": ["The form."]}


@pytest.mark.parametrize(
    ("status", "body", "result"),
    [(400, b'{"code": 21610, "message": "stopped"}', Refused), (429, b'{"code": 20429}', Busy), (500, b"?", Unknown)],
)
def test_what_is_not_done_is_told_and_never_asked_for_twice(
    company: Company, status: int, body: bytes, result: type
) -> None:
    company.status, company.body = status, body
    assert isinstance(sends(company), result)
    assert len(company.asked) == 1
