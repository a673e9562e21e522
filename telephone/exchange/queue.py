"""Who waits in a queue, in which order, and for how long?"""

from dataclasses import dataclass, field
from typing import Literal

from telephone.exchange.leg import Leg
from telephone.exchange.task import Interruption
from telephone.fetching import Order
from telephone.signature import Parameters

QueueResult = Literal[
    "bridged",
    "bridging-in-process",
    "error",
    "hangup",
    "leave",
    "redirected",
    "redirected-from-bridged",
    "queue-full",
    "system-error",
]

DEFAULT_SIZE = 1000


@dataclass(slots=True, eq=False)
class Taken:
    """A waiting caller given to somebody: what they hear first, and whether they are connected yet, or no more."""

    by: Leg
    caller: Leg
    whisper: Order | None
    is_bridged: bool = False
    is_over: bool = False

    def bridge(self) -> None:
        """The two are connected."""
        self.is_bridged = True
        self.caller.partner, self.by.partner = self.by, self.caller
        self.by.wake()

    def end(self) -> None:
        """One of the two has gone; the other hears of it."""
        if not self.is_over:
            self.is_over = True
            self.caller.partner = self.by.partner = None
            self.caller.wake()
            self.by.wake()


class Dequeued(Interruption):
    """A Dial Queue takes this caller."""

    def __init__(self, taken: Taken) -> None:
        super().__init__()
        self.taken = taken


@dataclass(slots=True, eq=False)
class Waiting:
    """One caller's place in a queue."""

    leg: Leg
    since: float
    is_waiting: bool = True
    is_attended: bool = True


@dataclass(slots=True, eq=False)
class Queue:
    """A queue, made when its name is first used. (Twilio: voice/twiml/enqueue)"""

    sid: str
    name: str
    created_at: float
    most: int = DEFAULT_SIZE
    waiting: list[Waiting] = field(default_factory=list)
    takers: list[Leg] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    @property
    def average_wait(self) -> int:
        """Whole seconds that those who left have waited, on average."""
        return int(sum(self.waits) / len(self.waits)) if self.waits else 0

    def join(self, leg: Leg) -> Waiting:
        """A caller takes the last place; whoever waits for one is woken."""
        place = Waiting(leg, leg.plant.timeline.now)
        self.waiting.append(place)
        leg.queue = self.name
        for taker in self.takers:
            taker.wake()
        return place

    def leave(self, place: Waiting) -> None:
        """A caller gives up their place, once."""
        if place.is_waiting:
            place.is_waiting = False
            place.leg.queue = None
            self.waiting.remove(place)
            self.waits.append(self.waited(place))

    def waited(self, place: Waiting) -> int:
        """Whole seconds since a caller took their place."""
        return int(place.leg.plant.timeline.now - place.since)

    def position(self, place: Waiting) -> int:
        """1 is the next."""
        return self.waiting.index(place) + 1

    def take(self, place: Waiting, taken: Taken) -> None:
        """Give a waiting caller to somebody."""
        self.leave(place)
        place.leg.interrupt(Dequeued(taken), lambda: place.is_attended)

    def parameters(self, place: Waiting) -> Parameters:
        """What the wait document's requests tell. (Twilio: voice/twiml/enqueue, waitUrl)"""
        at = self.position(place) if place.is_waiting else 0
        return (
            ("QueuePosition", str(at)),
            ("QueueSid", self.sid),
            ("QueueTime", str(self.waited(place))),
            ("AvgQueueTime", str(self.average_wait)),
            ("CurrentQueueSize", str(len(self.waiting))),
            ("MaxQueueSize", str(self.most)),
        )
