"""What does Dial do where others act meanwhile? It connects, and tells its action how that went.

With an action, the verbs behind a Dial are never reached. Where the call is hung up or redirected by the REST API in
the middle of it, the action is requested all the same, and its reply is not executed. (Twilio: voice/twiml/dial)
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from telephone.dialled import Terms
from telephone.document import Element
from telephone.exchange.documents import Context, Redirected, report
from telephone.exchange.leg import Leg, LegEnded
from telephone.exchange.task import Steps
from telephone.exchange.verbs.conference import DialledRoom
from telephone.exchange.verbs.number import DialledNumbers
from telephone.exchange.verbs.queue import DialledQueue
from telephone.fetching import Order
from telephone.flow import Goto, Onward
from telephone.signature import Parameters


class Dialling(Protocol):
    """One attempt to connect a leg to somebody."""

    def connects(self) -> Steps[Parameters]:
        """Connect, and return what the action is told when it is over."""
        ...

    def is_abandoned(self) -> Parameters:
        """The leg has gone in the middle of it: let everybody else go; what the action is told."""
        ...


Noun = Callable[[Sequence[Element], Terms, Leg, Context], Dialling]

NOUNS: dict[str, Noun] = {"Number": DialledNumbers, "Conference": DialledRoom, "Queue": DialledQueue}


def dial(verb: Element, leg: Leg, context: Context) -> Steps[Goto | Onward]:
    """Connect the leg to what stands in it, and report."""
    terms = Terms.read(verb, leg.caller)
    if not terms.answer_on_bridge:
        leg.answer()
    nouns = verb.children or ((Element("Number", verb.base, content=(verb.text,)),) if verb.text else ())
    if not nouns:
        leg.plant.warn(12200, "<Dial> names nobody")
        return _onward(verb, (("DialCallStatus", "failed"), ("DialBridged", "false")))
    dialling = NOUNS[nouns[0].name](nouns, terms, leg, context)
    try:
        told = yield from dialling.connects()
    except (LegEnded, Redirected):
        report(leg, _action(verb, dialling.is_abandoned()))
        raise
    return _onward(verb, told)


def _onward(verb: Element, told: Parameters) -> Goto | Onward:
    order = _action(verb, told)
    return Goto(order) if order else Onward()


def _action(verb: Element, told: Parameters) -> Order | None:
    action = verb.link("action")
    return Order(action, verb.attribute("method", "POST"), told) if action else None
