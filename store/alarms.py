"""Which alarms are there, since when, and who has said that they know? One open row for each, whoever sees it."""

import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, or_, select, update

from ivr.alarms import Alarm, Alarming
from store.audit import Deed, note
from store.database import Transaction, insert_new
from store.tables_alarms import alarm as table

RENEWED = timedelta(seconds=5)
"""An alarm that lasts is not written more often."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An alarm with its history; ``ended_at`` none: it lasts. ``id`` is empty where only this worker knows of it yet."""

    id: str
    alarm: Alarm
    began_at: datetime
    seen_at: datetime
    ended_at: datetime | None = None
    acknowledged_by: str = ""
    acknowledged_until: datetime | None = None
    why: str = ""

    def is_quiet(self, now: datetime) -> bool:
        """Whether somebody has acknowledged it until a later moment."""
        return self.acknowledged_until is not None and self.acknowledged_until > now


def raised(connection: Transaction, alarms: Iterable[Alarm], now: datetime) -> None:
    """These are seen now: each is opened, or goes on with what it says now."""
    for one in alarms:
        says = {"words": one.words, "detail": one.detail, "seen_at": now}
        if not insert_new(connection, table, [{**_fresh(one, now), **says}]):
            changed = or_(table.c.seen_at <= now - RENEWED, table.c.words != one.words, table.c.detail != one.detail)
            connection.execute(update(table).where(table.c.open_as == one.key, changed).values(**says))


def _fresh(one: Alarm, now: datetime) -> dict[str, Any]:
    names = {"id": secrets.token_hex(8), "code": one.code.value, "subject": one.subject, "open_as": one.key}
    return {**names, "began_at": now, "acknowledged_by": "", "why": ""}


def settled(connection: Transaction, codes: Collection[Alarming], alarms: Sequence[Alarm], now: datetime) -> None:
    """Of these codes these alarms are seen now, and no others: the open ones that are not among them are over."""
    raised(connection, alarms, now)
    keys = [one.key for one in alarms]
    gone = table.c.ended_at.is_(None) & table.c.code.in_(codes) & table.c.open_as.not_in(keys)
    connection.execute(update(table).where(gone).values(ended_at=now, open_as=None))


def over_for(connection: Transaction, code: Alarming, subject: str, now: datetime) -> None:
    """An alarm is over for this line."""
    gone = (table.c.code == code) & (table.c.subject == subject) & table.c.ended_at.is_(None)
    connection.execute(update(table).where(gone).values(ended_at=now, open_as=None))


def was(connection: Transaction, one: Alarm, began_at: datetime, now: datetime) -> None:
    """An alarm that could not be written while it lasted, unless somebody else has."""
    same = (table.c.code == one.code) & (table.c.subject == one.subject) & (table.c.ended_at > began_at)
    if connection.scalar(select(table.c.id).where(same)) is None:
        times = {"began_at": began_at, "seen_at": now, "ended_at": now}
        fresh = {**_fresh(one, now), "words": one.words, "detail": one.detail, "open_as": None}
        insert_new(connection, table, [{**fresh, **times}])


def unseen(connection: Transaction, codes: Collection[Alarming], since: datetime, now: datetime) -> None:
    """The open alarms of these codes that nobody has seen since a moment are over: their machine is gone."""
    lost = table.c.ended_at.is_(None) & table.c.code.in_(codes) & (table.c.seen_at < since)
    connection.execute(update(table).where(lost).values(ended_at=now, open_as=None))


def standing(connection: Connection) -> tuple[Standing, ...]:
    """Every alarm that lasts, the oldest first."""
    rows = connection.execute(select(table).where(table.c.ended_at.is_(None)).order_by(table.c.began_at, table.c.id))
    return tuple(map(_standing, rows))


def over(connection: Connection, most: int) -> tuple[Standing, ...]:
    """Those that are over, the last one first."""
    past = select(table).where(table.c.ended_at.is_not(None)).order_by(table.c.ended_at.desc(), table.c.id).limit(most)
    return tuple(map(_standing, connection.execute(past)))


def one_standing(connection: Connection, key: str) -> Standing | None:
    """An alarm that lasts, by its id."""
    row = connection.execute(select(table).where(table.c.id == key, table.c.ended_at.is_(None))).first()
    return _standing(row) if row else None


def acknowledge(connection: Transaction, one: Standing, until: datetime, deed: Deed, at: datetime) -> None:
    """Somebody knows of it and sees to it: nobody is told of it again until then. ``deed`` says who and why."""
    says = {"acknowledged_by": deed.who, "acknowledged_until": until, "why": deed.why}
    connection.execute(update(table).where(table.c.id == one.id).values(**says))
    after = {"code": one.alarm.code.value, "subject": one.alarm.subject, "until": until.isoformat()}
    note(connection, Deed(deed.who, "acknowledge", "alarm", one.id, None, after, deed.why), at)


def claimed_to_tell(connection: Transaction, key: str, again: datetime, now: datetime) -> bool:
    """Whether this worker tells of an alarm now: nobody has, or not since ``again``."""
    due = (table.c.id == key) & table.c.ended_at.is_(None) & or_(table.c.told_at.is_(None), table.c.told_at <= again)
    return connection.execute(update(table).where(due).values(told_at=now)).rowcount == 1


def untold(connection: Connection, again: datetime) -> Sequence[str]:
    """The ids of the open alarms of which nobody has told since ``again``."""
    due = table.c.ended_at.is_(None) & or_(table.c.told_at.is_(None), table.c.told_at <= again)
    return connection.scalars(select(table.c.id).where(due)).all()


def _standing(row: Row[Any]) -> Standing:
    one = Alarm(Alarming(row.code), row.subject, row.words, row.detail)
    known = row.acknowledged_by, row.acknowledged_until, row.why
    return Standing(row.id, one, row.began_at, row.seen_at, row.ended_at, *known)
