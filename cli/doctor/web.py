"""What answers at a web address, how fast, and with which certificate? Asked as Twilio asks: no redirect is followed, nothing is kept.

Each question ends within its seconds as a whole, whatever a look-up of names or a slow answer takes.
"""

import socket
import ssl
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from time import monotonic
from urllib.parse import unquote, urlsplit

from carrier.patience import Patience

SECONDS = 10.0
MOST_BYTES = 1 << 20
AGENT = "Dutyline-doctor"


class Fault(StrEnum):
    """Why nothing answered."""

    NAME = "name"
    SILENT = "silent"
    CERTIFICATE = "certificate"
    NO_TLS = "no-tls"
    TLS = "tls"
    NO_HTTP = "no-http"


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """Nothing answered; ``words`` are those of whoever found out."""

    fault: Fault
    words: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What answered. Seconds to connect, and from there to the first of the answer; ``ends`` is the end of the certificate."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    connected: float
    replied: float
    ends: datetime | None = None


@dataclass(frozen=True, slots=True)
class Web:
    """Asks addresses. ``trust`` knows whose certificates are believed."""

    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    patience: Patience = field(default_factory=lambda: Patience(SECONDS))

    def asked(
        self, url: str, method: str = "GET", body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer | NoAnswer:
        """What one request comes to."""
        found = self.patience.within(lambda: self._visited(url, method, body, headers or {}))
        silent = NoAnswer(Fault.SILENT, f"no answer within {self.patience.seconds:g} seconds")
        return found if isinstance(found, Answer | NoAnswer) else silent

    def close(self) -> None:
        """Ask nothing more."""
        self.patience.close()

    def _visited(self, url: str, method: str, body: bytes | None, headers: Mapping[str, str]) -> Answer | NoAnswer:
        connection = self._connection(url)
        try:
            return _answer(connection, url, method, body, headers)
        except (OSError, HTTPException, ValueError) as fault:
            return _why(fault)
        finally:
            connection.close()

    def _connection(self, url: str) -> HTTPConnection:
        parts, seconds = urlsplit(url), self.patience.seconds
        if parts.scheme == "https":
            return HTTPSConnection(parts.hostname or "", parts.port, timeout=seconds, context=self.trust)
        return HTTPConnection(parts.hostname or "", parts.port, timeout=seconds)


def _answer(
    connection: HTTPConnection, url: str, method: str, body: bytes | None, headers: Mapping[str, str]
) -> Answer:
    began = monotonic()
    connection.connect()
    connected = monotonic()
    parts = urlsplit(url)
    target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    connection.request(method, target, body, {"User-Agent": AGENT, **_authorization(url), **headers})
    ends = _ends(connection.sock)
    reply: HTTPResponse = connection.getresponse()
    replied = monotonic()
    told = {name.lower(): value for name, value in reply.getheaders()}
    return Answer(reply.status, told, reply.read(MOST_BYTES), connected - began, replied - connected, ends)


def _authorization(url: str) -> dict[str, str]:
    """A password that stands in the address, as Twilio sends it."""
    parts = urlsplit(url)
    if not parts.username:
        return {}
    pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
    return {"Authorization": f"Basic {b64encode(pair).decode()}"}


def _ends(sock: socket.socket) -> datetime | None:
    shown = sock.getpeercert() if isinstance(sock, ssl.SSLSocket) else None
    end = shown.get("notAfter") if shown else None
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(end), UTC) if isinstance(end, str) else None


def _why(fault: Exception) -> NoAnswer:
    match fault:
        case ssl.SSLCertVerificationError():
            return NoAnswer(Fault.CERTIFICATE, fault.verify_message.rstrip("."))
        case ssl.SSLError():
            kind = Fault.NO_TLS if "WRONG_VERSION" in (fault.reason or "") else Fault.TLS
            return NoAnswer(kind, (fault.reason or "no reason given").lower().replace("_", " "))
        case socket.gaierror():
            return NoAnswer(Fault.NAME, "the name is not known")
        case TimeoutError():
            return NoAnswer(Fault.SILENT, "no answer in time")
        case OSError():
            return NoAnswer(Fault.SILENT, (fault.strerror or "the connection broke off").lower())
        case _:
            return NoAnswer(Fault.NO_HTTP, "what answers is no HTTP")
