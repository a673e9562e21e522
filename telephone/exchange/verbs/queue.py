"""What does Dial do with a Queue? It takes the caller who has waited longest, or waits for one.

The caller hears the noun's document first. DialCallSid is the caller's. A queue that there never was is an error, and
one in which nobody waits in time is not answered. (Twilio: voice/twiml/queue)
"""

from collections.abc import Sequence

from telephone.dialled import Dialled, Terms
from telephone.document import Element
from telephone.exchange.documents import Context
from telephone.exchange.leg import Leg
from telephone.exchange.queue import Queue, Taken
from telephone.exchange.task import Steps, Wait
from telephone.fetching import Order
from telephone.signature import Parameters


class DialledQueue:
    """A Dial that answers a queue."""

    def __init__(self, nouns: Sequence[Element], terms: Terms, leg: Leg, context: Context) -> None:
        self._noun, self._terms, self._leg = nouns[0], terms, leg
        self._queue = context.floor.queues.known(self._noun.text)
        self._taken: Taken | None = None
        self._bridged_at: float | None = None

    def connects(self) -> Steps[Parameters]:
        """Take a caller and talk with them."""
        if self._queue is None:
            self._leg.plant.warn(13210, f"there is no queue {self._noun.text!r}")
            return Dialled("failed", self._leg.sid).parameters()
        self._taken = yield from self._next_caller(self._queue)
        if self._taken is None:
            return Dialled("no-answer", self._leg.sid).parameters()
        yield from self._talks(self._taken)
        return self.is_abandoned()

    def is_abandoned(self) -> Parameters:
        """The one who took the call has gone, or the talk is over: the caller's Enqueue is over too."""
        if self._taken is None:
            return Dialled("canceled", self._leg.sid).parameters()
        self._taken.end()
        if self._bridged_at is None:
            return Dialled("canceled", self._taken.caller.sid).parameters()
        seconds = int(self._leg.plant.timeline.now - self._bridged_at)
        return Dialled("completed", self._taken.caller.sid, seconds, is_bridged=True).parameters()

    def _next_caller(self, queue: Queue) -> Steps[Taken | None]:
        until = self._leg.plant.timeline.ahead(self._terms.ring)
        queue.takers.append(self._leg)
        try:
            with self._leg.ears.during("ringing", "[ringing tone]"):
                while not queue.waiting and self._leg.plant.timeline.now < until:
                    yield Wait(until - self._leg.plant.timeline.now)
        finally:
            queue.takers.remove(self._leg)
        return self._take(queue)

    def _take(self, queue: Queue) -> Taken | None:
        if not queue.waiting:
            return None
        first, url = queue.waiting[0], self._noun.link("url")
        whisper = Order(url, self._noun.attribute("method", "POST")) if url else None
        taken = Taken(self._leg, first.leg, whisper)
        queue.take(first, taken)
        return taken

    def _talks(self, taken: Taken) -> Steps[None]:
        with self._leg.ears.during("ringing", "[ringing tone]"):
            while not taken.is_bridged and not taken.is_over:
                yield Wait()
        self._bridged_at = self._leg.plant.timeline.now if taken.is_bridged else None
        while not taken.is_over:
            yield Wait()
