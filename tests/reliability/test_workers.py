"""What if a worker dies in a request, hangs, runs out of memory, or is replaced? The provider's retry is answered the same. (B7, B8, B9)"""

import os
import resource
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPException
from itertools import count
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from sqlalchemy import create_engine, text

from cli.serve import HUNG_SECONDS
from telephone.signature import signature
from tests.reliability.answered import soon
from tests.reliability.dying import POINTS, REPLIED, WORKERS
from tests.reliability.service import Service

DEVON = "+442079460101"
CALLS = count(1)
KEPT_SECONDS, REPLACED_SECONDS = 20.0, 20.0
POLL_SECONDS = 0.1
REPLY_SECONDS = 5.0
"""So long Twilio waits for a reply of ours."""

ROOM = 2 << 20


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("workers")
    program = (sys.executable, "-m", "tests.reliability.dying")
    made = Service(folder / "state", f"sqlite:///{folder / 'test.db'}", WORKERS, program=program)
    try:
        made.start()
        made.wait_for_workers()
        yield made
    finally:
        made.stop()


def asks(served: Service, call: int) -> str:
    """What a new call hears; raises where no reply comes."""
    url = f"{served.address}/webhooks/voice"
    fields = {"CallSid": f"CA{call:032x}", "From": "+442079460999", "To": DEVON, "CallStatus": "ringing"}
    headers = {"X-Twilio-Signature": signature(served.token, url, fields.items())}
    with urlopen(Request(url, urlencode(fields).encode(), headers), timeout=REPLY_SECONDS) as reply:  # noqa: S310  # our own
        return str(reply.read().decode())


def insists(served: Service, call: int) -> tuple[str, int]:
    """The reply, and how many times Twilio had to ask."""
    for attempt in range(1, 4):
        try:
            return asks(served, call), attempt
        except (URLError, HTTPException, OSError):
            time.sleep(POLL_SECONDS)
    raise AssertionError("no reply after three attempts")


def events(served: Service, call: int) -> int:
    """How often the call's first event is kept, once it is kept at all."""
    until, engine = time.monotonic() + KEPT_SECONDS, create_engine(served.database_url)
    found = 0
    while not found and time.monotonic() < until:
        with engine.connect() as connection:
            asked = text("SELECT count(*) FROM event WHERE call = :call")
            found = int(connection.scalar(asked, {"call": f"CA{call:032x}"}) or 0)
        time.sleep(POLL_SECONDS)
    engine.dispose()
    return found


@pytest.mark.parametrize("point", POINTS)
def test_a_worker_killed_at_any_point_of_a_request_loses_and_doubles_nothing(served: Service, point: str) -> None:
    (served.state / point.replace(" ", "-")).touch()
    call = next(CALLS)
    said, attempts = insists(served, call)
    assert attempts == (1 if point == REPLIED else 2)
    assert soon(lambda: not (served.state / point.replace(" ", "-")).exists())
    assert "<Gather" in said or "<Dial" in said
    assert insists(served, call)[0] == said
    assert events(served, call) == 1
    served.wait_for_workers()


def test_beside_a_worker_that_hangs_the_other_answers_and_the_watchdog_replaces_it(served: Service) -> None:
    hung = served.worker_processes[0]
    os.kill(hung, signal.SIGSTOP)
    for _ in range(10):
        began = time.monotonic()
        insists(served, next(CALLS))
        assert time.monotonic() - began < 2 * REPLY_SECONDS
    until = time.monotonic() + REPLACED_SECONDS
    while hung in served.worker_processes and time.monotonic() < until:
        time.sleep(POLL_SECONDS)
    assert hung not in served.worker_processes
    served.wait_for_workers()


def test_where_a_worker_has_no_memory_left_every_call_is_answered_at_the_latest_at_the_second_attempt(
    served: Service,
) -> None:
    starved = served.worker_processes[0]
    size = int(Path(f"/proc/{starved}/statm").read_text(encoding="utf-8").split()[0]) * resource.getpagesize()
    resource.prlimit(starved, resource.RLIMIT_AS, (size + ROOM, size + ROOM))
    for _ in range(30):
        said, attempts = insists(served, call := next(CALLS))
        assert said.startswith("<?xml")
        assert attempts <= 2
    assert events(served, call) == 1
    with suppress(ProcessLookupError):  # it may have ended by itself
        os.kill(starved, signal.SIGKILL)
    served.wait_for_workers()


def test_the_shipped_watchdog_waits_longer_than_a_start_takes_and_no_longer_than_a_caller_would() -> None:
    assert 10 <= HUNG_SECONDS <= 30
