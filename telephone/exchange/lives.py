"""How does one leg live, from its first document to its end?"""

from telephone.exchange.documents import Context, Redirected, Start, run
from telephone.exchange.leg import Leg, LegEnded, Status
from telephone.exchange.personas import Persona
from telephone.exchange.ringing import rings
from telephone.exchange.task import Sleep, Steps
from telephone.flow import DocumentFailed, Left, Over
from telephone.speech import Sound, seconds_of
from telephone.story import APPLICATION_ERROR


def life(leg: Leg, start: Start, context: Context) -> Steps[None]:
    """Work through documents to the end of the call, wherever the REST API sends it meanwhile."""
    while True:
        try:
            leg.ends(_status((yield from _program(leg, start, context))))
            return
        except Redirected as moved:
            start = moved.start
        except LegEnded:
            return


def outgoing(leg: Leg, persona: Persona, seconds: float, start: Start, context: Context) -> Steps[None]:
    """Ring a telephone; whoever answers hears the documents."""
    try:
        if (yield from rings(leg, persona, seconds)):
            yield from life(leg, start, context)
    except LegEnded:
        return


def _program(leg: Leg, start: Start, context: Context) -> Steps[Over | Left]:
    try:
        return (yield from run(leg, start, context))
    except DocumentFailed:
        leg.answer()
        sound = Sound(APPLICATION_ERROR, seconds_of(APPLICATION_ERROR))
        with leg.ears.sound("speech", sound):
            yield Sleep(sound.seconds)
        return Over("the line hung up")


def _status(over: Over | Left) -> Status:
    """With which status a call is filed. (Twilio: voice/api/call-resource)"""
    match over:
        case Over("rejected"):
            return "no-answer"
        case Over("busy"):
            return "busy"
        case _:
            return "completed"
