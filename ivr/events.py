"""What can happen on a call between two of our replies?"""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Arrived:
    """The call comes to a node, or a called phone is answered and its whisper begins."""


@dataclass(frozen=True, slots=True)
class Keyed:
    """The caller pressed keys: digits, ``*`` and ``#``."""

    keys: str


@dataclass(frozen=True, slots=True)
class Silent:
    """The caller pressed nothing while it was their turn."""


class LegEnd(StrEnum):
    """How a dialled leg ended without anybody being connected (Twilio: voice/twiml/dial, DialCallStatus)."""

    NO_ANSWER = "no-answer"
    BUSY = "busy"
    FAILED = "failed"
    NOT_ACCEPTED = "not-accepted"


@dataclass(frozen=True, slots=True)
class Unreached:
    """The phone that we rang did not come to a conversation."""

    how: LegEnd


@dataclass(frozen=True, slots=True)
class Talked:
    """Caller and callee were connected, and their conversation is over."""


@dataclass(frozen=True, slots=True)
class CallerGone:
    """The caller has hung up; nothing that we reply is heard. ``talked`` says whether they had reached somebody."""

    talked: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """The caller waits in a queue at this place in it (from 1), has done so for ``seconds``, and whoever was answered before
    them waited ``average`` seconds (Twilio: voice/twiml/enqueue, waitUrl)."""

    place: int
    seconds: int
    average: int


class QueueEnd(StrEnum):
    """How a stay in a queue ended (Twilio: voice/twiml/enqueue, QueueResult)."""

    LEFT = "leave"
    FETCHED = "redirected"
    FAILED = "error"


@dataclass(frozen=True, slots=True)
class Dequeued:
    """The caller is out of the queue after ``seconds``, and nobody has talked to them yet."""

    how: QueueEnd
    seconds: int


Event = Arrived | Keyed | Silent | Unreached | Talked | CallerGone | Waiting | Dequeued
