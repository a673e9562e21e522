"""What does Redirect do? It leaves this document for another. (Twilio: voice/twiml/redirect)"""

from urllib.parse import urljoin

from telephone.document import Element
from telephone.fetching import Order
from telephone.flow import Goto
from telephone.leg import Leg


def redirect(verb: Element, leg: Leg) -> Goto:  # noqa: ARG001 - a verb takes a leg
    """Request the URL in its text; an empty one is this document again."""
    return Goto(Order(urljoin(verb.base, verb.text), verb.attribute("method", "POST")))
