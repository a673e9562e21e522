"""What does a phone hear that the desk has rung? Its form becomes an event, the desk answers, and a goodbye where it cannot."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

from ivr.legs import Answered, Back, Called, LegEvent, LegPlace, LegStage, Over, Rings, RoomTold, Turn
from ivr.replies import Go, Music, Reply, Say
from webhooks.in_time import InTime
from webhooks.ports import CANNOT, Switchboard
from webhooks.reading import OVER, Form, counted, keys_of


@dataclass(frozen=True, slots=True)
class DeskLegs:
    """Answers the legs of handlers and consulted parties; nothing here knows who they are."""

    switchboard: Switchboard
    in_time: InTime

    def replies(self, place: LegPlace, form: Form, now: datetime) -> tuple[Reply, ...]:
        """What this leg hears next. A status callback's reply is not heard."""
        event, sid = event_of(place, form), form.value("CallSid")
        heard = self.in_time.answer(lambda: self.switchboard.leg(place, sid, event, now), without_desk(place))
        return () if place.stage in UNHEARD else heard


GREETING = "This is children's social care, returning your call."
"""What whoever is called back hears while the desk cannot say which council it is."""

UNHEARD = (LegStage.STATUS, LegStage.ROOM)
"""Callbacks: nobody listens to the reply."""


def event_of(place: LegPlace, form: Form) -> LegEvent:
    """What has happened on a leg, given what it was waiting for."""
    status = form.value("CallStatus")
    if status in OVER and place.stage not in OF_OTHERS:
        return Over(status)
    match place.stage:
        case LegStage.STATUS:
            return Rings()
        case LegStage.WHISPER | LegStage.GREETING:
            return Answered()
        case LegStage.ACCEPT:
            return keys_of(form)
        case LegStage.AFTER:
            return Back(was_in=form.value("DialCallStatus") in ("answered", "completed"))
        case LegStage.WAIT | LegStage.TICK | LegStage.NOTE:
            return Turn()
        case _:
            return OF_OTHERS[place.stage](form)


def _called(form: Form) -> Called:
    """A Dial's action, which comes too when whoever dialled has hung up."""
    bridged, status = form.value("DialBridged") == "true", form.value("DialCallStatus")
    return Called(bridged=bridged, status=status, seconds=counted(form, "DialCallDuration"))


def _told(form: Form) -> RoomTold:
    """A conference's callback; it names nobody's number."""
    what, room, label = (form.value(name) for name in ("StatusCallbackEvent", "ConferenceSid", "ParticipantLabel"))
    return RoomTold(what, room, counted(form, "SequenceNumber"), label, _moment(form.value("Timestamp")))


def _moment(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


OF_OTHERS: Mapping[LegStage, Callable[[Form], LegEvent]] = {LegStage.ROOM: _told, LegStage.RETURN: _called}
"""What is told of others than the leg itself."""


def without_desk(place: LegPlace) -> tuple[Reply, ...]:
    """A leg ends where the desk cannot be asked; in a room it stays, since only speaking is possible there."""
    match place.stage:
        case LegStage.WAIT:
            return (Say("Please stay on the line."), Music(4), Go(place))
        case LegStage.GREETING:
            return (Say(GREETING),)
        case LegStage.NOTE | LegStage.STATUS | LegStage.ROOM:
            return ()
        case _:
            return CANNOT
