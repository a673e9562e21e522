"""Does a start mend what a migration left that was killed in the middle? (B6)"""

import multiprocessing
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from store.database import Database
from store.every_table import metadata
from store.migrate import migrate
from tests.store.test_migrate import differences

FORKED = multiprocessing.get_context("fork")
LEAST_SECONDS, FASTER = 0.02, 1.7


@pytest.fixture
def empty(database_url: str) -> Database:
    return Database(database_url)


def migrated(url: str, state: Path, seconds: float) -> bool:
    """Whether a process came to the end of a migration before it was killed, so soon after its beginning."""
    process = FORKED.Process(target=_migrate, args=(url, state))
    process.start()
    process.join(seconds)
    process.kill()
    process.join()
    return process.exitcode == 0


def _migrate(url: str, state: Path) -> None:
    database = Database(url)
    migrate(database, state)
    database.close()


def test_a_migration_that_is_killed_at_any_moment_is_made_whole_by_the_next(empty: Database, tmp_path: Path) -> None:
    url = empty.engine.url.render_as_string(hide_password=False)
    seconds, killed = LEAST_SECONDS, 0
    while not migrated(url, tmp_path, seconds):
        seconds, killed = seconds * FASTER, killed + 1
        with empty.read() as connection:
            revision = MigrationContext.configure(connection).get_current_revision()
            assert revision is None or set(inspect(connection).get_table_names()) > {"alembic_version"}
    assert killed >= 2
    assert differences(empty) == []
    assert set(inspect(empty.engine).get_table_names()) == {*metadata.tables, "alembic_version"}
    empty.close()
