"""On which number is a body reached that checks are answered for? One that an admin entered, and nobody who rings (C:85)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, select

from store.audit import Deed, note
from store.database import upsert
from store.tables_callbacks import body_switchboard as table


@dataclass(frozen=True, slots=True)
class Switchboard:
    """The switchboard of a body; ``number`` is E.164."""

    body: str
    number: str
    entered_at: datetime
    entered_by: str


def every(connection: Connection) -> Mapping[str, Switchboard]:
    """Those that are known, by their body's code."""
    return {row.body: Switchboard(**dict(row._mapping)) for row in connection.execute(select(table))}


def one(connection: Connection, body: str) -> Switchboard | None:
    """That of a body."""
    row = connection.execute(select(table).where(table.c.body == body)).first()
    return Switchboard(**dict(row._mapping)) if row else None


def enter(connection: Connection, new: Switchboard, deed: Deed) -> None:
    """From now on this number. The connection holds the order (``Database.write_in_order``)."""
    known = one(connection, new.body)
    before = {"number": known.number} if known else None
    values = asdict(new)
    upsert(connection, table, {"body": values.pop("body")}, values)
    told = replace(deed, what="switchboard", kind="body", slug=new.body, before=before, after={"number": new.number})
    note(connection, told, new.entered_at)
