"""What does a webhook cost, from the reply to its row? Seconds of cores, bytes and rows, measured on this machine in about a minute.

The reply is measured at the shipped server while PostgreSQL is frozen, so that nothing is moved meanwhile; the moving alone, with the
records of rehearsed calls.
"""

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random
from statistics import median

import psycopg
from sqlalchemy import event, func, select, text

from bench import inside
from bench.asked import requests
from bench.load import load
from bench.rehearsed import Rehearsed
from bench.serving import ours
from ivr.moment import World
from ivr.record import Record
from routing.clock import FixedClock
from store.database import Database
from store.drain import drain
from store.every_table import metadata
from store.frames import framed
from store.journal import JournalFile
from store.migrate import migrate
from tests.reliability.postgres import Cluster, cluster

CALLS, WEBHOOKS, WARM, FSYNCS = 600, 4000, 500, 300
TICK = os.sysconf("SC_CLK_TCK")
USER, SYSTEM = 11, 12
"""Where the ticks of a core stand in ``/proc/PID/stat``, behind the name."""

SETTLES_SECONDS = 3.0


def costs(world: World, at: FixedClock, calls: Sequence[Rehearsed], folder: Path) -> dict[str, float]:
    """Every figure that is measured, by the name that ``bench.known`` has for it."""
    (folder / "state").mkdir()
    with cluster(folder / "pg") as server:
        found = _moving(server, calls, folder) | _replying(server, folder)
    steps = inside.steps(world, at.now())
    step = sum(micros for name, micros in steps.items() if name != "bare") / (len(steps) - 1)
    return found | {"step": step / 1e6, "fsync": _fsync(folder / "fsync")}


def _replying(server: Cluster, folder: Path) -> dict[str, float]:
    with ours("ours", folder / "served", _new(server, "served")) as one:
        load(one.port, list(requests(one.base, one.to, one.steps, WARM, 0)))
        time.sleep(SETTLES_SECONDS)
        (worker,) = _children(one.process)
        with _frozen(server):
            asked = list(requests(one.base, one.to, one.steps, WEBHOOKS, 1))
            before = _used(worker)
            found = load(one.port, asked)
            used = _used(worker) - before
        return {"reply": used / WEBHOOKS, "a_second": found.a_second, "client": found.busy, "memory": float(one.memory)}


@contextmanager
def _frozen(server: Cluster) -> Iterator[None]:
    server.freeze()
    try:
        yield
    finally:
        server.thaw()


def _moving(server: Cluster, calls: Sequence[Rehearsed], folder: Path) -> dict[str, float]:
    database = Database(_new(server, "moved"))
    try:
        migrate(database, folder / "state")
        records = list(_of_their_own(calls))
        written = b"".join(framed(record.document()) for record in records)
        file = JournalFile(folder / "journal")
        file.write(written)
        file.close()
        found = _drained(server, database, folder / "journal")
    finally:
        database.close()
    many = len(records)
    each = {name: found[name] / many for name in ("moving", "taking", "statements", "log")}
    trip = max(found["took"] / many - each["moving"] - each["taking"], 0.0)
    size = {"record": len(written) / many, "rows": found["rows"] / CALLS, "bytes": found["bytes"] / CALLS}
    return each | size | {"trip": trip, "moved": many / found["took"]}


def _drained(server: Cluster, database: Database, journals: Path) -> dict[str, float]:
    said = [0]
    event.listen(database.engine, "before_cursor_execute", lambda *_: said.__setitem__(0, said[0] + 1))
    rows, size, log = _kept(database)
    taking, began, used = _all_used(server), time.perf_counter(), time.thread_time()
    drain(journals, database, None)
    found = {
        "moving": time.thread_time() - used,
        "took": time.perf_counter() - began,
        "taking": _all_used(server) - taking,
        "statements": float(said[0]),
    }
    more_rows, more_size, more_log = _kept(database)
    return found | {"rows": more_rows - rows, "bytes": more_size - size, "log": more_log - log}


def _kept(database: Database) -> tuple[float, float, float]:
    """Rows and bytes of all tables, their indexes included, and how far the log of changes has come."""
    size = text("SELECT sum(pg_total_relation_size(relid)) FROM pg_catalog.pg_statio_user_tables")
    log = text("SELECT pg_current_wal_lsn() - '0/0'::pg_lsn")
    with database.read() as connection:
        rows = sum(
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in metadata.tables.values()
        )
        return float(rows), float(connection.execute(size).scalar_one()), float(connection.execute(log).scalar_one())


def _of_their_own(calls: Sequence[Rehearsed]) -> Iterator[Record]:
    """The calls again and again, each with identifiers of its own."""
    dice = Random(1)  # noqa: S311  # calls that never were
    for place in range(CALLS):
        names: dict[str, str] = {"": ""}
        for record in calls[place % len(calls)].records:
            for sid in (record.call, record.leg):
                names.setdefault(sid, f"CA{dice.getrandbits(128):032x}")
            yield replace(record, call=names[record.call], leg=names[record.leg])


def _fsync(folder: Path) -> float:
    file, taken = JournalFile(folder), list[float]()
    for _ in range(FSYNCS):
        began = time.perf_counter()
        file.write(b"0" * 600)
        taken.append(time.perf_counter() - began)
    file.close()
    return median(taken)


def _new(server: Cluster, name: str) -> str:
    with psycopg.connect(server.url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # one of our own two names
    return f"{server.url.rpartition('/')[0]}/{name}"


def _all_used(server: Cluster) -> float:
    return sum(_used(process) for process in server.processes())


def _children(process: int) -> tuple[int, ...]:
    return tuple(map(int, Path(f"/proc/{process}/task/{process}/children").read_text(encoding="utf-8").split()))


def _used(process: int) -> float:
    """Seconds of a core that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[USER]) + int(fields[SYSTEM])) / TICK
