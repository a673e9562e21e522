"""Why did the call go on as it did? The reasons of steps; those of routing stand in ``routing.reasons``."""

from dataclasses import dataclass
from datetime import datetime

from ivr.events import LegEnd
from routing.reasons import Reason


@dataclass(frozen=True, slots=True)
class Chose(Reason):
    """The caller took an option."""

    code = "chose"
    words = "The caller chose: {label}."
    label: str


@dataclass(frozen=True, slots=True)
class NotOffered(Reason):
    """The caller pressed something that the prompt does not offer."""

    code = "not-offered"
    words = "The caller pressed a key that is not offered here."


@dataclass(frozen=True, slots=True)
class Quiet(Reason):
    """The caller pressed nothing."""

    code = "silence"
    words = "The caller pressed nothing."


@dataclass(frozen=True, slots=True)
class Bounded(Reason):
    """Enough repeats: the line's default destination takes over."""

    code = "enough-repeats"
    words = "The prompt was repeated as often as the plan allows: the call goes on without a choice."


@dataclass(frozen=True, slots=True)
class AskedForHelp(Reason):
    """The caller pressed 0."""

    code = "asked-for-help"
    words = "The caller pressed 0: on to the line's default destination."


@dataclass(frozen=True, slots=True)
class Found(Reason):
    """An extension belongs to somebody."""

    code = "extension-found"
    words = "The extension belongs to {team}."
    team: str


@dataclass(frozen=True, slots=True)
class NotFound(Reason):
    """An extension that is not in the directory."""

    code = "extension-unknown"
    words = "The extension is not in the directory."


@dataclass(frozen=True, slots=True)
class NotReached(Reason):
    """A rung phone led to nobody."""

    code = "not-reached"
    words = "{who} was not reached: {how}."
    who: str
    how: LegEnd


@dataclass(frozen=True, slots=True)
class Accepted(Reason):
    """The callee pressed 1 (ruling 3)."""

    code = "accepted"
    words = "The called person pressed 1 and is connected."


@dataclass(frozen=True, slots=True)
class NotAccepted(Reason):
    """Whoever or whatever answered did not press 1."""

    code = "not-accepted"
    words = "Whoever answered did not press 1: that leg is ended, so that a mailbox never counts as a person."


@dataclass(frozen=True, slots=True)
class Asked(Reason):
    """The whisper is spoken to whoever answered."""

    code = "whisper"
    words = "The phone was answered; it hears that the call is for {named}."
    named: str


@dataclass(frozen=True, slots=True)
class Conversed(Reason):
    """A conversation took place and is over."""

    code = "conversation"
    words = "Caller and called person were connected; their conversation is over."


@dataclass(frozen=True, slots=True)
class HungUp(Reason):
    """The caller left, ``when``: before or after a conversation."""

    code = "caller-gone"
    words = "The caller hung up {when}."
    when: str


@dataclass(frozen=True, slots=True)
class Booked(Reason):
    """A call-back is booked; both readings of its deadline."""

    code = "call-back-booked"
    words = "A call-back is booked: promised by {promise}, aimed at {target}."
    promise: datetime
    target: datetime


@dataclass(frozen=True, slots=True)
class Kept(Reason):
    """The caller keeps the call-back."""

    code = "call-back-kept"
    words = "The call-back stays booked."


@dataclass(frozen=True, slots=True)
class Cancelled(Reason):
    """The caller cancelled the call-back."""

    code = "call-back-cancelled"
    words = "The caller cancelled the call-back."


@dataclass(frozen=True, slots=True)
class NoCallBackNumber(Reason):
    """There is no number on which this caller could be called back."""

    code = "call-back-number-missing"
    words = "No number is known on which this caller can be called back."


@dataclass(frozen=True, slots=True)
class DueBy(Reason):
    """A deadline was said to the caller."""

    code = "due-by"
    words = "A reply is promised by {promise}, aimed at {target}."
    promise: datetime
    target: datetime


@dataclass(frozen=True, slots=True)
class HandedOver(Reason):
    """The call goes on in another line's plan."""

    code = "handed-over"
    words = "The call goes on in the line {line}."
    line: str


@dataclass(frozen=True, slots=True)
class Staff(Reason):
    """The caller is known as staff."""

    code = "staff"
    words = "The caller is known as staff by {how}."
    how: str


@dataclass(frozen=True, slots=True)
class SafeMessage(Reason):
    """The safe message was given whole."""

    code = "safe-message"
    words = "The safe message is spoken whole."


@dataclass(frozen=True, slots=True)
class PlanReplaced(Reason):
    """The plan that this call began with is not here any more (ruling 15)."""

    code = "plan-replaced"
    words = "The plan that this call began with is gone: the current plan goes on."


@dataclass(frozen=True, slots=True)
class TooLong(Reason):
    """The call took more steps than any caller needs."""

    code = "too-many-steps"
    words = "The call has taken more steps than any caller needs: on to the safe message."


@dataclass(frozen=True, slots=True)
class StandsIn(Reason):
    """Somebody put a number in front of everything for a while (``dutyline override``)."""

    code = "stands-in"
    words = "A number stands in for this line until {until}: it rings before anything else."
    until: datetime


@dataclass(frozen=True, slots=True)
class CameBack(Reason):
    """A call from one of our own lines: a phone that we rang was diverted to us (ruling 8)."""

    code = "came-back"
    words = "The call comes from one of our own lines: a diverted phone sent it back, so nobody is rung again."


@dataclass(frozen=True, slots=True)
class NoSuchLine(Reason):
    """A hand-over to a line that is not here."""

    code = "line-missing"
    words = "There is no line {line} here: on to the line's default destination."
    line: str


@dataclass(frozen=True, slots=True)
class RescueRings(Reason):
    """A fault, or Twilio asking for the fallback: one phone is rung without a menu (ruling 27)."""

    code = "rescue-rings"
    words = "A step could not be answered as planned: the line's default destination is rung without a menu."


@dataclass(frozen=True, slots=True)
class RescueSafe(Reason):
    """A fault where nobody can be rung, or nobody answered."""

    code = "rescue-safe-message"
    words = "A step could not be answered as planned, and nobody can be rung: the safe message follows."


@dataclass(frozen=True, slots=True)
class NoLineAnswers(Reason):
    """A number of the account that no line lists."""

    code = "no-line-answers"
    words = "No line answers the number that was dialled: the safe message is spoken."
