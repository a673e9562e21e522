"""Is every line that the shipped server logs an object, gunicorn's too, which names its call and nobody?"""

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

from telephone.signature import signature
from tests.reliability.answered import soon
from tests.reliability.service import SHIPPED, Service, service

SID = "CA" + "a1b2c3d4" * 4
CALLER, KEYED, NAME = "+442079460987", "730991", "Zyxcanary"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("json")
    with service(folder / "state", f"sqlite:///{folder / 'test.db'}", 2, DUTYLINE_LOG_FORMAT="json") as made:
        made.wait_for_workers()
        yield made


def knocks(served: Service, path: str) -> int:
    """A webhook of a call by whom nobody may hear."""
    url = f"{served.address}{path}"
    fields = {
        "CallSid": SID,
        "From": CALLER,
        "To": "+442079460101",
        "Digits": KEYED,
        "CallerName": NAME,
        "CallStatus": "in-progress",
    }
    signed = {"X-Twilio-Signature": signature(served.token, url, fields.items())}
    with urlopen(Request(url, urlencode(fields).encode(), signed), timeout=30) as reply:  # noqa: S310  # our own
        return int(reply.status)


def objects(served: Service) -> list[dict[str, Any]]:
    """What was logged; of what was printed at the start nothing looks like it."""
    lines = served.log.read_text(encoding="utf-8").splitlines()
    first = next((at for at, line in enumerate(lines) if line.startswith("{")), len(lines))
    return [json.loads(line) for line in lines[first:]]


def test_a_fault_that_a_caller_met_is_an_object_with_its_call_and_without_the_caller(served: Service) -> None:
    assert knocks(served, "/webhooks/voice/nowhere") == 200
    assert soon(lambda: any(one.get("call") == SID for one in objects(served)))
    (told,) = [one for one in objects(served) if one.get("call") == SID]
    assert (told["level"], told["logger"]) == ("ERROR", "dutyline")
    assert told["message"].startswith("a caller met a fault: UnknownPositionError")
    assert told["pid"] in served.worker_processes
    log = served.log.read_text(encoding="utf-8")
    assert [one for one in (CALLER[3:], KEYED, NAME) if one in log] == []


def test_what_gunicorn_says_of_a_worker_that_died_is_an_object_of_the_one_that_watches_over_them(
    served: Service,
) -> None:
    os.kill(served.worker_processes[0], signal.SIGKILL)
    assert soon(lambda: any(one["logger"] == "gunicorn.error" for one in objects(served)))
    told = next(one for one in objects(served) if one["logger"] == "gunicorn.error")
    assert served.process
    assert told["pid"] == served.process.pid
    assert "call" not in told


def test_a_form_that_is_none_refuses_the_start_and_says_which_there_are(tmp_path: Path) -> None:
    settings = {**os.environ, "DUTYLINE_STATE_DIR": str(tmp_path), "DUTYLINE_LOG_FORMAT": "xml"}
    run = subprocess.run(SHIPPED, env=settings, capture_output=True, text=True, check=False, timeout=60)  # noqa: S603  # our own
    assert run.returncode == 1
    assert "DUTYLINE_LOG_FORMAT: “xml” is neither of text, json; use one of them." in run.stderr
