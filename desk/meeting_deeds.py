"""What does each command of the chair do to a meeting? Changes and errands, in the transaction that holds it; refusals are words."""

from collections.abc import Mapping
from http import HTTPStatus
from uuid import uuid4

from admin.problems import ProblemError
from desk.meeting_ladders import gap
from desk.meeting_rings import INVITED_BY_HAND, finish, ring_seat
from desk.scene import Scene
from store import meetings, parties
from store.meetings import Meeting, Seat, Sits, Stands
from store.parties import Here

NOT_STARTED = "This meeting has not begun; start it first."
OVER = "This meeting has ended."
LOCKED = "This meeting is closed to others; open it first (unlock)."
NOT_IN = "They are not in the meeting."
IN_ALREADY = "They are in the meeting already, or being rung for it."


def under_way(meeting: Meeting) -> None:
    """409 where the meeting has not begun, or is over."""
    if meeting.state is not Stands.STARTED:
        raise ProblemError(HTTPStatus.CONFLICT, NOT_STARTED if meeting.state is Stands.PLANNED else OVER)


def starts(scene: Scene, meeting: Meeting) -> None:
    """Ring the chair; where nobody can be rung who is to chair it, 409 with the remedy."""
    if meeting.state is Stands.ENDED:
        raise ProblemError(HTTPStatus.CONFLICT, OVER)
    if meeting.state is Stands.STARTED:
        return
    meetings.change(
        scene.connection, meeting.id, state=Stands.STARTED.value, started_at=scene.now, locked=False, reason=""
    )
    started = meetings.one(scene.connection, meeting.id) or meeting
    chair = next(seat for seat in meetings.seats(scene.connection, meeting.id) if seat.chair)
    if not ring_seat(scene, started, chair):
        raise ProblemError(HTTPStatus.CONFLICT, gap(scene.connection, scene.world, chair, scene.now))


def invites(scene: Scene, meeting: Meeting, target: Mapping[str, str], words: str) -> None:
    """One more seat, rung at once where the meeting is under way."""
    if meeting.state is Stands.ENDED:
        raise ProblemError(HTTPStatus.CONFLICT, OVER)
    if meeting.locked:
        raise ProblemError(HTTPStatus.CONFLICT, LOCKED)
    seats = meetings.seats(scene.connection, meeting.id)
    alike = [
        seat for seat in seats if (seat.target.get("kind"), seat.target.get("slug")) == (target["kind"], target["slug"])
    ]
    if any(seat.state in (Sits.INVITED, Sits.RINGING, Sits.IN) for seat in alike):
        raise ProblemError(HTTPStatus.CONFLICT, IN_ALREADY)
    named = (words or target["name"])[:140]
    new = Seat(uuid4().hex[:16], meeting.id, len(seats) + 1, INVITED_BY_HAND, named, "", target)
    meetings.add_seat(scene.connection, new)
    chair = next((seat for seat in seats if seat.chair), None)
    if meeting.state is Stands.STARTED and chair and chair.state is not Sits.RINGING:
        ring_seat(scene, meeting, new)


def mutes(scene: Scene, meeting: Meeting, seat: Seat, *, muted: bool) -> None:
    """Whether whoever has the seat is heard."""
    party = _in_room(scene, seat)
    meetings.change_seat(scene.connection, seat.id, muted=muted)
    scene.asks("mute", party, body={"room": meeting.room, "muted": muted})


def removes(scene: Scene, meeting: Meeting, seat: Seat) -> None:
    """Take whoever has the seat out of the room."""
    party = _in_room(scene, seat)
    meetings.change_seat(scene.connection, seat.id, state=Sits.REMOVED.value)
    parties.leaves(scene.connection, party, "removed")
    scene.asks("remove", party, body={"room": meeting.room})


def _in_room(scene: Scene, seat: Seat) -> str:
    here = parties.of_call(scene.connection, scene.call, (Here.IN,))
    found = next((party.id for party in here if party.transfer == seat.id), None)
    if found is None:
        raise ProblemError(HTTPStatus.CONFLICT, NOT_IN)
    return found


def locks(scene: Scene, meeting: Meeting, *, locked: bool) -> None:
    """Whether others are let in."""
    under_way(meeting)
    meetings.change(scene.connection, meeting.id, locked=locked)


def ends(scene: Scene, meeting: Meeting) -> None:
    """The meeting is over for everybody."""
    if meeting.state is Stands.PLANNED:
        raise ProblemError(HTTPStatus.CONFLICT, NOT_STARTED)
    if meeting.state is Stands.STARTED:
        finish(scene, meeting)
