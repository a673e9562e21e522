"""How many calls have we placed lately to those who did not ring us? Call-backs and invitations to meetings, and nothing else:
neither the ladder of a caller nor the phone of a handler whom a caller waits for is ever counted or held up."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, func, select, true

from store.parties import Role
from store.tables_callbacks import call_back, call_back_attempt
from store.tables_desk import party

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Caps:
    """The most calls out: in a minute and in an hour altogether, and in an hour to one number."""

    minute: int = 60
    hour: int = 600
    number: int = 12


ORDINARY = Caps()
INVITED = party.c.role == Role.INVITED.value
DIALLED = func.coalesce(call_back_attempt.c.dialled, call_back.c.number)
"""A check has no number of its own before its switchboard is dialled."""


def beyond(connection: Connection, caps: Caps, number: str, now: datetime) -> str:
    """Which cap the calls that were asked for until now have passed, by its name; empty where none. ``number`` is E.164."""
    if _asked(connection, now - HOUR, number) > caps.number:
        return "number"
    if _asked(connection, now - HOUR) > caps.hour:
        return "hour"
    return "minute" if _asked(connection, now - MINUTE) > caps.minute else ""


def _asked(connection: Connection, since: datetime, number: str = "") -> int:
    """How many call-backs were asked for since then, and how many were rung for a meeting."""
    to_it: tuple[ColumnElement[bool], ...] = (
        (DIALLED.in_([number]), party.c.number == number) if number else (true(), true())
    )
    attempts = (
        select(func.count())
        .select_from(call_back_attempt)
        .outerjoin(call_back, call_back.c.id == call_back_attempt.c.callback)
    )
    tried = connection.scalar(attempts.where(call_back_attempt.c.asked_at > since, to_it[0])) or 0
    invited = select(func.count()).select_from(party).where(INVITED, party.c.asked_at > since, to_it[1])
    return tried + (connection.scalar(invited) or 0)
