"""How is the database reached? One engine; SQLite and PostgreSQL behave alike: one writer order, short waits, no lost update."""

import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, Engine, Table, create_engine, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import ExceptionContext
from sqlalchemy.exc import InterfaceError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

Transaction: TypeAlias = Connection
"""What those are handed who change several things at once, and know nothing of SQL."""

CHAIN_LOCK = 7_340_001
"""The PostgreSQL advisory lock under which versions and the audit chain grow."""

BUSY_SECONDS = 5
CONNECT_SECONDS = 2
POSTGRESQL: Mapping[str, Any] = {"connect_timeout": CONNECT_SECONDS, "prepare_threshold": None}
"""Nothing is prepared on the server: a pooler that lends connections transaction by transaction would hand it to somebody else."""

ROWS_AT_ONCE = 8
"""Of those that one statement inserts. psycopg takes a statement of more than 50 values apart anew each time, which was a fifth of what
moving an event costs; on each connection SQLite's driver keeps a statement for each number of rows, tens of megabytes of up to 500."""

CACHE_KIBIBYTES = 512
"""Of the file's pages that each of SQLite's connections keeps. Whatever another one writes makes them void, and the system has the file in
memory anyhow: with SQLite's own 2,000 a worker grew by two megabytes for each connection that was ever busy beside the others."""

AWAY = (OperationalError, InterfaceError, ProgrammingError, PoolTimeoutError, sqlite3.DatabaseError)
"""What a database raises that is down, locked, full, damaged, or not migrated yet."""

READS = "only_reads"
"""Marks a connection that never writes: on SQLite it need not queue behind those that do."""


class Database:
    """The engine, and the two ways to use it."""

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        if self.is_sqlite and parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        options: Mapping[str, Any] = {"timeout": BUSY_SECONDS} if self.is_sqlite else POSTGRESQL
        self.engine = create_engine(
            url,
            connect_args=dict(options),
            pool_pre_ping=not self.is_sqlite,
            hide_parameters=True,
            insertmanyvalues_page_size=ROWS_AT_ONCE,
        )
        if self.is_sqlite:
            _behave(self.engine)
        else:
            _wait_no_longer(self.engine)
        self._reading = self.engine.execution_options(**{READS: True})

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that only reads."""
        with self._reading.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction, committed once at its end."""
        with self.engine.begin() as connection:
            yield connection

    @contextmanager
    def write_in_order(self) -> Iterator[Connection]:
        """A transaction that holds the order of versions and of the audit chain; SQLite's writers queue anyhow."""
        with self.engine.begin() as connection:
            if not self.is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": CHAIN_LOCK})
            yield connection

    def look_alive(self) -> None:
        """Raises where a question of one word has no answer in time: what takes a login may say nothing afterwards (a frozen server
        behind its pooler), and no driver has a deadline for that. Whoever asked waits for good, on a thread of its own."""
        came: list[Exception | None] = []
        asking = threading.Thread(target=lambda: came.append(self._asked()), name="look-alive", daemon=True)
        asking.start()
        asking.join(BUSY_SECONDS)
        fault = came[0] if came else OperationalError("SELECT 1", None, TimeoutError(f"{BUSY_SECONDS} seconds"))
        if fault:
            raise fault

    def _asked(self) -> Exception | None:
        try:
            with self.read() as connection:
                connection.execute(text("SELECT 1"))
        except AWAY as fault:
            return fault
        return None

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()


def _wait_no_longer(engine: Engine) -> None:
    """A table that somebody holds is as good as a database that is away, and as soon."""

    @event.listens_for(engine, "connect")
    def _connect(raw: Any, _: Any) -> None:
        raw.execute(f"SET lock_timeout = '{BUSY_SECONDS}s'")
        raw.commit()


def _behave(engine: Engine) -> None:
    """WAL, foreign keys, and BEGIN IMMEDIATE: the driver's own transactions lose updates (dependencies.md, finding 5)."""

    @event.listens_for(engine, "connect")
    def _connect(raw: Any, _: Any) -> None:
        raw.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            f"busy_timeout={BUSY_SECONDS * 1000}",
            f"cache_size=-{CACHE_KIBIBYTES}",
            "foreign_keys=ON",
        ):
            raw.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "handle_error")
    def _damaged(context: ExceptionContext) -> None:
        """A damaged file raises the bare base class, which would otherwise look like a fault of ours."""
        if type(context.original_exception) is sqlite3.DatabaseError:
            raise OperationalError(context.statement, None, context.original_exception)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if connection.get_execution_options().get(READS):
            connection.connection.cursor().execute("BEGIN")  # past the engine's events: it locks nothing until it reads
        else:
            connection.exec_driver_sql("BEGIN IMMEDIATE")


def insert_new(connection: Connection, table: Table, rows: list[Mapping[str, Any]]) -> int:
    """Insert the rows whose key is not there yet; how many those were."""
    insert = _insert(connection, table).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
    return sum(connection.execute(insert, row).rowcount for row in rows)


def insert_told(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], told: Sequence[ColumnElement[Any]]
) -> set[tuple[Any, ...]]:
    """Insert the rows whose key is not there yet, all at once; ``told`` of those that were inserted."""
    insert = _insert(connection, table).on_conflict_do_nothing().returning(*told)
    return {tuple(row) for row in connection.execute(insert, list(rows))} if rows else set()


def upsert(connection: Connection, table: Table, key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Insert a row, or set these values of the row that has the key."""
    insert = _insert(connection, table).values(**key, **values)
    connection.execute(insert.on_conflict_do_update(index_elements=[table.c[name] for name in key], set_=dict(values)))


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a row that is there already, where ``only`` holds."""

    values: Mapping[str, ColumnElement[Any]]
    only: ColumnElement[bool]


Changed: TypeAlias = Callable[[Any], Change]
"""Of the columns of the row that was to come."""


def upsert_all(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], changed: Changed) -> None:
    """Insert the rows, all at once, and change those of which the key is there."""
    if rows:
        connection.execute(_upserting(connection.dialect.name, table, changed), list(rows))


@cache
def _upserting(dialect: str, table: Table, changed: Changed) -> "postgresql.Insert | sqlite.Insert":
    insert = _INSERTS[dialect](table)
    change = changed(insert.excluded)
    return insert.on_conflict_do_update(table.primary_key, set_=dict(change.values), where=change.only)


_INSERTS: Mapping[str, Callable[[Table], "postgresql.Insert | sqlite.Insert"]] = {
    "postgresql": postgresql.insert,
    "sqlite": sqlite.insert,
}


def _insert(connection: Connection, table: Table) -> "postgresql.Insert | sqlite.Insert":
    return _INSERTS[connection.dialect.name](table)
