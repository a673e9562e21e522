"""How is one errand run? What is asked of the carrier is looked at once more, asked outside of any transaction, and noted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from carrier.answers import NOT_A_DESTINATION, refusal
from carrier.port import Carrier, Result, RingOrder
from desk.happening import HELD_STATES, TRYING
from desk.outgoing import turned_away
from desk.scene import Scene
from desk.transfer import State
from directory.numbers import Number
from directory.policy import denial
from ivr.legs import LegPlace, LegStage
from ivr.position import Position, Stage
from ivr.replies import Place
from store import parties, transfers
from store.conversations import At
from store.errands import Errand
from store.outgoing import ORDINARY, Caps
from store.parties import ALIVE, Here, Role

Asking = Callable[[], Result]
"""A request that is ready to be made; it ends within the carrier's timeout."""

Address = Callable[[Place], str]
"""The whole URL of a place."""

RING_SECONDS = 15
"""Twilio adds five (D:dial)."""

BACKWARDS = timedelta(seconds=1)

Told = Callable[[Errand, Result, float], object]
"""Who is told what an errand came to at the carrier, and after how many seconds. Waits for nothing, and never raises."""


def untold(errand: Errand, result: Result, seconds: float) -> None:
    """Nobody is told."""


@dataclass(frozen=True, slots=True)
class Means:
    """What errands are run with."""

    carrier: Carrier
    address: Address
    caps: Caps = ORDINARY
    told: Told = untold


def asking(scene: Scene, errand: Errand, means: Means) -> Asking | None:
    """The request of an errand, or nothing where it is not wanted any more."""
    return KINDS[errand.kind](scene, errand, means)


def is_search(errand: Errand) -> bool:
    """Whether a ring may have been placed before, so that it is looked for and not asked for a second time."""
    return errand.attempts > 1 and errand.result != "busy"


def _ring(scene: Scene, errand: Errand, means: Means) -> Asking | None:
    party = scene.party(errand.party)
    if party is None or party.sid or party.state is not Here.ASKED:
        return None
    to = Number(party.number)
    if is_search(errand):
        others = parties.sids_at(scene.connection, party.number, party.id)
        return lambda: means.carrier.find_ring(to, errand.asked_at - BACKWARDS, others)
    if denial(to, frozenset[str]().union(*scene.world.directory.excepted.values())):
        return lambda: refusal(NOT_A_DESTINATION)
    capped = turned_away(scene.connection, means.caps, party.number, scene.now) if party.role is Role.INVITED else None
    if capped:
        return lambda: capped
    url, told = (means.address(LegPlace(party.id, stage)) for stage in (LegStage.WHISPER, LegStage.STATUS))
    order = RingOrder(to, Number(party.caller_id), url, told, RING_SECONDS)
    return lambda: means.carrier.ring(order)


def _end(scene: Scene, errand: Errand, means: Means) -> Asking | None:
    party = scene.party(errand.party)
    sid = party.sid if party else None
    return (lambda: means.carrier.end(sid)) if sid else None


def _hold(scene: Scene, errand: Errand, means: Means) -> Asking | None:
    if scene.talk.transfer != errand.body["transfer"]:
        return None
    url = means.address(caller_place(scene, Stage.HOLD))
    return lambda: means.carrier.hold(errand.body["room"], errand.body["who"], url)


def _unhold(scene: Scene, errand: Errand, means: Means) -> Asking | None:
    """Not while somebody else is being consulted: a held caller never comes into that."""
    live = transfers.one(scene.connection, scene.talk.transfer)
    if scene.talk.state is At.ENDED or (live and State(live.state) in HELD_STATES):
        return None
    return lambda: means.carrier.unhold(errand.body["room"], errand.body["who"])


def _owner(scene: Scene, errand: Errand, means: Means) -> Asking | None:
    party = scene.party(errand.party)
    sid = party.sid if party and party.state is not Here.GONE else None
    room, ends = errand.body["room"], errand.body["ends"]
    return (lambda: means.carrier.owner(room, sid, ends=ends)) if sid else None


