"""Which legs are over of which Twilio never told the end? Its own record is asked for each, a few at a time; a state never goes back.

A caller who seems to be on the line keeps a handler busy and a conversation open; so the end is made up for, and ``explain`` says how.
"""

from datetime import datetime, timedelta
from time import monotonic

from carrier.port import Busy, Carrier, Gone, Refused, Seen, Unknown
from desk.chores import Chore
from desk.leaving import gone
from desk.scene import scene_of
from ivr.moment import World
from ivr.swept import LONGEST_CALL, UNREPORTED, End, EndFromRecord, EndNeverReported, swept_record
from store import unended
from store.call_ends import OVER
from store.database import Database
from store.projections import project
from store.unended import Unended

EVERY = timedelta(minutes=5)
GRACE = timedelta(minutes=10)
"""A call that began since then may well go on, and its callbacks may be late."""

OLDEST = timedelta(days=14)
AT_ONCE = 25
SECONDS = 5.0
"""A round holds up this worker's errands, so it ends then."""

END_UNREPORTED = "end unreported"
"""What becomes of a phone of the desk whose end was not told."""


class Sweeper:
    """One worker's rounds. The next one goes on where the last ended, so that long calls do not keep the others from their turn."""

    def __init__(self, carrier: Carrier) -> None:
        self._carrier = carrier
        self._after: unended.Place | None = None

    def round(self, database: Database, world: World, now: datetime) -> int:
        """Ask for some; how many were closed. Where the carrier does not answer, the round is over."""
        with database.read() as connection:
            found = unended.those(connection, now - OLDEST, now - GRACE, self._after, AT_ONCE)
        until, closed = monotonic() + SECONDS, 0
        for one in found:
            seen = self._carrier.look_up(one.sid) if monotonic() < until else Busy()
            if isinstance(seen, Busy | Unknown):
                return closed
            end = end_of(one, seen, now)
            closed += end is not None and _closed(database, world, one, end, now)
            self._after = one.place
        if len(found) < AT_ONCE:
            self._after = None
        return closed


def sweep(carrier: Carrier) -> Chore:
    """The sweeper as a chore: one worker at a time does it."""
    return Chore("sweep", Sweeper(carrier).round, lambda now: now + EVERY)


def end_of(one: Unended, seen: Seen | Gone | Refused, now: datetime) -> End | None:
    """How a leg ended; nothing while it goes on, or may. Who cannot be asked, or does not know it, leaves it to the clock."""
    if isinstance(seen, Seen):
        known = End(seen.status, seen.ended_at, seen.seconds, EndFromRecord())
        return known if seen.status in OVER else None
    return End(UNREPORTED, None, None, EndNeverReported()) if now - one.began_at >= LONGEST_CALL else None


def _closed(database: Database, world: World, one: Unended, end: End, now: datetime) -> bool:
    with database.write() as connection:
        if not one.party:
            leg = "" if one.sid == one.call else one.sid
            return project(connection, swept_record(one.call, leg, one.number, end, now))
        scene = scene_of(connection, world, now, one.call)
        party = scene.party(one.party) if scene else None
        if scene and party:
            gone(scene, party, END_UNREPORTED)
        return bool(scene and party)
