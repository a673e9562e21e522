"""What can become of a database? Three faults of each kind, begun and ended from outside."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

from store.every_table import metadata
from tests.reliability.disk import Disk, disk, may_mount
from tests.reliability.postgres import cluster

HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=60)
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""
LOCK = f"LOCK TABLE {', '.join(sorted(metadata.tables))} IN ACCESS EXCLUSIVE MODE"


@dataclass(frozen=True, slots=True)
class Fault:
    """One way in which a database is not there."""

    name: str
    begin: Callable[[], object]
    end: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Breakable:
    """A database, and what may be done to it."""

    kind: str
    url: str
    faults: tuple[Fault, ...]


@contextmanager
def postgresql(folder: Path) -> Iterator[Breakable]:
    """Frozen by signals, killed, locked by somebody's transaction."""
    with cluster(folder / "pg") as server:
        locked = TablesLocked(server.url)
        faults = (
            Fault("frozen", server.freeze, server.thaw),
            Fault("killed", server.kill, server.start),
            Fault("locked", locked.begin, locked.close),
        )
        try:
            yield Breakable("postgresql", server.url, faults)
        finally:
            locked.close()


@contextmanager
def sqlite(folder: Path) -> Iterator[Breakable]:
    """On a disk of its own, which root alone may mount; elsewhere it is locked three times. There is no server to kill: instead
    of it every write to the file is refused at once."""
    if not may_mount():
        yield from _only_locked(folder / "dutyline.db")
        return
    with disk(folder / "disk") as own:
        path = own.folder / "dutyline.db"
        refused, locked = WritesRefused(own, path), FileLocked(path)
        faults = (
            Fault("frozen", own.freeze, own.thaw),
            Fault("killed", refused.begin, refused.close),
            Fault("locked", locked.begin, locked.close),
        )
        try:
            yield Breakable("sqlite", f"sqlite:///{path}", faults)
        finally:
            own.thaw()
            refused.close()
            locked.close()


def _only_locked(path: Path) -> Iterator[Breakable]:
    path.parent.mkdir(parents=True, exist_ok=True)
    locked = FileLocked(path)
    faults = tuple(Fault(name, locked.begin, locked.close) for name in ("frozen", "killed", "locked"))
    try:
        yield Breakable("sqlite", f"sqlite:///{path}", faults)
    finally:
        locked.close()


def every_table_locked(url: str) -> "psycopg.Connection[tuple[object, ...]]":
    """A connection that holds every table. It takes them one after another while workers write to them in an order of their own:
    where the two wait for each other, it is the worker that PostgreSQL ends, for this one does not look for a deadlock."""
    connection = psycopg.connect(url.replace("+psycopg", ""), options="-c deadlock_timeout=1h")
    connection.execute(LOCK)
    return connection


@dataclass
class TablesLocked:
    """A transaction that holds every table."""

    url: str
    _held: "psycopg.Connection[tuple[object, ...]] | None" = None

    def begin(self) -> None:
        """Take them."""
        self._held = every_table_locked(self.url)

    def close(self) -> None:
        """Let go of them."""
        if self._held:
            with suppress(psycopg.Error):
                self._held.close()
            self._held = None


@dataclass
class WritesRefused:
    """A database whose file and log cannot be written."""

    disk: Disk
    path: Path
    _is_so: bool = False

    def begin(self) -> None:
        """From now on."""
        self.disk.refuse(self.path.name, f"{self.path.name}-wal")
        self._is_so = True

    def close(self) -> None:
        """Until now."""
        if self._is_so:
            self.disk.allow(self.path.name, f"{self.path.name}-wal")
            self._is_so = False


@dataclass
class FileLocked:
    """A second process that holds the file: ``BEGIN EXCLUSIVE``."""

    path: Path
    _holder: subprocess.Popen[str] | None = None

    def begin(self) -> None:
        """Start it, and wait until it holds the file."""
        command = [sys.executable, "-I", "-c", HOLD, str(self.path)]
        self._holder = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603  # our own
        assert self._holder.stdout
        assert self._holder.stdout.readline().strip() == "held"

    def close(self) -> None:
        """End it, as a process that dies does."""
        if self._holder:
            self._holder.kill()
            self._holder.communicate()
            self._holder = None
