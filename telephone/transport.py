"""How does a request reach the application?"""

import http.client
import io
import socket
import ssl
import sys
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import SplitResult, unquote_to_bytes, urlsplit

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Request:
    """What goes over the wire. `url` is absolute, without fragment and credentials; limits are in seconds."""

    method: str
    url: str
    headers: Headers
    body: bytes = b""
    connect_seconds: float = 5.0
    read_seconds: float = 15.0


@dataclass(frozen=True, slots=True)
class Response:
    """What came back, and the virtual seconds that it took."""

    status: int
    headers: Headers
    body: bytes
    seconds: float = 0.0

    def header(self, name: str) -> str:
        """The first header of that name, in any case; empty where there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


class Unreachable(Exception):  # noqa: N818 - named for what is wrong, as Twilio's dictionary does
    """No connection. `code` is Twilio's: 11205 refused or timed out, 11210 no such host, 11220 TLS."""

    def __init__(self, reason: str, code: int = 11205, seconds: float = 0.0) -> None:
        super().__init__(reason)
        self.code = code
        self.seconds = seconds


class TimedOut(Exception):  # noqa: N818 - named for what is wrong
    """Connected, but no (further) byte came in `read_seconds`."""


class BrokenOff(Exception):  # noqa: N818 - named for what is wrong
    """The connection ended in the middle of a response."""


class Transport(Protocol):
    """Anything that can carry a request to an application."""

    def send(self, request: Request) -> Response:
        """The response; raises Unreachable, TimedOut or BrokenOff."""
        ...


WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class WsgiTransport:
    """In process: calls a WSGI application. An exception in it is a 500 with the traceback for a body."""

    app: WsgiApp

    def send(self, request: Request) -> Response:
        """The application's response; it takes no virtual time."""
        try:
            return self._call(request)
        except Exception:  # noqa: BLE001 - whatever the application raises, a server would answer with 500
            return Response(500, (("Content-Type", "text/plain"),), traceback.format_exc().encode())

    def _call(self, request: Request) -> Response:
        started: list[tuple[str, Headers]] = []

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> None:  # noqa: ARG001
            started.append((status, tuple(headers)))

        chunks = self.app(_environ(request), start_response)
        try:
            body = b"".join(chunks)
        finally:
            if close := getattr(chunks, "close", None):
                close()
        status, headers = started[-1]
        return Response(int(status.split()[0]), headers, body)


class HttpTransport:
    """Over a real socket. Time on the wire is real and not counted as virtual time."""

    def send(self, request: Request) -> Response:
        """The server's response; raises as `Transport.send` says."""
        parts = urlsplit(request.url)
        connection = _connect(parts, request.connect_seconds)
        try:
            return _exchange(connection, parts, request)
        finally:
            connection.close()


def _connect(parts: SplitResult, seconds: float) -> http.client.HTTPConnection:
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=seconds)
    try:
        connection.connect()
    except socket.gaierror as fault:
        raise Unreachable(str(fault), code=11210) from fault
    except ssl.SSLError as fault:
        raise Unreachable(str(fault), code=11220) from fault
    except TimeoutError as fault:
        raise Unreachable(str(fault), seconds=seconds) from fault
    except OSError as fault:
        raise Unreachable(str(fault)) from fault
    return connection


def _exchange(connection: http.client.HTTPConnection, parts: SplitResult, request: Request) -> Response:
    connection.sock.settimeout(request.read_seconds)
    try:
        connection.request(request.method, _target(parts), request.body or None, dict(request.headers))
        answer = connection.getresponse()
        return Response(answer.status, tuple(answer.getheaders()), answer.read())
    except TimeoutError as fault:
        raise TimedOut(str(fault)) from fault
    except (http.client.HTTPException, OSError) as fault:
        raise BrokenOff(str(fault)) from fault


def _target(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _environ(request: Request) -> dict[str, Any]:
    parts = urlsplit(request.url)
    headers = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in request.headers}
    content_type = headers.pop("HTTP_CONTENT_TYPE", "")
    return headers | {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(parts.path or "/").decode("latin-1"),
        "QUERY_STRING": parts.query,
        "REQUEST_URI": _target(parts),
        "RAW_URI": _target(parts),
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": str(len(request.body)),
        "SERVER_NAME": parts.hostname or "",
        "SERVER_PORT": str(parts.port or (443 if parts.scheme == "https" else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": parts.netloc,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": parts.scheme,
        "wsgi.input": io.BytesIO(request.body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
