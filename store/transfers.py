"""How far has a transfer come, and whom was it tried with? Changed by compare-and-set on its version."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from store.tables_desk import transfer


@dataclass(frozen=True, slots=True)
class Transfer:
    """A transfer. ``state`` is a state of ``desk.transfer``, ``tried`` a list of {who, outcome}, ``held`` whether the
    carrier has confirmed that the caller is on hold."""

    id: str
    call: str
    mode: str
    target: Mapping[str, str]
    state: str
    by: str
    at: datetime
    tried: tuple[Mapping[str, str], ...] = ()
    version: int = 1
    held: bool = False
    reason: str = ""


def add(connection: Connection, new: Transfer) -> None:
    """A transfer begins."""
    connection.execute(insert(transfer).values(**asdict(new) | {"tried": list(new.tried)}))


def one(connection: Connection, key: str | None) -> Transfer | None:
    """A transfer."""
    row = connection.execute(select(transfer).where(transfer.c.id == key)).first() if key else None
    return _made(row) if row else None


def of_call(connection: Connection, call: str) -> tuple[Transfer, ...]:
    """Every transfer of a call, in order."""
    rows = connection.execute(select(transfer).where(transfer.c.call == call).order_by(transfer.c.at, transfer.c.id))
    return tuple(_made(row) for row in rows)


def advance(connection: Connection, known: Transfer, state: str, reason: str = "") -> bool:
    """Another state, if nobody was quicker; the reason is for the handler."""
    return _won(connection, known, {"state": state, "reason": reason or known.reason})


def note_tried(connection: Connection, known: Transfer, who: str, outcome: str) -> bool:
    """Somebody was tried, and what came of it."""
    return _won(connection, known, {"tried": [*known.tried, {"who": who, "outcome": outcome}]})


def note_hold(connection: Connection, key: str, *, held: bool) -> None:
    """Whether the carrier has confirmed that the caller is on hold."""
    connection.execute(update(transfer).where(transfer.c.id == key).values(held=held))


def _won(connection: Connection, known: Transfer, values: Mapping[str, Any]) -> bool:
    same = update(transfer).where(transfer.c.id == known.id, transfer.c.version == known.version)
    return connection.execute(same.values(**values, version=known.version + 1)).rowcount == 1


def _made(row: Row[Any]) -> Transfer:
    return Transfer(**dict(row._mapping) | {"tried": tuple(row.tried)})
