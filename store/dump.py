"""What does a database hold, in a form that any database of ours can take in? One line of JSON for each row, table by table.

A cell is a number, a text, true, false or null; a moment is its ISO text in UTC, a day its ISO text; a document is the very text that
stands there, so that what was hashed over it still holds.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Date,
    DateTime,
    Integer,
    MetaData,
    Table,
    Text,
    cast,
    func,
    select,
    text,
    type_coerce,
)

from store.database import Database

REVISIONS = "alembic_version"
AT_ONCE = 500
MOMENT, DAY, DOCUMENT, FLAG, NUMBER, WORDS = "moment", "day", "document", "flag", "number", "words"
KINDS = ((DateTime, MOMENT), (Date, DAY), (JSON, DOCUMENT), (Boolean, FLAG), (Integer, NUMBER))


@dataclass(frozen=True, slots=True)
class Shape:
    """A table: its name, and each column with what stands in it."""

    name: str
    columns: tuple[tuple[str, str], ...]


@contextmanager
def standing(database: Database, folder: Path) -> Iterator[Connection]:
    """The database as it is at one moment, read while others go on writing. ``folder`` has room for a copy of an SQLite file."""
    if database.is_sqlite:
        copy = folder / "standing.db"
        _copy(database.engine.url.database or "", copy)
        copied = Database(f"sqlite:///{copy}")
        try:
            with copied.read() as connection:
                yield connection
        finally:
            copied.close()
        return
    still = database.engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    with still.connect() as connection:
        yield connection


def _copy(path: str, to: Path) -> None:
    """By SQLite's own way, which holds up no writer. Raises where there is no such file."""
    to.touch(mode=0o600)
    here_only = f"{Path(path).absolute().as_uri()}?mode=rw"
    with closing(sqlite3.connect(here_only, uri=True)) as here, closing(sqlite3.connect(to)) as there:
        here.backup(there)


def revision(connection: Connection) -> str:
    """Which shape the database has; empty where it has none yet."""
    if not connection.dialect.has_table(connection, REVISIONS):
        return ""
    return connection.scalar(text("SELECT version_num FROM alembic_version")) or ""


def tables(connection: Connection) -> tuple[Table, ...]:
    """Every table, as the database has it."""
    found, parts = MetaData(), _partitions(connection)
    found.reflect(connection, only=lambda name, _: name not in parts)
    return tuple(
        sorted((table for table in found.tables.values() if table.name != REVISIONS), key=lambda one: one.name)
    )


def _partitions(connection: Connection) -> frozenset[str]:
    """Tables whose rows are those of another one."""
    if connection.dialect.name == "sqlite":
        return frozenset()
    return frozenset(connection.scalars(text("SELECT relname FROM pg_class WHERE relispartition")))


def shape(table: Table) -> Shape:
    """A table's name and columns."""
    return Shape(table.name, tuple((column.name, kind_of(column)) for column in table.columns))


def kind_of(column: Column[Any]) -> str:
    """What stands in a column."""
    return next((kind for type_, kind in KINDS if isinstance(column.type, type_)), WORDS)


def count(connection: Connection, table: Table) -> int:
    """How many rows there are."""
    return connection.scalar(select(func.count()).select_from(table)) or 0


def lines(connection: Connection, table: Table) -> Iterator[bytes]:
    """Each row as a line; never all of them in memory."""
    read = select(*(_read(column, connection) for column in table.columns)).order_by(*table.primary_key.columns)
    with connection.execute(read.execution_options(yield_per=AT_ONCE)) as rows:
        for row in rows:
            yield json.dumps([_cell(one) for one in row], separators=(",", ":")).encode() + b"\n"


def _read(column: Column[Any], connection: Connection) -> ColumnElement[Any]:
    if kind_of(column) is not DOCUMENT:
        return column
    return type_coerce(column, Text) if connection.dialect.name == "sqlite" else cast(column, Text)


def _cell(value: Any) -> Any:
    if not isinstance(value, datetime):
        return value.isoformat() if isinstance(value, date) else value
    return (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()
