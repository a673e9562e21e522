"""What does Play do? It plays a recording, or the tones of keys. (Twilio: voice/twiml/play)"""

from urllib.parse import urljoin

from telephone.document import Element
from telephone.flow import Onward
from telephone.leg import Leg
from telephone.speech import SECONDS_PER_RECORDING, Sound, loops

SECONDS_PER_TONE = 0.5


def play(verb: Element, leg: Leg) -> Onward:
    """Play it; the recording itself is not fetched."""
    leg.answer()
    leg.plays(sound(verb))
    return Onward()


def sound(verb: Element) -> Sound:
    """The recording's URL in brackets, or the tones; `w` is half a second of silence."""
    tones = verb.attribute("digits", "")
    if tones:
        return Sound(f"[tones {tones}]", loops(verb) * len(tones) * SECONDS_PER_TONE)
    return Sound(f"[plays {urljoin(verb.base, verb.text)}]", loops(verb) * SECONDS_PER_RECORDING)
