"""How is the shipped server started, and asked as a browser, a program and Twilio ask it?"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import quote, urlencode

from app import Config
from store.accounts import create as create_account
from store.accounts import new_account
from store.database import Database
from store.directory import Author
from store.keys import Role, Terms, create
from telephone.signature import signature
from tests.admin.desk_client import CLOCK
from tests.admin.visitor import HASH, PASSWORD, TOKEN
from tests.conftest import HOME

STARTS_SECONDS = PATIENCE_SECONDS = 120
IDLE_SECONDS = 2
"""The server closes a connection that nobody uses for 5 seconds."""
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
LINE = "+442079460101"


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back, and after how many seconds."""

    status: int
    headers: Mapping[str, str]
    text: str
    seconds: float


class Line:
    """One connection that is kept alive while it is used, and what goes along with every request on it."""

    def __init__(self, port: int, headers: Mapping[str, str] | None = None) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
        self.headers = dict(headers or {})
        self._used = time.monotonic()

    def asks(self, method: str, path: str, body: str | None = None, **headers: str) -> Reply:
        """Send one request."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if time.monotonic() - self._used > IDLE_SECONDS:
            self._connection.close()
        began = time.perf_counter()
        self._connection.request(method, quote(path, safe="/?&=%:+"), body, {**self.headers, **named})
        answer = self._connection.getresponse()
        text = answer.read().decode()
        self._used = time.monotonic()
        return Reply(answer.status, dict(answer.getheaders()), text, time.perf_counter() - began)

    def close(self) -> None:
        """End the connection."""
        self._connection.close()


@dataclass(frozen=True, slots=True)
class Served:
    """A server that runs. ``token`` is that of its local Twilio account."""

    config: Config
    port: int
    token: str
    lines: list[Line] = field(default_factory=list)

    def anybody(self, **headers: str) -> Line:
        """Somebody without a key."""
        self.lines.append(line := Line(self.port, headers))
        return line

    def close(self) -> None:
        """End every connection."""
        for line in self.lines:
            line.close()

    def program(self, role: Role = Role.ADMIN, authorities: tuple[str, ...] = ()) -> Line:
        """A program with a key, an administrator's unless said otherwise, which may be limited to authorities."""
        database = Database(self.config.database_url)
        with database.write_in_order() as connection:
            terms = Terms(authorities=authorities)
            _, secret = create(connection, "scale", role, "tests", CLOCK.now(), terms=terms)
        database.close()
        return self.anybody(Authorization=f"Bearer {secret}", **{"Content-Type": "application/json"})

    def browser(self) -> Line:
        """An administrator who signed in by the form."""
        database = Database(self.config.database_url)
        fresh = new_account("scale@example.org", "Scale", Role.ADMIN, CLOCK.now())
        with database.write_in_order() as connection:
            account = create_account(connection, replace(fresh, password=HASH), Author("tests"), CLOCK.now())
        database.close()
        line = self.anybody()
        first = line.asks("GET", "/admin/sign-in")
        line.headers["Cookie"] = first.headers["Set-Cookie"].partition(";")[0]
        found = TOKEN.search(first.text)
        fields = {"email": account.email, "password": PASSWORD, "csrf_token": found[1] if found else ""}
        reply = line.asks("POST", "/admin/sign-in", urlencode(fields), **FORM)
        assert reply.status == 303, reply.text
        line.headers["Cookie"] = reply.headers["Set-Cookie"].partition(";")[0]
        return line

    def rings(self, line: Line, call: int, path: str = "/webhooks/voice", **more: str) -> Reply:
        """One step of a call, as Twilio sends it."""
        fields = {"CallSid": f"CA{call:032x}", "From": "+442079460999", "To": LINE, "CallStatus": "in-progress", **more}
        url = f"http://127.0.0.1:{self.port}{path}"
        signed = {"X_Twilio_Signature": signature(self.token, url, fields.items())}
        reply = line.asks("POST", path, urlencode(fields), **FORM, **signed)
        assert reply.status == 200, reply.text
        return reply


@contextmanager
def served(config: Config, workers: int) -> Iterator[Served]:
    """The shipped server on this deployment, as soon as it answers."""
    port = _free_port()
    command = [str(Path(sys.executable).parent / "dutyline"), "serve", "--port", str(port)]
    process = subprocess.Popen(  # noqa: S603  # our own command
        command, cwd=HOME, env=_environment(config, workers), stdout=subprocess.DEVNULL
    )
    try:
        _answers(port)
        server = Served(config, port, (config.state / "token").read_text(encoding="utf-8").strip())
        try:
            yield server
        finally:
            server.close()
    finally:
        process.terminate()
        process.wait(timeout=30)


def _environment(config: Config, workers: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DUTYLINE_", "TWILIO_"))}
    return kept | {
        "DUTYLINE_STATE_DIR": str(config.state), "DUTYLINE_DATABASE_URL": config.database_url,
        "DUTYLINE_SECRET_KEY": config.secret, "DUTYLINE_WORKERS": str(workers),
        "DUTYLINE_LIMIT_PER_KEY": "1000000", "DUTYLINE_LIMIT_PER_ADDRESS": "1000000",
    }  # fmt: skip


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(port: int) -> None:
    until = time.monotonic() + STARTS_SECONDS
    while time.monotonic() < until:
        line = Line(port)
        try:
            if line.asks("GET", "/readyz").status == 200:
                return
        except (OSError, HTTPException):
            time.sleep(0.05)
        finally:
            line.close()
    raise AssertionError("the server does not answer")
