"""Is the database at today's shape? Brought there under a lock, by one process at a time, before anybody serves.

Alembic is imported where there is something to do: a start that finds everything done goes without it, which is a tenth of a start.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

from store.database import Database
from store.dump import revision

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS = Path(__file__).parent / "migrations"
MIGRATION_LOCK = 7_340_000
PATIENCE_SECONDS = 120
"""So long may another machine take to migrate, or somebody's transaction to let go of a table."""


def migrate(database: Database, state: Path) -> None:
    """Upgrade to the newest revision; instant when it is there."""
    with database.read() as connection:
        if revision(connection) == newest():
            return
    from alembic import command  # noqa: PLC0415  # as said

    with _alone(database, state), database.engine.connect() as connection:
        if not database.is_sqlite:
            _wait_for_others(connection)
        command.upgrade(configuration(connection), "head")
        connection.commit()


def newest() -> str:
    """The newest revision that the scripts make: their files are named after them, in their order."""
    return max(path.stem.partition("_")[0] for path in (SCRIPTS / "versions").glob("*.py"))


def configuration(connection: Connection) -> "Config":
    """Alembic's configuration for one connection."""
    from alembic.config import Config  # noqa: PLC0415  # as said

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config


@contextmanager
def _alone(database: Database, state: Path) -> Iterator[None]:
    if database.is_sqlite:
        state.mkdir(parents=True, exist_ok=True)
        with (state / "migrate.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        return
    with database.engine.connect() as connection:
        _wait_for_others(connection)
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": MIGRATION_LOCK})
        yield
        connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": MIGRATION_LOCK})


def _wait_for_others(connection: Connection) -> None:
    connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE_SECONDS}s'"))
