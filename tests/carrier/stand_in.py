"""Who answers where the exchange is too well-behaved? A server that gives what it was told to, to one request after another."""

from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

Answer = tuple[int, str]
SILENCE = (0, "")
"""A byte now and then, and never the end of it."""

DRIP_SECONDS = 0.05


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, answers: tuple[Answer, ...]) -> None:
        super().__init__(("127.0.0.1", 0), Door)
        self.answers, self.is_over = list(answers), Event()
        self.asked: list[tuple[str, str, str]] = []
        """Method, path with query, and the token of each request."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Door(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self._answer()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's name
        """Nothing is logged."""

    def _answer(self) -> None:
        token = b64decode(self.headers["Authorization"].partition(" ")[2]).decode().partition(":")[2]
        self.server.asked.append((self.command, self.path, token))
        status, text = self.server.answers.pop(0)
        if not status:
            self._drip()
            return
        self.send_response(status)
        self.send_header("Location", self.server.url)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def _drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000000")
        self.end_headers()
        while not self.server.is_over.wait(DRIP_SECONDS):
            self.wfile.write(b" ")
            self.wfile.flush()


@contextmanager
def answering(*answers: Answer) -> Iterator[Server]:
    """A server with these answers, while the block runs."""
    with Server(answers) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield server
        server.is_over.set()
        server.shutdown()
        thread.join()
