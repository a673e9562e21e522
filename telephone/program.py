"""How does Twilio work through documents?

It requests one, executes its verbs in order, and follows the first that leads elsewhere. When the verbs run out, the
leg's program is over. What cannot be fetched or executed is replaced by the fallback document, anywhere in the call.
(Twilio: voice/twiml; usage/security/availability-reliability)
"""

from collections.abc import Generator
from dataclasses import replace
from typing import assert_never

from telephone import grammar
from telephone.document import Document, Element
from telephone.errors import Untaught
from telephone.fetching import Failure, Order
from telephone.flow import DocumentFailed, Flow, Goto, Left, Onward, Over
from telephone.leg import Leg
from telephone.states import Running


def run(leg: Leg, start: Order) -> Running[Over | Left]:
    """Follow the documents from `start` to the end of this leg's program. Raises DocumentFailed."""
    flow: Flow = Goto(start)
    while True:
        match flow:
            case Goto(order):
                flow = yield from _with_fallback(leg, order)
            case Onward():
                return Over("the line had nothing more to say")
            case Over() | Left():
                return flow
            case _:
                assert_never(flow)


def _with_fallback(leg: Leg, order: Order) -> Running[Flow]:
    try:
        return (yield from _document(leg, order))
    except DocumentFailed as failed:
        fallback = leg.board.settings.fallback_url
        if fallback is None or leg.parent is not None:
            raise
        return (yield from _document(leg, _fallback(leg, fallback, failed.failure)))


def _document(leg: Leg, order: Order) -> Running[Flow]:
    opened = leg.board.open(replace(order, parameters=leg.parameters() + order.parameters), leg.purpose)
    if isinstance(opened, Failure):
        raise DocumentFailed(opened)
    return (yield from _verbs(leg, opened))


def _verbs(leg: Leg, document: Document) -> Running[Flow]:
    for verb in document.verbs:
        flow = yield from _perform(leg, verb)
        if not isinstance(flow, Onward):
            return flow
    return Onward()


def _perform(leg: Leg, verb: Element) -> Running[Flow]:
    if verb.name not in leg.verbs:
        return _refused(leg, verb)
    flow = leg.verbs[verb.name](verb, leg)
    if isinstance(flow, Generator):
        return (yield from flow)
    return flow


def _refused(leg: Leg, verb: Element) -> Onward:
    if verb.name in grammar.UNTAUGHT:
        raise Untaught(f"this telephone does not know <{verb.name}> yet")
    if verb.name == "Dial":
        reason = "a document for the person called may not Dial"
        leg.board.warn(13201, reason)
        raise DocumentFailed(Failure(13201, verb.base, reason))
    leg.board.warn(12200, f"<{verb.name}> is not a verb here; skipped")
    return Onward()


def _fallback(leg: Leg, url: str, failure: Failure) -> Order:
    told = (("ErrorCode", str(failure.code)), ("ErrorUrl", failure.url))
    return Order(url, leg.board.settings.fallback_method, told)
