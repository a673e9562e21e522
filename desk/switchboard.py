"""What does the answering path ask of the desk? Where a leg belongs now; each answer is one transaction on one call."""

from collections.abc import Callable
from datetime import datetime

from desk import callback_legs, legs, meeting_legs, number_legs
from desk.belonging import belongs
from desk.happening import HELD_STATES
from desk.meeting_attendance import kept
from desk.scene import CALLER, scene_of
from desk.transfer import State
from ivr.legs import Belonging, LegEvent, LegPlace, LegStage, NotOurs, Over, Rings, RoomTold
from ivr.moment import World
from ivr.replies import Reply
from store import errands, meetings, parties, transfers
from store.conversations import At
from store.database import Database, Transaction
from store.parties import Party

LEGS = {
    parties.Role.INVITED: meeting_legs.leg,
    parties.Role.RETURNING: callback_legs.leg,
    parties.Role.TESTED: number_legs.leg,
}
"""Whose legs are not those of a caller's conversation."""


class Switchboard:
    """The desk as ``webhooks`` is handed it. Raises what the database raises; the door has documents for that."""

    def __init__(self, database: Database, world: Callable[[], World]) -> None:
        self._database, self._world = database, world

    def belongs(self, call: str, came_from: int | None, now: datetime) -> Belonging:
        """Where a caller belongs who comes out of the queue (none) or out of a room of this generation."""
        with self._database.write() as connection:
            scene = scene_of(connection, self._world(), now, call)
            return belongs(scene, came_from) if scene else NotOurs()

    def leg(self, place: LegPlace, sid: str, event: LegEvent, now: datetime) -> tuple[Reply, ...]:
        """What a leg of the desk does next."""
        if isinstance(event, RoomTold):
            return self._hears(place.party, event, now)
        with self._database.write() as connection:
            known = parties.one(connection, place.party)
            scene = scene_of(connection, self._world(), now, known.call) if known else None
            if known is None or scene is None:
                return legs.FINISHED
            if place.stage is LegStage.GREETING:
                return callback_legs.greeting(scene)
            parties.comes(connection, known.id, sid=sid)
            party = scene.party(known.id) or known
            if isinstance(event, Rings) and party.state not in parties.ALIVE:
                if _is_stray(connection, known):
                    scene.asks("end", party.id)
                return ()
            answer = LEGS.get(party.role, legs.leg)
            return answer(scene, party, place, event) if party.sid == sid else _of_another(event)

    def _hears(self, meeting: str, told: RoomTold, now: datetime) -> tuple[Reply, ...]:
        """A conference tells who comes and goes."""
        with self._database.write() as connection:
            if meetings.one(connection, meeting):
                meetings.note(connection, kept(meeting, told, now))
        return ()

    def held(self, call: str, now: datetime) -> None:
        """A held caller's document begins again: they are taken off hold where no consultation keeps them there."""
        with self._database.write() as connection:
            scene = scene_of(connection, self._world(), now, call)
            if scene is None or scene.talk.state is At.ENDED:
                return
            transfer = transfers.one(connection, scene.talk.transfer)
            is_kept = transfer is not None and State(transfer.state) in HELD_STATES
            if not is_kept and not errands.is_pending(connection, call, "unhold"):
                scene.asks("unhold", body={"room": scene.talk.room, "who": CALLER})


def _is_stray(connection: Transaction, known: Party) -> bool:
    """A call of which nobody had heard, for somebody who was given up; of one that was known the end is looked after."""
    return known.sid is None and not errands.is_pending(connection, known.call, "end")


def _of_another(event: LegEvent) -> tuple[Reply, ...]:
    """A second call to the same party, which the carrier placed although it did not say so: it is not wanted."""
    return () if isinstance(event, Over | Rings) else legs.LATE
