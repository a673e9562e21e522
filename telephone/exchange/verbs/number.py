"""What does Dial do with Numbers where others act meanwhile? As `telephone.verbs.number` tells it.

| the telephone | DialCallStatus | DialBridged |
|---|---|---|
| is answered; the whisper runs out of verbs, or there is none | completed | true |
| is answered, by a person or a mailbox; the whisper ends in Hangup, or they hang up | completed | false |
| is not answered | no-answer | false |
| is engaged, or declined | busy | false |
| cannot be reached | failed | false |
| rings when the caller hangs up, or is redirected | canceled | false |

A person called whom the REST API redirects leaves the caller; DialCallDuration is then not sent. (Twilio: voice/twiml)
"""

from collections.abc import Sequence
from dataclasses import dataclass

from telephone.dialled import Dialled, DialStatus, Terms
from telephone.document import Element
from telephone.exchange.callbacks import Callbacks, callbacks
from telephone.exchange.documents import Context, Redirected, run
from telephone.exchange.leg import Leg, LegEnded
from telephone.exchange.lives import life
from telephone.exchange.ringing import rings
from telephone.exchange.task import Steps, Wait
from telephone.fetching import Order
from telephone.flow import DocumentFailed, Left, Over
from telephone.numbers import is_dialable
from telephone.signature import Parameters
from telephone.switchboard import ScreeningFailure

MOST_NOUNS = 10


@dataclass(slots=True, eq=False)
class Callee:
    """Somebody called: their leg, and the element that rings them."""

    noun: Element
    leg: Leg
    is_accepted: bool = False
    is_bridged: bool = False
    has_left: bool = False

    @property
    def is_settled(self) -> bool:
        """Whether nothing more can come of them for this caller."""
        return self.leg.is_over or self.has_left

    @property
    def dialled(self) -> Dialled:
        """What the Dial reports when they decided it."""
        seconds = None if self.leg.answered_at is None or self.has_left else self.leg.duration
        return Dialled(_status(self.leg), self.leg.sid, seconds, self.is_bridged)


