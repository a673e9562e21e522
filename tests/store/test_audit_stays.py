"""Does the audit trail only grow, and is its end known outside the database?"""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from store import tables
from store.anchors import NAME, Anchors, seen
from store.audit import Deed, note
from store.chain import Head, verdict
from store.database import Database
from tests.store.publishing import NOON
from tests.store.recording import rows
from tests.store.tampering import open_to_tampering

REFUSED = (
    "UPDATE audit SET who = 'nobody' WHERE sequence = 1",
    "UPDATE audit SET sequence = 99 WHERE sequence = 1",
    "DELETE FROM audit WHERE sequence = 1",
    "DELETE FROM audit",
)
OF_ONE = {
    "sqlite": "INSERT OR REPLACE INTO audit SELECT sequence, at, 'nobody', what, kind, slug, before, after, why, previous, hash FROM audit",
    "postgresql": "TRUNCATE audit",
}


def test_no_row_of_the_trail_can_be_changed_or_taken_away(database: Database) -> None:
    before = rows(database, tables.audit)
    for statement in (*REFUSED, OF_ONE[database.engine.dialect.name]):
        with pytest.raises(DBAPIError, match="only grows"), database.write() as connection:
            connection.execute(text(statement))
    assert rows(database, tables.audit) == before != []


def test_where_the_trail_ends_is_noted_as_it_grows_and_told_once_a_day(database: Database, tmp_path: Path) -> None:
    told: list[str] = []
    anchors = Anchors(tmp_path / NAME, database, told.append)
    for day, more in ((0, 0), (0, 1), (1, 0)):
        for _ in range(more):
            with database.write_in_order() as connection:
                note(connection, Deed("an admin", "revoke", "key", "k", None, None), NOON)
        anchors.look(NOON + timedelta(days=day))
        anchors.look(NOON + timedelta(days=day))
    assert [head.sequence for head in seen(tmp_path / NAME)] == [1, 2]
    assert [line.partition(" with ")[0] for line in told] == [
        "the audit trail ends at row 1",
        "the audit trail ends at row 2",
    ]
    assert (tmp_path / NAME).stat().st_mode & 0o777 == 0o600


def test_two_workers_note_the_same_end_once(database: Database, tmp_path: Path) -> None:
    for _ in range(2):
        Anchors(tmp_path / NAME, database, lambda _: None).look(NOON)
    assert len(seen(tmp_path / NAME)) == 1


def test_a_trail_that_was_written_anew_from_the_beginning_is_found_by_the_end_that_was_noted(
    database: Database, tmp_path: Path
) -> None:
    Anchors(tmp_path / NAME, database, lambda _: None).look(NOON)
    open_to_tampering(database)
    with database.write_in_order() as connection:
        connection.execute(text("DELETE FROM audit"))
        connection.execute(text("DELETE FROM change"))
        note(connection, Deed("nobody", "create", "key", "k", None, None), NOON)
    with database.read() as connection:
        assert verdict(connection).flaws == ()
        assert [flaw.sequence for flaw in verdict(connection, seen(tmp_path / NAME)).flaws] == [1]
        assert Head() not in seen(tmp_path / NAME)
