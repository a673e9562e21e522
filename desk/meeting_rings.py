"""Who is rung for a meeting, and what follows when somebody's phone is over? The chair first, then everybody else, each once."""

from uuid import uuid4

from desk import occupied
from desk.candidates import may_ring_yet
from desk.happening import end_leg
from desk.meeting_ladders import phones
from desk.scene import SOON, Scene
from routing.ladder import Rung
from store import meetings, parties
from store.meetings import Meeting, Seat, Sits, Stands
from store.parties import COMING, Here, Party, Role

INVITED_BY_HAND = "invited"
"""The code of a seat that no preset has."""

NO_CHAIR = (
    "Nobody was reached who is to chair it, so nobody else was rung; start it again, or make one with another chair."
)
RING_URGENCY = 1
"""A caller at risk is answered first."""


def ring_seat(scene: Scene, meeting: Meeting, seat: Seat) -> bool:
    """Ring the next phone of a seat; where none is left the seat is not reached. Whether one rings."""
    rung = _next_phone(scene, meeting, seat)
    state = Sits.RINGING if rung else Sits.UNREACHED
    meetings.change_seat(scene.connection, seat.id, state=state.value)
    if rung is None:
        return False
    number = rung.number
    new = Party(
        uuid4().hex[:16], scene.call, Role.INVITED, rung.who, number.number.e164, meeting.caller_id, scene.now,
        occupied.holder_of(scene.connection, number.number.e164, scene.now), number.accept.value, transfer=seat.id,
    )  # fmt: skip
    parties.add(scene.connection, new)
    occupied.rings(scene, new)
    scene.asks("ring", new.id, urgency=RING_URGENCY)
    return True


def ring_others(scene: Scene, meeting: Meeting) -> None:
    """The chair is there: ring everybody who was not rung yet."""
    for seat in meetings.seats(scene.connection, meeting.id):
        if seat.state is Sits.INVITED:
            ring_seat(scene, meeting, seat)


def _next_phone(scene: Scene, meeting: Meeting, seat: Seat) -> Rung | None:
    """The first phone that was not rung since the start; for whoever was invited by hand, not for this seat."""
    rung = parties.of_call(scene.connection, meeting.id)
    since = [party for party in rung if meeting.started_at and party.asked_at >= meeting.started_at]
    if seat.code == INVITED_BY_HAND:
        since = [party for party in since if party.transfer == seat.id or party.state in parties.ALIVE]
    since += [party for party in rung if may_ring_yet(party, scene.now)]
    avoid = {party.number for party in since}
    found = phones(scene.connection, scene.world, seat.target, scene.now)
    return next((one for one in found if one.number.number.e164 not in avoid), None)


def gone(scene: Scene, party: Party, was: Here) -> None:
    """A phone that was rung for a seat is over."""
    (occupied.is_free if was in COMING else occupied.wraps_up)(scene, party)
    meeting, seat = meetings.one(scene.connection, scene.call), meetings.seat(scene.connection, party.transfer)
    if meeting is None or seat is None or meeting.state is not Stands.STARTED:
        return
    if seat.state is Sits.RINGING:
        _missed(scene, meeting, seat)
    elif seat.state is Sits.IN:
        meetings.change_seat(scene.connection, seat.id, state=Sits.LEFT.value)
    _those_left(scene, somebody_left=was not in COMING)


def _missed(scene: Scene, meeting: Meeting, seat: Seat) -> None:
    if not ring_seat(scene, meeting, seat) and seat.chair:
        meetings.change_seat(scene.connection, seat.id, state=Sits.INVITED.value)
        waits = {"state": Stands.PLANNED.value, "started_at": None, "reason": NO_CHAIR}
        meetings.change(scene.connection, meeting.id, **waits)


def _those_left(scene: Scene, *, somebody_left: bool) -> None:
    """Where nobody is left the meeting is over; one who is left alone is not left in silence."""
    meeting = meetings.one(scene.connection, scene.call)
    if meeting is None or meeting.state is not Stands.STARTED:
        return
    alive = parties.of_call(scene.connection, meeting.id, parties.ALIVE)
    here = [party for party in alive if party.state is Here.IN]
    if not alive:
        finish(scene, meeting)
    elif somebody_left and len(here) == 1:
        scene.asks("return", here[0].id, wait=SOON)


def finish(scene: Scene, meeting: Meeting) -> None:
    """The meeting is over: phones stop ringing, the room is ended, and every leg says goodbye by its own document."""
    ended = {"state": Stands.ENDED.value, "ended_at": scene.now, "reason": ""}
    meetings.change(scene.connection, meeting.id, **ended)
    for party in parties.of_call(scene.connection, meeting.id, COMING):
        end_leg(scene, party, "ended")
        occupied.is_free(scene, party)
    for seat in meetings.seats(scene.connection, meeting.id):
        over = {Sits.RINGING: Sits.UNREACHED, Sits.IN: Sits.LEFT}.get(seat.state)
        if over:
            meetings.change_seat(scene.connection, seat.id, state=over.value)
    scene.asks("end-room", body={"room": meeting.room})
