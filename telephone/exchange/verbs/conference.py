"""What does Dial do with a Conference? It lets the leg in, and keeps it there until it leaves or is removed.

Where nobody is to be heard yet, the wait document is requested before the leg is let in; without it the leg does not
get in. The wait document does not start again by itself. (Twilio: voice/twiml/conference)
"""

from collections.abc import Sequence

from telephone.dialled import Terms
from telephone.document import Document, Element
from telephone.exchange.callbacks import Callbacks, callbacks
from telephone.exchange.documents import Context, opened, run
from telephone.exchange.leg import Leg
from telephone.exchange.room import Member, Removed, Room, RoomChanged
from telephone.exchange.task import Steps, Wait
from telephone.fetching import Order
from telephone.flow import DocumentFailed
from telephone.signature import Parameters

MUSIC = "[Twilio's hold music]"

JOINED: Parameters = (("DialCallStatus", "answered"), ("DialBridged", "true"))
REFUSED: Parameters = (("DialCallStatus", "failed"), ("DialBridged", "false"))


class DialledRoom:
    """A Dial that leads into a conference."""

    def __init__(self, nouns: Sequence[Element], terms: Terms, leg: Leg, context: Context) -> None:
        self._noun, self._terms, self._leg, self._context = nouns[0], terms, leg, context
        self._member = Member(
            leg,
            label=self._noun.attribute("participantLabel", ""),
            starts=self._noun.attribute("startConferenceOnEnter", "true") == "true",
            ends_on_exit=self._noun.attribute("endConferenceOnExit", "false") == "true",
            is_muted=self._noun.attribute("muted", "false") == "true",
        )
        self._room: Room | None = None
        self._wait: Document | None = None

    def connects(self) -> Steps[Parameters]:
        """Get in and stay; what the action is told afterwards."""
        if not (yield from self._may_wait()) or not self._gets_in():
            return REFUSED
        try:
            yield from self._stays()
        except Removed:
            pass
        finally:
            self._member.is_attending = False
        if self._room:
            self._room.leave(self._member, "participant_hung_up")
        return JOINED

    def is_abandoned(self) -> Parameters:
        """The leg has hung up, or was sent elsewhere."""
        if self._room is None:
            return REFUSED
        self._room.leave(self._member, "participant_hung_up" if self._leg.is_over else "participant_updated_via_api")
        return JOINED

    def _may_wait(self) -> Steps[bool]:
        """Whether it can be let in: there is nothing to wait for, or the wait document could be had."""
        order = self._wait_order
        if order is None or self._will_start:
            return True
        try:
            self._wait = yield from opened(self._leg, order, self._context.floor.speaking)
        except DocumentFailed:
            return False
        return True

    @property
    def _wait_order(self) -> Order | None:
        url = self._noun.link("waitUrl")
        return Order(url, self._noun.attribute("waitMethod", "POST")) if url else None

    @property
    def _will_start(self) -> bool:
        room = self._context.floor.rooms.live(self._noun.text)
        return room is not None and room.would_start(self._member)

    def _gets_in(self) -> bool:
        room = self._context.floor.rooms.named(self._noun.text)
        refusal = _refusal(room, self._member, int(self._noun.attribute("maxParticipants", "250")))
        if refusal:
            self._leg.plant.warn(*refusal)
            return False
        if room.callbacks is None and not room.members:
            room.callbacks = _told(self._noun)
        self._room, self._member.is_attending = room, True
        room.enter(self._member)
        return True

    def _stays(self) -> Steps[None]:
        self._leg.pressed, self._leg.is_listened_to = "", self._terms.hangup_on_star
        while "*" not in self._leg.pressed:
            try:
                yield from self._hears()
                yield from self._until_star()
            except RoomChanged:
                self._wait = None

    def _until_star(self) -> Steps[None]:
        """For ever, or until the key that hangs up, where the Dial has one."""
        while "*" not in self._leg.pressed:
            yield Wait()

    def _hears(self) -> Steps[None]:
        sounds = self._room.sounds(self._member) if self._room else "talk"
        if sounds == "hold":
            yield from self._plays(self._member.hold)
        elif sounds == "wait" and self._noun.attribute("waitUrl", "default"):
            yield from self._plays(self._wait or self._wait_order)

    def _plays(self, start: Document | Order | None) -> Steps[None]:
        if start is None:
            with self._leg.ears.during("music", MUSIC):
                yield from self._until_star()
            return
        try:
            yield from run(self._leg, start, self._context.floor.speaking)
        except DocumentFailed as failed:
            self._leg.ears.notes(f"hears nothing: {failed.failure.reason}")


def _refusal(room: Room, member: Member, most: int) -> tuple[int, str] | None:
    if member.label and room.member(member.label):
        return 16025, f"somebody is called {member.label!r} in this conference already"
    if len(room.members) >= most:
        return 16020, "the conference is full"
    return None


def _told(noun: Element) -> Callbacks | None:
    events = noun.attribute("statusCallbackEvent", "start end join leave mute hold")
    return callbacks(noun.link("statusCallback"), noun.attribute("statusCallbackMethod", "POST"), events, first=1)
