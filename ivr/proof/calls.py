"""How does a way through a plan read as a call? Each move becomes a key, a silence, or what a phone does."""

from collections.abc import Iterator

from directory.numbers import Number
from ivr.events import Dequeued, Keyed, LegEnd, QueueEnd, Silent, Unreached
from ivr.position import Stage
from ivr.proof.example import SILENCE, Example
from ivr.proof.measuring import Way
from ivr.proof.places import Move, Place, Places
from ivr.proof.scenes import Scene
from ivr.replies import Ring

ASKED = frozenset((Stage.KEYS, Stage.NUMBER, Stage.LETTERS))
CALL_BACK_KEY = "1"


def example(line: str, scene: Scene, places: Places, way: Way) -> Example:
    """The call that takes this way in a scene."""
    went = [(places.every[at], move) for at, move in way]
    return Example(
        line,
        scene.under.at,
        scene.under.call.caller,
        _trimmed(tuple(key for place, move in went for key in _keys(place, move))),
        tuple(phone for place, move in went for phone in _phones(place, move)),
        scene.under.staffed,
        scene.emptied,
        any(_gave_up(move) for _, move in went),
    )


def _keys(place: Place, move: Move) -> Iterator[str]:
    match move.event:
        case Keyed(keys=keys) if place.position.stage in ASKED:
            yield keys
        case Silent() if place.position.stage in ASKED:
            yield SILENCE
        case Dequeued(how=QueueEnd.LEFT) if not move.drifts:
            yield CALL_BACK_KEY
        case _:
            return


def _trimmed(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Without the silences at the end, which any call has."""
    while keys and keys[-1] == SILENCE:
        keys = keys[:-1]
    return keys


def _phones(place: Place, move: Move) -> Iterator[tuple[Number, LegEnd]]:
    if isinstance(move.event, Unreached) and isinstance(place.since, Ring):
        yield place.since.number, move.event.how


def _gave_up(move: Move) -> bool:
    """Out of a queue without anybody, and without a key."""
    return isinstance(move.event, Dequeued) and move.drifts
