"""How does the database stand: its revision, its clock, and the settings on which our promises rest? Read only; nothing is migrated."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from store.database import Database
from store.migrate import configuration

OF_POSTGRESQL = (
    "fsync", "synchronous_commit", "full_page_writes", "max_connections", "superuser_reserved_connections",
    "transaction_read_only",
)  # fmt: skip
CHECKED_BYTES = 512 << 20
"""A larger SQLite file would be looked through for too long."""

POOL = 16
"""So many connections one worker opens at most: SQLAlchemy's five, ten beyond, and the one that listens (``store.hearing``)."""


@dataclass(frozen=True, slots=True)
class Examined:
    """``revision`` is empty in an empty database; ``known`` whether this Dutyline knows it. ``settings`` as the server names them;
    ``damage`` is what a look through an SQLite file found first."""

    revision: str
    newest: str
    known: bool
    settings: Mapping[str, str] = field(default_factory=dict)
    damage: str = ""


def examined(database: Database) -> Examined:
    """How the database stands. Raises what a database raises that is away."""
    with database.read() as connection:
        script = ScriptDirectory.from_config(configuration(connection))
        here = MigrationContext.configure(connection).get_current_revision() or ""
        known = not here or here in {one.revision for one in script.walk_revisions()}
        found = Examined(here, script.get_current_head() or "", known)
        return _of_sqlite(connection, found) if database.is_sqlite else _of_postgresql(connection, found)


def _of_sqlite(connection: Connection, found: Examined) -> Examined:
    mode = str(connection.scalar(text("PRAGMA journal_mode")))
    pages, size = (int(connection.scalar(text(f"PRAGMA {name}")) or 0) for name in ("page_count", "page_size"))
    said = str(connection.scalar(text("PRAGMA quick_check(1)"))) if pages * size <= CHECKED_BYTES else "ok"
    return replace(found, settings={"journal_mode": mode}, damage="" if said == "ok" else said)


def _of_postgresql(connection: Connection, found: Examined) -> Examined:
    shown = text("SELECT current_setting(:name)")
    return replace(found, settings={name: str(connection.scalar(shown, {"name": name})) for name in OF_POSTGRESQL})


def clock_of(database: Database) -> datetime | None:
    """The clock of the database's server; none where it is ours."""
    if database.is_sqlite:
        return None
    with database.read() as connection:
        at: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
        return at
