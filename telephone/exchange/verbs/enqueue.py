"""What does Enqueue do? It lets the caller wait in a queue, and asks for the wait document again each time it ends.

| the caller | QueueResult |
|---|---|
| is taken by a Dial Queue, and they have talked | bridged |
| hangs up before they are connected to whoever took them | bridging-in-process |
| is sent elsewhere by the REST API while waiting; while talking | redirected; redirected-from-bridged |
| is told to leave by the wait document | leave |
| hangs up, or is hung up by the wait document | hangup |
| finds the queue full | queue-full |
| waits with a document that cannot be had or executed | error |

The action is requested at once, but after the talk where there was one. (Twilio: voice/twiml/enqueue)
"""

from telephone.document import Element
from telephone.exchange.documents import Context, Redirected, report, run
from telephone.exchange.leg import Leg, LegEnded
from telephone.exchange.queue import DEFAULT_SIZE, Dequeued, Queue, QueueResult, Taken, Waiting
from telephone.exchange.task import Steps, Wait
from telephone.fetching import Order
from telephone.flow import DocumentFailed, Flow, Goto, Left, Onward, Over

MUSIC = "[Twilio's hold music]"


def leave(verb: Element, leg: Leg, context: Context) -> Left:  # noqa: ARG001 - a verb takes its element and context
    """Leave the queue. (Twilio: voice/twiml/leave)"""
    return Left()


def enqueue(verb: Element, leg: Leg, context: Context) -> Steps[Flow]:
    """Wait in the queue of this name until somebody takes the caller, or the caller goes."""
    leg.answer()
    queue = context.floor.queues.named(verb.text)
    if len(queue.waiting) >= min(queue.most, int(verb.attribute("maxQueueSize", str(DEFAULT_SIZE)))):
        return _onward(verb, "queue-full", queue, 0)
    stay = _Stay(verb, leg, context, queue)
    try:
        return (yield from stay.waits())
    except (LegEnded, Redirected):
        report(leg, _action(verb, stay.result_of_going, queue, stay.seconds))
        raise
    finally:
        stay.is_over()


class _Stay:
    """One caller's stay in a queue."""

    def __init__(self, verb: Element, leg: Leg, context: Context, queue: Queue) -> None:
        self._verb, self._leg, self._context, self._queue = verb, leg, context, queue
        self._place: Waiting = queue.join(leg)
        self._left_at = 0.0
        self._taken: Taken | None = None

    @property
    def seconds(self) -> int:
        """How long the caller has waited."""
        until = self._left_at or self._leg.plant.timeline.now
        return int(until - self._place.since)

    @property
    def result_of_going(self) -> QueueResult:
        """The result where the call is ended or sent elsewhere now."""
        if self._taken:
            if not self._taken.is_bridged:
                return "bridging-in-process"
            return "bridged" if self._leg.is_over else "redirected-from-bridged"
        return "hangup" if self._leg.is_over else "redirected"

    def waits(self) -> Steps[Flow]:
        """Wait; where the call goes afterwards."""
        try:
            over = yield from self._hears_the_wait_document()
        except Dequeued as dequeued:
            self._taken, self._left_at = dequeued.taken, self._leg.plant.timeline.now
            return (yield from self._is_answered(dequeued.taken))
        except DocumentFailed:
            return _onward(self._verb, "error", self._queue, self.seconds)
        if isinstance(over, Left):
            self._queue.leave(self._place)
            return _onward(self._verb, "leave", self._queue, self.seconds)
        report(self._leg, _action(self._verb, "hangup", self._queue, self.seconds))
        return over

    def is_over(self) -> None:
        """The caller is no longer in it."""
        self._place.is_attended = False
        self._queue.leave(self._place)
        if self._taken:
            self._taken.end()

    def _hears_the_wait_document(self) -> Steps[Over | Left]:
        url = self._verb.link("waitUrl")
        if url is None:
            with self._leg.ears.during("music", MUSIC):
                while True:
                    yield Wait()
        order = Order(url, self._verb.attribute("waitUrlMethod", "POST"))
        context = self._context.floor.waiting(lambda: self._queue.parameters(self._place))
        while True:
            over = yield from run(self._leg, order, context)
            if over != Over("the line had nothing more to say"):
                return over

    def _is_answered(self, taken: Taken) -> Steps[Flow]:
        if taken.whisper:
            yield from self._hears_whisper(taken.whisper, taken.by)
        if not taken.is_over:
            taken.bridge()
        while not taken.is_over:
            yield Wait()
        return _onward(self._verb, "bridged" if taken.is_bridged else "error", self._queue, self.seconds)

    def _hears_whisper(self, whisper: Order, by: Leg) -> Steps[None]:
        told = (("QueueSid", self._queue.sid), ("QueueTime", str(self.seconds)), ("DequeingCallSid", by.sid))
        try:
            yield from run(self._leg, whisper, self._context.floor.spoken_with(lambda: told))
        except DocumentFailed as failed:
            self._leg.ears.notes(f"hears nothing: {failed.failure.reason}")


def _onward(verb: Element, result: QueueResult, queue: Queue, seconds: int) -> Goto | Onward:
    order = _action(verb, result, queue, seconds)
    return Goto(order) if order else Onward()


def _action(verb: Element, result: QueueResult, queue: Queue, seconds: int) -> Order | None:
    action = verb.link("action")
    told = (("QueueResult", result), ("QueueSid", queue.sid), ("QueueTime", str(seconds)))
    return Order(action, verb.attribute("method", "POST"), told) if action else None
