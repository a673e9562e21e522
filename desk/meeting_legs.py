"""What does somebody hear who is rung for a meeting? A whisper and a key, the room, and never silence while they are alone there."""

from typing import assert_never

from desk import occupied
from desk.leaving import gone
from desk.meeting_rings import ring_others
from desk.scene import SOON, Scene
from ivr.events import Keyed, Silent
from ivr.legs import Answered, Back, Called, LegEvent, LegPlace, LegStage, Over, Rings, RoomTold, Seat, Turn
from ivr.replies import Confer, Go, HangUp, Listen, Music, Reply, Say
from store import meetings, parties
from store.meetings import Meeting, Sits, Stands
from store.meetings import Seat as Place
from store.parties import COMING, Here, Party

Replies = tuple[Reply, ...]

WHISPER_PATIENCE = 4
MUSIC_SECONDS = 10
OUT = "left the room"
ENDED = (Say("The meeting has ended. Goodbye."), HangUp())
CLOSED = (Say("The meeting is closed to others now. Goodbye."), HangUp())
REMOVED = (Say("You have been taken out of the meeting. Goodbye."), HangUp())
FIRST = "You are the first in this meeting. Please stay on the line; the others are being called."
ALONE = "Nobody else is in this meeting at the moment. Please stay on the line, or hang up."


def leg(scene: Scene, party: Party, place: LegPlace, event: LegEvent) -> Replies:
    """What this leg does next."""
    meeting, seat = meetings.one(scene.connection, scene.call), meetings.seat(scene.connection, party.transfer)
    if meeting is None or seat is None:
        return ENDED
    match event:
        case Answered():
            return _asked(scene, party, meeting, seat)
        case Keyed(keys="1"):
            return _accepts(scene, party, meeting, seat)
        case Keyed() | Silent():
            return (HangUp(),)
        case Back() | Turn():
            return _again(scene, party, place, meeting, seat)
        case Over(how=how):
            gone(scene, party, how)
            return ()
        case Rings() | RoomTold() | Called():
            return ()
        case _:
            assert_never(event)


def _asked(scene: Scene, party: Party, meeting: Meeting, seat: Place) -> Replies:
    """The whisper names neither child nor caller (ruling 4); a number that only connects is let in as it answers (ruling 2)."""
    if party.state not in COMING:
        return _turned_away(meeting, seat)
    if party.accept == "connect":
        return _accepts(scene, party, meeting, seat)
    owner = scene.world.directory.authorities.get(meeting.authority)
    words = f"Press 1 to accept: a strategy meeting, {owner.name if owner else meeting.authority}, as {seat.words}."
    return (Listen(words, LegPlace(party.id, LegStage.ACCEPT), seconds=WHISPER_PATIENCE), HangUp())


def _accepts(scene: Scene, party: Party, meeting: Meeting, seat: Place) -> Replies:
    """Key 1. A retry of the same request finds them in already."""
    if party.state is Here.IN:
        return _into_room(scene, party, meeting, seat)
    if party.state not in COMING or not _is_open(meeting, seat):
        return _turned_away(meeting, seat)
    if meeting.locked:
        return _locked_out(scene, party, seat)
    parties.enters(scene.connection, party.id, 0)
    occupied.speaks(scene, party)
    meetings.change_seat(scene.connection, seat.id, state=Sits.IN.value)
    if seat.chair:
        ring_others(scene, meeting)
    return _into_room(scene, party, meeting, seat)


def _is_open(meeting: Meeting, seat: Place) -> bool:
    return meeting.state is Stands.STARTED and seat.state is not Sits.REMOVED


def _locked_out(scene: Scene, party: Party, seat: Place) -> Replies:
    meetings.change_seat(scene.connection, seat.id, state=Sits.UNREACHED.value)
    parties.goes(scene.connection, party.id, "locked out")
    occupied.is_free(scene, party)
    return CLOSED


def _turned_away(meeting: Meeting, seat: Place) -> Replies:
    return REMOVED if seat.state is Sits.REMOVED and meeting.state is Stands.STARTED else ENDED


def _into_room(scene: Scene, party: Party, meeting: Meeting, seat: Place) -> Replies:
    """Everybody is a guest: the room ends when the meeting does, not when somebody's battery does."""
    if seat.muted:
        scene.asks("mute", party.id, wait=SOON, body={"room": meeting.room, "muted": True})
    wait, then = (LegPlace(party.id, stage) for stage in (LegStage.WAIT, LegStage.AFTER))
    return (Confer(meeting.room, label_of(party), Seat.GUEST, wait, then, LegPlace(meeting.id, LegStage.ROOM)),)


def label_of(party: Party) -> str:
    """Under which label somebody is in the room."""
    return f"{party.role}-{party.id}"


def _again(scene: Scene, party: Party, place: LegPlace, meeting: Meeting, seat: Place) -> Replies:
    """Alone in the room; or out of it and still on the line: the meeting is over for them, or they go in again."""
    if place.stage is LegStage.WAIT:
        return (Say(_alone(scene, meeting)), Music(MUSIC_SECONDS), Go(place))
    if not _is_open(meeting, seat) or party.state is not Here.IN:
        gone(scene, party, OUT)
        return _turned_away(meeting, seat)
    if place.stage is LegStage.AFTER:
        return (Say("One moment, please."), Music(1), Go(LegPlace(party.id, LegStage.TICK)))
    return _into_room(scene, party, meeting, seat)


def _alone(scene: Scene, meeting: Meeting) -> str:
    """Whether somebody else has been there before."""
    seats = meetings.seats(scene.connection, meeting.id)
    return ALONE if any(seat.state in (Sits.LEFT, Sits.REMOVED) for seat in seats) else FIRST
