"""How is a deployment put back as a backup says, and what of it is newer than the backup?

The database first, in one transaction; then the state folder; then the journals, which are moved to it again from their beginning.
A new epoch begins, so that every worker of every machine takes the older version (ruling 14).
"""

import io
import json
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, func, insert, select

from store import after_restore, tables
from store.anchors import NAME
from store.archive import JOURNALS, PLANS, STATE, Manifest, copied, file_of, opened, table_of, unpacking
from store.audit import Deed, end, note
from store.chain import Head, Verdict, verdict
from store.database import Database
from store.drain import drain
from store.kept_journals import bring_back, owned
from store.published import Published
from store.refill import fill, is_empty, move_aside, others, take_shape
from store.running import is_held
from store.state_files import ASIDE, Place, mark_of_secret, to_move

MOST_SKIPPED = 10_000
Tell = Callable[[str], None]
EMPTY = "; with --replace what is there is moved aside first, and nothing is deleted."


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of it. ``audit`` judges the trail as it was in the backup; ``events`` came from journals."""

    rows: int
    audit: Verdict
    events: int
    version: int
    aside: tuple[str, ...]
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was found to be whole."""

    path: Path
    passphrase: str
    manifest: Manifest

    @property
    def taken_at(self) -> datetime:
        """When it was made."""
        return datetime.fromisoformat(self.manifest.made_at)


def hindrances(place: Place, manifest: Manifest, *, replace: bool) -> Iterator[str]:
    """Everything that speaks against putting a backup there now."""
    if is_held(place.state) or owned(place.journals):
        yield "Dutyline still runs on this machine: stop it first."
    database = Database(place.database_url)
    try:
        connected = others(database)
        if connected:
            yield f"Others are connected to the database ({connected}): stop Dutyline on every machine first."
        if not replace and not is_empty(database):
            yield f"The database is not empty{EMPTY}"
    finally:
        database.close()
    if not replace and to_move(place):
        yield f"The state folder is not empty ({', '.join(path.name for path in to_move(place))}){EMPTY}"
    yield from _secret(place, manifest)


def _secret(place: Place, manifest: Manifest) -> Iterator[str]:
    if place.secret and manifest.secret and mark_of_secret(place.secret) != manifest.secret:
        yield "DUTYLINE_SECRET_KEY is not the one of the backup: what is sealed in it could not be read. Give that one."
    elif not place.secret and f"{STATE}secret.gz" not in manifest.members:
        yield "DUTYLINE_SECRET_KEY is not given, and the backup holds no secret of its own: give the one that was in force."


def restore(place: Place, backup: Backup, now: datetime, tell: Tell) -> Restored:
    """Put everything back. What fails before the database is in its place leaves everything as it was."""
    mark = f"{now:%Y%m%dT%H%M%S}"
    beyond = _published(place.state / "published")
    seen = tuple(_seen(backup))
    with _target(place, mark) as connection:
        rows = _filled(connection, backup, tell)
        found = verdict(connection, seen)
        version = _begun(connection, backup, now, beyond)
    aside = [*_aside(place, mark)]
    left = tuple(_files(place, backup, mark))
    bring_back(place.journals)
    events = _drained(place)
    return Restored(rows, found, events, version, tuple(aside), left)


def _published(folder: Path) -> int:
    """The newest version that this machine has in force."""
    stamp = Published(folder).stamp() if folder.is_dir() else None
    return int(stamp["version"]) if stamp else 0


def _seen(backup: Backup) -> Iterator[Head]:
    """The ends of the audit trail that were noted when the backup was made."""
    with unpacking(backup.path, backup.passphrase) as members:
        for name, content in members:
            if file_of(name, STATE) == NAME:
                yield from (Head(*json.loads(line)) for line in io.TextIOWrapper(opened(content), encoding="utf-8"))


