"""Do the revisions make the tables that the code knows, and take them away again?"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from store.database import Database
from store.every_table import metadata
from store.migrate import SCRIPTS, configuration, migrate, newest
from tests.conftest import HOME


@pytest.fixture
def empty(database_url: str) -> Iterator[Database]:
    made = Database(database_url)
    yield made
    made.close()


def names(database: Database) -> set[str]:
    """The tables that are there."""
    return set(inspect(database.engine).get_table_names()) - {"alembic_version"}


def differences(database: Database) -> list[object]:
    """What the tables lack or have beyond what the code knows: `alembic check`."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return list(compare_metadata(context, metadata))


def test_an_empty_database_gets_the_tables_that_the_code_knows(empty: Database, tmp_path: Path) -> None:
    assert names(empty) == set()
    assert differences(empty) != []
    migrate(empty, tmp_path)
    assert names(empty) == set(metadata.tables)
    assert differences(empty) == []


def test_migrating_again_changes_nothing(empty: Database, tmp_path: Path) -> None:
    migrate(empty, tmp_path)
    migrate(empty, tmp_path)
    assert differences(empty) == []
    with empty.read() as connection:
        assert len(connection.execute(text("SELECT version_num FROM alembic_version")).all()) == 1


def test_every_revision_can_be_undone_and_made_again(empty: Database, tmp_path: Path) -> None:
    migrate(empty, tmp_path)
    with empty.engine.connect() as connection:
        command.downgrade(configuration(connection), "base")
        connection.commit()
    assert names(empty) == set()
    migrate(empty, tmp_path)
    assert differences(empty) == []


def test_two_processes_that_migrate_at_once_wait_for_each_other(
    empty: Database, database_url: str, tmp_path: Path
) -> None:
    started = [
        subprocess.Popen(  # noqa: S603 - our own process
            [sys.executable, "-m", "tests.store.migrating", database_url, str(tmp_path / "state")],
            cwd=HOME, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    told = [process.communicate(timeout=30)[1] for process in started]
    assert [process.returncode for process in started] == [0, 0], told
    assert differences(empty) == []


def test_the_newest_revision_is_known_from_the_names_of_the_scripts() -> None:
    assert newest() == ScriptDirectory(str(SCRIPTS)).get_current_head()


STARTED_AGAIN = """
import sys
from pathlib import Path
from store.database import Database
from store.migrate import migrate
migrate(Database(sys.argv[1]), Path(sys.argv[2]))
print("alembic" in sys.modules)
"""


def test_a_start_that_finds_everything_done_goes_without_alembic(
    empty: Database, database_url: str, tmp_path: Path
) -> None:
    told = [
        subprocess.check_output([sys.executable, "-c", STARTED_AGAIN, database_url, str(tmp_path)], text=True)  # noqa: S603  # our own
        for _ in range(2)
    ]
    assert told == ["True\n", "False\n"]
    assert differences(empty) == []
