"""What does Hangup do? It ends this leg, and no other. (Twilio: voice/twiml/hangup)"""

from telephone.document import Element
from telephone.flow import Over
from telephone.leg import Leg


def hangup(verb: Element, leg: Leg) -> Over:  # noqa: ARG001 - a verb takes its element and a leg
    """End the leg. A person called whose whisper ends so is not connected."""
    return Over("the line hung up")