@contextmanager
def _target(place: Place, mark: str) -> Iterator[Connection]:
    """An empty database that takes the place of the one there when the block has ended well."""
    file = place.database_file
    if file is None:
        database = Database(place.database_url)
        try:
            with database.engine.begin() as connection:
                move_aside(connection, f"{ASIDE}{mark}".replace("-", "_").lower())
                yield connection
        finally:
            database.close()
        return
    beside = file.with_name(f"{file.name}.restoring")
    _forget(beside)
    beside.touch(mode=0o600)
    with _new_file(beside) as connection:
        yield connection
    _swap(file, beside, mark)


@contextmanager
def _new_file(beside: Path) -> Iterator[Connection]:
    database = Database(f"sqlite:///{beside}")
    try:
        with database.engine.begin() as connection:
            yield connection
        with database.engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        database.close()


def _swap(file: Path, beside: Path, mark: str) -> None:
    there = file.parent / f"{ASIDE}{mark}"
    for name in (file.name, f"{file.name}-wal", f"{file.name}-shm"):
        old = file.with_name(name)
        if old.exists():
            there.mkdir(mode=0o700, exist_ok=True)
            old.rename(there / name)
    beside.rename(file)
    _forget(beside)


def _forget(beside: Path) -> None:
    for name in (beside.name, f"{beside.name}-wal", f"{beside.name}-shm"):
        beside.with_name(name).unlink(missing_ok=True)


def _filled(connection: Connection, backup: Backup, tell: Tell) -> int:
    manifest, rows = backup.manifest, 0
    take_shape(connection, manifest.revision)
    with unpacking(backup.path, backup.passphrase) as members:
        for name, content in members:
            table = table_of(name)
            if table:
                tell(f"{table}: {manifest.tables[table][0]} rows")
                rows += fill(connection, manifest.shape(table), opened(content))
    take_shape(connection)
    return rows


def _begun(connection: Connection, backup: Backup, now: datetime, beyond: int) -> int:
    """The new epoch, its first version, and a line in the audit trail. Versions that this machine has seen are not used again."""
    after_restore.begin(connection, backup.taken_at, now)
    manifest = backup.manifest
    told = {
        "taken_at": manifest.made_at,
        "version": manifest.version,
        "audit": manifest.audit[0],
        "rows": manifest.rows,
    }
    note(connection, Deed("command line", "restore", "backup", backup.path.name[:80], None, told), now)
    log, epoch = tables.change, secrets.token_hex(8)
    last = connection.scalar(select(func.max(log.c.version))) or 0
    first = last + 1
    latest = max(first, min(beyond, last + MOST_SKIPPED) + 1)
    row = {"epoch": epoch, "at": now, "body": {"audit": end(connection)}}
    connection.execute(insert(log), [{"version": version, **row} for version in range(first, latest + 1)])
    return latest


def _aside(place: Place, mark: str) -> Iterator[str]:
    """Move what stands in the way out of it."""
    there = place.state / f"{ASIDE}{mark}"
    for path in to_move(place):
        there.mkdir(mode=0o700, exist_ok=True)
        path.rename(there / path.name)
    if there.exists():
        yield str(there)
    file = place.database_file
    if file and file.parent != place.state and (file.parent / there.name).exists():
        yield str(file.parent / there.name)
    if file is None:
        yield f"the schema {there.name.replace('-', '_').lower()} of the database, where there was a table"


def _files(place: Place, backup: Backup, mark: str) -> Iterator[str]:
    """Put the files back; a folder of plans only where it is empty. Names what was left out."""
    plans = place.plans if place.plans and not any(place.plans.rglob("*.toml")) else None
    with unpacking(backup.path, backup.passphrase) as members:
        for name, content in members:
            if path := file_of(name, STATE):
                copied(opened(content), place.state / path)
            elif path := file_of(name, JOURNALS):
                copied(opened(content), place.journals / f"restored-{mark}-{path}")
            elif path := file_of(name, PLANS):
                if plans is None:
                    yield name
                else:
                    copied(opened(content), plans / path)


def _drained(place: Place) -> int:
    database = Database(place.database_url)
    try:
        return drain(place.journals, database, None)
    finally:
        database.close()
