"""Who sees to it that the minutes of a meeting are sent within a day? A task that begins when the meeting ends (C:158)."""

from datetime import datetime

from desk.new_tasks import BY_ITSELF, Wanted, begun
from ivr.moment import World
from store import meetings
from store.database import Transaction

MINUTES, ABOUT = "minutes", "meeting"


def ask_for_minutes(connection: Transaction, world: World, now: datetime) -> None:
    """Begin the task of every meeting that is over and has none. The connection holds the order of the audit trail."""
    for found in meetings.without_minutes(connection):
        meeting = meetings.opened(connection, found.id)
        if meeting is None or meeting.minuted:
            continue
        ended = meeting.ended_at or now
        begun(connection, Wanted(MINUTES, meeting.authority, ABOUT, meeting.id, ended), world, BY_ITSELF)
        meetings.change(connection, meeting.id, minuted=True)
