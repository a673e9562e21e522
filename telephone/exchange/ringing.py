"""How does a telephone ring until somebody picks it up, or nobody does?"""

from typing import assert_never

from telephone.exchange.leg import Leg, Status
from telephone.exchange.personas import Person, Persona
from telephone.exchange.task import Steps, Wait
from telephone.outcomes import (
    Answers,
    Busy,
    Declines,
    Fails,
    HangsUpInWhisper,
    NoAnswer,
    PicksUp,
    Voicemail,
)


def rings(leg: Leg, persona: Persona, seconds: float) -> Steps[bool]:
    """Ring; whether somebody picked up. Where not, the leg has ended: busy, failed, no-answer, canceled."""
    if leg.is_over:
        return False
    leg.dials_out()
    _decides(leg, persona)
    until = leg.plant.timeline.ahead(seconds)
    while leg.is_ringing and leg.plant.timeline.now < until:
        yield Wait(until - leg.plant.timeline.now)
    if leg.is_ringing:
        leg.ends("no-answer", "is not answered")
    return leg.is_connected


def _decides(leg: Leg, persona: Persona) -> None:
    """What whoever is there does, and when; a test's own acts may come before it."""
    match persona:
        case Person() | Answers() | PicksUp() | Voicemail() | HangsUpInWhisper():
            leg.plant.timeline.after(persona.after, leg.picks_up)
        case Busy(after):
            leg.plant.timeline.after(after, lambda: _ends(leg, "busy", "is engaged"))
        case Declines(after):
            leg.plant.timeline.after(after, leg.declines)
        case Fails(after):
            leg.plant.timeline.after(after, lambda: _ends(leg, "failed", "cannot be reached"))
        case NoAnswer():
            return
        case _:
            assert_never(persona)


def _ends(leg: Leg, status: Status, note: str) -> None:
    if leg.is_ringing:
        leg.ends(status, note)
