"""What do Redirect, Hangup and Reject do? They say where a call goes, or that it ends."""

from urllib.parse import urljoin

from telephone.document import Element
from telephone.exchange.documents import Context
from telephone.exchange.leg import Leg
from telephone.fetching import Order
from telephone.flow import Goto, Onward, Over


def redirect(verb: Element, leg: Leg, context: Context) -> Goto:  # noqa: ARG001 - a verb takes a leg and its context
    """Request the URL in its text; an empty one is this document again. (Twilio: voice/twiml/redirect)"""
    return Goto(Order(urljoin(verb.base, verb.text), verb.attribute("method", "POST")))


def hangup(verb: Element, leg: Leg, context: Context) -> Over:  # noqa: ARG001 - a verb takes a leg and its context
    """End this leg, and no other. (Twilio: voice/twiml/hangup)"""
    return Over("the line hung up")


def reject(verb: Element, leg: Leg, context: Context) -> Over | Onward:  # noqa: ARG001 - a verb takes its context
    """Refuse a call that has not been answered; too late it is a warning. (Twilio: voice/twiml/reject)"""
    if leg.answered_at is not None:
        leg.plant.warn(12200, "<Reject> comes too late: the call has been answered")
        return Onward()
    return Over("busy" if verb.attribute("reason", "rejected") == "busy" else "rejected")
