"""Which reports come by e-mail, how often, and to whom? Made and taken away with a note in the audit trail."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from routing.report_times import Every
from store.audit import Deed, note
from store.database import Transaction
from store.directory import Author
from store.tables_report_mails import report_letter
from store.tables_report_mails import report_mail as table

KIND = "report-mail"


@dataclass(frozen=True, slots=True)
class Terms:
    """What is sent: how often and at which hour (England's), about whom, told apart how (``by`` empty: by line, by whom was rung and by
    hour), and to which addresses."""

    every: Every
    authority: str
    line: str
    by: str
    hour: int
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportMail:
    """A report that comes by e-mail, from ``since`` on."""

    id: str
    terms: Terms
    made_by: str
    made_at: datetime
    since: datetime


def every(connection: Connection) -> tuple[ReportMail, ...]:
    """All of them, in order of age."""
    return tuple(map(_made, connection.execute(select(table).order_by(table.c.made_at, table.c.id))))


def one(connection: Connection, key: str) -> ReportMail | None:
    """One, by its id."""
    row = connection.execute(select(table).where(table.c.id == key)).first()
    return _made(row) if row else None


def add(connection: Transaction, terms: Terms, doer: Author, at: datetime) -> ReportMail:
    """A new one. The connection holds the order (``Database.write_in_order``)."""
    made = ReportMail(secrets.token_hex(8), terms, doer.who, at, at)
    values = {"id": made.id, **_document(terms), "made_by": doer.who[:200], "made_at": at, "since": at}
    connection.execute(insert(table).values(**values))
    note(connection, Deed(doer.who, "create", KIND, made.id, None, _document(terms), doer.why), at)
    return made


def take_away(connection: Transaction, mail: ReportMail, doer: Author, at: datetime) -> bool:
    """It comes no more, and its letters are forgotten; whether it was still there."""
    if connection.execute(delete(table).where(table.c.id == mail.id)).rowcount == 0:
        return False
    connection.execute(delete(report_letter).where(report_letter.c.mail == mail.id))
    note(connection, Deed(doer.who, "delete", KIND, mail.id, _document(mail.terms), None, doer.why), at)
    return True


def begin_anew(connection: Transaction, now: datetime) -> None:
    """What was due before this moment is not sent any more: a backup is in force that does not know what was."""
    connection.execute(update(table).values(since=now))


def _document(terms: Terms) -> Mapping[str, Any]:
    about = {"every": terms.every.value, "authority": terms.authority, "line": terms.line, "by": terms.by}
    return {**about, "hour": terms.hour, "recipients": list(terms.recipients)}


def _made(row: Row[Any]) -> ReportMail:
    terms = Terms(Every(row.every), row.authority, row.line, row.by, row.hour, tuple(row.recipients))
    return ReportMail(row.id, terms, row.made_by, row.made_at, row.since)
