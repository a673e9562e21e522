"""What was done since the backup that is in force now, so that nobody is called a second time? The telephone company is asked before
any new call is placed: its list of calls knows what our database has forgotten.
"""

import hashlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from carrier.placed import Placed, PlacedCalls
from carrier.port import Carrier, Gone, Refused, Seen
from desk import callback_calls, meeting_rings
from desk.callback_bookings import follow
from desk.callback_calls import GIVEN_UP, PICKED_UP, number_of
from desk.callback_watch import ABOUT, KIND
from desk.leaving import caller_gone, gone
from desk.new_tasks import BY_ITSELF, Wanted, begun
from desk.scene import Scene, scene_of
from directory.numbers import Number
from ivr.moment import World
from store import after_restore, callback_attempts, callbacks, meetings, parties, presence, tasks
from store.after_restore import Live
from store.audit import Deed, note
from store.callback_attempts import Attempt, Goes
from store.callbacks import ACTIVE, CallBack, Stand
from store.database import Database, Transaction
from store.meetings import Sits, Stands
from store.parties import ALIVE, Party, Role
from store.presence import Status
from store.tasks import TaskState

MADE = "call-back-restored"
SOMEBODY = "somebody, after the backup"
MARGIN = timedelta(minutes=1)
"""So much two clocks may differ, and so long a call may be under way before our database knows of it."""

SAME_CALL = timedelta(seconds=30)
OVER = frozenset(("completed", "busy", "no-answer", "failed", "canceled"))
BECAME: Mapping[str, str] = {
    "busy": "engaged", "no-answer": "no answer", "failed": "not reachable", "canceled": GIVEN_UP,
}  # fmt: skip
"""What an attempt came to, by Twilio's word; any other: somebody or something there has answered."""

TAKEN_AS_MADE = Deed(
    "the desk", "outcome", "call-back", "", None, {"outcome": "reached"}, "answered after the backup that was restored"
)
SLOW = "after a restore no call is placed yet: the telephone company does not say what was called since the backup"


@dataclass(frozen=True, slots=True)
class _Known:
    """A call-back that is still to be made, and what the carrier placed to its number."""

    callback: CallBack
    number: Number
    calls: tuple[Placed, ...]


class AfterRestore:
    """One worker's share; one of them looks, and none places a call before that is done."""

    def __init__(self, database: Database, carrier: Carrier, placed: PlacedCalls, worker: str) -> None:
        self._database, self._carrier, self._placed, self._worker = database, carrier, placed, worker
        self._over = False

    def is_over(self, world: World, now: datetime) -> bool:
        """Whether calls may be placed. Asks nobody anything once it is so."""
        if not self._over:
            self._over = self._looked(world, now)
        return self._over

    def _looked(self, world: World, now: datetime) -> bool:
        with self._database.read() as connection:
            since = after_restore.pending(connection)
        if since is None:
            return True
        with self._database.write() as connection:
            if not after_restore.claimed(connection, self._worker, now):
                return False
        if not self._reconciled(world, since - MARGIN, now):
            logging.getLogger("dutyline").error(SLOW)
            return False
        with self._database.write() as connection:
            after_restore.over(connection)
        return True

    def _reconciled(self, world: World, since: datetime, now: datetime) -> bool:
        follow(self._database, world, now)
        with self._database.read() as connection:
            wanted, live = _to_make(connection), after_restore.live(connection)
        asked = [(one, number, self._placed.to(number, since)) for one, number in wanted]
        known = [_Known(one, number, calls) for one, number, calls in asked if isinstance(calls, tuple)]
        standing = {sid: self._is_over(sid) for sid in live.sids}
        if len(known) < len(asked) or None in standing.values():
            return False
        over = frozenset(sid for sid, is_over in standing.items() if is_over)
        for one in known:
            self._on(world, now, one.callback.id, lambda scene, one=one: _called(scene, one))  # type: ignore[misc]  # bound now
        self._settle(world, now, live, over)
        return True

    def _is_over(self, sid: str) -> bool | None:
        """Nothing where the carrier does not say; where there is none, a call stays as it is."""
        match self._carrier.look_up(sid):
            case Seen(status=status):
                return status in OVER
            case Gone():
                return True
            case Refused():
                return False
            case _:
                return None

    def _settle(self, world: World, now: datetime, live: Live, over: frozenset[str]) -> None:
        for key in live.meetings:
            self._on(world, now, key, lambda scene: _meeting(scene, over))
        for call in live.calls:
            if call in over:
                self._on(world, now, call, caller_gone)
        for party in live.parties:
            if party.sid is None or party.sid in over:
                self._on(world, now, party.call, lambda scene, party=party: _leg_over(scene, party))  # type: ignore[misc]  # bound now
        for key in live.attempts:
            self._on(world, now, key, _attempts_over)

    def _on(self, world: World, now: datetime, call: str, act: Callable[[Scene], object]) -> None:
        with self._database.write_in_order() as connection:
            scene = scene_of(connection, world, now, call)
            if scene:
                act(scene)


