"""Of which calls, legs and phones of the desk has nobody told the end, although they began long ago?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from store.database import Transaction
from store.folding import SWEPT
from store.parties import Here
from store.tables import call, leg
from store.tables_desk import party

STAYS = (Here.IN.value, Here.LEAVING.value)
"""The states of a phone of the desk that only the end of its leg takes it out of; one that rings is looked after by the desk."""


@dataclass(frozen=True, slots=True)
class Unended:
    """A leg without an end: that of a caller where ``sid`` is the call's, else of a phone; ``party`` where the desk rang it."""

    began_at: datetime
    sid: str
    call: str
    number: str | None = None
    party: str = ""

    @property
    def place(self) -> tuple[datetime, str]:
        """Its place among others: the oldest first."""
        return self.began_at, self.sid


Place = tuple[datetime, str]


def those(
    connection: Transaction, since: datetime, before: datetime, after: Place | None, most: int
) -> tuple[Unended, ...]:
    """Up to ``most`` of those that began in a period, behind a place."""
    start = max(since, after[0]) if after else since
    found = sorted(_all(connection, start, before), key=lambda one: one.place)
    return tuple(one for one in found if after is None or one.place > after)[:most]


def _all(connection: Connection, since: datetime, before: datetime) -> Iterator[Unended]:
    began = call.c.began_at.between(since, before)
    calls = select(call.c.began_at, call.c.sid, call.c.sid).where(began, call.c.ended_at.is_(None))
    legs = select(call.c.began_at, leg.c.sid, leg.c.call, leg.c.number).join(leg, leg.c.call == call.c.sid)
    legs = legs.where(began, leg.c.rank < SWEPT)
    rung = select(party.c.asked_at, party.c.sid, party.c.call, party.c.number, party.c.id)
    rung = rung.where(party.c.state.in_(STAYS), party.c.sid.is_not(None), party.c.asked_at.between(since, before))
    for kind in (calls, legs, rung):
        yield from (Unended(*row) for row in connection.execute(kind))
