"""Checking the audit trail from a shell."""

import pytest
from click.testing import CliRunner
from sqlalchemy import delete, update

from app import Config
from cli.main import dutyline
from store import tables
from store.audit import Deed, note
from store.database import Database
from tests.store.publishing import NOON
from tests.store.tampering import let_in

VERIFY = ["audit", "verify"]


@pytest.fixture
def shell(config: Config, database: Database) -> CliRunner:
    """A shell on a machine whose trail has a few rows."""
    with database.write_in_order() as connection:
        for number in range(3):
            note(connection, Deed("an admin", "revoke", "key", f"k{number}", None, None), NOON)
        let_in(connection)
    return CliRunner(
        env={
            "DUTYLINE_STATE_DIR": str(config.state),
            "DUTYLINE_DATABASE_URL": config.database_url,
            "DUTYLINE_SECRET_KEY": config.secret,
        }
    )


def test_a_trail_that_holds_is_said_to_hold(shell: CliRunner) -> None:
    result = shell.invoke(dutyline, VERIFY)
    assert result.exit_code == 0
    assert "The audit trail holds: 4 rows" in result.output


def test_an_altered_row_is_named_by_its_sequence(shell: CliRunner, database: Database) -> None:
    with database.write() as connection:
        connection.execute(update(tables.audit).where(tables.audit.c.sequence == 3).values(who="nobody"))
    result = shell.invoke(dutyline, VERIFY)
    assert result.exit_code == 1
    assert "Row 3: the row is not what was written" in result.output


def test_an_end_that_is_cut_off_between_two_looks_is_found(shell: CliRunner, database: Database) -> None:
    assert shell.invoke(dutyline, VERIFY).exit_code == 0
    with database.write() as connection:
        connection.execute(delete(tables.audit).where(tables.audit.c.sequence == 4))
    result = shell.invoke(dutyline, VERIFY)
    assert result.exit_code == 1
    assert "Row 4" in result.output
