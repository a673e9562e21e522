"""What do Say, Play and Pause do? They are heard. (Twilio: voice/twiml/say, play, pause)"""

from telephone.document import Element
from telephone.exchange.documents import Context
from telephone.exchange.leg import Leg
from telephone.exchange.task import Sleep, Steps
from telephone.flow import Onward
from telephone.speech import spoken
from telephone.verbs.pause import sound as paused
from telephone.verbs.play import sound as played
from telephone.verbs.say import sound as said


def say(verb: Element, leg: Leg, context: Context) -> Steps[Onward]:  # noqa: ARG001 - a verb takes its context
    """Read it aloud; an empty one is a warning."""
    leg.answer()
    if not spoken(verb):
        leg.plant.warn(13520, "<Say> has nothing to say")
    sound = said(verb)
    with leg.ears.sound("speech", sound):
        yield Sleep(sound.seconds)
    return Onward()


def play(verb: Element, leg: Leg, context: Context) -> Steps[Onward]:  # noqa: ARG001 - a verb takes its context
    """Play it; the recording itself is not fetched."""
    leg.answer()
    sound = played(verb)
    with leg.ears.sound("music", sound):
        yield Sleep(sound.seconds)
    return Onward()


def pause(verb: Element, leg: Leg, context: Context) -> Steps[Onward]:  # noqa: ARG001 - a verb takes its context
    """Wait in silence. As the first verb it does not answer the call."""
    yield Sleep(paused(verb).seconds)
    return Onward()
