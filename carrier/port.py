"""What is asked of the telephone company, and what can it answer? Every request ends within its timeout in one of five results."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from directory.numbers import Number


@dataclass(frozen=True, slots=True)
class Done:
    """It was done. ``sid`` is the call's, where one was placed."""

    sid: str = ""


@dataclass(frozen=True, slots=True)
class Gone:
    """The other side has left: the call, participant or member is not there any more (20404, 21220)."""


@dataclass(frozen=True, slots=True)
class Refused:
    """It will never be done; the code is the carrier's, the words are for people."""

    code: int
    words: str


@dataclass(frozen=True, slots=True)
class Busy:
    """It was not done and may be asked for again later: too many at once (429), or no connection came about."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may have been done: no answer came, or one that says nothing."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the carrier's own record says of a call: its status in Twilio's words and, once it is over, when and after how many
    seconds."""

    status: str
    ended_at: datetime | None = None
    seconds: int | None = None


Result = Done | Gone | Refused | Busy | Unknown
NOBODYS: frozenset[str] = frozenset()
"""No call is somebody else's."""


@dataclass(frozen=True, slots=True)
class RingOrder:
    """A phone to be rung. ``url`` is asked when it is answered, ``status_url`` told of its progress; ``seconds`` of ringing."""

    to: Number
    caller_id: Number
    url: str
    status_url: str
    seconds: int = 15


class Carrier(Protocol):
    """The telephone company. Nothing here raises for what the network or the other side does."""

    def ring(self, order: RingOrder) -> Result:
        """Place a call; ``Done`` carries its sid."""
        ...

    def find_ring(self, to: Number, since: datetime, but: Container[str] = NOBODYS) -> Result:
        """The call that an unanswered ``ring`` placed: ``Done`` with its sid, ``Gone`` where there is none. ``but`` holds the sids
        of calls that are known to be somebody else's."""
        ...

    def look_up(self, sid: str) -> Seen | Gone | Refused | Busy | Unknown:
        """What the carrier's record says of a call, whoever placed it; ``Gone`` where it has none."""
        ...

    def end(self, sid: str) -> Result:
        """End a call, ringing or not."""
        ...

    def redirect(self, sid: str, url: str) -> Result:
        """Send a call to another document."""
        ...

    def dequeue(self, queue: str, sid: str, url: str) -> Result:
        """Take a waiting caller out of a queue, to a document."""
        ...

    def hold(self, room: str, who: str, url: str) -> Result:
        """Hold a participant (sid or label), who hears the document meanwhile."""
        ...

    def unhold(self, room: str, who: str) -> Result:
        """Take a participant off hold."""
        ...

    def owner(self, room: str, who: str, *, ends: bool) -> Result:
        """Whether the room ends when this participant leaves."""
        ...

    def announce(self, room: str, who: str, url: str) -> Result:
        """Let one participant hear a document over the conversation."""
        ...

    def mute(self, room: str, who: str, *, muted: bool) -> Result:
        """Whether a participant is heard by the others."""
        ...

    def remove(self, room: str, who: str) -> Result:
        """Take a participant out of a room; their call goes on behind it."""
        ...

    def end_room(self, room: str) -> Result:
        """End a room for all who are in it; their calls go on behind it."""
        ...
