"""What does a step cost in the process, without server, wire and disk? Beside a bare Flask request in the same seconds."""

import io
from collections.abc import Callable
from datetime import datetime
from statistics import median
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

from flask import Flask

from bench.asked import LINE, TOKEN, Step, fields, our_steps
from bench.peers import bare
from directory.numbers import Number
from ivr.engine import advance
from ivr.moment import Call, Moment, World
from ivr.walk import walk
from rehearsal.staging import Memory
from routing.clock import FixedClock
from webhooks.guard import Guard
from webhooks.voice import Door, Ports

BASE = "http://bench.invalid"
NAMES = ("the greeting", "an area", "a team", "its phone rings", "the next phone")
ROUNDS, TIMES = 9, 400
Ask = Callable[[], str]


def door(memory: Memory, at: datetime) -> Door:
    """Our door at a moment, whose journal is a list."""
    ports = Ports(memory, memory, memory, FixedClock(at))
    return Door(Flask("elsewhere").wsgi_app, Guard([TOKEN], BASE), ports, "")


def asks(memory: Memory, at: datetime) -> dict[str, Ask]:
    """One call's steps at our door, by name."""
    wsgi = door(memory, at)
    steps = our_steps(lambda step: asking(wsgi, step)())
    return {name: asking(wsgi, step) for name, step in zip(NAMES, steps, strict=True)}


def steps(world: World, at: datetime) -> dict[str, float]:
    """Microseconds of a bare Flask request and of each step of ours, medians of rounds taken in turn."""
    memory = Memory(world)
    ways = {"bare": asking(bare(BASE, "").wsgi_app, Step("/voice")), **asks(memory, at)}
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            taken[name].append(_seconds(way) * 1e6)
        memory.records.clear()
    return {name: median(found) for name, found in taken.items()}


def advancing(world: World, at: datetime) -> dict[str, float]:
    """Microseconds of the engine alone, on every bundled line: the median over every position and event that can be reached."""
    return {line: _advanced(world, line, at) for line in sorted(world.plans.current)}


def _advanced(world: World, line: str, at: datetime) -> float:
    call = Call("CA" + "0" * 32, Number("+442079460999"), world.directory.lines[line].numbers[0])
    plans = world.plans.by_digest
    moments = [
        Moment(world, plans[seen.position.digest], call, seen.position, seen.event, at)
        for seen in walk(world, line, at, call)
    ]
    return median(_seconds(lambda moment=moment: advance(moment), 20) for moment in moments) * 1e6  # type: ignore[misc]


def asking(wsgi: Callable[..., Any], step: Step) -> Ask:
    """What sends one step, signed, and returns the reply. Raises RuntimeError where the first is refused."""
    form = fields("CA" + "0" * 32, LINE, *step.more)
    body, signature = urlencode(form).encode(), Guard([TOKEN], BASE).signature(step.path, form)
    path, _, query = step.path.partition("?")
    environ = {
        "REQUEST_METHOD": "POST", "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": query, "SERVER_NAME": "bench.invalid",
        "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)), "HTTP_X_TWILIO_SIGNATURE": signature, "wsgi.url_scheme": "http",
        "wsgi.errors": io.StringIO(),
    }  # fmt: skip
    began: list[str] = []

    def ask() -> str:
        began.clear()
        said = wsgi({**environ, "wsgi.input": io.BytesIO(body)}, lambda status, *_: began.append(status))
        return b"".join(said).decode()

    ask()
    if not began[0].startswith("200"):
        raise RuntimeError(f"{step} was answered with {began[0]}")
    return ask


def _seconds(way: Callable[[], object], times: int = TIMES) -> float:
    began = perf_counter()
    for _ in range(times):
        way()
    return (perf_counter() - began) / times
