"""How do journals reach the database? Read, project, commit, note how far; a file whose owner is dead is drained by the living."""

import fcntl
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, StatementError

from ivr.record import Record, record_from
from store.database import Database
from store.frames import HEAD, Frame, frames, is_damaged
from store.journal import SUFFIX
from store.kept_journals import lay_aside, mark_of, position
from store.projections import project_all
from store.publication import OVERRIDE

BATCH = 500
POISON = (KeyError, ValueError, TypeError, OverflowError, StatementError)

Told = Callable[[Sequence[Record], float], object]
"""Who is told which records came into the database together, and in how many seconds. Waits for nothing, and never raises."""


def untold(records: Sequence[Record], seconds: float) -> None:
    """Nobody is told."""


def drain(folder: Path, database: Database, own: Path | None, told: Told = untold) -> int:
    """Move every record that can be moved; how many were new. ``own`` is the caller's open file, which stays; one that
    is moved whole is kept aside."""
    moved = 0
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        if path == own:
            moved += _drained(path, database, told)
            continue
        with _orphan(path) as is_orphan:
            if is_orphan:
                moved += _drained(path, database, told)
                _set_rest_aside(path)
                lay_aside(path)
    return moved


@contextmanager
def _orphan(path: Path) -> Iterator[bool]:
    """Whether nobody holds the file; while the block runs, we do."""
    try:
        fd = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        yield False
        return
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield path.exists()
    except BlockingIOError:
        yield False
    finally:
        os.close(fd)


def _drained(path: Path, database: Database, told: Told) -> int:
    start = position(path)
    if path.stat().st_size <= start:
        return 0
    with path.open("rb") as file:
        file.seek(start)
        content = file.read()
    moved = 0
    batch: list[Frame] = []
    for frame in frames(content, start):
        batch.append(frame)
        if len(batch) == BATCH:
            moved += _moved(path, database, batch, told)
            batch = []
    return moved + (_moved(path, database, batch, told) if batch else 0)


def _moved(path: Path, database: Database, batch: list[Frame], told: Told) -> int:
    began = perf_counter()
    try:
        in_order = any(frame.record and frame.record.get("kind") == OVERRIDE for frame in batch)
        records = [record_from(frame.record) for frame in batch if frame.record]
        with database.write_in_order() if in_order else database.write() as connection:
            moved = project_all(connection, records)
        told(records, perf_counter() - began)
    except POISON as fault:
        if isinstance(fault, DBAPIError) and not isinstance(fault, DataError | IntegrityError):
            raise
        if len(batch) > 1:
            return sum(_moved(path, database, [frame], told) for frame in batch)
        moved = _set_aside(path, batch[0])
    for frame in batch:
        if frame.record is None:
            _set_aside(path, frame)
    mark_of(path).write_text(str(batch[-1].ends))
    return moved


def _set_rest_aside(path: Path) -> None:
    """What lies behind the last whole frame: a torn tail was never acknowledged; anything longer is for a person to see."""
    done = position(path)
    with path.open("rb") as file:
        file.seek(done)
        rest = file.read()
    if HEAD.size < len(rest) and is_damaged(rest):
        _set_aside(path, Frame(done, None, rest))


def _set_aside(path: Path, frame: Frame) -> int:
    """A record that cannot be read or written is kept for a person to look at, and holds up nothing behind it."""
    poison = path.parent / "poison"
    poison.mkdir(mode=0o700, exist_ok=True)
    (poison / f"{path.stem}-{frame.ends}").write_bytes(frame.raw)
    return 0
