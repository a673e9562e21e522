"""What does Say do? It reads its text aloud. (Twilio: voice/twiml/say)"""

from telephone.document import Element
from telephone.flow import Onward
from telephone.leg import Leg
from telephone.speech import Sound, breaks, loops, seconds_of, spoken


def say(verb: Element, leg: Leg) -> Onward:
    """Read it aloud; an empty one is a warning."""
    leg.answer()
    if not spoken(verb):
        leg.board.warn(13520, "<Say> has nothing to say")
    leg.plays(sound(verb))
    return Onward()


def sound(verb: Element) -> Sound:
    """The words, and how long they take, breaks and repeats included."""
    words = spoken(verb)
    return Sound(words, loops(verb) * (seconds_of(words) + breaks(verb)))
