"""How does a database become what a backup says? Brought to the backup's shape, filled, and brought to today's, in one transaction.

What was there before is moved aside and never deleted: an SQLite file by another name, PostgreSQL's tables into a schema of their own.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from alembic import command
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    MetaData,
    Table,
    Text,
    bindparam,
    cast,
    delete,
    insert,
    inspect,
    text,
)

from store import past_events
from store.database import Database
from store.dump import AT_ONCE, DAY, DOCUMENT, MOMENT, REVISIONS, Shape, count, tables
from store.migrate import SCRIPTS, configuration
from store.tables import past_event

NEWEST = "head"
LOCK_SECONDS = 10


class RefillError(ValueError):
    """A backup that does not fit the database's shape; the message says where."""


def is_known(revision: str) -> bool:
    """Whether this Dutyline knows the way from that shape to today's."""
    try:
        return ScriptDirectory(str(SCRIPTS)).get_revision(revision) is not None
    except CommandError:
        return False


def is_empty(database: Database) -> bool:
    """Whether the database holds no row of anything."""
    if database.is_sqlite and not Path(database.engine.url.database or "").exists():
        return True
    with database.read() as connection:
        return not any(count(connection, table) for table in tables(connection))


def others(database: Database) -> int:
    """How many other connections there are to the database; nothing is known of an SQLite file's."""
    if database.is_sqlite:
        return 0
    asked = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
        "AND backend_type = 'client backend'"
    )
    with database.read() as connection:
        return connection.scalar(text(asked)) or 0


def move_aside(connection: Connection, schema: str) -> None:
    """PostgreSQL's tables go into a schema of their own; an SQLite file is another one from the beginning."""
    names = inspect(connection).get_table_names()
    if connection.dialect.name == "sqlite" or not names:
        return
    quoted = connection.dialect.identifier_preparer.quote
    connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'"))
    connection.execute(text(f"CREATE SCHEMA {quoted(schema)}"))
    for name in names:
        connection.execute(text(f"ALTER TABLE {quoted(name)} SET SCHEMA {quoted(schema)}"))


def take_shape(connection: Connection, revision: str = NEWEST) -> None:
    """Bring an empty database, or a filled one, to a shape."""
    command.upgrade(configuration(connection), revision)


def fill(connection: Connection, shape: Shape, lines: Iterable[bytes]) -> int:
    """Put a table's rows in; how many."""
    table = _table(connection, shape)
    connection.execute(delete(table))
    put = insert(table).values({name: _put(name, kind, connection) for name, kind in shape.columns})
    rows, many = (_row(shape, line) for line in lines), 0
    while batch := list(islice(rows, AT_ONCE)):
        if shape.name == past_event.name:
            past_events.make_room(connection, {row["day"] for row in batch})
        connection.execute(put, batch)
        many += len(batch)
    return many


def _table(connection: Connection, shape: Shape) -> Table:
    if shape.name == REVISIONS or not inspect(connection).has_table(shape.name):
        raise RefillError(f"there is no table “{shape.name}” in a database of that shape")
    table = Table(shape.name, MetaData(), autoload_with=connection)
    strange = sorted({name for name, _ in shape.columns} ^ set(table.columns.keys()))
    if strange:
        raise RefillError(f"table “{shape.name}” has other columns: {', '.join(strange)}")
    return table


def _put(name: str, kind: str, connection: Connection) -> ColumnElement[Any]:
    """A document goes in as the text that it is."""
    if kind != DOCUMENT:
        return bindparam(name)
    return (
        bindparam(name, type_=Text) if connection.dialect.name == "sqlite" else cast(bindparam(name, type_=Text), JSON)
    )


def _row(shape: Shape, line: bytes) -> Mapping[str, Any]:
    cells: Iterator[tuple[tuple[str, str], Any]] = zip(shape.columns, json.loads(line), strict=True)
    return {name: _value(kind, cell) for (name, kind), cell in cells}


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


_READ: Mapping[str, Callable[[str], Any]] = {MOMENT: _moment, DAY: date.fromisoformat}


def _value(kind: str, cell: Any) -> Any:
    return _READ[kind](cell) if kind in _READ and cell is not None else cell
