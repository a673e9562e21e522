"""What does Reject do? It refuses a call that has not been answered. (Twilio: voice/twiml/reject)"""

from telephone.document import Element
from telephone.flow import Onward, Over
from telephone.leg import Leg


def reject(verb: Element, leg: Leg) -> Over | Onward:
    """The caller hears that the number is not in service, or the engaged tone. Too late: a warning, and onward."""
    if leg.answered_at is not None:
        leg.board.warn(12200, "<Reject> comes too late: the call has been answered")
        return Onward()
    return Over("busy" if verb.attribute("reason", "rejected") == "busy" else "rejected")
