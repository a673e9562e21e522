"""Who places the calls that a running service asks for? A telephone company as small as it can be, on a socket of its own: whoever is
rung answers and presses 1, whoever is dialled then answers and talks, and the list of calls remembers all of it."""

import json
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Thread
from urllib.parse import parse_qs, parse_qsl, urljoin, urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from routing.clock import SystemClock
from telephone import HttpTransport, Request, signature
from tests.reliability.service import Service

MOST_DOCUMENTS = 20
TALKED_SECONDS = 30
SID = re.compile(r"/Calls/(CA[0-9a-f]{32})\.json")
FORM = ("Content-Type", "application/x-www-form-urlencoded")


@dataclass(slots=True)
class Placed:
    """A call of the account."""

    sid: str
    to: str
    direction: str
    at: datetime = field(default_factory=lambda: SystemClock().now())
    status: str = "in-progress"

    def shown(self) -> Mapping[str, object]:
        """As the API shows it."""
        over = self.status == "completed"
        return {
            "sid": self.sid, "to": self.to, "direction": self.direction, "status": self.status,
            "date_created": format_datetime(self.at), "end_time": format_datetime(self.at) if over else None,
            "duration": str(TALKED_SECONDS) if over else None,
        }  # fmt: skip


class Company(ThreadingHTTPServer):
    """What one service talks to."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Door)
        self.served: Service | None = None
        self.calls: list[Placed] = []
        self._sids = count(1)

    @property
    def url(self) -> str:
        """Where its API is."""
        return f"http://127.0.0.1:{self.server_port}"

    def rung(self, number: str) -> int:
        """How often a number was called."""
        return sum(call.to == number for call in self.calls)

    def begins(self, to: str, direction: str) -> Placed:
        """One more call."""
        self.calls.append(new := Placed(f"CA{next(self._sids):032x}", to, direction))
        return new

    def places(self, form: Mapping[str, list[str]]) -> Placed:
        """A phone rings: whoever it is answers, and presses 1."""
        new = self.begins(form["To"][0], "outbound-api")
        Thread(target=self._goes_on, args=(new, form["Url"][0], form["StatusCallback"][0]), daemon=True).start()
        return new

    def _goes_on(self, call: Placed, url: str, told: str) -> None:
        document, at = self._asks(call, url), url
        for _ in range(MOST_DOCUMENTS):
            following = self._follows(call, document)
            if following is None:
                break
            at = urljoin(at, following[0])
            document = self._asks(call, at, **following[1])
        call.status = "completed"
        self._asks(call, told)

    def _follows(self, call: Placed, document: Element | None) -> tuple[str, Mapping[str, str]] | None:
        """Where a document leads, and what is told there."""
        for verb in document if document is not None else ():
            match verb.tag:
                case "Gather":
                    return verb.attrib["action"], {"Digits": "1"}
                case "Dial":
                    return verb.attrib["action"], self._dialled(call, verb)
                case "Redirect":
                    time.sleep(1)
                    return verb.text or "", {}
        return None

    def _dialled(self, call: Placed, dial: Element) -> Mapping[str, str]:
        number = dial.find("Number")
        assert number is not None
        other = self.begins(number.text or "", "outbound-dial")
        if "url" in number.attrib:
            self._asks(other, urljoin(f"{self._address}/webhooks/", number.attrib["url"]), ParentCallSid=call.sid)
        other.status = "completed"
        return {"DialCallStatus": "completed", "DialBridged": "true", "DialCallDuration": str(TALKED_SECONDS)}

    @property
    def _address(self) -> str:
        assert self.served
        return self.served.address

    def _asks(self, call: Placed, url: str, **more: str) -> Element | None:
        """One webhook, signed; its document."""
        assert self.served
        fields = {"CallSid": call.sid, "CallStatus": call.status, "To": call.to, "Direction": call.direction, **more}
        body = "&".join(f"{name}={value.replace('+', '%2B')}" for name, value in fields.items())
        signed = signature(self.served.token, url, parse_qsl(body))
        reply = HttpTransport().send(
            Request("POST", url.partition("#")[0], (FORM, ("X-Twilio-Signature", signed)), body.encode())
        )
        return ElementTree.fromstring(reply.body) if reply.body else None  # noqa: S314  # our own reply


class _Door(BaseHTTPRequestHandler):
    server: Company

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        one = SID.search(parts.path)
        if one:
            found = next((call for call in self.server.calls if call.sid == one[1]), None)
            self._says(found.shown() if found else {"code": 20404}, 200 if found else HTTPStatus.NOT_FOUND)
            return
        to = parse_qs(parts.query).get("To", [""])[0]
        self._says({"calls": [call.shown() for call in reversed(self.server.calls) if to in ("", call.to)]})

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode())
        if self.path.endswith("/Calls.json"):
            self._says(self.server.places(form).shown(), HTTPStatus.CREATED)
        else:
            self._says({"code": 20404, "message": "not here"}, HTTPStatus.NOT_FOUND)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's name
        """Nothing is logged."""

    def _says(self, body: Mapping[str, object], status: int = 200) -> None:
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


@contextmanager
def company() -> Iterator[Company]:
    """A company, while the block runs."""
    with Company() as made:
        thread = Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield made
        made.shutdown()
        thread.join()
