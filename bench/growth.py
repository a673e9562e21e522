"""Does a call cost more in a larger directory? The same call with a hundred contacts, ten thousand and a million: in the process, on the
wire, and while somebody changes the directory. And how long does it take to read so many in, beside their plain rows?"""

import gc
import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from http.client import HTTPConnection
from pathlib import Path
from sys import getsizeof
from threading import Event, Thread
from time import perf_counter

from bench import inside
from bench.asked import requests
from bench.drawing import Points
from bench.goals import Goal
from bench.load import Load, load
from bench.rounds import Record, in_turn
from bench.serving import Contestant, ours
from directory.documents import change_document, change_from
from directory.snapshot import Snapshot
from ivr.moment import World
from routing.clock import SystemClock
from store.database import Database
from store.keys import Role, create
from tests.scale.county import changes, settle

SIZES = (100, 10_000, 100_000, 1_000_000)
STEADY, SECONDS = 150.0, 4.0
EDITED_SECONDS, REST = 20.0, 0.5
"""While somebody changes a person so often."""

WORDS = (
    "What a call costs in a larger directory",
    "One worker on SQLite, 150 webhooks a second; both axes are logarithmic",
)
UNITS = ("contacts", "us")
PERSON = "/api/v1/people/w-000050"
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Served:
    """One directory and its worker. ``starts`` are the seconds until it answers; ``engine`` and ``step`` the dearest in the process, in
    microseconds."""

    contacts: int
    worker: Contestant
    key: str
    starts: float
    engine: float
    step: float


@dataclass(frozen=True, slots=True)
class Size:
    """What one directory came to: rounds in turn with the others, and one round beside another in which somebody changed people;
    ``changes`` are the seconds of each change until it was acknowledged."""

    served: Served
    steady: Record
    idle: Load
    edited: Load
    changes: Sequence[float]
    memory: int


@dataclass(frozen=True, slots=True)
class Reading:
    """Everybody read in as a worker does it, and their plain rows by sqlite3: seconds, and bytes of the rows."""

    contacts: int
    rows: float
    rows_bytes: int
    ours: float


def grown(place: Path, world: World, at: datetime, rounds: int, tell: Tell, sizes: Sequence[int] = SIZES) -> list[Size]:
    """All of them are served at the same time."""
    with ExitStack() as here:
        all_of_them = [here.enter_context(_served(place, world, at, contacts, tell)) for contacts in sizes]
        workers = [one.worker for one in all_of_them]
        tell(f"{STEADY:g} a second for {SECONDS:g} seconds, {rounds} rounds of {len(workers)} in turn")
        records = list(in_turn(workers, rounds, int(STEADY * SECONDS), STEADY))
        tell(f"{EDITED_SECONDS:g} seconds each with and without changes")
        return [_size(one, record) for one, record in zip(all_of_them, records, strict=True)]


@contextmanager
def _served(place: Path, world: World, at: datetime, contacts: int, tell: Tell) -> Iterator[Served]:
    tell(f"{contacts:,} contacts are written, and read by a worker")
    name, url = f"{contacts:,} contacts", f"sqlite:///{place}/{contacts}.db"
    with ours(name, place / str(contacts), url):
        pass
    with closing(Database(url)) as database:
        settle(database, contacts)
        with database.write_in_order() as connection:
            _, key = create(connection, "bench", Role.ADMIN, "bench", SystemClock().now())
    with ours(name, place / str(contacts), url):
        """It publishes what was written, once."""
    began = perf_counter()
    with ours(name, place / str(contacts), url) as worker:
        starts = perf_counter() - began
        yield Served(contacts, worker, key, starts, *_inside(world, at, contacts))


def _inside(world: World, at: datetime, contacts: int) -> tuple[float, float]:
    larger = replace(world, directory=world.directory.changed(world.directory.version + 1, changes(contacts)))
    steps = inside.steps(larger, at)
    return max(inside.advancing(larger, at).values()), max(micros for name, micros in steps.items() if name != "bare")


def _size(served: Served, record: Record) -> Size:
    worker, many = served.worker, int(STEADY * EDITED_SECONDS)
    idle, edited = (list(requests(worker.base, worker.to, worker.steps, many, seed)) for seed in (101, 102))
    memory, quiet = worker.memory, load(worker.port, idle, STEADY)
    taken, stop = list[float](), Event()
    editing = Thread(target=_edit, args=(served, taken, stop))
    editing.start()
    try:
        busy = load(worker.port, edited, STEADY)
    finally:
        stop.set()
        editing.join()
    return Size(served, record, quiet, busy, taken, memory)


