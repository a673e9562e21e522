"""Is there anything to do beside the calls? One statement, which every round of every worker's desk asks before it looks closely."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, or_, select

from store import callback_attempts, conversations, errands, meetings, parties, presence

NEGLECTED = (conversations.LEFT_OVER, parties.UNHEARD, presence.RESTED, meetings.WITHOUT_MINUTES)
WORK = select(
    or_(*(kind.exists() for kind in NEGLECTED)).label("neglected"),
    conversations.WAITING.exists().label("waits"),
    callback_attempts.WAITING.exists().label("calls_back"),
    errands.TO_RUN.exists().label("errands"),
)


@dataclass(frozen=True, slots=True)
class Work:
    """What a round would find: something that nobody looked after, a caller who waits, a call-back in its turn, an errand."""

    neglected: bool
    waits: bool
    calls_back: bool
    errands: bool


NOTHING = Work(neglected=False, waits=False, calls_back=False, errands=False)


def work(connection: Connection, now: datetime, unheard_since: datetime, resting_since: datetime) -> Work:
    """What there is to do now; the moments are those since when a phone is overdue and a wrap-up is over."""
    since = {"now": now, "unheard_since": unheard_since, "resting_since": resting_since}
    return Work(*(bool(found) for found in connection.execute(WORK, since).one()))
