"""Which letters of reports are due, who sends them, and what came of them? A letter is marked as handed over before a server gets it, so
that none is sent twice: a row that stays so says that nobody knows.
"""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, select, update

from routing.days import Days
from store.claims import DUE, claim
from store.database import Transaction, insert_new
from store.tables_report_mails import report_letter as table

LOST = timedelta(minutes=2)
"""So long after its lease a letter that was handed over has nobody left who waits for the server's word."""

LOST_WORDS = "the service ended while it was handed over: perhaps it was sent"
RESTORED_WORDS = "a backup was restored: perhaps it was sent before"
LONGEST = 250
OPEN = table.c.ended_at.is_(None)


class Stands(StrEnum):
    """How far a letter is."""

    DUE = DUE
    HANDED = "handed"
    SENT = "sent"
    FAILED = "failed"
    IN_DOUBT = "in-doubt"


@dataclass(frozen=True, slots=True)
class ReportLetter:
    """One letter of a report by e-mail (``mail``) about some days; ``trial``: somebody asked for it. ``result``: what came of it last."""

    id: str
    mail: str
    recipient: str
    days: Days
    trial: bool
    state: Stands
    due_at: datetime
    asked_at: datetime
    ended_at: datetime | None = None
    attempts: int = 0
    result: str = ""


def enter(connection: Transaction, mail: str, recipients: Iterable[str], days: Days, now: datetime) -> int:
    """Those of a month or week, unless they are there already; how many are new."""
    rows = [_row(_id(mail, days.first, to), mail, to, days, now, trial=False) for to in recipients]
    return insert_new(connection, table, [*rows])


def are_entered(connection: Connection, mail: str, recipients: Iterable[str], days: Days) -> bool:
    """Whether all of those are there; asked before a transaction that writes."""
    ids = {_id(mail, days.first, to) for to in recipients}
    there = connection.scalars(select(table.c.id).where(table.c.id.in_(ids)))
    return set(there) == ids


def ask(connection: Transaction, mail: str, recipients: Iterable[str], days: Days, now: datetime) -> None:
    """Some that somebody wants now."""
    insert_new(
        connection, table, [_row(secrets.token_hex(8), mail, to, days, now, trial=True) for to in recipients]
    )  # fmt: skip


def _id(mail: str, first: date, recipient: str) -> str:
    return hashlib.sha256(f"{mail} {first.isoformat()} {recipient.lower()}".encode()).hexdigest()[:16]


def _row(key: str, mail: str, recipient: str, days: Days, now: datetime, *, trial: bool) -> dict[str, Any]:
    about = {"id": key, "mail": mail, "recipient": recipient, "first": days.first, "last": days.last, "trial": trial}
    return {**about, "state": DUE, "due_at": now, "asked_at": now, "attempts": 0, "result": ""}


def next_one(connection: Transaction, worker: str, now: datetime) -> ReportLetter | None:
    """The one that is due longest, now this worker's for one lease."""
    found = claim(connection, table, worker, now)
    return _made(found[0]) if found else None


def is_due(connection: Connection, now: datetime) -> bool:
    """Whether there is one; asked before a transaction that writes."""
    due = select(table.c.id).where(table.c.state == DUE, table.c.due_at <= now).limit(1)
    return connection.execute(due).first() is not None


def hand_over(connection: Transaction, key: str, worker: str) -> bool:
    """Whether this worker gives it to the server now: nobody else may from here on."""
    mine = (table.c.id == key) & (table.c.state == DUE) & (table.c.claimed_by == worker)
    return connection.execute(update(table).where(mine).values(state=Stands.HANDED.value)).rowcount == 1


def over(connection: Transaction, key: str, worker: str, state: Stands, result: str, now: datetime) -> None:
    """What came of it in the end, unless somebody else has it by now."""
    mine = (table.c.id == key) & (table.c.claimed_by == worker) & OPEN
    ended = {"state": state.value, "result": result[:LONGEST], "ended_at": now}
    connection.execute(update(table).where(mine).values(**ended, claimed_by=None, claimed_until=None))


def put_off(connection: Transaction, key: str, worker: str, until: datetime, result: str) -> None:
    """It was not sent, and is tried again later."""
    mine = (table.c.id == key) & (table.c.claimed_by == worker) & OPEN
    again = {"state": DUE, "result": result[:LONGEST], "due_at": until}
    connection.execute(update(table).where(mine).values(**again, claimed_by=None, claimed_until=None))


def are_lost(connection: Connection, now: datetime) -> bool:
    """Whether some were handed over by a worker of which nothing is heard; asked before a transaction that writes."""
    return connection.execute(select(table.c.id).where(_lost(now)).limit(1)).first() is not None


def give_lost_up(connection: Transaction, now: datetime) -> int:
    """Those are in doubt; how many."""
    return _doubted(connection, _lost(now), LOST_WORDS, now)


def _lost(now: datetime) -> ColumnElement[bool]:
    return (table.c.state == Stands.HANDED.value) & (table.c.claimed_until < now - LOST)


def doubt_all(connection: Transaction, now: datetime) -> None:
    """A backup is in force that does not know what was sent since: nothing that it holds as due is sent."""
    _doubted(connection, OPEN, RESTORED_WORDS, now)


def _doubted(connection: Transaction, which: ColumnElement[bool], words: str, now: datetime) -> int:
    ended = {"state": Stands.IN_DOUBT.value, "result": words, "ended_at": now}
    return connection.execute(
        update(table).where(which).values(**ended, claimed_by=None, claimed_until=None)
    ).rowcount  # fmt: skip


def newest(connection: Connection, mails: Sequence[str]) -> dict[str, dict[str, ReportLetter]]:
    """The last letter of each of these to each address."""
    rows = connection.execute(select(table).where(table.c.mail.in_(mails)).order_by(table.c.asked_at, table.c.trial))
    found: dict[str, dict[str, ReportLetter]] = {mail: {} for mail in mails}
    for row in rows:
        found[row.mail][row.recipient] = _made(row)
    return found


def forget(connection: Transaction, before: datetime) -> int:
    """Those that ended before a moment go; how many."""
    return connection.execute(delete(table).where(table.c.ended_at < before)).rowcount


def _made(row: Row[Any]) -> ReportLetter:
    names = ("id", "mail", "recipient", "trial", "due_at", "asked_at", "ended_at", "attempts", "result")
    values = {name: row._mapping[name] for name in names}
    return ReportLetter(days=Days(row.first, row.last), state=Stands(row.state), **values)
