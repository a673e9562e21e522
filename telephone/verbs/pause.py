"""What does Pause do? Nothing, for a while. (Twilio: voice/twiml/pause)"""

from telephone.document import Element
from telephone.flow import Onward
from telephone.leg import Leg
from telephone.speech import Sound


def pause(verb: Element, leg: Leg) -> Onward:
    """Wait. As the first verb it does not answer the call: the caller hears ringing meanwhile."""
    leg.plays(sound(verb))
    return Onward()


def sound(verb: Element) -> Sound:
    """Silence of `length` seconds, one by default."""
    return Sound("", float(verb.attribute("length", "1")))
