"""Which legs does the desk place itself, what can happen on them, and where does a caller belong who comes back from one?

A handler's or consulted party's leg runs documents at ``LegPlace`` addresses; a caller's stands at a ``Position``. Both ask
the desk again whenever a document ends (ADR 0010).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from directory.model import Accept
from directory.numbers import Number
from ivr.events import Keyed, Silent


class LegStage(StrEnum):
    """What a leg of the desk is waiting for; the letter stands in the URL."""

    WHISPER = "w"
    ACCEPT = "a"
    WAIT = "q"
    AFTER = "f"
    TICK = "t"
    NOTE = "n"
    STATUS = "s"
    ROOM = "m"
    RETURN = "r"
    GREETING = "g"


@dataclass(frozen=True, slots=True)
class LegPlace:
    """A leg's place: whose (the opaque id of a party), what it waits for, and the generation of the room it speaks of. ``ROOM``
    is no leg: a conference tells there who comes and goes, and the id is a meeting's."""

    party: str
    stage: LegStage
    hop: int = 0


@dataclass(frozen=True, slots=True)
class Answered:
    """Somebody or something has picked up; the whisper begins."""


@dataclass(frozen=True, slots=True)
class Back:
    """The leg is out of its room and still on the line. ``was_in`` is false where it never came in."""

    was_in: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """A document that repeats itself asks again."""


@dataclass(frozen=True, slots=True)
class Rings:
    """The carrier tells of a call in progress; its sid is known from now on at the latest."""


@dataclass(frozen=True, slots=True)
class Over:
    """The leg has ended; ``how`` is Twilio's CallStatus: completed, busy, failed, no-answer, canceled."""

    how: str


@dataclass(frozen=True, slots=True)
class RoomTold:
    """A conference tells what happened in it: ``what`` is Twilio's StatusCallbackEvent, ``sequence`` counts within the conference,
    ``label`` is whose coming or going it was (Twilio: voice/twiml/conference)."""

    what: str
    conference: str
    sequence: int
    label: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Called:
    """Whoever was dialled from this leg is off the line. ``bridged``: the two were connected; ``status`` is Twilio's DialCallStatus."""

    bridged: bool
    status: str
    seconds: int


LegEvent = Answered | Keyed | Silent | Back | Turn | Rings | Over | RoomTold | Called


class Seat(StrEnum):
    """As whom somebody is in a room: whether the room starts with them, and ends when they leave.

    A caller ends it and does not start it; its owner does both; a guest starts it and may leave (Twilio: recipe 9.2).
    """

    CALLER = "caller"
    OWNER = "owner"
    GUEST = "guest"

    @property
    def starts(self) -> bool:
        """Whether the conference begins when they come in."""
        return self is not Seat.CALLER

    @property
    def ends(self) -> bool:
        """Whether the conference is over when they leave."""
        return self is not Seat.GUEST


@dataclass(frozen=True, slots=True)
class InRoom:
    """The caller belongs into this room, of this generation of the call's rooms."""

    room: str
    generation: int


@dataclass(frozen=True, slots=True)
class WaitFor:
    """The caller waits, with words, for somebody who is on the way; asked again every few seconds."""

    words: str
    generation: int


@dataclass(frozen=True, slots=True)
class ToTeam:
    """The caller goes on to a team's ladder, without the numbers that were rung already."""

    team: str
    tried: tuple[Number, ...] = ()


@dataclass(frozen=True, slots=True)
class ToPerson:
    """The caller goes on to a worker's ladder (worker, manager, duty)."""

    person: str
    tried: tuple[Number, ...] = ()


@dataclass(frozen=True, slots=True)
class ToRole:
    """The caller goes on to whoever holds a named role, at any hour; then to what the line has at this hour."""

    role: str
    tried: tuple[Number, ...] = ()


@dataclass(frozen=True, slots=True)
class ToNumber:
    """The caller goes on to one number of the directory, and where it does not answer to what the line has otherwise."""

    number: Number
    accept: Accept
    tried: tuple[Number, ...] = ()


@dataclass(frozen=True, slots=True)
class ToLine:
    """The caller goes on to another line."""

    line: str


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """Nobody is with the caller any more; they are told so and offered somebody else."""


@dataclass(frozen=True, slots=True)
class NotOurs:
    """The desk knows nothing of this call."""


SentTo = ToTeam | ToPerson | ToRole | ToNumber
"""Where a cold transfer takes a caller on the line's own ladder."""

Belonging = InRoom | WaitFor | SentTo | ToLine | LeftAlone | NotOurs
