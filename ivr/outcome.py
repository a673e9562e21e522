"""What does a step come to: replies, lasting requests, and the reasons for both?"""

from dataclasses import dataclass
from enum import StrEnum

from directory.numbers import Number
from ivr.position import Position
from ivr.replies import Reply
from routing.deadlines import Due
from routing.reasons import Reason


@dataclass(frozen=True, slots=True)
class BookCallBack:
    """Book a call-back to a number, about a matter, due under every reading. Its key is (call, node, hop)."""

    number: Number
    about: str
    due: Due
    node: str
    hop: int


@dataclass(frozen=True, slots=True)
class CancelCallBack:
    """Cancel the booking that this call made in this node at this hop."""

    node: str
    hop: int


@dataclass(frozen=True, slots=True)
class JoinQueue:
    """The caller joins a queue of the desk. ``place`` is where they go when they are answered; ``chosen`` what they chose."""

    queue: str
    priority: str
    place: Position
    chosen: tuple[str, ...]
    caller: Number | None
    dialled: Number | None
    node: str
    hop: int


@dataclass(frozen=True, slots=True)
class LeaveQueue:
    """The caller is out of the queue, other than into a conversation."""

    node: str
    hop: int


Request = BookCallBack | CancelCallBack | JoinQueue | LeaveQueue


class Ending(StrEnum):
    """The safe outcomes in which a call may end."""

    PERSON = "person"
    CALL_BACK = "call-back"
    SAFE_MESSAGE = "safe-message"
    CALLER_GONE = "caller-gone"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of a step: what is said and done now, where it was decided, and how the call ends if it does."""

    replies: tuple[Reply, ...]
    trace: tuple[Reason, ...] = ()
    requests: tuple[Request, ...] = ()
    ending: Ending | None = None
    at: Position | None = None


@dataclass(frozen=True, slots=True)
class Onward:
    """A step that needs nobody: the same step goes on at another position, after these words."""

    to: Position
    says: tuple[str, ...] = ()
    trace: tuple[Reason, ...] = ()
    requests: tuple[Request, ...] = ()
