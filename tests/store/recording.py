"""What do the tests of the store write? Records of calls, files that dead workers left, and what the rows then say."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Table, select

from ivr.record import Record
from store import tables
from store.database import Database
from store.frames import framed
from tests.telling import at

CALL = "CA" + "3" * 32
AWAY_POSTGRES = "postgresql+psycopg://nobody@127.0.0.1:1/nothing"


def step(hop: int, call: str = CALL, **body: Any) -> Record:
    """The record of a step that led to nothing lasting."""
    plain: dict[str, Any] = {"line": "devon", "reasons": [], "requests": [], "ending": None}
    return Record(call, "", f"h{hop}", "step", at("Wed 10:00"), plain | body)


def status(word: str, sequence: int, leg: str = "CAleg", **body: Any) -> Record:
    """The record of a status callback."""
    plain: dict[str, Any] = {"status": word, "seconds": None, "rings": "+441392388481"}
    return Record(CALL, leg, f"s{sequence}:{word}", "status", at("Wed 10:01"), plain | body)


def left_behind(folder: Path, content: Iterable[Record] | bytes, name: str = "dead-1") -> Path:
    """A journal file whose owner is no more."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.journal"
    path.write_bytes(content if isinstance(content, bytes) else b"".join(framed(one.document()) for one in content))
    return path


def rows(database: Database, table: Table) -> list[dict[str, Any]]:
    """Every row of a table in the order of its key."""
    with database.read() as connection:
        found = connection.execute(select(table).order_by(*table.primary_key.columns))
        return [dict(row._mapping) for row in found]


def sequences(database: Database) -> list[str]:
    """The sequences of every event that has arrived."""
    return [row["sequence"] for row in rows(database, tables.event)]


def of_call(record: Record, call: str) -> Record:
    """The same record of another call."""
    return replace(record, call=call)


def away_url(database: Database, folder: Path) -> str:
    """A database of the same kind that does not answer: a port that is closed, or a folder where the file should be."""
    return f"sqlite:///{folder}" if database.is_sqlite else AWAY_POSTGRES
