"""What does Dial do? It connects the caller to somebody else, and then tells its action how that went.

With an action, the verbs behind a Dial are never reached. A caller who hangs up while it rings or talks is told to the
action too (CallStatus=completed), but the reply is not executed. (Twilio: voice/twiml/dial)
"""

from collections.abc import Callable, Sequence

from telephone.dialled import Dialled, Terms
from telephone.document import Element
from telephone.errors import CallerGone, Untaught
from telephone.fetching import Order
from telephone.flow import Goto, Onward
from telephone.leg import Leg
from telephone.states import Running
from telephone.verbs.number import dial_numbers

Noun = Callable[[Sequence[Element], Terms, Leg], Running[Dialled]]

NOUNS: dict[str, Noun] = {"Number": dial_numbers}
"""Whom a Dial can ring: one file each."""


def dial(verb: Element, leg: Leg) -> Running[Goto | Onward]:
    """Ring the numbers in it, let the two talk, and report."""
    terms = Terms.read(verb, leg.caller)
    if not terms.answer_on_bridge:
        leg.answer()
    dialled = yield from _dialled(verb, terms, leg)
    action = verb.link("action")
    order = Order(action, verb.attribute("method", "POST"), dialled.parameters()) if action else None
    if leg.is_gone:
        _report_only(order, leg)
        raise CallerGone
    return Goto(order) if order else Onward()


def _dialled(verb: Element, terms: Terms, leg: Leg) -> Running[Dialled]:
    nouns = verb.children or ((Element("Number", verb.base, content=(verb.text,)),) if verb.text else ())
    refusal = terms.refusal({leg.caller, leg.called} | leg.board.settings.owned)
    if refusal or not nouns:
        leg.board.warn(*(refusal or (12200, "<Dial> names nobody")))
        return Dialled("failed", leg.board.sids.next("CA"))
    if nouns[0].name not in NOUNS:
        raise Untaught(f"a story does not know <{nouns[0].name}> inside <Dial>; the exchange does")
    return (yield from NOUNS[nouns[0].name](nouns, terms, leg))


def _report_only(order: Order | None, leg: Leg) -> None:
    if order:
        told = Order(order.url, order.method, leg.parameters() + order.parameters)
        leg.board.request(told, leg.purpose)
