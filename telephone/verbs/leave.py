"""What does Leave do? It leaves the queue. (Twilio: voice/twiml/leave)"""

from telephone.document import Element
from telephone.flow import Left
from telephone.leg import Leg


def leave(verb: Element, leg: Leg) -> Left:  # noqa: ARG001 - a verb takes its element and a leg
    """Go on behind the Enqueue, or with its action."""
    return Left()