class DialledNumbers:
    """A Dial that rings telephones."""

    def __init__(self, nouns: Sequence[Element], terms: Terms, leg: Leg, context: Context) -> None:
        if len(nouns) > MOST_NOUNS:
            leg.plant.warn(13250, f"<Dial> rings at most {MOST_NOUNS} numbers; the rest are left out")
        self._terms, self._leg, self._context = terms, leg, context
        self._nouns = nouns[:MOST_NOUNS]
        self._callees: list[Callee] = []

    def connects(self) -> Steps[Parameters]:
        """Ring, let the first who answers hear the whisper, and connect."""
        refusal = self._terms.refusal({self._leg.caller, self._leg.called} | self._leg.plant.settings.owned)
        if refusal:
            self._leg.plant.warn(*refusal)
            return Dialled("failed", self._leg.plant.sids.next("CA")).parameters()
        groups = [[noun] for noun in self._nouns] if self._terms.sequential else [self._nouns]
        for group in groups:
            answered = yield from self._first_to_answer([self._calls(noun) for noun in group])
            if answered:
                yield from self._talk(answered)
                return answered.dialled.parameters()
        return self._unanswered().parameters()

    def is_abandoned(self) -> Parameters:
        """The caller has gone: telephones stop ringing, and whoever was spoken to is cut off."""
        self._leg.partner = None
        for callee in self._callees:
            if not callee.has_left:
                callee.leg.ends("canceled" if callee.leg.answered_at is None else "completed")
        answered = [callee for callee in self._callees if callee.leg.answered_at is not None]
        last = (answered or self._callees)[-1:]
        return last[0].dialled.parameters() if last else ()

    def _calls(self, noun: Element) -> Callee:
        leg = self._context.floor.calls_for(self._leg, noun.text, self._terms.caller_id, _told(noun))
        callee = Callee(noun, leg)
        leg.watchers.append(self._leg.wake)
        self._callees.append(callee)
        if is_dialable(noun.text):
            leg.lives(self._answers(callee))
        else:
            leg.plant.warn(13223, f"{noun.text!r} is not a number in E.164 format")
            leg.ends("failed", "cannot be dialled")
        return callee

    def _first_to_answer(self, group: Sequence[Callee]) -> Steps[Callee | None]:
        """Whoever answers first stops the others, even if they then do not accept."""
        with self._leg.ears.during("ringing", "[ringing tone]"):
            while not all(callee.is_settled for callee in group):
                answered = next((callee for callee in group if callee.leg.answered_at is not None), None)
                if answered:
                    _stop(group, answered)
                    return (yield from self._screened(answered))
                yield Wait()
        return next((callee for callee in group if callee.leg.answered_at is not None), None)

    def _screened(self, callee: Callee) -> Steps[Callee]:
        while not callee.is_accepted and not callee.is_settled:
            yield Wait()
        return callee

    def _talk(self, callee: Callee) -> Steps[None]:
        if not callee.is_accepted or callee.is_settled:
            return
        leg, until = self._leg, self._leg.plant.timeline.ahead(self._terms.limit)
        callee.is_bridged = True
        leg.answer()
        leg.partner, callee.leg.partner = callee.leg, leg
        leg.pressed, leg.is_listened_to = "", self._terms.hangup_on_star
        while not callee.is_settled and leg.plant.timeline.now < until and "*" not in leg.pressed:
            yield Wait(until - leg.plant.timeline.now)
        leg.partner, leg.is_listened_to = None, False
        if not callee.has_left:
            callee.leg.ends("completed")

    def _answers(self, callee: Callee) -> Steps[None]:
        """The called person's side of it."""
        try:
            persona = self._context.floor.persona_of(callee.leg)
            if (yield from rings(callee.leg, persona, self._terms.ring)):
                yield from self._accepts(callee)
        except LegEnded:
            return
        except Redirected as moved:
            self._leaves(callee)
            yield from life(callee.leg, moved.start, self._context.floor.context)

    def _accepts(self, callee: Callee) -> Steps[None]:
        if not (yield from self._hears_whisper(callee)):
            return callee.leg.ends("completed", "is not connected")
        callee.is_accepted = True
        self._leg.wake()
        while True:
            yield Wait()

    def _hears_whisper(self, callee: Callee) -> Steps[bool]:
        url = callee.noun.link("url")
        if not url:
            return True
        order = Order(url, callee.noun.attribute("method", "POST"))
        try:
            over: Over | Left = yield from run(callee.leg, order, self._context.floor.screening)
        except DocumentFailed:
            return callee.leg.plant.settings.screening_failure is ScreeningFailure.CONNECTS
        return over == Over("the line had nothing more to say")

    def _leaves(self, callee: Callee) -> None:
        callee.has_left, callee.leg.partner = True, None
        callee.leg.watchers.clear()
        self._leg.wake()

    def _unanswered(self) -> Dialled:
        """What the Dial reports of several: the most hopeful."""
        results = [callee.dialled for callee in self._callees]
        order = ("completed", "no-answer", "busy", "failed", "canceled")
        return min(results, key=lambda each: order.index(each.status))


def _told(noun: Element) -> Callbacks | None:
    events = noun.attribute("statusCallbackEvent", "completed")
    return callbacks(noun.link("statusCallback"), noun.attribute("statusCallbackMethod", "POST"), events)


def _stop(group: Sequence[Callee], answered: Callee) -> None:
    for callee in group:
        if callee is not answered and not callee.is_settled:
            callee.leg.ends("canceled", "stops ringing")


def _status(leg: Leg) -> DialStatus:
    match leg.status:
        case "busy" | "no-answer" | "failed" | "canceled":
            return leg.status
        case _:
            return "completed"
