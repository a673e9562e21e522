"""What must not be done again after a restore? A row says that one has happened, until the desk has asked the telephone company what it
placed since the backup; and what comes round by itself is not made up for.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update

from store import conversations, parties, report_letters, report_mails
from store.callback_attempts import GOING
from store.claims import DUE, claim
from store.conversations import At
from store.database import Transaction
from store.meetings import Stands
from store.parties import ALIVE, Here, Party
from store.tables_callbacks import call_back_attempt
from store.tables_meetings import meeting
from store.tables_number_tests import number_standing
from store.tables_tasks import chore

CODE = "after-restore"
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Live:
    """What was going on when the backup was made: calls at the desk, phones, meetings, and call-backs that somebody was trying."""

    calls: tuple[str, ...]
    parties: tuple[Party, ...]
    meetings: tuple[str, ...]
    attempts: tuple[str, ...]

    @property
    def sids(self) -> frozenset[str]:
        """Every call of the telephone company's among them."""
        return frozenset((*self.calls, *(party.sid for party in self.parties if party.sid)))


def begin(connection: Transaction, taken_at: datetime, now: datetime) -> None:
    """A backup of ``taken_at`` is in force: what was due since then was done, and waits for its next time."""
    connection.execute(delete(chore).where(chore.c.due_at <= now))
    connection.execute(delete(chore).where(chore.c.id == CODE))
    connection.execute(insert(chore).values(id=CODE, state=DUE, due_at=taken_at, attempts=0))
    tested = update(number_standing).where(number_standing.c.due_at <= now)
    connection.execute(tested.values(due_at=now + A_DAY))
    report_letters.doubt_all(connection, now)
    report_mails.begin_anew(connection, now)


def pending(connection: Transaction) -> datetime | None:
    """When the backup was taken, while nobody has looked at what happened since."""
    return connection.scalar(select(chore.c.due_at).where(chore.c.id == CODE))


def claimed(connection: Transaction, worker: str, now: datetime) -> bool:
    """Whether this worker is to look, for one lease."""
    return bool(claim(connection, chore, worker, now, only=chore.c.id == CODE))


def over(connection: Transaction) -> None:
    """It has been looked at."""
    connection.execute(delete(chore).where(chore.c.id == CODE))


def live(connection: Transaction) -> Live:
    """What the backup took for going on."""
    at_the_desk = (one.call for at in At if at is not At.ENDED for one in conversations.those(connection, at))
    started = select(meeting.c.id).where(meeting.c.state == Stands.STARTED.value)
    going = select(call_back_attempt.c.callback).where(call_back_attempt.c.state.in_([one.value for one in GOING]))
    there = parties.those(connection, ALIVE | {Here.LEAVING})
    return Live(
        tuple(at_the_desk), there, tuple(connection.scalars(started)), tuple(connection.scalars(going.distinct()))
    )
