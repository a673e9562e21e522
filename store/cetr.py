"""How are CETR requests kept? Sealed; every answer and every reading in the audit trail. Whoever writes holds the order."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from store.audit import Deed, note
from store.database import Transaction
from store.tables_enquiries import cetr_request as table

OPEN, ANSWERED = "open", "answered"


@dataclass(frozen=True, slots=True)
class CetrRequest:
    """A request (``tables_enquiries.cetr_request``); ``sealed`` and ``answer`` are sealed texts."""

    id: str
    authority: str
    reply: str
    stated: bool
    origin: str
    child: str | None
    sealed: str
    received_at: datetime
    target_at: datetime
    promise_at: datetime
    readings: Sequence[Sequence[str]]
    made_at: datetime
    made_by: str
    state: str = OPEN
    answer: str = ""
    answered_at: datetime | None = None
    answered_by: str = ""


def add(connection: Transaction, new: CetrRequest, deed: Deed) -> None:
    """A new request."""
    connection.execute(insert(table).values(**asdict(new)))
    note(connection, _told(new, deed), new.made_at)


def change(connection: Transaction, to: CetrRequest, deed: Deed, at: datetime) -> None:
    """The request as it is from now on."""
    connection.execute(update(table).where(table.c.id == to.id).values(**asdict(to)))
    note(connection, _told(to, deed), at)


def _told(request: CetrRequest, deed: Deed) -> Deed:
    after = {"state": request.state, "class": request.reply, "authority": request.authority}
    return replace(deed, what=request.state, kind="cetr", slug=request.id, after=after)


def one(connection: Connection, key: str) -> CetrRequest | None:
    """A request by its id."""
    row = connection.execute(select(table).where(table.c.id == key)).first()
    return _made(row) if row else None


def every(connection: Connection, authority: str = "", state: str = "") -> tuple[CetrRequest, ...]:
    """Requests; what is given must be met."""
    chosen = select(table)
    for column, value in ((table.c.authority, authority), (table.c.state, state)):
        chosen = chosen.where(column == value) if value else chosen
    return tuple(_made(row) for row in connection.execute(chosen))


def note_reading(connection: Transaction, key: str, deed: Deed, at: datetime) -> None:
    """Somebody read a request; ``deed`` says who and why."""
    note(connection, replace(deed, what="read cetr", kind="reading", slug=key), at)


def _made(row: Row[Any]) -> CetrRequest:
    return CetrRequest(**dict(row._mapping))
