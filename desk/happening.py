"""What is done when something happens to a transfer? The table decides; its deeds become changes and errands, in one transaction."""

from collections.abc import Callable, Mapping
from uuid import uuid4

from desk import occupied
from desk.candidates import next_rung
from desk.scene import CALLER, SOON, Scene
from desk.transfer import Deed, Event, State, after
from store import conversations, errands, parties, transfers
from store.parties import Here, Party, Role
from store.transfers import Transfer

HELD_STATES = frozenset((State.RINGING, State.CONSULTING))
"""While a transfer is in one of these the caller is on hold."""


def happened(scene: Scene, key: str, event: Event, reason: str = "") -> State:
    """Something has happened to a transfer; its new state. A command that is not offered raises RefusedError."""
    known = transfers.one(scene.connection, key)
    if known is None:
        raise LookupError(key)
    state = State(known.state)
    step = after(state, event)
    if step.to is not state:
        transfers.advance(scene.connection, known, step.to.value, reason)
    if step.to is State.COMPLETED and state is not State.COMPLETED:
        _hand_over(scene, known)
    for deed in step.deeds:
        DEEDS[deed](scene, known)
    if step.to.is_over:
        conversations.disengage(scene.connection, scene.call, key)
    return State(_known(scene, key).state)


def consulted(scene: Scene, key: str) -> Party | None:
    """Who rings or speaks for this transfer now."""
    alive = parties.of_call(scene.connection, scene.call, parties.ALIVE)
    return next((party for party in reversed(alive) if party.transfer == key), None)


def ring_next(scene: Scene, transfer: Transfer) -> None:
    """Ring the next phone, or say that nobody is left."""
    rung, talk = next_rung(scene, transfer), scene.talk
    if rung is None or talk.dialled is None:
        happened(scene, transfer.id, Event.NOBODY_LEFT, NOBODY)
        return
    number = rung.number
    new = Party(
        uuid4().hex[:16], scene.call, Role.CONSULTED, rung.who, number.number.e164, talk.dialled, scene.now,
        occupied.holder_of(scene.connection, number.number.e164, scene.now), number.accept.value, transfer=transfer.id,
        generation=talk.generation,
    )  # fmt: skip
    parties.add(scene.connection, new)
    occupied.rings(scene, new)
    scene.asks("ring", new.id, urgency=1 if talk.priority == conversations.RISK else 2)
    for handler in _handlers(scene):
        scene.asks("tell", handler.id, body={"room": talk.room, "note": TRYING})


TRYING = 2
"""The note that tells a handler whose phone rings now (``desk.legs``)."""


NOBODY = "Nobody could be reached; the caller is with you."


def _known(scene: Scene, key: str) -> Transfer:
    found = transfers.one(scene.connection, key)
    if found is None:
        raise LookupError(key)
    return found


def _hand_over(scene: Scene, known: Transfer) -> None:
    """The room is the consulted party's from now on: the one who has just accepted, or who has been speaking. A colleague at the
    desk has the call then, and may pass it on."""
    heir = consulted(scene, known.id)
    if heir is None:
        return
    conversations.hand_to(scene.connection, scene.call, heir.id, scene.now, heir.handler)
    if heir.handler:
        parties.becomes_handler(scene.connection, heir.id)


def _stop_ringing(scene: Scene, known: Transfer) -> None:
    ringing = consulted(scene, known.id)
    if ringing and ringing.state in parties.COMING:
        end_leg(scene, ringing, "cancelled")


def _hang_up_consulted(scene: Scene, known: Transfer) -> None:
    speaking = consulted(scene, known.id)
    if speaking:
        end_leg(scene, speaking, "released")


def end_leg(scene: Scene, party: Party, outcome: str) -> None:
    """Ask for a leg to be ended; one that was never rung is gone at once, unless it may yet ring."""
    if party.state is Here.ASKED and party.sid is None:
        unsure = errands.may_ring(scene.connection, party.id)
        parties.goes(scene.connection, party.id, parties.UNKNOWN if unsure else outcome)
    elif parties.leaves(scene.connection, party.id, outcome):
        scene.asks("end", party.id)


def _take_off_hold(scene: Scene, known: Transfer) -> None:  # noqa: ARG001  # every deed takes the transfer
    scene.asks("unhold", body={"room": scene.talk.room, "who": CALLER})


def _make_owner(scene: Scene, known: Transfer) -> None:
    """The consulted party's leaving ends the room, the handler's no more; then the handler is released."""
    room, heir = scene.talk.room, scene.owner
    if heir and (heir.transfer == known.id or heir.handler):
        scene.asks("owner", heir.id, body={"room": room, "ends": True})
    for handler in _handlers(scene):
        if heir is None or handler.id != heir.id:
            scene.asks("owner", handler.id, body={"room": room, "ends": False})
            end_leg(scene, handler, "handed over")


def _handlers(scene: Scene) -> tuple[Party, ...]:
    """The handlers who are in the room."""
    here = parties.of_call(scene.connection, scene.call, (Here.IN,))
    return tuple(party for party in here if party.role is Role.HANDLER)


def _tell_handler(scene: Scene, known: Transfer) -> None:  # noqa: ARG001  # every deed takes the transfer
    for handler in _handlers(scene):
        scene.asks("tell", handler.id, body={"room": scene.talk.room, "note": 0})


def _send_on(scene: Scene, known: Transfer) -> None:  # noqa: ARG001  # every deed takes the transfer
    """The caller's own document does it; should it not be asked for, they are fetched out of the empty room."""
    scene.asks("fetch", wait=SOON, body={"generation": scene.talk.generation})


def _by_the_leg(scene: Scene, known: Transfer) -> None:
    """The reply to the leg does it (``desk.legs``)."""


DEEDS: Mapping[Deed, Callable[[Scene, Transfer], None]] = {
    Deed.RING_NEXT: ring_next,
    Deed.STOP_RINGING: _stop_ringing,
    Deed.LET_IN: _by_the_leg,
    Deed.TURN_AWAY: _by_the_leg,
    Deed.HANG_UP_CONSULTED: _hang_up_consulted,
    Deed.TAKE_OFF_HOLD: _take_off_hold,
    Deed.HAND_OVER: _make_owner,
    Deed.TELL_HANDLER: _tell_handler,
    Deed.SEND_ON: _send_on,
}
