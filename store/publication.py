"""What is in force, and how does every worker come to know it?

Workers hold one ``World`` and swap it whole. A change is committed to the log of changes, then written to the state folder
with a stamp: workers of this machine compare the stamp at each step of a call, other machines poll the log. What is on the disk
starts a worker whose database is away (ADR 0005).
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, select

from directory.documents import change_document, change_from
from directory.snapshot import Snapshot, written
from ivr.moment import World
from ivr.override import Override, by_line, override_from
from ivr.plan import Plan, Plans
from ivr.reading import plan_from
from routing.calendar import Calendar, calendar, known_days
from store import tables
from store.database import Database
from store.directory import epoch_of
from store.published import Document, Published

OVERRIDE = "override"
"""Where a change of the log holds a number that stands in."""

UNREADABLE = (KeyError, ValueError, TypeError, AttributeError)
"""What a change raises that somebody damaged, or that a later Dutyline wrote."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """What a deployment brings that no change alters: bundled bank holidays, proclaimed ones, and the keyed hash."""

    holidays: Mapping[date, str]
    keyed: Callable[[str], str]
    proclaimed: Mapping[date, str] = field(default_factory=dict)

    def calendar(self, directory: Snapshot) -> Calendar:
        """The calendar of a directory: its newer list of bank holidays, where it has one, and its closures."""
        newer = {day: name for entry in directory.holidays.values() for day, name in entry.days}
        return calendar(known_days(self.holidays, newer, self.proclaimed), directory.closures.values())


@dataclass(frozen=True, slots=True)
class _Log:
    """What the database knows and the disk does not: changes in order, and plans by digest."""

    epoch: str
    changes: Sequence[Row[Any]]
    plans: Mapping[str, str]


class Publication:
    """The published world of one worker, its copy on the disk, and the log behind it."""

    def __init__(self, folder: Path, database: Database, fixed: Fixed) -> None:
        self._disk, self._database, self._fixed = Published(folder), database, fixed
        self._lock = threading.RLock()
        self._seen: tuple[int, int] = (0, 0)
        self._world = World(Snapshot(), self._kept_plans(), fixed.calendar(Snapshot()), fixed.keyed)
        self._from_disk()

    def current(self) -> World:
        """The world as this worker has it."""
        return self._world

    def freshest(self) -> World:
        """The world, after a look at the stamp."""
        if self._disk.look() != self._seen:
            self._from_disk()
        return self._world

    def publish(self) -> World:
        """Bring what the log holds beyond the disk to the disk and into memory. Idempotent; raises when the database is away.

        The log is read first: while a database hangs, nothing is held for which an override would wait."""
        while True:
            self._from_disk()
            before = self._world.directory
            log = self._log_beyond(before)
            with self._lock, self._disk.alone():
                self._from_disk()
                if self._world.directory.epoch == before.epoch:
                    return self._keep(log)

    def _keep(self, log: _Log) -> World:
        """On the disk, then in memory. Whoever does this has both to themselves."""
        here = self._world.directory
        if log.epoch not in ("", here.epoch):
            self._disk.forget()
            here = Snapshot()
        rows = [row for row in log.changes if row.version > here.version]
        for digest, text in log.plans.items():
            self._disk.keep_plan(digest, text)
        for row in rows:
            self._disk.keep_change(row.version, {"epoch": row.epoch, "body": row.body})
            self._take_override(row.body)
        if rows:
            self._disk.keep_stamp(rows[-1].epoch, rows[-1].version)
        self._from_disk()
        return self._world

    def fold(self) -> None:
        """Once there are many changes, write the whole anew as the base of those to come. Publishing goes on meanwhile."""
        if self._disk.is_long():
            with self._disk.alone("folding"):
                self._fold()

    def _fold(self) -> None:
        """Another worker may have done it meanwhile; and what another epoch has made void is let go of."""
        if self._disk.is_long():
            world = self.freshest()
            here = world.directory
            changes = (change_document(written(entry)) for entry in here.entries())
            self._disk.write_base(here.epoch, here.version, world.plans.current, changes)
            with self._lock, self._disk.alone():
                stamp = self._disk.stamp()
                if stamp and stamp["epoch"] == here.epoch:
                    self._disk.keep_base(here.version)
                else:
                    self._disk.drop_next_base()

    def override(self, override: Override) -> World:
        """Put a number in front of a line, on this machine and without the database; the last one of a line counts."""
        with self._lock, self._disk.alone():
            self._from_disk()
            self._keep_override(override)
            self._from_disk()
        return self._world

    def _keep_override(self, override: Override) -> None:
        known = by_line((*self._overrides().values(), override))
        self._disk.keep_overrides([one.document() for one in known.values()])

    def _take_override(self, body: Document) -> None:
        """One that another machine put there while the database was away."""
        if OVERRIDE in body:
            with suppress(*UNREADABLE):
                self._keep_override(override_from(body[OVERRIDE]))

    def _overrides(self) -> Mapping[str, Override]:
        """What the disk holds; one that cannot be read leaves the last good ones."""
        try:
            return by_line(override_from(one) for one in self._disk.overrides())
        except UNREADABLE:
            return self._world.overrides

    def behind(self) -> bool:
        """Whether the log holds something that this worker has not."""
        log = tables.change
        with self._database.read() as connection:
            last = connection.execute(
                select(log.c.version, log.c.epoch).order_by(log.c.version.desc()).limit(1)
            ).first()
        here = self._world.directory
        return last is not None and (last.version, last.epoch) != (here.version, here.epoch)

    def _log_beyond(self, here: Snapshot) -> _Log:
        """What a directory lacks; the whole log where another epoch has begun."""
        log, plan = tables.change, tables.plan
        with self._database.read() as connection:
            epoch = epoch_of(connection)
            since = here.version if epoch == here.epoch else 0
            changes = connection.execute(select(log).where(log.c.version > since).order_by(log.c.version)).all()
            plans = connection.execute(
                select(plan.c.digest, plan.c.text).where(plan.c.digest.not_in(self._disk.plans()))
            )
            return _Log(epoch, changes, {row.digest: row.text for row in plans})

    def _from_disk(self) -> None:
        """Apply what the disk has beyond this worker's memory; a file that cannot be read leaves the last good world."""
        with self._lock:
            seen, stamp = self._disk.look(), self._disk.stamp()
            if stamp is None:
                return
            world = self._read_on(stamp)
            whole = world.directory.version == stamp["version"]
            overrides = self._overrides()
            world = world if overrides == world.overrides else replace(world, overrides=overrides)
            if whole or not self._world.plans.current:
                self._world = world
            if whole:
                self._seen = seen

    def _read_on(self, stamp: Document) -> World:
        """The world as far as the disk can be read towards its stamp."""
        here = self._world
        world = here if stamp["epoch"] == here.directory.epoch else self._empty(stamp["epoch"])
        if world.directory.version < stamp["version"]:
            world = self._from_base(world)
        for version in range(world.directory.version + 1, stamp["version"] + 1):
            change = self._disk.change(version)
            try:
                world = self._after(world, version, change["body"] if change else None)
            except UNREADABLE:
                break
        return world

    def _from_base(self, world: World) -> World:
        """A worker whose next change is folded away, or who has none yet, begins at the base."""
        here = world.directory
        base = None if self._disk.change(here.version + 1) else self._disk.base()
        if base is None or base["epoch"] != here.epoch or base["version"] <= here.version:
            return world
        return self._after(self._empty(base["epoch"]), base["version"], base["body"])

    def _after(self, world: World, version: int, body: Document | None) -> World:
        if body is None:
            raise KeyError(version)
        directory = world.directory.changed(version, [change_from(one) for one in body.get("changes", ())])
        found = [self._plan(world, digest) for digest in body.get("plans", {}).values()]
        plans = world.plans.with_current(*(plan for plan in found if plan)) if found else world.plans
        days = world.calendar
        if directory.closures is not world.directory.closures or directory.holidays is not world.directory.holidays:
            days = self._fixed.calendar(directory)
        return World(directory, plans, days, self._fixed.keyed)

    def _plan(self, world: World, digest: str) -> Plan | None:
        known = world.plans.by_digest.get(digest)
        text = None if known else self._disk.plan(digest)
        read = plan_from(text) if text else None
        return known or (read if isinstance(read, Plan) else None)

    def _empty(self, epoch: str) -> World:
        """A world without entries; plans that were known stay loadable for calls that began with them."""
        plans = Plans(self._world.plans.by_digest)
        return World(Snapshot(epoch=epoch), plans, self._fixed.calendar(Snapshot()), self._fixed.keyed)

    def _kept_plans(self) -> Plans:
        """Every plan on the disk, none of them in force yet: a call may have begun with any (ruling 15)."""
        read = [plan_from(text) for text in map(self._disk.plan, self._disk.plans()) if text]
        return Plans({plan.digest: plan for plan in read if isinstance(plan, Plan)})


def is_behind_a_restore(folder: Path, connection: Connection) -> bool:
    """Whether this machine has published an epoch that is not the log's any more: the database has gone back (ruling 14)."""
    stamp, now = Published(folder).stamp(), epoch_of(connection)
    return bool(stamp and now and stamp.get("epoch") != now)
