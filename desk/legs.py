"""What does a leg of the desk hear, in each state? The handler's or consulted party's document, asked for again at every end."""

from datetime import timedelta
from typing import assert_never

from desk import occupied
from desk.happening import TRYING, happened
from desk.leaving import caller_gone, gone
from desk.offers import accept, whisper
from desk.scene import Scene
from desk.transfer import Event, State
from ivr.events import Keyed, Silent
from ivr.legs import Answered, Back, Called, LegEvent, LegPlace, LegStage, Over, Rings, RoomTold, Seat, Turn
from ivr.replies import Confer, Go, HangUp, Listen, Music, Reply, Say
from store import conversations, parties, transfers
from store.conversations import At
from store.parties import ALIVE, COMING, Here, Party, Role
from store.transfers import Transfer

Replies = tuple[Reply, ...]

ALONE = timedelta(seconds=20)
"""So long may somebody wait in a room for a caller; then the caller is not coming."""

WHISPER_PATIENCE = 4
GONE = (Say("The caller has hung up. Goodbye."), HangUp())
LATE = (Say("Thank you. The caller is being helped already. Goodbye."), HangUp())
FINISHED = (Say("This call has ended. Goodbye."), HangUp())
COMING_SOON = "You are being connected."


def leg(scene: Scene, party: Party, place: LegPlace, event: LegEvent) -> Replies:
    """What this leg does next."""
    match event:
        case Answered():
            return _asked(scene, party)
        case Keyed(keys="1"):
            return _accepts(scene, party)
        case Keyed() | Silent():
            return (HangUp(),)
        case Back():
            return _back(scene, party, place)
        case Turn():
            return _again(scene, party, place)
        case Rings() | RoomTold() | Called():
            return ()
        case Over(how=how):
            gone(scene, party, how)
            return ()
        case _:
            assert_never(event)


def _asked(scene: Scene, party: Party) -> Replies:
    """The whisper; one who is rung on a number that only connects is let in as they answer (ruling 2)."""
    if party.state not in COMING:
        return _turned_away(scene)
    if party.accept == "connect":
        return _accepts(scene, party)
    if party.role is Role.HANDLER:
        words = whisper(scene, scene.talk)
    else:
        plan = scene.world.plans.of_line(scene.talk.line)
        words = f"A colleague asks for you. Press 1 to accept: {party.who}, {plan.name if plan else scene.talk.line}."
    return (Listen(words, LegPlace(party.id, LegStage.ACCEPT), seconds=WHISPER_PATIENCE), HangUp())


def _accepts(scene: Scene, party: Party) -> Replies:
    """Key 1. A retry of the same request finds them in already."""
    if party.state is Here.IN:
        return _into_room(scene, party)
    if party.state not in COMING:
        return _turned_away(scene)
    if party.role is Role.HANDLER:
        return _into_room(scene, party) if accept(scene, party) else _turned_away(scene)
    return _is_consulted(scene, party)


def _is_consulted(scene: Scene, party: Party) -> Replies:
    parties.enters(scene.connection, party.id, scene.talk.generation)
    occupied.speaks(scene, party)
    happened(scene, party.transfer or "", Event.ACCEPTED)
    if _belongs(scene, scene.party(party.id) or party):
        return _into_room(scene, party)
    parties.goes(scene.connection, party.id, "too late")
    occupied.wraps_up(scene, party)
    return _turned_away(scene)


def _belongs(scene: Scene, party: Party) -> bool:
    """Whether somebody has a place in the call: it is their room, or they are consulted about it."""
    if scene.talk.state is not At.TALKING or party.state not in ALIVE:
        return False
    transfer = transfers.one(scene.connection, party.transfer)
    is_consulted = transfer is not None and State(transfer.state) in (State.CONSULTING, State.JOINED)
    return is_consulted or scene.talk.party == party.id


def _turned_away(scene: Scene) -> Replies:
    return GONE if scene.talk.state is At.ENDED else LATE


def _into_room(scene: Scene, party: Party) -> Replies:
    """Into the room that counts, as its owner or as a guest."""
    talk = scene.talk
    parties.enters(scene.connection, party.id, talk.generation)
    seat = Seat.OWNER if talk.party == party.id else Seat.GUEST
    wait, then = (LegPlace(party.id, stage, talk.generation) for stage in (LegStage.WAIT, LegStage.AFTER))
    return (Confer(talk.room, f"{party.role}-{party.id}", seat, wait, then),)


def _back(scene: Scene, party: Party, place: LegPlace) -> Replies:
    """Out of a room that has ended, and still on the line: a moment later it is known who has left."""
    if not _belongs(scene, party):
        return _farewell(scene)
    return (Say("One moment, please."), Music(1), Go(LegPlace(party.id, LegStage.TICK, place.hop)))


def _farewell(scene: Scene) -> Replies:
    return GONE if scene.talk.state is At.ENDED else FINISHED


def _again(scene: Scene, party: Party, place: LegPlace) -> Replies:
    match place.stage:
        case LegStage.TICK:
            return _returns(scene, party, place)
        case LegStage.NOTE:
            return _note(scene, place)
        case _:
            return _waits(scene, party, place)


def _returns(scene: Scene, party: Party, place: LegPlace) -> Replies:
    """Into the next room with the caller, if this party still has a place in the call."""
    talk = scene.talk
    if not _belongs(scene, party):
        return _farewell(scene)
    if place.hop == talk.generation:
        conversations.move(scene.connection, talk, scene.now)
    return _into_room(scene, party)


def _waits(scene: Scene, party: Party, place: LegPlace) -> Replies:
    """In the room before the caller. One who waits too long waits for nobody."""
    talk = scene.talk
    alone = talk.state is At.TALKING and talk.party == party.id and scene.now - (talk.moved_at or scene.now) > ALONE
    if alone:
        caller_gone(scene)
    return (Say(COMING_SOON), Music(4), Go(place))


def _note(scene: Scene, place: LegPlace) -> Replies:
    """Words into an ear: why a transfer came to nothing (hop 0), that the call is over (hop 1), or whose phone rings (TRYING)."""
    if place.hop not in (0, TRYING):
        return _farewell(scene)
    known = next(reversed(transfers.of_call(scene.connection, scene.call)), None)
    if known is None:
        return ()
    if place.hop == TRYING:
        return _trying(scene, known)
    return (Say(known.reason or "The transfer has ended."),)


def _trying(scene: Scene, known: Transfer) -> Replies:
    """What a handler hears who waits for the other's phone to be answered, at each phone."""
    ringing = next(
        (party for party in parties.of_call(scene.connection, scene.call, COMING) if party.transfer == known.id), None
    )
    if ringing is None:
        return ()
    if not known.tried:
        return (Say(f"Calling {ringing.who}."),)
    missed = known.tried[-1]
    return (Say(f"{missed['who']}: {missed['outcome']}. Trying the next number."),)
