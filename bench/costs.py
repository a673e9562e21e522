"""What does a webhook cost, from the reply to its row? Seconds of cores, bytes and rows, measured on this machine in about a minute.

The reply is measured at the shipped server while PostgreSQL is frozen, so that nothing is moved meanwhile; the moving alone, with the
records of rehearsed calls. It is processor time, of several parts the least: what else the machine does can only add to it.
"""

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from math import ceil
from pathlib import Path
from random import Random
from statistics import mean, quantiles

from sqlalchemy import event, func, select, text

from bench import inside
from bench.asked import requests
from bench.load import load
from bench.rehearsed import Rehearsed
from bench.serving import Contestant, new_database, ours
from ivr.moment import World
from ivr.record import Record
from rehearsal.staging import Memory
from routing.clock import FixedClock
from store.database import Database
from store.drain import BATCH, drain
from store.every_table import metadata
from store.frames import framed
from store.journal import JournalFile
from store.migrate import migrate
from tests.reliability.postgres import Cluster, cluster

PARTS, CALLS, WEBHOOKS, WARM, STEPS, FSYNCS = 6, 350, 700, 500, 200, 300
BATCHES = (20, BATCH)
"""Records that are moved together: where a worker has little to do, and where it has all that it can."""

TICK = os.sysconf("SC_CLK_TCK")
USER, SYSTEM = 11, 12
"""Where the ticks of a core stand in ``/proc/PID/stat``, behind the name."""

SETTLES_SECONDS, IDLE_SECONDS = 10.0, 10.0


def costs(world: World, at: FixedClock, calls: Sequence[Rehearsed], folder: Path) -> dict[str, float]:
    """Every figure that is measured, by the name that ``bench.known`` has for it."""
    (folder / "state").mkdir()
    with cluster(folder / "pg") as server:
        found = _moving(server, calls, folder) | _replying(server, folder)
    return found | {"step": _step(world, at), "fsync": _fsync(folder / "fsync")}


def _step(world: World, at: FixedClock) -> float:
    ways, taken = inside.asks(Memory(world), at.now()).values(), list[float]()
    for _ in range(PARTS):
        began = time.thread_time()
        for way in ways:
            for _ in range(STEPS):
                way()
        taken.append((time.thread_time() - began) / STEPS / len(ways))
    return min(taken)


def _replying(server: Cluster, folder: Path) -> dict[str, float]:
    with ours("ours", folder / "served", new_database(server, "served")) as one:
        load(one.port, list(requests(one.base, one.to, one.steps, WARM, 0)))
        time.sleep(SETTLES_SECONDS)
        (worker,) = _children(one.process)
        idle = {"idle": _used(worker), "asks": _all_used(server)}
        time.sleep(IDLE_SECONDS)
        idle = {"idle": _used(worker) - idle["idle"], "asks": _all_used(server) - idle["asks"]}
        with _frozen(server):
            reply = min(_answered(one, worker, seed) for seed in range(1, PARTS + 1))
        told = {"reply": reply, "memory": float(one.memory)}
        return told | {name: seconds / IDLE_SECONDS for name, seconds in idle.items()}


def _answered(one: Contestant, worker: int, seed: int) -> float:
    asked = list(requests(one.base, one.to, one.steps, WEBHOOKS, seed))
    before = _used(worker)
    load(one.port, asked)
    return (_used(worker) - before) / WEBHOOKS


@contextmanager
def _frozen(server: Cluster) -> Iterator[None]:
    server.freeze()
    try:
        yield
    finally:
        server.thaw()


def _moving(server: Cluster, calls: Sequence[Rehearsed], folder: Path) -> dict[str, float]:
    """Small batches and full ones in turn, into one database."""
    database = Database(new_database(server, "moved"))
    try:
        migrate(database, folder / "state")
        before, said, sizes = _kept(database), [0], list[float]()
        event.listen(database.engine, "before_cursor_execute", lambda *_: said.__setitem__(0, said[0] + 1))
        parts = list[dict[str, float]]()
        for part in range(PARTS):
            written = [framed(record.document()) for record in _of_their_own(calls, part)]
            sizes.extend(map(len, written))
            spent = _part(server, database, written, folder / f"part-{part}", BATCHES[part % len(BATCHES)])
            parts.append(spent | {"statements of": float(said[0])})
            said[0] = 0
        after = _kept(database)
    finally:
        database.close()
    many = len(sizes)
    rows, size, log = (one - other for one, other in zip(after, before, strict=True))
    whole = {"rows": rows / (CALLS * PARTS), "bytes": size / (CALLS * PARTS), "records": many / (CALLS * PARTS)}
    return whole | {"record": mean(sizes), "log": log / many} | dict(_apart(parts, many // PARTS))


def _part(server: Cluster, database: Database, written: Sequence[bytes], folder: Path, many: int) -> dict[str, float]:
    """Seconds of cores that it takes to move them, so many at a time."""
    file = JournalFile(folder)
    theirs, own = _all_used(server), 0.0
    for first in range(0, len(written), many):
        file.write(b"".join(written[first : first + many]))
        began = time.thread_time()
        drain(folder, database, file.path)
        own += time.thread_time() - began
    file.close()
    return {"moving": own, "taking": _all_used(server) - theirs}


def _apart(parts: Sequence[Mapping[str, float]], records: int) -> Iterator[tuple[str, float]]:
    """What each record costs, and each batch besides: of so many records in many small batches, and in few full ones."""
    (many, small), (few, full) = ((ceil(records / size), parts[at :: len(BATCHES)]) for at, size in enumerate(BATCHES))
    for name in parts[0]:
        dear, cheap = (min(part[name] for part in those) for those in (small, full))
        batch = max(0.0, (dear - cheap) / (many - few))
        yield f"{name} a batch", batch
        yield f"{name} a record", (cheap - few * batch) / records


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


def _of_their_own(calls: Sequence[Rehearsed], seed: int) -> Iterator[Record]:
    """The calls again and again, each with identifiers of its own."""
    dice = Random(seed)  # noqa: S311  # calls that never were
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
    return quantiles(taken, n=10)[0]


def _all_used(server: Cluster) -> float:
    return sum(_used(process) for process in server.processes())


def _children(process: int) -> tuple[int, ...]:
    return tuple(map(int, Path(f"/proc/{process}/task/{process}/children").read_text(encoding="utf-8").split()))


def _used(process: int) -> float:
    """Seconds of a core that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[USER]) + int(fields[SYSTEM])) / TICK
