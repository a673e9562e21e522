"""What follows from an errand's result? Done, gone, refused, try again, or given up: in words where a handler waits for it."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import assert_never

from carrier.port import Busy, Done, Gone, Refused, Result, Unknown
from desk.errands import is_search
from desk.happening import happened
from desk.leaving import caller_gone, gone
from desk.scene import Scene
from desk.transfer import Event
from store import errands, parties, transfers
from store.conversations import At
from store.errands import DONE, FAILED, REFUSED, Errand

CANNOT_REACH = "We cannot reach the telephone company at the moment; the caller is still with you."
MOST_ATTEMPTS = {"hold": 4, "unhold": 40, "owner": 6, "end": 20, "dequeue": 6, "fetch": 12, "tell": 2, "farewell": 6,
                 "mute": 6, "remove": 20, "end-room": 40, "return": 6}  # fmt: skip
FOR_A_RING = timedelta(seconds=20)
"""So long is a new call asked for that the carrier is too busy for."""

FOR_A_SEARCH = timedelta(seconds=8)
"""So long is a call looked for that may have been placed; then nobody rings there a second time."""

LONGEST_PAUSE = 4.0


def noted(scene: Scene, errand: Errand, result: Result) -> None:
    """Note a result, and do what follows from it."""
    match result:
        case Done(sid=sid):
            errands.over(scene.connection, errand.id, DONE, "done", scene.now)
            AFTERWARDS.get(errand.kind, _nothing)(scene, errand, sid)
        case Gone():
            _is_gone(scene, errand)
        case Refused(code=code):
            errands.over(scene.connection, errand.id, FAILED, f"{REFUSED} {code}", scene.now)
            _given_up(scene, errand, "refused")
        case Busy():
            _again(scene, errand, "busy")
        case Unknown():
            _again(scene, errand, "unknown")
        case _:
            assert_never(result)


def _is_gone(scene: Scene, errand: Errand) -> None:
    """Nobody is there. A caller may only be on the way into the room; a call that is looked for may still appear."""
    if errand.kind in ("hold", "ring"):
        _again(scene, errand, "gone")
        return
    errands.over(scene.connection, errand.id, DONE, "gone", scene.now)
    if errand.kind == "dequeue" and errand.attempts == 1:
        caller_gone(scene)
    elif errand.kind in ("end", "farewell"):
        _ended(scene, errand, "")


def _again(scene: Scene, errand: Errand, result: str) -> None:
    waited = scene.now - errand.asked_at
    if errand.kind == "ring":
        searching = is_search(errand) or result != "busy"
        is_enough = waited > (FOR_A_SEARCH if searching else FOR_A_RING)
        result = "searched" if searching else result
    else:
        is_enough = errand.attempts >= MOST_ATTEMPTS[errand.kind]
    if is_enough:
        errands.over(scene.connection, errand.id, FAILED, result, scene.now)
        _given_up(scene, errand, "unknown" if result == "searched" else result)
    else:
        errands.put_off(scene.connection, errand.id, scene.now + _pause(errand), result)


def _pause(errand: Errand) -> timedelta:
    """Longer each time, and not for all errands alike."""
    spread = int(errand.id[:4], 16) / 0xFFFF
    return timedelta(seconds=min(LONGEST_PAUSE, 0.4 * 2**errand.attempts) * (0.75 + spread / 2))


def _given_up(scene: Scene, errand: Errand, why: str) -> None:
    party = scene.party(errand.party)
    if errand.kind == "ring" and party:
        if why != "refused":
            _note_reason(scene, errand)
        gone(scene, party, "not reachable" if why == "refused" else parties.UNKNOWN)
    elif errand.kind == "hold" and scene.talk.transfer == errand.body["transfer"]:
        happened(scene, errand.body["transfer"], Event.NOBODY_LEFT, CANNOT_REACH)
    elif errand.kind == "dequeue" and scene.talk.state is At.TALKING:
        caller_gone(scene)


def _note_reason(scene: Scene, errand: Errand) -> None:
    """What the handler is told should nobody be left to ring."""
    party = scene.party(errand.party)
    known = transfers.one(scene.connection, party.transfer if party else None)
    if known:
        transfers.advance(scene.connection, known, known.state, CANNOT_REACH)


def _nothing(scene: Scene, errand: Errand, sid: str) -> None:
    """Nothing follows."""


def _rings(scene: Scene, errand: Errand, sid: str) -> None:
    """The phone rings; where it is not wanted any more it is stopped."""
    party = scene.party(errand.party)
    if party and not parties.comes(scene.connection, party.id, sid=sid) and party.state not in parties.ALIVE:
        scene.asks("end", party.id)


def _held(scene: Scene, errand: Errand, sid: str) -> None:  # noqa: ARG001  # each is handed the sid
    transfers.note_hold(scene.connection, errand.body["transfer"], held=True)


def _ended(scene: Scene, errand: Errand, sid: str) -> None:  # noqa: ARG001  # each is handed the sid
    """The leg is over, whether or not its status callback comes."""
    party = scene.party(errand.party)
    if party and errand.kind == "end":
        gone(scene, party, party.outcome or "released")


AFTERWARDS: Mapping[str, Callable[[Scene, Errand, str], None]] = {"ring": _rings, "hold": _held, "end": _ended}
