"""What happens to call-backs by itself? Bookings come to the desk, and nothing is late unheard."""

from datetime import datetime, timedelta

from desk.callback_bookings import follow
from desk.new_tasks import BY_ITSELF, Wanted, begun
from ivr.moment import World
from store import callbacks
from store.callbacks import CallBack
from store.database import Database

LOOK_EVERY = timedelta(seconds=2)
AT_ONCE = 50
KIND, ABOUT = "call-back-escalated", "call-back"


class CallBackWatch:
    """One worker's share; what two find at once one of them does."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._looks_at: datetime | None = None

    def round(self, world: World, now: datetime) -> None:
        """Do what is due, if it is time to look."""
        if self._looks_at and now < self._looks_at:
            return
        self._looks_at = now + LOOK_EVERY
        with self._database.read() as connection:
            if not callbacks.is_any_unwatched(connection, now):
                return
        follow(self._database, world, now)
        escalate(self._database, world, now)


def escalate(database: Database, world: World, now: datetime) -> int:
    """Those that are nearly late become a task of a Team Manager, each once; how many."""
    with database.read() as connection:
        near = callbacks.near_breach(connection, now, AT_ONCE)
    return sum(_escalated(database, world, known, now) for known in near)


def _escalated(database: Database, world: World, known: CallBack, now: datetime) -> bool:
    with database.write_in_order() as connection:
        if not callbacks.escalate(connection, known.id, now):
            return False
        wanted = Wanted(KIND, known.authority, ABOUT, known.id, now, known.urgency)
        begun(connection, wanted, world, BY_ITSELF)
    return True
