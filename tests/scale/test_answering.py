"""Do callers notice that a worker puts 100,000 people in order, or that somebody changes them? And do two workers agree?

A step of a call is timed while the worker has just started, while one change follows another, and while nothing happens.
"""

import json
from collections.abc import Callable
from threading import Event, Thread
from time import monotonic, sleep

import pytest

from app import Config
from tests.scale.figures import p99
from tests.scale.served import Line, Served, served

pytestmark = [pytest.mark.scale, pytest.mark.timeout(900)]

SECONDS, SETTLES = 4.0, 6.0
WORST = 1.0
"""Seconds: a call's step, whatever goes on beside it; Twilio waits five."""
PERSON, LINE = "/api/v1/people/w-050000", "/api/v1/lines/devon"
NEW, CALLS = "+442079460399", 20


def steps(server: Served, until: Callable[[], bool]) -> list[float]:
    """How long each of many steps takes, one after another on one connection."""
    line, taken = server.anybody(), list[float]()
    while not until():
        taken.append(server.rings(line, len(taken)).seconds)
    return taken


def lasting(seconds: float) -> Callable[[], bool]:
    """True when this time has passed."""
    end = monotonic() + seconds
    return lambda: monotonic() > end


def renaming(program: Line, stop: Event) -> None:
    """Rename somebody, again and again."""
    for last in range(10_000):
        if stop.wait(0.2):
            return
        changed(program, "PATCH", PERSON, PERSON, {"name": f"Name {last}"})


def changed(program: Line, method: str, seen: str, path: str, body: object) -> None:
    """Make one change."""
    version = program.asks("GET", seen).headers["ETag"]
    reply = program.asks(method, path, json.dumps(body), If_Match=version)
    assert reply.status == 200, reply.text


def while_changing(server: Served) -> list[float]:
    """The steps while one change follows another."""
    program, stop = server.program(), Event()
    thread = Thread(target=renaming, args=(program, stop))
    thread.start()
    taken = steps(server, lasting(SECONDS))
    stop.set()
    thread.join()
    return taken


@pytest.mark.usefixtures("settled")
def test_callers_do_not_notice_what_goes_on_beside_them(config: Config) -> None:
    with served(config, workers=1) as server:
        starting = steps(server, lasting(SECONDS))
        sleep(SETTLES)
        idle, changing = steps(server, lasting(SECONDS)), while_changing(server)
    for name, taken in (("just started", starting), ("nothing else", idle), ("under changes", changing)):
        print(f"a step, {name:14} p99 {p99(taken) * 1000:7.1f} ms, worst {max(taken) * 1000:7.1f} ms, "  # noqa: T201
              f"p99 {p99(taken) / p99(idle):5.1f} × idle, {len(taken)} steps")  # fmt: skip
    assert max(*starting, *changing) < WORST


@pytest.mark.usefixtures("settled")
def test_a_change_on_one_of_two_workers_rings_on_both_within_a_second(config: Config) -> None:
    with served(config, workers=2) as server:
        assert not any(answered(server, call) for call in range(CALLS))
        changed(server.program(), "PUT", LINE, f"{LINE}/numbers", {"numbers": ["020 7946 0101", "020 7946 0399"]})
        assert all(answered(server, call) for call in range(CALLS, 2 * CALLS))


def answered(server: Served, call: int) -> bool:
    """Whether a call to the new number, on a connection of its own, is answered by the line."""
    line = server.anybody()
    told = server.rings(line, call, To=NEW).text
    line.close()
    return "/devon/" in told
