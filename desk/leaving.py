"""What follows when somebody's leg is over: not reached, hung up, or the caller gone?"""

from desk import callback_calls, meeting_rings, number_calls, occupied
from desk.happening import end_leg, happened
from desk.scene import SOON, Scene
from desk.transfer import Event, State
from store import conversations, parties, presence, transfers
from store.conversations import At
from store.parties import Here, Party, Role
from store.presence import Status

OUTCOMES = {
    "busy": "engaged",
    "failed": "not reachable",
    "no-answer": "no answer",
    "canceled": "no answer",
    "completed": "not accepted",
}
HUNG_UP = "hung up"
"""What became of somebody who was in the room."""


def gone(scene: Scene, party: Party, how: str) -> None:
    """A leg is over; ``how`` is Twilio's CallStatus, or our own words. Once: the second time nothing happens."""
    was = party.state
    outcome = HUNG_UP if was not in parties.COMING and how == "completed" else OUTCOMES.get(how, how)
    if not parties.goes(scene.connection, party.id, outcome):
        return
    if party.role is Role.INVITED:
        meeting_rings.gone(scene, party, was)
    elif party.role is Role.RETURNING:
        callback_calls.gone(scene, party, was, outcome)
    elif party.role is Role.TESTED:
        number_calls.gone(scene, party, how)
    elif was is Here.LEAVING:
        occupied.wraps_up(scene, party)
    elif party.role is Role.HANDLER:
        _handler_gone(scene, party, was, how)
    else:
        _consulted_gone(scene, party, was, outcome)


def _handler_gone(scene: Scene, party: Party, was: Here, how: str) -> None:
    if was in parties.COMING:
        _missed(scene, party, Status.WRAP_UP if how == parties.UNKNOWN else Status.AWAY)
        return
    occupied.wraps_up(scene, party)
    talk = scene.talk
    if talk.transfer:
        happened(scene, talk.transfer, Event.HANDLER_LEFT)
    if talk.party == party.id and talk.state is At.TALKING:
        conversations.move(scene.connection, talk, scene.now)
    if scene.talk.party == party.id and talk.state is At.TALKING:
        scene.asks("fetch", wait=SOON, body={"generation": scene.talk.generation})


def _missed(scene: Scene, party: Party, status: Status) -> None:
    """The caller waits on. Whoever did not answer is away; whoever may never have been rung is back after a while."""
    if conversations.take_back(scene.connection, scene.call, party.id) and party.handler:
        presence.change(scene.connection, party.handler, (Status.RINGING,), status, scene.now)


def _consulted_gone(scene: Scene, party: Party, was: Here, outcome: str) -> None:
    known = transfers.one(scene.connection, party.transfer)
    if known is None:
        return
    (occupied.is_free if was in parties.COMING else occupied.wraps_up)(scene, party)
    if was in parties.COMING:
        transfers.note_tried(scene.connection, known, party.who, outcome)
        happened(scene, known.id, Event.UNREACHED)
        return
    if State(known.state) is not State.COMPLETED or scene.talk.party == party.id:
        happened(scene, known.id, Event.CONSULTED_LEFT, f"{party.who} has hung up; the caller is with you.")


def caller_gone(scene: Scene) -> None:
    """The caller is not there any more: nobody's phone rings on, and whoever waits for them is told."""
    talk = scene.talk
    conversations.close(scene.connection, scene.call, scene.now)
    if talk.transfer:
        happened(scene, talk.transfer, Event.CALLER_LEFT, "The caller has hung up.")
    for party in parties.of_call(scene.connection, scene.call, parties.ALIVE):
        if party.state in parties.COMING:
            end_leg(scene, party, "caller gone")
            occupied.is_free(scene, party)
        elif parties.leaves(scene.connection, party.id, "caller gone"):
            scene.asks("farewell", party.id, wait=SOON)
