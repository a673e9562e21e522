"""What can we answer? The vocabulary of a step, before it becomes TwiML."""

from dataclasses import dataclass

from directory.numbers import Number
from ivr.legs import LegPlace, Seat
from ivr.position import Position

Place = Position | LegPlace
"""Where a link leads: a caller's position, or a leg of the desk."""

PATIENCE = 10
"""Seconds that a caller has when it is their turn (ruling 32: relay and slow callers)."""


@dataclass(frozen=True, slots=True)
class Say:
    """Speak a text."""

    text: str


@dataclass(frozen=True, slots=True)
class Listen:
    """Speak, then wait for keys: ``keys`` of them, or any number ended by # where it is none. ``music`` of so many seconds may
    follow the words; a key is heard during it, too."""

    text: str
    then: Place
    keys: int | None = 1
    seconds: int = PATIENCE
    music: int = 0


@dataclass(frozen=True, slots=True)
class Ring:
    """Ring one phone. ``whisper`` is where its screening begins; without one, answering connects. ``caller_id`` is what
    the phone shows instead of the caller's own number."""

    number: Number
    then: Position
    whisper: Position | None
    caller_id: Number | None
    seconds: int


@dataclass(frozen=True, slots=True)
class Connect:
    """End the whisper so that Twilio connects the two."""


@dataclass(frozen=True, slots=True)
class HangUp:
    """End this leg."""


@dataclass(frozen=True, slots=True)
class Music:
    """Something between two texts, so that nobody thinks the line is dead; seconds."""

    seconds: int = 3


@dataclass(frozen=True, slots=True)
class Go:
    """Go on at another place."""

    to: Place


@dataclass(frozen=True, slots=True)
class Confer:
    """Into a room. ``wait`` is heard until somebody is to be heard there, ``then`` is asked for when this leg is out of it, and
    ``told`` is told who comes and goes."""

    room: str
    label: str
    seat: Seat
    wait: Place
    then: Place
    told: LegPlace | None = None


@dataclass(frozen=True, slots=True)
class Enqueue:
    """Into a queue. ``wait`` is asked for again and again meanwhile, ``then`` once the caller is out of it."""

    queue: str
    wait: Position
    then: Position


@dataclass(frozen=True, slots=True)
class Leave:
    """Out of the queue."""


@dataclass(frozen=True, slots=True)
class CallOut:
    """Dial somebody from a leg of the desk. ``greeting`` is what they hear before the two are connected, ``then`` is asked for
    when they are off the line again."""

    number: Number
    caller_id: Number
    greeting: LegPlace
    then: LegPlace
    seconds: int


Reply = Say | Listen | Ring | Connect | HangUp | Music | Go | Confer | Enqueue | Leave | CallOut
