"""How many rows does one statement insert? Few, so that batches of every size share a handful of statements."""

from pathlib import Path
from typing import Any

from sqlalchemy import event

from routing.clock import FixedClock
from store import tables
from store.database import ROWS_AT_ONCE, Database, insert_told
from tests.telling import at

NOW = FixedClock(at("Wed 10:00")).now()


def rows(batch: int, many: int) -> list[dict[str, Any]]:
    alike = {"leg": "", "kind": "step", "at": NOW, "body": {}}
    return [{"call": f"CA{batch}", "sequence": str(place), **alike} for place in range(many)]


def test_batches_of_a_hundred_sizes_are_few_statements_on_sqlite(tmp_path: Path) -> None:
    database, seen = Database(f"sqlite:///{tmp_path / 'test.db'}"), set()

    @event.listens_for(database.engine, "before_cursor_execute")
    def _note(*given: Any) -> None:
        seen.add(given[2])

    key = (tables.event.c.call, tables.event.c.leg, tables.event.c.sequence)
    with database.write() as connection:
        tables.event.create(connection)
        seen.clear()
        for many in range(1, 101):
            assert len(insert_told(connection, tables.event, rows(many, many), key)) == many
            assert insert_told(connection, tables.event, rows(many, many), key) == set()
    database.close()
    assert len(seen) == ROWS_AT_ONCE
