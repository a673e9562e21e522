"""Is every change of the audit trail found? Rows altered, removed, moved, put in or written anew in copies, and copies nobody touched."""

from collections import Counter
from itertools import cycle, islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.reliability.figure import Figure, Value
from tests.reliability.postgres import cluster
from tests.reliability.tampering import WAYS, Trail, flip_is_found, is_found, made, untouched

FULL = 1_000
ONE_IN = 20
"""So many copies are left untouched, and so many are PostgreSQL's."""

FEW = 200
"""With fewer no PostgreSQL is started."""

FLIPPED = "one byte of the file"


def figure(size: int, seed: int) -> Figure:
    """Tamper with so many copies, one way after another."""
    dice = Random(seed)  # dice
    with TemporaryDirectory() as place:
        folder = Path(place)
        trail = made(f"sqlite:///{folder / 'trail.db'}", folder)
        _settled(trail)
        missed = Counter(_missed(trail, dice, size, folder))
        alarms = sum(not untouched(trail, folder) for _ in range(max(1, size // ONE_IN)))
        trail.database.close()
        elsewhere, missed_elsewhere = _on_postgresql(folder, dice, size)
    values: dict[str, Value] = {
        "tampered": size, "found": size - missed.total(), "ways": len(WAYS) + 1, "untouched": max(1, size // ONE_IN),
        "false_alarms": alarms, "postgresql": elsewhere, "postgresql_found": elsewhere - missed_elsewhere.total(),
    }  # fmt: skip
    broken = [f"{count} not found: {way}" for way, count in (missed + missed_elsewhere).items()]
    return Figure(values, tuple(broken + [f"{alarms} false alarms"] * bool(alarms)))


def _settled(trail: Trail) -> None:
    """With nothing left beside the file, so that the file alone can be copied."""
    with trail.database.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")


def _missed(trail: Trail, dice: Random, size: int, folder: Path) -> list[str]:
    ways = islice(cycle([*WAYS, FLIPPED]), size)
    return [way for way in ways if not _found(trail, dice, way, folder)]


def _found(trail: Trail, dice: Random, way: str, folder: Path) -> bool:
    return flip_is_found(trail, dice, folder) if way == FLIPPED else is_found(trail, dice, WAYS[way])


def _on_postgresql(folder: Path, dice: Random, size: int) -> tuple[int, Counter[str]]:
    """The same on a server of our own, where it is worth its start."""
    if size < FEW:
        return 0, Counter()
    with cluster(folder / "cluster") as server:
        trail = made(server.url, folder / "other")
        ways = islice(cycle(WAYS), size // ONE_IN)
        missed = Counter(way for way in ways if not is_found(trail, dice, WAYS[way]))
        trail.database.close()
    return size // ONE_IN, missed
