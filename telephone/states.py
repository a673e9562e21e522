"""Whom does the call wait for?"""

from collections.abc import Generator
from dataclasses import dataclass
from typing import Literal, TypeVar

from telephone.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Gathering:
    """The rules of one Gather. Seconds; `finish_on_key` empty: no key finishes. (Twilio: voice/twiml/gather)"""

    timeout: float
    num_digits: int | None
    finish_on_key: str
    action_on_empty_result: bool
    takes_keys: bool


@dataclass(frozen=True, slots=True)
class Listening:
    """The caller has heard the prompt; the line listens for keys."""

    gather: Gathering


@dataclass(frozen=True, slots=True)
class Ringing:
    """One or several telephones ring; `numbers` as dialled (E.164)."""

    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Whispering:
    """The person called at `number` has heard the whisper and may press a key; the caller waits."""

    number: str
    gather: Gathering


@dataclass(frozen=True, slots=True)
class Talking:
    """The caller and the person at `number` are connected."""

    number: str


@dataclass(frozen=True, slots=True)
class Queued:
    """The caller waits in the queue of this name; 1 is the next. The wait document has ended and is asked for again."""

    queue: str
    position: int


How = Literal[
    "the caller hung up",
    "the line hung up",
    "the line had nothing more to say",
    "rejected",
    "busy",
    "application error",
]


@dataclass(frozen=True, slots=True)
class Ended:
    """The call is over."""

    how: How


Need = Listening | Ringing | Whispering | Talking | Queued
State = Need | Ended


@dataclass(frozen=True, slots=True)
class Presses:
    """Keys, one after the other, and then none."""

    keys: str


@dataclass(frozen=True, slots=True)
class Silence:
    """Nobody presses anything until the Gather gives up."""


@dataclass(frozen=True, slots=True)
class PhoneDoes:
    """What becomes of one ringing telephone."""

    number: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Talks:
    """The two people talk for a while."""

    seconds: float


@dataclass(frozen=True, slots=True)
class CalleeHangsUp:
    """The person called puts the telephone down after talking."""


@dataclass(frozen=True, slots=True)
class WaitsAt:
    """The caller hears the wait document once more, at this place in the queue."""

    position: int


Act = Presses | Silence | PhoneDoes | Talks | CalleeHangsUp | WaitsAt

T = TypeVar("T")
Running = Generator[Need, Act, T]
"""Something that takes part in a call: it yields whom it needs, is sent what they do, and returns its result."""
