"""What does Enqueue do in a story? The caller waits in a queue, and hears the wait document again each time it ends.

| the caller | QueueResult |
|---|---|
| is answered from the queue, and they have talked | bridged |
| is told to leave by the wait document | leave |
| hangs up, or is hung up by the wait document | hangup |
| waits with a document that cannot be had or executed | error |

Who else waits is the story's to say: the caller is the next unless told otherwise. (Twilio: voice/twiml/enqueue)
"""

from dataclasses import dataclass
from typing import Literal

from telephone.document import Element
from telephone.errors import CallerGone, OutOfTurn, TakenFromQueue
from telephone.fetching import Order
from telephone.flow import DocumentFailed, Flow, Goto, Left, Onward, Over
from telephone.leg import Leg, Verb
from telephone.program import run
from telephone.signature import Parameters
from telephone.states import CalleeHangsUp, Queued, Running, Talking, Talks, WaitsAt
from telephone.verbs.gather import gather
from telephone.verbs.hangup import hangup
from telephone.verbs.leave import leave
from telephone.verbs.pause import pause
from telephone.verbs.play import play
from telephone.verbs.redirect import redirect
from telephone.verbs.say import say

Result = Literal["bridged", "leave", "hangup", "error"]

WAIT_VERBS: dict[str, Verb] = {
    "Gather": gather,
    "Hangup": hangup,
    "Leave": leave,
    "Pause": pause,
    "Play": play,
    "Redirect": redirect,
    "Say": say,
}

MOST_CALLERS = "1000"


@dataclass(slots=True)
class Stay:
    """One caller's stay in a queue."""

    queue: str
    sid: str
    leg: Leg
    since: float
    position: int = 1
    left_at: float | None = None

    @property
    def seconds(self) -> str:
        """How long the caller has waited, or had when they were answered."""
        until = self.leg.board.clock.now if self.left_at is None else self.left_at
        return str(int(until - self.since))

    def parameters(self) -> Parameters:
        """What the wait document's request tells. (Twilio: voice/twiml/enqueue, waitUrl)"""
        return (
            ("QueuePosition", str(self.position)),
            ("QueueSid", self.sid),
            ("QueueTime", self.seconds),
            ("AvgQueueTime", "0"),
            ("CurrentQueueSize", str(self.position)),
            ("MaxQueueSize", MOST_CALLERS),
        )


def enqueue(verb: Element, leg: Leg) -> Running[Flow]:
    """Wait in the queue of this name until somebody answers, or the caller goes."""
    leg.answer()
    board = leg.board
    stay = Stay(verb.text, board.sids.next("QU"), leg, board.clock.now)
    verbs, leg.verbs = leg.verbs, WAIT_VERBS
    try:
        return (yield from _waits(verb, stay))
    except TakenFromQueue:
        leg.verbs = verbs
        return (yield from _talks(verb, stay))
    except DocumentFailed:
        return _onward(verb, stay, "error")
    except CallerGone:
        _hangs_up(verb, stay, "hangup")
        raise
    finally:
        leg.verbs = verbs


def _waits(verb: Element, stay: Stay) -> Running[Flow]:
    while True:
        act = yield Queued(stay.queue, stay.position)
        if not isinstance(act, WaitsAt):
            raise OutOfTurn(f"the caller waits in a queue, which does not wait for {act}")
        stay.position = act.position
        over = yield from _hears(verb, stay)
        if isinstance(over, Left):
            return _onward(verb, stay, "leave")
        if over.how != "the line had nothing more to say":
            _report(verb, stay, "hangup")
            return over


def _hears(verb: Element, stay: Stay) -> Running[Over | Left]:
    """The wait document; without one, a spell of Twilio's music."""
    url = verb.link("waitUrl")
    if url:
        order = Order(url, verb.attribute("waitUrlMethod", "POST"), stay.parameters())
        return (yield from run(stay.leg, order))
    stay.leg.board.note("twilio", "[plays its hold music]")
    stay.leg.board.clock.spend(10.0)
    return Over("the line had nothing more to say")


def _talks(verb: Element, stay: Stay) -> Running[Flow]:
    stay.left_at = stay.leg.board.clock.now
    stay.leg.board.note("phone", f"the queue {stay.queue} is answered")
    try:
        while True:
            match (yield Talking(stay.queue)):
                case Talks(seconds):
                    stay.leg.board.clock.spend(seconds)
                case CalleeHangsUp():
                    stay.leg.board.note("callee", "hangs up")
                    return _onward(verb, stay, "bridged")
                case _:
                    continue
    except CallerGone:
        _hangs_up(verb, stay, "bridged")
        raise


def _hangs_up(verb: Element, stay: Stay, result: Result) -> None:
    stay.leg.says("hangs up")
    stay.leg.hang_up()
    _report(verb, stay, result)


def _report(verb: Element, stay: Stay, result: Result) -> None:
    """The action is requested, and its reply is not executed."""
    order = _action(verb, stay, result)
    if order:
        told = Order(order.url, order.method, stay.leg.parameters() + order.parameters)
        stay.leg.board.request(told, stay.leg.purpose)


def _onward(verb: Element, stay: Stay, result: Result) -> Goto | Onward:
    order = _action(verb, stay, result)
    return Goto(order) if order else Onward()


def _action(verb: Element, stay: Stay, result: Result) -> Order | None:
    action = verb.link("action")
    told: Parameters = (("QueueResult", result), ("QueueSid", stay.sid), ("QueueTime", stay.seconds))
    return Order(action, verb.attribute("method", "POST"), told) if action else None
