"""Where does a caller belong who comes out of the queue or out of a room? A function of the state; no request to the carrier
has to succeed for it (ADR 0010)."""

from datetime import timedelta

from desk.happening import HELD_STATES, consulted
from desk.leaving import gone
from desk.scene import Scene
from desk.transfer import State
from directory.model import Accept
from directory.numbers import Number
from ivr.legs import Belonging, InRoom, LeftAlone, ToLine, ToNumber, ToPerson, ToRole, ToTeam, WaitFor
from store import conversations, parties, transfers
from store.conversations import At, Conversation
from store.parties import ALIVE, Here

PATIENCE = timedelta(seconds=8)
"""So long is somebody waited for who is said to be on the line; every document of theirs asks more often."""

HOLDING = "Thank you for holding. You are still connected."
A_MOMENT = "One moment, please."
TRYING = "Thank you for waiting. We are still trying to reach somebody for you."


def belongs(scene: Scene, came_from: int | None) -> Belonging:
    """Where the caller goes now. ``came_from`` is the generation of the room they come out of. Where they were sent on, they hear
    the same when it is asked twice."""
    talk = scene.talk
    if talk.state is At.ENDED and talk.onward:
        return _onward(scene, talk)
    if talk.state is not At.TALKING:
        return _alone(scene)
    if came_from == talk.generation:
        talk = conversations.move(scene.connection, talk, scene.now)
    if talk.onward:
        return _onward(scene, talk)
    return _with_owner(scene, talk) or _without(scene, talk)


def _with_owner(scene: Scene, talk: Conversation) -> Belonging | None:
    """Into the room of whoever has it, once they are in; they are waited for a little."""
    owner = scene.party(talk.party)
    if owner is None or owner.state not in ALIVE:
        return None
    transfer = transfers.one(scene.connection, talk.transfer)
    if transfer and State(transfer.state) in HELD_STATES and owner.generation == talk.generation:
        return WaitFor(HOLDING, talk.generation)
    if owner.state is Here.IN and owner.generation == talk.generation:
        return InRoom(talk.room, talk.generation)
    if scene.now - (talk.moved_at or scene.now) < PATIENCE:
        return WaitFor(A_MOMENT, talk.generation)
    gone(scene, owner, "left the room")
    return _with_owner(scene, scene.talk)


def _without(scene: Scene, talk: Conversation) -> Belonging:
    """Whoever had the room has gone: somebody's phone may ring for the caller still."""
    rings = consulted(scene, talk.transfer) if talk.transfer else None
    if rings and rings.state in parties.COMING:
        return WaitFor(TRYING, talk.generation)
    return _alone(scene)


def _onward(scene: Scene, talk: Conversation) -> Belonging:
    conversations.close(scene.connection, scene.call, scene.now)
    onward = talk.onward or {}
    slug, rung = onward["slug"], parties.of_call(scene.connection, scene.call)
    tried = tuple(Number(party.number) for party in rung)
    match onward["kind"]:
        case "line":
            return ToLine(slug)
        case "team":
            return ToTeam(slug, tried)
        case "person":
            return ToPerson(slug, tried)
        case "number":
            return ToNumber(Number(slug), Accept(onward["accept"]), tried)
        case _:
            return ToRole(slug, tried)


def _alone(scene: Scene) -> Belonging:
    conversations.close(scene.connection, scene.call, scene.now)
    return LeftAlone()