def _edit(served: Served, taken: list[float], stop: Event) -> None:
    """Give somebody one name after another."""
    while not stop.wait(REST):
        with closing(HTTPConnection("127.0.0.1", served.worker.port, timeout=60)) as line:
            headers = {"Authorization": f"Bearer {served.key}", "Content-Type": "application/json"}
            line.request("GET", PERSON, headers=headers)
            seen = line.getresponse()
            seen.read()
            began = perf_counter()
            body = json.dumps({"name": f"Invently Standin {len(taken)}"})
            line.request("PATCH", PERSON, body, {**headers, "If-Match": seen.headers["ETag"]})
            reply = line.getresponse()
            reply.read()
            if reply.status != 200:
                raise RuntimeError(f"a change was answered with {reply.status}")
            taken.append(perf_counter() - began)


def read_in(place: Path, contacts: int) -> Reading:
    """Both in this process, one after the other."""
    made = [change_document(one) for one in changes(contacts)]
    whole, file = json.dumps(made), place / "rows.db"
    with closing(sqlite3.connect(file)) as written:
        written.execute("CREATE TABLE entry (kind TEXT, slug TEXT, body TEXT)")
        written.executemany(
            "INSERT INTO entry VALUES (?, ?, ?)", ((one["kind"], one["slug"], json.dumps(one["body"])) for one in made)
        )
        written.commit()
    del made
    gc.disable()
    try:
        began = perf_counter()
        with closing(sqlite3.connect(file)) as opened:
            rows = opened.execute("SELECT * FROM entry").fetchall()
        plain = perf_counter() - began
        held = sum(getsizeof(row) + sum(map(getsizeof, row)) for row in rows)
        del rows
        began = perf_counter()
        Snapshot().changed(1, map(change_from, json.loads(whole)))
        return Reading(contacts, plain, held, perf_counter() - began)
    finally:
        gc.enable()


def goals(sizes: Sequence[Size], read: Reading) -> list[Goal]:
    """The largest against the smallest, and against its plain rows."""
    few, many = sizes[0], sizes[-1]
    ours_bytes = many.memory - few.memory
    return [
        Goal("P6", f"the engine with {many.served.contacts:,} contacts, of {few.served.contacts:,}",
             many.served.engine / few.served.engine, 1.2, most=True),
        Goal("P7", f"p99 while {many.served.contacts:,} are edited, of idle", many.edited.quantile(0.99) / many.idle.quantile(0.99), 2.0,
             most=True),
        Goal("P7", "the longest reply meanwhile, in ms", many.edited.quantile(1) * 1000, 50.0, most=True),
        Goal("P8", f"{read.contacts:,} read in, of their plain rows read by sqlite3", read.ours / read.rows, 2.0, most=True),
        Goal("P8", "the memory of them, of their plain rows", ours_bytes / read.rows_bytes, 1.5, most=True),
    ]  # fmt: skip


def table(sizes: Sequence[Size]) -> Iterator[str]:
    """A row for each size."""
    yield (
        "| contacts | engine us | dearest step us | p50 ms | p99 ms | p99 ms, idle | p99 ms, edited | longest ms, edited | "
        "a change s | starts in s | private MiB |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|---|"
    for one in sizes:
        cells = (
            f"{one.served.contacts:,}", f"{one.served.engine:.1f}", f"{one.served.step:.0f}",
            *(f"{seconds * 1000:.2f}" for seconds in (one.steady.quantile(0.5), one.steady.quantile(0.99), one.idle.quantile(0.99),
                                                      one.edited.quantile(0.99), one.edited.quantile(1))),
            f"{sorted(one.changes)[len(one.changes) // 2]:.3f}", f"{one.served.starts:.1f}", f"{one.memory >> 20}",
        )  # fmt: skip
        yield f"| {' | '.join(cells)} |"


def lines(sizes: Sequence[Size]) -> dict[str, Points]:
    """The curves: microseconds by contacts."""
    return {
        "engine": [(one.served.contacts, one.served.engine) for one in sizes],
        "step, in process": [(one.served.contacts, one.served.step) for one in sizes],
        "reply, p50": [(one.served.contacts, one.steady.quantile(0.5) * 1e6) for one in sizes],
        "reply, p99": [(one.served.contacts, one.steady.quantile(0.99) * 1e6) for one in sizes],
    }
