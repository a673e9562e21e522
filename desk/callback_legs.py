"""What do the two hear whom a call-back brings together? The handler what it is, and key 1; then whoever is called who is calling."""

from typing import assert_never

from desk.callback_calls import ANSWERED, GIVEN_UP, NOT_WANTED, PICKED_UP, caller_id, may_be_called, number_of, over
from desk.leaving import gone
from desk.scene import Scene
from ivr.events import Keyed, Silent
from ivr.legs import Answered, Back, Called, LegEvent, LegPlace, LegStage, Over, Rings, RoomTold, Turn
from ivr.replies import CallOut, Go, HangUp, Listen, Music, Reply, Say
from store import callback_attempts, callbacks, errands, parties
from store.callback_attempts import Goes
from store.callbacks import CallBack, Sort, Stand
from store.parties import COMING, Here, Party
from store.presence import Status, change

Replies = tuple[Reply, ...]

WHISPER_PATIENCE = 4
RING_SECONDS = 25
"""So long the phone of whoever is called back rings; Twilio adds five (D:dial)."""

FINISHED = (Say("This call back is not wanted any more. Goodbye."), HangUp())
IN_TURN = (Say("One moment, please."), Music(1))
"""Another new call has just begun."""

UNREACHED = {
    "busy": ("engaged", "The line is engaged."),
    "no-answer": ("no answer", "There is no answer."),
    "canceled": (GIVEN_UP, "There is no answer."),
    "failed": ("not reachable", "This number cannot be reached."),
}
HUNG_UP = ("hung up", "They have hung up.")


def leg(scene: Scene, party: Party, place: LegPlace, event: LegEvent) -> Replies:
    """What the handler's leg does next."""
    match event:
        case Answered():
            return _asked(scene, party)
        case Keyed(keys="1"):
            return _accepts(scene, party)
        case Turn():
            return _dials(scene, party) if place.stage is LegStage.TICK else FINISHED
        case Keyed() | Silent():
            return (HangUp(),)
        case Called():
            return _called(scene, party, event)
        case Over(how=how):
            gone(scene, party, how)
            return ()
        case Back() | Rings() | RoomTold():
            return ()
        case _:
            assert_never(event)


def _asked(scene: Scene, party: Party) -> Replies:
    """The whisper names neither whoever is called nor why (ruling 4)."""
    known = _wanted(scene)
    if party.state not in COMING or known is None:
        return _not_wanted(scene, party)
    plan = scene.world.plans.of_line(known.line)
    what = "a call back to a switchboard, to check who has asked" if known.kind is Sort.CHECK else "a call back"
    words = f"Press 1 to accept: {what}, {plan.name if plan else _council(scene, known)}."
    return (Listen(words, LegPlace(party.id, LegStage.ACCEPT), seconds=WHISPER_PATIENCE), HangUp())


def _wanted(scene: Scene) -> CallBack | None:
    """The call-back, while it is still to be made."""
    known = callbacks.one(scene.connection, scene.call)
    return known if known and known.state is Stand.DIALLING else None


def _accepts(scene: Scene, party: Party) -> Replies:
    """Key 1. A retry of the same request finds them in already."""
    if party.state in COMING and _wanted(scene):
        parties.enters(scene.connection, party.id, 0)
        if party.handler:
            change(scene.connection, party.handler, (Status.RINGING,), Status.ON_CALL, scene.now)
        return _dials(scene, party)
    return _dials(scene, party) if party.state is Here.IN else _not_wanted(scene, party)


def _not_wanted(scene: Scene, party: Party) -> Replies:
    """Whoever answered for nothing is free again."""
    gone(scene, party, NOT_WANTED)
    return FINISHED


def _dials(scene: Scene, party: Party) -> Replies:
    """Dial whoever is to be called back; where another new call has begun within the second, in a second."""
    attempt, known = callback_attempts.one(scene.connection, party.id), _wanted(scene)
    number = number_of(scene.connection, known) if known else None
    shown = caller_id(scene.world, known) if known else None
    if attempt is None or number is None or shown is None or attempt.state is Goes.OVER:
        return _not_wanted(scene, party)
    if not may_be_called(number, scene.world.directory):
        return _not_wanted(scene, party)
    greeting, then = (LegPlace(party.id, stage) for stage in (LegStage.GREETING, LegStage.RETURN))
    dials = (CallOut(number, shown, greeting, then, RING_SECONDS),)
    if attempt.state is Goes.DIALLED:
        return dials
    if not errands.takes_the_second(scene.connection, scene.now):
        return (*IN_TURN, Go(LegPlace(party.id, LegStage.TICK)))
    told = {"dialled": number.e164, "dialled_at": scene.now}
    callback_attempts.moves(scene.connection, attempt.id, Goes.RINGING, Goes.DIALLED, **told)
    return dials


def _called(scene: Scene, party: Party, how: Called) -> Replies:
    """Whoever was called is off the line again, or was never on it. This counts, also where the handler's own end came first."""
    outcome, words = (ANSWERED, "") if how.bridged else UNREACHED.get(how.status, HUNG_UP)
    for state in (Goes.DIALLED, Goes.OVER):
        callback_attempts.moves(scene.connection, party.id, state, state, outcome=outcome, seconds=how.seconds)
    over(scene, party.id, outcome)
    return (HangUp(),) if how.bridged else (Say(f"{words} Goodbye."), HangUp())


def greeting(scene: Scene) -> Replies:
    """What whoever is called hears at once: who is calling, and neither a name nor a matter."""
    _picked_up(scene)
    known = callbacks.one(scene.connection, scene.call)
    council = _council(scene, known) if known else ""
    return (Say(f"This is {council} children's social care, returning your call."),)


def _picked_up(scene: Scene) -> None:
    """Kept at once: where nothing is heard of the call's end, it is known at least that somebody or something has answered."""
    for attempt in callback_attempts.of(scene.connection, scene.call):
        if attempt.state is Goes.DIALLED:
            callback_attempts.tell(scene.connection, attempt.id, PICKED_UP)


def _council(scene: Scene, known: CallBack) -> str:
    owner = scene.world.directory.authorities.get(known.authority)
    return owner.name if owner else known.authority
