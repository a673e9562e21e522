"""Does anybody notice when the workers are replaced, or the whole service, while callers ring? (B9)"""

import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import count
from pathlib import Path
from threading import Event, Thread
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

from telephone.signature import signature
from tests.reliability.service import SHIPPED, Service

DEVON = "+442079460101"
REPLY_SECONDS, REPLACED_SECONDS = 5.0, 60.0
CALLERS = 3
CALLS = count(1)
HANDED_ON = """import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
os.execv(sys.argv[2], sys.argv[2:])"""
"""As systemd hands a socket on: the third open file, for the process of that number."""


@dataclass
class Callers:
    """A few who ring again and again, each over a new connection, as Twilio does."""

    served: Service
    answered: int = 0
    dropped: list[str] = field(default_factory=list)
    slowest: float = 0.0
    _over: Event = field(default_factory=Event)

    @contextmanager
    def ringing(self) -> Iterator[None]:
        """While the block runs."""
        threads = [Thread(target=self._ring_on, daemon=True) for _ in range(CALLERS)]
        for thread in threads:
            thread.start()
        yield
        self._over.set()
        for thread in threads:
            thread.join()

    def _ring_on(self) -> None:
        while not self._over.wait(0.05):
            began = time.monotonic()
            try:
                self.answered += "<Response>" in self._asks()
            except (URLError, HTTPException, OSError) as fault:
                self.dropped.append(repr(fault))
            self.slowest = max(self.slowest, time.monotonic() - began)

    def _asks(self) -> str:
        url = f"{self.served.address}/webhooks/voice"
        fields = {"CallSid": f"CA{next(CALLS):032x}", "From": "+442079460999", "To": DEVON, "CallStatus": "ringing"}
        headers = {"X-Twilio-Signature": signature(self.served.token, url, fields.items())}
        with urlopen(Request(url, urlencode(fields).encode(), headers), timeout=REPLACED_SECONDS) as reply:  # noqa: S310  # our own
            return str(reply.read().decode())


def waits(until: Callable[[], bool]) -> None:
    """Until something is so."""
    ends = time.monotonic() + REPLACED_SECONDS
    while not until():
        assert time.monotonic() < ends
        time.sleep(0.1)


def test_workers_that_are_replaced_by_a_hang_up_drop_no_request(tmp_path: Path) -> None:
    served = Service(tmp_path / "state", f"sqlite:///{tmp_path / 'test.db'}", 2)
    try:
        served.start()
        served.wait_for_workers()
        old, callers = set(served.worker_processes), Callers(served)
        with callers.ringing():
            waits(lambda: callers.answered > CALLERS)
            served.signals(signal.SIGHUP)
            waits(lambda: not old & set(served.worker_processes))
            served.wait_for_workers()
            before = callers.answered
            waits(lambda: callers.answered > before + CALLERS)
        assert callers.dropped == []
    finally:
        served.stop()


@pytest.mark.long
def test_a_service_that_is_started_anew_on_the_same_socket_drops_no_request(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listening:
        os.set_inheritable(listening.fileno(), True)
        program = (sys.executable, "-c", HANDED_ON, str(listening.fileno()), *SHIPPED)
        served = Service(tmp_path / "state", f"sqlite:///{tmp_path / 'test.db'}", port=listening.getsockname()[1], program=program,
                         hands=(listening.fileno(),))  # fmt: skip
        try:
            served.start()
            callers = Callers(served)
            with callers.ringing():
                waits(lambda: callers.answered > CALLERS)
                before = callers.answered
                assert served.process
                served.process.terminate()
                served.process.wait(REPLACED_SECONDS)
                served.start()
                waits(lambda: callers.answered > before + CALLERS)
            assert callers.dropped == []
        finally:
            served.stop()
