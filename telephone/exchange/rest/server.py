"""How does a client reach the REST API over a socket?"""

import socket
import struct
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import parse_qs

from telephone.exchange.rest.api import Rest

AT_ONCE = struct.pack("ii", 1, 0)
"""SO_LINGER with no time: closing sends a reset."""


class Server(ThreadingHTTPServer):
    """The API on a free port of the loopback. `is_over` lets hung requests go."""

    daemon_threads = True

    def __init__(self, rest: Rest) -> None:
        super().__init__(("127.0.0.1", 0), Door)
        self.rest, self.is_over = rest, Event()


class Door(BaseHTTPRequestHandler):
    """One connection of a client."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        """A request without a body."""
        self._answer()

    def do_POST(self) -> None:
        """A request with a form."""
        self._answer()

    def do_DELETE(self) -> None:
        """A request without a body."""
        self._answer()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's name
        """Nothing is logged: URLs may hold numbers."""

    def _answer(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode(), keep_blank_values=True)
        auth = _credentials(self.headers["Authorization"])
        try:
            status, text = self.server.rest.request(self.command, self.path, form, auth)
        except TimeoutError:
            self.server.is_over.wait()
            self.close_connection = True
        except ConnectionResetError:
            self._reset()
        else:
            self._send(status, text.encode())

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _reset(self) -> None:
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        socket.socket(fileno=self.connection.detach()).close()


@contextmanager
def serving(rest: Rest) -> Iterator[str]:
    """The API over a real socket, while the block runs; its base URL, without a path."""
    server = Server(rest)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.is_over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _credentials(header: str | None) -> tuple[str, str] | None:
    kind, _, encoded = (header or "").partition(" ")
    if kind.lower() != "basic":
        return None
    user, _, password = b64decode(encoded).decode().partition(":")
    return user, password
