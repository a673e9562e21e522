"""What happens on the leg of one person called, and who is told?

Events of a Number's statusCallback: initiated, ringing, answered (as CallStatus=in-progress) and completed (with the
final status). SequenceNumber counts the events that are sent. (Twilio: voice/twiml/number)
"""

from dataclasses import dataclass
from typing import Literal

from telephone.dialled import Dialled, DialStatus, Terms
from telephone.document import Element
from telephone.fetching import Order
from telephone.leg import CallStatus, Leg, Verb
from telephone.numbers import national
from telephone.signature import Parameters

Event = Literal["initiated", "ringing", "answered", "completed"]


@dataclass(slots=True)
class Callee:
    """A person called: their leg, and the Number element that rings them."""

    noun: Element
    leg: Leg
    is_bridged: bool = False
    told: int = 0
    has_ended: bool = False

    @property
    def dialled(self) -> Dialled:
        """What the Dial reports when it was this person who decided it."""
        has_answered = self.leg.answered_at is not None
        seconds = self.leg.duration if has_answered else None
        return Dialled(_dial_status(self.leg.status), self.leg.sid, seconds, self.is_bridged)

    def rings(self) -> None:
        """The telephone starts to ring."""
        self._tell("initiated")
        self.leg.status = "ringing"
        self._tell("ringing")
        self._note("rings")

    def answers(self, keys: list[str] | None, note: str) -> None:
        """Somebody or something picks up; `keys` are what they will press, None where they are asked."""
        self.leg.keys = keys
        self.leg.answer()
        self._note(note)
        self._tell("answered")

    def ends(self, status: CallStatus, note: str = "") -> None:
        """The leg is over, once."""
        if self.has_ended:
            return
        self.has_ended = True
        self.leg.status = status
        if note:
            self._note(note)
        self._tell("completed", (("CallDuration", str(self.leg.duration)), ("Duration", str(self._minutes))))

    @property
    def _minutes(self) -> int:
        return -(-self.leg.duration // 60)

    def _note(self, text: str) -> None:
        self.leg.board.note("phone", f"{national(self.leg.called)} {text}")

    def _tell(self, event: Event, extra: Parameters = ()) -> None:
        url = self.noun.link("statusCallback")
        if not url or event not in self.noun.attribute("statusCallbackEvent", "completed").split():
            return
        parameters = self.leg.parameters() + progress(self.leg, self.told) + extra
        self.told += 1
        order = Order(url, self.noun.attribute("statusCallbackMethod", "POST"), parameters)
        self.leg.board.postbag.post(order)


def call_up(noun: Element, terms: Terms, leg: Leg, verbs: dict[str, Verb]) -> Callee:
    """A new leg to the number in a noun, not ringing yet."""
    child = Leg(leg.board.sids.next("CA"), terms.caller_id, noun.text, leg.board, verbs, leg, status="initiated")
    return Callee(noun, child)


def progress(leg: Leg, sequence: int) -> Parameters:
    """What every status callback adds to a leg's parameters."""
    return (
        ("Timestamp", leg.board.timestamp()),
        ("CallbackSource", "call-progress-events"),
        ("SequenceNumber", str(sequence)),
    )


def _dial_status(status: CallStatus) -> DialStatus:
    match status:
        case "busy" | "no-answer" | "failed" | "canceled":
            return status
        case _:
            return "completed"