def _dequeue(scene: Scene, errand: Errand, means: Means) -> Asking | None:
    talk = scene.talk
    if talk.state is not At.TALKING or talk.generation != errand.body["generation"]:
        return None
    url = means.address(caller_place(scene, Stage.CONFER))
    return lambda: means.carrier.dequeue(errand.body["queue"], scene.call, url)


def _fetch(scene: Scene, errand: Errand, means: Means) -> Asking | None:
    """The caller is fetched out of a room whose owner has gone, unless their own document has brought them out already."""
    talk, owner = scene.talk, scene.owner
    stays = talk.state is At.TALKING and talk.generation == errand.body["generation"]
    if not stays or (owner and owner.state in ALIVE):
        return None
    url = means.address(caller_place(scene, Stage.AFTER))
    return lambda: means.carrier.redirect(scene.call, url)


def _tell(scene: Scene, errand: Errand, means: Means) -> Asking | None:
    party = scene.party(errand.party)
    if party is None or party.sid is None or party.state is not Here.IN:
        return None
    note = int(errand.body.get("note", 0))
    if note == TRYING and not _rings_on(scene):
        return None
    sid, url = party.sid, means.address(LegPlace(party.id, LegStage.NOTE, note))
    return lambda: means.carrier.announce(errand.body["room"], sid, url)


def _rings_on(scene: Scene) -> bool:
    """Whether somebody's phone rings still, so that it can be told."""
    live = transfers.one(scene.connection, scene.talk.transfer)
    return live is not None and State(live.state) in (State.RINGING, State.ADDING)


def _farewell(scene: Scene, errand: Errand, means: Means) -> Asking | None:
    party = scene.party(errand.party)
    if party is None or party.sid is None or party.state is Here.GONE:
        return None
    sid, url = party.sid, means.address(LegPlace(party.id, LegStage.NOTE, 1))
    return lambda: means.carrier.redirect(sid, url)


def _mute(scene: Scene, errand: Errand, means: Means) -> Asking | None:
    party = scene.party(errand.party)
    sid = party.sid if party and party.state is Here.IN else None
    room, muted = errand.body["room"], errand.body["muted"]
    return (lambda: means.carrier.mute(room, sid, muted=muted)) if sid else None


def _remove(scene: Scene, errand: Errand, means: Means) -> Asking | None:
    party = scene.party(errand.party)
    sid = party.sid if party and party.state is Here.LEAVING else None
    return (lambda: means.carrier.remove(errand.body["room"], sid)) if sid else None


def _end_room(scene: Scene, errand: Errand, means: Means) -> Asking | None:
    """A meeting is over for whoever is in it still."""
    there = parties.of_call(scene.connection, scene.call, (Here.IN, Here.LEAVING))
    return (lambda: means.carrier.end_room(errand.body["room"])) if there else None


def _return(scene: Scene, errand: Errand, means: Means) -> Asking | None:
    """Whoever is alone in a conference comes back into it, and hears the waiting music there."""
    party = scene.party(errand.party)
    here = parties.of_call(scene.connection, scene.call, (Here.IN,))
    if party is None or party.sid is None or [one.id for one in here] != [party.id]:
        return None
    sid, url = party.sid, means.address(LegPlace(party.id, LegStage.TICK))
    return lambda: means.carrier.redirect(sid, url)


def caller_place(scene: Scene, stage: Stage) -> Position:
    """Where the caller's own leg is taken, in the node whose queue they joined."""
    kept: Mapping[str, object] = scene.talk.place
    fields = {name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()}
    mark = scene.talk.generation if stage is Stage.AFTER else None
    return Position(**fields | {"stage": stage, "mark": mark})  # type: ignore[arg-type]  # as it was kept


KINDS: Mapping[str, Callable[[Scene, Errand, Means], Asking | None]] = {
    "ring": _ring,
    "end": _end,
    "hold": _hold,
    "unhold": _unhold,
    "owner": _owner,
    "dequeue": _dequeue,
    "fetch": _fetch,
    "tell": _tell,
    "farewell": _farewell,
    "mute": _mute,
    "remove": _remove,
    "end-room": _end_room,
    "return": _return,
}