def _to_make(connection: Transaction) -> list[tuple[CallBack, Number]]:
    found = ((one, number_of(connection, one)) for one in callbacks.those(connection, ACTIVE))
    return [(one, number) for one, number in found if number]


def _called(scene: Scene, found: _Known) -> None:
    """What the carrier placed is an attempt; one that was answered counts as made, and a person is asked to see to it."""
    known = callback_attempts.of(scene.connection, found.callback.id)
    answered = [_put(scene, found, known, call) for call in found.calls]
    if any(answered):
        _taken_as_made(scene, found.callback)


def _put(scene: Scene, found: _Known, known: tuple[Attempt, ...], call: Placed) -> bool:
    """Keep what became of a call; whether it was answered, and nobody had seen to it yet."""
    came_to = BECAME.get(call.status, PICKED_UP)
    same = next((one for one in known if _is_same(one, call)), None)
    if same:
        callback_attempts.tell(scene.connection, same.id, came_to, call.seconds)
    else:
        callback_attempts.put(scene.connection, _attempt(found, call, came_to, scene.now))
    return came_to == PICKED_UP and (same is None or same.state is not Goes.OVER)


def _is_same(attempt: Attempt, call: Placed) -> bool:
    return attempt.dialled_at is not None and abs(attempt.dialled_at - call.at) <= SAME_CALL


def _attempt(found: _Known, call: Placed, came_to: str, now: datetime) -> Attempt:
    """The same one for the same call, however often it is found."""
    key = hashlib.sha256(call.sid.encode()).hexdigest()[:16]
    number, since = found.number.e164, call.at
    return Attempt(
        key, found.callback.id, SOMEBODY, "", "", "", since, Goes.OVER, number, since, now, came_to, call.seconds
    )  # fmt: skip


def _taken_as_made(scene: Scene, known: CallBack) -> None:
    connection, now = scene.connection, scene.now
    ended = {
        "state": Stand.DONE.value,
        "outcome": "reached",
        "ended_at": now,
        "ended_by": "the restore",
        "open_as": None,
    }
    callbacks.change(connection, known.id, **ended)
    note(connection, replace(TAKEN_AS_MADE, slug=known.id), now)
    tasks.close(connection, KIND, known.id, TaskState.DONE, BY_ITSELF, now)
    begun(connection, Wanted(MADE, known.authority, ABOUT, known.id, now, known.urgency), scene.world, BY_ITSELF)


def _meeting(scene: Scene, over: frozenset[str]) -> None:
    """Nobody is rung for a meeting of before the restore; where nobody is on the line any more it has ended."""
    known = meetings.one(scene.connection, scene.call)
    if known is None or known.state is not Stands.STARTED:
        return
    here = [party for party in parties.of_call(scene.connection, known.id, ALIVE) if _is_gone(party, over)]
    for party in here:
        parties.goes(scene.connection, party.id, parties.UNKNOWN)
        if party.transfer:
            meetings.change_seat(scene.connection, party.transfer, state=Sits.UNREACHED.value)
    if not parties.of_call(scene.connection, known.id, ALIVE):
        meeting_rings.finish(scene, known)


def _is_gone(party: Party, over: frozenset[str]) -> bool:
    return party.sid is None or party.sid in over


def _leg_over(scene: Scene, known: Party) -> None:
    party = scene.party(known.id)
    if party and party.role is not Role.INVITED:
        gone(scene, party, "completed" if party.sid else parties.UNKNOWN)


def _attempts_over(scene: Scene) -> None:
    """What a handler had asked for and nobody placed is not placed now: they may ask again."""
    on_the_line = {party.id for party in parties.of_call(scene.connection, scene.call, ALIVE)}
    for attempt in callback_attempts.of(scene.connection, scene.call):
        if attempt.state is not Goes.OVER and attempt.id not in on_the_line:
            callback_calls.over(scene, attempt.id, "withdrawn")
            presence.change(scene.connection, attempt.handler, (Status.RINGING,), Status.AVAILABLE, scene.now)
