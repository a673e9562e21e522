"""What does a phone hear that the desk has rung? Its form becomes an event, the desk answers, and a goodbye where it cannot."""

from dataclasses import dataclass
from datetime import datetime

from ivr.legs import Answered, Back, LegEvent, LegPlace, LegStage, Over, Rings, Turn
from ivr.replies import Go, Music, Reply, Say
from webhooks.in_time import InTime
from webhooks.ports import CANNOT, Switchboard
from webhooks.reading import OVER, Form, keys_of


@dataclass(frozen=True, slots=True)
class DeskLegs:
    """Answers the legs of handlers and consulted parties; nothing here knows who they are."""

    switchboard: Switchboard
    in_time: InTime

    def replies(self, place: LegPlace, form: Form, now: datetime) -> tuple[Reply, ...]:
        """What this leg hears next. A status callback's reply is not heard."""
        event, sid = event_of(place, form), form.value("CallSid")
        heard = self.in_time.answer(lambda: self.switchboard.leg(place, sid, event, now), without_desk(place))
        return () if place.stage is LegStage.STATUS else heard


def event_of(place: LegPlace, form: Form) -> LegEvent:
    """What has happened on a leg, given what it was waiting for."""
    status = form.value("CallStatus")
    if status in OVER:
        return Over(status)
    match place.stage:
        case LegStage.STATUS:
            return Rings()
        case LegStage.WHISPER:
            return Answered()
        case LegStage.ACCEPT:
            return keys_of(form)
        case LegStage.AFTER:
            return Back(was_in=form.value("DialCallStatus") in ("answered", "completed"))
        case LegStage.WAIT | LegStage.TICK | LegStage.NOTE:
            return Turn()


def without_desk(place: LegPlace) -> tuple[Reply, ...]:
    """A leg ends where the desk cannot be asked; in a room it stays, since only speaking is possible there."""
    match place.stage:
        case LegStage.WAIT:
            return (Say("Please stay on the line."), Music(4), Go(place))
        case LegStage.NOTE | LegStage.STATUS:
            return ()
        case _:
            return CANNOT
