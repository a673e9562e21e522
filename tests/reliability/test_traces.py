"""What does the shipped server make of a call's trace: one, whichever worker answers, and no later end where nobody takes it?"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

from telephone.signature import signature
from tests.reliability.answered import soon
from tests.reliability.service import Service, service
from tests.watch.collecting import collector, silent

SID = "CA" + "a1b2c3d4" * 4
WORKERS = 2
REPLY_SECONDS = 1.0
"""A collector that hangs takes five each time. A server that does not end in 30, as systemd has it, is killed in disorder."""


@contextmanager
def served(folder: Path, address: str) -> Iterator[Service]:
    """The shipped server with two workers, whose traces go there."""
    url = f"sqlite:///{folder / 'test.db'}"
    with service(folder / "state", url, WORKERS, DUTYLINE_TRACES_TO=address) as made:
        made.wait_for_workers()
        yield made


def knocks(here: Service) -> float:
    """The first webhook of a call, over a connection of its own: how many seconds it took."""
    url = f"{here.address}/webhooks/voice"
    fields = {"CallSid": SID, "From": "+442079460987", "To": "+442079460101", "CallStatus": "ringing"}
    signed = {"X-Twilio-Signature": signature(here.token, url, fields.items())}
    began = time.monotonic()
    with urlopen(Request(url, urlencode(fields).encode(), signed), timeout=30) as reply:  # noqa: S310  # our own
        assert reply.status == 200
    return time.monotonic() - began


def test_a_call_is_one_trace_whichever_worker_answers(tmp_path: Path) -> None:
    with collector() as there, served(tmp_path, there.address) as here:

        def both() -> bool:
            knocks(here)
            return len({span.worker for span in there.spans if span.name == "step enter"}) == WORKERS

        assert soon(both)
        assert {span.trace for span in there.spans} == {SID[2:]}


@pytest.mark.long
def test_a_collector_that_hangs_keeps_nobody_from_a_reply_and_the_server_from_no_end(tmp_path: Path) -> None:
    with silent() as hung, served(tmp_path, hung) as here:
        until, taken = time.monotonic() + 3, []
        while time.monotonic() < until:
            taken.append(knocks(here))
        assert median(taken) < REPLY_SECONDS
        process = here.process
        here.stop()
        assert process
        assert process.returncode == 0
