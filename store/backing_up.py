"""How is everything of a deployment put into one file, while calls go on? The journals' rest first, then the database as it is at one
moment, then the files of the state folder: whatever was acknowledged before the backup began is in it.
"""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, text

from store.archive import AT_ONCE, JOURNALS, PLANS, STATE, TABLES, Contents, Manifest, Packing, is_archive, packing
from store.database import Database
from store.dump import count, lines, revision, shape, standing, tables
from store.kept_journals import laid_aside, let_go, not_moved_yet
from store.state_files import Place, own_files

NAME = "dutyline-{:%Y%m%dT%H%M%SZ}.backup"
NAMES = "dutyline-????????T??????Z.backup"


class NothingToBackUpError(ValueError):
    """There is no database yet."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A backup that was made."""

    path: Path
    size: int
    manifest: Manifest
    journals: int


Tell = Callable[[str], None]


def back_up(place: Place, path: Path, passphrase: str, dutyline: str, now: datetime, tell: Tell) -> Taken:
    """Make a backup under this name. Raises where the database is away or the file cannot be written: then there is none."""
    moved = laid_aside(place.journals)
    database = Database(place.database_url)
    try:
        with (
            tempfile.TemporaryDirectory(dir=place.state, prefix=".backup-") as room,
            packing(path, passphrase, Path(room)) as to,
        ):
            _pack_journals(place, to)
            with standing(database, Path(room)) as connection:
                said = _said(connection, dutyline, now)
                shapes = dict(_tables(connection, to, tell))
            _pack_files(place, to)
            made = replace(said, tables=shapes, members=dict(to.members), secret=place.secret_mark)
            to.finish(made)
    finally:
        database.close()
    let_go(moved)
    waiting = [name for name in made.members if name.startswith(JOURNALS)]
    return Taken(path, path.stat().st_size, made, len(waiting))


def _pack_journals(place: Place, to: Packing) -> None:
    for name, rest in not_moved_yet(place.journals):
        to.pack(f"{JOURNALS}{name}", [rest])


def _pack_files(place: Place, to: Packing) -> None:
    for path in own_files(place):
        to.pack(f"{STATE}{path.as_posix()}", _pieces(place.state / path))
    plans = place.plans
    for path in sorted(plans.rglob("*")) if plans else ():
        if plans and path.is_file():
            to.pack(f"{PLANS}{path.relative_to(plans).as_posix()}", _pieces(path))


def _said(connection: Connection, dutyline: str, now: datetime) -> Manifest:
    """Revision, and where the log of changes and the audit trail end. Asked in SQL: the database may be older than we are."""
    found = revision(connection)
    if not found:
        raise NothingToBackUpError
    log = connection.execute(text("SELECT version, epoch FROM change ORDER BY version DESC LIMIT 1")).first()
    audit = connection.execute(text("SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1")).first()
    version, epoch = log or (0, "")
    where, kind = tuple(audit) if audit else (0, ""), connection.dialect.name
    return Manifest(now.astimezone(UTC).isoformat(), dutyline, found, kind, epoch, version, where, "")


def _tables(connection: Connection, to: Packing, tell: Tell) -> Iterator[tuple[str, Contents]]:
    for table in tables(connection):
        rows = count(connection, table)
        tell(f"{table.name}: {rows} rows")
        to.pack(f"{TABLES}{table.name}.jsonl", lines(connection, table))
        yield table.name, (rows, shape(table).columns)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(AT_ONCE):
            yield piece


def place_for(given: Path, now: datetime) -> Path:
    """The name of a new backup: as given, or in the folder that is given."""
    return given / NAME.format(now.astimezone(UTC)) if given.is_dir() else given


def too_many(folder: Path, keep: int) -> tuple[Path, ...]:
    """The backups of a folder beyond the newest ``keep``: those that are named as we name them, and are ours."""
    ours = sorted((path for path in folder.glob(NAMES) if is_archive(path)), reverse=True)
    return tuple(ours[keep:])
