"""Who works with a child, as it was entered by hand? One entry for each child and case system, found by keyed hash alone."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, select

from store.audit import Deed, note
from store.database import Transaction, upsert
from store.tables_papers import case_entry as table


@dataclass(frozen=True, slots=True)
class CaseEntry:
    """Whether a child is open to a case system, and to whom (slugs)."""

    match: str
    system: str
    state: str
    worker: str
    manager: str
    team: str
    entered_at: datetime
    entered_by: str


def put(connection: Transaction, entry: CaseEntry, deed: Deed) -> None:
    """Enter a child, or correct what was entered. The trail does not say which child: the hash is theirs alone."""
    values = {name: value for name, value in asdict(entry).items() if name not in ("match", "system")}
    upsert(connection, table, {"match": entry.match, "system": entry.system}, values)
    after = {"state": entry.state, "worker": entry.worker, "manager": entry.manager, "team": entry.team}
    note(connection, replace(deed, what="enter", kind="case", slug=entry.system, after=after), entry.entered_at)


def take_out(connection: Transaction, match: str, system: str, deed: Deed, at: datetime) -> bool:
    """Remove an entry; whether it was there."""
    gone = connection.execute(delete(table).where((table.c.match == match) & (table.c.system == system))).rowcount
    if gone:
        note(connection, replace(deed, what="take out", kind="case", slug=system), at)
    return bool(gone)


def of_child(connection: Connection, match: str) -> tuple[CaseEntry, ...]:
    """What is entered of a child, by system."""
    rows = connection.execute(select(table).where(table.c.match == match).order_by(table.c.system))
    return tuple(_made(row) for row in rows)


def _made(row: Row[Any]) -> CaseEntry:
    return CaseEntry(**dict(row._mapping))
