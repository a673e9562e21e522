"""How does a leg work through its documents while others do the same?

As `telephone.program` tells it, in time that is shared: one is requested, its verbs are executed in order, and the
first that leads elsewhere is followed. (Twilio: voice/twiml; usage/security/availability-reliability)
"""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, assert_never

from telephone import grammar
from telephone.document import Document, Element, Unreadable, read
from telephone.errors import Circling, Untaught
from telephone.exchange.leg import Leg
from telephone.exchange.task import Interruption, Sleep, Steps
from telephone.fetching import Failure, Order
from telephone.flow import DocumentFailed, Flow, Goto, Left, Onward, Over
from telephone.signature import Parameters
from telephone.switchboard import MOST_DOCUMENTS, understood

if TYPE_CHECKING:
    from telephone.exchange.floor import Floor

Verb = Callable[[Element, Leg, "Context"], Flow | Steps[Flow]]


@dataclass(frozen=True, slots=True)
class Inline:
    """TwiML that was handed over by the REST API, not fetched."""

    text: str


Start = Order | Inline


class Redirected(Interruption):
    """The REST API sends this call elsewhere, whatever it is doing."""

    def __init__(self, start: Start) -> None:
        super().__init__()
        self.start = start


def nothing() -> Parameters:
    """No parameters beyond the call's own."""
    return ()


@dataclass(frozen=True, slots=True)
class Context:
    """In which place of a call documents are executed: which verbs they may use, what their requests tell."""

    floor: "Floor"
    verbs: Mapping[str, Verb]
    misplaced: int = 12200
    extra: Callable[[], Parameters] = nothing


@dataclass(slots=True)
class _Pace:
    """How many documents were opened in one virtual instant."""

    at: float = -1.0
    opened: int = field(default=0)

    def count(self, now: float, order: Start) -> None:
        self.opened = self.opened + 1 if now == self.at else 1
        self.at = now
        if self.opened > MOST_DOCUMENTS:
            raise Circling(f"{MOST_DOCUMENTS} documents took no time; the last was {order}")


def run(leg: Leg, start: Start | Document, context: Context) -> Steps[Over | Left]:
    """Follow the documents from `start` to the end of this program. Raises DocumentFailed."""
    pace = _Pace()
    flow: Flow
    if isinstance(start, Document):
        flow = yield from _verbs(leg, start, context)
    else:
        flow = yield from _with_fallback(leg, start, context, pace)
    while True:
        match flow:
            case Goto(order):
                flow = yield from _with_fallback(leg, order, context, pace)
            case Onward():
                return Over("the line had nothing more to say")
            case Over() | Left():
                return flow
            case _:
                assert_never(flow)


def opened(leg: Leg, start: Start, context: Context) -> Steps[Document]:
    """The document, requested; its virtual time has passed. Raises DocumentFailed."""
    document = _read_inline(start) if isinstance(start, Inline) else (yield from _fetched(leg, start, context))
    if isinstance(document, Failure):
        raise DocumentFailed(document)
    leg.plant.warnings.extend(document.warnings)
    return document


def report(leg: Leg, order: Order | None) -> None:
    """Request an action whose answer will not be executed."""
    if order:
        leg.plant.fetched(leg.fetcher, replace(order, parameters=leg.parameters() + order.parameters), _purpose(leg))


def _with_fallback(leg: Leg, start: Start, context: Context, pace: _Pace) -> Steps[Flow]:
    pace.count(leg.plant.timeline.now, start)
    try:
        document = yield from opened(leg, start, context)
        return (yield from _verbs(leg, document, context))
    except DocumentFailed as failed:
        if leg.fallback is None:
            raise
        told = (("ErrorCode", str(failed.failure.code)), ("ErrorUrl", failed.failure.url))
        document = yield from opened(leg, replace(leg.fallback, parameters=told), context)
        return (yield from _verbs(leg, document, context))


def _fetched(leg: Leg, order: Order, context: Context) -> Steps[Document | Failure]:
    told = replace(order, parameters=leg.parameters() + context.extra() + order.parameters)
    found, seconds = leg.plant.fetched(leg.fetcher, told, _purpose(leg))
    yield Sleep(seconds)
    if isinstance(found, Failure):
        return found
    document = understood(found)
    if isinstance(document, Unreadable):
        leg.plant.warn(document.code, f"{found.url}: {document.reason}")
        return Failure(document.code, found.url, document.reason)
    return document


def _read_inline(start: Inline) -> Document | Failure:
    document = read(start.text.encode(), "")
    return Failure(document.code, "", document.reason) if isinstance(document, Unreadable) else document


def _verbs(leg: Leg, document: Document, context: Context) -> Steps[Flow]:
    for verb in document.verbs:
        flow = yield from _perform(leg, verb, context)
        if not isinstance(flow, Onward):
            return flow
    return Onward()


def _perform(leg: Leg, verb: Element, context: Context) -> Steps[Flow]:
    if verb.name not in context.verbs:
        return _refused(leg, verb, context)
    flow = context.verbs[verb.name](verb, leg, context)
    if isinstance(flow, Generator):
        return (yield from flow)
    return flow


def _refused(leg: Leg, verb: Element, context: Context) -> Onward:
    if verb.name in grammar.UNTAUGHT:
        raise Untaught(f"this exchange does not know <{verb.name}> yet")
    reason = f"<{verb.name}> is not a verb here"
    leg.plant.warn(context.misplaced, reason)
    if verb.name == "Dial":
        raise DocumentFailed(Failure(13201, verb.base, reason))
    return Onward()


def _purpose(leg: Leg) -> Literal["parent", "child"]:
    return "child" if leg.parent else "parent"
