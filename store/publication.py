"""What is in force, and how does every worker come to know it?

Workers hold one ``World`` and swap it whole. A change is committed to the log of changes, then written to the state folder
with a stamp: workers of this machine compare the stamp as a call begins, other machines poll the log. What is on the disk
starts a worker whose database is away.
"""

import fcntl
import json
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from directory.documents import change_from
from directory.snapshot import Snapshot
from ivr.moment import World
from ivr.plan import Plan, Plans
from ivr.reading import plan_from
from routing.calendar import calendar
from store import tables
from store.database import Database

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fixed:
    """What a deployment brings that no change alters: bank holidays, and the keyed hash."""

    holidays: Mapping[date, str]
    keyed: Callable[[str], str]


class Publication:
    """The published world of one worker, its copy on the disk, and the log behind it."""

    def __init__(self, folder: Path, database: Database, fixed: Fixed) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        (folder / "plans").mkdir(exist_ok=True, mode=0o700)
        self._folder, self._database, self._fixed = folder, database, fixed
        self._lock = threading.RLock()
        self._stamp = folder / "stamp"
        self._seen: tuple[int, int] = (0, 0)
        self._world = World(Snapshot(), Plans(), calendar(fixed.holidays, ()), fixed.keyed)
        self._from_disk()

    def current(self) -> World:
        """The world as this worker has it."""
        return self._world

    def freshest(self) -> World:
        """The world, after a look at the stamp."""
        if self._stamp_now() != self._seen:
            self._from_disk()
        return self._world

    def publish(self) -> World:
        """Bring whatever the log holds beyond the disk to the disk and into memory. Idempotent; raises when the database is away."""
        with self._lock, self._alone():
            self._from_disk()
            with self._database.read() as connection:
                rows = self._newer(connection)
                self._keep_plans(connection)
            for row in rows:
                self._keep(
                    f"change-{row.version:09}.json", {"epoch": row.epoch, "version": row.version, "body": row.body}
                )
            if rows or not self._stamp.exists():
                last = rows[-1] if rows else None
                version = last.version if last else self._world.directory.version
                self._keep("stamp", {"epoch": last.epoch if last else self._world.directory.epoch, "version": version})
            self._from_disk()
        return self._world

    def behind(self) -> bool:
        """Whether the log holds something that this worker has not."""
        log = tables.change
        with self._database.read() as connection:
            last = connection.execute(
                select(log.c.version, log.c.epoch).order_by(log.c.version.desc()).limit(1)
            ).first()
        here = self._world.directory
        return last is not None and (last.version, last.epoch) != (here.version, here.epoch)

    def _newer(self, connection: Connection) -> list[Any]:
        log, here = tables.change, self._world.directory
        last = connection.scalar(select(log.c.epoch).order_by(log.c.version.desc()).limit(1))
        if last is not None and here.epoch not in ("", last):
            self._forget()
            here = self._world.directory
        return list(connection.execute(select(log).where(log.c.version > here.version).order_by(log.c.version)))

    def _forget(self) -> None:
        """Another epoch: the database was restored, so what the disk says of versions no longer holds (ruling 14)."""
        for path in self._folder.glob("change-*.json"):
            path.unlink()
        self._stamp.unlink(missing_ok=True)
        self._world = replace(self._world, directory=Snapshot(), plans=replace(self._world.plans, current={}))

    def _keep_plans(self, connection: Connection) -> None:
        there = {path.stem for path in (self._folder / "plans").glob("*.toml")}
        for row in connection.execute(select(tables.plan.c.digest, tables.plan.c.text)):
            if row.digest not in there:
                self._write(self._folder / "plans" / f"{row.digest}.toml", row.text)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One publisher of this machine at a time, so that the stamp never goes back."""
        fd = os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX)
            yield
        finally:
            os.close(fd)

    def _stamp_now(self) -> tuple[int, int]:
        try:
            found = os.stat(self._stamp)
        except FileNotFoundError:
            return (0, 0)
        return (found.st_ino, found.st_mtime_ns)

    def _from_disk(self) -> None:
        """Apply what the disk has beyond this worker's memory; a file that cannot be read leaves the last good world."""
        with self._lock:
            seen = self._stamp_now()
            stamp = self._read(self._stamp)
            if stamp is None:
                return
            if stamp["epoch"] != self._world.directory.epoch:
                epoch = replace(Snapshot(), epoch=stamp["epoch"])
                self._world = replace(self._world, directory=epoch, plans=replace(self._world.plans, current={}))
            for version in range(self._world.directory.version + 1, stamp["version"] + 1):
                change = self._read(self._folder / f"change-{version:09}.json")
                if change is None:
                    return
                self._world = self._after(version, change["body"])
            self._seen = seen

    def _after(self, version: int, body: Document) -> World:
        world = self._world
        changes = [change_from(one) for one in body.get("changes", ())]
        directory = world.directory.changed(version, changes)
        plans = world.plans
        wanted = [self._plan(digest) for digest in body.get("plans", {}).values()]
        if wanted:
            plans = plans.with_current(*(plan for plan in wanted if plan))
        days = world.calendar
        if directory.closures is not world.directory.closures:
            days = calendar(self._fixed.holidays, directory.closures.values())
        return World(directory, plans, days, self._fixed.keyed)

    def _plan(self, digest: str) -> Plan | None:
        known = self._world.plans.by_digest.get(digest)
        if known:
            return known
        with suppress(OSError):
            read = plan_from((self._folder / "plans" / f"{digest}.toml").read_text(encoding="utf-8"))
            return read if isinstance(read, Plan) else None
        return None

    def _keep(self, name: str, content: Document) -> None:
        self._write(self._folder / name, json.dumps(content))

    def _write(self, path: Path, text: str) -> None:
        """Write beside, sync, rename: a reader sees the old file or the new one, whole."""
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        fd = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(fd, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.rename(path)

    def _read(self, path: Path) -> Document | None:
        try:
            read: Document = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return read
